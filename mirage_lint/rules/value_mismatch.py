"""MIR101 value-mismatch

A number is not what its run's artifacts say, and no other run, row, unit or
population would make it right. It may be one that several values give: a mean over seeds, a total,
the points between two rows.

Why it is bad: readers build on the number. Most such errors are a digit mistyped, or a value that
was right before the last run.

Bad:  "The short run reaches an accuracy of 98.2%.", where the results file has 0.99191.

Good: "The short run reaches an accuracy of 99.2%."
"""

from mirage_lint.binding.binding import DIFFERENCE, VALUE, Binding, Derived
from mirage_lint.claims.claim import Claim
from mirage_lint.core.facts import Fact
from mirage_lint.rules import wording

CODE = "MIR101"
NAME = "value-mismatch"
SEVERITY = "error"
CHANGE = VALUE


def message(binding: Binding) -> str:
    """What the text says, and what is true."""
    claim, facts = binding.claim, binding.facts
    if binding.derived:
        return _derived(claim, facts, binding.derived)
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


def _derived(claim: Claim, facts: tuple[Fact, ...], derived: Derived) -> str:
    """What the facts give together that the text tells of as one number."""
    if derived.way == DIFFERENCE:
        return _apart(claim, facts, derived)
    kept = tuple(pair for pair in facts[0].dimensions if pair[0] not in derived.keys)
    row = wording.slots(facts[0]._replace(population="", dimensions=kept))
    return (
        f"{claim.text!r}: the {derived.way} {facts[0].metric} of {wording.families(facts)}"
        f"{f' at {row}' if row else ''} is {wording.given(derived, facts, claim)} "
        f"({wording.over(derived, facts)})"
    )


def _apart(claim: Claim, facts: tuple[Fact, ...], derived: Derived) -> str:
    """How far two facts lie apart."""
    sides = " and ".join(
        f"{wording.value(fact, claim)} ({wording.slots(fact) or fact.family})" for fact in facts
    )
    return (
        f"{claim.text!r}: the {facts[0].metric} of {wording.families(facts)} is {sides}, "
        f"{wording.points(derived.exact, claim)} apart"
    )
