"""Where claims.toml speaks of a fact, and of which facts one of its lines speaks."""

import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from mirage_lint.core import words
from mirage_lint.core.facts import Fact, Registry
from mirage_lint.registry.places import Path, Places

_STRING = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")


def line_of(fact: Fact, text: str) -> int:
    """The line (from 0) of claims.toml that brings a fact: its entry, its table, its artifact, or
    its family; the first where the file cannot be read.
    """
    family, places = _family(text, fact.family), Places("", text)
    for kind in ("fact", "table"):
        for number, entry in enumerate(_entries(family, kind)):
            if _brings(entry, kind, fact):
                return _line(places, ("family", fact.family, kind, number))
    first = _line(places, ("family", fact.family))
    if fact.source.artifact == "claims.toml":
        return _line(places, tuple(fact.source.pointer.split(".")))
    for number, line in enumerate(text.split("\n")[first:], first):
        for match in _STRING.finditer(line):
            if _is_of(fact.source.artifact, match[1] or match[2] or ""):
                return number
    return first


def facts_at(text: str, line: int, registry: Registry) -> list[Fact]:
    """The facts that a line of claims.toml (from 0) speaks of, by the entry that it stands in."""
    path = Places("", text).path(line + 1)
    if len(path) < 2 or path[0] != "family":
        return []
    own = [one for one in registry.facts if one.family == path[1]]
    match path[2:]:
        case ("fact" | "table" as kind, int(number), *_):
            entries = list(_entries(_family(text, str(path[1])), kind))
            entry = entries[number] if number < len(entries) else {}
            return [one for one in own if _brings(entry, kind, one)]
        case ("population", name, *_):
            return [one for one in own if one.population == name]
        case ("artifacts", *_):
            lines = text.split("\n")[line : line + 1]
            said = [one[1] or one[2] for each in lines for one in _STRING.finditer(each)]
            return [one for one in own if any(_is_of(one.source.artifact, each) for each in said)]
    return own


def _family(text: str, name: str) -> dict[str, Any]:
    """What is written of a family; nothing where the file cannot be read."""
    try:
        tree = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return _dict(_dict(tree.get("family")).get(name))


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _entries(family: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    entries = family.get(kind)
    yield from map(_dict, entries if isinstance(entries, list) else ())


def _brings(entry: dict[str, Any], kind: str, fact: Fact) -> bool:
    """Whether an entry is the one that a fact is of."""
    if not _is_of(fact.source.artifact, str(entry.get("artifact", ""))):
        return False
    if kind == "table":
        keys = entry.get("keys")
        keys = keys if isinstance(keys, list) else []
        told = entry.get("columns")
        column = fact.source.pointer.rpartition("/")[2]
        is_told = not isinstance(told, list) or column in told
        return is_told and all(f"{key}=" in fact.source.pointer for key in keys)
    wanted = {(key, str(value)) for key, value in _dict(entry.get("dimensions")).items()}
    names = {words.key(name) for name in (fact.metric, *fact.names)}
    return (
        words.key(str(entry.get("metric", ""))) in names
        and str(entry.get("population", "")) == fact.population
        and wanted <= set(fact.dimensions)
    )


def _is_of(artifact: str, pattern: str) -> bool:
    return bool(pattern) and (artifact == pattern or fnmatchcase(artifact, pattern))


def _line(places: Places, path: Path) -> int:
    """A line from 0."""
    found = places.at(*path).rpartition(":")[2]
    return int(found) - 1 if found else 0
