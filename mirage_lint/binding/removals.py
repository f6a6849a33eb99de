"""Names that stand for what was left out, as the rows of an ablation: "w/o A", "A removed", or A in
a column "Dropped part". What is told there is of the rest, and not of A.
"""

import re
from functools import cache

from mirage_lint.binding.index import METRIC
from mirage_lint.binding.segments import either
from mirage_lint.binding.slots import Around
from mirage_lint.binding.views import View
from mirage_lint.core import words
from mirage_lint.core.spans import Span

_SIGN = re.compile(r"[\s*_`(]*[-−–][\s*_`]*")
_REACH = 32


def is_of_removed(view: View, around: Around, sentence: Span, own: frozenset[str]) -> bool:
    """Whether the sentence or a head names something as left out. ``own`` are the stems by
    which what the number was read as is called itself: it may be the removal that is known.
    """
    corner = around.table.corner
    cues = _anywhere().finditer(_text(corner)) if corner else ()
    if any(own.isdisjoint(words.stems(cue[0])) for cue in cues):
        return True
    heads = [(head, (0, len(head.passage.text))) for head in around.table.row]
    return any(_is_removed(near, span, own) for near, span in [(view, sentence), *heads])


def _text(view: View) -> str:
    return words.lower(view.passage.text)


def _is_removed(view: View, span: Span, own: frozenset[str]) -> bool:
    text = _text(view)
    is_head = view.passage.kind == "row"
    for one in view.within(span):
        before = max(one.start - _REACH, span[0])
        if one.kind == METRIC:
            continue
        if is_head and _SIGN.fullmatch(text, 0, one.start):
            return True
        cue = _before().search(text, before, one.start) or _behind().match(text, one.end)
        if cue and own.isdisjoint(words.stems(cue[1])):
            return True
    return False


@cache
def _anywhere() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either('removed')})(?!\w)")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({either('removals')})[ *_`\"']{{1,4}}(?:(?:the|all) )?[*_`\"']*\Z")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"[*_`\"')]*+,? (?:(?:is|are|was|were) )?({either('removed')})(?!\w)")
