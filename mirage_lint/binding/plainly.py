"""Whether a sentence says one thing and nothing besides: every further word may be a condition, a
wish, somebody else's result or a part of the rows, and no list of such words is ever complete.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from mirage_lint import vocabulary
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import Claim
from mirage_lint.core import words
from mirage_lint.core.spans import Span, Spans


def is_told(claim: Claim, view: View, span: Span, allowed: Iterable[str]) -> bool:
    """Whether all words of a span are the claim, what the registry knows, or words that say that
    something is so much; ``allowed`` are further ones, in lower case.
    """
    text = view.passage.text
    known = Spans(((claim.start, claim.end), *((one.start, one.end) for one in view.within(span))))
    if "?" in text[slice(*span)] or "(" in text[slice(*span)]:
        return False
    every = (match for match in words.WORD.finditer(text, *span) if known.at(match.start()) is None)
    return _plain().union(allowed).issuperset(match[0].lower() for match in every)


@cache
def _plain() -> frozenset[str]:
    tables = vocabulary.load("words")
    lists = ("comparing", "plain", "generic")
    return frozenset(word for name in lists for word in tables[name])
