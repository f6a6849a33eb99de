"""Our named tuples against the standard ones, whose place they take."""

from __future__ import annotations

import copy
import pickle
import typing
from pathlib import Path

import pytest

import mirage_lint
from mirage_lint.core.record import NamedTuple


class Run(NamedTuple):
    """A run."""

    name: str
    epochs: int = 3
    tags: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        return self.epochs > 10


class Standard(typing.NamedTuple):
    name: str
    epochs: int = 3
    tags: tuple[str, ...] = ()


class Longer(Run):
    """One with a method besides."""

    def double(self) -> int:
        return 2 * self.epochs


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (("a",), {}),
        (("a", 4), {}),
        (("a",), {"tags": ("x",)}),
        ((), {"epochs": 12, "name": "b"}),
    ],
)
def test_it_is_made_and_read_as_the_standard_one(
    values: tuple[typing.Any, ...], named: dict[str, typing.Any]
) -> None:
    ours, theirs = Run(*values, **named), Standard(*values, **named)
    assert ours == theirs == tuple(ours)
    assert hash(ours) == hash(theirs)
    assert (ours.name, ours.epochs, ours.tags) == (theirs.name, theirs.epochs, theirs.tags)
    assert ours._asdict() == theirs._asdict()
    assert repr(ours) == repr(theirs).replace("Standard", "Run")
    assert ours._replace(epochs=11) == theirs._replace(epochs=11)
    assert Run._fields == Standard._fields
    assert ours.is_long == (ours.epochs > 10)


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("a", 1, (), 4), {}), (("a",), {"name": "b"}), (("a",), {"epoch": 1})],
)
def test_what_the_standard_one_refuses_is_refused(
    values: tuple[typing.Any, ...], named: dict[str, typing.Any]
) -> None:
    for made in (Standard, Run):
        with pytest.raises(TypeError):
            made(*values, **named)


def test_what_is_replaced_must_be_a_field() -> None:
    with pytest.raises(TypeError, match="Run has no epoch"):
        Run("a")._replace(epoch=4)


def test_it_holds_nothing_but_its_fields() -> None:
    with pytest.raises(AttributeError):
        Run("a").other = 1  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        Run("a").name = "b"  # type: ignore[misc]


def test_it_is_copied_and_sent_whole() -> None:
    run = Run("a", 4)
    assert copy.copy(run) == run
    again = pickle.loads(pickle.dumps(run))
    assert (again, type(again)) == (run, Run)


def test_a_class_may_be_made_of_it() -> None:
    longer = Longer("a", 4)
    assert (longer.double(), longer._replace(epochs=5).double()) == (8, 10)


def test_it_is_matched_by_place() -> None:
    match Run("a", 4):
        case Run(name, epochs):
            assert (name, epochs) == ("a", 4)
        case _:
            raise AssertionError


def test_modules_that_use_it_leave_types_as_they_are_written() -> None:
    """Or else they are no part of a class's body from Python 3.14 on."""
    texts = {path: path.read_text("utf-8") for path in Path(mirage_lint.__path__[0]).rglob("*.py")}
    users = [path for path, text in texts.items() if "core.record import" in text]
    assert len(users) > 40
    assert not [path for path in users if "from __future__ import annotations" not in texts[path]]
