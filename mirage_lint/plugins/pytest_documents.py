"""Documents as tests of pytest: each fails where ``mirage-lint check`` of the same documents finds
something in it, or cannot do its work.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mirage_lint.errors import MirageError
from mirage_lint.plugins import checking
from mirage_lint.reports import full
from mirage_lint.reports.printable import printable
from mirage_lint.reports.report import Report
from mirage_lint.settings.find import Finder


class FindingsError(Exception):
    """What is found in a document, in the words of the command line."""


class Document(pytest.File):
    """A file that is a document: one test."""

    def collect(self) -> Iterator["Check"]:
        """The test."""
        yield Check.from_parent(self, name="mirage")


class Check(pytest.Item):
    """The test of a document; ``outcome`` is set before any test runs."""

    outcome: Report | MirageError

    def runtest(self) -> None:
        """Fail where something is found."""
        if isinstance(self.outcome, MirageError):
            raise self.outcome
        if self.outcome.findings:
            raise FindingsError(full.report(self.outcome))
        self.add_report_section("call", "mirage-lint", self.outcome.conclusion)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What is found, and no traceback."""
        if isinstance(excinfo.value, FindingsError | MirageError):
            return "\n".join(map(printable, str(excinfo.value).split("\n")))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """The document, without a line: findings have their own."""
        return self.path, None, f"[mirage] {self.nodeid.rpartition('::')[0]}"


class Documents:
    """What joins the run: it makes tests of documents, and checks all that are chosen at once."""

    def __init__(self) -> None:
        self._finder = Finder(SimpleNamespace())

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> Document | None:
        """A document, as settings tell which files are."""
        try:
            is_document = self._finder.at(file_path.parent).is_document(file_path)
        except MirageError as error:
            raise pytest.Collector.CollectError(str(error)) from None
        return Document.from_parent(parent, path=file_path) if is_document else None

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out the documents that a check of their folder leaves out."""
        paths = {str(one.path) for one in items if isinstance(one, Check)}
        kept = {os.path.abspath(one) for one in checking.documents(paths)}
        left_out = [one for one in items if isinstance(one, Check) and str(one.path) not in kept]
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [one for one in items if one not in left_out]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Check what is left of them."""
        if not session.config.option.collectonly:
            checks = [one for one in session.items if isinstance(one, Check)]
            outcomes = _outcomes([str(one.path) for one in checks])
            for one in checks:
                one.outcome = outcomes[str(one.path)]


def _outcomes(paths: list[str]) -> dict[str, Report | MirageError]:
    """By path its report, or why there is none; what stops one document stops no other."""
    try:
        return {**_checked(paths)}
    except MirageError:
        return {path: _alone(path) for path in paths}


def _alone(path: str) -> Report | MirageError:
    try:
        return _checked([path])[path]
    except MirageError as error:
        return error


def _checked(paths: list[str]) -> Mapping[str, Report | MirageError]:
    near = checking.documents(paths)
    return {os.path.abspath(path): outcome for path, outcome in checking.check_each(near)}
