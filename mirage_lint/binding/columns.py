"""Which metric each column of a table tells: by its head, and by its cells' agreement."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from mirage_lint.binding.agreement import agrees, is_telling
from mirage_lint.binding.binding import Derived
from mirage_lint.binding.cells import SCALE, Cells
from mirage_lint.binding.certainty import are_more
from mirage_lint.binding.index import Index, Phrase
from mirage_lint.binding.mentions import metrics_of
from mirage_lint.binding.records import Record
from mirage_lint.binding.slots import is_strong
from mirage_lint.core import words
from mirage_lint.core.cached import cached_property
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import HALF
from mirage_lint.core.record import NamedTuple

_AT = re.compile(r"\bacc(?:uracy)?@(\d+)", re.IGNORECASE)
"""Another way to write "top 1"."""
_RATIO = re.compile(r"[^\W\d_]/[^\W\d_]|\bper\b")
MAJORITY = 2
"""How many cells must agree for each that does not."""
_NAMELESS = 3
"""Distinct telling values that must agree for a column whose head names nothing known."""


Told = dict[int, list[Fact]]
"""Facts, by the cells that may tell of them."""


class Fit(NamedTuple):
    """A metric as what a line of cells tells, and the cells that bear it out, or not; whether its
    facts are told on the scale of the head ("Params (M)"), or stored on it. ``told`` are the facts
    that each cell may tell of, ``agreeing`` those that bear out each that is right. Another line
    fits the metric better where it is ``second``. ``derived`` is what the facts of a cell give
    together in ``way``, where the line tells that; ``is_way_told`` says that its words do.
    """

    metric: Phrase
    score: Fraction
    right: frozenset[int]
    wrong: frozenset[int]
    is_scaled: bool
    told: Told
    agreeing: Told
    second: bool = False
    way: str = ""
    derived: Mapping[int, Derived] = MappingProxyType({})
    is_way_told: bool = False


class Columns:
    """What the columns of ``of`` tell."""

    def __init__(self, of: Cells, index: Index) -> None:
        self.of, self._index = of, index
        self._metrics_of: dict[frozenset[Record], frozenset[Phrase]] = {}

    @cached_property
    def fits(self) -> dict[int, Fit]:
        """The metric of each column that has one."""
        columns: dict[int, list[int]] = defaultdict(list)
        for at, cell in enumerate(self.of.cells):
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
            else fit._replace(wrong=frozenset(), second=True)
            for column, fit in found.items()
        }

    def _told_by(self, cells: list[int], fit: Fit) -> object:
        """What a column tells of: its metric, at the settings that its head names."""
        named = self.of.cells[cells[0]].column.named
        return fit.metric, fit.way, frozenset((key, one) for key in named for one in named[key])

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
        heads = [_name(name) for name in self.of.cells[cells[0]].column.names]
        index = self._index
        scored = {
            metric: max(index.score(head, metric) for head in heads)
            for metric in self._metrics(cells)
        }
        if self.of.files:
            scored |= _only(heads, scored)
        if not any(scored.values()):  # what leads into the table may name it
            scored |= dict.fromkeys(self._led.intersection(scored), HALF)
        fits = list(filter(self._holds, self._tried(scored, cells)))
        best = max(fits, key=_rank, default=None)
        if derived := self._derived(scored, cells, best):
            return derived
        if best is None:
            return None
        # What is right of another metric of the same name is not wrong: "old size", "new size".
        rivals = (fit.right for fit in fits if fit.score == best.score)
        return best._replace(wrong=best.wrong.difference(*rivals))

    @cached_property
    def _led(self) -> frozenset[Phrase]:
        """The metrics that the nearest layer around the table names which names any."""
        told = (metrics_of(layer.mentions) for layer in self.of.context if is_strong(layer))
        return next(filter(None, told), frozenset())

    def _metrics(self, cells: list[int]) -> Iterable[Phrase]:
        """The metrics that are known of the records of cells."""
        known = self._index.records.facts
        if self.of.files:
            return dict.fromkeys(
                metric
                for at in cells
                for record in self.of.records(at)
                for metric in known[record]
                if self.of.facts(at, metric)
            )
        records = frozenset(one for at in cells for one in self.of.records(at))
        if records not in self._metrics_of:
            self._metrics_of[records] = frozenset(
                chain.from_iterable(map(known.__getitem__, records))
            )
        return self._metrics_of[records]

    def _tried(self, scored: dict[Phrase, Fraction], cells: list[int]) -> Iterator[Fit]:
        """How the cells fit each metric that the head names, or else any; none after one that fits
        in all, which no other does better.
        """
        scales = (True, False) if self.of.is_scaled(cells) else (False,)
        for metric in sorted([one for one in scored if scored[one]] or scored):
            told = {at: facts for at in cells if (facts := self.of.facts(at, metric))}
            for is_scaled in scales:
                found = {at: self._agreeing(at, told[at], is_scaled) for at in told}
                agreeing = {at: facts for at, facts in found.items() if facts}
                right = frozenset(agreeing)
                wrong = frozenset(told) - right
                yield Fit(metric, scored[metric], right, wrong, is_scaled, told, agreeing)
                if len(right) == len(cells) and scored[metric] == 1:
                    return
                if right and not wrong:
                    break  # on another scale it fits no better

    def _derived(
        self, scored: dict[Phrase, Fraction], cells: list[int], plain: Fit | None
    ) -> Fit | None:
        """How the cells tell what the facts of their rows give together, as the mean over seeds;
        None where they tell no such thing, or as well what each fact is.
        """
        is_open = plain is None or any(are_more(plain.told[at], 1) for at in plain.right)
        if plain and not is_open and len(plain.right) == len(cells):
            return None
        named = sorted(one for one in scored if scored[one])
        several = [one for one in named if self._are_several(cells, one)]
        if not several:
            return None
        # Imported here, as in most tables a row is one record.
        from mirage_lint.binding.combined import Combined

        found = Combined(self.of, self._percents, cells).fits({one: scored[one] for one in several})
        best = max(filter(self._is_given, found), key=_rank, default=None)
        if best is None or plain is None:
            return best
        is_as_good = best.is_way_told and is_open and len(best.right) >= len(plain.right)
        return best if is_as_good or _rank(best) > _rank(plain) else None

    def _are_several(self, cells: Iterable[int], metric: Phrase) -> bool:
        """Whether a cell may tell of several values of a metric."""
        return any(are_more(self.of.facts(at, metric), 1) for at in cells)

    def _is_given(self, fit: Fit) -> bool:
        """Whether more cells are what several facts give than chance would have."""
        right = fit.right & fit.derived.keys()
        wrong = fit.wrong & fit.derived.keys()
        if self.is_told(fit._replace(right=right)) and len(right) > MAJORITY * len(wrong):
            return True
        telling = any(is_telling(self.of.cells[at].claim) for at in right)
        is_named = bool(fit.score) and fit.is_way_told
        return is_named and telling and len(right) >= len(wrong)

    @cached_property
    def _percents(self) -> list[bool]:
        """Of each cell, whether its column's head gives percent as the unit."""
        columns = {cell.column.number: cell.column for cell in self.of.cells}
        told = {number: "%" in columns[number].text for number in columns}
        return [told[cell.column.number] for cell in self.of.cells]

    def _holds(self, fit: Fit) -> bool:
        if fit.score == 1:
            return bool(fit.right or fit.wrong)
        if fit.score:
            return bool(fit.right)
        return self.is_told(fit) and len(fit.right) > MAJORITY * len(fit.wrong)

    def is_told(self, fit: Fit) -> bool:
        """Whether more cells agree, with values that are no chance, than coincidence could give."""
        telling = {one.digits for at in fit.right if is_telling(one := self.of.cells[at].claim)}
        return len(telling) >= _NAMELESS

    def _agreeing(self, at: int, facts: Iterable[Fact], is_scaled: bool) -> list[Fact]:
        """Those of ``facts`` that bear a cell out."""
        claim, percent = self.of.claim(at, is_scaled), self._percents[at]
        return [fact for fact in facts if agrees(claim, fact, percent)]


