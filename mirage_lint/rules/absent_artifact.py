"""MIR903 absent-artifact

An artifact is not on this machine, or nothing of it but a pointer of Git LFS, or it cannot be read
for want of an extra and is as it was. Its facts stay as ``claims.lock`` holds them, by its digest.

Why it is bad: often it is not, as artifacts are large, or lie on another machine. But whether the
facts are still those of the artifact can only be told where it is.

Bad:  a lock that nobody has built since the results were moved.

Good: ``mirage-lint build --check`` now and then on the machine that has the artifacts, or after
``git lfs pull``.
"""

CODE = "MIR903"
NAME = "absent-artifact"
SEVERITY = "warning"

ABSENT = "is absent here"
CLOSED = "needs an extra that is not installed"
POINTER = "is a Git-LFS pointer, not checked out"


def message(state: str, facts: int, digest: str) -> str:
    """How it is not here, and how much rests on it."""
    kept = "1 fact is" if facts == 1 else f"{facts} facts are"
    return f"{state}; {kept} kept by digest {digest[:12]}"
