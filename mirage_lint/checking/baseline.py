"""The findings that are known already, counted by document and rule, so that moved lines do not
matter.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from mirage_lint.errors import MirageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAME = "mirage-lint-baseline.json"
VERSION = 1
MAX_BYTES = 64 * 2**20
"""Bytes of the largest baseline that is read."""

_WRITE = "write it anew with `mirage-lint baseline`"

Counts = dict[str, dict[str, int]]
"""Of each document, by its path from the baseline, how many findings each rule has."""


class Baseline:
    """The baseline at ``place``, which need not be there."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.counts: Counts = _load(place) if os.path.lexists(place) else {}
        self._root = os.path.realpath(place.parent)

    def key(self, path: Path) -> str:
        """A document's path from the baseline."""
        whole = os.path.join(os.path.realpath(path.parent), path.name)
        try:
            return Path(os.path.relpath(whole, self._root)).as_posix()
        except ValueError:  # another drive
            return path.as_posix()

    def known(self, path: Path) -> Mapping[str, int]:
        """How many findings of each rule a document is known to have."""
        return self.counts.get(self.key(path), {}) if self.counts else {}

    def gone(self) -> list[str]:
        """The documents that are counted and not there."""
        return [one for one in self.counts if not os.path.lexists(os.path.join(self._root, one))]


def dump(counts: Counts) -> str:
    """The text of a baseline; equal counts have equal text."""
    whole = {"version": VERSION, "findings": {key: one for key, one in counts.items() if one}}
    text = json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False)
    if text.encode("utf-8", "ignore").decode() != text:  # a name that is no text
        text = json.dumps(whole, indent=2, sort_keys=True)
    return f"{text}\n"


def _load(place: Path) -> Counts:
    """Read a baseline; raises MirageError where it is none."""
    tree = _tree(place)
    if not isinstance(tree, dict) or not isinstance(version := tree.get("version"), int):
        raise MirageError(str(place), "is no baseline", _WRITE)
    if version > VERSION:
        problem = f"is version {version}, newer than this mirage-lint reads ({VERSION})"
        raise MirageError(str(place), problem, "upgrade mirage-lint")
    counts = tree.get("findings")
    if not isinstance(counts, dict) or not all(map(_is_counts, counts.values())):
        raise MirageError(str(place), "is no baseline", _WRITE)
    return counts


def _is_counts(value: object) -> bool:
    return isinstance(value, dict) and all(type(one) is int and one > 0 for one in value.values())


def _tree(place: Path) -> Any:
    try:
        if not place.is_file():
            raise MirageError(str(place), "is no regular file", "put a baseline there")
        if place.stat().st_size > MAX_BYTES:
            raise MirageError(str(place), f"is larger than {MAX_BYTES:,} bytes", _WRITE)
        return json.loads(place.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise MirageError(f"{place}:{error.lineno}", "is no JSON", _WRITE) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise MirageError(str(place), "is no baseline", _WRITE) from None
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise MirageError(str(place), problem, "check its rights") from None
