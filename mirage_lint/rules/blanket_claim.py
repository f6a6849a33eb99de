"""MIR203 blanket-claim

Something is said of all runs, or of no run by name, that is true of one and false of another.

Why it is bad: the reader cannot know which run is meant, and takes the sentence for true of all.

Bad:  "Training took 3 epochs.", where one run took 3 and another 1.

Good: "Training took 3 epochs in the long run, and 1 epoch in the short run."
"""

from mirage_lint.binding.binding import BLANKET, Binding
from mirage_lint.rules import wording

CODE = "MIR203"
NAME = "blanket-claim"
SEVERITY = "warning"
CHANGE = BLANKET


def message(binding: Binding) -> str:
    """Of which run it is true, and the counter-example."""
    claim, others = binding.claim, binding.others
    return (
        f"{claim.text!r} is true of {wording.families(binding.facts)}, "
        f"but {wording.families(others)} has {wording.values(others, claim)}: name the run"
    )
