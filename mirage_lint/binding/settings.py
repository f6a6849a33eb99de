"""Numbers that state nothing themselves but name a setting: a dimension's value."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from mirage_lint.binding.agreement import scale
from mirage_lint.binding.index import DIMENSION, Index
from mirage_lint.binding.mentions import Mention
from mirage_lint.binding.phrases import Stem
from mirage_lint.claims.claim import NUMBER, PERCENT, Claim
from mirage_lint.core import words
from mirage_lint.core.spans import Span
from mirage_lint.documents.passages import Passage

_PREPOSITION = re.compile(r"\b(?:at|for|with)\s+\Z")
_NEAR = 2
"""Words beside a number among which a dimension's name is looked for."""
_TOUCHES = re.compile(r"[\s\-]+(?:of\s+)?(?:the\s+)?(?:[^\W\d]+[\s\-]+)?")
_JOINS = re.compile(r"\s*+(?:(?:of|is|at|level|levels)\s++|[=:]\s*+`?|`?\s*+=\s*+`?)?(?:of\s++)?")
_NUMBER_BEFORE = re.compile(r"\d%?[\s\-]\Z")
LIST = re.compile(r"\s*+(?:,|,?\s*+(?:and|or|to)|–|/|→)\s*+")
"""What joins the numbers of a series."""


class Settings:
    """Finds the settings of one passage; ``sentence`` tells the sentence of a claim."""

    def __init__(
        self,
        passage: Passage,
        stems: Sequence[Stem],
        index: Index,
        sentence: Callable[[Claim], Span],
    ) -> None:
        self._passage = passage
        self._stems = [stem for stem in stems if stem.text]
        self._starts = [stem.start for stem in self._stems]
        self._index = index
        self._sentence = sentence
        column = passage.column if passage.kind == "row" else None
        self._heads = words.stems(column.text) if column else ()

    def find(self, claims: Sequence[Claim]) -> list[tuple[Claim, Mention]]:
        """ "at 10% retention", "between 50% and 10% retention", a row's head."""
        found = list(self._told(claims))
        settings = {claim.start: mention for claim, mention in found}
        for claim, after in reversed(list(pairwise(claims))):
            mention = settings.get(after.start)
            if mention is None or claim.start in settings or claim.said is None:
                continue
            if not LIST.fullmatch(self._passage.text, claim.end, after.start):
                continue
            for key in {str(pair[0]) for pair in mention.values if isinstance(pair, tuple)}:
                value = self._index.dimension_value(key, exact(claim))
                if value is not None:
                    settings[claim.start] = _mention(claim, key, value)
                    found.append((claim, settings[claim.start]))
        return found

    def _told(self, claims: Sequence[Claim]) -> Iterator[tuple[Claim, Mention]]:
        told: dict[str, Span] = {}
        for claim in claims:
            if claim.kind not in (NUMBER, PERCENT) or claim.said is None or not claim.digits:
                continue
            near = set(self._index.dimension_keys(self._stems_near(claim)))
            told |= dict.fromkeys(near, self._sentence(claim))
            keys = near | set(self._index.dimension_keys(self._heads))
            if not keys and self._follows_preposition(claim):
                # "40% at budget 0.7, 55% at 0.5"
                keys = {key for key, span in told.items() if span == self._sentence(claim)}
            for key in sorted(keys):
                value = self._index.dimension_value(key, exact(claim))
                # A value that no fact has still fills the slot: no row of the table matches it.
                if value is not None or self._touches(claim):
                    yield claim, _mention(claim, key, value)

    def _follows_preposition(self, claim: Claim) -> bool:
        before = max(claim.start - 6, 0)
        return bool(_PREPOSITION.search(self._passage.text, before, claim.start))

    def _touches(self, claim: Claim) -> bool:
        """Whether a setting's name stands right behind the number: "20% retention"."""
        at = bisect_left(self._starts, claim.end)
        return at < len(self._starts) and self._starts[at] - claim.end == 1

    def _stems_near(self, claim: Claim) -> list[str]:
        """The word that makes a number a setting: "10% retention", "30% of the cache retained",
        "retention of 0.1", "retention=0.1".
        """
        text = self._passage.text
        first, last = bisect_left(self._starts, claim.start), bisect_left(self._starts, claim.end)
        near = [stem.text for stem in self._stems[first:last]]
        for stem in self._stems[last : last + _NEAR]:
            if _TOUCHES.fullmatch(text, claim.end, stem.start):
                near.append(stem.text)
        before = self._stems[max(first - _NEAR, 0) : first]
        joined = before and _JOINS.fullmatch(text, before[-1].end, claim.start)
        start = max(before[0].start - 4, 0) if before else 0
        if joined and not _NUMBER_BEFORE.search(text, start, before[-1].start):
            near += (stem.text for stem in before)
        return near


def _mention(claim: Claim, key: str, value: str | None) -> Mention:
    return Mention(DIMENSION, claim.start, claim.end, frozenset({(key, value)}))


def exact(claim: Claim) -> tuple[Fraction, ...]:
    """What a dimension's value may mean: 10% is 0.1 or 10, and 10K is 10,000."""
    value = Fraction(claim.digits)
    return (value / 100, value) if claim.kind == PERCENT else (value * Fraction(scale(claim)),)
