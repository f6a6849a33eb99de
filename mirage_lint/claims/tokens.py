"""Visible text to tokens: numbers, words, symbols."""

from typing import NamedTuple

import regex

_SEPARATOR = ",\u00a0\u2009\u202f"
_TOKEN = regex.compile(
    rf"(?P<number>\d{{1,3}}(?:[{_SEPARATOR}]\d{{3}})+(?!\d)(?:\.\d+)?"
    r"|\d+(?:\.\d+)?(?:[eE][+\-−]?\d+(?!\w))?|(?<![\w.)])\.\d+)"
    r"|(?P<word>[\p{L}_][\p{L}\p{M}\d_]*(?:['’]\p{L}+)?)"
    r"|(?P<symbol>\S)"
)
_SEPARATORS = str.maketrans("", "", _SEPARATOR)


class Token(NamedTuple):
    """``kind`` is "number", "word" or "symbol"; ``lower`` is the text in lower case."""

    kind: str
    text: str
    start: int
    end: int
    lower: str

    @property
    def digits(self) -> str:
        """A number without separators, with an ASCII minus in its exponent."""
        return self.text.translate(_SEPARATORS).replace("−", "-")

    @property
    def is_whole(self) -> bool:
        """Whether it is a number without decimals or exponent."""
        return self.kind == "number" and self.digits.isdecimal()


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text`` in order."""
    return [
        Token(
            match.lastgroup or "", match.group(), match.start(), match.end(), match.group().lower()
        )
        for match in _TOKEN.finditer(text)
    ]


def has_number(text: str) -> bool:
    """Whether ``text`` has a digit: most prose has none, and is passed over."""
    return any(character.isdigit() for character in text)
