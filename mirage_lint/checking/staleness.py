"""What is to be told of a lock that is not what `build` would write."""

from pathlib import Path

from mirage_lint.core.facts import Registry
from mirage_lint.rules import stale_lock


def staleness(place: Path, old: Registry | None, new: Registry, text: str) -> list[str]:
    """Lines of what changed between the lock at ``place``, which holds ``old``, and ``text``, which
    holds ``new``; none where they are the same.
    """
    if old is None:
        return [f"{place.name} is absent; run `mirage-lint build`"]
    if place.read_bytes().replace(b"\r\n", b"\n") == text.encode():
        return []
    from mirage_lint.registry.compare import changes

    found = changes(old, new) or ("its form is not the one that build writes",)
    head = f"{stale_lock.CODE} {place.name} is stale; run `mirage-lint build`"
    return [head, *(f"  {line}" for line in found)]
