"""Where a key of a TOML file stands: parsers keep no lines, and errors need them."""

import re
from collections.abc import Iterable
from copy import copy

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")

Path = tuple[str | int, ...]


class Places:
    """The lines of the keys of one TOML text, found by a scan of headers and assignments."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._lines: dict[Path, int] = {}
        self._others: dict[Path, Path] = {}
        table: Path = ()
        counts: dict[Path, int] = {}
        for number, line in enumerate(text.split("\n"), start=1):
            if header := _HEADER.match(line):
                parts = _parts(header[2])
                table = _table(header[1], parts, counts)
                for length in range(1, len(parts) + 1):  # a header stands for the tables above it
                    self._lines.setdefault(parts[:length], number)
                self._lines.setdefault(table, number)
            elif key := _KEY.match(line):
                self._lines.setdefault(table + _parts(key[1]), number)

    def also(self, path: Path, written: Path) -> "Places":
        """These places, where what is asked for below ``path`` stands below ``written``."""
        new = copy(self)
        new._others = self._others | {path: written}
        return new

    def at(self, *path: str | int) -> str:
        """``claims.toml:12``: the line of ``path``, or of the nearest key above it."""
        path = self._others.get(path[:2], path[:2]) + path[2:]
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                return f"{self.name}:{self._lines[path[:length]]}"
        return self.name

    def path(self, line: int) -> Path:
        """The key on a line (from 1), or the nearest above it; empty above the first."""
        above = [
            (number, len(path), path) for path, number in self._lines.items() if number <= line
        ]
        return max(above, key=lambda one: one[:2])[2] if above else ()


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _table(brackets: str, path: Path, counts: dict[Path, int]) -> Path:
    """The full path of a header: items of arrays of tables are numbered."""
    if brackets == "[[":
        counts[path] = counts.get(path, -1) + 1
        return (*path, counts[path])
    return path


def dotted(path: Iterable[str | int]) -> str:
    """``family.run.fact[0].metric``, as messages name a key."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """``did you mean 'rank'?``, or the options where none is near, or nothing without any."""
    known = sorted(options)
    from difflib import get_close_matches  # rarely needed, and slow to import

    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    shown = ", ".join(f"'{name}'" for name in known[:12])
    more = f" and {len(known) - 12} more" if len(known) > 12 else ""
    return f"known are {shown}{more}" if known else ""
