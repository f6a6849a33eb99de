"""MIR104 unit-mismatch

A count has the right number and the wrong noun: 600 iterations told as 600 examples.

Why it is bad: steps, epochs, examples and sequences differ by the batch size, the data set's size
or the number of seeds; who reruns the training with the wrong one trains another model.

Bad:  "The adapter was trained on 600 examples.", where its configuration has ``iters: 600``.

Good: "The adapter was trained for 600 iterations."
"""

from mirage_lint.binding.binding import UNIT, Binding
from mirage_lint.rules import wording

CODE = "MIR104"
NAME = "unit-mismatch"
SEVERITY = "error"
CHANGE = UNIT


def message(binding: Binding) -> str:
    """The unit that the number is right in."""
    claim, others = binding.claim, binding.others
    units = wording.joined(dict.fromkeys(f"{other.unit}s" for other in others))
    told = f"{claim.text!r}: {claim.digits} is the number of {units} of {wording.families(others)}"
    meant = [fact for fact in binding.facts if fact not in others]
    if not meant:
        return told
    return f"{told}; of {claim.unit or meant[0].unit}s it is {wording.values(meant, claim)}"
