"""Where visible text stands in the source, through all markup."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mirage_lint.documents import markdown, source

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/**/*.md")]

AWKWARD = """\
---
title: 3 epochs
---
# Heading 1 with `code 2` ##

Para *emph 3* and **bo4ld** with [link 5](a_6.md "t") and ![alt 7](b.png)
> quote 8
> > inner 9 &amp; after 10 \\* escaped 11

1. item 12
   - nested 13 <br> break 14
     lazy 15

| head 16 | h\\|17 |
|---|:--|
| a 18 | `x \\| y` 19 |
| **20** | 21% | dropped 22

Setext 23
---------

```yaml
key: 24  # note 25
```

    indented 26

- | t 27 | u 28 |
  |---|---|
  | 29 | 30 |

Wide 日本語 31, tab\t32, entity &#51;&#52; end 35.
"""


def misplaced(text: str) -> list[str]:
    """Words whose span in the source is not they themselves."""
    read = source.make("x.md", text)
    return [
        word.group()
        for passage in markdown.read(read).passages
        for word in re.finditer(r"\w+", passage.text)
        if read.text[slice(*passage.source_span(word.start(), word.end()))] != word.group()
    ]


def test_every_word_of_an_awkward_document_is_placed() -> None:
    # The one word made of two entities stands as they are written.
    assert misplaced(AWKWARD) == ["34"]


def test_line_ends_and_a_byte_order_mark_change_no_position() -> None:
    plain = source.make("x.md", AWKWARD)
    dressed = source.make("x.md", "\ufeff" + AWKWARD.replace("\n", "\r\n"))
    assert dressed == plain


@pytest.mark.parametrize("path", sorted(PAGES), ids=lambda path: path.name)
def test_words_of_real_documents_are_placed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert misplaced(text) == []


_PIECES = st.sampled_from(
    [
        "12%",
        "*3 epochs*",
        "`r=8`",
        "[a 4](b)",
        "\\*",
        "&amp;",
        "| x | y |",
        "|---|---|",
        "> ",
        "- ",
        "\n",
        "\n\n",
        "# ",
        "```\n",
        "**",
        "_",
        "![i 5](j)",
        "<br>",
        "日本",
        "\t",
        "    ",
        "~~6~~",
    ]
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=30).map(" ".join))
def test_generated_documents_are_read_whole_and_in_place(text: str) -> None:
    read = source.make("x.md", text)
    for passage in markdown.read(read).passages:
        for piece in passage.pieces:
            if piece.width == piece.source_width:
                shown = passage.text[piece.start : piece.start + piece.width]
                there = read.text[piece.source : piece.source + piece.source_width]
                assert shown.replace("\n", " ") == there.replace("\n", " ")
