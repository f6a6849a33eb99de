"""Cells of a table that its other cells show to be wrong: totals, means, shares."""

import pytest

from mirage_lint.claims import tables
from mirage_lint.documents import markdown, source
from mirage_lint.documents.passages import Passage


def told(text: str) -> list[tuple[str, str]]:
    """The cells that are called wrong, with the heads of their rows."""
    found: dict[int, list[Passage]] = {}
    for passage in markdown.read(source.make("x.md", text)).passages:
        if passage.table:
            found.setdefault(passage.table, []).append(passage)
    wrong = [one for table in found.values() for one in tables.equations(table)]
    assert not any(one.left.overlaps(one.right) for one in wrong)
    return [((one.passage.row or (one.passage,))[0].text, one.stated) for one in wrong]


def table(rows: str, intro: str = "") -> str:
    """A Markdown table of rows that ";" parts and cells that "," parts, the first its heads."""
    cells = [[cell.strip() for cell in row.split(",")] for row in rows.split(";")]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    lines.insert(1, "|---" * len(cells[0]) + "|")
    return "\n".join([intro, "", *lines, ""])


MEANS = "Model, A, B, C, Avg; m, 71.2, 65.4, 80.1, {}; n, 60.5, 55.1, 79.9, 65.2;" + (
    "o, 43.2, 51.0, 62.2, 52.1; p, 91.4, 80.3, 75.5, 82.4"
)
TOTALS = "Split, Train, Dev, Total; a, 120, 31, {}; b, 80, 11, 91; c, 500, 70, 570; d, 9, 4, 13"
ROUND = "Set, In, Out, Total; a, 3900000, 20000, {}; b, 2510000, 90000, 2600000;" + (
    "c, 1200000, 30000, 1230000; d, 700000, 20000, 720000"
)
DOWN = "Suite, Passed, Failed, Open; a, 12, 3, 4; b, 40, 5, 1; c, 33, 1, 8; Total, {}, 9, 13"


TIMES = "Phase, Mean, P95, {}; a, 0.29, 0.31, 0.38; b, 0.22, 0.23, 0.51; c, 0.17, 0.31, 0.38;" + (
    "Total, 0.68, 0.85, 1.22"
)


@pytest.mark.parametrize(("head", "wrong"), [("Sum", [("Total", "1.22")]), ("P99 (ms)", [])])
def test_percentiles_make_up_no_total(head: str, wrong: list[tuple[str, str]]) -> None:
    assert told(table(TIMES.format(head))) == wrong


@pytest.mark.parametrize(
    ("rows", "row", "wrong"),
    [
        (MEANS.format("73.2"), "m", "73.2"),
        (MEANS.format("27.3"), "m", "27.3"),
        (MEANS.format("73.2").replace("Avg", "**Average (%)**"), "m", "73.2"),
        (TOTALS.format(152), "a", "152"),
        (DOWN.format(88), "Total", "88"),
        (DOWN.format(88).replace("Total", "**Sum:**"), "Sum:", "88"),
        ("File, Lines; a, 1201; b, 3040; c, 777; Total, 5118", "Total", "5118"),
        (ROUND.format(3960000), "a", "3960000"),
    ],
)
def test_wrong_totals_and_means(rows: str, row: str, wrong: str) -> None:
    assert told(table(rows)) == [(row, wrong)]


@pytest.mark.parametrize(
    "rows",
    [
        MEANS.format("72.2"),
        MEANS.format("72.3"),  # of parts that were rounded
        TOTALS.format(151),
        ROUND.format(3930000),
        DOWN.format(85),
        "File, Lines; a, 1201; b, 3040; c, 777; Total, 5018",
        "Part, Share; a, 33%; b, 33%; c, 33%; Total, 100%",
        "Step, Time (s); a, 12; b, 13; c, 14; d, 20; Total, 60",
        "Step, Calls, Hits, Time (s); a, 5, 4, 12; b, 6, 4, 13; c, 7, 5, 14; Total, 18, 13, 40",
    ],
)
def test_right_totals_and_means(rows: str) -> None:
    assert told(table(rows)) == []


