"""Visible text to tokens: numbers, words, symbols."""

from __future__ import annotations

import re
from functools import cache

from mirage_lint.core.patterns import one_of
from mirage_lint.core.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SEPARATOR = ",\u00a0\u2009\u202f"
_NUMBER = (
    rf"(?P<number>\d{{1,3}}(?:{one_of(_SEPARATOR)}\d{{3}})+(?!\d)(?:\.\d+)?"
    rf"|\d+(?:\.\d+)?(?:[eE]{one_of('+-−')}?\d+(?!\w))?|(?<![\w.)])\.\d+)"
)
_MARKS_START = "\u0530"
"""Behind Latin, Greek and Cyrillic: scripts in which marks are parts of words."""


class Token(NamedTuple):
    """``kind`` is "number", "word" or "symbol"; ``lower`` is the text in lower case."""

    kind: str
    text: str
    start: int
    end: int
    lower: str


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """The tokens of ``text`` in order, which stands at ``offset`` of a longer one."""
    tokens = []
    for match in _pattern(text).finditer(text):
        word = match.group()
        start, end = match.span()
        tokens.append(
            Token(match.lastgroup or "", word, offset + start, offset + end, word.lower())
        )
    return tokens


def _pattern(text: str) -> Any:
    """The tokens' pattern; scripts with combining marks need what `re` does not know of them."""
    letters = (character for character in text if character >= _MARKS_START)
    plain = text.isascii() or not any(map(str.isalpha, letters))
    return _plain() if plain else _marked()


@cache
def _plain() -> Any:
    return re.compile(rf"{_NUMBER}|(?P<word>[^\W\d]\w*(?:['’][^\W\d_]+)?)|(?P<symbol>\S)")


@cache
def _marked() -> Any:
    import regex  # costs more to import than most documents to read

    word = r"(?P<word>[\p{L}_][\p{L}\p{M}\d_]*(?:['’]\p{L}+)?)"
    return regex.compile(rf"{_NUMBER}|{word}|(?P<symbol>\S)")
