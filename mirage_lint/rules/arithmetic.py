"""MIR301 arithmetic

A calculation does not give its stated result: one that is written out, a part that is larger than
its whole, a percentage that no part of so few things gives, a total or a mean of a table that the
rows or columns beside it do not make up, a difference, change or ratio in a column of such ("Δ",
"speedup"). Needs no registry. What a table works out is called wrong only where other figures of
its line show what it is made of, or where a total that stands alone is nearly right; no rounding
may explain the difference.

Why it is bad: one of its numbers is wrong, and the reader cannot know which.

Bad:  "36 of the 164 rows (22.5%) are empty."

Good: "36 of the 164 rows (22.0%) are empty."
"""

from mirage_lint.binding.binding import ARITHMETIC, Binding
from mirage_lint.core.interval import Interval
from mirage_lint.rules import wording

CODE = "MIR301"
NAME = "arithmetic"
SEVERITY = "error"
CHANGE = ARITHMETIC


def message(binding: Binding) -> str:
    """What the calculation gives."""
    equation = binding.equation
    if equation is None:
        return ""
    percent = "%" in equation.stated or "point" in equation.stated or "pp" in equation.stated
    reading = equation.reading or "the calculation gives"
    return f"{equation.text!r}: {reading} {_told(equation.left, percent)}, not {equation.stated}"


def _told(value: Interval, percent: bool) -> str:
    scale, sign = (100, "%") if percent else (1, "")
    ends = dict.fromkeys(wording.decimal(end * scale, 4) + sign for end in value if end is not None)
    return " to ".join(ends)
