"""How much a number looks like a measured result, by signs that a reader can check.

Each sign that is seen counts as many points as `SIGNS` says. The order is a help, no judgement.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from mirage_lint import vocabulary
from mirage_lint.binding import segments
from mirage_lint.claims.claim import FRACTION, PERCENT, POINTS, QUANTITIES, Claim
from mirage_lint.core import words
from mirage_lint.documents.passages import CODE


class Likeness(NamedTuple):
    """Points, and the signs that gave them."""

    points: int
    signs: tuple[str, ...]


def likeness(claim: Claim) -> Likeness:
    """How much a claim looks like a result; nothing where it is no number."""
    if claim.kind not in QUANTITIES:
        return Likeness(0, ())
    seen = [(points, sign) for sign, points, is_seen in SIGNS if is_seen(claim)]
    return Likeness(sum(points for points, _ in seen), tuple(sign for _, sign in seen))


def _is_rate(claim: Claim) -> bool:
    return claim.kind in (PERCENT, FRACTION, POINTS)


def _has_decimals(claim: Claim) -> bool:
    return "." in claim.digits


def _has_several(claim: Claim) -> bool:
    return len(claim.digits.partition(".")[2]) > 1


def _has_unit(claim: Claim) -> bool:
    return bool(claim.unit)


def _is_in_table(claim: Claim) -> bool:
    return bool(claim.passage.table)


def _is_headed(claim: Claim) -> bool:
    """Whether the head of its column or of its row tells a metric."""
    passage = claim.passage
    heads = [passage.column, *passage.row[:1]]
    return any(_tells_metric(head.text) for head in heads if head)


def _is_near_metric(claim: Claim) -> bool:
    """Whether its sentence tells a metric, or its key does."""
    return _tells_metric(claim.key) or _tells_metric(_sentence(claim))


def _is_set(claim: Claim) -> bool:
    return claim.passage.kind in CODE or bool(claim.key)


def _sentence(claim: Claim) -> str:
    spans = segments.sentences(claim.passage.text)
    start, end = next((one for one in spans if one[0] <= claim.start < one[1]), (0, 0))
    return claim.passage.text[start:end]


def _tells_metric(text: str) -> bool:
    stems = [words.stem(word) for word in words.split(text)]
    starts = (stems[at:] for at in range(len(stems)))
    return any(
        tuple(rest[: len(phrase)]) == phrase for rest in starts for phrase in _metrics(rest[0])
    )


def _metrics(first: str) -> Iterable[tuple[str, ...]]:
    return _by_first().get(first, ())


@cache
def _by_first() -> dict[str, list[tuple[str, ...]]]:
    """The names of metrics as stems, by the first of them."""
    said = vocabulary.load("words")
    names = [name for told in vocabulary.load("measures")["names"].values() for name in told]
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in (*names, *said["scores"], *said["complements"]):
        phrase = tuple(words.stem(word) for word in words.split(name))
        found.setdefault(phrase[0], []).append(phrase)
    return found


SIGNS: tuple[tuple[str, int, Callable[[Claim], bool]], ...] = (
    ("a percentage or a fraction", 3, _is_rate),
    ("decimals", 2, _has_decimals),
    ("two decimals or more", 1, _has_several),
    ("a metric in its head", 3, _is_headed),
    ("a metric in its sentence", 2, _is_near_metric),
    ("a cell of a table", 1, _is_in_table),
    ("a unit", 1, _has_unit),
    ("set, not measured", -2, _is_set),
)
"""Each sign with its points and how it is seen."""
