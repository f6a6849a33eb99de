"""What git prints for programs, read."""

from __future__ import annotations

import time
from collections.abc import Iterator

from mirage_lint.core.record import NamedTuple

_NO_SIZE = 2**63


class Origin(NamedTuple):
    """The commit that a line comes from: when it was made, as seconds and as the day there; the
    ``version`` of the file that it made, and the one ``before``, None where it made the file;
    ``is_end`` where the history begins with it, or ends here. ``line`` is what the line says.
    """

    seconds: int
    day: str
    version: tuple[str, str]
    before: tuple[str, str] | None
    is_end: bool
    line: str

    @property
    def commit(self) -> str:
        """Its name in full."""
        return self.version[0]


def origins(told: bytes) -> dict[int, Origin]:
    """What ``git blame --line-porcelain`` says, by the numbers of the lines."""
    found = {}
    for head, fields, line in _entries(told.decode("utf-8", "surrogateescape")):
        if origin := _origin(head[0], fields, line):
            found[int(head[2])] = origin
    return found


def _entries(text: str) -> Iterator[tuple[list[str], dict[str, str], str]]:
    """Each line's head, split, its fields, and what it says."""
    head: list[str] = []
    fields: dict[str, str] = {}
    for line in text.split("\n"):
        if line.startswith("\t"):
            yield head, fields, line[1:].removesuffix("\r")
            head, fields = [], {}
        elif head:
            name, _, value = line.partition(" ")
            fields[name] = value
        else:
            head = line.split(" ")


def _origin(commit: str, fields: dict[str, str], line: str) -> Origin | None:
    """None where the commit's time is none."""
    try:
        seconds = int(fields["committer-time"])
        day = _day(seconds, fields["committer-tz"])
    except (ValueError, OverflowError, OSError):
        return None
    name, _, path = fields.get("previous", "").partition(" ")
    before = (name, _path(path)) if name else None
    version = (commit, _path(fields["filename"]))
    return Origin(seconds, day, version, before, "boundary" in fields, line)


def _day(seconds: int, zone: str) -> str:
    """The day of a time where it was made, as git shows it; ``zone`` is like ``+0530``."""
    hours, minutes = divmod(abs(int(zone)), 100)
    offset = (hours * 60 + minutes) * 60
    there = seconds - offset if zone.startswith("-") else seconds + offset
    return time.strftime("%Y-%m-%d", time.gmtime(there))


def _path(name: str) -> str:
    """A path; of one that is quoted for its odd signs, what no file is called."""
    return "" if name.startswith('"') else name


class Edit(NamedTuple):
    """A commit that changed a file, and the day when it was made."""

    commit: str
    day: str


EDIT = "%x01%H %cs"
"""How ``git log`` tells of a commit before the files that it changed."""


def edits(told: bytes) -> dict[str, list[Edit]]:
    """The commits that ``git log`` tells, by the paths of the files, in its order."""
    found: dict[str, list[Edit]] = {}
    for entry in told.decode("utf-8", "surrogateescape").split("\x01")[1:]:
        head, *names = entry.split("\n")
        commit, _, day = head.partition(" ")
        for name in filter(None, map(_path, names)):
            found.setdefault(name, []).append(Edit(commit, day))
    return found


def sizes(told: bytes) -> list[int]:
    """What ``git cat-file --batch-check`` says; of what is no file, more than any has."""
    return [_size(line) for line in told.split(b"\n")[:-1]]


def _size(head: bytes) -> int:
    *_, kind, size = head.rsplit(b" ", 2)
    return int(size) if kind == b"blob" and size.isdigit() else _NO_SIZE


def contents(told: bytes) -> list[bytes]:
    """What ``git cat-file --batch`` says of files that are there."""
    found, at = [], 0
    while at < len(told):
        end = told.index(b"\n", at)
        size = _size(told[at:end])
        found.append(told[end + 1 : end + 1 + size])
        at = end + 2 + size
    return found
