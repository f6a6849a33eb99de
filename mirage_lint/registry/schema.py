"""The shape of ``claims.toml``, and its errors as one line each."""

import re
import tomllib
from collections.abc import Iterable
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from mirage_lint.errors import MirageError
from mirage_lint.registry.places import Places, did_you_mean, dotted

MAX_BYTES = 2**20
"""Bytes of the largest ``claims.toml``."""

VERSION = 1

Name = Annotated[str, StringConstraints(pattern=r"^\w[\w-]*$", max_length=100)]
Module = Annotated[str, StringConstraints(pattern=r"^[^\W\d]\w*(\.[^\W\d]\w*)*$", max_length=200)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Texts = Annotated[tuple[Text, ...], Field(strict=False, max_length=10_000)]


Query = Annotated[str, StringConstraints(max_length=10_000)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PopulationEntry(_Entry):
    """A set of rows; its size is written down, counted in an artifact, or both alike."""

    size: Annotated[int, Field(gt=0)] | None = None
    count: str = ""
    artifact: str = ""
    within: str = ""
    aliases: Texts = ()
    unit: Text = "example"

    @model_validator(mode="after")
    def _counted_somewhere(self) -> "PopulationEntry":
        if bool(self.count) != bool(self.artifact):
            raise ValueError("'count' and 'artifact' go together")
        return self


class TableEntry(_Entry):
    """Records of an artifact: ``keys`` become dimensions, numeric columns become metrics.

    ``artifact`` may be a pattern: the rows of all files that match, but for those that ``exclude``
    names, are one table, and the key ``run`` is what its ``*`` stands for, where they have no such
    column. ``rows`` is a JMESPath
    expression for the list of rows in a nested format; it may give objects by name, whose names
    are then the first key, and a single object needs no keys. ``sql`` is a query over the rows of
    each file, whose result is the table. With ``value``, the table is long: one column names the
    metric (the key called ``metric``, or the last key), and ``value`` is the column that holds its
    value. ``dimensions`` are those that all rows share and no column tells.
    """

    artifact: Text
    exclude: Texts = ()
    keys: Texts = ()
    dimensions: dict[str, Text] = {}
    rows: str = ""
    sql: Query = ""
    value: str = ""
    columns: Texts = ()
    population: str = ""
    unit: str = ""
    names: dict[str, Texts] = {}

    @model_validator(mode="after")
    def _long_by_keys(self) -> "TableEntry":
        if self.value and not self.keys:
            raise ValueError("'value' needs 'keys', the last of which names the metric")
        if twice := sorted({*self.keys} & {*self.dimensions}):
            raise ValueError(f"'{twice[0]}' is both in 'keys' and in 'dimensions'")
        _refuse_idle_exclude(self.exclude, [self.artifact])
        return self


def _refuse_idle_exclude(exclude: tuple[str, ...], patterns: Iterable[str]) -> None:
    if exclude and not any("*" in pattern for pattern in patterns):
        raise ValueError("'exclude' leaves files out of a pattern, and there is none with a '*'")


OVER_ROWS = ("count", "distinct", "sum", "mean", "min", "max")
SOURCES = ("pointer", *OVER_ROWS, "sql", "expression")


class FactEntry(_Entry):
    """One value: by pointer, over rows, or by arithmetic.

    ``where`` chooses the rows, and ``of`` is what a count or a sum over them is divided by: a
    predicate for a count, a column for a sum.
    ``numerator`` is the count that a stored rate comes from; its population gives the other.
    """

    metric: Text
    artifact: Text
    aliases: Texts = ()
    population: str = ""
    dimensions: dict[str, Text] = {}
    unit: str = ""
    pointer: str = ""
    count: str = ""
    distinct: str = ""
    sum: str = ""
    mean: str = ""
    min: str = ""
    max: str = ""
    where: str = ""
    sql: Query = ""
    expression: str = ""
    of: str = ""
    numerator: Annotated[int, Field(ge=0)] | None = None
    tier: Literal[1, 2, 3] | None = None

    @property
    def is_over_rows(self) -> bool:
        """Whether its value comes from many rows."""
        return any(getattr(self, name) for name in OVER_ROWS)

    @model_validator(mode="after")
    def _one_source(self) -> "FactEntry":
        given = [name for name in SOURCES if getattr(self, name)]
        if len(given) != 1:
            raise ValueError(f"exactly one of {', '.join(SOURCES)} says where the value is")
        if self.of and given[0] not in ("count", "sum"):
            raise ValueError("'of' goes with 'count' or 'sum' only")
        if self.where and given[0] not in OVER_ROWS:
            raise ValueError(f"'where' goes with {', '.join(OVER_ROWS)} only")
        if self.numerator is not None and (given[0] != "pointer" or not self.population):
            raise ValueError("'numerator' goes with 'pointer' and 'population' only")
        return self


class FamilyEntry(_Entry):
    """One run family."""

    title: Text
    aliases: Texts = ()
    others: bool = False
    artifacts: Texts = ()
    exclude: Texts = ()
    documents: Texts = ()
    population: dict[Name, PopulationEntry] = {}
    dimension: dict[Name, dict[str, Texts]] = {}
    table: Annotated[tuple[TableEntry, ...], Field(strict=False)] = ()
    fact: Annotated[tuple[FactEntry, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _excluded_from_patterns(self) -> "FamilyEntry":
        _refuse_idle_exclude(self.exclude, self._patterns())
        return self

    def _patterns(self) -> tuple[str, ...]:
        """What ``exclude`` leaves files out of."""
        return self.artifacts


class FamiliesEntry(FamilyEntry):
    """A run family for each folder, or else for each file, that the pattern ``each`` matches.

    ``{path}`` stands for it and ``{name}`` for its name in all texts. Of ``artifacts``, a folder
    needs to have one only. ``exclude`` names those that make no family.
    """

    each: Text

    @model_validator(mode="after")
    def _told_apart(self) -> "FamiliesEntry":
        if "*" not in self.each or "**" in self.each:
            raise ValueError("'each' is a pattern with a '*', as `runs/*`, and without '**'")
        if not any(mark in self.title for mark in ("{name}", "{path}")):
            raise ValueError("'title' needs {name}, so that the families differ")
        return self

    def _patterns(self) -> tuple[str, ...]:
        return (self.each,)


class ClaimsFile(_Entry):
    """The whole file. ``plugins`` are modules that read further formats: `build` imports them."""

    version: Literal[1]
    plugins: Annotated[tuple[Module, ...], Field(strict=False, max_length=100)] = ()
    unit: dict[Name, Annotated[Texts, Field(min_length=1)]] = {}
    family: dict[Name, FamilyEntry] = {}
    families: dict[Name, FamiliesEntry] = {}

    @model_validator(mode="after")
    def _not_empty(self) -> "ClaimsFile":
        if not self.family and not self.families:
            raise ValueError("tells of no [family.NAME]")
        return self


class Claims(NamedTuple):
    """A valid ``claims.toml``: its content, and where its keys stand."""

    file: ClaimsFile
    places: Places


def parse(data: bytes, name: str) -> Claims:
    """Read and validate ``claims.toml``; raises MirageError with the line of what is wrong."""
    if len(data) > MAX_BYTES:
        raise MirageError(name, f"is larger than {MAX_BYTES:,} bytes, the most that is read")
    text = _text(data, name)
    places = Places(name, text)
    tree = _tree(text, name)
    _refuse_newer(tree, places)
    try:
        return Claims(ClaimsFile.model_validate(tree), places)
    except ValidationError as error:
        raise _told(error, places) from None


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise MirageError(f"{name}:{line}", "is not UTF-8", "save it as UTF-8") from None


def _tree(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise MirageError(name, "is nested too deeply", "flatten it") from None
    except ValueError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        where = f"{name}:{found[1] if found else text.rstrip().count(chr(10)) + 1}"
        problem = re.split(r" \(at |; ", str(error), maxsplit=1)[0][:200]
        raise MirageError(where, f"is not valid TOML: {problem}", "correct that line") from None


def _refuse_newer(tree: dict[str, Any], places: Places) -> None:
    version = tree.get("version")
    if isinstance(version, int) and version > VERSION:
        known = f"this mirage-lint reads version {VERSION}"
        raise MirageError(
            places.at("version"), f"version {version} is newer than {known}", "upgrade mirage-lint"
        )


def _told(error: ValidationError, places: Places) -> MirageError:
    """The first error, unknown keys before others: a key misspelt is often also one missing."""
    details = sorted(error.errors(), key=lambda detail: detail["type"] != "extra_forbidden")
    path, kind = details[0]["loc"], details[0]["type"]
    where, key = places.at(*path), dotted(path)
    if kind == "extra_forbidden":
        mend = did_you_mean(str(path[-1]), _model(path).model_fields)
        return MirageError(where, f"{key}: unknown key", mend)
    if kind == "missing":
        return MirageError(where, f"{key}: is missing", f"add `{path[-1]} = …`")
    if path and path[-1] == "[key]":
        mend = "use letters, digits, '_' and '-'"
        return MirageError(where, f"{dotted(path[:-1])}: is no name", mend)
    if kind == "string_pattern_mismatch":
        mend = "write it as package.module"
        return MirageError(where, f"{key}: is no name of a module", mend)
    problem = details[0]["msg"].removeprefix("Value error, ").removeprefix("Input ")
    problem = problem.replace("tuple", "list").replace("dictionary", "table")
    return MirageError(where, f"{key or 'the file'}: {problem[:1].lower()}{problem[1:]}")


def _model(path: tuple[str | int, ...]) -> type[BaseModel]:
    """The model that the last key of ``path`` was looked for in."""
    entries: dict[str | int, type[BaseModel]] = {
        "population": PopulationEntry,
        "table": TableEntry,
        "fact": FactEntry,
    }
    if len(path) >= 4 and path[2] in entries:
        return entries[path[2]]
    family = FamiliesEntry if path[0] == "families" else FamilyEntry
    return family if len(path) == 3 else ClaimsFile
