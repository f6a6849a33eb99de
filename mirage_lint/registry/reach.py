"""Where artifacts may be looked for, and what was found there."""

import os
from collections.abc import Callable
from pathlib import Path

from mirage_lint.errors import MirageError

MAX_MATCHES = 10_000
"""Files that one pattern may match."""

_HOME = "~/"


class Reach:
    """The files around a claims.toml, whose folder is ``root``.

    What lies outside the repository is read only where claims.toml names it: never by a link that
    a pattern has met, and never at all where the checkout is not trusted. The repository is the
    folder of ``.git``, or ``root`` where there is none. ``seen`` is all that was looked for, with
    the answers, by which to tell whether they are still the same.
    """

    def __init__(self, root: Path, *, is_trusted: bool = True) -> None:
        self.root = root
        self.is_trusted = is_trusted
        self.seen: dict[str, list[str]] = {}
        real = Path(os.path.realpath(root))
        tops = (folder for folder in (real, *real.parents) if os.path.lexists(folder / ".git"))
        self.repository = next(tops, real)

    def place(self, path: str) -> Path:
        """Where an artifact's path leads; of ``archive::member``, where the archive lies."""
        outer = path.partition("::")[0]
        return self.root / (os.path.expanduser(outer) if outer.startswith(_HOME) else outer)

    def check(self, path: str, where: str) -> None:
        """Raise MirageError at ``where`` for a path that an untrusted claims.toml may not name."""
        if not self.is_trusted and not self._is_inside(os.path.realpath(self._checked(path))):
            problem = f"'{path}' leads out of the repository, and --untrusted reads nothing there"
            raise MirageError(where, problem, "copy the file into the repository")

    def has(self, path: str) -> bool:
        """Whether something stands at ``path``, be it a link to nowhere."""
        found = os.path.lexists(self._checked(path))
        self.seen[f"has {path}"] = [path] if found else []
        return found

    def files(self, pattern: str, where: str) -> list[str]:
        """The files that a pattern matches; raises MirageError for what is no pattern."""
        return self._matches("files", pattern, where, Path.is_file)

    def folders(self, pattern: str, where: str) -> list[str]:
        """The folders that a pattern matches; raises MirageError for what is no pattern."""
        return self._matches("folders", pattern, where, Path.is_dir)

    def sees(self, before: dict[str, list[str]]) -> bool:
        """Whether all that was looked for ``before`` has the same answer now; then it is seen."""
        again = Reach(self.root, is_trusted=self.is_trusted)
        ask = {"files": again.files, "folders": again.folders}
        try:
            for question in before:
                kind, _, argument = question.partition(" ")
                if kind == "has":
                    again.has(argument)
                else:
                    ask[kind](argument, "")
        except (MirageError, LookupError):
            return False
        if again.seen != before:
            return False
        self.seen = again.seen
        return True

    def _matches(
        self, kind: str, pattern: str, where: str, fits: Callable[[Path], bool]
    ) -> list[str]:
        self.check(pattern.partition("*")[0] or ".", where)
        prefix = _HOME if pattern.startswith(_HOME) else ""
        base = Path(os.path.expanduser("~")) if prefix else self.root
        found: list[str] = []
        try:
            for place in base.glob(_to_its_end(pattern.removeprefix(prefix), kind)):
                if fits(place):
                    found.append(prefix + place.relative_to(base).as_posix())
                if len(found) > MAX_MATCHES:
                    raise MirageError(where, f"'{pattern}' matches over {MAX_MATCHES:,} files")
        except (ValueError, NotImplementedError, OSError, RuntimeError):
            mend = "write it relative to claims.toml, as `results/*.csv`"
            raise MirageError(where, f"'{pattern}' is no pattern of files", mend) from None
        self._refuse_ways_out(found, pattern, where)
        self.seen[f"{kind} {pattern}"] = sorted(found)
        return sorted(found)

    def _refuse_ways_out(self, found: list[str], pattern: str, where: str) -> None:
        if self._is_inside(os.path.realpath(self.place(pattern.partition("*")[0]))):
            for path in found:
                if not self._is_inside(os.path.realpath(self.place(path))):
                    problem = (
                        f"'{path}', which '{pattern}' matches, is a link out of the repository"
                    )
                    raise MirageError(where, problem, "name it by itself, or narrow the pattern")

    def _is_inside(self, real: str) -> bool:
        return Path(real).is_relative_to(self.repository)

    def _checked(self, path: str) -> Path:
        """As `place`, of a path that cannot be one as if it lay in the root: opening it tells."""
        return self.root if "\0" in path else self.place(path)


def _to_its_end(pattern: str, kind: str) -> str:
    """A pattern of which a last ``**`` means all files below, as it does from Python 3.13 on."""
    return f"{pattern}/*" if kind == "files" and pattern.endswith("**") else pattern
