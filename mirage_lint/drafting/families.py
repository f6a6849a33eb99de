"""Run families: finds that belong together by folder, lineage and model, with names for them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from mirage_lint import vocabulary
from mirage_lint.core import words
from mirage_lint.drafting import listing, naming, pools
from mirage_lint.drafting.finds import Finds, Table, Told
from mirage_lint.drafting.pools import Draft

MAX_FAMILIES = 40
"""Families of a draft: what is beyond is left to people."""

_Reasons = list[tuple[str, str]]
_MOST_LOOSE = 8
"""Families of tables alone; where a repository would have more, they are one."""
_MOST_RUNS = 12
"""Families of one folder that only the names of their files tell apart."""
_OF_TABLES = "results"
_NUMBERED = re.compile(r"([a-z]+(?:[-_][a-z]+)*)[-_]?(\d+)", re.IGNORECASE)


class Family(NamedTuple):
    """A run family as it is drafted; ``why`` says what it was made of, for a comment."""

    name: str
    title: str
    why: str
    artifacts: tuple[str, ...]
    tables: tuple[Draft, ...]


class Grouped(NamedTuple):
    """The families in order of name, what is left out with the reason, and what is unsure."""

    families: tuple[Family, ...]
    left_out: tuple[tuple[str, str], ...]
    unsure: tuple[str, ...]


class _Group:
    """What lies in one folder, or below it and is of the same run."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.told: list[Told] = []
        self.tables: list[Draft] = []
        self.hint = ""

    @property
    def models(self) -> set[str]:
        """The base models that it names."""
        return {one.model for one in self.told if one.model}


def grouped(found: Finds, tables: Iterable[Draft], title: str) -> Grouped:
    """Families of all finds; ``title`` is what the repository is called."""
    runs, older = _runs(found.told)
    tabled, unnamed = _tabled(tables, runs)
    groups = [*runs, *(_apart(tabled, runs[0]) if len(runs) == 1 else tabled)]
    scripts = _scripts(found.scripts, groups)
    named = _named(groups[:MAX_FAMILIES], title)
    beyond = [(group.folder or ".", "one run too many for a draft") for group in groups]
    left_out = (*older, *unnamed, *beyond[MAX_FAMILIES:], *scripts, *found.left_out)
    return Grouped(tuple(named), left_out, tuple(_unsure(named, groups)))


# -- runs ------------------------------------------------------------------------------------------


def _runs(told: Iterable[Told]) -> tuple[list[_Group], _Reasons]:
    """Artifacts by the folder of their run, and the earlier states of the same runs."""
    folders: dict[str, list[Told]] = {}
    for one in told:
        folders.setdefault(_run_folder(one.path), []).append(one)
    older: _Reasons = []
    groups: list[_Group] = []
    for folder in sorted(folders, key=lambda name: (name.count("/"), name)):
        group = _Group(folder)
        for one in sorted(folders[folder], key=_lateness):
            if any(_base(kept.path) == _base(one.path) for kept in group.told):
                older.append((one.path, "an earlier state of the run"))
            else:
                group.told.append(one)
                group.tables += map(_logged, one.logs)
        _join(group, groups)
    return groups, older


def _logged(table: Table) -> Draft:
    """A log, with the names that prose has for what trainers log."""
    draft = pools.single(table)
    logged = vocabulary.load("formats")["trainer_log"]
    known = [column for column in draft.shape.metrics if column in logged]
    names = ((column, _prose(logged[column])) for column in known)
    return draft._replace(names=tuple((column, told) for column, told in names if told))


def _prose(field: str) -> tuple[str, ...]:
    """How prose calls a field that is measured; what is counted, as epochs, is called by that."""
    spec = vocabulary.load("fields")[field]
    return () if spec["unit"] else tuple(name for name in spec["names"] if " " in name)


def _join(group: _Group, groups: list[_Group]) -> None:
    """Keep a group by itself, or with that of a folder above whose run it tells more of."""
    above = [one for one in groups if _is_within(group.folder, one.folder)]
    for one in reversed(above):
        names = {_base(told.path) for told in one.told}
        same = not group.models or group.models <= one.models
        if same and not any(_base(told.path) in names for told in group.told):
            one.told += group.told
            one.tables += group.tables
            return
    groups.append(group)


def _run_folder(path: str) -> str:
    """The folder of a file, its checkpoints' folders left out."""
    folders = _parts(path)
    while folders and _number(folders[-1]) is not None:
        folders.pop()
    return "/".join(folders)


def _parts(path: str) -> list[str]:
    """The folders of a file, an archive as one of them."""
    return path.replace("::", "/").split("/")[:-1]


def _number(folder: str) -> int | None:
    """The number of a checkpoint's folder; None where it is none: ``checkpoint-250``."""
    found = _NUMBERED.fullmatch(folder)
    told = words.split(found[1]) if found else []
    known = listing.words("checkpoint_words")
    return int(found[2]) if found and told and set(told) <= known and len(found[2]) < 10 else None


def _lateness(one: Told) -> tuple[object, ...]:
    """The run's own files first, then those of its last checkpoint."""
    folders = _parts(one.path)
    number = _number(folders[-1]) if folders else None
    return (len(folders), -(number or 0), one.path)


def _base(path: str) -> str:
    return path.rpartition("/")[2]


def _is_within(folder: str, other: str) -> bool:
    return not other or folder == other or folder.startswith(f"{other}/")


# -- tables and scripts ----------------------------------------------------------------------------


