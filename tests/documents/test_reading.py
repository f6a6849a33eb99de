"""Documents that are read here, as there is no process beside that could."""

from __future__ import annotations

import os

import pytest

from mirage_lint.documents import beside, reading, source

PAGE = source.make("x.md", "text")


def cores(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """As many as the process may use."""
    found = set(range(number))
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: found, raising=False)


def test_one_core_alone_runs_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    cores(monkeypatch, 1)
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a process was started"), raising=False)
    beside.start()
    assert beside.answer(PAGE) is None


def test_where_no_process_may_be_started_all_is_read_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = []

    def refused() -> int:
        tried.append(True)
        raise BlockingIOError

    cores(monkeypatch, 2)
    monkeypatch.setattr(os, "fork", refused, raising=False)
    beside.start()
    beside.ask(PAGE)
    assert reading.read(PAGE).passages[0].text == "text"
    assert tried
