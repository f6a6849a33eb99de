"""Comments that bind, as far as they stand before a place of a text."""

import re

from mirage_lint.core.facts import Fact
from mirage_lint.core.spans import Span
from mirage_lint.lsp.reading import Reading

_CLAIM = re.compile(r"(?:<!--|\{/\*)\s*+claim:\s*+([^\n]{0,400}?)\s*(?:-->|\*/\})")


def fact_at(reading: Reading, offset: int) -> tuple[Span, Fact] | None:
    """The fact that a comment on this line names, where the place is in that comment."""
    text = reading.source.text
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    for match in _CLAIM.finditer(text, start, len(text) if end < 0 else end):
        if match.start() <= offset <= match.end():
            try:
                return match.span(1), reading.checker.known().fact(match[1])
            except ValueError:
                return None
    return None
