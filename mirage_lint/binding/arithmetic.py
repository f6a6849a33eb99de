"""What a document's numbers say of one another where no sign joins them: parts and wholes in prose,
totals, means and shares in tables. What a registry says of the same numbers is surer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mirage_lint.binding.binding import ARITHMETIC, CONTRADICTED, UNBOUND, VERIFIED, Binding
from mirage_lint.claims import shares, tables
from mirage_lint.claims.claim import FRACTION, NUMBER, PERCENT, Claim, Equation
from mirage_lint.claims.slips import may_be_slip
from mirage_lint.core.spans import Span, Spans
from mirage_lint.documents.passages import Passage


def is_torn(equation: Equation) -> bool:
    """Whether markup stands within one of its numbers: in "15*81, 20*81" the stars are meant."""
    passage, start = equation.passage, equation.start
    for match in re.finditer(r"\d+", equation.text):
        low, high = passage.source_span(start + match.start(), start + match.end())
        if high - low != len(match.group()):
            return True
    return False


def is_of_other(equation: Equation) -> bool:
    """Whether a percentage is so far from what its fraction gives that it may be of something else:
    "129/500 = 76.0%" may tell how many are done, and how many of these are right.
    """
    return equation.is_share and not may_be_slip(equation.left, equation.right)


def is_turned(equation: Equation) -> bool:
    """ "194 trades × 0.1% = -19.4%": whether a result differs by its sign alone, as what is taken
    off does, or a difference that is told the other way round.
    """
    return equation.left.overlaps(equation.right.turned)


def wrong(equation: Equation) -> Binding:
    """The binding of an equation that does not hold."""
    claim = Claim(NUMBER, equation.passage, equation.start, equation.end)
    return Binding(claim, CONTRADICTED, change=ARITHMETIC, equation=equation)


def of_passage(passage: Passage, claims: tuple[Claim, ...]) -> Iterator[Binding]:
    """Parts and wholes of a passage that cannot be."""
    if claims and _may_tell(passage, claims):
        yield from map(wrong, shares.equations(passage, claims))


def of_table(table: list[Passage]) -> dict[int, list[Binding]]:
    """The cells of a table that others of it show to be wrong, by the id of their passage."""
    found: dict[int, list[Binding]] = {}
    for equation in tables.equations(table):
        found.setdefault(id(equation.passage), []).append(wrong(equation))
    return found


def without_overruled(bindings: list[Binding]) -> list[Binding]:
    """The bindings without what the registry, or a calculation that is written out, tells better:
    a number of an equation is borne out or denied, or another cell of its table is denied.
    """
    if not any(_is_read(one) for one in bindings):
        return bindings
    judged = [one for one in bindings if one.status != UNBOUND and not _is_read(one)]
    denied = {one.claim.passage.table for one in judged if one.status != VERIFIED} - {0}
    places: dict[int, list[Span]] = {}
    for one in judged:
        places.setdefault(id(one.claim.passage), []).append((one.claim.start, one.claim.end))
    known = {passage: Spans(spans) for passage, spans in places.items()}
    return [one for one in bindings if not (_is_read(one) and _is_overruled(one, denied, known))]


def _is_overruled(binding: Binding, denied: set[int], known: dict[int, Spans]) -> bool:
    claim = binding.claim
    spans = known.get(id(claim.passage))
    is_known = spans is not None and spans.overlaps(claim.start, claim.end)
    return is_known or claim.passage.table in denied


def _is_read(binding: Binding) -> bool:
    return binding.equation is not None and bool(binding.equation.reading)


def _may_tell(passage: Passage, claims: tuple[Claim, ...]) -> bool:
    """A cheap test whether a passage may tell a part of a whole that cannot be."""
    for one in claims:
        if one.kind == FRACTION and (one.numerator or 0) > (one.denominator or 0):
            return True
    if len(claims) < 2:
        return False
    raw = passage.raw
    kinds = {one.kind for one in claims}
    if PERCENT in kinds and ("of" in raw or "=" in raw):
        return True
    return NUMBER in kinds and (" of " in raw or "remaining" in raw)
