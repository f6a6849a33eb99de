"""Findings for people: place, rule and message; the line with the span underlined; the truth with
its source; why it was read so.
"""

from collections.abc import Iterable

from mirage_lint.binding.binding import Binding
from mirage_lint.core.facts import TIER_NAMES, Fact
from mirage_lint.documents.source import Source
from mirage_lint.reports.excerpt import excerpt
from mirage_lint.reports.printable import printable
from mirage_lint.reports.summary import Summary
from mirage_lint.rules.finding import Finding

_MOST_FACTS = 3
_RED, _YELLOW, _BLUE, _BOLD, _OFF = "\033[31m", "\033[33m", "\033[34m", "\033[1m", "\033[0m"


def report(
    findings: Iterable[Finding], sources: dict[str, Source], summary: Summary, colour: bool
) -> str:
    """The whole report; ``sources`` by path."""
    blocks = [_block(finding, sources.get(finding.path), colour) for finding in findings]
    found = f"Found {len(blocks)} finding{'' if len(blocks) == 1 else 's'}." if blocks else ""
    last = f"{found or 'All right.'} Looked at {summary}."
    return "\n".join([*blocks, last, ""])


def _block(finding: Finding, source: Source | None, colour: bool) -> str:
    line, column = source.position(finding.start) if source else (1, 1)
    place = f"{printable(finding.path)}:{line}:{column}:"
    code = _painted(finding.code, _RED if finding.severity == "error" else _YELLOW, colour)
    lines = [f"{_painted(place, _BOLD, colour)} {code} {printable(finding.message)}"]
    if source:
        lines += _excerpt(finding, source, colour)
    if finding.binding:
        lines += _evidence(finding.binding, colour)
    return "\n".join([*lines, ""])


def _excerpt(finding: Finding, source: Source, colour: bool) -> list[str]:
    number, text, carets = excerpt(source, finding.start, finding.end)
    margin = " " * len(str(number))
    bar = _painted("|", _BLUE, colour)
    indent = len(carets) - len(carets.lstrip())
    return [
        f"{margin} {bar}",
        f"{_painted(str(number), _BLUE, colour)} {bar} {text}",
        f"{margin} {bar} {carets[:indent]}{_painted(carets[indent:], _RED, colour)}",
    ]


def _evidence(binding: Binding, colour: bool) -> list[str]:
    mark = _painted("=", _BLUE, colour)
    shown = list(dict.fromkeys((*binding.facts, *binding.others)))
    lines = [f"  {mark} fact: {printable(_fact(fact))}" for fact in shown[:_MOST_FACTS]]
    if (more := len(shown) - _MOST_FACTS) > 0:
        lines.append(
            f"  {mark} and {more} more fact{'' if more == 1 else 's'} (see --output-format json)"
        )
    if binding.because:
        lines.append(f"  {mark} read: {printable('; '.join(binding.because))}")
    return lines


def _fact(fact: Fact) -> str:
    return f"{fact.id} = {fact.value}, in {fact.source} ({TIER_NAMES[fact.source.tier]})"


def _painted(text: str, style: str, colour: bool) -> str:
    return f"{style}{text}{_OFF}" if colour else text
