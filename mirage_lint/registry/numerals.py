"""The forms that a stored number may have: all that reading a lock needs to know of them."""

from __future__ import annotations

import re

MAX_DIGITS = 40
"""Digits of the longest number that is read; exponents have at most three."""

DECIMAL = (
    rf"[+-]?(?:\d{{1,{MAX_DIGITS}}}(?:\.\d{{0,{MAX_DIGITS}}})?|\.\d{{1,{MAX_DIGITS}}})"
    r"(?:[eE][+-]?\d{1,3})?"
)
COUNT, SIZE = rf"\d{{1,{MAX_DIGITS}}}", rf"[1-9]\d{{0,{MAX_DIGITS - 1}}}"
_NUMBER = re.compile(rf"{DECIMAL}%?|-?{COUNT}/{SIZE}", re.ASCII)


def is_number(text: str) -> bool:
    """Whether ``text`` is a number in the form that a fact may hold."""
    return _NUMBER.fullmatch(text) is not None
