"""MIR101 value-mismatch

A number is not what its run's artifacts say, and no other run, row, unit or
population would make it right.

Why it is bad: readers build on the number. Most such errors are a digit mistyped, or a value that
was right before the last run.

Bad:  "The short run reaches an accuracy of 98.2%.", where the results file has 0.99191.

Good: "The short run reaches an accuracy of 99.2%."
"""

from mirage_lint.binding.binding import VALUE, Binding
from mirage_lint.core.facts import Fact
from mirage_lint.rules import wording

CODE = "MIR101"
NAME = "value-mismatch"
SEVERITY = "error"
CHANGE = VALUE


def message(binding: Binding) -> str:
    """What the text says, and what is true."""
    claim, facts = binding.claim, binding.facts
    overruled = [lost for fact in facts for lost in fact.overruled if lost.value == claim.digits]
    told = (
        f"{claim.text!r}: the {facts[0].metric} of {wording.families(facts)}{_row(facts)} is "
        f"{wording.values(facts, claim)}"
    )
    if binding.was:
        told += f"; it was {binding.was}"
    if overruled:
        told += f"; {claim.digits} stands in {overruled[0].source}, which run metadata overrule"
    return told


def _row(facts: tuple[Fact, ...]) -> str:
    """Which row of a table the one fact is: " at retention 0.1"."""
    told = wording.slots(facts[0]._replace(population="")) if len(facts) == 1 else ""
    return f" at {told}" if told else ""
