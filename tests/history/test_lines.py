"""Lines of a file as it is and as it was."""

import pytest

from mirage_lint.history.lines import Change, holding, is_said
from mirage_lint.history.porcelain import contents, origins, sizes

BEFORE = "one\ntwo 8\ntwo 8\n\nthree\n"


@pytest.mark.parametrize(
    ("after", "lost"),
    [
        (BEFORE, {}),
        ("one\ntwo 8\n\nthree\n", {3: "two 8"}),
        ("three\n\ntwo 8\none\ntwo 8\n", {}),
        ("", {1: "one", 2: "two 8", 3: "two 8", 5: "three", 6: ""}),
        ("one\ntwo 8\ntwo 8\n\nthree", {6: ""}),
    ],
)
def test_lines_that_are_lost(after: str, lost: dict[int, str]) -> None:
    assert Change(BEFORE, after).lost == lost


@pytest.mark.parametrize(
    ("after", "places"),
    [
        ("one\ntwo 8\ntwo 8\nfour", [1, 2, 3, 0]),
        ("two 8\none\n", [None, 1, None]),
        ("three\n\none\ntwo 8\ntwo 8\n", [5, 4, 1, 2, 3, 6]),
    ],
)
def test_where_lines_stood(after: str, places: list[int | None]) -> None:
    change = Change(BEFORE, after)
    assert [change.place(number + 1) for number in range(len(places))] == places


@pytest.mark.parametrize(
    ("lost", "text", "told"),
    [
        ("rank 16, and", "16", True),
        ("rank 160", "16", False),
        ("rank 16.0.", "16", True),
        ("acc 0.50", "0.5", True),
        ("a,0.5,0.7,0.9", "0.7", True),
        ("2000 rows", "2,000", True),
        ("2,000 rows", "2000", True),
        ("2,000 rows", "2", True),
        ("Llama 3\n8B", "llama 3 8B", True),
        ("Llama 3 70B", "Llama 3 8B", False),
        ("", "16", False),
    ],
)
def test_what_lost_lines_tell(lost: str, text: str, told: bool) -> None:
    assert Change(lost, "other").lost_tell(text) is told


@pytest.mark.parametrize(
    ("line", "text", "said"),
    [
        ('"r": 8,', "8", True),
        ('"r": 8,', "r", True),
        ("a,0.5,0.7", "0.5", True),
        ("a,-0.5,0.7", "0.5", False),
        ("a,0.55,10.5", "0.5", False),
        ("0.5", "0.5", True),
        ("1.8 8", "8", True),
        ("r8", "8", False),
        ("8e5", "8", False),
    ],
)
def test_whole_words_only(line: str, text: str, said: bool) -> None:
    assert is_said(line, text) is said


def test_lines_by_how_they_begin() -> None:
    text = '["a", 0\n["a", 1]\n["b", 1]\n["a", 2]'
    assert list(holding(text, '["a", ')) == [(2, '["a", 1]'), (4, '["a", 2]')]
    assert list(holding(text, "x")) == []


HEAD = "f" * 40
BLAME = """\
{0} 3 4 1
author
author-mail <x@example.org>
author-time 5
author-tz +0000
committer x y\tz
committer-mail <>
committer-time {1}
committer-tz {2}
summary previous 7
{3}filename a b.md
\tThe line.\r
"""
ODD = {
    "a day": ("1772496000", "+0000", "2026-03-03"),
    "later in the day": ("1772582399", "+0000", "2026-03-03"),
    "the next day there": ("1772582399", "+0030", "2026-03-04"),
    "the day before there": ("1772496000", "-0530", "2026-03-02"),
    "before all time": ("-86400", "+0000", "1969-12-31"),
}


@pytest.mark.parametrize(("time", "zone", "day"), ODD.values(), ids=ODD)
def test_days_are_those_of_the_place(time: str, zone: str, day: str) -> None:
    found = origins(BLAME.format(HEAD, time, zone, "").encode())
    assert found[4].day == day


@pytest.mark.parametrize(("time", "zone"), [("9" * 30, "+0000"), ("x", "+0000"), ("5", "UTC")])
def test_times_that_are_none(time: str, zone: str) -> None:
    assert origins(BLAME.format(HEAD, time, zone, "").encode()) == {}


@pytest.mark.parametrize(
    ("more", "before", "is_end"),
    [
        ("", None, False),
        ("boundary\n", None, True),
        (f"previous {HEAD} a b.md\n", (HEAD, "a b.md"), False),
        (f'previous {HEAD} "a\\"b.md"\n', (HEAD, ""), False),
    ],
)
def test_what_was_before(more: str, before: tuple[str, str] | None, is_end: bool) -> None:
    (origin,) = origins(BLAME.format(HEAD, "5", "+0000", more).encode()).values()
    assert (origin.version, origin.line) == ((HEAD, "a b.md"), "The line.")
    assert (origin.before, origin.is_end) == (before, is_end)


def test_files_that_are_listed() -> None:
    told = b"aa blob 3\nHEAD:x blob missing\nHEAD:a b missing\naa tree 5\n"
    known, *others = sizes(told)
    assert known == 3
    assert all(size > 2**60 for size in others)


def test_files_that_are_read() -> None:
    assert contents(b"aa blob 3\na\nb\nbb blob 0\n\n") == [b"a\nb", b""]
