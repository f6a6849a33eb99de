"""Pages that may be about other runs than those known: agreement is the evidence that they are not.

A registry that `init` drafts knows the runs whose artifacts lie in the repository, and its pages
tell of others as well: older ones, those of another machine, of another paper.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from mirage_lint import vocabulary
from mirage_lint.binding.agreement import figures, is_far, is_rare
from mirage_lint.binding.binding import (
    AMBIGUOUS,
    CONTRADICTED,
    DIMENSION,
    FAMILY,
    VALUE,
    VERIFIED,
    Binding,
)
from mirage_lint.binding.certainty import are_more
from mirage_lint.binding.sections import section_of
from mirage_lint.binding.slots import CLAUSE, FILE, NUMBERS, SENTENCE
from mirage_lint.claims.claim import NUMBER, QUANTITIES, Claim
from mirage_lint.claims.slips import may_be_slip
from mirage_lint.core import words
from mirage_lint.core.cached import cached_property
from mirage_lint.core.conversions import is_measure
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import rounded

_FEWEST_OF_TABLE = 15
"""Figures, of different values together, in which a document must agree with a table."""
_FEWEST_NEAR = 3
"""Distinct numbers, each too rare to agree by chance, in which a section must agree besides; one
fewer where it holds no others.
"""
_MOST_DENIED = 2
"""Numbers that a section may deny of a run more than it agrees with, where the page is about it."""
_FEWEST_FIGURES = 2
_MOST_ALIKE = 20
"""Facts of a number that are held against what it is right of."""
_FEWEST_OF_ROW = 2
"""Numbers of a row, each too rare to agree by chance, that show which record it is of."""
_BESIDE = frozenset({CLAUSE, SENTENCE})
"""Layers that name the run of a claim in so many words: one such number is enough then."""
_Place = tuple[int, str]
"""A section, by its heading, and a family."""
_Row = tuple[int, str, tuple[tuple[str, str], ...]]
"""A row of a table, or a passage, and what it may be about."""
_Source = tuple[str, tuple[str, ...]]
"""A family, and what tells the rows of a table of it apart: its single values have nothing."""


def without(bindings: list[Binding], families: frozenset[str]) -> list[Binding]:
    """The bindings of a document; of ``families``, those that may not be the only ones, a value
    is judged only where the rest of its section agrees with the run, or the rest of the document
    with the table that it is held against; so is what only the numbers beside it tell the run of.
    What is not called wrong for that is not called right either.
    """
    judged = {id(one) for one in bindings if _is_judged(one, families)}
    if not judged:
        return bindings
    evidence = _Evidence(bindings)
    return [
        one.left_open() if id(one) in judged and not _is_sure(one, evidence) else one
        for one in bindings
    ]


def _is_judged(one: Binding, families: frozenset[str]) -> bool:
    is_told = one.status in (VERIFIED, AMBIGUOUS, CONTRADICTED) and one.run_by != FILE
    is_number = one.claim.kind in QUANTITIES
    if not (is_told and is_number and one.facts):
        return False
    is_guessed = one.run_by == NUMBERS
    return is_guessed or all(fact.family in families for fact in one.facts)


def _is_sure(one: Binding, evidence: _Evidence) -> bool:
    """Whether a judgement holds where there are other runs: that one must be named never does, that
    a number is of another row only where it is no chance and stands amid others of its own, and
    that it is of another run only where the text names the one that it is not of.
    """
    is_single = one.status == CONTRADICTED and one.derived is None
    if is_single and (evidence.is_of_other_file(one) or _is_mean(one) or _is_finer(one)):
        return False
    is_swap = one.change in (FAMILY, DIMENSION)
    is_rarely_told = is_rare(one.claim) and not _is_coarse(one)
    is_chance = is_swap and not (is_rarely_told and evidence.is_amid(one))
    is_chance |= one.change == FAMILY and one.run_by not in _BESIDE
    if one.status == AMBIGUOUS or is_chance:
        return False
    if is_single and one.change == VALUE and are_more(one.facts, 1):
        return False  # it leaves open of which row it is, and may be of one more
    is_guess = one.run_by == NUMBERS or _is_missing(one.claim)
    if _is_far(one) and (is_guess or not evidence.is_firm(one)):
        return False
    return evidence.is_beside(one) or evidence.is_near(one)


class _Evidence:
    """In which values a document, and each section of it, agrees with what is known."""

    def __init__(self, bindings: Iterable[Binding]) -> None:
        self._told: dict[_Source, dict[str, list[Claim]]] = defaultdict(dict)
        self._all: Counter[_Source] = Counter()
        self._agreeing: dict[_Place, set[str]] = defaultdict(set)
        self._numbers: dict[int, set[str]] = defaultdict(set)
        self._right: list[Binding] = []
        self._denied: Counter[_Place] = Counter()
        self._denied_in: Counter[int] = Counter()
        self._denied_of: Counter[_Source] = Counter()
        for one in bindings:
            if one.status == CONTRADICTED:
                self._denied.update(_places(one, one.facts))
                self._denied_of.update(_sources(one.facts))
                self._denied_in[_table(one)] += 1
            if one.claim.kind in QUANTITIES and one.claim.hedge in ("", "about"):
                self._add(one)

    def _add(self, one: Binding) -> None:
        facts, claim = _borne_out_by(one), one.claim
        for source in _sources(facts):
            same = self._told[source].setdefault(claim.digits, [])
            self._all[source] += 0 if same else figures(claim)
            same.append(claim)
        if is_rare(claim):
            if one.is_borne_out:
                self._right.append(one)
            families = {fact.family for fact in facts}
            for where in {_section(one), _table(one)}:
                self._numbers[where].add(claim.digits)
                for family in families:
                    self._agreeing[where, family].add(claim.digits)

    @cached_property
    def _rows(self) -> dict[_Row, set[str]]:
        """The numbers that are right, by the row or passage, and what they are right of."""
        found: dict[_Row, set[str]] = defaultdict(set)
        for one in self._right:
            for row in _rows(one, one.facts):
                found[row].add(one.claim.digits)
        return found

    @cached_property
    def _files(self) -> dict[int, dict[str, frozenset[str]]]:
        """The files that the numbers of a row agree with."""
        found: dict[int, dict[str, frozenset[str]]] = defaultdict(dict)
        for one in self._right:
            files = frozenset(fact.source.artifact for fact in one.facts)
            found[one.claim.passage.line][one.claim.digits] = files
        return found

    def is_of_other_file(self, one: Binding) -> bool:
        """Whether the row of a number agrees with one file that it is not held against, and with
        none that it is: then it is told of a record of that.
        """
        own = {fact.source.artifact for fact in one.facts}
        told = self._files[one.claim.passage.line] if one.claim.passage.table else {}
        right = [files for digits, files in told.items() if digits != one.claim.digits]
        is_other = len(right) >= _FEWEST_OF_ROW and bool(frozenset.intersection(*right))
        return is_other and all(map(own.isdisjoint, right))

    def is_amid(self, one: Binding) -> bool:
        """Whether the row of a number, or its passage, agrees with what it is held against: a
        number that is right of something else is sooner of that than mistaken. A row that is wrong
        as a whole has to name what it is of, and its table to agree all the more.
        """
        right = max(_besides(self._rows[row], one) for row in _rows(one, one.facts))
        if right >= _FEWEST_OF_ROW or not one.claim.passage.table:
            return right > 0 and (right >= _FEWEST_OF_ROW or one.run_by in _BESIDE)
        denied = self._denied_in[_table(one)]
        families = {fact.family for fact in one.facts}
        around = max(_besides(self._agreeing[_table(one), each], one) for each in families)
        if denied == 1 and (right > 0 or around >= _FEWEST_NEAR):
            return True
        return around > denied and _is_named(one)

    def is_beside(self, one: Binding) -> bool:
        """Whether the document agrees with the table that a claim is held against in figures that
        are no chance, and in as many as it denies, the claim itself left out: a table tells of many
        runs, and its rows by name.
        """
        if any(self._is_against(one, place) for place in _places(one, one.facts)):
            return False
        return any(
            bool(source[1])
            and self._figures(source, one.claim) >= _FEWEST_OF_TABLE
            and len(self._told[source]) >= self._denied_of[source]
            for source in _sources(one.facts)
        )

    def _is_against(self, one: Binding, place: _Place) -> bool:
        """Whether a section denies a run clearly more often than it agrees with it."""
        denied = self._denied[place] - (one.status == CONTRADICTED)
        return denied - _besides(self._agreeing[place], one) > _MOST_DENIED

    def is_near(self, one: Binding) -> bool:
        """Whether its section agrees with the run that it is held against in enough numbers, and
        in as many as are denied there, the claim itself left out.
        """
        is_denied = one.status == CONTRADICTED
        return any(
            _besides(self._agreeing[place], one)
            >= max(self._enough(one, place), self._denied[place] - is_denied)
            for place in _places(one, one.facts)
        )

    def _enough(self, one: Binding, place: _Place) -> int:
        if one.run_by in _BESIDE:
            return 1
        is_all = _besides(self._numbers[place[0]], one) == _besides(self._agreeing[place], one)
        return _FEWEST_NEAR - is_all

    def is_firm(self, one: Binding) -> bool:
        """Whether what stands around a claim is about the run that it is held against, so that a
        number may be wrong by any amount: half of its table's numbers agree, or its section's, or
        it is told in the measure of what it is held against.
        """
        if is_measure(one.claim.unit) and all(map(is_measure, (fact.unit for fact in one.facts))):
            return True
        around = _besides(self._numbers[_table(one)], one)
        for family in {fact.family for fact in one.facts}:
            right = _besides(self._agreeing[_table(one), family], one)
            is_plain = right == around or one.run_by in _BESIDE
            if right >= _FEWEST_NEAR - is_plain and 2 * right >= around:
                return True
        return False

    def _figures(self, source: _Source, apart: Claim) -> int:
        same = self._told[source].get(apart.digits, []) if source in self._told else []
        is_alone = len(same) == 1 and same[0] is apart
        return self._all[source] - (figures(apart) if is_alone else 0)


def _besides(numbers: set[str], one: Binding) -> int:
    """How many numbers there are besides a claim's own."""
    return len(numbers) - (one.claim.digits in numbers)


