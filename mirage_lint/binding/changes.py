"""The smallest change of one slot that would make a false claim true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache

from mirage_lint import vocabulary
from mirage_lint.binding.agreement import agrees, is_telling, misrounded
from mirage_lint.binding.binding import DIMENSION, FAMILY, POPULATION, ROUNDING, UNIT, VALUE
from mirage_lint.binding.index import Index
from mirage_lint.binding.pool import Pool
from mirage_lint.binding.slots import CLAUSE, DOCUMENT, HEADING, HEADS, ROW, SAID, SENTENCE, Slot
from mirage_lint.claims.claim import FRACTION, NUMBER, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Fact
from mirage_lint.core.record import NamedTuple

_CERTAIN = frozenset({CLAUSE, SENTENCE, *HEADS, SAID, HEADING, DOCUMENT})
_DIRECT = frozenset({CLAUSE, ROW})


_MANY = 32
"""Facts from which on those of a value are looked up."""
_MOST_APART = 2
"""Settings in which a fact may differ from another and be taken for it."""
_RATES = ("", "ratio", "percent")


@cache
def _lengths() -> frozenset[str]:
    """Units that are taken for one another: what a run's length is told in."""
    return frozenset(vocabulary.load("words")["lengths"])


@cache
def _ordinals() -> frozenset[str]:
    """What the parts of a run are counted by."""
    return frozenset(vocabulary.load("words")["ordinals"])


