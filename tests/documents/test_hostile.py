"""Hostile documents: read without a traceback, and in time that grows with their size. All are so
large that reading them would not end in a test's time if it grew faster.
"""

import pytest

from mirage_lint.documents import markdown, source

N = 20_000
HOSTILE = {
    "angle brackets": "<" * 100_000,
    "tags that never close": "<a " * N,
    "tags that never close, quoted": "<a \"'" * N,
    "comments that never close": "<!-- " * N,
    "comments in blocks": "<!-- \n\n" * N,
    "divisions on a line": "<div>" * N,
    "divisions in blocks": "<div>\n\n" * N,
    "paragraphs of HTML": "<p>x 1\n" * N,
    "tables in tables": "<table><tr><td>" * N,
    "tall and wide cells": "<table>" + "<tr><td rowspan=9999 colspan=9999>1" * N,
    "a row of HTML": "<table><tr>" + "<td>1" * N,
    "lists in lists of HTML": "<ul><li>1\n" * N,
    "raised text": "1<sup>" * N,
    "anchors": "x <a href=x>" * N + "</a>" * N,
    "code tags": "x <code>" * N + "</code>" * N,
    "NUL bytes": "\0 1" * N,
    "one long line": "word 12 " * 1_000_000,
    "one long line with markup": "*word* 12 " * N,
    "a paragraph of many lines": "a *12* b\n" * 50_000,
    "a table of many rows": "|a|b|\n|-|-|\n" + "| x | *12* |\n" * 10_000,
    "a row of many cells": "|a" * N + "|\n" + "|-" * N + "|\n" + "|1" * N + "|\n",
    "quotes in quotes": ">" * 1000 + " 12",
    "footnotes": "[^1]: x[^1] 12\n" * N,
    "footnotes in footnotes": "[^1]: " * N,
    "definitions": "a\n: b\n" * N,
    "definitions in definitions": "a\n" + ": " * N,
    "admonitions in admonitions": "".join(" " * 4 * depth + "!!! note\n" for depth in range(500)),
    "directives": ":::{tip}\n" * N,
    "directives that are never closed": "```{note}\n" * N,
    "directives of code": ":::{code-block}\n" * N,
    "options": "```{note}\n" + ":a: b\n" * N,
    "badges": "![a](https://img.shields.io/badge/a-b-c) " * N,
    "badges far away": "![a][b] " * N + "\n\n[b]: https://img.shields.io/badge/a-b-c",
    "brackets": "[" * N,
    "images in images": "![" * N,
    "one block of code": "```yaml\n" + "a: 12 # b\n" * N,
    "front matter": "---\n" + "a: 1\n" * N,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_documents_are_read(text: str) -> None:
    read = source.make("x.md", text)
    passages = markdown.read(read).passages
    for passage in passages:
        assert all(piece.source + piece.source_width <= len(text) for piece in passage.pieces)


DEEP = {
    "quotes": "> " * 1000 + "first 12",
    "quotes without spaces": ">" * 1000 + "first 12",
    "lists": "- " * 300 + "first 12",
    "numbered lists": "1. " * 300 + "first 12",
    "lists below one another": "".join("  " * depth + "- \n" for depth in range(200))
    + "  " * 200
    + "first 12",
    "lists in quotes": "> - " * 200 + "first 12",
    "admonitions": "".join(" " * 4 * depth + "!!! note\n" for depth in range(200))
    + " " * 800
    + "first 12",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_lies_deep_is_read_and_what_stands_behind_it(text: str) -> None:
    text += "\n\nlast 7\n"
    passages = markdown.read(source.make("x.md", text)).passages
    told = [passage for passage in passages if any(map(str.isdigit, passage.text))]
    assert [passage.text for passage in told] == ["first 12", "last 7"]
    spans = [passage.source_span(0, len(passage.text)) for passage in told]
    assert [text[start:end] for start, end in spans] == ["first 12", "last 7"]


def test_a_passage_is_read_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    inner = markdown.parser().inline
    parse = inner.parse
    monkeypatch.setattr(inner, "parse", lambda src, *rest: seen.append(src) or parse(src, *rest))
    passages = markdown.read(source.make("x.md", "~~one~~\n\nplain\n\n~~two~~\n")).passages
    assert [passage.raw for passage in passages] == ["~~one~~", "plain", "~~two~~"]
    assert seen == []
    assert [passages[2].text, passages[2].text, passages[1].text] == ["two", "two", "plain"]
    assert seen == ["~~two~~"]
