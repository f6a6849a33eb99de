"""A draft of ``claims.toml`` for a repository, with the registry that it gives."""

import re
from pathlib import Path
from typing import NamedTuple

from mirage_lint.core.facts import Registry
from mirage_lint.drafting import families, finds, pools, written
from mirage_lint.drafting.families import Family, Grouped
from mirage_lint.errors import MirageError
from mirage_lint.registry import paths
from mirage_lint.registry.build import built
from mirage_lint.registry.reach import Reach

_TITLE = re.compile(r"^#[ \t]+(.{1,80}?)[ \t]*#*[ \t]*$", re.MULTILINE)
_MARKUP = re.compile(r"!?\[|\]\([^)]*\)|<[^>]*>|[*_`#]")
_README_HEAD = 2**14
_NOTHING = Registry((), (), (), (), "")


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
    found = found._replace(left_out=tuple(one for one in found.left_out if not _is_in(one, tables)))
    grouped = families.grouped(found, tables, _title(root))
    kept = _buildable(grouped, claims)
    text = written.text(kept)
    registry = built(text.encode(), claims, None).registry if kept.families else _NOTHING
    unsure = kept.unsure
    if not found.is_whole:
        unsure = (*unsure, "the repository is large: only the files near its root were looked at")
    return Draft(text, registry, unsure, kept.left_out)


def _is_in(left_out: tuple[str, str], tables: list[pools.Draft]) -> bool:
    """Whether what is no table by itself is part of one."""
    path, _ = left_out
    return any(
        one.artifact == path or (paths.opened(one.artifact, path) and path not in one.exclude)
        for one in tables
    )


def _buildable(grouped: Grouped, claims: Path) -> Grouped:
    if not grouped.families or _problem(grouped, claims) is None:
        return grouped
    kept: list[Family] = []
    left_out = list(grouped.left_out)
    for family in grouped.families:
        problem = _problem(grouped._replace(families=(family,)), claims)
        if problem is None:
            kept.append(family)
        else:
            left_out.append((", ".join(_sources(family)), problem))
    return grouped._replace(families=tuple(kept), left_out=tuple(left_out))


def _problem(grouped: Grouped, claims: Path) -> str | None:
    """Why a draft cannot be built; None where it can."""
    try:
        built(written.text(grouped).encode(), claims, None)
    except MirageError as error:
        return error.problem
    return None


def _sources(family: Family) -> tuple[str, ...]:
    return (*family.artifacts, *(table.artifact for table in family.tables))


def _title(root: Path) -> str:
    """What a repository is called: the first heading of its README, or its folder."""
    try:
        with (root / "README.md").open("rb") as file:
            head = file.read(_README_HEAD).decode("utf-8", "replace")
    except OSError:
        head = ""
    found = _TITLE.search(head)
    told = _MARKUP.sub("", found[1]).strip() if found else ""
    name = "".join(char for char in told if char.isprintable())
    return name or root.resolve().name or "repository"
