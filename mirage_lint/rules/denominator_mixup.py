"""MIR103 denominator-mixup

A rate is told of one set of rows, and is the rate of another.

Why it is bad: 0.27% of a subset and 0.75% of the whole are both right, and mean different things;
swapping them makes a result look better or worse than it is.

Bad:  "The short run is wrong on 0.27% of all 400 rows.", where 1 of the 371 rows of a subset is.

Good: "The short run is wrong on 0.27% of the 371 hard rows (1/371)."
"""

from mirage_lint.binding.binding import POPULATION, Binding
from mirage_lint.rules import wording

CODE = "MIR103"
NAME = "denominator-mixup"
SEVERITY = "error"
CHANGE = POPULATION


def message(binding: Binding) -> str:
    """The population that the number is right of, and the value for the one named."""
    claim, others = binding.claim, binding.others
    right = list(dict.fromkeys(other.population or "other rows" for other in others))
    told = (
        f"{claim.text!r}: the {others[0].metric} over {wording.joined(right)} is "
        f"{wording.values(others, claim)}"
    )
    named = [name for name in binding.populations if name not in right]
    meant = [one for one in binding.facts if one not in others and one.population in named]
    if named and meant:
        return f"{told}; over {wording.joined(named)} it is {wording.values(meant, claim)}"
    return told + (f", and nothing is known over {wording.joined(named)}" if named else "")
