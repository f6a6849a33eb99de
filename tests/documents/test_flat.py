"""Documents as another process is sent them: nothing may be lost on the way."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirage_lint.documents import flat, reading, source
from mirage_lint.documents.passages import Document, Passage

ROOT = Path(__file__).parent.parent.parent
TEXT = """\
---
epochs: 3
---
# A heading[^1]

Text with *3 epochs* \\* and [a link](x.md), `code 4` &amp; more:

- 1 item
  - 2 below

| a | b | c |
|---|---|---|
| 1 | `2 \\| 3` | ![4](i.png) |
| section | | |
| 5 | 6 | 7 |

<table><tr><th>h</th><td rowspan="2">8</td></tr><tr><td>9</td></tr></table>

```sh
run --epochs 3  # 10 of them
```

[^1]: A note of 11.
"""
NOTEBOOK = {
    "cells": [{"cell_type": "markdown", "metadata": {}, "source": TEXT}],
    "nbformat": 4,
}


def documents() -> Iterator[Path]:
    for folder in ("docs", "examples", "tests/documents/awkward", "benchmarks"):
        yield from sorted((ROOT / folder).rglob("*.md"))


def told(document: Document) -> list[tuple[object, ...]]:
    """All that passages say, and of each other by number."""
    numbers = {id(one): at for at, one in enumerate(document.passages)}
    rows: dict[int, int] = {}
    return [
        (
            *(one.kind, one.raw, one.text, list(one.marks), list(one.pieces), one.block, one.table),
            [numbers[id(heading)] for heading in one.headings],
            [numbers.get(id(other)) for other in (one.intro, one.column, one.section)],
            [numbers[id(cell)] for cell in one.row],
            rows.setdefault(one.line, len(rows)),
        )
        for one in document.passages
    ]


def sent(document: Document) -> Document:
    return flat.build(marshal.loads(marshal.dumps(flat.flatten(document))))


@pytest.mark.parametrize("path", [*documents()], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_arrives_whole(path: Path) -> None:
    document = reading.here(source.load(path, "page.md"))
    assert told(sent(document)) == told(document)
    assert sent(document).path == "page.md"


@pytest.mark.parametrize(("name", "text"), [("x.md", TEXT), ("x.ipynb", json.dumps(NOTEBOOK))])
def test_all_kinds_of_passages_arrive_whole(name: str, text: str) -> None:
    document = reading.here(source.make(name, text))
    kinds = {one.kind for one in document.passages}
    assert kinds >= {*("heading", "item", "head", "row", "cell", "image", "code", "comment")}
    assert kinds >= {"matter", "footnote"} or name == "x.ipynb"
    assert any(one.section for one in document.passages)
    assert told(sent(document)) == told(document)


def test_a_row_of_many_cells_is_sent_once() -> None:
    """As much as its cells take: not each with all that stand to its left."""
    sizes = [len(marshal.dumps(flat.flatten(_row(cells)))) for cells in (400, 800)]
    assert sizes[1] < 2.2 * sizes[0]


def _row(cells: int) -> Document:
    line = "|" + "1|" * cells + "\n"
    return reading.here(source.make("x.md", line + "|" + "-|" * cells + "\n" + line))


def test_places_are_found_as_before() -> None:
    document = reading.here(source.make("x.md", TEXT))
    for one, other in zip(sent(document).passages, document.passages, strict=True):
        assert isinstance(one, Passage)
        spans = [(at, at + 1) for at in range(len(one.text))]
        assert [one.source_span(*at) for at in spans] == [other.source_span(*at) for at in spans]
