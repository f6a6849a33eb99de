"""What follows from a family's run metadata: examples seen, the effective batch, the set's size."""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor, prod

from mirage_lint import vocabulary
from mirage_lint.core.facts import METADATA, Fact
from mirage_lint.core.interval import stored

MARK = "= "
"""How the pointer of a derived fact begins; what follows is its formula."""

_STEPS, _BATCH, _ACCUMULATION = "training steps", "batch size", "gradient accumulation"
_EPOCH = "epoch reached"
_FORMULAS = {
    "effective batch size": ((_BATCH, _ACCUMULATION), ""),
    "examples seen": ((_STEPS, _BATCH, _ACCUMULATION), ""),
    "training examples": ((_STEPS, _BATCH, _ACCUMULATION), _EPOCH),
}
"""Per metric: the factors of a product, and what divides it."""


def derived(facts: Iterable[Fact]) -> list[Fact]:
    """Facts that the settled ``facts`` imply and do not state, family by family."""
    parts: dict[str, dict[str, list[Fact]]] = {}
    for fact in facts:
        if not fact.population and not fact.dimensions and fact.kind == "number":
            parts.setdefault(fact.family, {}).setdefault(fact.metric, []).append(fact)
    found = [
        _fact(metric, *formula, family)
        for family in parts.values()
        for metric, formula in _FORMULAS.items()
        if metric not in family
    ]
    return [fact for fact in found if fact]


def _fact(
    metric: str, factors: tuple[str, ...], divisor: str, family: dict[str, list[Fact]]
) -> Fact | None:
    needed = (*factors, divisor) if divisor else factors
    found = _parts(needed, family)
    if found is None:
        return None
    product = prod((stored(part.value, "")[0] for part in found[: len(factors)]), start=Fraction(1))
    value = _whole(product, found[-1] if divisor else None)
    if value is None:
        return None
    formula = " × ".join(factors) + (f" / {divisor}" if divisor else "")
    field = vocabulary.load("fields")[metric]
    source = found[0].source._replace(pointer=MARK + formula)
    names = tuple(field["names"])
    return found[0]._replace(
        metric=metric, names=names, unit=field["unit"], value=value, source=source, overruled=()
    )


def _parts(needed: tuple[str, ...], family: dict[str, list[Fact]]) -> list[Fact] | None:
    """One fact for each metric, all from run metadata; None where one is missing or disputed.

    Of several, the one beside the epoch reached is meant: the steps of that checkpoint.
    """
    epochs = {fact.source.artifact for fact in family.get(_EPOCH, ())}
    found = []
    for metric in needed:
        facts = [fact for fact in family.get(metric, ()) if fact.source.tier == METADATA]
        if len(facts) > 1 and metric == _STEPS:
            facts = [fact for fact in facts if fact.source.artifact in epochs]
        if len(facts) != 1:
            return None
        found.append(facts[0])
    return found


def _whole(product: Fraction, divisor: Fact | None) -> str | None:
    """The product, or the one whole number that the stored divisor allows; None if not one."""
    if divisor is None:
        return str(product) if product.denominator == 1 else None
    rounded = stored(divisor.value, divisor.unit)[1]
    if rounded.low is None or rounded.high is None or rounded.low <= 0:
        return None
    low, high = ceil(product / rounded.high), floor(product / rounded.low)
    return str(low) if low == high else None
