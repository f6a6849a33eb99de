"""Notebooks: their Markdown cells, in place through the escapes of JSON."""

import json
import re

import pytest

from mirage_lint.documents import markdown, notebook, source
from mirage_lint.documents.source import Source
from mirage_lint.errors import MirageError

MARKDOWN = """\
# A "quoted" heading 1

Text\twith *3 epochs* \\* and C:\\new 4, 日本 5, \U0001f600 6.

| a | b |
|---|---|
| 7 | `8 \\| 9` |
"""


def made(*sources: object, **options: object) -> Source:
    cells: list[dict[str, object]] = [
        {"cell_type": "markdown", "metadata": {}, "source": one} for one in sources
    ]
    cells.insert(1, {"cell_type": "code", "source": "code = 99", "outputs": [{"text": "99"}]})
    book = {"cells": cells, "nbformat": 4, "big": 0}
    text = json.dumps(book, **options)  # type: ignore[arg-type]
    return source.make("x.ipynb", text.replace('"big": 0', f'"big": {"9" * 5000}'))


def words(book: Source) -> list[tuple[str, str]]:
    """Each word with what stands in its place."""
    return [
        (word[0], book.text[slice(*passage.source_span(word.start(), word.end()))])
        for passage in notebook.read(book).passages
        for word in re.finditer(r"\w+|[^\w\s]", passage.text)
    ]


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("split", [True, False], ids=["lines", "one string"])
def test_words_are_in_place(indent: int | None, ascii_only: bool, split: bool) -> None:
    text = MARKDOWN.splitlines(keepends=True) if split else MARKDOWN
    found = words(made(text, "tail 10", indent=indent, ensure_ascii=ascii_only))
    plain = markdown.read(source.make("x", MARKDOWN + "\n\ntail 10")).passages
    expected = re.findall(r"\w+|[^\w\s]", "\n".join(passage.text for passage in plain))
    assert [word for word, _ in found] == expected
    for word, there in found:
        shown = {"\\": '"\\\\"', '"': '"\\""'}.get(word, f'"{there}"')
        assert word == json.loads(shown) or there == "\\\\*"


def test_line_ends_halves_of_characters_and_nothing() -> None:
    text = '{"cells": [{"cell_type": "markdown", "source": ["a 1\\r\\nb\\r2 \\ud800 3", 4, null]}'
    book = source.make("x.ipynb", text + ', 5, {"cell_type": "markdown"}]}')
    assert words(book) == [
        *(("a", "a"), ("1", "1"), ("b", "b"), ("2", "2")),
        *(("\ufffd", "\\ud800"), ("3", "3")),
    ]


def test_headings_reach_over_cells() -> None:
    *_, last = notebook.read(made("# One", "two")).passages
    assert [heading.text for heading in last.headings] == ["One"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"cells":\n[}', "x.ipynb:2: is no JSON; save the notebook again"),
        ('{"cells": 1}', "x.ipynb: has no cells; save it in notebook format 4"),
        ("[]", "x.ipynb: has no cells; save it in notebook format 4"),
        ("[" * 100_000, "x.ipynb: is nested too deeply; exclude it"),
    ],
)
def test_what_is_no_notebook(text: str, told: str) -> None:
    with pytest.raises(MirageError) as raised:
        notebook.read(source.make("x.ipynb", text))
    assert str(raised.value) == told
