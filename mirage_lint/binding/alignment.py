"""Tables read as a whole: their rows are records, their columns metrics, or the other way round.

What agrees is the evidence: a cell is only called wrong where its neighbours are right.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from mirage_lint import vocabulary
from mirage_lint.binding.agreement import agrees, is_telling
from mirage_lint.binding.binding import CONTRADICTED, UNBOUND, VERIFIED, Binding
from mirage_lint.binding.certainty import values
from mirage_lint.binding.changes import Reading, change
from mirage_lint.binding.grid import Cell, Grid, Line, records_of
from mirage_lint.binding.index import Index, Phrase
from mirage_lint.binding.mentions import metrics_of
from mirage_lint.binding.records import Record
from mirage_lint.binding.slots import (
    COLUMN,
    ROW,
    Layer,
    Slot,
    dimensions,
    families,
    is_strong,
    named,
)
from mirage_lint.claims.claim import NUMBER, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import HALF, interval

_SCALE = re.compile(r"[(\[]\s*(?:in\s+)?([A-Za-z]+|%)\s*[)\]]")
_AT = re.compile(r"\bacc(?:uracy)?@(\d+)", re.IGNORECASE)
"""Another way to write "top 1"."""
_RATIO = re.compile(r"[^\W\d_]/[^\W\d_]|\bper\b")
_MOST_VALUES = 2
"""Distinct values that a cell may deny at once."""
_MAJORITY = 2
"""How many cells must agree for each that does not."""
_NAMELESS = 3
"""Distinct telling values that must agree for a column whose head names nothing known."""


Rest = tuple[str, tuple[tuple[str, str], ...]]
"""A population, and the dimensions that a table leaves open."""


class Fit(NamedTuple):
    """A metric as what a line of cells tells, and the cells that bear it out, or not; whether its
    facts are told on the scale of the head ("Params (M)"), or stored on it.
    """

    metric: Phrase
    score: Fraction
    right: frozenset[int]
    wrong: frozenset[int]
    is_scaled: bool


class Alignment:
    """One way to read a grid: ``metric_of`` tells a cell's line of one metric (column or row),
    ``record_of`` the other. ``context`` are the layers around the table.
    """

    def __init__(self, grid: Grid, context: tuple[Layer, ...], index: Index, across: bool) -> None:
        self.cells = [
            cell._replace(row=cell.column, column=cell.row) if across else cell
            for cell in grid.cells
        ]
        self.across = across
        self._index, self._context = index, context
        self._records_of: dict[tuple[int, int], frozenset[Record]] = {}
        self._claims: dict[int, Claim] = {}

    @cached_property
    def fits(self) -> dict[int, Fit]:
        """The metric of each column that has one."""
        columns: dict[int, list[int]] = defaultdict(list)
        for at, cell in enumerate(self.cells):
            columns[cell.column.number].append(at)
        found = {column: fit for column in columns if (fit := self._fit(columns[column]))}
        best: dict[object, Fit] = {}
        for column, fit in found.items():
            told = self._told_by(columns[column], fit)
            best[told] = max(best.get(told, fit), fit, key=_rank)
        # Of two columns of one metric, the other is of another kind of it: "AP" and "AP 50".
        return {
            column: fit
            if fit is best[self._told_by(columns[column], fit)]
            else fit._replace(wrong=frozenset())
            for column, fit in found.items()
        }

    def _told_by(self, cells: list[int], fit: Fit) -> object:
        """What a column tells of: its metric, at the settings that its head names."""
        named = self.cells[cells[0]].column.named
        return fit.metric, frozenset((key, value) for key in named for value in named[key])

    @cached_property
    def right(self) -> frozenset[int]:
        """The cells that agree."""
        return frozenset().union(*(fit.right for fit in self.fits.values()))

    @cached_property
    def wrong(self) -> frozenset[int]:
        """The cells that do not."""
        return frozenset().union(*(fit.wrong for fit in self.fits.values()))

    def _fit(self, cells: list[int]) -> Fit | None:
        """The metric that a column tells: by its name first, and then by its agreement."""
        heads = [_name(name) for name in self.cells[cells[0]].column.names]
        metrics = dict.fromkeys(metric for at in cells for metric in self._metrics(at))
        scored = {
            metric: max(_score(head, metric, self._index) for head in heads) for metric in metrics
        }
        if not any(scored.values()):  # what leads into the table may name it
            scored |= dict.fromkeys(self._led.intersection(scored), HALF)
        named = [metric for metric in scored if scored[metric]] or list(scored)
        fits = [
            self._tried(metric, scored[metric], cells, is_scaled)
            for metric in sorted(named)
            for is_scaled in (True, False)
        ]
        fits = [fit for fit in fits if self._holds(fit)]
        best = max(fits, key=_rank, default=None)
        if best is None:
            return None
        # What is right of another metric of the same name is not wrong: "old size", "new size".
        rivals = (fit.right for fit in fits if fit.score == best.score)
        return best._replace(wrong=best.wrong.difference(*rivals))

    @cached_property
    def _led(self) -> frozenset[Phrase]:
        """The metrics that the nearest layer around the table names which names any."""
        told = (metrics_of(layer.mentions) for layer in self._context if is_strong(layer))
        return next(filter(None, told), frozenset())

    def _metrics(self, at: int) -> Iterator[Phrase]:
        for record in self.records(at):
            yield from self._index.records.facts[record]

    def _tried(self, metric: Phrase, score: Fraction, cells: list[int], is_scaled: bool) -> Fit:
        judged = {at: facts for at in cells if (facts := self.facts(at, metric))}
        right = {at for at, facts in judged.items() if self._agreeing(at, facts, is_scaled)}
        return Fit(metric, score, frozenset(right), frozenset(judged) - right, is_scaled)

    def _holds(self, fit: Fit) -> bool:
        if fit.score == 1:
            return bool(fit.right or fit.wrong)
        if fit.score:
            return bool(fit.right)
        return self._is_told(fit) and len(fit.right) > _MAJORITY * len(fit.wrong)

    def _is_told(self, fit: Fit) -> bool:
        """Whether more cells agree, with values that are no chance, than coincidence could give."""
        telling = {one.digits for at in fit.right if is_telling(one := self.cells[at].claim)}
        return len(telling) >= _NAMELESS

    def _agreeing(self, at: int, facts: Iterable[Fact], is_scaled: bool) -> list[Fact]:
        claim, percent = self.claim(at, is_scaled), "%" in self.cells[at].column.text
        return [fact for fact in facts if agrees(claim, fact, percent)]

    def claim(self, at: int, is_scaled: bool) -> Claim:
        """A cell's claim, on the scale that the head gives: 11.69 under "Params (M)"."""
        cell = self.cells[at]
        if not is_scaled:
            return cell.claim
        if at not in self._claims:
            self._claims[at] = _scaled(cell.claim, f"{cell.column.text} {cell.row.text}")
        return self._claims[at]

    def facts(self, at: int, metric: Phrase) -> list[Fact]:
        """The facts that a cell may tell of."""
        known = self._index.records.facts
        return [
            fact for record in sorted(self.records(at)) for fact in known[record].get(metric, ())
        ]

    def records(self, at: int) -> frozenset[Record]:
        """The records of a cell's row, and of its column's head where that names one."""
        row, column = self.cells[at].row, self.cells[at].column
        key = row.number, column.number
        if key not in self._records_of:
            self._records_of[key] = frozenset(self._found(row, column))
        return self._records_of[key]

    def _found(self, row: Line, column: Line) -> set[Record]:
        found = records_of(row, self._index)
        if found is None:
            return set()
        if column.named:
            found = found & (records_of(column, self._index) or set()) or found
        for key, slot in self._told_around(row, column).items():
            found = _fitting(found, key, slot)
        if self._home and not (row.named.get("") or column.named.get("")):
            found = {one for one in found if one.family in self._home} or found
        if told := row.populations | column.populations:
            found = {r for r in found if not r.population or (r.family, r.population) in told}
        return found

    @cached_property
    def _home(self) -> frozenset[object]:
        """The families that what stands around the table names as its own."""
        return families(list(self._context)).certain

    def _told_around(self, row: Line, column: Line) -> dict[str, Slot]:
        own = {*row.named, *column.named}
        return {key: slot for key, slot in self._around.items() if key not in own}

    @cached_property
    def _around(self) -> dict[str, Slot]:
        return dimensions(list(self._context), self._keys)

    @cached_property
    def _keys(self) -> list[str]:
        return sorted({key for key, _ in self._index.records.having})

    def binding(self, at: int) -> Binding | None:
        """What the table as a whole says of one cell; None where it says nothing."""
        cell, fit = self.cells[at], self.fits.get(self.cells[at].column.number)
        if fit is None or at not in fit.right | fit.wrong:
            return None
        facts = self.facts(at, fit.metric)
        if at in fit.right:
            return Binding(cell.claim, VERIFIED, tuple(self._agreeing(at, facts, fit.is_scaled)))
        if cell.row.number in self._strangers or self._is_told_again(at):
            return Binding(cell.claim, UNBOUND, tuple(facts))
        if self._is_certain(at, meant := self._alike(at, fit, facts)):
            return self._contradiction(at, fit, meant)
        # Where the text leaves nothing open, what it says of each cell by itself still counts.
        return Binding(cell.claim, UNBOUND, tuple(facts)) if self._untold(cell, facts) else None

    def _alike(self, at: int, fit: Fit, facts: list[Fact]) -> list[Fact]:
        """The facts that leave open what those of the column's right cells do: where these are of
        all rows, or of one setting, so is this.
        """
        found: frozenset[Rest] | None = None
        for one in sorted(fit.right):
            told = self.facts(one, fit.metric)
            rests = frozenset(
                self._rest(one, fact) for fact in self._agreeing(one, told, fit.is_scaled)
            )
            found = rests if found is None else found & rests
        kept = [fact for fact in facts if self._rest(at, fact) in (found or ())]
        return kept or facts

    def _rest(self, at: int, fact: Fact) -> Rest:
        """The dimensions of a fact that neither row nor column nor what stands around tell."""
        cell = self.cells[at]
        untold = self._untold(cell, [fact])
        return fact.population, tuple(pair for pair in fact.dimensions if pair[0] in untold)

    def strange(self) -> Iterator[Claim]:
        """Claims in rows that lack something which rows that agree are named by: "Total", or a run
        that is not known.
        """
        rows = {cell.row.number: cell.row for cell in map(self.cells.__getitem__, self.right)}
        often = Counter(key for row in rows.values() for key in row.whole)
        keys = {key for key, count in often.items() if _MAJORITY * (len(rows) - count) < count}
        for cell in self.cells:
            if not keys <= cell.row.named.keys():
                yield cell.claim

    def known(self) -> Iterator[tuple[Claim, frozenset[Fact]]]:
        """Claims of rows that are records by their name, each with all that it may be about."""
        known = self._index.records.facts
        for at, cell in enumerate(self.cells):
            fit = self.fits.get(cell.column.number)
            if cell.row.whole and fit and (facts := self.facts(at, fit.metric)):
                yield cell.claim, frozenset(facts)
            elif cell.row.whole and (found := self.records(at)):
                of_record = (facts for record in found for facts in known[record].values())
                yield cell.claim, frozenset().union(*of_record)

    def _is_certain(self, at: int, facts: list[Fact]) -> bool:
        """Whether the cell's neighbours show that the table is about these very facts."""
        cell = self.cells[at]
        if len(values(facts)) > _MOST_VALUES or _is_vague(cell.row):
            return False
        if self._is_elsewhere(cell, facts):
            return False
        untold = self._untold(cell, facts)
        right = [one for one in self._beside(at, self.right) if self._vouches(one, cell, untold)]
        wrong = self._beside(at, self.wrong - {at})
        is_chance = len(right) == 1 and not is_telling(self.cells[right[0]].claim)
        if len(right) > _MAJORITY * len(wrong) and self._is_good(at) and not is_chance:
            return True
        fit = self.fits[cell.column.number]
        is_named = fit.score == 1 or (bool(fit.score) and self._is_told(fit))
        if not is_named:
            return False
        if not untold and (self._is_only_wrong(at) or self._is_in_good_table(at)):
            return True
        return len(values(facts)) == 1 and self._is_in_good_column(at)

    def _is_told_again(self, at: int) -> bool:
        """Whether another row tells the same of the same record: they are told apart by something
        that is not known.
        """
        return self._often[self.cells[at].column.number, self.records(at)] > 1

    @cached_property
    def _often(self) -> Counter[tuple[int, frozenset[Record]]]:
        """How many cells of a column tell of the same records."""
        judged = self.right | self.wrong
        return Counter((self.cells[at].column.number, self.records(at)) for at in judged)

    def _is_elsewhere(self, cell: Cell, facts: list[Fact]) -> bool:
        """Whether what leads into the table names another setting than the facts have, where the
        row and the column name none: "Results on B", and the row is known on A only.
        """
        own = {*cell.row.named, *cell.column.named}
        known = {pair for fact in facts for pair in fact.dimensions if pair[0] not in own}
        return any(
            told.isdisjoint(known)
            for key in {key for key, _ in known}
            if (told := next(filter(None, (named(layer, key) for layer in self._context)), None))
        )

    def _is_only_wrong(self, at: int) -> bool:
        """Whether all else in the row is right: then a whole column may be of another day."""
        row = self.cells[at].row.number
        right = [one for one in self.right if self.cells[one].row.number == row]
        wrong = [one for one in self.wrong if self.cells[one].row.number == row]
        return len(right) >= _MAJORITY and len(wrong) == 1

    def _is_in_good_table(self, at: int) -> bool:
        """Whether the table is mostly right, and the row is right in a value that is no chance."""
        row = self.cells[at].row
        telling = [one for one in self.right if self.cells[one].row.number == row.number]
        is_row = bool(row.whole) and any(is_telling(self.cells[one].claim) for one in telling)
        return is_row and len(self.right) >= _MAJORITY * len(self.wrong)

    def _is_in_good_column(self, at: int) -> bool:
        """Whether the column is surely about these facts, and no other row about the same record:
        then a whole row may be wrong.
        """
        cell = self.cells[at]
        fit = self.fits[cell.column.number]
        return bool(cell.row.whole) and self._is_told(fit) and len(fit.right) >= len(fit.wrong)

    @cached_property
    def _strangers(self) -> set[int]:
        """The rows of several numbers all of which are wrong, where there are many such: they are
        of another day, or measured on something else.
        """
        right = {self.cells[at].row.number for at in self.right}
        wrong = Counter(self.cells[at].row.number for at in self.wrong)
        found = {row for row, count in wrong.items() if count > 1 and row not in right}
        is_few = len(found) == 1 or len(right) > _MAJORITY * len(found)
        return set() if is_few else found

    def _untold(self, cell: Cell, facts: list[Fact]) -> set[str]:
        """The dimensions of facts that neither the heads nor what stands around the table name."""
        told = {*cell.row.named, *cell.column.named}
        around = self._told_around(cell.row, cell.column)
        return {
            key
            for fact in facts
            for key, value in fact.dimensions
            if key not in told and (key not in around or (key, value) not in around[key].values)
        }

    def _is_good(self, at: int) -> bool:
        """Whether the column's other cells do not speak against it."""
        fit = self.fits[self.cells[at].column.number]
        return len(fit.wrong - {at}) * _MAJORITY <= len(fit.right)

    def _beside(self, at: int, cells: frozenset[int]) -> list[int]:
        row, column = self.cells[at].row.number, self.cells[at].column.number
        return [
            one
            for one in sorted(cells)
            if self.cells[one].row.number == row or self.cells[one].column.number == column
        ]

    def _vouches(self, at: int, cell: Cell, untold: set[str]) -> bool:
        """Whether a cell that agrees shows what the text leaves open: those of the same metric do,
        a number of parameters, alike on all datasets, does not.
        """
        column = self.cells[at].column.number
        metric = self.fits[column].metric
        depends = self._index.records.depends
        return column == cell.column.number or all(depends(metric, key) for key in untold)

    def _contradiction(self, at: int, fit: Fit, facts: list[Fact]) -> Binding:
        cell, claim = self.cells[at], self.claim(at, fit.is_scaled)
        everywhere = self._index.facts[fit.metric]
        own = frozenset(fact.family for fact in facts)
        slots = self._slots(cell)
        reading = Reading(
            claim=claim,
            facts=tuple(everywhere),
            kin=tuple(fact for fact in everywhere if fact.family in own),
            families=Slot(own, ROW, certain=own),
            populations=Slot(frozenset()),
            dimensions=slots,
            lookup=self._index,
            percent="%" in cell.column.text,
        )
        found = change(reading, facts)
        because = [f"metric {facts[0].metric} by its {ROW if self.across else COLUMN}"]
        because += (f"{key} {_shown(slot)} by its {slot.layer}" for key, slot in slots.items())
        because.append(self._support(at))
        return Binding(
            cell.claim, CONTRADICTED, found.facts, found.slot, found.others, tuple(because)
        )

    def _slots(self, cell: Cell) -> dict[str, Slot]:
        near, far = (COLUMN, ROW) if self.across else (ROW, COLUMN)
        found = {}
        for layer, line in ((far, cell.column), (near, cell.row)):
            for key, told in line.named.items():
                if key:
                    found[key] = Slot(frozenset((key, one) for one in told), layer)
        return self._told_around(cell.row, cell.column) | found

    def _support(self, at: int) -> str:
        count = len(self._beside(at, self.right))
        return f"{count} other cell{'s' if count > 1 else ''} of its row and column agree"


