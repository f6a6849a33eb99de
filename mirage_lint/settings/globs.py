"""Patterns of paths, as .gitignore has them: a name stands for itself in any folder, a path for
one place below the file that it is written in, a folder for all that it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

_ANY_DEPTH = "**"
_SPECIAL = frozenset("*?[")


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches a path or a folder above it; ``path`` is of a file, from where
    the pattern counts, with ``/`` between its parts.
    """
    parts = path.split("/")
    ends = range(1, len(parts) + 1)
    return any(names(pattern, "/".join(parts[:end]), is_folder=end < len(parts)) for end in ends)


def names(pattern: str, path: str, *, is_folder: bool) -> bool:
    """Whether a pattern matches just this path, not only a folder above it."""
    pattern = pattern.removeprefix("./")
    if pattern.endswith("/") and not is_folder:
        return False
    wanted = pattern.strip("/").split("/")
    if not has_place(pattern):
        return _fits(path.rpartition("/")[2], wanted[0])
    return _aligned(wanted, path.split("/"))


def has_place(pattern: str) -> bool:
    """Whether a pattern tells a place, and not a name that may stand in any folder."""
    return "/" in pattern.removeprefix("./").rstrip("/")


def any_matches(patterns: Iterable[str], path: str) -> bool:
    """Whether one of ``patterns`` matches a file's path."""
    return any(matches(one, path) for one in patterns)


def _aligned(wanted: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether each part is matched in turn; `**` matches any number of them."""
    reached = {0}
    for one in wanted:
        if one == _ANY_DEPTH:
            reached = set(range(min(reached), len(parts) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(parts) and _fits(parts[at], one)}
        if not reached:
            return False
    return len(parts) in reached


def _fits(name: str, pattern: str) -> bool:
    """Whether a name is what a pattern says; most patterns need no search."""
    head = pattern.removesuffix("*")
    if _SPECIAL.isdisjoint(head):
        return name.startswith(head) if head != pattern else name == pattern
    return fnmatchcase(name, pattern)
