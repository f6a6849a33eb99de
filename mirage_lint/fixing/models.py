"""A model's name as the facts have it, in the form that the text gives it."""

import re
from collections.abc import Iterator

from mirage_lint import vocabulary
from mirage_lint.core.modelname import ModelName, difference, parse

_SIZE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?= ?[bBmM]\b)")
_WORD = re.compile(r"[A-Za-z]+")


def renamed(text: str, truth: str) -> str:
    """``text`` with the parts changed in which it differs from the name ``truth``; empty where
    there is no such way to write it.
    """
    wanted = parse(truth)
    for parts in _ORDERS:
        new = text
        for part in parts:
            new = part(new, wanted)
        if new != text and not difference(parse(new), wanted):
            return new
    return ""


def is_alike(text: str, truth: str) -> bool:
    """Whether two names are of one family, and so may differ by a slip."""
    return parse(text).family == parse(truth).family


def _size(text: str, wanted: ModelName) -> str:
    sizes = _SIZE.search(wanted.text)
    match = _SIZE.search(text)
    return _with(text, match, sizes[1]) if match and sizes else text


def _version(text: str, wanted: ModelName) -> str:
    version = parse(text).version
    if not version or not wanted.version:
        return text
    before, behind = r"(?:(?<![\w.])v?|(?<=[A-Za-z]))", r"(?![\d.]*[A-Za-z\d]| [bB]\b)"
    match = re.search(rf"{before}({re.escape(version)}(?:\.0)?){behind}", text)
    return _with(text, match, wanted.version) if match else text


def _variant(text: str, wanted: ModelName) -> str:
    """A word for what the model was made into, as the true name has it: "base", "Instruct"."""
    variants = vocabulary.load("models")["variants"]
    theirs = [word for word in _words(wanted.text) if word.lower() in variants]
    for match in _WORD.finditer(text):
        if match[0].lower() in variants and theirs:
            new = theirs[0]
            return text[: match.start()] + new + text[match.end() :]
    return text


def _words(text: str) -> Iterator[str]:
    return (match[0] for match in _WORD.finditer(text))


def _with(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start(1)] + new + text[match.end(1) :]


_ORDERS = ((_size,), (_version,), (_variant,), (_size, _version), (_size, _version, _variant))
"""Which parts are changed: as few as may be."""
