"""Which file a text says that numbers are from. Plain forms alone count: a text may name a file to
say that its own numbers are of something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from mirage_lint import vocabulary
from mirage_lint.core.spans import Span

File = tuple[Span, str]
"""Where an artifact is named as a file, and its path."""

# As text, what few documents need: it is compiled where it is used.
_OPENS = r"\((?:see |from |in |source: )?[*_]{0,3}\Z"
_CLOSES = r"[*_]{0,3}\)[\s*_.:]*\Z"
_APART = r"[*_]{0,3} ?(?:[:—–]|- )"
_BY = r"\bper\s[*_]{0,3}\Z"
_WORD = r"[^\W\d_][\w-]*"
_REACH = 24
"""Characters before a file in which the words stand that say that something is told by it."""
_MARKS = frozenset("()[]{}*†‡§¹²³^×")
_ENDING = r"\.[a-z]{1,6}\b"


def led(text: str, sentence: Span, files: Sequence[File]) -> frozenset[str]:
    """The file that numbers are from which a sentence leads to, or stands behind: "Means over all
    seeds (`a.csv`):", "From `a.csv`:", "Full table: `a.csv`".
    """
    if len(files) != 1:
        return frozenset()
    (start, end), path = files[0]
    before, behind = text[sentence[0] : start], text[end : sentence[1]]
    if _is_bracketed(before, behind):
        return frozenset() if _tells_of_others(before) else frozenset({path})
    words = re.findall(_WORD, re.sub(_ENDING, " ", f"{before} {behind}".lower()))
    return frozenset({path}) if _plain().issuperset(words) else frozenset()


def backed(text: str, files: Sequence[File]) -> frozenset[str]:
    """The file that a paragraph says, as all that it says, that a table before it is from: "Source:
    `a.csv`".
    """
    first = text.split(maxsplit=1)[:1] if files else []
    starts = vocabulary.load("words")["source_starts"] if first else ()
    is_backing = any(one.strip("*_:").lower() in starts for one in first)
    return led(text, (0, len(text)), files) if is_backing else frozenset()


def told(text: str, sentence: Span, files: Sequence[File]) -> frozenset[str]:
    """The file that a sentence says that its own numbers are from: "`a.json`: loss 0.3", "a loss of
    0.3 (`a.json`)", "loss 0.3, per `a.json`".
    """
    if len(files) != 1:
        return frozenset()
    (start, end), path = files[0]
    before, behind = text[sentence[0] : start], text[end : sentence[1]]
    is_first = not before.strip(" *_") and re.match(_APART, behind) is not None
    is_bracketed = _is_bracketed(before, behind) and not _tells_of_others(before)
    is_told = is_first or is_bracketed or re.search(_BY, before[-_REACH:]) is not None
    return frozenset({path}) if is_told else frozenset()


def is_plain_head(text: str) -> bool:
    """Whether a head has no brackets or marks, which may tell of a unit, a part or a footnote."""
    return _MARKS.isdisjoint(text.replace("(%)", ""))


def _is_bracketed(before: str, behind: str) -> bool:
    """Whether a file stands in brackets by itself at the end: what is before is what it holds."""
    return bool(re.search(_OPENS, before[-_REACH:]) and re.match(_CLOSES, behind))


def _tells_of_others(text: str) -> bool:
    return not _others().isdisjoint(re.findall(_WORD, text.lower()))


@cache
def _plain() -> frozenset[str]:
    return frozenset(vocabulary.load("words")["leads_to_files"])


@cache
def _others() -> frozenset[str]:
    known = vocabulary.load("words")
    return frozenset().union(*(known[name] for name in ("elsewhere", "hopes", "other_sources")))
