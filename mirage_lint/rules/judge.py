"""Bindings to findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType

from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, Binding
from mirage_lint.rules.finding import Finding


@cache
def _rules() -> dict[str, ModuleType]:
    """Rules by the change that they answer for; most documents need none of them."""
    from mirage_lint.rules.catalog import RULES

    return {rule.CHANGE: rule for rule in RULES if hasattr(rule, "CHANGE")}


def judge(path: str, bindings: Iterable[Binding]) -> Iterator[Finding]:
    """The findings of a document. Claims that say one thing twice ("368/371 = 99.19%") are told
    once.
    """
    told: set[tuple[int, int]] = set()
    for binding in bindings:
        if binding.status not in (CONTRADICTED, AMBIGUOUS):
            continue
        claim = binding.claim
        group = (id(claim.passage), claim.group)
        if claim.group and group in told:
            continue
        told.add(group)
        rule = _rules()[binding.change]
        start, end = claim.passage.source_span(claim.start, claim.end)
        yield Finding(
            path, start, end, rule.CODE, rule.NAME, rule.SEVERITY, rule.message(binding), binding
        )