def _is_far(one: Binding) -> bool:
    """Whether a number that is called wrong is off by more than a tenth. What is mistyped, or has
    changed since, mostly is not; what is of another thing mostly is.
    """
    if one.derived and one.claim.value:
        return not may_be_slip(one.derived.interval, one.claim.value)
    return one.change in (VALUE, DIMENSION) and is_far(one.claim, one.facts)


def _is_missing(claim: Claim) -> bool:
    """Whether a number is nought: that of a run which broke off is written so."""
    return claim.kind == NUMBER and not claim.digits.strip("0.")


def _section(one: Binding) -> int:
    return section_of(one.claim.passage)


def _table(one: Binding) -> int:
    """What tells the table that a claim stands in from others; else its section."""
    return -one.claim.passage.table or _section(one)


def _places(one: Binding, facts: Iterable[Fact]) -> set[_Place]:
    """The section that a claim stands in, with each family of ``facts``."""
    return {(_section(one), fact.family) for fact in facts}


def _is_coarse(one: Binding) -> bool:
    """Whether what a number is right of has a figure alone, and so is that of many a number."""
    stored = (fact.value.partition("e")[0] for fact in one.others)
    return any(len(value.strip("-%0.").replace(".", "")) < _FEWEST_FIGURES for value in stored)


