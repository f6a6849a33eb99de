"""What values were before: those that stood at their places in older versions of the artifacts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from mirage_lint import artifacts
from mirage_lint.artifacts import json_text, pointers
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.artifacts.files import Stored
from mirage_lint.core.facts import Fact
from mirage_lint.errors import MirageError
from mirage_lint.history import repository
from mirage_lint.history.porcelain import Edit
from mirage_lint.history.repository import Repository
from mirage_lint.registry import nested, values

_MOST_FILES = 40
_MOST_EDITS = 12
"""Of a file, from the last one back."""
_MOST_KEPT = 64
"""Versions of files that are kept as they were read."""
_LARGEST = 2**20
"""Characters of a version that is read: what is larger is data, and no result."""
_Step = tuple[Edit, Edit]
"""An edit, and the one before."""


class Former(NamedTuple):
    """A value that a fact had, as it was written, the edit that took it away, and the first one
    known to have it.
    """

    value: str
    until: Edit
    since: Edit


class Past:
    """The past of the artifacts below ``root``, as far as git knows it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[Fact, tuple[Former, ...]] = {}
        self._is_lost = False
        self._version = lru_cache(_MOST_KEPT)(_version)
        self._lines = lru_cache(_MOST_KEPT)(self._lines_at)

    def of(self, facts: Iterable[Fact]) -> Mapping[Fact, tuple[Former, ...]]:
        """The values that facts had before, the last first; nothing of what git does not know."""
        asked = [one for one in dict.fromkeys(facts) if one not in self._known]
        self._known |= dict.fromkeys(asked, ())
        if asked and (known := self._repository()):
            with self._trying():
                self._look_up(known, asked)
        return self._known

    def stood(self, path: Path, commit: str, line: str) -> bool:
        """Whether a line stood in a document at a commit."""
        return line in self._lines(path, commit)

    def _lines_at(self, path: Path, commit: str) -> frozenset[str]:
        known = self._repository()
        place = known.place(path) if known else None
        with self._trying():
            if known and place:
                version = (commit, place)
                return frozenset(known.texts([version]).get(version, "").split("\n"))
        return frozenset()

    def _repository(self) -> Repository | None:
        with self._trying():
            return None if self._is_lost else repository.open_at(str(self._root))
        return None

    @contextmanager
    def _trying(self) -> Iterator[None]:
        """Where there is no git, no commit, or it takes too long, it is asked no more."""
        try:
            yield
        except (MirageError, ValueError):
            self._is_lost = True

    def _look_up(self, asked: Repository, facts: list[Fact]) -> None:
        by_path: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            path = asked.place(self._root / fact.source.artifact)
            if path and "::" not in path and (path in by_path or len(by_path) < _MOST_FILES):
                by_path[path].append(fact)
        edits = {path: told[:_MOST_EDITS] for path, told in asked.edits(by_path).items()}
        steps = {path: list(pairwise(told)) for path, told in edits.items()}
        texts = asked.texts((old.commit, path) for path in steps for _, old in steps[path])
        for path, taken in steps.items():
            versions = [texts.get((old.commit, path), "") for _, old in taken]
            for fact in by_path[path]:
                self._known[fact] = tuple(self._formers(fact, taken, versions))

    def _formers(
        self, fact: Fact, steps: Sequence[_Step], texts: Sequence[str]
    ) -> Iterator[Former]:
        told = (
            Former(value, until, old)
            for (until, old), text in zip(steps, texts, strict=True)
            if text and len(text) <= _LARGEST
            if (value := self._version(fact.source.artifact, text).value(fact))
        )
        for value, same in groupby(told, key=lambda one: one.value):
            last, *before = same
            if value != fact.value:
                yield last._replace(since=before[-1].since) if before else last


class _Version:
    """What an artifact said."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._tables: dict[tuple[str, str], _Table] = {}

    def value(self, fact: Fact) -> str:
        """The number that stood where a fact stands; empty where there was none."""
        pointer = fact.source.pointer
        if "=" in pointer:
            way, _, key = pointer.partition("=")[0].rpartition("/")
            text = self._table(way, key).cell(fact)
        else:
            datum = pointers.at(self._content, pointer)
            text = datum.value if datum else ""
        found = values.parse(text)
        return found.text if found else ""

    def _table(self, way: str, key: str) -> "_Table":
        if (way, key) not in self._tables:
            self._tables[way, key] = _Table(self._rows(way, key))
        return self._tables[way, key]

    def _rows(self, way: str, key: str) -> list[Record]:
        if not way and self._content.records:
            return list(self._content.records)
        node = pointers.node(self._content, way)
        if isinstance(node, dict) and all(isinstance(item, dict) for item in node.values()):
            return list(nested.named(node, key))
        return list(json_text.records(node))


def _version(path: str, text: str) -> _Version:
    """A version of an artifact; one without values where it was broken then."""
    data = text.encode()
    try:
        return _Version(artifacts.read(Stored(path, "", len(data), data)).content)
    except MirageError:
        return _Version(Content())


class _Table:
    """Rows that are told apart as those of facts are."""

    def __init__(self, rows: list[Record]) -> None:
        self._rows = rows
        self._columns = {name for row in rows for name in row}
        self._places: dict[tuple[str, ...], dict[tuple[str, ...], list[Record]]] = {}

    def cell(self, fact: Fact) -> str:
        """The cell of the one row of a fact, in its column; else empty."""
        pointer = fact.source.pointer
        ends = (one for one in self._columns if pointer.endswith(f"/{one}"))
        column = max(ends, key=len, default="")
        told = [(name, value) for name, value in fact.dimensions if name in self._columns]
        names = tuple(name for name, _ in told)
        found = self._by(names).get(tuple(value for _, value in told), []) if told else []
        return found[0].get(column, "") if len(found) == 1 else ""

    def _by(self, names: tuple[str, ...]) -> dict[tuple[str, ...], list[Record]]:
        if names not in self._places:
            places: dict[tuple[str, ...], list[Record]] = defaultdict(list)
            for row in self._rows:
                places[tuple(row.get(name, "") for name in names)].append(row)
            self._places[names] = places
        return self._places[names]
