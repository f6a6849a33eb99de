"""What a number is about, and what the facts say of it."""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from mirage_lint import vocabulary
from mirage_lint.binding import slots
from mirage_lint.binding.agreement import agrees, comparable, is_telling
from mirage_lint.binding.aims import Aim, aim
from mirage_lint.binding.binding import (
    AMBIGUOUS,
    BLANKET,
    CONTRADICTED,
    UNBOUND,
    VERIFIED,
    Binding,
)
from mirage_lint.binding.changes import Change, Reading, change, foreign
from mirage_lint.binding.binding import POPULATION as POPULATION_SLOT
from mirage_lint.binding.index import FAMILY, METRIC, POPULATION, Index
from mirage_lint.binding.slots import CLAUSE, HEADS, Around, Layer, Slot
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import FRACTION, NUMBER, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import SCRIPT, Fact
from mirage_lint.core.interval import stored

_TRAINING_LENGTHS = frozenset({"epoch", "step"})
"""Units whose count means the whole run unless the text says otherwise."""
_POPULATION_REACH = 25
"""Characters behind a count in which its noun may name a population."""
_FROM, _TO = re.compile(r"\bfrom\W+\Z"), re.compile(r"(?:\bto|→)\W+\Z")
_FROM_ANY = re.compile(r"\bfrom\W+\d[^;]*\Z|→")
_MOST_VALUES = 2
_PHRASE_END = re.compile(r"\s*(?:$|[,.;:()|]|(?:of|a|per|each|and|by)\b)")


def bind(claim: Claim, view: View, around: Around, index: Index) -> Binding:
    """The binding of a quantity."""
    is_setting = any(claim is other for other, _ in view.dimension_claims)
    if is_setting or view.denied(claim) or _is_operand(claim, view):
        return Binding(claim, UNBOUND)
    context = slots.layers(claim, view, around)
    aimed = aim(claim, view, context, around, index)
    percent = claim.kind == NUMBER and any("%" in head.passage.text for head in around.heads)
    facts = [
        fact
        for metric in sorted(aimed.metrics)
        for fact in index.facts[metric]
        if comparable(claim, fact, metric in aimed.named, percent)
    ]
    if not facts:
        return Binding(claim, UNBOUND)
    reading = _reading(claim, facts, view, context, index)._replace(percent=percent)
    return _judge(reading, aimed, view)


def _is_operand(claim: Claim, view: View) -> bool:
    """Whether the number is a bare term of a calculation, not its result or all of it."""
    if not claim.group or claim.unit:
        return False
    stated = view.equations[claim.group - 1].stated
    if claim.kind == FRACTION:
        group = [one for one in view.claims if one.group == claim.group and one is not claim]
        return any(one.kind == NUMBER and one.text != stated for one in group)
    return claim.kind == NUMBER and claim.text != stated


def _is_calculated(claim: Claim, view: View) -> bool:
    """Whether the number is the right result of a calculation of more than a fraction."""
    if not claim.group or view.equations[claim.group - 1].stated != claim.text:
        return False
    return all(one.kind != FRACTION for one in view.claims if one.group == claim.group)


def _is_change(claim: Claim, view: View) -> bool:
    """ "from 41.0% to 99.2%": the two ends of a change stand for two settings."""
    text, sentence = view.passage.text, view.sentence(claim)
    before = text[sentence[0] : claim.start]
    return bool(_FROM.search(before) or (_TO.search(before) and _FROM_ANY.search(before)))


def _reading(
    claim: Claim, facts: list[Fact], view: View, context: list[Layer], index: Index
) -> Reading:
    families = slots.families(context)
    if is_blanket(claim, view):
        families = Slot(families_named(claim, view), CLAUSE)
    kin = [fact for fact in facts if not families.values or fact.family in families.values]
    keys = {key for fact in facts for key, _ in fact.dimensions}
    if _is_change(claim, view):
        keys &= index.numeric_keys
    return Reading(
        claim=claim,
        facts=tuple(facts),
        kin=tuple(kin),
        families=families,
        populations=slots.populations(claim, view, context, families.certain or families.values),
        dimensions=slots.dimensions(context, sorted(keys)),
        index=index,
        percent=False,
    )


