"""Where a document's registry is: ``claims.toml`` in a folder above, and the lock beside it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from mirage_lint.core.digest import mark
from mirage_lint.core.facts import Registry
from mirage_lint.core.record import NamedTuple
from mirage_lint.errors import MirageError
from mirage_lint.registry import lock

CLAIMS = "claims.toml"
_MOST_BYTES = 2**20


class Home(NamedTuple):
    """A claims.toml with what its lock holds; stale where the lock was built from another."""

    claims: Path
    registry: Registry
    is_stale: bool


def find(start: Path) -> Path:
    """The nearest claims.toml in ``start`` or above, as people would write its path from here."""
    try:
        folder = start.resolve()
        for parent in (folder, *folder.parents):
            if (parent / CLAIMS).is_file():
                return _near(parent / CLAIMS)
    except (OSError, RuntimeError):  # a name too long, or links that go round in a circle
        raise MirageError(str(start), "is no folder that can be read", "check the path") from None
    problem = f"no {CLAIMS} here or in a folder above"
    raise MirageError(str(start), problem, "run `mirage-lint init` to draft one")


def require(claims: Path) -> Path:
    """``claims`` itself; raises MirageError where it is no regular file."""
    try:
        is_file = stat.S_ISREG(claims.stat().st_mode)
    except (OSError, ValueError) as error:
        raise _unreadable(claims, error) from None
    if not is_file:
        raise MirageError(str(claims), "is not a regular file", f"name a {CLAIMS}")
    return claims


def open_at(claims: Path) -> Home:
    """The registry of ``claims``; raises MirageError where the lock or claims.toml is broken."""
    data = _start(require(claims))
    registry = lock.load(claims.with_suffix(".lock"))
    is_stale = registry.claims_digest != mark(data)
    if is_stale:
        # Only here, since it costs more than the check: a broken file is told as what it is.
        from mirage_lint.registry import schema

        schema.parse(data, str(claims))
    return Home(claims, registry, is_stale)


def _start(claims: Path) -> bytes:
    """The file, or of one that is larger than any that is valid as much as shows that."""
    try:
        with claims.open("rb") as file:
            return file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise _unreadable(claims, error) from None


def _unreadable(claims: Path, error: OSError | ValueError) -> MirageError:
    problem = f"cannot be read ({getattr(error, 'strerror', None) or error})"
    return MirageError(str(claims), problem, f"name a {CLAIMS} that can be read")


def _near(path: Path) -> Path:
    """``path`` from the working directory, where it does not lie far above it."""
    try:
        relative = Path(os.path.relpath(path))
    except ValueError:  # another drive
        return path
    return path if relative.parts.count("..") > 2 else relative
