"""Colours of a terminal."""

from __future__ import annotations

from mirage_lint.rules.finding import ERROR

RED, YELLOW, BLUE, BOLD, _OFF = "\033[31m", "\033[33m", "\033[34m", "\033[1m", "\033[0m"


def painted(text: str, style: str, colour: bool) -> str:
    """``text`` in a style, where colours are wanted."""
    return f"{style}{text}{_OFF}" if colour else text


def head(place: str, code: str, severity: str, message: str, colour: bool) -> str:
    """The line that tells a finding."""
    shown = painted(code, RED if severity == ERROR else YELLOW, colour)
    return f"{painted(f'{place}:', BOLD, colour)} {shown} {message}"
