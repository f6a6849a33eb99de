"""Markdown that needs no parser: text whose only markup is code spans, escapes, emphasis of whole
words, and links whose addresses are plain.

Most markup is of that kind, and is read here in a fraction of the parser's time. Whatever may mean
more, or something else, is left to the parser.
"""

import re

from mirage_lint.documents.passages import Mark, Shown
from mirage_lint.documents.visible import Builder

_PART = re.compile(
    r"(?P<text>(?:[^\n&*<\[\\_`~]"
    r"|(?<=[^\W_])_+(?=[^\W_])|(?<!~)~(?!~)|&(?= )|<(?= |[\d.,%]++[ )]))++)"
    r"|`(?P<code>[^`\n]+)`(?!`)"
    r"|(?P<open>(?:(?<![^ \n])\*\*?(?=[^\s*])|(?<=\()\*\*?(?=[^\W_])))"
    r"|(?P<close>(?<=[^\s*])\*\*?(?=[ \n.,:;)]|\Z))"
    r"|(?P<link>(?<!!)\["
    r"(?:(?P<label>(?!\^)(?:[^\n&*<\[\]\\_`~]|(?<=[^\W_])_+(?=[^\W_]))++)|`(?P<name>[^\s`\[\]\\]++)`)\]"
    r"\((?P<target>(?:https?://[a-z\d][a-z\d.\-]*+/|(?!//))[A-Za-z\d_./#?=,@+\-]++)\))"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<end>\n[ \t]*)"
    r"|(?P<other>.)"
)


def simple(content: str) -> Shown | None:
    """The visible text of an inline block; None where the parser has to tell it."""
    builder, opened = Builder(content), ""
    for part in _PART.finditer(content):
        kind, start, end = part.lastgroup, *part.span()
        if kind == "text":
            text = part[0].rstrip(" ") if content.startswith("\n", end) else part[0]
            builder.add(text, start, len(text))
        elif kind == "code" and not part["code"].startswith(" "):
            length = end - start - 2
            mark = Mark("code", builder.length, builder.length + length, part["code"])
            builder.marks.append(mark)
            builder.add(part["code"], start + 1, length)
        elif kind == "link":
            _link(builder, part)
        elif kind == "escaped":
            builder.add(part["escaped"], start, len(part[0]))
        elif kind == "end":
            builder.space(start, 1)
        elif kind == "open" and not opened:
            opened = part[0]
        elif kind == "close" and part[0] == opened:
            opened = ""
        else:
            return None
    return None if opened else builder.done()


def _link(builder: Builder, part: re.Match[str]) -> None:
    """Add the text of a link, which may be one code span."""
    kind = "label" if part["name"] is None else "name"
    start, text = builder.length, part[kind]
    if kind == "name":
        builder.marks.append(Mark("code", start, start + len(text), text))
    builder.add(text, part.start(kind), len(text))
    builder.marks.append(Mark("link", start, builder.length, part["target"]))
