"""What a number is about, and what the facts say of it."""

from collections.abc import Iterable
from typing import NamedTuple

from mirage_lint import vocabulary
from mirage_lint.binding import slots
from mirage_lint.binding.agreement import agrees, comparable
from mirage_lint.binding.binding import (
    AMBIGUOUS,
    BLANKET,
    CONTRADICTED,
    UNBOUND,
    VERIFIED,
    Binding,
)
from mirage_lint.binding.changes import Reading, change, foreign
from mirage_lint.binding.index import FAMILY, METRIC, POPULATION, Index, Phrase
from mirage_lint.binding.slots import CLAUSE, HEADS, SENTENCE, Around, Layer, Slot
from mirage_lint.binding.views import Mention, View, metrics_of
from mirage_lint.claims.claim import FRACTION, NUMBER, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import SCRIPT, Fact

_TRAINING_LENGTHS = frozenset({"epoch", "step"})
"""Units whose count means the whole run unless the text says otherwise."""
_NEAR_WORDS = 3
_POPULATION_REACH = 25
"""Characters behind a count in which its noun may name a population."""


class Aim(NamedTuple):
    """The metrics that a claim may be about. ``named``: those named right at the number;
    ``certain``: whether the context leaves no other.
    """

    metrics: frozenset[Phrase]
    layer: str = ""
    named: frozenset[Phrase] = frozenset()
    certain: bool = False


def bind(claim: Claim, view: View, around: Around, index: Index) -> Binding:
    """The binding of a quantity."""
    if view.denied(claim) or any(claim is other for other, _ in view.dimension_claims):
        return Binding(claim, UNBOUND)
    if _is_operand(claim, view):
        return Binding(claim, UNBOUND)
    context = slots.layers(claim, view, around)
    aim = _aim(claim, view, context, index)
    facts = [
        fact
        for metric in sorted(aim.metrics)
        for fact in index.facts[metric]
        if comparable(claim, fact, metric in aim.named)
    ]
    if not facts:
        return Binding(claim, UNBOUND)
    percent = claim.kind == NUMBER and any("%" in head.passage.text for head in around.heads)
    return _judge(_reading(claim, facts, context, index, percent), aim, view, index)


def _is_operand(claim: Claim, view: View) -> bool:
    """Whether the number is a bare term of a calculation, not its result or all of it."""
    if not claim.group or claim.unit:
        return False
    stated = view.equations[claim.group - 1].stated
    if claim.kind == FRACTION:
        group = [one for one in view.claims if one.group == claim.group and one is not claim]
        return any(one.kind == NUMBER and one.text != stated for one in group)
    return claim.kind == NUMBER and claim.text != stated


def _reading(
    claim: Claim, facts: list[Fact], context: list[Layer], index: Index, percent: bool
) -> Reading:
    families = slots.families(context)
    kin = [fact for fact in facts if not families.values or fact.family in families.values]
    populations = slots.populations(context, families.values)
    keys = {key for fact in facts for key, _ in fact.dimensions}
    return Reading(
        claim=claim,
        facts=tuple(facts),
        kin=tuple(kin),
        families=families,
        populations=populations,
        dimensions=slots.dimensions(context, sorted(keys)),
        index=index,
        percent=percent,
    )


def _judge(reading: Reading, aim: Aim, view: View, index: Index) -> Binding:
    claim = reading.claim
    meant = reading.meant()
    agreeing = [fact for fact in meant if agrees(claim, fact, reading.percent)]
    if not agreeing:
        agreeing = [fact for fact in reading.agreeing(reading.kin) if index.is_size(fact)]
    certain = aim.certain and _is_whole(reading, meant, aim, view)
    because = _because(reading, aim)
    if agreeing:
        against = _disagreeing_families(reading, meant, agreeing, view) if certain else ()
        if against:
            return Binding(claim, AMBIGUOUS, tuple(agreeing), BLANKET, against, because)
        return Binding(claim, VERIFIED, tuple(agreeing), because=because)
    if not certain or claim.hedge == "range":
        return Binding(claim, UNBOUND, tuple(meant), because=because)
    found = change(reading, meant) if meant else foreign(reading)
    if found is None:
        return Binding(claim, UNBOUND, because=because)
    return Binding(
        claim, CONTRADICTED, tuple(meant or found.facts), found.slot, found.others, because
    )


# -- the metric ----------------------------------------------------------------------------------


def _aim(claim: Claim, view: View, context: list[Layer], index: Index) -> Aim:
    """The metrics of the nearest layer that names one that the claim could be about."""
    if claim.key and not (claim.unit and claim.key.lower() == "n"):
        keyed = index.metrics_named(claim.key)
        return Aim(keyed, CLAUSE, keyed, certain=True)
    for layer in context:
        metrics = frozenset(
            metric
            for metric in metrics_of(layer.mentions)
            if any(comparable(claim, fact, True) for fact in index.facts[metric])
        )
        if not metrics:
            continue
        named = metrics if layer.name == HEADS else _named_at(claim, view, layer)
        if layer.name == CLAUSE:
            return _narrowed(Aim(metrics, CLAUSE, named, certain=True))
        if layer.name == SENTENCE:
            return Aim(metrics, SENTENCE, named, certain=not _is_taken(layer, view))
        return Aim(metrics, layer.name, named, certain=layer.name == HEADS)
    return Aim(frozenset())


