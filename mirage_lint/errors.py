"""The one error that people see: what could not be done, where, and how to mend it."""

from __future__ import annotations


class MirageError(Exception):
    """A problem that stops the work, told in one line.

    ``where`` is the file with its place, as ``claims.toml:12`` or ``pkg.tar.gz::run/config.json``;
    ``problem`` says what is wrong there and ``mend`` what to do about it.
    """

    def __init__(self, where: str, problem: str, mend: str = "") -> None:
        super().__init__(where, problem, mend)
        self.where = where
        self.problem = problem
        self.mend = mend

    def __str__(self) -> str:
        line = f"{self.where}: {self.problem}" + (f"; {self.mend}" if self.mend else "")
        return " ".join(line.split())


class UnreadableError(MirageError):
    """A document that cannot be read, which keeps no other from being checked.

    ``line`` is where it breaks, 0 where that is known of no line.
    """

    def __init__(self, path: str, problem: str, mend: str, line: int = 0) -> None:
        super().__init__(f"{path}:{line}" if line else path, problem, mend)
        self.path = path
        self.line = line


class MissingExtraError(MirageError):
    """A library that only some users need is not installed."""
