"""Run families: finds that belong together by folder, lineage and model, with names for them."""

from collections.abc import Iterable
from typing import NamedTuple

from mirage_lint.core import words
from mirage_lint.drafting import naming, roles
from mirage_lint.drafting.found import Finds, Role, Told
from mirage_lint.drafting.pools import Draft
from mirage_lint.drafting.runs import Group, Reasons, is_within
from mirage_lint.drafting.runs import grouped as grouped_runs

MAX_FAMILIES = 40
"""Families of a draft: what is beyond is left to people."""

_MOST_LOOSE = 8
"""Families of tables alone; where a repository would have more, they are one."""
_MOST_RUNS = 12
"""Families of one folder that only the names of their files tell apart."""
_OF_TABLES = "results"


class Family(NamedTuple):
    """A run family as it is drafted; ``why`` says what it was made of, for a comment."""

    name: str
    title: str
    why: str
    artifacts: tuple[str, ...]
    tables: tuple[Draft, ...]
    roles: tuple[Role, ...] = ()


class Grouped(NamedTuple):
    """The families in order of name, what is left out with the reason, and what is unsure."""

    families: tuple[Family, ...]
    left_out: tuple[tuple[str, str], ...]
    unsure: tuple[str, ...]


def grouped(found: Finds, tables: Iterable[Draft], title: str) -> Grouped:
    """Families of all finds; ``title`` is what the repository is called."""
    runs, older = grouped_runs(found.told)
    tabled, unnamed = _tabled(tables, runs)
    groups = [*runs, *(_apart(tabled, runs[0]) if len(runs) == 1 else tabled)]
    scripts = _scripts(found.scripts, groups)
    odd = _roles(found.roles, groups)
    denied = _settled(groups[:MAX_FAMILIES])
    named = _named(groups[:MAX_FAMILIES], title)
    beyond = [(group.folder or ".", "one run too many for a draft") for group in groups]
    earlier = {path for path, _ in older}
    others = [one for one in found.left_out if one[0] not in earlier]
    left_out = (*older, *unnamed, *beyond[MAX_FAMILIES:], *scripts, *odd, *others, *denied)
    return Grouped(tuple(named), left_out, tuple(_unsure(named, groups)))


# -- tables and scripts ----------------------------------------------------------------------------


def _tabled(tables: Iterable[Draft], runs: list[Group]) -> tuple[list[Group], Reasons]:
    """Tables join the run in whose folder they lie; those of one folder that tell different
    things are one family, those that tell the same of other runs one each.
    """
    folders: dict[str, list[Draft]] = {}
    for table in sorted(tables):
        run = _run_around(table, runs)
        if run:
            run.tables.append(table)
        else:
            folders.setdefault(_open_folder(table.artifact), []).append(table)
    groups: list[Group] = []
    left_out: Reasons = []
    for folder, beside in sorted(folders.items()):
        split = _by_run(folder, beside)
        if len(split) > _MOST_RUNS:
            reason = "runs that no column tells apart: name those that documents tell of"
            kept = [table for table in beside if _is_of_many(table)]
            lost = {table.artifact for table in beside} - {table.artifact for table in kept}
            left_out += [(folder or ".", f"{len(lost)} {reason}")] if lost else []
            split = _by_run(folder, kept)
        groups += [group for group in split[:_MOST_RUNS] if group.tables]
    return (_together(groups) if len(groups) > _MOST_LOOSE else groups), left_out


def _is_of_many(table: Draft) -> bool:
    """Whether a table tells of several runs, or rows, itself, and so beside files of one each."""
    return table.files > 1 or table.rows > 1


def _apart(groups: Iterable[Group], run: Group) -> list[Group]:
    """The groups of tables that tell of other runs than the only one: the rest joins it."""
    kept = []
    for group in groups:
        if any(_clashes(table, run.tables) for table in group.tables):
            kept.append(group)
        else:
            run.tables += group.tables
    return kept


def _together(groups: Iterable[Group]) -> list[Group]:
    """All tables as one family: between many, which is meant is more than prose tells. Numbers of a
    single run stay by themselves, as they would be read as those of all, and are called by their
    whole path: a file's name is that of many runs, as "fold_0" is.
    """
    whole = Group("")
    whole.hint = _OF_TABLES
    lone = []
    for group in groups:
        whole.tables += [table for table in group.tables if table.shape.keys]
        group.tables = [table for table in group.tables if not table.shape.keys]
        if group.tables:
            group.path = group.tables[0].artifact.rpartition(".")[0]
            lone.append(group)
    return [whole, *lone] if whole.tables else lone


def _run_around(table: Draft, runs: list[Group]) -> Group | None:
    """The run in whose folder a table lies, or in a folder below."""
    folder = _open_folder(table.artifact)
    around = [one for one in runs if one.folder == folder]
    around += [one for one in reversed(runs) if one.folder and is_within(folder, one.folder)]
    return next((one for one in around if not _clashes(table, one.tables)), None)


def _by_run(folder: str, tables: list[Draft]) -> list[Group]:
    """One group for a folder, or one a file where its files tell the same of different runs."""
    whole = Group(folder)
    for table in tables:
        if _clashes(table, whole.tables):
            break
        whole.tables.append(table)
    else:
        return [whole]
    files: dict[str, Group] = {}
    for table in tables:
        group = files.setdefault(table.artifact, Group(folder))
        group.hint = naming.base(table.artifact)
        group.tables.append(table)
    return list(files.values())


def _open_folder(pattern: str) -> str:
    """The folder that all files of a pattern lie in."""
    folders = pattern.split("/")[:-1]
    return "/".join(folders[: folders.index("*")] if "*" in folders else folders)


