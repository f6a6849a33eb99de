"""One claim: what it says, what it may be about, the verdict, and what would make that certain."""

from collections.abc import Iterator

from mirage_lint.binding.agreement import agrees
from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, UNBOUND, VERIFIED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.claims.claim import FRACTION, PERCENT, POINTS, QUANTITIES, Claim
from mirage_lint.core.facts import Fact
from mirage_lint.core.modelname import difference, parse
from mirage_lint.documents.source import Source
from mirage_lint.explaining import certainty
from mirage_lint.explaining.proof import Bind, proof
from mirage_lint.reports.evidence import told
from mirage_lint.rules import wording
from mirage_lint.rules.judge import judge

MOST_READINGS = 6
"""Facts that are told of one claim."""
_PLACES = 12
"""Decimals of an interval's ends; trailing noughts are dropped."""


def explain(
    binding: Binding, source: Source, index: Index, bind: Bind
) -> Iterator[tuple[str, str]]:
    """The lines about a claim of ``source``, each with its label."""
    shown = proof(source, binding, index, bind) if binding.status == VERIFIED else None
    if shown and not binding.because:
        binding = binding._replace(because=shown.because)
    yield from reading(binding)
    yield from certainty.certain(binding, index, shown)


def reading(binding: Binding) -> Iterator[tuple[str, str]]:
    """The lines that need no proof: what a claim says, of what, why, and the verdict."""
    if says := said(binding.claim):
        yield "says", says
    yield from _readings(binding)
    if given := binding.derived:
        shown = wording.given(given, binding.facts, binding.claim)
        yield "derived", f"{given.way} {wording.over(given, binding.facts)}: {shown}"
    if binding.because:
        yield "because", "; ".join(binding.because)
    yield "verdict", verdict(binding)


def said(claim: Claim) -> str:
    """The values that a number stands for."""
    if claim.kind not in QUANTITIES or claim.value is None:
        return ""
    if claim.kind == FRACTION and claim.denominator:
        return f"{claim.numerator} of {claim.denominator}"
    scale, sign = (100, "%") if claim.kind == PERCENT else (1, "")
    if claim.kind == POINTS:
        scale, sign = 100, " percentage points"
    low, high = claim.value
    ends = [
        "" if end is None else f"{wording.decimal(end * scale, _PLACES)}{sign}"
        for end in (low, high)
    ]
    if not all(ends):
        return f"at least {ends[0]}" if ends[0] else f"at most {ends[1]}"
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _readings(binding: Binding) -> Iterator[tuple[str, str]]:
    """What it may be about, in lines."""
    told_of = readings(binding)
    for fact, how in told_of[:MOST_READINGS]:
        yield "reading", f"{told(fact)}: {how}"
    if (more := len(told_of) - MOST_READINGS) > 0:
        yield "reading", f"and {more} more"
    for artifact in binding.artifacts[:MOST_READINGS]:
        yield "reading", f"artifact {artifact.path}, SHA-256 {artifact.digest}"


def readings(binding: Binding) -> list[tuple[Fact, str]]:
    """What it may be about, and whether it is so."""
    others = [one for one in binding.others if one not in binding.facts]
    told_else = "not so" if binding.status == AMBIGUOUS else "so, of something else"
    told_of = [(one, "so" if _is_so(binding, one) else "not so") for one in binding.facts]
    return told_of + [(one, told_else) for one in others]


def _is_so(binding: Binding, fact: Fact) -> bool:
    """Whether the fact bears the claim out: where it is not judged, by its value alone."""
    claim = binding.claim
    if binding.derived:
        return agrees(claim, fact)
    if binding.status != UNBOUND or binding.fits:
        return binding.status != CONTRADICTED
    if claim.model:
        return not difference(claim.model, parse(fact.value))
    return fact.kind == "number" and agrees(claim, fact)


def verdict(binding: Binding) -> str:
    """Its status, and what is found."""
    found = next(judge("", [binding]), None)
    status = "not judged" if binding.status == UNBOUND else binding.status
    return f"{status}, {found.code} {found.rule}: {found.message}" if found else status
