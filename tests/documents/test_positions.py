"""Where visible text stands in the source, through all markup."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mirage_lint.documents import markdown, source

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/**/*.md")]
ODD = sorted(Path(__file__).parent.glob("awkward/*.md"))

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
        "note[^1]",
        "\n\n[^1]: ",
        "\n: ",
        "[x] ",
        "[!NOTE]",
        '\n!!! note "title 7"\n',
        "\n:::{tip} title 8\n",
        "\n```{note}\n:name: x\n",
        "\n:::\n",
        "AP<sup>50</sup>",
        "10<sup>6</sup>",
        "<b>9</b>",
        "<table><tr><th>h 10</th></tr>",
        "<tr><td rowspan=2>11</td><td colspan=2>",
        "</td></tr></table>\n",
        "<details>\n<summary>12</summary>\n",
        "<!-- hidden -->",
        '<a href="x.csv">13',
        "</a>",
        '<img alt="a &lt; 14" src=x>',
        "![b](https://img.shields.io/badge/a--b-15%25-red)",
        "\\|",
        "\r\n",
        "===\n",
    ]
)


def stray(text: str) -> list[tuple[str, str]]:
    """Stretches of visible text that map to the source character by character, and are not what
    stands there (a space may be any break).
    """
    read = source.make("x.md", text)
    found = []
    for passage in markdown.read(read).passages:
        for piece in passage.pieces:
            shown = passage.text[piece.start : piece.start + piece.width]
            there = read.text[piece.source : piece.source + piece.source_width]
            same = all(one in (" ", other) for one, other in zip(shown, there, strict=False))
            if piece.width == piece.source_width and not same:
                found.append((shown, there))
    return found


def gaps(text: str) -> list[str]:
    """Passages whose pieces are not their whole text, in order."""
    found = []
    for passage in markdown.read(source.make("x.md", text)).passages:
        ends = [0, *(piece.start + piece.width for piece in passage.pieces)]
        starts = [*(piece.start for piece in passage.pieces), len(passage.text)]
        if starts != ends:
            found.append(passage.text)
    return found


@pytest.mark.parametrize("path", ODD, ids=lambda path: path.name)
def test_odd_documents_are_in_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert (stray(text), gaps(text)) == ([], [])


@pytest.mark.parametrize("path", ODD, ids=lambda path: path.name)
def test_odd_documents_are_in_place_in_other_dress(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    quoted = "".join(f"> {line}" for line in text.removeprefix("\ufeff").splitlines(keepends=True))
    for dressed in (quoted, text.replace("\n", "\r\n"), text.replace("\n", "\r")):
        assert (stray(dressed), gaps(dressed)) == ([], [])


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=30).map(" ".join))
def test_generated_documents_are_read_whole_and_in_place(text: str) -> None:
    assert (stray(text), gaps(text)) == ([], [])


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_generated_documents_without_spaces_are_too(text: str) -> None:
    assert (stray(text), gaps(text)) == ([], [])


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text("ab1 \n\t#>-*_`~[](){}!<>&;|:\\\"'=^x/.\0\ufeff日", max_size=60))
def test_any_text_is_read_and_in_place(text: str) -> None:
    assert (stray(text.replace("\0", "")), gaps(text)) == ([], [])
