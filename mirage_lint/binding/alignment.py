"""Tables read as a whole: their rows are records, their columns metrics, or the other way round.

What agrees is the evidence: a cell is only called wrong where its neighbours are right.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from mirage_lint.binding import known_rows
from mirage_lint.binding.agreement import (
    comparable,
    is_far,
    is_on_other_scale,
    is_telling,
    is_told_otherwise,
    tells_spread,
)
from mirage_lint.binding.binding import (
    CONTRADICTED,
    DIMENSION,
    GREATEST,
    LEAST,
    UNBOUND,
    VALUE,
    VERIFIED,
    Binding,
    Derived,
)
from mirage_lint.binding.cells import MOST_RECORDS, Cells
from mirage_lint.binding.certainty import are_more, values
from mirage_lint.binding.changes import (
    Change,
    Reading,
    change,
    fits_elsewhere,
    is_longer,
    is_shorter,
    may_be_of_part,
)
from mirage_lint.binding.columns import MAJORITY, Columns, Fit
from mirage_lint.binding.grid import MOST_CELLS, Cell, Grid, Line, is_unknown
from mirage_lint.binding.index import Index, Phrase
from mirage_lint.binding.records import Record
from mirage_lint.binding.slots import COLUMN, FILE, ROW, Layer, Slot, settings
from mirage_lint.binding.sources import is_plain_head
from mirage_lint.claims.claim import Claim
from mirage_lint.core import words
from mirage_lint.core.cached import cached_property
from mirage_lint.core.facts import Fact

_MOST_VALUES = 2
"""Distinct values that a cell may deny at once."""

_ASIDE = r"\(([^()]{2,30})\)"
_METRIC_HEADS = tuple(map(words.stems, ("metric", "measure", "metrics", "measures")))

Rest = tuple[str, tuple[tuple[str, str], ...]]
"""A population, and the dimensions that a table leaves open."""


class Alignment:
    """One way to read a table: ``columns`` tell what each line of cells is about."""

    def __init__(self, columns: Columns, index: Index) -> None:
        self.columns, self.of, self._index = columns, columns.of, index
        self.cells, self.fits = columns.of.cells, columns.fits
        self.right, self.wrong = columns.right, columns.wrong
        self._unknown: dict[int, int] = {}
        self._vague: dict[int, bool] = {}
        self._phrases: dict[tuple[int, int], list[tuple[str, str]]] = {}

    @property
    def is_about(self) -> bool:
        """Whether the table is about what is known: some of it agrees, or it is said to be from a
        file.
        """
        return bool(self.right or self.of.files)

    def binding(self, at: int) -> Binding | None:
        """What the table as a whole says of one cell; None where it says nothing."""
        cell, fit = self.cells[at], self.fits.get(self.cells[at].column.number)
        if fit is None or not (at in fit.right or at in fit.wrong):
            return None
        facts = fit.told[at]
        if given := fit.derived.get(at):
            return self._derived(at, fit, given)
        if at in fit.right:
            agreeing = tuple(fit.agreeing[at])
            is_range = cell.claim.hedge == "range"  # what lies within may be chance
            if is_range or fit.second or are_more(facts, _MOST_VALUES) or self._is_vague(cell.row):
                return Binding(cell.claim, UNBOUND, agreeing, fits=True)
            told = self._because(facts, cell)
            return Binding(cell.claim, VERIFIED, agreeing, because=told, run_by=self._run_by)
        if self._is_strange(at, fit, facts) or self._is_told_again(at):
            return Binding(cell.claim, UNBOUND, tuple(facts))
        if self._is_certain(at, meant := self._alike(at, fit, facts)):
            return self._contradiction(at, fit, meant)
        # Where the text leaves nothing open, what it says of each cell by itself still counts.
        return Binding(cell.claim, UNBOUND, tuple(facts)) if self.of.untold(cell, facts) else None

    def _derived(self, at: int, fit: Fit, given: Derived) -> Binding:
        """What the table says of a cell that tells what several facts give together."""
        cell, facts = self.cells[at], fit.told[at]
        told = (*self._because(facts, cell), f"{fit.way} by its column's other numbers")
        if at in fit.right:
            status = UNBOUND if fit.second or cell.claim.hedge == "range" else VERIFIED
            right = Binding(cell.claim, status, tuple(facts), because=told, run_by=self._run_by)
            return right._replace(fits=status == UNBOUND, derived=given)
        is_sure = self.columns.is_told(fit) and len(fit.right) > MAJORITY * len(fit.wrong)
        is_sure |= fit.is_way_told and bool(fit.score) and self._is_only_wrong(at)
        is_other = self._is_strange(at, fit, facts) or self._is_told_again(at)
        if not is_sure or is_other or self._is_excepted(at, fit, given):
            return Binding(cell.claim, UNBOUND, tuple(facts))
        wrong = Binding(cell.claim, CONTRADICTED, tuple(facts), VALUE, because=told)
        return wrong._replace(derived=given)

    def _is_excepted(self, at: int, fit: Fit, given: Derived) -> bool:
        """Whether a cell may be of other rows than all that its name finds: those of the right
        cells are told apart otherwise or more, a mark says more of it, or it fits some of them.
        """
        cell, facts = self.cells[at], fit.told[at]
        right = fit.right & fit.derived.keys()
        usual = {(fit.derived[one].keys, len(fit.told[one])) for one in right}
        if usual != {(given.keys, len(facts))} or given.way in (LEAST, GREATEST):
            return True  # the best of what is stored may be none of what was seen
        # Imported here, as in most tables a row is one record.
        from mirage_lint.binding.combined import fits_part, is_marked

        percent = "%" in cell.column.text
        return is_marked(cell) or fits_part(cell.claim, facts, given.way, percent)

    def _is_strange(self, at: int, fit: Fit, facts: list[Fact]) -> bool:
        """Whether a cell is of something else than its facts, or told in another way."""
        cell = self.cells[at]
        is_single = tells_spread(cell.claim) and at not in fit.derived
        is_mean = is_single and bool(self.of.untold(cell, facts))
        # Where no head tells of what, the words of a cell do: "all 69 towns", and not the records.
        is_of_words = not fit.score and cell.claim.text != cell.claim.passage.text
        return (
            cell.claim.hedge == "range"
            or "[^" in cell.claim.passage.raw  # its footnote may tell of an exception
            or self._is_in_other_unit(cell, fit, facts)
            or is_mean
            or is_of_words
            or (cell.row.number in self._strangers and not self._is_of_file(at))
            or id(cell.claim.passage.section) in self._strange_sections
            or self._is_of_other_run(cell, facts)
            or self._is_of_other_file(at, facts)
            or self._is_of_other_metric(cell, fit.metric)
            or self._is_of_other_name(at, fit)
        )

    @cached_property
    def _strange_sections(self) -> frozenset[int]:
        """The ids of the rows of one cell that name nothing known, and below which none agrees."""
        unknown = {
            id(view.passage)
            for cell in self.cells
            for view in (*cell.row.naming[-1:], *cell.column.naming[-1:])
            if view.passage is cell.claim.passage.section and is_unknown(view)
        }
        return frozenset(unknown - {id(self.cells[at].claim.passage.section) for at in self.right})

    def _is_in_other_unit(self, cell: Cell, fit: Fit, facts: list[Fact]) -> bool:
        """Whether the head may give a unit that is not known, and the cell fits in it: 8.1 (h)."""
        is_open = not fit.is_scaled and not is_plain_head(cell.column.text)
        return is_open and is_on_other_scale(cell.claim, facts)

    def _alike(self, at: int, fit: Fit, facts: list[Fact]) -> list[Fact]:
        """The facts that leave open what those of the column's right cells do: where these are of
        all rows, or of one setting, so is this.
        """
        found: frozenset[Rest] | None = None
        for one in sorted(fit.right):
            rests = frozenset(self._rest(one, fact) for fact in fit.agreeing[one])
            found = rests if found is None else found & rests
        kept = [fact for fact in facts if self._rest(at, fact) in (found or ())]
        return kept or facts

    def _rest(self, at: int, fact: Fact) -> Rest:
        """The dimensions of a fact that neither row nor column nor what stands around tell."""
        cell = self.cells[at]
        untold = self.of.untold(cell, [fact])
        return fact.population, tuple(pair for pair in fact.dimensions if pair[0] in untold)

    def strange(self) -> Iterator[Claim]:
        """Claims in rows that lack something which rows that agree are named by: "Total", or a run
        that is not known.
        """
        rows = {cell.row.number: cell.row for cell in map(self.cells.__getitem__, self.right)}
        often = Counter(key for row in rows.values() for key in row.whole)
        keys = {key for key, count in often.items() if MAJORITY * (len(rows) - count) < count}
        for cell in self.cells:
            if not keys <= cell.row.named.keys():
                yield cell.claim

    def heads(self) -> dict[Phrase, frozenset[int]]:
        """The heads of the columns that surely tell a metric, by their ids."""
        found: dict[Phrase, set[int]] = defaultdict(set)
        for cell in self.cells:
            fit = self.fits.get(cell.column.number)
            if fit and fit.right and not fit.second:
                found[fit.metric].add(id(cell.claim.passage.column))
        return {metric: frozenset(ids) for metric, ids in found.items()}

    def known(self) -> Iterator[tuple[Claim, frozenset[Fact]]]:
        """Claims of rows that are records by their name, each with all that it may be about."""
        known = self._index.records.facts
        for at, cell in enumerate(self.cells):
            fit = self.fits.get(cell.column.number)
            if cell.row.whole and fit and (facts := self.of.facts(at, fit.metric)):
                yield cell.claim, frozenset(facts)
            elif cell.row.whole and (found := self.of.records(at)):
                of_record = (facts for record in found for facts in known[record].values())
                yield cell.claim, frozenset().union(*of_record)

    def denied(self) -> Iterator[tuple[Claim, tuple[Fact, ...]]]:
        """Claims that agree with none of the facts that row and column name in full."""
        for at in sorted(self.wrong):
            cell, fit = self.cells[at], self.fits[self.cells[at].column.number]
            if cell.row.whole and fit.score == 1:
                yield cell.claim, tuple(self.of.facts(at, fit.metric))

    @property
    def _run_by(self) -> str:
        return FILE if self.of.files else ""

    def _is_of_file(self, at: int) -> bool:
        """Whether a cell is said to be from a file, and its heads name row and metric in full."""
        cell = self.cells[at]
        if not (self.of.files and cell.row.whole) or self.fits[cell.column.number].score < 1:
            return False
        passage = cell.claim.passage
        heads = [one.passage for one in (*cell.row.heads, *cell.column.heads)]
        heads += [one.column for one in passage.row[:1] if one.column]
        is_plain = cell.claim.text == passage.text and all(is_plain_head(one.text) for one in heads)
        return is_plain and passage.left <= self._first_unknown(cell.row)

    def _first_unknown(self, row: Line) -> int:
        """Where the first cell of a row stands that tells in words what is not known."""
        if row.number not in self._unknown:
            told = (one.passage.left for one in row.naming if is_unknown(one))
            self._unknown[row.number] = next(told, MOST_CELLS)
        return self._unknown[row.number]

    def _is_certain(self, at: int, facts: list[Fact]) -> bool:
        """Whether the cell's neighbours show that the table is about these very facts."""
        cell = self.cells[at]
        if are_more(facts, _MOST_VALUES) or self._is_vague(cell.row):
            return False
        if self._is_elsewhere(cell, facts):
            return False
        untold = self.of.untold(cell, facts)
        is_other = may_be_of_part(cell.claim, facts) or is_on_other_scale(cell.claim, facts)
        if self._is_of_file(at) and not (is_other or untold) and len(values(facts)) == 1:
            percent = "%" in cell.column.text
            return all(comparable(cell.claim, fact, named=True, percent=percent) for fact in facts)
        right = [one for one in self._beside(at, self.right) if self._vouches(one, cell, untold)]
        wrong = self._beside(at, self.wrong - {at})
        telling = [one for one in right if is_telling(self.cells[one].claim)]
        fit, depends = self.fits[cell.column.number], self._index.records.depends
        is_open = any(depends(fit.metric, key) for key in untold)
        is_chance = not telling and (len(right) == 1 or is_open)
        # Of one of several seeds of a draft one cell may agree by chance.
        is_chance |= is_open and len(telling) == 1 and self._index.may_be_of_others(facts)
        # "Questions" of one of several rows of "questions evaluated".
        is_chance |= is_open and fit.score < 1 and is_far(cell.claim, facts)
        if len(right) > MAJORITY * len(wrong) and self._is_good(at) and not is_chance:
            return True
        is_named = fit.score == 1 or (bool(fit.score) and self.columns.is_told(fit))
        if not is_named:
            return False
        if not untold and (self._is_only_wrong(at) or self._is_in_good_table(at)):
            return True
        is_seed = is_open and is_chance and self._index.may_be_of_others(facts)
        return len(values(facts)) == 1 and not is_seed and self._is_in_good_column(at)

    def _is_told_again(self, at: int) -> bool:
        """Whether another row tells the same of the same record: they are told apart by something
        that is not known.
        """
        return self._often[self.cells[at].column.number, self.of.records(at)] > 1

    @cached_property
    def _often(self) -> Counter[tuple[int, tuple[Record, ...]]]:
        """How many cells of a column tell of the same records."""
        judged = self.right | self.wrong
        return Counter((self.cells[at].column.number, self.of.records(at)) for at in judged)

    def _is_elsewhere(self, cell: Cell, facts: list[Fact]) -> bool:
        """Whether what leads into the table names another setting than the facts have, where the
        row and the column name none: "Results on B", and the row is known on A only.
        """
        own = {*cell.row.named, *cell.column.named}
        known = {pair for fact in facts for pair in fact.dimensions if pair[0] not in own}
        told = [settings(layer) for layer in self.of.context]
        nearest = (
            next(filter(None, (layer.get(key) for layer in told)), None)
            for key in {key for key, _ in known}
        )
        return any(values is not None and values.isdisjoint(known) for values in nearest)

    def _is_of_other_run(self, cell: Cell, facts: list[Fact]) -> bool:
        """Whether the column's right cells are of other runs, and the row names none: its record
        may be one that is not known of these.
        """
        fit = self.fits[cell.column.number]
        beside = {fact.family for told in fit.agreeing.values() for fact in told}
        named = {*cell.row.named.get("", ()), *cell.column.named.get("", ())}
        is_named = bool(named) and named.isdisjoint(beside)
        return not is_named and bool(beside) and beside.isdisjoint(fact.family for fact in facts)

    def _is_of_other_metric(self, cell: Cell, metric: Phrase) -> bool:
        """Whether a cell of the row, under "Metric" or in brackets, names one that has no word of
        this.
        """
        names = (stem for name in self._index.names_of(metric) for stem in name)
        own = {*metric, *names, *self._index.initials_of(metric)}
        told = (
            words.stems(left.text)
            for left in cell.claim.passage.row
            if left.column and words.stems(left.column.text) in _METRIC_HEADS
        )
        aside = (
            words.stems(found)
            for left in cell.claim.passage.row[:1]
            for found in re.findall(_ASIDE, left.text)
            if self._index.metrics_named(found)
        )
        return any(stems and own.isdisjoint(stems) for stems in (*told, *aside))

    def _is_of_other_name(self, at: int, fit: Fit) -> bool:
        """Whether the row tells of another name beside, whose value the cell has: "best: wren"."""
        cell = self.cells[at]
        told = [_spaced(left.text) for left in cell.claim.passage.row]
        own = [_spaced(value) for values in cell.row.named.values() for value in values]
        claim = self.of.claim(at, fit.is_scaled)
        near = list(self._index.facts[fit.metric].near(claim, percent=False))
        if len(near) > MOST_RECORDS:
            return False
        others = {value for fact in near for _, value in fact.dimensions if len(value) > 1}
        apart = [name for name in map(_spaced, others) if not any(name in one for one in own)]
        return any(name in text for name in apart for text in told)

    def _is_of_other_file(self, at: int, facts: list[Fact]) -> bool:
        """Whether all that is right in the row is of other files than the facts, and all in the
        column, too: the file of the row may have a column which the registry leaves out.
        """
        row = self._files[ROW, self.cells[at].row.number]
        column = self._files[COLUMN, self.cells[at].column.number]
        own = {fact.source.artifact for fact in facts}
        is_of_table = all(fact.dimensions for fact in facts)  # a run's settings lie in many files
        return is_of_table and row.total() >= MAJORITY and own.isdisjoint({*row, *column})

    @cached_property
    def _files(self) -> dict[tuple[str, int], Counter[str]]:
        """The files that the right cells of each row, and of each column, agree with."""
        found: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
        for at in sorted(self.right):
            cell, fit = self.cells[at], self.fits[self.cells[at].column.number]
            files = {fact.source.artifact for fact in fit.agreeing[at]}
            found[ROW, cell.row.number].update(files)
            found[COLUMN, cell.column.number].update(files)
        return found

    def _is_only_wrong(self, at: int) -> bool:
        """Whether all else in the row is right: then a whole column may be of another day."""
        row = self.cells[at].row.number
        right = [one for one in self.right if self.cells[one].row.number == row]
        wrong = [one for one in self.wrong if self.cells[one].row.number == row]
        return len(right) >= MAJORITY and len(wrong) == 1

    def _is_in_good_table(self, at: int) -> bool:
        """Whether the table is mostly right, and the row is right in a value that is no chance."""
        row = self.cells[at].row
        telling = [one for one in self.right if self.cells[one].row.number == row.number]
        is_row = bool(row.whole) and any(is_telling(self.cells[one].claim) for one in telling)
        return is_row and len(self.right) >= MAJORITY * len(self.wrong)

    def _is_in_good_column(self, at: int) -> bool:
        """Whether the column is surely about these facts, and no other row about the same record:
        then a whole row may be wrong.
        """
        cell = self.cells[at]
        fit = self.fits[cell.column.number]
        return (
            bool(cell.row.whole) and self.columns.is_told(fit) and len(fit.right) >= len(fit.wrong)
        )

    @cached_property
    def _strangers(self) -> set[int]:
        """The rows of several numbers all of which are wrong, where there are many such: they are
        of another day, or measured on something else.
        """
        right = {self.cells[at].row.number for at in self.right}
        wrong = Counter(self.cells[at].row.number for at in self.wrong)
        found = {row for row, count in wrong.items() if count > 1 and row not in right}
        is_few = len(found) == 1 or len(right) > MAJORITY * len(found)
        return set() if is_few else found

    def _is_good(self, at: int) -> bool:
        """Whether the column's other cells do not speak against it."""
        fit = self.fits[self.cells[at].column.number]
        return len(fit.wrong - {at}) * MAJORITY <= len(fit.right)

    def _beside(self, at: int, cells: frozenset[int]) -> list[int]:
        row, column = self.cells[at].row.number, self.cells[at].column.number
        return [
            one
            for one in sorted(cells)
            if self.cells[one].row.number == row or self.cells[one].column.number == column
        ]

    def _vouches(self, at: int, cell: Cell, untold: set[str]) -> bool:
        """Whether a cell that agrees shows what the text leaves open: those of the same metric do,
        a number of parameters, alike on all datasets, does not, nor does what all records agree
        with, as an accuracy of 1 in every repetition.
        """
        column = self.cells[at].column.number
        fit = self.fits[column]
        facts = fit.told[at] if untold else []
        if len(facts) > 1 and len(fit.agreeing[at]) == len(facts):
            return False
        depends = self._index.records.depends
        return column == cell.column.number or all(depends(fit.metric, key) for key in untold)

    def _contradiction(self, at: int, fit: Fit, facts: list[Fact]) -> Binding:
        cell, claim = self.cells[at], self.of.claim(at, fit.is_scaled)
        everywhere = self._index.facts[fit.metric]
        if self.of.files:
            everywhere = everywhere.of_files(self.of.files)
        own = frozenset(fact.family for fact in facts)
        reading = Reading(
            claim=claim,
            facts=everywhere,
            kin=everywhere.of(own),
            families=Slot(own, ROW, certain=own),
            populations=Slot(frozenset()),
            dimensions=self._slots(cell),
            lookup=self._index,
            percent="%" in cell.column.text,
        )
        found = change(reading, facts)
        if self.of.files and found.slot == DIMENSION and not is_telling(claim):
            found = Change(VALUE, tuple(facts))  # of so few figures, another row has it by chance
        is_alike = is_shorter(found) or (not cell.row.whole and is_longer(found))
        is_of_longer = found.slot == DIMENSION and is_alike
        is_told = any(is_told_otherwise(claim, fact) for fact in found.facts)
        is_other = fits_elsewhere(reading, found.facts) or self._is_qualified(at, fit, facts)
        if is_of_longer or is_told or is_other:
            return Binding(cell.claim, UNBOUND, tuple(facts))
        because = (*self._because(facts, cell), *self._support(at))
        wrong = Binding(cell.claim, CONTRADICTED, found.facts, found.slot, found.others, because)
        return wrong._replace(run_by=self._run_by if self._is_of_file(at) else "")

    def _is_qualified(self, at: int, fit: Fit, facts: list[Fact]) -> bool:
        """Whether the head has words for what is not known, and no other cell of it agrees."""
        if fit.right or not self._index.may_be_of_others(facts):
            return False
        # Imported here, as most cells agree and need none of its patterns.
        from mirage_lint.binding.others import is_qualified, stems_of

        return any(is_qualified(head, stems_of(facts)) for head in self.cells[at].column.heads)

    def _because(self, facts: Sequence[Fact], cell: Cell) -> tuple[str, ...]:
        """What the reading of a cell rests on, a phrase a slot."""
        metric, own = facts[0].metric, {key for fact in facts for key, _ in fact.dimensions}
        told = [phrase for key, phrase in self._told_of(cell) if key in own]
        told += [f"{FILE} {name} by what leads into it" for name in sorted(self.of.files)]
        return (f"metric {metric} by its {ROW if self.of.across else COLUMN}", *told)

    def _told_of(self, cell: Cell) -> list[tuple[str, str]]:
        """Each dimension that row and column, or what stands around, tell, with what tells it; the
        same for all columns that tell none.
        """
        place = cell.row.number, cell.column.number if cell.column.named else -1
        if place not in self._phrases:
            self._phrases[place] = [
                (key, f"{key} {_shown(slot)} by its {slot.layer}")
                for key, slot in self._slots(cell).items()
            ]
        return self._phrases[place]

    def _is_vague(self, row: Line) -> bool:
        """Whether what a row names in passing fits several records."""
        if row.number not in self._vague:
            loose = (key for key in row.named if key and key not in row.whole)
            self._vague[row.number] = any(len(row.named[key]) > 1 for key in loose)
        return self._vague[row.number]

    def _slots(self, cell: Cell) -> dict[str, Slot]:
        near, far = (COLUMN, ROW) if self.of.across else (ROW, COLUMN)
        found = {}
        for layer, line in ((far, cell.column), (near, cell.row)):
            for key, told in line.named.items():
                if key:
                    by = f"{layer}'s other numbers" if line.record else layer
                    found[key] = Slot(frozenset((key, one) for one in told), by)
        return self.of.told_around(cell.row, cell.column) | found

    def _support(self, at: int) -> tuple[str, ...]:
        count = len(self._beside(at, self.right))
        told = f"{count} other cell{'s' if count > 1 else ''} of its row and column agree"
        return (told,) if count else ()