def _tabled(tables: Iterable[Draft], runs: list[_Group]) -> tuple[list[_Group], _Reasons]:
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
    groups: list[_Group] = []
    left_out: _Reasons = []
    for folder, beside in sorted(folders.items()):
        split = _by_run(folder, beside)
        if len(split) > _MOST_RUNS:
            reason = "runs that no column tells apart: name those that documents tell of"
            left_out.append((folder or ".", f"{len(split)} {reason}"))
        else:
            groups += split
    if len(groups) > _MOST_LOOSE:
        whole, lone = _together(groups)
        return [whole] if whole.tables else [], left_out + lone
    return groups, left_out


def _apart(groups: Iterable[_Group], run: _Group) -> list[_Group]:
    """The groups of tables that tell of other runs than the only one: the rest joins it."""
    kept = []
    for group in groups:
        if any(_clashes(table, run.tables) for table in group.tables):
            kept.append(group)
        else:
            run.tables += group.tables
    return kept


def _together(groups: Iterable[_Group]) -> tuple[_Group, _Reasons]:
    """All tables as one family: between many, which is meant is more than prose tells.

    Numbers of a single run are left out: they would be read as those of all.
    """
    whole = _Group("")
    whole.hint = _OF_TABLES
    tables = [table for group in groups for table in group.tables]
    whole.tables = [table for table in tables if table.shape.keys]
    lone = dict.fromkeys(table.artifact for table in tables if not table.shape.keys)
    return whole, [(path, "numbers of one of many runs: give it a family") for path in lone]


def _run_around(table: Draft, runs: list[_Group]) -> _Group | None:
    """The run in whose folder a table lies, or in a folder below."""
    folder = _open_folder(table.artifact)
    around = [one for one in runs if one.folder == folder]
    around += [one for one in reversed(runs) if one.folder and _is_within(folder, one.folder)]
    return next((one for one in around if not _clashes(table, one.tables)), None)


def _by_run(folder: str, tables: list[Draft]) -> list[_Group]:
    """One group for a folder, or one a file where its files tell the same of different runs."""
    whole = _Group(folder)
    for table in tables:
        if _clashes(table, whole.tables):
            break
        whole.tables.append(table)
    else:
        return [whole]
    files: dict[str, _Group] = {}
    for table in tables:
        group = files.setdefault(table.artifact, _Group(folder))
        group.hint = _base(table.artifact)
        group.tables.append(table)
    return list(files.values())


def _open_folder(pattern: str) -> str:
    """The folder that all files of a pattern lie in."""
    folders = pattern.split("/")[:-1]
    return "/".join(folders[: folders.index("*")] if "*" in folders else folders)


def _clashes(table: Draft, others: Iterable[Draft]) -> bool:
    """Whether a table tells the same measures by the same keys as another: of another run."""
    return any(
        one.artifact != table.artifact
        and one.shape.keys == table.shape.keys
        and set(one.shape.metrics) & set(table.shape.metrics)
        for one in others
    )


def _scripts(scripts: Iterable[Told], groups: list[_Group]) -> _Reasons:
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


# -- names -----------------------------------------------------------------------------------------


def _named(groups: list[_Group], title: str) -> list[Family]:
    taken: set[str] = set()
    families = []
    for group in groups:
        label = _label(group, title, is_lone=len(groups) == 1)
        name = _unique(label, group.folder, taken)
        taken.add(name)
        artifacts = tuple(sorted(one.path for one in group.told))
        families.append(Family(name, label, _why(group), artifacts, tuple(group.tables)))
    return sorted(families, key=lambda family: family.name)


def _label(group: _Group, title: str, is_lone: bool) -> str:
    """What a run is called: its folder, or its table, where that is no word for folders.

    Beside other families, a name of one word gets another: it would be found all over the prose.
    """
    folders = [part for part in group.folder.split("/") if not naming.is_plain(part)]
    stems = [naming.stem(group.hint or table.artifact) for table in group.tables]
    named = [] if group.hint else folders[-1:]
    label = next((one for one in (*named, *stems) if not naming.is_plain(one)), title)
    if group.told or is_lone or (label != title and len(words.split(label)) > 1):
        return label
    stem = stems[0] if label == title and not group.hint else label
    return f"{stem or title} {_OF_TABLES}"


def _unique(label: str, folder: str, taken: set[str]) -> str:
    name = naming.slug(label)
    parts = folder.split("/")
    while name in taken and parts:
        name = naming.slug(f"{parts.pop()}_{name}")
    number = 2
    while name in taken:
        name, number = f"{naming.slug(label)}_{number}", number + 1
    return name


def _why(group: _Group) -> str:
    """What the family was made of: "PEFT adapter config, trainer state; base model org/name"."""
    named = (*(one.format for one in group.told), *(one.format for one in group.tables))
    formats = dict.fromkeys(named)
    told = ", ".join(formats)
    models = " and ".join(sorted(group.models))
    return f"{told}; base model {models}" if models else told


def _unsure(families: list[Family], groups: list[_Group]) -> Iterable[str]:
    for group in groups:
        if len(group.models) > 1:
            yield f"{group.folder or '.'} names {len(group.models)} base models"
    runs = [family.name for family in families if family.artifacts]
    if len(runs) > 1:
        shown = ", ".join(runs[:5]) + (", …" if len(runs) > 5 else "")
        yield f"{len(runs)} runs ({shown}): give each the aliases that prose has for it"
