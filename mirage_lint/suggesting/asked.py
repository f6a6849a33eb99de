"""Claims that no fact covers, with the words around them."""

from typing import NamedTuple

from mirage_lint.binding import segments
from mirage_lint.binding.binding import UNBOUND, VERIFIED, Binding
from mirage_lint.claims.claim import POINTS, QUANTITIES, Claim
from mirage_lint.core import words
from mirage_lint.documents.passages import Passage
from mirage_lint.documents.source import Source

_KINDS = QUANTITIES - {POINTS}
"""Percentage points are told of two facts, and held against none."""


class Asked(NamedTuple):
    """A claim to be covered: its place as reported, and stems of the words near it and about it.

    ``digits`` are its telling ones: how unlikely it is that a value fits by chance.
    """

    place: str
    claim: Claim
    near: frozenset[str]
    far: frozenset[str]
    digits: int


def asked(source: Source, bindings: list[Binding]) -> list[Asked]:
    """The numbers of a document that no fact bears out or denies, in order of place."""
    found = (one.claim for one in bindings if one.status == UNBOUND and not one.fits)
    return [_asked(source, claim) for claim in found if claim.kind in _KINDS and claim.value]


def borne_out(source: Source, bindings: list[Binding]) -> dict[str, bool]:
    """The places of the claims of a document that facts bear out, and whether surely."""
    return {
        _place(source, one.claim): one.status == VERIFIED for one in bindings if one.is_borne_out
    }


def _asked(source: Source, claim: Claim) -> Asked:
    passage = claim.passage
    near = [_sentence(claim), claim.key, claim.unit]
    near += [cell.text for cell in (*passage.row, *_some(passage.column))]
    far = [passage.text, *(one.text for one in (*_some(passage.intro), *passage.headings))]
    far += [cell.column.text for cell in passage.row[:1] if cell.column]
    return Asked(_place(source, claim), claim, _stems(near), _stems(far), _telling(claim.digits))


def _place(source: Source, claim: Claim) -> str:
    start, _ = claim.passage.source_span(claim.start, claim.end)
    line, column = source.position(start)
    return f"{source.path}:{line}:{column}"


def _telling(digits: str) -> int:
    """How many digits are no noughts at an end; one that is written behind a point counts."""
    plain = digits.replace(".", "").strip("0")
    return len(plain) + ("." in digits and digits.endswith("0"))


def _some(passage: Passage | None) -> tuple[Passage, ...]:
    return (passage,) if passage else ()


def _sentence(claim: Claim) -> str:
    """The sentence of a claim, without the number itself."""
    text = claim.passage.text
    spans = segments.sentences(text)
    start, end = next((one for one in spans if one[0] <= claim.start < one[1]), (0, len(text)))
    low, high = claim.number if claim.number[1] else (claim.start, claim.end)
    return f"{text[start : max(start, low)]} {text[min(high, end) : end]}"


def _stems(texts: list[str]) -> frozenset[str]:
    told = (word for text in texts for word, _, _ in words.located(text))
    return frozenset(stem for word in told for stem in words.canonical(word))
