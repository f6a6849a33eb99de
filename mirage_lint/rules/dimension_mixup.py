"""MIR105 dimension-mixup

A number is right for another row of the same table: another setting, model or system.

Why it is bad: the value looks familiar, so that no reviewer stumbles over it.

Bad:  "At 10% retention, recall is 16.7%.", where 16.7% is the row of 30%.

Good: "At 10% retention, recall is 8.3%."
"""

from mirage_lint.binding.binding import DIMENSION, Binding
from mirage_lint.rules import wording

CODE = "MIR105"
NAME = "dimension-mixup"
SEVERITY = "error"
CHANGE = DIMENSION


def message(binding: Binding) -> str:
    """The row that the number belongs to, and the value of the row named."""
    claim, others, facts = binding.claim, binding.others, binding.facts
    there, here = others[0], facts[0] if facts else None
    told = f"{claim.text!r} is the {there.metric} at {wording.slots(there, here)}"
    if here:
        place = wording.slots(here, there)
        meant = [one for one in facts if one.dimensions == here.dimensions]
        told += f"; {f'at {place}' if place else 'over all'} it is {wording.values(meant, claim)}"
    return told
