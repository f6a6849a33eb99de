"""Rules as people name them."""

from mirage_lint.registry.places import did_you_mean
from mirage_lint.rules.catalog import RULES

_ALL = "MIR"
_KEPT = ("MIR5",)
"""Beginnings of codes that are kept for rules that are off unless asked for."""


def code(text: str) -> str:
    """A rule's code or the beginning of some, in capitals, from either or from a rule's name;
    ValueError where no rule has it.
    """
    codes = [rule.CODE for rule in RULES]
    wanted: str = {rule.NAME: rule.CODE for rule in RULES}.get(text.lower(), text.upper())
    if wanted.startswith(_ALL) and any(one.startswith(wanted) for one in (*codes, *_KEPT)):
        return wanted
    raise ValueError(f"'{text[:80]}' is no rule; {did_you_mean(text.upper(), codes)}")
