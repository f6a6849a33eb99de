"""Registered phrases in text: side by side, or in any order with others among them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mirage_lint.binding.phrases import PhraseBook
from mirage_lint.core import words

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


@settings(derandomize=True, max_examples=1000, deadline=None)
@given(st.text("redRunBLUs 1._-", max_size=16))
def test_stems_are_those_of_the_joined_words(text: str) -> None:
    told = BOOK.joined(words.located(text))
    stems = [(stem, low, high) for word, low, high in told for stem in words.canonical(word)]
    assert [tuple(one)[:3] for one in BOOK.stems(text)] == stems
