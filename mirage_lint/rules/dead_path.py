"""MIR402 dead-artifact-path

A path names no file, and is nearly that of an artifact. What a run makes need not be there: a path
that git ignores, that the page tells to write or plans, or that a script in git names.

Why it is bad: the evidence for a result cannot be found where the text says it lies.

Bad:  "The scores are in `results/score.csv`.", where the file is ``results/scores.csv``.

Good: "The scores are in `results/scores.csv`."
"""

from mirage_lint.binding.binding import PATH, Binding

CODE = "MIR402"
NAME = "dead-artifact-path"
SEVERITY = "error"
CHANGE = PATH


def message(binding: Binding) -> str:
    """The nearest artifact."""
    path = binding.claim.digits
    return f"no artifact is at {path}: the nearest is {binding.artifacts[0].path}"