def _is_finer(one: Binding) -> bool:
    """Whether a number has more places than its artifact keeps, and is that number in as many."""
    low, high = one.claim.value or (None, None)
    if low is None or high is None:
        return False
    return any(
        low >= number.low and high <= number.high
        for fact in one.facts
        if fact.kind == "number"
        and "/" not in fact.value
        and (number := rounded(fact.value.rstrip("%"))).low is not None
        and number.high is not None
    )


def _is_mean(one: Binding) -> bool:
    """Whether the head of a cell tells of a mean, and what it is held against does not: "Avg AUC",
    "| control (mean of 3 seeds) |".
    """
    passage = one.claim.passage
    heads = (*passage.row[:1], *filter(None, (passage.column, passage.section)))
    told = {stem for head in heads for stem in words.stems(head.text)}
    known = (text for fact in one.facts for text in (fact.metric, *dict(fact.dimensions).values()))
    means = _means() & told
    return bool(means) and means.isdisjoint(stem for text in known for stem in words.stems(text))


@cache
def _means() -> frozenset[str]:
    averages = vocabulary.load("words")["averages"]
    return frozenset(stem for word in averages for stem in words.stems(word))


def _is_named(one: Binding) -> bool:
    """Whether a row is called by what alone tells its record from that which it is right of."""
    told = {word for cell in one.claim.passage.row[:1] for word in words.split(cell.text)}
    return any(
        not told.isdisjoint(words.split(value))
        for fact in one.facts[:_MOST_ALIKE]
        for other in one.others[:_MOST_ALIKE]
        for value in _apart(dict(fact.dimensions), dict(other.dimensions))
    )


def _apart(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The value that alone tells a record from another that has the same keys."""
    found = [value for key, value in one.items() if other.get(key) != value]
    return found if one.keys() == other.keys() and len(found) == 1 else []


def _rows(one: Binding, facts: Iterable[Fact]) -> set[_Row]:
    """A claim's row with each record of ``facts``, or its passage with each of their runs."""
    passage = one.claim.passage
    if passage.table:
        return {(passage.line, fact.family, fact.dimensions) for fact in facts}
    return {(id(passage), fact.family, ()) for fact in facts}


def _borne_out_by(one: Binding) -> Iterable[Fact]:
    """The facts that a claim agrees with: of a wrong one, those of what it was taken for."""
    return one.facts if one.is_borne_out else one.others


def _sources(facts: Iterable[Fact]) -> set[_Source]:
    return {(fact.family, _keys(fact.dimensions)) for fact in facts}


@lru_cache(maxsize=4096)
def _keys(dimensions: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(key for key, _ in dimensions)
