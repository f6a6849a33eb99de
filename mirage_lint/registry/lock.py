"""``claims.lock``: the registry as JSON lines, one fact to a line, the same from any machine.

Read on every check, so it imports little: JSON and the plain values.
"""

from __future__ import annotations

import gc
import json
import stat
from pathlib import Path

from mirage_lint.core.facts import Fact, Population, Registry
from mirage_lint.errors import MirageError
from mirage_lint.registry.lines import (
    MAKERS,
    artifact_line,
    fact_line,
    family_line,
    population_line,
    unit_line,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 1
MAX_BYTES = 512 * 2**20
"""Bytes of the largest lock that is read."""

encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(", ", ": "), check_circular=False
).encode
"""The text of a line's items."""

_END = ["end"]
"""The last line, so that a lock that lost its tail is known for one; the same in each, as what
differs would collide in merges.
"""
_CONFLICT = ("<<<<<<< ", "||||||| ", "=======\n", ">>>>>>> ")
_REBUILD = "run `mirage-lint build`"


def dump(registry: Registry) -> str:
    """The text of the lock; equal registries have equal text."""
    lines: list[Any] = [{"claims": registry.claims_digest, "lock": VERSION}]
    lines += map(unit_line, sorted(registry.units))
    lines += map(family_line, sorted(registry.families))
    lines += map(population_line, sorted(registry.populations, key=_name))
    lines += map(artifact_line, sorted(registry.artifacts))
    lines += map(fact_line, sorted(registry.facts, key=order))
    lines.append(_END)
    text = "".join(f"{encode(line)}\n" for line in lines)
    return text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text


def load(path: Path) -> Registry:
    """The registry that ``path`` holds.

    Raises MirageError, naming the line, if it is absent, in conflict, newer or broken.
    """
    return parse(_text(path), path)


def parse(text: str, path: Path) -> Registry:
    """The registry that ``text`` tells, which is or was at ``path``; raises as `load` does."""
    collects = gc.isenabled()
    gc.disable()  # nothing here can be garbage, and looking for it doubles the time
    try:
        return _registry(text, path)
    finally:
        if collects:
            gc.enable()


def order(fact: Fact) -> tuple[str, ...]:
    """The place of a fact among others: by id, then by what tells facts of one id apart."""
    source = fact.source
    return (fact.id, fact.unit, source.artifact, source.pointer, fact.value)


def _name(population: Population) -> tuple[str, str]:
    return population.family, population.name


def _registry(text: str, path: Path) -> Registry:
    name = str(path)
    _refuse_conflict(text, path)
    if not text.endswith("\n"):
        raise _cut_short(name)
    header, *items = _items(text, name)
    _check_header(header, name)
    if items[-1:] != [_END]:
        raise _cut_short(name)
    del items[-1]
    kinds: dict[str, list[Any]] = {kind: [] for kind in MAKERS}
    for number, item in enumerate(items, start=2):
        try:
            kinds[item[0]].append(MAKERS[item[0]](item))
        except (LookupError, TypeError, ValueError, AttributeError):
            raise _broken(name, number) from None
    return Registry(
        families=tuple(kinds["family"]),
        populations=tuple(kinds["population"]),
        artifacts=tuple(kinds["artifact"]),
        facts=tuple(kinds["fact"]),
        claims_digest=header["claims"],
        units=tuple(kinds["unit"]),
    )


def _cut_short(name: str) -> MirageError:
    return MirageError(name, "is cut short", f"restore it, or delete it and {_REBUILD}")


def _refuse_conflict(text: str, path: Path) -> None:
    for mark in _CONFLICT:
        if text.startswith(mark) or f"\n{mark}" in text:
            line = f"\n{text}".partition(f"\n{mark}")[0].count("\n") + 1
            mend = f"keep one side (git checkout --ours {path.name}), then {_REBUILD}"
            raise MirageError(f"{path}:{line}", "holds merge conflict markers", mend)


def _text(path: Path) -> str:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            mend = f"put a lock there, or {_REBUILD}"
            raise MirageError(str(path), "cannot be read (no regular file)", mend)
        if status.st_size > MAX_BYTES:
            raise MirageError(
                str(path), f"is larger than {MAX_BYTES:,} bytes, the most that is read"
            )
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        raise MirageError(str(path), "is absent", _REBUILD) from None
    except UnicodeDecodeError:
        raise MirageError(
            str(path), "is not UTF-8", f"restore it, or delete it and {_REBUILD}"
        ) from None
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
        raise MirageError(str(path), problem, f"put a lock there, or {_REBUILD}") from None


def _items(text: str, name: str) -> list[Any]:
    """All lines at once: one call of the parser costs far less than one for each."""
    body = text[:-1]
    try:
        items: list[Any] = json.loads(f"[{body.replace(chr(10), ',')}]")
        if len(items) == body.count("\n") + 1:
            return items
    except (ValueError, RecursionError):
        pass
    raise _broken(name, _first_broken(body.split("\n")))


def _first_broken(lines: list[str]) -> int:
    for number, line in enumerate(lines, start=1):
        try:
            json.loads(line)
        except (ValueError, RecursionError):
            return number
    return len(lines)


def _broken(name: str, number: int) -> MirageError:
    return MirageError(
        f"{name}:{number}", "is no line of a lock", f"restore it, or delete it and {_REBUILD}"
    )


def _check_header(header: Any, name: str) -> None:
    version = header.get("lock") if isinstance(header, dict) else None
    if isinstance(version, int) and version > VERSION:
        problem = f"is version {version}, newer than this mirage-lint reads ({VERSION})"
        raise MirageError(name, problem, "upgrade mirage-lint")
    if version is not VERSION or not isinstance(header.get("claims"), str):
        raise _broken(name, 1)