class Aligned:
    """What a table as a whole says: ``bindings`` of its claims, and more of what few ask for."""

    def __init__(self, bindings: dict[Claim, Binding], alignment: Alignment | None) -> None:
        self.bindings, self._of = bindings, alignment

    @cached_property
    def denied(self) -> dict[Claim, tuple[Fact, ...]]:
        """The facts of cells called by row and column, where nothing in the table agrees."""
        return {} if self._of is None or self._of.is_about else dict(self._of.denied())

    @cached_property
    def strange(self) -> frozenset[Claim]:
        """Claims in rows that are of nothing known."""
        return frozenset(self._of.strange() if self._of and self._of.is_about else ())

    @cached_property
    def _known(self) -> dict[Claim, frozenset[Fact]]:
        """All that claims of rows which are records by their name may be about."""
        return dict(self._of.known()) if self._of else {}

    @cached_property
    def _heads(self) -> dict[Phrase, frozenset[int]]:
        """By metric the ids of the heads that tell it."""
        is_told = self._of is not None and self._of.is_about and not self._of.of.across
        return self._of.heads() if self._of and is_told else {}

    def is_of_others(self, binding: Binding) -> bool:
        """Whether a claim's facts are of other records than its row, or what other columns tell."""
        own = id(binding.claim.passage.column)
        told_by = [self._heads.get(words.key(fact.metric)) for fact in binding.facts]
        if told_by and all(heads and own not in heads for heads in told_by):
            return True
        known = self._known.get(binding.claim)
        told = {fact for fact in binding.facts if fact.dimensions}
        return bool(known) and bool(told) and told.isdisjoint(known or ())


