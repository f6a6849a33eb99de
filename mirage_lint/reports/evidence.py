"""What a finding rests on, in lines for people."""

from mirage_lint.binding.binding import Binding
from mirage_lint.core.facts import TIER_NAMES, Fact
from mirage_lint.reports.printable import printable
from mirage_lint.rules.finding import OTHER, History, Touch
from mirage_lint.rules.wording import counted

_MOST_FACTS = 3


def evidence(binding: Binding | None) -> list[str]:
    """The facts with their sources, and why the text was read so; nothing where no claim is
    concerned.
    """
    if not binding:
        return []
    facts = list(dict.fromkeys((*binding.facts, *binding.others)))
    lines = [f"fact: {printable(told(fact))}" for fact in facts[:_MOST_FACTS]]
    if (more := len(facts) - _MOST_FACTS) > 0:
        lines.append(f"and {counted(more, 'more fact')} (see --output-format json)")
    if binding.because:
        lines.append(f"read: {printable('; '.join(binding.because))}")
    return lines


def history(told: History | None) -> list[str]:
    """When both sides were touched, and which of them is newer; neither is accused, and of what was
    touched at once, nothing is told.
    """
    if not told or told.line.commit == told.against.commit:
        return []
    line = f"line {_when(told.line)}{_before(told.line)}"
    verdict = f": the {told.newer} is newer" if told.newer else ""
    return [printable(f"git: {line}; {_against(told)}{verdict}")]


def _against(told: History) -> str:
    if told.side == OTHER:
        return f"the other {_when(told.against)}{_before(told.against)}"
    place = f"value in {told.lock}" if told.lock else "value"
    was = f" ({told.was} before)" if told.was else ""
    return f"{place}{was} {_when(told.against)}" + ("" if told.against.is_exact else " or before")


def _before(line: Touch) -> str:
    return "" if line.is_exact else ", what it says before that"


_SHORT = 7
"""Signs of a commit's name that are shown."""


def _when(touch: Touch) -> str:
    if not touch.commit:
        return "changed, not committed"
    return f"last changed {touch.day} ({touch.commit[:_SHORT]})"


def told(fact: Fact) -> str:
    """A fact, its value, and where that is written."""
    return f"{fact.id} = {fact.value}, in {fact.source} ({TIER_NAMES[fact.source.tier]})"