class Aligned(NamedTuple):
    """What a table as a whole says: bindings of its claims, claims of rows that are of nothing
    known, and the facts that others may be about.
    """

    bindings: dict[Claim, Binding]
    strange: frozenset[Claim]
    known: dict[Claim, frozenset[Fact]]

    def is_of_others(self, binding: Binding) -> bool:
        """Whether a claim's facts are of other records than its row."""
        known = self.known.get(binding.claim)
        told = {fact for fact in binding.facts if fact.dimensions}
        return bool(known) and bool(told) and told.isdisjoint(known or ())


def align(grid: Grid, context: tuple[Layer, ...], index: Index) -> Aligned:
    """What the table as a whole says of its cells."""
    ways = [Alignment(grid, context, index, across) for across in (False, True)]
    best = max(ways, key=lambda way: len(way.right))
    if not best.right:
        return Aligned({}, frozenset(), dict(best.known()))
    bindings = filter(None, (best.binding(at) for at in range(len(best.cells))))
    of_claim = {one.claim: one for one in bindings}
    return Aligned(of_claim, frozenset(best.strange()), dict(best.known()))


def _is_vague(line: Line) -> bool:
    """Whether what a line names in passing fits several records."""
    return any(key and len(told) > 1 for key, told in line.named.items() if key not in line.whole)


