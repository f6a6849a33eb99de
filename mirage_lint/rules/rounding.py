"""MIR102 rounding

A number is the right one, cut off or rounded the wrong way at its last digit.

Why it is bad: the two documents that round differently will look like two results.

Bad:  "The short run reaches an accuracy of 99.1%.", where the results file has 0.99191.

Good: "The short run reaches an accuracy of 99.2%."
"""

from mirage_lint.binding.binding import ROUNDING, Binding
from mirage_lint.rules import wording

CODE = "MIR102"
NAME = "rounding"
SEVERITY = "error"
CHANGE = ROUNDING


def message(binding: Binding) -> str:
    """The number as it rounds."""
    claim = binding.claim
    return f"{claim.text!r} is rounded wrong: it is {wording.values(binding.facts, claim)}"