def _judge(reading: Reading, aimed: Aim, view: View) -> Binding:
    claim = reading.claim
    meant = reading.meant()
    agreeing = _agreeing(reading, meant)
    because = _because(reading, aimed)
    whole = _whole(reading, meant, aimed, view) if aimed.certain else None
    if agreeing:
        against = () if whole is None else _disagreeing(reading, meant, agreeing, view)
        if against:
            return Binding(claim, AMBIGUOUS, tuple(agreeing), BLANKET, against, because)
        return Binding(claim, VERIFIED, tuple(agreeing), because=because)
    if whole is None or claim.hedge == "range" or _is_calculated(claim, view):
        return Binding(claim, UNBOUND, tuple(meant), because=because)
    found = _contradiction(reading, _overall(reading, whole))
    if found is None or _is_restricted(view, claim):
        return Binding(claim, UNBOUND, tuple(meant), because=because)
    return Binding(claim, CONTRADICTED, found.facts, found.slot, found.others, because)


def _contradiction(reading: Reading, whole: list[Fact]) -> Change | None:
    """What the facts deny of a claim that none bears out; None where they leave room for it."""
    if not whole:
        return foreign(reading)
    certain = reading.families.certain
    denying = [fact for fact in whole if not certain or fact.family in certain]
    if not denying:
        return None
    found = change(reading, denying)
    told = found.slot == POPULATION_SLOT and is_telling(reading.claim)
    return found if told or _is_narrow(reading, denying) else None


def _agreeing(reading: Reading, meant: list[Fact]) -> list[Fact]:
    """The facts that bear the claim out. A setting or population that only a heading names is no
    bar, nor is another population to a count of rows.
    """
    claim = reading.claim
    found = [fact for fact in meant if agrees(claim, fact, reading.percent)]
    if not found:
        found = [fact for fact in reading.agreeing(reading.kin) if reading.index.is_size(fact)]
    return found or list(reading.agreeing(_by_near_slots(reading).meant()))


def _by_near_slots(reading: Reading) -> Reading:
    """The reading without what only headings tell of settings and populations."""
    told = reading.dimensions.items()
    near = {key: slot for key, slot in told if slot.layer != slots.HEADING}
    is_far = reading.populations.layer == slots.HEADING
    populations = Slot(frozenset()) if is_far else reading.populations
    return reading._replace(dimensions=near, populations=populations)


# -- certainty -----------------------------------------------------------------------------------


def _whole(reading: Reading, meant: list[Fact], aimed: Aim, view: View) -> list[Fact] | None:
    """The facts that a count denies where it means the whole that they count; None where it may
    mean a part, or another stage.
    """
    claim, index = reading.claim, reading.index
    if claim.key or claim.kind != NUMBER:
        # A flag on a command line sets what a script's default leaves open.
        is_flag = view.passage.text.startswith("--", claim.start - 2)
        default = meant and all(fact.source.tier == SCRIPT for fact in meant)
        return None if is_flag and default else meant
    if any(index.is_size(fact) for fact in meant):
        return meant if _names_population(claim, view) else None
    if aimed.layer in HEADS:
        return meant
    told = _qualifiers(claim, view)
    fitting = [fact for fact in meant if told <= _covered(fact)]
    if meant and not fitting:
        return None
    is_whole = (
        not claim.unit
        or claim.unit in _TRAINING_LENGTHS
        or claim.definite
        or any(len(metric) > 1 for metric in aimed.metrics)
        or _ends_phrase(claim, reading)
    )
    return fitting if is_whole else None


def _is_narrow(reading: Reading, whole: list[Fact]) -> bool:
    """Whether the reading leaves few enough values for all of them to be denied: a number over
    many rows may be their mean, and one of no named run may be of a run unknown here.
    """
    families = reading.index.registry.families
    known = bool(reading.families.values) or len(families) == 1
    return known and len(_values(whole)) <= _MOST_VALUES


def _overall(reading: Reading, facts: list[Fact]) -> list[Fact]:
    """Facts of all rows where the text names no row; all of them where there are none such."""
    told = set(reading.dimensions)
    return [fact for fact in facts if {key for key, _ in fact.dimensions} <= told] or facts


def _values(facts: Iterable[Fact]) -> set[Fraction]:
    return {stored(fact.value, fact.unit)[0] for fact in facts}


