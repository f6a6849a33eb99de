"""Registered phrases in text: side by side, or in any order with others among them."""

import pytest

from mirage_lint.binding.phrases import PhraseBook

BOOK = PhraseBook(
    [("red", "run"), ("red",), ("run", "red", "run"), ("blu", "run", "two"), ("pivot", "preserv")],
    {("pivot", "preserv")},
)


def found(text: str) -> list[str]:
    stems = BOOK.stems(text)
    return [" ".join(stems[at].text for at in hit.positions) for hit in BOOK.find(stems)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("the red run", ["red run"]),
        ("the run red", ["red"]),
        ("a red", ["red"]),
        ("run red run", ["run red run"]),
        ("red, a red run, red", ["red run", "red", "red"]),
        ("blu run", []),
        ("blu run two", ["blu run two"]),
        ("blu run two run red", ["blu run two", "red"]),
        ("pivot preserved", ["pivot preserv"]),
        ("preservation of the pivots", ["preserv pivot"]),
        ("nothing", []),
    ],
)
def test_a_phrase_is_found_once_in_each_place(text: str, phrases: list[str]) -> None:
    assert found(text) == phrases


def test_what_no_phrase_starts_with_names_nothing() -> None:
    assert BOOK.may_name(BOOK.stems("two reds"))
    assert not BOOK.may_name(BOOK.stems("two oceans"))
