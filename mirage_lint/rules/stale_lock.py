"""MIR901 stale-lock

``claims.toml`` has changed since ``claims.lock`` was built from it.

Why it is bad: documents are checked against facts that the registry no longer states.

Bad:  editing ``claims.toml`` and committing it alone.

Good: ``mirage-lint build`` after every change, and both files in one commit.
"""

CODE = "MIR901"
NAME = "stale-lock"
SEVERITY = "error"


def message() -> str:
    """What to do."""
    return "claims.lock was built from another claims.toml: run 'mirage-lint build'"
