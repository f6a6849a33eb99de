"""Families by pattern: ``[families.NAME]`` makes one for each folder or file that matches."""

import fnmatch
import re
from collections.abc import Iterable
from glob import escape
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from mirage_lint.errors import MirageError
from mirage_lint.registry import paths
from mirage_lint.registry.reach import Reach
from mirage_lint.registry.schema import Claims, FamiliesEntry, FamilyEntry

_NO_NAME = re.compile(r"[^\w-]+")
_MOST_LETTERS = 100


class _Match(NamedTuple):
    """A folder or file with its name, which of a file is without its ending."""

    path: str
    name: str


def expanded(claims: Claims, reach: Reach, old: Iterable[str]) -> Claims:
    """``claims`` with the families of its patterns among the others.

    ``old`` are the paths of the last lock: they tell the folders of a pattern that matches nothing
    here. A family that is written out in ``[family]`` stands for itself. Raises MirageError where
    a pattern makes no family, or two of one name.
    """
    made: dict[str, FamilyEntry] = {}
    places, known = claims.places, list(old)
    for key in sorted(claims.file.families):
        entry, where = claims.file.families[key], places.at("families", key)
        for name, family in _families(entry, reach, known, where).items():
            if name in made:
                problem = f"a second family '{name}' is made by '{entry.each}'"
                raise MirageError(where, problem, "rename its folder, or narrow a pattern")
            if name not in claims.file.family:
                made[name] = family
                places = places.also(("family", name), ("families", key))
    file = claims.file.model_copy(update={"family": claims.file.family | made})
    return Claims(file, places)


def _families(
    entry: FamiliesEntry, reach: Reach, old: list[str], where: str
) -> dict[str, FamilyEntry]:
    sources: dict[str, str] = {}
    found: dict[str, FamilyEntry] = {}
    for match in _matches(entry, reach, old, where):
        family = _with_present(_family(entry, match), reach, old, where)
        if family is None:
            continue
        name = _NO_NAME.sub("-", match.name).strip("-")[:_MOST_LETTERS]
        if not name:
            raise MirageError(where, f"'{match.path}' has no letter to be named by", "rename it")
        if name in found:
            problem = f"'{sources[name]}' and '{match.path}' both make family '{name}'"
            raise MirageError(where, problem, "rename one")
        found[name], sources[name] = family, match.path
    if not found:
        raise MirageError(where, f"'{entry.each}' makes no family", "correct the pattern")
    return found


def _matches(entry: FamiliesEntry, reach: Reach, old: list[str], where: str) -> list[_Match]:
    """The folders that the pattern matches, else the files; none that are hidden or excluded."""
    pattern = paths.normal(entry.each)
    found = [_Match(path, _last(path)) for path in reach.folders(pattern, where)]
    if not found:
        found = [_file(path) for path in reach.files(pattern, where)]
    if not found:
        found = _remembered(pattern, old)
    found = [match for match in found if not match.name.startswith(".")]
    listed = [match.path for match in found]
    left_out = {path for each in entry.exclude for path in paths.named(listed, each)}
    return sorted(match for match in found if match.path not in left_out)


def _remembered(pattern: str, old: list[str]) -> list[_Match]:
    depth = len(PurePosixPath(pattern).parts)
    found = set()
    for path in old:
        outer = PurePosixPath(path.partition("::")[0])
        top = "/".join(outer.parts[:depth])
        if fnmatch.fnmatchcase(top, pattern):
            found.add(_file(top) if top == str(outer) else _Match(top, _last(top)))
    return list(found)


def _last(path: str) -> str:
    return PurePosixPath(path).name


def _file(path: str) -> _Match:
    return _Match(path, PurePosixPath(path).stem)


def _family(entry: FamiliesEntry, match: _Match) -> FamilyEntry:
    """The family of one match, which its name is an alias of, unless that is a bare number."""
    tree = _filled(entry.model_dump(exclude={"each", "exclude"}, exclude_defaults=True), match)
    aliases = tree.get("aliases", ())
    if any(map(str.isalpha, match.name)):
        tree["aliases"] = tuple(dict.fromkeys((match.name, *aliases)))
    return FamilyEntry.model_validate(tree)


def _filled(value: Any, match: _Match) -> Any:
    """``value`` with ``{path}`` and ``{name}`` written out in all its texts."""
    if isinstance(value, dict):
        return {key: _filled(item, match) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_filled(item, match) for item in value)
    if not isinstance(value, str):
        return value
    path, name = map(escape, match) if "*" in value else match
    return value.replace("{path}", path).replace("{name}", name)


def _with_present(
    family: FamilyEntry, reach: Reach, old: list[str], where: str
) -> FamilyEntry | None:
    """The family with those of its artifacts that there are; None where there is none of several.

    Runs differ in what they leave behind, and a folder that has nothing of it is no run.
    """
    present = tuple(each for each in family.artifacts if _is_present(each, reach, old, where))
    if family.artifacts and not present:
        return None
    return family.model_copy(update={"artifacts": present})


def _is_present(entry: str, reach: Reach, old: list[str], where: str) -> bool:
    path = paths.normal(entry)
    if fnmatch.filter(old, path) or path in old:
        return True
    outer = path.partition("::")[0]
    if "*" in outer:
        return bool(reach.files(outer, where))
    return reach.has(outer)