def metrics_of_head(names: Iterable[str], index: Index) -> list[Phrase]:
    """The metrics that a head may name, by all its words or all of theirs."""
    heads = [_name(name) for name in names]
    found = {metric for head in heads for stem in head for metric in index.metrics_with(stem)}
    return sorted(one for one in found if any(index.score(head, one) for head in heads))


def _only(heads: list[frozenset[str]], scored: dict[Phrase, Fraction]) -> dict[Phrase, Fraction]:
    """The metric of a file that a head names but for words which most of them have: "Min" of
    ``min_loss``, ``max_loss`` and ``mean_loss``.
    """
    often = Counter(stem for metric in scored for stem in set(metric))
    common = {stem for stem in often if 2 * often[stem] > len(scored) > 2}
    named = [one for one in scored if any(head and set(one) - common == head for head in heads)]
    return {named[0]: Fraction(1)} if len(named) == 1 else {}


def _rank(fit: Fit) -> tuple[int, Fraction]:
    return len(fit.right) - len(fit.wrong), fit.score


@lru_cache(maxsize=1024)
def _name(head: str) -> frozenset[str]:
    """The stems of a head without its unit; of a ratio ("s/test", "tests per run") none."""
    name = words.thresholds(_AT.sub(r"top \1 ", SCALE.sub(" ", head)))
    return frozenset() if _RATIO.search(name) else frozenset(words.key(name))
