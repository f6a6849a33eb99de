"""MIR201 lineage-number

A number of one run is told of another.

Why it is bad: runs of one project share metrics and names, so that a figure moves easily from one
to the other, and no look at the value alone can tell.

Bad:  "The short run was trained for 3 epochs.", where the long run was.

Good: "The short run was trained for 1 epoch, the long run for 3 epochs."
"""

from mirage_lint.binding.binding import FAMILY, Binding
from mirage_lint.rules import wording

CODE = "MIR201"
NAME = "lineage-number"
SEVERITY = "error"
CHANGE = FAMILY


def message(binding: Binding) -> str:
    """Whose number it is, and what the named run's is."""
    claim, others = binding.claim, binding.others
    told = f"{claim.text!r} is the {others[0].metric} of {wording.families(others)}"
    meant = [fact for fact in binding.facts if fact not in others]
    if meant:
        told += f"; of {wording.families(meant)} it is {wording.values(meant, claim)}"
    return told + ("" if meant else ", not of the run named here")
