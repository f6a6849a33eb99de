"""Awkward documents, read whole: every passage with its context, and nothing else."""

import re
from pathlib import Path

import pytest

from mirage_lint.documents import markdown, source
from mirage_lint.documents.passages import Passage

AWKWARD = Path(__file__).parent / "awkward"


def told(passage: Passage, text: str) -> str:
    """A passage with its context, on one line; ``text`` is its document's."""
    first, last = passage.source_span(0, len(passage.text)) if passage.text else (0, 0)
    parts = [
        f"{text.count(chr(10), 0, first) + 1}: {passage.kind} {passage.text!r}",
        *(f"{mark.kind} {passage.text[mark.start : mark.end]!r}" for mark in passage.marks),
        f"from {text[first:last]!r}" if text[first:last] != passage.text else "",
        f"under {' / '.join(heading.text for heading in passage.headings)!r}",
        f"after {passage.intro.text!r}" if passage.intro else "",
        f"table {passage.table}" if passage.table else "",
        f"row {[cell.text for cell in passage.row]}" if passage.row else "",
        f"column {passage.column.text!r}" if passage.column else "",
    ]
    return "\n    ".join(filter(None, parts)) + "\n"


@pytest.mark.parametrize("path", sorted(AWKWARD.glob("*.md")), ids=lambda path: path.stem)
def test_an_awkward_document_is_read_as_a_reader_sees_it(path: Path) -> None:
    read = source.load(path, path.name)
    passages = markdown.read(read).passages
    expected = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert "".join(told(passage, read.text) for passage in passages) == expected


@pytest.mark.parametrize("path", sorted(AWKWARD.glob("*.md")), ids=lambda path: path.stem)
def test_what_is_no_prose_is_in_no_passage(path: Path) -> None:
    passages = markdown.read(source.load(path, path.name)).passages
    prose = "\n".join(passage.text for passage in passages)
    # 99 and 98 stand in comments, styles, options and code of languages that set nothing.
    assert re.findall(r"\b9[89]\b", re.sub(r"99\.2%", "", prose)) == []
