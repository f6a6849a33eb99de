"""MIR904 unused-suppression

A comment that silences findings silences none, or its last day is over, or it cannot be read.

Why it is bad: it hides the next real error at its place, and tells readers of a problem that is
not there. A day is set so that somebody looks again; one that is over silences no more.

Bad:  ``<!-- mirage-lint: ignore MIR101 -->`` above a number that is right by now.

Good: the number, without the comment.
"""

from collections.abc import Sequence

CODE = "MIR904"
NAME = "unused-suppression"
SEVERITY = "warning"


def unused(codes: Sequence[str], is_whole: bool) -> str:
    """That ``codes``, or all, silence nothing; ``is_whole`` where nothing of the comment does."""
    names = " and ".join(filter(None, codes))
    told = f"no finding of {names} is silenced here" if names else "no finding is silenced here"
    return f"{told}: take {'the comment' if is_whole else names} out"


def misplaced(code: str, line: int) -> str:
    """That the finding stands further down."""
    return f"{code} stands on line {line}, and is not silenced: end that line with the comment"


def expired(until: str) -> str:
    """That its last day is over."""
    return f"ended on {until}, and silences no more: mend the text, or set another day"
