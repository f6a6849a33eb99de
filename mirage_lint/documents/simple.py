"""Markdown that needs no parser: text whose only markup is code spans and emphasis of whole words.

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
        elif kind == "end":
            builder.space(start, 1)
        elif kind == "open" and not opened:
            opened = part[0]
        elif kind == "close" and part[0] == opened:
            opened = ""
        else:
            return None
    return None if opened else builder.done()
