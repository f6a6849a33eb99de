"""Attributes that are worked out once."""

from __future__ import annotations

import inspect

from mirage_lint.core.cached import cached_property


class Thing:
    """With an attribute that is worked out."""

    def __init__(self) -> None:
        self.asked = 0

    @cached_property
    def value(self) -> int:
        """What it is."""
        self.asked += 1
        return 3


def test_it_is_worked_out_once_for_each() -> None:
    one, other = Thing(), Thing()
    assert (one.value, one.value, one.asked, other.asked) == (3, 3, 1, 0)
    assert vars(one)["value"] == 3
    assert inspect.getdoc(Thing.value) == "What it is."


def test_nothing_happens_where_a_class_is_made() -> None:
    """What interrupts a call of `__set_name__` is told as another error before Python 3.12."""
    assert "__set_name__" not in vars(type(vars(Thing)["value"]))
