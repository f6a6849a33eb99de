"""What a number or a name was read as: its facts, where they are written, and why."""

import re

from lsprotocol import types

from mirage_lint.binding.binding import Binding
from mirage_lint.core.facts import TIER_NAMES, Fact
from mirage_lint.explaining.claims import reading as lines_of
from mirage_lint.explaining.claims import verdict
from mirage_lint.lsp.comments import fact_at
from mirage_lint.lsp.reading import Reading
from mirage_lint.reports.printable import printable
from mirage_lint.rules import wording

_MOST_FACTS = 3
_TICKS = re.compile(r"`+")
_ESCAPED = re.compile(r"([\\`*_{}\[\]<>()#!|&~])")


def hover(reading: Reading, position: types.Position, markdown: bool) -> types.Hover | None:
    """What stands at a position; ``markdown`` where the editor shows it."""
    offset = reading.lines.offset(position)
    if named := fact_at(reading, offset):
        span, fact = named
        lines = _fact(reading, fact, markdown)
    elif found := reading.at(offset):
        span, binding = found
        lines = [*_calculations(reading, offset, markdown), *_claim(reading, binding, markdown)]
    else:
        return None
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    text = ("\n\n" if markdown else "\n").join(lines)
    return types.Hover(types.MarkupContent(kind, text), reading.lines.range(*span))


def _calculations(reading: Reading, offset: int, markdown: bool) -> list[str]:
    """What is wrong with the calculations that a number stands in: it may be right by itself."""
    return [
        f"{_code(one.code, markdown)} {_plain(one.message, markdown)}"
        for one in reading.judged.told.findings
        if one.start <= offset < one.end and one.binding and one.binding.equation
    ]


def _claim(reading: Reading, binding: Binding, markdown: bool) -> list[str]:
    status = _plain(verdict(binding), markdown)
    lines = [f"**{status}**" if markdown else status]
    facts = list(dict.fromkeys((*binding.facts, *binding.others)))
    for fact in facts[:_MOST_FACTS]:
        lines += _fact(reading, fact, markdown)
    if (more := len(facts) - _MOST_FACTS) > 0:
        lines.append(f"and {more} more fact{'' if more == 1 else 's'}")
    for label, told in lines_of(binding):
        if label == "because" or (label == "reading" and binding.artifacts):
            lines.append(_plain(f"read: {told}" if label == "because" else told, markdown))
        elif label == "says":
            lines.append(_plain(f"says {told}", markdown))
    return lines


def _fact(reading: Reading, fact: Fact, markdown: bool) -> list[str]:
    """A fact with its value, and where that is written."""
    value = wording.value(fact)
    told = f"{_code(fact.id, markdown)} = {_code(value, markdown)}"
    told += f", stored as {_code(fact.value, markdown)}" if fact.value not in value else ""
    source = f"in {_code(str(fact.source), markdown)} ({TIER_NAMES[fact.source.tier]})"
    digest = reading.digest(fact)
    return [told, f"{source}, SHA-256 {_code(digest[:16], markdown)}…" if digest else source]


def _code(text: str, markdown: bool) -> str:
    """A text as code, whatever stands in it."""
    shown = printable(" ".join(text.split()))
    if not markdown:
        return shown
    ticks = "`" * (max(map(len, _TICKS.findall(shown)), default=0) + 1)
    return f"{ticks} {shown} {ticks}" if len(ticks) > 1 else f"`{shown}`"


def _plain(text: str, markdown: bool) -> str:
    """A text that steers neither a terminal nor what shows Markdown."""
    shown = printable(" ".join(text.split()))
    return _ESCAPED.sub(r"\\\1", shown) if markdown else shown