class Reading(NamedTuple):
    """How a claim was read: the facts of its metrics, those of its families, and its slots."""

    claim: Claim
    facts: Pool
    kin: Pool
    families: Slot
    populations: Slot
    dimensions: dict[str, Slot]
    lookup: Index
    percent: bool

    def meant(self) -> Sequence[Fact]:
        """The facts that fit all filled slots.

        A population that the metric has no fact for counts only where the clause or the row's
        head names it; from farther away it tells of the data, not of the rate.
        """
        found = self._of_rows()
        if not found and self.populations.layer not in _DIRECT:
            found = self.kin
        if not self.dimensions:
            return found
        if found is self.kin:
            found = self.kin.at({key: slot.values for key, slot in self.dimensions.items()})
        else:
            found = [fact for fact in found if self.in_dimensions(fact)]
        told = self.dimensions.keys()
        exact = [fact for fact in found if told <= dict(fact.dimensions).keys()]
        split = {fact.metric for fact in exact}  # the others' metrics have no such dimensions
        return exact + [fact for fact in found if fact.metric not in split]

    def _of_rows(self) -> Sequence[Fact]:
        """The facts of the populations that the text allows, and of whole runs."""
        found: Sequence[Fact] = self.kin
        if self.populations.values:
            found = [fact for fact in found if self.in_population(fact)]
        if not self.kin.keys.isdisjoint(_ordinals()):
            found = [fact for fact in found if not self._is_of_a_part(fact)] or found
        return found

    def in_population(self, fact: Fact) -> bool:
        """Whether the fact is of a population that the text allows."""
        if not self.populations.values or not fact.population:
            return True
        values = self.populations.values
        return any(isinstance(one, tuple) and one[1] == fact.population for one in values)

    def in_dimensions(self, fact: Fact) -> bool:
        """Whether the fact has the dimension values that the text names."""
        return all(
            (key, value) in self.dimensions[key].values
            for key, value in fact.dimensions
            if key in self.dimensions
        )

    def names_row(self, fact: Fact) -> bool:
        """Whether the text names a dimension's value that the fact has."""
        told = self.dimensions
        return any(
            key in told and (key, value) in told[key].values for key, value in fact.dimensions
        )

    def _is_of_a_part(self, fact: Fact) -> bool:
        """Whether a fact tells how long a run was at some step, where the text names none: the
        length of a run is that of the whole.
        """
        part = {key for key, _ in fact.dimensions} & _ordinals()
        return bool(part) and fact.unit in _ordinals() and part.isdisjoint(self.dimensions)

    def agreeing(self, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        """Those of ``facts``, which are some of the reading's, that bear the claim out."""
        near: Iterable[Fact] = facts
        if isinstance(facts, Pool):
            near = facts.near(self.claim, self.percent)
        elif len(facts) > _MANY:
            known = set(map(id, self.facts.near(self.claim, self.percent)))
            near = (fact for fact in facts if id(fact) in known)
        return tuple(fact for fact in near if agrees(self.claim, fact, self.percent))


class Change(NamedTuple):
    """The slot to change, the facts that would then be right, and those that the claim denies."""

    slot: str
    facts: tuple[Fact, ...]
    others: tuple[Fact, ...] = ()


def change(reading: Reading, meant: Sequence[Fact]) -> Change:
    """What would make a claim true that ``meant`` denies."""
    claim = reading.claim
    if near := tuple(fact for fact in meant if misrounded(claim, fact, reading.percent)):
        return Change(ROUNDING, near)
    if others := _other_unit(reading):
        return Change(UNIT, tuple(meant), others)
    if others := _other_population(reading, meant):
        return Change(POPULATION, tuple(meant), others)
    right = list(filter(reading.in_population, reading.agreeing(reading.facts)))
    if others := _nearest([fact for fact in right if fact.family in reading.kin.families], meant):
        return Change(DIMENSION, tuple(meant), others)
    strangers = (fact for fact in right if fact.family not in reading.kin.families)
    if others := tuple(filter(reading.in_dimensions, strangers)):
        return Change(FAMILY, tuple(meant), others)
    return Change(VALUE, tuple(meant))


def _nearest(others: Iterable[Fact], meant: Sequence[Fact]) -> tuple[Fact, ...]:
    """Those of ``others`` that differ from what is meant in the fewest settings; none where these
    are many, as then it is chance.
    """
    apart = {fact: min(_apart(fact, one) for one in meant) for fact in others} if meant else {}
    fewest = min(apart.values(), default=0)
    return tuple(fact for fact in apart if apart[fact] == fewest <= _MOST_APART)


def _apart(one: Fact, other: Fact) -> int:
    """How many settings differ between two facts."""
    differing = set(one.dimensions) ^ set(other.dimensions)
    return len({key for key, _ in differing})


def foreign(reading: Reading) -> Change | None:
    """What would make a claim true that speaks of something its family has no fact of; None where
    nothing telling would.
    """
    if reading.kin:
        others = tuple(filter(reading.in_dimensions, reading.agreeing(reading.kin)))
        if others and reading.populations.layer in _DIRECT:
            return Change(POPULATION, others, others)
        return None
    families = reading.families
    if families.layer not in _CERTAIN or not families.certain or not is_telling(reading.claim):
        return None
    if families.certain <= reading.lookup.families_with_others:
        return None  # not all is known of them, so that another's number may be theirs as well
    if others := _other_unit(reading):
        return Change(UNIT, others, others)
    right = reading.agreeing(reading.facts)
    if any(reading.names_row(fact) for fact in right):
        return None  # the text is of that very row: what it calls a run may be no more than a name
    if others := tuple(fact for fact in right if not _is_chosen(reading, fact)):
        return Change(FAMILY, others, others)
    return None


def _is_chosen(reading: Reading, fact: Fact) -> bool:
    """Whether a fact is what many runs may have alike: a size, or a setting."""
    return reading.lookup.is_size(fact) or is_setting(fact)


def fits_elsewhere(reading: Reading, denied: Iterable[Fact]) -> bool:
    """Whether a fact of another file bears a claim out that is of the same row, and of one that the
    text does not tell besides: of one of several runs, where a file without any is held to be all,
    and not all runs are known.
    """
    open_to_others = reading.lookup.families_with_others
    denied = [fact for fact in denied if fact.family in open_to_others]
    right = reading.agreeing(reading.kin) if denied else ()
    return any(
        one.metric == other.metric
        and one.source.artifact != other.source.artifact
        and set(one.dimensions) < set(other.dimensions)
        for one in denied
        for other in right
    )


def is_longer(found: Change) -> bool:
    """Whether a cell is right of a row whose name has all words of that which its own is found by,
    and more: "wren tuned" may be ``finetuned-wren-2`` sooner than ``wren``.
    """
    return _is_part(found.facts, found.others)


def is_shorter(found: Change) -> bool:
    """Whether a cell is right of a row in another file, all of whose name its own has besides more:
    "wren (new)" may be ``wren`` there sooner than a ``wren (new)`` that another file tells of.
    """
    files = {fact.source.artifact for fact in found.facts}
    is_elsewhere = files.isdisjoint(fact.source.artifact for fact in found.others)
    return is_elsewhere and _is_part(found.others, found.facts)


def _is_part(facts: Iterable[Fact], others: Iterable[Fact]) -> bool:
    """Whether a name of a row of ``facts`` has some of the words of one of ``others``, and no other
    word.
    """
    longer = {pair for fact in others for pair in fact.dimensions}
    return any(
        key == other_key and set(words.stems(value.lower())) < set(words.stems(other.lower()))
        for key, value in {pair for fact in facts for pair in fact.dimensions}
        for other_key, other in longer
    )


def may_be_of_part(claim: Claim, facts: Iterable[Fact]) -> bool:
    """Whether a number is so small a count that it may well be of a part: "Turns" of the first
    stage. What was chosen for a run is of all of it.
    """
    is_small = claim.kind == NUMBER and claim.digits.isdecimal() and not is_telling(claim)
    return is_small and not all(map(is_setting, facts))


def is_setting(fact: Fact) -> bool:
    """Whether a fact is how a run was set up, and nothing measured."""
    return words.key(fact.metric) in _settings()


@cache
def _settings() -> frozenset[tuple[str, ...]]:
    """What the settings of a run are called."""
    fields = vocabulary.load("fields").values()
    chosen = (name for one in fields if not one.get("measured") for name in one["names"])
    return frozenset(map(words.key, chosen))


def _other_unit(reading: Reading) -> tuple[Fact, ...]:
    """Facts of the claim's family with its number in another unit."""
    claim = reading.claim
    unit = claim.unit or next((fact.unit for fact in reading.kin if fact.unit not in _RATES), "")
    if (
        unit not in _lengths()
        or claim.hedge in ("least", "most")
        or not is_telling(claim)
        or claim.value is None
    ):
        return ()
    families = reading.families.values or reading.kin.families
    counts = reading.lookup.counts(_lengths() - {unit}).of(families)
    return tuple(
        fact
        for fact in counts.near(claim, percent=False)
        if not reading.lookup.is_size(fact) and claim.value.holds(Fraction(fact.value))
    )


def _other_population(reading: Reading, meant: Sequence[Fact]) -> tuple[Fact, ...]:
    """Facts that agree over another population; a fraction may have the right count over the
    wrong total.
    """
    claim = reading.claim
    alike = {(fact.family, fact.dimensions) for fact in meant}
    own = set(meant)
    others = tuple(
        fact
        for fact in reading.agreeing(reading.kin)
        if (not fact.dimensions or (fact.family, fact.dimensions) in alike) and fact not in own
    )
    if others:
        return others
    if claim.kind != FRACTION:
        return ()
    same_count = [fact for fact in reading.kin if fact.numerator == str(claim.numerator)]
    sizes = {family for family, _ in reading.lookup.sized(claim.denominator or 0)}
    return tuple(fact for fact in same_count if fact.family in sizes)