def _narrowed(aim: Aim) -> Aim:
    """Where some metrics are named right at the number, only those."""
    near = aim.metrics & aim.named
    return aim._replace(metrics=near) if near else aim


def _named_at(claim: Claim, view: View, layer: Layer) -> frozenset[Phrase]:
    """Metrics that the text names a few words before the number, or as its noun; what another
    number counts is not named here.
    """
    if layer.name not in (CLAUSE, SENTENCE):
        return frozenset()
    others = [one for one in view.claims if one.value is not None and one is not claim]
    return metrics_of(
        one
        for one in layer.mentions
        if _is_at(claim, view.passage.text, one)
        and not any(other.start < one.end and one.start < other.end for other in others)
    )


def _is_at(claim: Claim, text: str, mention: Mention) -> bool:
    if mention.kind != METRIC:
        return False
    if mention.start < claim.end and claim.start < mention.end:
        return True
    between = text[mention.end : claim.start]
    near = mention.end <= claim.start and len(between.split()) <= _NEAR_WORDS
    return near and not any(c.isdigit() or c in ".;" for c in between)


def _is_taken(layer: Layer, view: View) -> bool:
    """Whether the sentence's metric stands in a clause with a number of its own."""
    metrics = [mention for mention in layer.mentions if mention.kind == METRIC]
    for other in view.claims:
        if other.value is not None:
            low, high = view.clause(other)
            if any(low <= mention.start and mention.end <= high for mention in metrics):
                return True
    return False


# -- certainty -----------------------------------------------------------------------------------


def _is_whole(reading: Reading, meant: list[Fact], aim: Aim, view: View) -> bool:
    """Whether a count means the whole that the facts count, not a part or another stage."""
    claim, index = reading.claim, reading.index
    if claim.key or claim.kind != NUMBER:
        # A flag on a command line sets what a script's default leaves open.
        is_flag = view.passage.text.startswith("--", max(claim.start - 2, 0))
        return not (is_flag and all(fact.source.tier == SCRIPT for fact in meant))
    if any(index.is_size(fact) for fact in meant):
        return _names_population(reading, view)
    if aim.layer == HEADS:
        return True
    if any(not _qualifiers(claim, view) <= _name_stems(fact) for fact in meant):
        return False
    bare = all(len(metric) == 1 for metric in aim.metrics)
    return not claim.unit or claim.unit in _TRAINING_LENGTHS or claim.definite or not bare


def _names_population(reading: Reading, view: View) -> bool:
    """ "the 380 degraded rows": whether a count is told of a population by name, as a whole."""
    claim = reading.claim
    low, high = claim.end - len(claim.text), claim.end + _POPULATION_REACH
    near = [one for one in view.within((low, high)) if one.by == "name" and one.kind == POPULATION]
    return claim.definite and bool(near)


def _qualifiers(claim: Claim, view: View) -> set[str]:
    """Stems in the clause that make a count another one: warm-up, every, per, ..."""
    low, high = view.clause(claim)
    cues = {stem for word in vocabulary.load("words")["qualifiers"] for stem in words.stems(word)}
    return {stem.text for stem in view.stems if low <= stem.start < high} & cues


def _name_stems(fact: Fact) -> set[str]:
    return {stem for name in (fact.metric, *fact.names) for stem in words.stems(name)}


def _disagreeing_families(
    reading: Reading, meant: Iterable[Fact], agreeing: list[Fact], view: View
) -> tuple[Fact, ...]:
    """Facts of families that a blanket claim, or one that names none, ranges over but lies of."""
    named = families_named(reading.claim, view)
    if is_blanket(reading.claim, view):
        meant = [fact for fact in reading.facts if not named or fact.family in named]
    elif reading.families.values:
        return ()
    true = {fact.family for fact in agreeing}
    return tuple(fact for fact in meant if fact.family not in true)


def families_named(claim: Claim, view: View) -> frozenset[object]:
    """The families that the claim's clause names, by whatever means."""
    mentions = view.within(view.clause(claim))
    return frozenset(value for one in mentions if one.kind == FAMILY for value in one.values)


def is_blanket(claim: Claim, view: View) -> bool:
    """Whether the clause speaks of all runs: "both adapters", "every run"."""
    tables = vocabulary.load("words")
    low, high = view.clause(claim)
    found = words.located(view.passage.text)
    near = [(word, start) for word, start, _ in found if low <= start < high]
    return any(
        word in tables["blanket"]
        and not view.is_denied(start)
        and {other for other, _ in near[at + 1 : at + 4]} & set(tables["lineage_nouns"])
        for at, (word, start) in enumerate(near)
    )


def _because(reading: Reading, aim: Aim) -> tuple[str, ...]:
    """What the reading rests on, a phrase a slot."""
    metrics = sorted({fact.metric for fact in reading.facts})
    told = [f"metric {' or '.join(metrics[:3])} by its {aim.layer}"]
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