def _fitting(records: set[Record], key: str, slot: Slot) -> set[Record]:
    """The records that have one of a slot's values, or nothing for it."""
    told = {pair[1] for pair in slot.values if isinstance(pair, tuple)}
    return {one for one in records if dict(one.dimensions).get(key) in {None, *told}}


def _rank(fit: Fit) -> tuple[int, Fraction]:
    return len(fit.right) - len(fit.wrong), fit.score


def _shown(slot: Slot) -> str:
    return " or ".join(sorted(str(one[1]) for one in slot.values if isinstance(one, tuple)))


def _name(head: str) -> frozenset[str]:
    """The stems of a head without its unit; of a ratio ("s/test", "tests per run") none."""
    name = words.thresholds(_AT.sub(r"top \1 ", _SCALE.sub(" ", head)))
    return frozenset() if _RATIO.search(name) else frozenset(words.key(name))


def _score(head: frozenset[str], metric: Phrase, index: Index) -> Fraction:
    """How well a head names a metric: 1 as a whole or by its initials ("FPR"), 0 where each has
    words of its own.
    """
    best = Fraction(len(head) == 1 and not head.isdisjoint(index.initials_of(metric)))
    for name in index.names_of(metric):
        own = frozenset(name)
        if head and (head <= own or own <= head):
            best = max(best, Fraction(len(head & own), len(head | own)))
    return best


def _scaled(claim: Claim, heads: str) -> Claim:
    match = _SCALE.search(heads)
    factor = vocabulary.load("words")["head_scales"].get(match[1]) if match else None
    if factor is None or claim.kind != NUMBER or claim.said is None:
        return claim
    return claim._replace(said=interval(claim.said).scaled(Fraction(factor)))
