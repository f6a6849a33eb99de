"""Runs: artifacts that tell facts by themselves, by the folder of their run and its model."""

import re
from collections.abc import Iterable
from itertools import product

from mirage_lint import vocabulary
from mirage_lint.core import words
from mirage_lint.drafting import listing, naming, pools
from mirage_lint.drafting.found import Role, Table, Told
from mirage_lint.drafting.pools import Draft

Reasons = list[tuple[str, str]]
"""Paths that are left out, with the reason."""

_NUMBERED = re.compile(r"([a-z]+(?:[-_][a-z]+)*)[-_]?(\d+)", re.IGNORECASE)


class Group:
    """What lies in one folder, or below it and is of the same run."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.told: list[Told] = []
        self.tables: list[Draft] = []
        self.roles: list[Role] = []
        self.hint = ""
        self.path = ""

    @property
    def models(self) -> set[str]:
        """The base models that it names."""
        return {one.model for one in self.told if one.model}


def grouped(told: Iterable[Told]) -> tuple[list[Group], Reasons]:
    """Artifacts by the folder of their run, and the earlier states of the same runs."""
    folders: dict[str, list[Told]] = {}
    for one in told:
        folders.setdefault(_run_folder(one.path), []).append(one)
    older: Reasons = []
    groups: list[Group] = []
    for folder in sorted(folders, key=lambda name: (name.count("/"), name)):
        group = Group(folder)
        group.hint = next((one.name for one in folders[folder] if one.name), "")
        for one in sorted(folders[folder], key=_lateness):
            if any(_is_alike(kept, one) for kept in group.told):
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


def _join(group: Group, groups: list[Group]) -> None:
    """Keep a group by itself, or with that of a folder above whose run it tells more of."""
    above = [one for one in groups if is_within(group.folder, one.folder)]
    for one in reversed(above):
        same = not group.models or group.models <= one.models
        if same and not any(_is_alike(*pair) for pair in product(group.told, one.told)):
            one.told += group.told
            one.tables += group.tables
            return
    groups.append(group)


def _is_alike(one: Told, other: Told) -> bool:
    """Whether two artifacts tell the same of two runs, or of two states of one."""
    return one.format == other.format and naming.base(one.path) == naming.base(other.path)


def _run_folder(path: str) -> str:
    """The folder of a file, its checkpoints' folders left out."""
    folders = _parts(path)
    while folders and _is_checkpoint(folders[-1]):
        folders.pop()
    return "/".join(folders)


def _parts(path: str) -> list[str]:
    """The folders of a file, an archive as one of them."""
    return path.replace("::", "/").split("/")[:-1]


def _is_checkpoint(folder: str) -> bool:
    """Whether a folder holds a state of a run: ``checkpoint-250``, ``last-checkpoint``."""
    told, states = set(words.split(folder)), listing.words("checkpoint_words")
    is_named = not told.isdisjoint(states) and told <= states | listing.words("which_words")
    return _number(folder) is not None or (is_named and len(told) > 1)


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


def is_within(folder: str, other: str) -> bool:
    """Whether a folder is another, or lies in it."""
    return not other or folder == other or folder.startswith(f"{other}/")
