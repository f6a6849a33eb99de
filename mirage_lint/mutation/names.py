"""Model names with one part changed: the size, the version, the variant."""

import re
from collections.abc import Iterator
from random import Random

from mirage_lint import vocabulary
from mirage_lint.core.facts import Fact
from mirage_lint.core.modelname import difference, parse
from mirage_lint.mutation.mutant import SIZE, VARIANT, VERSION
from mirage_lint.mutation.numerals import last_digit

_SIZE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?= ?[bB]\b)")
_WORD = re.compile(r"[A-Za-z]+")
_SIZES = ("1", "3", "7", "8", "13", "14", "32", "70")
_MOST_TRIES = 4


def changed(text: str, facts: list[Fact], random: Random) -> Iterator[tuple[str, str]]:
    """Kinds with the name as changed, each of which differs from the models of all ``facts``."""
    for kind, change in ((SIZE, _size), (VERSION, _version), (VARIANT, _variant)):
        tries = (change(text, random) for _ in range(_MOST_TRIES))
        if new := next((one for one in tries if one and _is_wrong(one, facts)), ""):
            yield kind, new


def _is_wrong(name: str, facts: list[Fact]) -> bool:
    return all(difference(parse(name), parse(fact.value)) for fact in facts)


def _size(text: str, random: Random) -> str:
    match = _SIZE.search(text)
    if not match:
        return ""
    return _with(text, match.span(), random.choice([one for one in _SIZES if one != match[1]]))


def _version(text: str, random: Random) -> str:
    """The number behind the name or a "v", where it stands by itself: no part of "16xb64"."""
    version = parse(text).version
    before, behind = r"(?:(?<![\w.])v?|(?<=[A-Za-z]{3}))", r"(?![\d.]*[A-Za-z\d]| [bB]\b)"
    form = rf"{before}(?P<it>{re.escape(version)}){behind}"
    match = re.search(form, text)
    return _with(text, match.span("it"), last_digit(version, random)) if version and match else ""


def _variant(text: str, random: Random) -> str:
    """ "Instruct" becomes "base", "mini" becomes "large"."""
    tables = vocabulary.load("models")
    variants, grades = tables["variants"], tables["grades"]
    for match in _WORD.finditer(text):
        meaning = variants.get(match.group().lower())
        if meaning:
            alike = [
                word
                for word, other in variants.items()
                if other != meaning and (other in grades) == (meaning in grades)
            ]
            return _with(text, match.span(), random.choice(alike))
    return ""


def _with(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]
