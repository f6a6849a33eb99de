"""What a finding rests on, in lines for people."""

from mirage_lint.binding.binding import Binding
from mirage_lint.core.facts import TIER_NAMES, Fact
from mirage_lint.reports.printable import printable

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
        lines.append(f"and {more} more fact{'' if more == 1 else 's'} (see --output-format json)")
    if binding.because:
        lines.append(f"read: {printable('; '.join(binding.because))}")
    return lines


def told(fact: Fact) -> str:
    """A fact, its value, and where that is written."""
    return f"{fact.id} = {fact.value}, in {fact.source} ({TIER_NAMES[fact.source.tier]})"