def _clashes(table: Draft, others: Iterable[Draft]) -> bool:
    """Whether a table tells much else of the same rows than another: of another run."""
    for one in others:
        fewer = min(len(one.shape.metrics), len(table.shape.metrics))
        if one.artifact != table.artifact and 2 * len(_denied(table, one)) >= fewer:
            return True
    return False


def _denied(table: Draft, other: Draft) -> set[str]:
    """The measures of a table that another tells otherwise of the same rows."""
    if (table.shape.keys, table.shared) != (other.shape.keys, other.shared):
        return set()
    told = {(row, metric): value for row, metric, value in other.cells}
    return {metric for row, metric, value in table.cells if told.get((row, metric), value) != value}


def _settled(groups: Iterable[Group]) -> Reasons:
    """Tables of a run are left with what no other of it denies; what they lose by it is told."""
    lost: Reasons = []
    for group in groups:
        if group.hint != _OF_TABLES:
            kept = _told_once(group.tables)
            told = {(one.artifact, one.expression): one.shape.metrics for one in kept}
            lost += [pair for one in group.tables for pair in _lost(one, told)]
            group.tables = list(kept)
    return lost


def _lost(table: Draft, told: dict[tuple[str, str], tuple[str, ...]]) -> Reasons:
    """What a table loses where only ``told`` is left of each."""
    kept = told.get((table.artifact, table.expression), ())
    lost = [metric for metric in table.shape.metrics if metric not in kept]
    shown = ", ".join(lost[:3]) + (", …" if len(lost) > 3 else "")
    reason = "told otherwise by another table of the same rows: give one of them a family"
    return [(table.artifact, f"{shown}: {reason}")] if lost else []


def _told_once(tables: Iterable[Draft]) -> tuple[Draft, ...]:
    """Tables of one family, each without the measures that one before tells otherwise."""
    kept: list[Draft] = []
    for table in tables:
        denied = {metric for one in kept for metric in _denied(table, one)}
        metrics = tuple(one for one in table.shape.metrics if one not in denied)
        if len(metrics) == len(table.shape.metrics):
            kept.append(table)
        elif metrics and not table.shape.value:
            kept.append(
                table._replace(shape=table.shape._replace(metrics=metrics, has_others=True))
            )
    return tuple(kept)


def _scripts(scripts: Iterable[Told], groups: list[Group]) -> Reasons:
    """Scripts join the one run whose base model they set; the others are left out."""
    left_out = []
    for one in scripts:
        runs = [group for group in groups if one.model and one.model in group.models]
        if len(runs) == 1:
            runs[0].told.append(one)
        elif len(set(one.fields)) > 1:
            fields = ", ".join(tuple(dict.fromkeys(one.fields))[:3])
            left_out.append((one.path, f"a script that sets {fields}: of which run?"))
    return left_out


def _roles(found: Iterable[Role], groups: list[Group]) -> Reasons:
    """Models by their roles join the only family, or are one; conflicting ones are left out."""
    kept, left_out = roles.settled(found)
    if kept and len(groups) != 1:
        groups.insert(0, Group(""))
    if kept:
        groups[0].roles = kept
    return left_out


# -- names -----------------------------------------------------------------------------------------


def _named(groups: list[Group], title: str) -> list[Family]:
    taken: set[str] = set()
    families = []
    for group in groups:
        label = _label(group, title, is_lone=len(groups) == 1)
        name = _unique(label, group.folder, taken)
        taken.add(name)
        artifacts = tuple(sorted(one.path for one in group.told))
        tables, told = tuple(group.tables), tuple(group.roles)
        families.append(Family(name, label, _why(group), artifacts, tables, told))
    return sorted(families, key=lambda family: family.name)


def _label(group: Group, title: str, is_lone: bool) -> str:
    """What a run is called: its folder, or its only table, where that is no word for folders.

    Beside other families, a name of one word gets another: it would be found all over the prose.
    """
    if group.path:
        return group.path
    folders = [part for part in group.folder.split("/") if not naming.is_plain(part)]
    sources = [group.hint] if group.hint else [table.artifact for table in group.tables]
    stems = list(dict.fromkeys(naming.stem(source) for source in sources))
    stems = stems if len(stems) == 1 else []
    named = [] if group.hint else folders[-1:]
    label = next((one for one in (*named, *stems) if not naming.is_plain(one)), title)
    if group.told or group.roles or is_lone or (label != title and len(words.split(label)) > 1):
        return label
    stem = next(iter(stems), title) if label == title and not group.hint else label
    return f"{stem} {_OF_TABLES}"


def _unique(label: str, folder: str, taken: set[str]) -> str:
    name = naming.slug(label)
    parts = folder.split("/")
    while name in taken and parts:
        name = naming.slug(f"{parts.pop()}_{name}")
    number = 2
    while name in taken:
        name, number = f"{naming.slug(label)}_{number}", number + 1
    return name


def _why(group: Group) -> str:
    """What the family was made of: "PEFT adapter config, trainer state; base model org/name"."""
    named = [one.format for one in group.told] + [one.format for one in group.tables]
    named += ["models by their roles"] if group.roles else []
    formats = dict.fromkeys(named)
    told = ", ".join(formats)
    models = " and ".join(sorted(group.models))
    return f"{told}; base model {models}" if models else told


def _unsure(families: list[Family], groups: list[Group]) -> Iterable[str]:
    for group in groups:
        if len(group.models) > 1:
            yield f"{group.folder or '.'} names {len(group.models)} base models"
    runs = [family.name for family in families if family.artifacts]
    if len(runs) > 1:
        shown = ", ".join(runs[:5]) + (", …" if len(runs) > 5 else "")
        yield f"{len(runs)} runs ({shown}): give each the aliases that prose has for it"
