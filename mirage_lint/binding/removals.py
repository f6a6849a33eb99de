"""Names that stand for what was left out, as the rows of an ablation: "w/o A", "A removed", or A in
a column "Dropped part". What is told there is of the rest, and not of A.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from mirage_lint.binding.index import METRIC
from mirage_lint.binding.segments import either
from mirage_lint.binding.slots import Around
from mirage_lint.binding.views import View
from mirage_lint.core import words
from mirage_lint.core.spans import Span

_SIGN = r"[\s*_`(]*[-−–][\s*_`]*"
_REACH = 32


def removed(view: View, around: Around, sentence: Span) -> Iterator[Sequence[str]]:
    """The stems of each cue by which the sentence or a head names something as left out; none for a
    sign. What is known may be the removal itself: then it is called like that.
    """
    corner = around.table.corner
    for cue in _anywhere().finditer(_text(corner)) if corner else ():
        yield words.stems(cue[0])
    yield from _removed(view, sentence)
    for head in around.table.row:
        yield from _removed(head, (0, len(head.passage.text)))


def _text(view: View) -> str:
    return words.lower(view.passage.text)


def _removed(view: View, span: Span) -> Iterator[Sequence[str]]:
    text = _text(view)
    is_head = view.passage.kind == "row"
    if not is_head and not _any().search(text, *span):
        return
    for one in view.within(span):
        if one.kind == METRIC:
            continue
        if is_head and re.compile(_SIGN).fullmatch(text, 0, one.start):
            yield ()
        before = max(one.start - _REACH, span[0])
        cue = _before().search(text, before, one.start) or _behind().match(text, one.end)
        if cue:
            yield words.stems(cue[1])


@cache
def _any() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either('removals')}|{either('removed')})(?!\w)")


@cache
def _anywhere() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either('removed')})(?!\w)")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({either('removals')})[ *_`\"']{{1,4}}(?:(?:the|all) )?[*_`\"']*\Z")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"[*_`\"')]*+,? (?:(?:is|are|was|were) )?({either('removed')})(?!\w)")
