"""Runs in MLflow's file store: many small files, a parameter or a metric each, told as one find.

Source: https://mlflow.org/docs/latest/self-hosting/architecture/backend-store/
"""

import re
from collections.abc import Iterator
from pathlib import Path

from mirage_lint.artifacts import files
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.artifacts.readers import mlflow_metric, mlflow_param
from mirage_lint.core.facts import Datum
from mirage_lint.drafting.found import Table, Told
from mirage_lint.drafting.keys import METRIC, VALUE, Shape
from mirage_lint.errors import MirageError

READERS = (mlflow_param, mlflow_metric)

_PATH = re.compile(r"(?P<run>(?:.*/)?[^/]+)/(?P<kind>params|metrics)/(?P<name>.+)")
_SPECIAL = re.compile(r"[*?\[\]{}]")
_OF_MACHINES = "system"
"""The folder of metrics that MLflow takes of the machine."""
_LAST = "last.*"
_LONGEST_TAG = 200
_DELETED = b"lifecycle_stage: deleted"


class Stores:
    """The parameters and metrics that were met, by the folder of their run."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._runs: dict[str, list[tuple[str, Content]]] = {}

    def take(self, path: str, content: Content) -> None:
        """Keep a file of a run."""
        found = _PATH.fullmatch(path)
        if found and not _SPECIAL.search(path.rpartition("/")[0]):
            self._runs.setdefault(found["run"], []).append((path, content))

    def told(self) -> Iterator[Told]:
        """Each run that was not deleted, by its parameters of known meaning and its metrics."""
        for run, taken in sorted(self._runs.items()):
            if _DELETED in self._text(f"{run}/meta.yaml", None):
                continue
            name = self._text(f"{run}/tags/mlflow.runName", _LONGEST_TAG)
            called = name.decode("utf-8", "replace").strip() or run.rpartition("/")[2]
            yield from _run(taken, called)

    def _text(self, path: str, most: int | None) -> bytes:
        try:
            stored = files.load(path, self._root, most)
        except MirageError:
            return b""
        return stored.data if stored else b""


def _run(taken: list[tuple[str, Content]], name: str) -> Iterator[Told]:
    """A run, if any of its files is of known meaning: parameters rather than metrics."""
    folders: dict[str, list[Datum]] = {}
    for path, content in taken:
        if content.told:
            folders.setdefault(f"{path.rpartition('/')[0]}/*", []).extend(content.told)
    if folders:
        path = max(folders)
        logs = tuple(_logs([one for one in taken if one[1].records]))
        yield Told.of(path, "MLflow run", tuple(folders[path]), logs)._replace(name=name)


def _logs(taken: list[tuple[str, Content]]) -> Iterator[Table]:
    """What each metric was last, a table for each folder of metrics."""
    folders: dict[str, list[Record]] = {}
    for path, content in taken:
        last = list(content.records)[-1]
        folders.setdefault(path.rpartition("/")[0], []).append(last)
    for folder, records in sorted(folders.items()):
        if folder.rpartition("/")[2] != _OF_MACHINES:
            names = tuple(dict.fromkeys(record[METRIC] for record in records))
            shape = Shape((METRIC,), names, False, VALUE)
            yield Table(f"{folder}/*", mlflow_metric.NAME, _LAST, tuple(records), shape)
