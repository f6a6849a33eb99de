"""Badges: what an address of shields.io shows, as "label: message"."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from mirage_lint.documents.passages import Piece, Shown

_BADGE = re.compile(
    r"https?://(?:img\.shields\.io/badge/(?P<path>[^?#\s\"'<>)]+)"
    r"|img\.shields\.io/(?:static/v1|badge/?)?\?(?P<query>[^#\s\"'<>)]*)"
    r"|(?:flat\.)?badgen\.net/badge/(?P<parts>[^?#\s\"'<>)]*))"
)
_PART = re.compile(r"--|__|-|_|(?:%[\dA-Fa-f]{2})+|[^-_%]+|%")
_SLASH = re.compile(r"/|(?:%[\dA-Fa-f]{2})+|[^/%]+|%")
_VALUE = re.compile(r"\+|(?:%[\dA-Fa-f]{2})+|[^+%]+|%")
_FIELD = re.compile(r"(?:\A|&(?:amp;)?)(label|message)=([^&]*)")

_Part = tuple[str, int, int]
"""Text, where it is written, and how wide it is there; "" separates label, message, colour."""


def read(address: str, at: int) -> Shown | None:
    """What the badge at an image's ``address``, which stands at ``at``, says."""
    match = _BADGE.match(address)
    if match is None:
        return None
    kind = match.lastgroup or ""
    parts = {"path": _dashed, "query": _queried, "parts": _slashed}[kind](match[kind])
    text, pieces = "", []
    for part, start, width in parts:
        shown = part or ": "
        pieces.append(Piece(len(text), len(shown), at + match.start(kind) + start, width))
        text += shown
    return text, pieces, ()


def _dashed(path: str) -> list[_Part]:
    """``label-message-colour``, in which a doubled sign is the sign itself."""
    parts = []
    for match in _PART.finditer(path):
        shown = {"-": "", "_": " ", "--": "-", "__": "_"}.get(match[0])
        parts.append((unquote(match[0]) if shown is None else shown, match.start(), len(match[0])))
    return _without_colour(parts)


def _slashed(path: str) -> list[_Part]:
    """``label/message/colour``."""
    matches = _SLASH.finditer(path)
    return _without_colour(
        [
            ("" if match[0] == "/" else unquote(match[0]), match.start(), len(match[0]))
            for match in matches
        ]
    )


def _without_colour(parts: list[_Part]) -> list[_Part]:
    """The parts up to the last separator, at most two of them."""
    bounds = [number for number, part in enumerate(parts) if not part[0]]
    return parts[: bounds[min(len(bounds), 2) - 1]] if bounds else parts


def _queried(query: str) -> list[_Part]:
    """``label=…&message=…``, in either order."""
    fields = {match[1]: match for match in _FIELD.finditer(query)}
    found: list[_Part] = []
    for name in ("label", "message"):
        if name in fields and fields[name][2]:
            start = fields[name].start(2)
            found += [("", start, 0)] if found else []
            found += _values(fields[name][2], start)
    return found


def _values(value: str, at: int) -> Iterator[_Part]:
    for match in _VALUE.finditer(value):
        shown = " " if match[0] == "+" else unquote(match[0])
        yield shown, at + match.start(), len(match[0])
