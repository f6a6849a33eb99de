"""What a comment of ours says: which rules, from where to where, until when, and why."""

import re
from typing import NamedTuple

from mirage_lint.registry.places import did_you_mean
from mirage_lint.settings.codes import code

HERE, START, END, FILE = "ignore", "ignore-start", "ignore-end", "ignore-file"
RECORD = "record"
"""Said by front matter of a document that tells of the past."""

_KINDS = (HERE, START, END, FILE)
_OTHERS = ("family=", "population=")
"""What comments say that silence nothing."""
_KEYS = ("until", "reason")
_WORD = re.compile(r"""([A-Za-z_-]+)=("[^"]*"|'[^']*'|[^\s"']*)|([^\s,"']+)""")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Order(NamedTuple):
    """What is to be silenced: ``codes`` are beginnings of codes, none for all rules; ``until`` is
    the last day as ISO 8601 has it, "" for ever.
    """

    kind: str
    codes: tuple[str, ...] = ()
    until: str = ""
    reason: str = ""


def read(text: str) -> Order:
    """The order that stands behind ``mirage-lint:``; ValueError says what is wrong with it."""
    kind, rest = [*text.split(None, 1), "", ""][:2]
    if kind not in _KINDS:
        key, sign, _ = kind.partition("=")
        mend = did_you_mean(key + sign, _OTHERS if sign else _KINDS)
        raise ValueError(f"'{kind[:80]}' is not known; {mend}")
    codes, said, end = [], dict.fromkeys(_KEYS, ""), 0
    for word in _WORD.finditer(rest):
        if strange := rest[end : word.start()].strip(" \t\n,"):
            raise ValueError(f"'{strange[:80]}' is not understood; put a reason into quotes")
        key, value, name = word.groups()
        end = word.end()
        if key is None:
            codes.append(code(name))
        elif key in said:
            said[key] = value.strip("\"'")
        else:
            raise ValueError(f"'{key}' is not known; {did_you_mean(key, _KEYS)}")
    if strange := rest[end:].strip(" \t\n,"):
        raise ValueError(f"'{strange[:80]}' is not understood; put a reason into quotes")
    return Order(kind, tuple(codes), _day(said["until"]), said["reason"])


def _day(text: str) -> str:
    """A date; ValueError where it is none."""
    if text:
        from datetime import date

        try:
            if not _DATE.fullmatch(text):
                raise ValueError
            date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"'{text[:80]}' is no date; write it as 2027-01-31") from None
    return text
