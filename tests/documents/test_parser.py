"""Our parser, which tries only rules that may match, reads what the plain one reads."""

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mirage_lint.documents import markdown

PLAIN = MarkdownIt("commonmark").enable(["table", "strikethrough"])

_TEXT = st.text("ab1 \n\t#>-+*_`~[](){}!<>&;|\\\"'x/.", max_size=80)
_LINES = st.lists(
    st.sampled_from(
        [
            *("a b", "1. x", "2) y", "- z", "* u", "+ v", "> q", "# h", "---", "===", "```", "~~~"),
            *("    code", "\ttab", "| a | b |", "|---|---|", "<div>", "</div>", "<!-- c", "-->"),
            *("[r]: /url", "[r]", "", "", "  in", "- - x", "> - y", "***", "`` ` ``", "[a](b *c*)"),
            *(
                "![i *e*](s 't')",
                "**b*c**d*",
                "~~s~~",
                "<http://x.y>",
                "<b>",
                "a  ",
                "b\\",
                "&amp;",
            ),
        ]
    ),
    max_size=12,
).map("\n".join)


def told(tokens: list[Token]) -> list[tuple[object, ...]]:
    """What tokens say; how text is cut into tokens does not matter."""
    found: list[tuple[object, ...]] = []
    for token in tokens:
        if token.type in ("text", "text_special"):
            before = found.pop()[1] if found and found[-1][0] == "text" else ""
            text = f"{before}{token.content}"
            found += [("text", text)] if text else []
        else:
            inner = told(token.children) if token.children else None
            found.append((token.type, token.map, token.content, inner))
    return found


@settings(derandomize=True, max_examples=500, deadline=None)
@given(_TEXT | _LINES)
def test_the_same_blocks_and_the_same_text(text: str) -> None:
    ours = markdown.parser()
    assert told(ours.parse(text)) == told(PLAIN.parse(text))
