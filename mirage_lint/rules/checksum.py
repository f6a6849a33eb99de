"""MIR401 checksum

A digest is not that of the artifact that the text names.

Why it is bad: who verifies the download by it will think that the file was tampered with, or, if
the digest is another file's, will not notice that it was.

Bad:  a SHA-256 of last month's package beside the link to this month's.

Good: the digest that ``claims.lock`` holds for it.
"""

from itertools import takewhile

from mirage_lint.binding.binding import CHECKSUM, Binding

CODE = "MIR401"
NAME = "checksum"
SEVERITY = "error"
CHANGE = CHECKSUM


_SHOWN = 12
"""Characters of a wrong digest that are shown."""


def message(binding: Binding) -> str:
    """The artifact's digest, and where the two part, if not at once."""
    artifact, told = binding.artifacts[0], binding.claim.text
    pairs = zip(told.lower(), artifact.digest, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    where = f" from character {same + 1} on" if same >= _SHOWN else ""
    return f"{told[:_SHOWN]}… is not the SHA-256 of {artifact.path}{where}: {artifact.digest}"
