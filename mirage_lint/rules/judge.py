"""Bindings to findings."""

from collections.abc import Iterable, Iterator

from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, Binding
from mirage_lint.rules import RULES, stale_lock
from mirage_lint.rules.finding import Finding

_BY_CHANGE = {rule.CHANGE: rule for rule in RULES if rule is not stale_lock}


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
        rule = _BY_CHANGE[binding.change]
        start, end = claim.passage.source_span(claim.start, claim.end)
        yield Finding(
            path, start, end, rule.CODE, rule.NAME, rule.SEVERITY, rule.message(binding), binding
        )
