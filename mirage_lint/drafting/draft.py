"""A draft of ``claims.toml`` for a repository, with the registry that it gives."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from mirage_lint.core.facts import Registry
from mirage_lint.drafting import families, finds, pools, written
from mirage_lint.drafting.families import Family, Grouped
from mirage_lint.errors import MirageError
from mirage_lint.registry import paths
from mirage_lint.registry.build import Built, built, odd_value
from mirage_lint.registry.reach import Reach

_TITLE = re.compile(r"^#[ \t]+(.{1,80}?)[ \t]*#*[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]{0,8}(?:```|~~~)", re.MULTILINE)
_MARKUP = re.compile(r"!?\[|\]\([^()\]]*\)|<[^<>]*>|[*_`#]")
_README_HEAD = 2**14
_NOTHING = Built(Registry((), (), (), (), ""), (), (), (), is_lasting=False)


class Draft(NamedTuple):
    """The text of ``claims.toml``, its registry, and what a person should look at."""

    text: str
    registry: Registry
    unsure: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def draft(claims: Path) -> Draft:
    """What ``claims`` could hold for the repository in its folder; nothing is written.

    A family that cannot be built is left out, with the reason. Raises MirageError where the
    folder cannot be read.
    """
    root = claims.parent
    found = finds.find(root)
    tables = pools.pooled(found.tables, found.broken, Reach(root))
    found = found._replace(left_out=_apart(found.left_out, tables))
    grouped = families.grouped(found, tables, _title(root))
    kept, made = _buildable(grouped, claims)
    unsure = (*kept.unsure, *(f"{path}: {odd_value(odd)}" for path, odd in made.odd))
    if not found.is_whole:
        unsure = (*unsure, "the repository is large: only the files near its root were looked at")
    return Draft(written.text(kept), made.registry, unsure, kept.left_out)


def _apart(
    left_out: Iterable[tuple[str, str]], tables: list[pools.Draft]
) -> tuple[tuple[str, str], ...]:
    """What was left out, less what is no table by itself and part of one."""
    whole = {one.artifact for one in tables}
    # Many tables are of the same files.
    patterns = {(one.artifact, one.exclude) for one in tables if "*" in one.artifact}
    return tuple(
        (path, why)
        for path, why in left_out
        if path not in whole
        and not any(
            paths.opened(pattern, path) and path not in exclude for pattern, exclude in patterns
        )
    )


def _buildable(grouped: Grouped, claims: Path) -> tuple[Grouped, Built]:
    """The draft less the families that cannot be built, and what it gives."""
    try:
        return grouped, _built(grouped, claims)
    except MirageError:
        pass
    kept: list[Family] = []
    left_out = list(grouped.left_out)
    for family in grouped.families:
        try:
            _built(grouped._replace(families=(family,)), claims)
            kept.append(family)
        except MirageError as error:
            left_out.append((", ".join(_sources(family)), error.problem))
    rest = grouped._replace(families=tuple(kept), left_out=tuple(left_out))
    return rest, _built(rest, claims)


def _built(grouped: Grouped, claims: Path) -> Built:
    """What a draft gives; raises MirageError where it cannot be built."""
    if not grouped.families:
        return _NOTHING
    return built(written.text(grouped).encode(), claims, None)


def _sources(family: Family) -> tuple[str, ...]:
    tables = (table.artifact for table in family.tables)
    return (*family.artifacts, *tables, *(role.path for role in family.roles))


def _title(root: Path) -> str:
    """What a repository is called: the first heading of its README, or its folder."""
    try:
        with (root / "README.md").open("rb") as file:
            head = file.read(_README_HEAD).decode("utf-8", "replace")
    except OSError:
        head = ""
    found = _TITLE.search("".join(_FENCE.split(head)[::2]))  # what stands in code is no heading
    told = _MARKUP.sub("", found[1]).strip() if found else ""
    name = "".join(char for char in told if char.isprintable())
    return name or root.resolve().name or "repository"
