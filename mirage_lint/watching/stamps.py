"""By which to tell that a file changed, without reading it."""

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

CHANGED, NEW, GONE = "changed", "new", "gone"

Stamp = tuple[int, ...] | None
Change = tuple[str, str]
"""What happened, and the name of what it happened to."""


def stamp(path: Path) -> Stamp:
    """What is another once a file was written or put in the place of another; None where there is
    none, and the same for all folders.
    """
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    if stat.S_ISDIR(status.st_mode):
        return ()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """The stamp of each path."""
    return {path: stamp(path) for path in paths}


def changes(before: Mapping[Path, Stamp], now: Mapping[Path, Stamp]) -> list[Change]:
    """What happened to each file, in order of path."""
    return [
        (happened(before.get(path), now.get(path)), path.as_posix())
        for path in sorted(before.keys() | now.keys())
        if before.get(path) != now.get(path)
    ]


def happened(before: Stamp, now: Stamp) -> str:
    """What happened to a file of which the stamps differ."""
    return NEW if before is None else GONE if now is None else CHANGED
