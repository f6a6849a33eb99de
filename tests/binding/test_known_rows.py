"""Rows that the registry calls otherwise than the text does, known by their values."""

import pytest

from mirage_lint.binding.binding import CONTRADICTED, VERIFIED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import METADATA, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

PLACE = Source("summary.csv", "/x", METADATA)
METRICS = ("precision", "recall", "f1", "n_flagged")
ROWS = {
    "iforest_c0.01": ("0.1311", "0.8462", "0.2268", "90"),
    "lof_n20_c0.01": ("0.1252", "0.8417", "0.2178", "93"),
    "zscore_t3.0": ("0.0649", "0.9231", "0.1212", "187"),
    "zscore_t3.5": ("0.1004", "0.8473", "0.1789", "112"),
}
TOLD = ("Isolation forest, 1%", "Outlier factor", "Standard score, 3", "Standard score, 3.5")
Rows = dict[str, tuple[str, ...]]


def bound(cells: list[tuple[str, ...]], rows: Rows = ROWS, across: bool = False) -> list[Binding]:
    """What becomes of the numbers of a table that calls the rows as in ``TOLD``."""
    lines = [("Method", "Precision", "Recall", "F1", "Flagged")]
    lines += [(name, *row) for name, row in zip(TOLD, cells, strict=False)]
    if across:
        lines = list(zip(*lines, strict=True))
    head, *body = (f"| {' | '.join(line)} |" for line in lines)
    text = "\n".join(("# Zoo", "", head, "|" + "--|" * len(lines[0]), *body, ""))
    facts = tuple(
        Fact("zoo", metric, (), "", (("method", name),), "number", "", value, "", "", PLACE)
        for name, values in rows.items()
        for metric, value in zip(METRICS, values, strict=True)
    )
    family = Family("zoo", "Zoo", ("zoo",), (), (), others=True)
    index = Index(Registry((family,), (), (), facts, ""))
    document = markdown.read(source.make("README.md", text))
    found = bind_document(document, lexicon.make(), index, lambda path: False)
    return [one for one in found if one.claim.said is not None and one.claim.passage.kind == "cell"]


def rounded(flagged: str = "90") -> list[tuple[str, ...]]:
    """The rows as a text tells them, the first with another number that was flagged."""
    found = [(*(f"{round(float(one), 3):.3f}" for one in row[:3]), row[3]) for row in ROWS.values()]
    return [(*found[0][:3], flagged), *found[1:]]


@pytest.mark.parametrize("across", [False, True])
def test_the_one_cell_that_is_wrong_is_found(across: bool) -> None:
    assert {one.status for one in bound(rounded(), across=across)} == {VERIFIED}
    (wrong,) = (one for one in bound(rounded("105"), across=across) if one.status != VERIFIED)
    assert (wrong.claim.text, wrong.status) == ("105", CONTRADICTED)
    assert [fact.value for fact in wrong.facts] == ["90"]
    assert any("iforest_c0.01 by its" in told and "numbers" in told for told in wrong.because)


def test_a_row_of_which_half_is_another_is_not_known() -> None:
    (first, *others) = rounded()
    assert CONTRADICTED not in {one.status for one in bound([("0.144", *first[1:3], "105")])}
    found = bound([("0.144", "0.877", *first[2:3], "105"), *others])
    assert CONTRADICTED not in {one.status for one in found}


def test_nor_is_one_that_two_records_are_like() -> None:
    rows = {**ROWS, "iforest_c0.02": (*ROWS["iforest_c0.01"][:3], "95")}
    assert CONTRADICTED not in {one.status for one in bound(rounded("105"), rows)}
    same = {**ROWS, "iforest_again": ROWS["iforest_c0.01"]}
    found = bound(rounded("105"), same)
    assert [one.claim.text for one in found if one.status == CONTRADICTED] == ["105"]


def test_one_row_alone_is_none() -> None:
    assert CONTRADICTED not in {one.status for one in bound(rounded("105")[:1])}


