"""Whether a reading is sure enough to call a claim false."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence, Set
from fractions import Fraction
from functools import cache, lru_cache

from mirage_lint import vocabulary
from mirage_lint.binding.agreement import is_count
from mirage_lint.binding.aims import Aim
from mirage_lint.binding.blankets import is_blanket
from mirage_lint.binding.changes import Reading
from mirage_lint.binding.index import POPULATION
from mirage_lint.binding.pool import pooled
from mirage_lint.binding.slots import (
    BLOCK,
    CLAUSE,
    COLUMN,
    DOCUMENT,
    FOLDER,
    HEADS,
    NUMBERS,
    PARAGRAPH,
    ROW,
    SAID,
)
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import NUMBER, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import SCRIPT, Fact
from mirage_lint.core.interval import Interval, stored
from mirage_lint.documents.passages import CODE

TRAINING_LENGTHS = frozenset({"epoch", "step"})
"""Units whose count means the whole run unless the text says otherwise."""
_UNNAMED = frozenset({"", PARAGRAPH, SAID, DOCUMENT, FOLDER, NUMBERS})
"""Layers that name no run where code stands."""
_POPULATION_REACH = 25
"""Characters behind a count in which its noun may name a population."""
_MOST_VALUES = 2
"""Distinct values that a claim may deny at once: more are likely rows of which it is a mean."""
_STOPS = frozenset(";:()")
# As text, since few documents need it: it is compiled where it is used.
_PHRASE_END = r"\s*(?:$|[,.;:()|]|(?:of|a|per|each|and|by)\b)"


def whole(reading: Reading, meant: Sequence[Fact], aimed: Aim, view: View) -> Sequence[Fact] | None:
    """The facts that a count denies where it means the whole that they count; None where it may
    mean a part, or another stage.
    """
    claim, index = reading.claim, reading.lookup
    if claim.key or claim.kind != NUMBER:
        # A flag on a command line sets what a script's default leaves open.
        is_flag = view.passage.text.startswith("--", claim.start - 2)
        default = meant and all(fact.source.tier == SCRIPT for fact in meant)
        return None if is_flag and default else meant
    if reading.kin.populations and any(map(index.is_size, meant)):
        return meant if _names_population(claim, view) else None
    if aimed.layer in HEADS:
        return meant
    told = _qualifiers(claim, view)
    fitting = [one for one in meant if told <= _covered(one.metric, one.names)] if told else meant
    if not fitting and (meant or not told.isdisjoint(_intervals())):
        return None
    is_whole = (
        not claim.unit
        or claim.unit in TRAINING_LENGTHS
        or claim.definite
        or any(len(metric) > 1 for metric in aimed.metrics)
        or _ends_phrase(claim, reading)
    )
    return fitting if is_whole else None


def is_narrow(reading: Reading, whole: Sequence[Fact], is_single: bool) -> bool:
    """Whether the reading leaves few enough values for all of them to be denied: a number over
    many rows may be their sum or mean. ``is_single`` says that it is of one row: the end of a
    change, or what a key is set to.
    """
    if not is_known(reading, whole):
        return False
    if is_single and reading.claim.passage.kind in CODE:
        return not _is_any_row(reading, whole)
    if is_single:
        many = (rows for rows in _tables(whole) if len(rows) > _MOST_VALUES)
        if reading.claim.key:
            return not _is_any_row(reading, whole)
        return not any(_may_be_of(reading.claim, rows) for rows in many)
    return (
        _is_one_row(reading, whole)
        and not _is_partial(reading, whole)
        and not any(_may_be_of(reading.claim, rows) for rows in _tables(whole))
    )


def _is_any_row(reading: Reading, facts: Sequence[Fact]) -> bool:
    """Whether the text leaves open of which row it is of those that differ: it may be another."""
    keys = {key for fact in facts for key, _ in fact.dimensions}
    return len(values(facts)) > 1 and not (keys and keys <= set(reading.dimensions))


def is_known(reading: Reading, whole: Sequence[Fact]) -> bool:
    """Whether the reading leaves few values, of runs that the text names: one of no named run may
    be of a run unknown here.
    """
    families = reading.lookup.registry.families
    only = len(reading.facts.families) == 1
    told = any(slot.layer in (CLAUSE, ROW, COLUMN) for slot in reading.dimensions.values())
    is_named = bool(reading.families.values) or len(families) == 1 or (only and told)
    return is_named and not are_more(whole, _MOST_VALUES)


def are_more(facts: Collection[Fact], most: int) -> bool:
    """Whether facts have more than so many distinct values."""
    found = set[Fraction]()
    for fact in facts if len(facts) > most else ():
        found.add(stored(fact.value, fact.unit)[0])
        if len(found) > most:
            return True
    return False


def is_sample(view: View, reading: Reading) -> bool:
    """Code that names no run shows how to do something, not what was done; so do flags."""
    if view.passage.kind not in ("code", "comment"):
        return False
    is_flag = view.passage.text.startswith("--", reading.claim.start - 2)
    families = reading.families
    is_named = families.layer != BLOCK or families.certain  # a model there may be any reader's
    return is_flag or not is_named or families.layer in _UNNAMED


def _is_partial(reading: Reading, facts: Sequence[Fact]) -> bool:
    """Whether the text names no row, and the metric is known of some rows only."""
    if reading.dimensions:
        return False
    lookup = reading.lookup
    keys = {(fact.family, key) for fact in facts for key, _ in fact.dimensions}
    return any(
        {
            value
            for fact in facts
            if fact.family == family
            for k, value in fact.dimensions
            if k == key
        }
        < lookup.values_of(family, key)
        for family, key in keys
    )


def _tables(facts: Iterable[Fact]) -> Iterable[list[Fact]]:
    """The facts by what they are rows of."""
    rows: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts:
        if fact.dimensions:
            rows.setdefault((fact.family, fact.metric, fact.population), []).append(fact)
    return rows.values()


def _may_be_of(claim: Claim, rows: list[Fact]) -> bool:
    """Whether rows differ, and a number that names none of them may be their sum or their mean."""
    known = values(rows)
    if len(known) < 2:
        return False
    if claim.value is None or all(is_count(one) or one.value.isdecimal() for one in rows):
        return True
    return claim.value.overlaps(Interval(min(known), max(known)))


def overall(reading: Reading, facts: Sequence[Fact]) -> Sequence[Fact]:
    """Facts of all rows where the text names no row; all of them where there are none such, or
    where what it names fits several.
    """
    found = pooled(facts).within(reading.dimensions.keys())
    return found if found and _is_one_row(reading, facts) else facts


def _is_one_row(reading: Reading, facts: Sequence[Fact]) -> bool:
    """Whether what the text names fits one row only, not all models of a name."""
    told, numeric = reading.dimensions, reading.lookup.numeric_keys
    if any(len(slot.values) > 1 for key, slot in told.items() if key not in numeric):
        return False
    pairs = {pair for fact in facts for pair in fact.dimensions if pair[0] in told} if told else ()
    return len(pairs) == len(dict(pairs))


def values(facts: Iterable[Fact]) -> Set[Fraction]:
    """The distinct values of facts."""
    return pooled(facts).values


def _names_population(claim: Claim, view: View) -> bool:
    """ "the 380 degraded rows": whether a count is told of a population by name, as a whole."""
    near = view.within((claim.start, claim.end + _POPULATION_REACH))
    is_cell = bool(view.passage.table) and claim.text == view.passage.text
    return (claim.definite or is_cell) and any(
        one.by == "name" and one.kind == POPULATION for one in near
    )


def _ends_phrase(claim: Claim, reading: Reading) -> bool:
    """ "The benchmark has 15 incidents.": a count of the named run's things with nothing that
    would narrow it.
    """
    told = [reading.families, *reading.dimensions.values()]
    is_named = any(slot.layer in (CLAUSE, *HEADS) for slot in told)
    is_only = len(reading.lookup.registry.families) == 1
    ends = re.compile(_PHRASE_END).match(claim.passage.text, claim.end)
    return (is_named or is_only) and bool(ends) and _is_named_whole(claim, reading.kin)


def _is_named_whole(claim: Claim, facts: Iterable[Fact]) -> bool:
    """Whether the words between a number and its noun are part of the name of what is counted."""
    own = {stem for word in claim.words for stem in words.canonical(word)}
    return not own or any(own <= _covered(fact.metric, fact.names) for fact in facts)


def _qualifiers(claim: Claim, view: View) -> set[str]:
    """Stems near a count, no punctuation between, that make it another one: warm-up, every, per."""
    low, high = view.clause(claim)
    text = view.passage.text
    found = {
        stem.text
        for stem in view.stems_within((low, high))
        if stem.text in _qualifying()
        and view.slots.at(stem.start) is None
        and _STOPS.isdisjoint(
            text[min(stem.start, claim.end) : max(stem.start, claim.start)].rstrip(": ")
        )
    }
    return found - _blanket() if is_blanket(claim, view) else found


@cache
def _qualifying() -> frozenset[str]:
    cues = vocabulary.load("words")["qualifiers"]
    return frozenset(stem for word in cues for stem in words.stems(word))


@cache
def _intervals() -> frozenset[str]:
    """Stems of what is done every so many steps, and of steps that only add up: no run's length."""
    cues = vocabulary.load("words")["intervals"]
    return frozenset(stem for word in cues for stem in words.stems(word))


@cache
def _blanket() -> frozenset[str]:
    cues = vocabulary.load("words")["blanket"]
    return frozenset(stem for word in cues for stem in words.stems(word))


@lru_cache(maxsize=1024)
def _covered(metric: str, names: tuple[str, ...]) -> frozenset[str]:
    """The qualifiers that a fact's own names carry; one "per" thing is one of "every" thing."""
    own = frozenset(stem for name in (metric, *names) for stem in words.stems(name))
    return own.union(words.stems("every each per")) if "per" in own else own
