"""All places in documents that tell a fact."""

from collections.abc import Iterable

from lsprotocol import types

from mirage_lint.core.facts import Fact
from mirage_lint.lsp.reading import Reading


def references(reading: Reading, facts: Iterable[Fact], uri: str) -> list[types.Location]:
    """The places in one document."""
    wanted = {one.id for one in facts}
    return [
        types.Location(uri, reading.lines.range(*span))
        for span, binding in reading.claims
        if any(one.id in wanted for one in binding.facts)
    ]