def test_what_the_other_rows_leave_open_it_leaves_open_too() -> None:
    """Each file is a run: rows that are called as they are there tell of none."""
    facts = tuple(
        Fact("zoo", metric, (), "", slots, "number", "", f"{value[:-1]}{at}", "", "", PLACE)
        for at, run in enumerate(("dark", "clean", "noisy"))
        for name, values in ROWS.items()
        for metric, value in zip(METRICS, values, strict=True)
        if (slots := (("method", name), ("run", run)))
    )
    index = Index(Registry((Family("zoo", "Zoo", ("zoo",), (), ()),), (), (), facts, ""))
    told = [[f"{one[:-1]}1" for one in row[:3]] for row in ROWS.values()]
    names = ("Isolation", "Outlier factor", *list(ROWS)[2:])
    called = [(name, *row) for name, row in zip(names, told, strict=True)]
    called[-1] = (*called[-1][:3], "0.1999")
    lines = (f"| {' | '.join(row)} |" for row in called)
    text = "\n".join(("| Method | Precision | Recall | F1 |", "|--|--|--|--|", *lines, ""))
    document = markdown.read(source.make("README.md", text))
    found = bind_document(document, lexicon.make(), index, lambda path: False)
    assert [one.claim.text for one in found if one.status == CONTRADICTED] == ["0.1999"]


def test_whole_numbers_alone_tell_no_row() -> None:
    """Sizes of the data, which others measured on it have, too."""
    rows = {
        name: (f"{size}", f"{size * 4 + 1}", f"{size * 3 + 2}", f"0.{size}")
        for name, size in (("digits", 1243), ("cities", 2482), ("rivers", 4961), ("towns", 7137))
    }
    told = list(rows.values())
    told[-1] = (*told[-1][:3], "0.7139")
    assert CONTRADICTED not in {one.status for one in bound(told, rows)}


def test_a_row_that_another_is_nearly_like_is_not_known() -> None:
    rows = {**ROWS, "iforest_c0.03": (*ROWS["iforest_c0.01"][:2], "0.2391", "95")}
    assert CONTRADICTED not in {one.status for one in bound(rounded("105"), rows)}


LONG = ("precision", "recall", "f1", "specificity", "auroc", "kappa")
RUNS = {
    "night_small": ("0.1311", "0.8462", "0.2268", "0.9013", "0.8774", "0.1938"),
    "night_large": ("0.1252", "0.8417", "0.2178", "0.9188", "0.8851", "0.2041"),
    "day_small": ("0.4127", "0.7713", "0.5377", "0.9655", "0.9014", "0.5102"),
    "day_large": ("0.4391", "0.7625", "0.5573", "0.9712", "0.9148", "0.5296"),
}


def judged(told: dict[str, str], across: bool) -> dict[str, str]:
    """What becomes of a table of one run's metrics and values, which names no run."""
    lines = [("Shift" if across else "Metric", "Value"), *told.items()]
    head, *body = zip(*lines, strict=True) if across else lines
    rows = [f"| {' | '.join(line)} |" for line in (head, ("--",) * len(head), *body)]
    text = "\n".join(("# Zoo", "", "Evening shift", "", *rows, ""))
    facts = tuple(
        Fact("zoo", metric, (), "", (("run", name),), "number", "", value, "", "", PLACE)
        for name, values in RUNS.items()
        for metric, value in zip(LONG, values, strict=True)
    )
    family = Family("zoo", "Zoo", ("zoo",), (), (), others=True)
    index = Index(Registry((family,), (), (), facts, ""))
    document = markdown.read(source.make("README.md", text))
    found = bind_document(document, lexicon.make(), index, lambda path: False)
    return {one.claim.text: one.status for one in found if one.claim.said is not None}


def told(**others: str) -> dict[str, str]:
    """The first run's values as a text tells them, but for those of ``others``."""
    values = (f"{round(float(one), 3):.3f}" for one in RUNS["night_small"])
    return {**dict(zip(LONG, values, strict=True)), **others}


@pytest.mark.parametrize("across", [False, True])
def test_five_numbers_of_one_row_alone_tell_which_it_is(across: bool) -> None:
    assert set(judged(told(), across).values()) == {VERIFIED}
    found = judged(told(kappa="0.237"), across)
    assert [text for text, status in found.items() if status == CONTRADICTED] == ["0.237"]


@pytest.mark.parametrize(
    "few",
    [
        {key: value for key, value in told(kappa="0.237").items() if key != "recall"},
        told(kappa="0.237", auroc="0.911"),
        told(kappa="0.237", precision="0.3", recall="0.6"),
    ],
    ids=["four", "two others", "no rare numbers"],
)
def test_fewer_tell_nothing(few: dict[str, str]) -> None:
    assert CONTRADICTED not in judged(few, across=False).values()
