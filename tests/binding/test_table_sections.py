"""Rows of one cell, that tell what the rows below them are of."""

from collections.abc import Callable

import pytest

from mirage_lint.binding.binding import CONTRADICTED, VERIFIED
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import METADATA, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

PLACE = Source("rows.csv", "/x", METADATA)
ROWS = {
    ("finch", "harbour"): ("91.2", "87.1", "95.5"),
    ("tern", "harbour"): ("93.4", "88.3", "96.1"),
    ("gull", "harbour"): ("92.3", "85.6", "94.1"),
    ("finch", "meadow"): ("71.3", "65.4", "78.2"),
    ("tern", "meadow"): ("74.4", "67.1", "79.7"),
}
Write = Callable[[list[list[str]]], str]
METRICS = ("accuracy", "recall", "precision")
FAMILY = Family("zoo", "Zoo", ("zoo",), (), (), others=True)


def index(*sets: str) -> Index:
    """Of rows on these sets, which none of them names where there is but one."""
    facts = [
        Fact(
            *("zoo", metric, (), ""),
            (*((("dataset", on),) if len(sets) > 1 else ()), ("model", model)),
            *("number", "", value, "", "", PLACE),
        )
        for (model, on), values in ROWS.items()
        for metric, value in zip(METRICS, values, strict=True)
        if on in sets
    ]
    return Index(Registry((FAMILY,), (), (), tuple(facts), ""))


def table(*sections: str) -> list[list[str]]:
    """Rows of cells: the head, and below each section the rows of both models."""
    found = [["Model", *METRICS]]
    for section, on in zip(sections, ("harbour", "meadow"), strict=True):
        found.append([section])
        found += [[model, *ROWS[model, on]] for model in ("finch", "tern")]
    return found


def piped(rows: list[list[str]]) -> str:
    width = len(rows[0])
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return "\n".join(("# Zoo", "", lines[0], "|" + "--|" * width, *lines[1:], ""))


def tagged(rows: list[list[str]]) -> str:
    def cells(row: list[str]) -> str:
        if len(row) == 1:
            return f'<td colspan="4"><b>{row[0].strip("*")}</b></td>'
        return "".join(f"<td>{cell}</td>" for cell in row)

    return "\n".join(("<table>", *(f"<tr>{cells(row)}</tr>" for row in rows), "</table>", ""))


def statuses(text: str, known: Index) -> list[str]:
    document = markdown.read(source.make("README.md", text))
    bindings = bind_document(document, lexicon.make(), known, lambda path: False)
    return [one.status for one in bindings if one.claim.said is not None]


@pytest.mark.parametrize("write", [piped, tagged])
@pytest.mark.parametrize("sections", [("**Harbour**", "**Meadow**"), ("harbour", "On meadow")])
def test_the_rows_below_a_section_are_of_it(write: Write, sections: tuple[str, ...]) -> None:
    known = index("harbour", "meadow")
    rows = table(*sections)
    assert statuses(write(rows), known) == [VERIFIED] * 12
    rows[-1][2] = "67.2"
    assert statuses(write(rows), known) == [*[VERIFIED] * 10, CONTRADICTED, VERIFIED]


@pytest.mark.parametrize("write", [piped, tagged])
def test_of_a_section_that_is_not_known_nothing_is_told(write: Write) -> None:
    rows = [*table("**Harbour**", "**Meadow**")[:5], ["gull", "92.1", "85.9", "94.4"]]
    found = statuses(write(rows), index("harbour"))
    assert CONTRADICTED not in found


def test_a_row_that_names_itself_is_not_of_the_section() -> None:
    rows = table("finch", "tern")
    assert CONTRADICTED not in statuses(piped(rows), index("harbour"))
    rows = [rows[0], ["finch"], ["tern", *ROWS["tern", "harbour"]]]
    assert statuses(piped(rows), index("harbour")) == [VERIFIED] * 3


def test_a_section_tells_nothing_that_a_column_tells() -> None:
    """ "meadow follows" is a remark."""
    head = ["Model", "Accuracy on harbour", "Accuracy on meadow"]
    rows = [
        [model, ROWS[model, "harbour"][0], ROWS[model, "meadow"][0]] for model in ("finch", "tern")
    ]
    text = piped([head, rows[0], ["meadow of gull follows"], rows[1]])
    assert CONTRADICTED not in statuses(text, index("harbour", "meadow"))
