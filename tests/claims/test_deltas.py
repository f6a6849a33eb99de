"""Columns that tell how far others lie apart: what most of their cells are, all have to be."""

import pytest

from mirage_lint.claims import tables
from mirage_lint.documents import markdown, source

PAIRS = ((61.2, 83.4), (58.1, 71.9), (44.5, 60.1), (70.3, 75.8), (51.0, 64.7))


def found(text: str) -> list[str]:
    passages = markdown.read(source.make("a.md", text)).passages
    return [f"{one.stated}: {one.reading}" for one in tables.equations(list(passages))]


def table(head: str, cells: list[str], *, rows: tuple[tuple[float, float], ...] = PAIRS) -> str:
    lines = (
        f"| m{at} | {one} | {other} | {cell} |\n"
        for at, ((one, other), cell) in enumerate(zip(rows, cells, strict=True))
    )
    return f"| model | base | tuned | {head} |\n|---|---|---|---|\n{''.join(lines)}"


RIGHT = ["+22.2", "+13.8", "+15.6", "+5.5", "+13.7"]
CHANGES = ["+36.3%", "+23.8%", "+35.1%", "+7.8%", "+26.9%"]
RATIOS = ["1.36x", "1.24x", "1.35x", "1.08x", "1.27x"]


@pytest.mark.parametrize("cells", [RIGHT, CHANGES, RATIOS])
def test_what_is_right_is_left_alone(cells: list[str]) -> None:
    assert found(table("Δ", cells)) == []


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([*RIGHT[:4], "+17.3"], "+17.3: as in the rows beside it, the difference of"),
        ([*CHANGES[:4], "+29.6%"], "+29.6%: as in the rows beside it, the change of"),
        ([*RATIOS[:4], "1.72x"], "1.72x: as in the rows beside it, the ratio of"),
    ],
)
def test_what_differs_from_its_column_is_wrong(cells: list[str], told: str) -> None:
    assert found(table("Gain", cells)) == [f"{told} 'tuned' and 'base' is"]


def test_a_row_that_all_others_are_held_against() -> None:
    rows = "".join(
        f"| m{latency} | {latency} | {change} |\n"
        for latency, change in (
            (812, "—"),
            (406, "-50.0%"),
            (333, "-59.0%"),
            (290, "-64.3%"),
            (251, "-69.1%"),
            (241, "-70.3%"),
            (203, "-{}%"),
        )
    )
    page = f"| model | latency | vs. base |\n|---|---|---|\n{rows}"
    assert found(page.format("75.0")) == []
    assert found(page.format("79.0")) == [
        "-79.0%: as in the rows beside it, the change of 'latency' to that of 'm812' is"
    ]


def test_rates_may_differ_in_percent() -> None:
    rows = ((0.61, 0.83), (0.58, 0.71), (0.44, 0.60), (0.70, 0.75), (0.51, 0.64))
    cells = ["+22%", "+13%", "+16%", "+5%", "+13%"]
    assert found(table("Gain", cells, rows=rows)) == []
    assert found(table("Gain", [*cells[:4], "+18%"], rows=rows)) == [
        "+18%: as in the rows beside it, the difference in percent of 'tuned' and 'base' is"
    ]


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Note", [*RIGHT[:4], "+17.3"]),  # no head of differences
        ("Δ", [*RIGHT[:3], "+17.3", "+17.3"]),  # too many differ
        ("Δ", [*RIGHT[:4], "-13.7"]),  # of another sign
        ("Δ", [*RIGHT[:4], "+13.8"]),  # of one in its last place
        ("Δ", [*RIGHT[:4], "+99.9"]),  # far from all that it could be a slip of
    ],
)
def test_what_is_not_sure_is_left_alone(head: str, cells: list[str]) -> None:
    assert found(table(head, cells)) == []


LAST = "| e | 51.0 | 64.7 |"


@pytest.mark.parametrize(
    "row",
    [
        "| Geomean | 51.0 | 64.7 | +17.3 |",
        "| Overall | 51.0 | 64.7 | +17.3 |",
        "| e (3 seeds) | 51.0 | 64.7 | +17.3 |",
        "| e[^1] | 51.0 | 64.7 | +17.3 |",
        r"| e | 51.0 | 64.7 | +17.3\* |",
        "| latency (ms) | 51 | 64 | +25.5% |",
        "| e | 51.0 | 64.7 | +26.9 |",
    ],
    ids=["summary", "all", "brackets", "footnote", "mark", "unit", "another form"],
)
def test_a_row_that_is_another_kind_is_left_alone(row: str) -> None:
    page = table("Δ", [*RIGHT[:4], "+17.3"])
    assert found(page) != []
    assert found(page.replace("| m4 | 51.0 | 64.7 | +17.3 |", row)) == []


def test_the_best_of_several_columns_may_be_meant() -> None:
    rows = "".join(
        f"| m{at} | {base} | {other} | {ours} | +{gain} |\n"
        for at, (base, other, ours, gain) in enumerate(
            (
                *((61.2, 51.7, 83.4, 22.2), (58.1, 50.2, 71.9, 13.8), (44.5, 41.1, 60.1, 15.6)),
                *((70.3, 60.6, 75.8, 5.5), (51.0, 52.9, 64.7, 11.8)),
            )
        )
    )
    heads = "| set | BM25 | dense | ours | Δ best |\n|---|---|---|---|---|\n"
    assert found(f"{heads}{rows}") == []
    assert found(f"{heads}{rows.replace('+11.8', '+12.2')}") != []


def test_whole_numbers_may_be_rounded() -> None:
    rows = ((1000, 2000), (500, 1500), (800, 1000), (250, 500), (1200, 13000))
    cells = ["2.00x", "3.00x", "1.25x", "2.00x", "11.23x"]
    assert found(table("Speedup", cells, rows=rows)) == []


def test_a_row_of_means_has_a_difference_of_its_own() -> None:
    rows = (*PAIRS, (57.0, 71.2))
    page = table("Δ", [*RIGHT, "+17.2"], rows=rows).replace("| m5 |", "| Mean |")
    assert found(page) == []
    assert found(page.replace("| Mean |", "| m5 |")) != []
