"""Numerals as people write them, in digits or in words, and the exact numbers that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from mirage_lint import vocabulary
from mirage_lint.core.patterns import one_of
from mirage_lint.core.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_GROUPING = ",_'’٬，\u00a0\u2009\u202f"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_EXPONENTS = (
    rf"(?:\^\{{?|\*\*)(?P<plain>{one_of('+-−')}?\d{{1,2}})\}}?"
    rf"|(?P<raised>[⁺⁻]?{one_of(_SUPERSCRIPTS)}{{1,2}})"
)
_RAISED = frozenset(f"^*⁺⁻{_SUPERSCRIPTS}")
_PLAIN = str.maketrans("−⁻" + _SUPERSCRIPTS, "--0123456789", _GROUPING + " ⁺")
_EXPONENT = rf"(?:[eE]{one_of('+-−')}?\d+(?!\w))?"
DIGITS = (
    rf"(?:\d{{1,3}}(?:{one_of(_GROUPING)}\d{{3}})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:(?: \d{3}){2,}| 000)(?![\d.,]?\d)"
    rf"|\d+(?:\.\d+)?{_EXPONENT}|(?<![\w.)])\.\d+{_EXPONENT})"
)
"""A numeral without its sign; a chain of them with bars or dashes may be a date or a range."""
VULGAR = {
    **dict(zip("½⅓⅔¼¾", ("12", "13", "23", "14", "34"), strict=True)),
    **dict(zip("⅕⅖⅗⅘⅙⅚", ("15", "25", "35", "45", "16", "56"), strict=True)),
    **dict(zip("⅛⅜⅝⅞", ("18", "38", "58", "78"), strict=True)),
}
"""Signs of fractions, with the two digits of each."""
_CROSSES = frozenset("x×·*\\")
_LONGEST_CROSS = len(r" \times 10")
_WORDS = re.compile(r"\w+")
_ORDINAL = re.compile(r"[\s\-](?:first|second|third|\w+th)\b|\s*point\b")
_SIGNS = frozenset({"minus", "negative"})
_BEFORE = _SIGNS | {"a", "an"}
_BEHIND_ARTICLES = frozenset({"dozen", "hundred", "thousand", "million", "billion"})
_SCALES = frozenset({"hundred", "dozen"})
_LONGEST_PHRASE = 14
"""Words behind the first of a number in words."""
_SMALLEST_SCALE, _THOUSAND, _MILLION = 12, 1000, 10**6
_Word = tuple[str, int, int]
"""A word in lower case, and where it stands."""


class Worded(NamedTuple):
    """A number in words at ``start`` to ``end``; a fraction keeps its two parts."""

    start: int
    end: int
    value: Fraction
    parts: tuple[int, int] | None = None


def plain(digits: str) -> str:
    """A numeral as `Fraction` reads it: no separators, ASCII digits and minus."""
    digits = digits.translate(_PLAIN)
    if digits.isascii():
        return digits
    return "".join(str(int(one)) if one.isdecimal() else one for one in digits)


def power_behind(text: str, end: int) -> re.Match[str] | None:
    """ "x 10^-4" behind a numeral that ends at ``end``, or "^-4" behind 10 itself."""
    near = text[end : end + _LONGEST_CROSS].lstrip()
    times = near[:1] in _CROSSES and "10" in near
    if not times and (near[:1] not in _RAISED or text[max(end - 2, 0) : end] != "10"):
        return None
    found: re.Match[str] | None = (_power() if times else _raised()).match(text, end)
    return found


@cache
def _power() -> Any:
    """Times a power of ten."""
    glued = r"|(?P<glued>[\-−]\d{1,2})"
    return re.compile(rf"\s?(?:[x×·*]|\\times|\\cdot)\s?10(?:{_EXPONENTS}{glued})(?![\w.]\d)")


@cache
def _raised() -> Any:
    """The exponent of ten itself."""
    return re.compile(rf"(?:{_EXPONENTS}|(?P<glued>(?!)))(?![\w.]\d)")


def power(match: re.Match[str]) -> int:
    """The exponent of a match of `power_behind`: of ten, where it is the number itself."""
    return int(plain(match["plain"] or match["glued"] or match["raised"]))


def worded(text: str) -> Iterator[Worded]:
    """All numbers that ``text`` tells in words: "twenty-five", "one hundred", "two thirds"."""
    for words in _runs(text):
        sign = -1 if words[0][0] in _SIGNS else 1
        phrase, first = _Phrase([word for word, _, _ in words]), 0
        while words[first][0] in _BEFORE:
            first += 1
        at = first
        while at < len(words):
            value, parts, end = phrase.number(at)
            if end == at:
                at += 1
                continue
            is_order = _ORDINAL.match(text, words[end - 1][2]) is not None
            is_order |= text[max(words[at][1] - 6, 0) : words[at][1]].lower() == "point "
            if not is_order:
                start = 0 if at == first else at
                yield Worded(words[start][1], words[end - 1][2], value * sign, parts)
            at, sign = end, 1


class _Phrase:
    """A run of numeral words; a number that starts at one of them ends where the grammar does."""

    def __init__(self, words: list[str]) -> None:
        tables = vocabulary.load("words")
        self.numbers: dict[str, int] = tables["numbers"]
        self.parts: dict[str, int] = tables["denominators"]
        self.words = words

    def number(self, start: int) -> tuple[Fraction, tuple[int, int] | None, int]:
        """The number at a word, its two parts if it is a fraction, and where it ends; it ends
        where it starts if none starts there.
        """
        if self.words[start] == "half":
            return self._half(start)
        if start and self.words[start - 1] in ("a", "an") and self.words[start] in self.parts:
            under = self.parts[self.words[start]]
            return Fraction(1, under), (1, under), start + 1
        value, end = self._whole(start, len(self.words))
        for at in range(end, start, -1):  # "two and a half" before "a hundred and two"
            if mixed := self._mixed(start, at):
                return *mixed[:1], None, mixed[1]
        under = self._under(end, value)
        if under and end > start:
            return Fraction(value, under), (value, under), end + 1
        return Fraction(value), None, end

    def _half(self, start: int) -> tuple[Fraction, tuple[int, int] | None, int]:
        """ "half", "half a million"."""
        at = start + 1
        at += self.words[at : at + 1] in (["a"], ["an"])
        scale = self.numbers.get(self._word(at), 0)
        if scale >= _SMALLEST_SCALE:  # a dozen
            return Fraction(scale, 2), None, at + 1
        return Fraction(1, 2), (1, 2), start + 1

    def _mixed(self, start: int, at: int) -> tuple[Fraction, int] | None:
        """A whole number, "and" at a word, and a part of one: "two and a half"."""
        if self._word(at) != "and":
            return None
        whole, end = self._whole(start, at)
        first = self._word(at + 1)
        if first in ("a", "an", "half"):
            over, end_of_part = 1, at + 1 + (first != "half")
        else:
            over, end_of_part = self._whole(at + 1, len(self.words))
        under = self._under(end_of_part, over)
        if end != at or not under or over >= under:
            return None
        last = self.numbers.get(self.words[at - 1], 0)
        return whole + Fraction(over, under) * (last if last >= _MILLION else 1), end_of_part + 1

    def _under(self, at: int, over: int) -> int:
        """The denominator at a word; 0 for none, as "fifth" behind "twenty" orders."""
        word = self._word(at)
        return self.parts.get(word, 0) if over == 1 or word.endswith("s") else 0

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        """The whole number from a word on, and where it ends, at ``end`` at the latest."""
        total, current, at = 0, 0, start
        while at < end and (self.words[at] in self.numbers or self._is_linked(at, start)):
            word = self.words[at]
            if word != "and":
                if at > start and not self._continues(self.words[at - 1], word):
                    break
                value = self.numbers[word]
                if value >= _THOUSAND:
                    total, current = total + (current or 1) * value, 0
                else:
                    current = (current or 1) * value if word in _SCALES else current + value
            at += 1
        return total + current, at

    def _is_linked(self, at: int, start: int) -> bool:
        """Whether an "and" joins what is below a hundred to what is above."""
        before, after = self._word(at - 1), self._word(at + 1)
        is_high = before in _SCALES or self.numbers.get(before, 0) >= _THOUSAND
        is_low = after in self.numbers and after not in _SCALES
        return self.words[at] == "and" and at > start and is_high and is_low

    def _continues(self, last: str, word: str) -> bool:
        """Whether a number word behind another belongs to the same number: "twenty" and "five",
        not "two" and "three", nor "five" and "two".
        """
        value, before = self.numbers[word], self.numbers.get(last, _THOUSAND)
        if word in _SCALES or value >= _THOUSAND or last in _SCALES or before >= _THOUSAND:
            return True
        return before in range(20, 100, 10) and 0 < value < 10

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""


@cache
def _parts_of_numbers() -> frozenset[str]:
    """What may stand in a number behind its first word."""
    tables = vocabulary.load("words")
    return frozenset({*tables["numbers"], *tables["denominators"], "and", "a", "an"})


@cache
def _starts_of_numbers() -> frozenset[str]:
    """What a number starts with, its sign and its article among it."""
    return frozenset({*vocabulary.load("words")["numbers"], "half", *_BEFORE})


def _runs(text: str) -> Iterator[list[_Word]]:
    """The words of each number, with all that may belong to it."""
    words = [(_lowered(one.group()), *one.span()) for one in _WORDS.finditer(text)]
    starts, at = _starts_of_numbers(), 0
    while at < len(words):
        first = _first(text, words, at) if words[at][0] in starts else -1
        if first < 0:
            at += 1
            continue
        end = first + 1
        while end < len(words) and end <= first + _LONGEST_PHRASE and _goes_on(text, words, end):
            end += 1
        yield words[at:end]
        at = end


def _lowered(word: str) -> str:
    """A word in lower case, but for a name's: "ZeRO" is no number."""
    return word.lower() if word[1:].islower() or word.isupper() or len(word) == 1 else word