def _is_restricted(view: View, claim: Claim) -> bool:
    """Whether the sentence speaks of a part that the registry does not know: "on the compliant
    subset", "given a header".
    """
    low, high = view.sentence(claim)
    known = [(one.start, one.end) for one in view.mentions if one.kind in (POPULATION, METRIC)]
    return any(
        word in _restricting()
        and low <= start < high
        and not any(first - 1 <= start <= last + 1 for first, last in known)
        for word, start, _ in words.located(view.passage.text)
    )


@cache
def _restricting() -> frozenset[str]:
    return frozenset(vocabulary.load("words")["restrictions"])


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
    is_named = reading.families.layer in (CLAUSE, *HEADS)
    ends = _PHRASE_END.match(claim.passage.text, claim.end)
    return is_named and bool(ends) and not claim.words


def _qualifiers(claim: Claim, view: View) -> set[str]:
    """Stems in the clause that make a count another one: warm-up, every, per, ..."""
    low, high = view.clause(claim)
    named = [(one.start, one.end) for one in view.mentions if one.kind != METRIC]
    found = {
        stem.text
        for stem in view.stems
        if low <= stem.start < high
        and stem.text in _qualifying()
        and not any(start <= stem.start < end for start, end in named)
    }
    return found - _blanket() if is_blanket(claim, view) else found


@cache
def _qualifying() -> frozenset[str]:
    cues = vocabulary.load("words")["qualifiers"]
    return frozenset(stem for word in cues for stem in words.stems(word))


@cache
def _blanket() -> frozenset[str]:
    cues = vocabulary.load("words")["blanket"]
    return frozenset(stem for word in cues for stem in words.stems(word))


def _covered(fact: Fact) -> set[str]:
    """The qualifiers that a fact's own names carry; one "per" thing is one of "every" thing."""
    own = {stem for name in (fact.metric, *fact.names) for stem in words.stems(name)}
    return own | set(words.stems("every each per")) if "per" in own else own


def _disagreeing(
    reading: Reading, meant: Iterable[Fact], agreeing: list[Fact], view: View
) -> tuple[Fact, ...]:
    """Facts of families that a blanket claim, or one that names none, ranges over but lies of."""
    claim = reading.claim
    if claim.hedge in ("least", "most") or (
        reading.families.values and not is_blanket(claim, view)
    ):
        return ()
    true = {fact.family for fact in agreeing}
    against = [fact for fact in meant if fact.family not in true]
    told = set(reading.dimensions)
    # A family with a value for each of many rows may mean another of them.
    overall = [fact for fact in against if {key for key, _ in fact.dimensions} <= told]
    single = {
        family
        for family in {fact.family for fact in overall}
        if len(_values(fact for fact in overall if fact.family == family)) == 1
    }
    return tuple(fact for fact in overall if fact.family in single)


def families_named(claim: Claim, view: View) -> frozenset[object]:
    """The families that the claim's clause names, by whatever means."""
    mentions = view.within(view.clause(claim))
    return frozenset(value for one in mentions if one.kind == FAMILY for value in one.values)


def is_blanket(claim: Claim, view: View) -> bool:
    """Whether the clause speaks of all runs: "both adapters", "every run"."""
    tables = vocabulary.load("words")
    low, high = view.clause(claim)
    near = [
        (word, start) for word, start, _ in words.located(view.passage.text) if low <= start < high
    ]
    return any(
        word in tables["blanket"]
        and not view.is_denied(start)
        and {other for other, _ in near[at + 1 : at + 4]} & set(tables["lineage_nouns"])
        for at, (word, start) in enumerate(near)
    )


def _because(reading: Reading, aimed: Aim) -> tuple[str, ...]:
    """What the reading rests on, a phrase a slot."""
    metrics = sorted({fact.metric for fact in reading.facts})
    told = [f"metric {' or '.join(metrics[:3])} by its {aimed.layer}"]
    told += _told("family", reading.families, reading.families.values)
    names = {value[1] for value in reading.populations.values if isinstance(value, tuple)}
    told += _told("population", reading.populations, names)
    for key, slot in reading.dimensions.items():
        values = {value[1] for value in slot.values if isinstance(value, tuple)}
        told += _told(key, slot, values)
    return tuple(told)


def _told(name: str, slot: Slot, values: Iterable[object]) -> list[str]:
    shown = " or ".join(sorted(str(value) for value in values if value is not None))
    return [f"{name} {shown} by its {slot.layer}"] if shown and slot.layer else []