@pytest.mark.parametrize(
    "rows",
    [
        MEANS.format("73.2").replace("Avg", "Overall"),  # weighted, perhaps
        MEANS.format("73.2").replace("65.2", "66.9").replace("52.1", "57.0"),  # weighted
        MEANS.format("73.2").replace("65.4", "-"),
        MEANS.format("73.2").replace("65.4", ""),
        MEANS.format("73.2").replace("65.4", "65.4%"),
        MEANS.format("73.2").replace(" B", " Median"),
        MEANS.format("73.2").replace("A, B, C", "min, p50, max"),
        MEANS.format("65.4").replace("71.2", "50.7"),  # of the last two
        "Model, A, B, Avg; m, 10.0, 20.0, 19.0; n, 30.1, 40.2, 35.1",
        "Model, Right, Total; a, 97, 800; b, 55, 800; c, 44, 800; d, 12, 800",
        "File, Lines; a, 1201; b, 3040; c, 777; Total, 5118; d, 12",
        DOWN.format(88).replace("40,", "4?,"),
        DOWN.format(86),  # of parts that may be rounded
        DOWN.format(30),  # no slip: something else
        "Suite, Tests, Types; a, 12, 3; b, 40, 5; c, 33, 4; Total, 85, 6",
        "File, Lines; a, 1201; b, 3040; Total, 4421",
        "File, Lines; a, 1201; b, 3040; c, 777; Total, 9000",
        "File, Accuracy; a, 91.2; b, 85.1; c, 77.2; Total, 84.3",
        "Class, P, R, F, Support; a, 31.2, 75.4, 50.2, 162; b, 50.8, 25.2, 70.4, 84;"
        " Macro Avg, 41.0, 50.3, 60.3, 246",
        "Step, Time (s), Calls; a, 12, 3; b, 13, 4; c, 14, 5; Total, 40, 12",
    ],
)
def test_uncertain_totals_and_means(rows: str) -> None:
    assert told(table(rows)) == []


@pytest.mark.parametrize(
    ("rows", "intro", "wrong"),
    [
        ("Model, Solved (n=12); a, 58%; b, 67%; c, 33%; d, 45%; e, 100%", "", [("d", "45%")]),
        (
            "Model, Solved (%); a, 58; b, 67; c, 33; d, 45; e, 8",
            "Of tasks (n = 12):",
            [("d", "45%")],
        ),
        (
            "Model, N, Solved; a, 12, 58%; b, 9, 67%; c, 11, 45%; d, 7, 45%; e, 8, 38%",
            "",
            [("d", "45%")],
        ),
        ("Model, Solved; a, 38/40; b, 40/40; c, 12/40; d, 41/40", "", [("d", "41")]),
    ],
)
def test_shares_that_cannot_be(rows: str, intro: str, wrong: list[tuple[str, str]]) -> None:
    assert told(table(rows, intro)) == wrong


@pytest.mark.parametrize(
    ("rows", "intro"),
    [
        ("Model, Solved (n=12); a, 58%; b, 67%; c, 33%; d, 42%; e, 100%", ""),
        ("Model, Accuracy (n=5); a, 87.3%; b, 81.2%; c, 92.5%; d, 71.4%", ""),
        ("Model, Mean (n=12); a, 58%; b, 67%; c, 33%; d, 45%", ""),
        ("Model, Solved (n=12 seeds); a, 58%; b, 67%; c, 33%; d, 45%", ""),
        ("Model, Solved (%); a, 58; b, 67; c, 33; d, 45", "Averages (n = 12):"),
        ("Model, Solved (n=12); a, 58%; b, 67%; d, 45%", ""),  # too few bear it out
        ("Model, Solved (n=1200); a, 58%; b, 67%; c, 33%; d, 45%", ""),
        ("Model, N, Solved; a, 12, 58%; b, 9, 67%; c, 11, 45%; Total, 7, 45%", ""),
        ("Model, Shape; a, 38/40; b, 41/42; c, 16/9; d, 41/40", ""),
        ("Model, Wins/Losses; a, 38/40; b, 40/40; c, 12/40; d, 41/40", ""),
        ("Model, Won/lost; a, 3/9; b, 12/9; c, 12/9; d, 4/9; e, 1/9", ""),
        ("Model, Solved; a, 38/40; b, 40/40; c, 12/40; d, 400/40", ""),
    ],
)
def test_shares_that_can_be_or_are_uncertain(rows: str, intro: str) -> None:
    assert told(table(rows, intro)) == []


def test_merged_cells_are_not_read() -> None:
    html = (
        "<table><tr><th>Model</th><th>A</th><th>B</th><th>Total</th></tr>"
        "<tr><td>a</td><td>1</td><td>2</td><td>3</td></tr>"
        "<tr><td>b</td><td>1</td><td>4</td><td>5</td></tr>"
        "<tr><td>c</td><td>10</td><td>4</td><td>14</td></tr>"
        "<tr><td>d</td><td{}>10</td>{}<td>15</td></tr></table>"
    )
    assert told(html.format("", "<td>4</td>")) == [("d", "15")]
    assert told(html.format(" colspan=2", "")) == []
