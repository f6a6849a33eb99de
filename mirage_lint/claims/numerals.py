"""Numerals as people write them, in digits or in words, and the exact numbers that they name."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from mirage_lint import vocabulary

_GROUPING = ",\u00a0\u2009\u202f"
_SPACES = "\u00a0\u2009\u202f "
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans("−⁻" + _SUPERSCRIPTS, "--0123456789", _GROUPING + " ⁺")
DIGITS = (
    rf"(?:\d{{1,3}}(?:[{_GROUPING}]\d{{3}})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?: \d{3}){2,}(?![\d.,]?\d)"
    r"|\d+(?:\.\d+)?(?:[eE][+\-−]?\d+(?!\w))?"
    r"|(?<![\w.)])\.\d+(?:[eE][+\-−]?\d+(?!\w))?)"
)
"""A numeral without its sign; a chain of them with bars or dashes may be a date or a range."""
POWER = re.compile(
    rf"\s?[x×·*]\s?10(?:(?:\^\{{?|\*\*)(?P<plain>[+\-−]?\d{{1,2}})\}}?"
    rf"|(?P<glued>[\-−]\d{{1,2}})|(?P<raised>[⁺⁻]?[{_SUPERSCRIPTS}]{{1,2}}))(?![\w.]\d)"
)
""" "x 10^-4" behind a numeral."""
VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4)}
_JOINER = re.compile(r"[ \t\n-]+(?:and[ \t\n]+(?:an?[ \t\n]+)?|an?[ \t\n]+)?")
_SCALES = frozenset({"hundred", "dozen"})
_THOUSAND = 1000


class Worded(NamedTuple):
    """A number in words at ``start`` to ``end``; a fraction keeps its two parts."""

    start: int
    end: int
    value: Fraction
    parts: tuple[int, int] | None = None


def plain(digits: str) -> str:
    """A numeral as `Fraction` reads it: no separators, an ASCII minus."""
    return digits.translate(_PLAIN)


def power(match: "re.Match[str]") -> int:
    """The exponent of a match of `POWER`."""
    return int(plain(match["plain"] or match["glued"] or match["raised"]))


def worded(text: str) -> Iterator[Worded]:
    """All numbers that ``text`` tells in words: "twenty-five", "a hundred and two", "two thirds"."""
    end = 0
    for match in _starts().finditer(text):
        if match.start() >= end and (found := _worded(text, match)):
            end = found.end
            yield found


def _worded(text: str, first: "re.Match[str]") -> Worded | None:
    """The longest number in words from ``first`` on."""
    numbers, parts = (vocabulary.load("words")[table] for table in ("numbers", "denominators"))
    word, end = first.group().lower(), first.end()
    if word in parts:  # "half": what else names a part counts only behind a number
        return Worded(first.start(), end, Fraction(1, 2), (1, 2)) if word == "half" else None
    total, current = _added(0, 0, word, numbers)
    while (joint := _JOINER.match(text, end)) and (after := _word().match(text, joint.end())):
        last, word = word, after.group().lower()
        if word in parts:
            whole, span = total + current, (first.start(), after.end())
            return _with_part(span, whole, joint.group(), word, parts[word])
        if not _continues(last, word, joint.group(), numbers):
            break
        total, current = _added(total, current, word, numbers)
        end = after.end()
    return Worded(first.start(), end, Fraction(total + current))


def _with_part(
    span: tuple[int, int], whole: int, joint: str, word: str, under: int
) -> Worded | None:
    """ "two thirds", "two and a half"; None for "twenty-fifth", which counts nothing."""
    if joint.split()[-1:] in (["a"], ["an"]):
        return Worded(*span, whole + Fraction(1, under))
    if whole != 1 and not word.endswith("s"):
        return None
    return Worded(*span, Fraction(whole, under), (whole, under))


def _added(total: int, current: int, word: str, numbers: dict[str, int]) -> tuple[int, int]:
    """What is told so far, with one more word: whole thousands, and what is below them."""
    value = numbers[word]
    if value >= _THOUSAND:
        return total + (current or 1) * value, 0
    return total, (current or 1) * value if word in _SCALES else current + value


def _continues(last: str, word: str, joint: str, numbers: dict[str, int]) -> bool:
    """Whether a number word behind another belongs to the same number: "twenty" and "five", not
    "two" and "three", nor "five" and "two".
    """
    is_list = "and" in joint
    if word in _SCALES or numbers[word] >= _THOUSAND:
        return not is_list
    if last in _SCALES or numbers[last] >= _THOUSAND:
        return True
    return not is_list and numbers[last] in range(20, 100, 10) and 0 < numbers[word] < 10


@cache
def _starts() -> Any:
    words = vocabulary.choice("words", "numbers")
    return re.compile(rf"(?<![\w.])(?:{words}|half)\b", re.IGNORECASE)


@cache
def _word() -> Any:
    words = vocabulary.choice("words", "numbers")
    parts = vocabulary.choice("words", "denominators")
    return re.compile(rf"(?:{words}|{parts})\b", re.IGNORECASE)
