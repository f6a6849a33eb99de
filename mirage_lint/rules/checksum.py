"""MIR401 checksum

A digest is not that of the artifact that the text names.

Why it is bad: who verifies the download by it will think that the file was tampered with, or, if
the digest is another file's, will not notice that it was.

Bad:  a SHA-256 of last month's package beside the link to this month's.

Good: the digest that ``claims.lock`` holds for it.
"""

from mirage_lint.binding.binding import CHECKSUM, Binding

CODE = "MIR401"
NAME = "checksum"
SEVERITY = "error"
CHANGE = CHECKSUM


def message(binding: Binding) -> str:
    """The artifact's digest."""
    artifact = binding.artifacts[0]
    return f"{binding.claim.text[:12]}… is not the SHA-256 of {artifact.path}: {artifact.digest}"
