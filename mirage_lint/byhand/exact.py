"""A claim against the one fact that it was bound to: right or wrong, and nothing between."""

from mirage_lint.binding.agreement import agrees
from mirage_lint.binding.binding import CONTRADICTED, MODEL, UNIT, VERIFIED, Binding
from mirage_lint.binding.changes import Reading, change
from mirage_lint.binding.index import Index
from mirage_lint.binding.names import differs
from mirage_lint.binding.slots import SAID, Slot
from mirage_lint.claims import claim as claims
from mirage_lint.claims.claim import NUMBER, QUANTITIES, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Fact

_BECAUSE = ("bound by a comment",)
_RATES = frozenset({"", "ratio", "percent"})


def fits(claim: Claim, fact: Fact) -> bool:
    """Whether a claim is of the kind that a fact is of."""
    return claim.kind == claims.MODEL if fact.kind == "model" else claim.kind in QUANTITIES


def bind(claim: Claim, fact: Fact, index: Index) -> Binding:
    """The binding of a claim to the fact that a comment names."""
    if fact.kind == "model":
        if not differs(claim, fact):
            return Binding(claim, VERIFIED, (fact,), because=_BECAUSE)
        others = index.facts_with_model(claim.model) if claim.model else ()
        return Binding(claim, CONTRADICTED, (fact,), MODEL, others, _BECAUSE)
    percent = _is_percent(claim)
    if _agrees(claim, fact, percent):
        if not claim.unit or fact.unit in (claim.unit, *_RATES):
            return Binding(claim, VERIFIED, (fact,), because=_BECAUSE)
        return Binding(claim, CONTRADICTED, (fact,), UNIT, (fact,), _BECAUSE)
    found = change(_reading(claim, fact, index, percent), [fact])
    return Binding(claim, CONTRADICTED, found.facts, found.slot, found.others, _BECAUSE)


def _agrees(claim: Claim, fact: Fact, percent: bool) -> bool:
    """Whether the number is the fact's: of a fraction, all of it or its count, not its total."""
    is_total = claim.kind == NUMBER and claim.digits == fact.denominator != fact.numerator
    return not is_total and agrees(claim, fact, percent)


def _is_percent(claim: Claim) -> bool:
    """Whether the heads of a cell give percent as its unit."""
    passage = claim.passage
    heads = [*passage.row, *filter(None, [passage.column])]
    return claim.kind == NUMBER and any("%" in head.text for head in heads)


def _reading(claim: Claim, fact: Fact, index: Index, percent: bool) -> Reading:
    facts = index.facts[words.key(fact.metric)]
    population = {(fact.family, fact.population)} if fact.population else ()
    family = frozenset({fact.family})
    return Reading(
        claim=claim,
        facts=facts,
        kin=facts.of(family),
        families=Slot(family, SAID, certain=family),
        populations=Slot(frozenset(population), SAID),
        dimensions={pair[0]: Slot(frozenset({pair}), SAID) for pair in fact.dimensions},
        lookup=index,
        percent=percent,
    )
