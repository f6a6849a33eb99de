"""What is read without the parser is what the parser reads, at the same places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.rules_block import StateBlock

from mirage_lint.documents import inline, markdown
from mirage_lint.documents.blocks import State
from mirage_lint.documents.passages import Passage, Shown
from mirage_lint.documents.simple import simple

SIMPLE = {
    "**bold** and *slanted* and `code`": "bold and slanted and code",
    "**99.2%**, (*n* = 3)": "99.2%, (n = 3)",
    "**Rank:** 8 of `r_max`": "Rank: 8 of r_max",
    "one \n  two": "one two",
    "a_b ~95% & < 5": "a_b ~95% & < 5",
    "`a`\\* \\_b": "a* _b",
    "[a_b c](d/e.py) | [`f`](https://g.h/i-1#j)": "a_b c | f",
}
HARD = [
    "`` ` ``",
    "**a",
    "a**b**",
    "*a **b***",
    "` a `",
    "![a](b)",
    "[a](<b>)",
    "[a](//b/c)",
    "[a](b%20c)",
    "[a](B:c)",
    '[a](b "c")',
    "[a](b(c))",
    "[*a*](b)",
    "[^1](b)",
    "[a [b](c)",
    "a\\b",
    "<b>",
    "&amp;",
    "~~a~~",
]

PARTS = ["**", "*", "`", "a", "b_c", " ", "  ", "\n", "(", ")", ".", ":", "_", "~", "<", "&", "5"]
PARTS += ["1.5%", "é", "—", "'", "[", "!", "\\", "\u2003"]
LINKS = ["[a b](c_d/e.py)", "[`f`](g)", "[h](https://i.j/k?l=m#n)", "](o)", "[p](", "^", "q", "r/s"]


def by_parser(content: str) -> Shown:
    parser = markdown.parser()
    builder = inline.InlineBuilder(content)
    for token in parser.inline.parse(content, parser, {}, []):
        builder.take(token)
    return builder.done()


def places(shown: Shown) -> list[tuple[int, int]]:
    passage = Passage("paragraph", *shown)
    return [passage.source_span(at, at + 1) for at in range(len(shown[0]))]


@pytest.mark.parametrize(("content", "text"), SIMPLE.items(), ids=SIMPLE)
def test_what_is_simple(content: str, text: str) -> None:
    shown = simple(content)
    assert shown is not None
    assert shown[0] == text


@pytest.mark.parametrize("content", HARD)
def test_what_is_left_to_the_parser(content: str) -> None:
    assert simple(content) is None


@settings(derandomize=True, max_examples=4000, deadline=None)
@given(st.lists(st.sampled_from([*PARTS, *LINKS]), min_size=2, max_size=12).map("".join))
def test_the_same_as_the_parser_reads(content: str) -> None:
    content = content.strip()
    shown = simple(content)
    if shown:
        told = by_parser(content)
        assert (shown[0], list(shown[2])) == (told[0], list(told[2]))
        assert places(shown) == places(told)


@settings(derandomize=True, max_examples=1000, deadline=None)
@given(st.text(" \t\na>\u2003\r\x0b", min_size=1, max_size=14))
def test_the_same_lines_as_the_parser_has(text: str) -> None:
    ours, plain = (make(text, markdown.parser(), {}, []) for make in (State, StateBlock))
    for name in ("bMarks", "eMarks", "tShift", "sCount", "bsCount", "lineMax"):
        assert getattr(ours, name) == getattr(plain, name)