ALONE = Aligned({}, None)
"""What is said of claims that stand in no table."""


def align(
    grid: Grid, context: tuple[Layer, ...], index: Index, files: frozenset[str] = frozenset()
) -> Aligned:
    """What the table as a whole says of its cells; ``files`` are the artifacts that its numbers are
    said to be from.
    """
    columns = _best(grid, context, index, files)
    if files and not columns.fits:  # they tell of something else
        columns = _best(grid, context, index, frozenset())
    best = Alignment(columns, index)
    told = filter(None, map(best.binding, range(len(best.cells)))) if best.is_about else ()
    return Aligned({one.claim: one for one in told}, best)


def _best(grid: Grid, context: tuple[Layer, ...], index: Index, files: frozenset[str]) -> Columns:
    """The table read by its columns, or by its rows where more agrees so."""
    columns = _read(Cells(grid.cells, context, index, across=False, files=files), index)
    if len(columns.right) == len(grid.cells):
        return columns
    turned = [cell._replace(row=cell.column, column=cell.row) for cell in grid.cells]
    other = _read(Cells(turned, context, index, across=True, files=files), index)
    return max(columns, other, key=lambda way: (len(way.right), bool(way.fits)))


def _read(cells: Cells, index: Index) -> Columns:
    return Columns(known_rows.named(cells, index), index)


def _spaced(text: str) -> str:
    """The words of a text, spaces around each."""
    return f" {' '.join(words.split(text))} "


def _shown(slot: Slot) -> str:
    return " or ".join(sorted(str(one[1]) for one in slot.values if isinstance(one, tuple)))
