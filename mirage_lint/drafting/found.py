"""What was found in the files of a repository, before it is grouped."""

from typing import NamedTuple

from mirage_lint.artifacts.content import Record
from mirage_lint.core.facts import Datum
from mirage_lint.drafting.keys import Shape


class Table(NamedTuple):
    """Rows of an artifact, and their shape; None where by themselves they are no results.

    ``is_known`` says that its format is one for results; ``shared`` are settings of all its rows.
    """

    path: str
    format: str
    expression: str
    records: tuple[Record, ...]
    shape: Shape | None
    key: str = ""
    is_known: bool = False
    shared: tuple[tuple[str, str], ...] = ()


class Told(NamedTuple):
    """An artifact of a format that tells facts by itself; ``model`` is the base model it names,
    ``logs`` are what it measured in the course of a run, ``name`` is what the run is called.
    """

    path: str
    format: str
    model: str
    fields: tuple[str, ...]
    logs: tuple[Table, ...] = ()
    name: str = ""

    @classmethod
    def of(
        cls, path: str, format: str, data: tuple[Datum, ...], logs: tuple[Table, ...] = ()
    ) -> "Told":
        """An artifact that tells ``data``."""
        models = {datum.value for datum in data if datum.kind == "model"}
        fields = tuple(datum.metric for datum in data)
        return cls(path, format, models.pop() if len(models) == 1 else "", fields, logs)


class Role(NamedTuple):
    """A model that an artifact names at a pointer, by what it is for: "default model"."""

    metric: str
    path: str
    pointer: str
    model: str


class Finds(NamedTuple):
    """All finds, in order of path; ``left_out`` holds paths with the reason, ``broken`` those of
    them that cannot be read.
    """

    told: tuple[Told, ...]
    scripts: tuple[Told, ...]
    tables: tuple[Table, ...]
    roles: tuple[Role, ...]
    left_out: tuple[tuple[str, str], ...]
    is_whole: bool
    broken: frozenset[str]