def _first(text: str, words: list[_Word], at: int) -> int:
    """The first number word of a number that starts at a word with its sign or article, else -1."""
    if words[at][1] and text[words[at][1] - 1] in ".-":
        return -1
    if words[at][0] in _SIGNS and _is_spaced(text, words, at + 1):
        at += 1
    if words[at][0] in ("a", "an") and _is_spaced(text, words, at + 1):
        behind = words[at + 1][0]
        is_part = behind in vocabulary.load("words")["denominators"] and behind != "half"
        if is_part and _is_share(text, words, at + 1):
            return at + 1  # "a quarter of", "a third less"
        at += behind in _BEHIND_ARTICLES
    word = words[at][0]
    return at if word in vocabulary.load("words")["numbers"] or word == "half" else -1


def _is_share(text: str, words: list[_Word], at: int) -> bool:
    """Whether it is told of what a word is a part, or how much more or less that is."""
    behind = words[at + 1][0] if _is_spaced(text, words, at + 1) else ""
    return behind == "of" or behind in vocabulary.load("words")["comparatives"]


def _is_spaced(text: str, words: list[_Word], at: int) -> bool:
    """Whether there is a word, and nothing but space before it."""
    return at < len(words) and text[words[at - 1][2] : words[at][1]].isspace()


def _goes_on(text: str, words: list[_Word], at: int) -> bool:
    gap = text[words[at - 1][2] : words[at][1]]
    return words[at][0] in _parts_of_numbers() and gap.replace("-", " ").isspace()
