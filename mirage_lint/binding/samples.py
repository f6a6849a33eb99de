"""Code samples held against the line that leads to them: each names one model, and they are two
sizes or versions of one. Needs no registry.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from mirage_lint import vocabulary
from mirage_lint.binding.binding import CONTRADICTED, MODEL, Binding
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import MODEL as MODEL_NAME
from mirage_lint.claims.claim import Claim
from mirage_lint.core import words
from mirage_lint.core.modelname import difference

_LEADS = re.compile(r":\W*\Z")
_TELLING = frozenset({"size", "version"})
"""What a sample gets wrong by slip; another family, variant or format may be what is meant."""
_BECAUSE = ("line and sample name one model each",)


def differing(intro: View, lines: Iterable[View]) -> dict[Claim, Binding]:
    """The models of a sample that are another size or version than its introducing line says."""
    meant = _meant(intro)
    shown = [one for line in lines for one in line.claims if one.kind == MODEL_NAME]
    if meant is None or any(_difference(one, other) for one, other in pairwise(shown)):
        return {}
    return {
        one: Binding(one, CONTRADICTED, change=MODEL, because=_BECAUSE, against=meant)
        for one in shown
        if _difference(meant, one) in _TELLING
    }


def _difference(one: Claim, other: Claim) -> str:
    return difference(one.model, other.model) if one.model and other.model else "name"


def _meant(intro: View) -> Claim | None:
    """The one model of the sentence that ends in a colon."""
    if not _LEADS.search(intro.passage.text) or not intro.claims:
        return None
    low, high = intro.sentence(intro.claims[-1])
    named = [one for one in intro.claims if one.kind == MODEL_NAME]
    sentence = words.split(intro.passage.text[low:high])
    is_plain = set(vocabulary.load("words")["not_this"]).isdisjoint(sentence)
    is_last = len(named) == 1 and low <= named[0].start and high == len(intro.passage.text)
    return named[0] if is_plain and is_last and not intro.is_denied(named[0].start) else None
