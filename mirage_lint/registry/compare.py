"""What changed between two registries, a line for each change."""

from collections.abc import Iterator
from typing import TypeVar

from mirage_lint.core.facts import Artifact, Fact, Registry

_Group = dict[tuple[str, str], list[Fact]]
_T = TypeVar("_T")


def changes(old: Registry, new: Registry) -> tuple[str, ...]:
    """Lines, in order: claims.toml, artifacts, families and populations, facts.

    A fact's line is ``run.rank: 8 -> 16 (adapter_config.json /r)``.
    """
    return (
        *_claims(old, new),
        *_artifacts(old, new),
        *_named("family", {x.name: x for x in old.families}, {x.name: x for x in new.families}),
        *_named("population", _populations(old), _populations(new)),
        *_facts(old, new),
    )


def _claims(old: Registry, new: Registry) -> Iterator[str]:
    if old.claims_digest != new.claims_digest:
        yield "claims.toml changed since the lock was written"


def _artifacts(old: Registry, new: Registry) -> Iterator[str]:
    before, after = _paths(old), _paths(new)
    for path in sorted(before.keys() | after.keys()):
        if path not in before:
            yield f"added artifact {path}"
        elif path not in after:
            yield f"removed artifact {path}"
        elif before[path].digest != after[path].digest:
            yield f"artifact {path}: {before[path].digest[:12]} -> {after[path].digest[:12]}"
        elif before[path] != after[path]:
            yield f"artifact {path}: its families or its tier changed"


def _paths(registry: Registry) -> dict[str, Artifact]:
    return {artifact.path: artifact for artifact in registry.artifacts}


def _populations(registry: Registry) -> dict[str, object]:
    return {f"{each.family}[{each.name}]": each for each in registry.populations}


def _named(what: str, before: dict[str, _T], after: dict[str, _T]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            yield f"added {what} {name}"
        elif name not in after:
            yield f"removed {what} {name}"
        elif before[name] != after[name]:
            yield f"{what} {name} is described differently"


def _facts(old: Registry, new: Registry) -> Iterator[str]:
    before, after = _grouped(old), _grouped(new)
    for key in sorted(before.keys() | after.keys()):
        mine, theirs = before.get(key, []), after.get(key, [])
        gone = [fact for fact in mine if fact not in theirs]
        come = [fact for fact in theirs if fact not in mine]
        yield from _pairs(gone, come)


def _grouped(registry: Registry) -> _Group:
    groups: _Group = {}
    for fact in registry.facts:
        groups.setdefault((fact.id, fact.unit), []).append(fact)
    return groups


def _pairs(gone: list[Fact], come: list[Fact]) -> Iterator[str]:
    """Facts of one id: those of one place are one fact that changed, so are two lone ones."""
    rest = list(come)
    for old in gone:
        new = next((fact for fact in rest if _place(fact) == _place(old)), None)
        if new is None and len(gone) == len(come) == 1:
            new = come[0]
        if new is None:
            yield f"removed {old.id}: {old.value} ({old.source})"
        else:
            rest.remove(new)
            yield _changed(old, new)
    for fact in rest:
        yield f"added {fact.id}: {fact.value} ({fact.source})"


def _place(fact: Fact) -> tuple[str, str]:
    return fact.source.artifact, fact.source.pointer


def _changed(old: Fact, new: Fact) -> str:
    if old.value != new.value:
        return f"{new.id}: {old.value} -> {new.value} ({new.source})"
    if old.source != new.source:
        return f"{new.id}: {new.value} now from {new.source}, was from {old.source}"
    if old.overruled != new.overruled:
        return f"{new.id}: {new.value} ({new.source}), what it wins over changed"
    return f"{new.id}: {new.value} ({new.source}), its names or parts changed"
