"""Two numbers that ought to be one."""

from collections.abc import Sequence
from typing import NamedTuple

from mirage_lint.claims.claim import Claim
from mirage_lint.documents.passages import Passage

_GROUP = 3
"""Digits of a group of thousands."""


class Pair(NamedTuple):
    """Two numbers that ought to be one."""

    one: Claim
    other: Claim


def digits(claim: Claim) -> str:
    """A number as written, without its unit."""
    return claim.digits or claim.text


def around(passage: Passage, numbers: Sequence[Claim]) -> str:
    """A text with a mark in the place of each of its numbers; case and white space set aside."""
    ends = [0, *(end for one in numbers for end in (one.start, one.end)), len(passage.text)]
    parts = (passage.text[low:high] for low, high in zip(ends[::2], ends[1::2], strict=True))
    return " ".join("\0".join(parts).lower().split())


def apart(one: Sequence[Claim], other: Sequence[Claim]) -> list[Pair]:
    """The numbers in which two series differ; none where it is no contradiction: where one is the
    other rounded, or of another kind.
    """
    if len(one) != len(other):
        return []
    found = [
        Pair(*pair) for pair in zip(one, other, strict=True) if len(set(map(digits, pair))) > 1
    ]
    return found if all(_contradict(*pair) for pair in found) else []


def _contradict(one: Claim, other: Claim) -> bool:
    if one.kind != other.kind or one.value is None or other.value is None:
        return False
    return not (one.value.overlaps(other.value) or _is_grouped(one, other))


def _is_grouped(one: Claim, other: Claim) -> bool:
    """ "49.152" beside "49,152": whether a dot parts thousands in one of two languages."""
    parts = {claim.digits.partition(".")[2] for claim in (one, other)}
    is_same = one.digits.replace(".", "") == other.digits.replace(".", "")
    return is_same and any(len(part) == _GROUP for part in parts)
