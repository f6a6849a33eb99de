"""An open document as it was last checked, with what stands where."""

from bisect import bisect_right
from functools import cached_property

from mirage_lint.binding.binding import Binding
from mirage_lint.binding.index import Index
from mirage_lint.checking.engine import Checker
from mirage_lint.checking.session import Judged
from mirage_lint.core.facts import Fact
from mirage_lint.core.spans import Span
from mirage_lint.documents.source import Source
from mirage_lint.lsp.positions import Lines


class Reading:
    """What was made of one state of a document; ``serial`` tells which."""

    def __init__(self, judged: Judged, checker: Checker, lines: Lines, serial: int) -> None:
        self.judged, self.checker, self.lines, self.serial = judged, checker, lines, serial

    @property
    def source(self) -> Source:
        """The text."""
        return self.judged.checked.source

    @property
    def index(self) -> Index:
        """The facts."""
        return self.checker.index

    @cached_property
    def claims(self) -> list[tuple[Span, Binding]]:
        """All claims by place; calculations aside."""
        found = [
            (one.claim.passage.source_span(one.claim.start, one.claim.end), one)
            for one in self.judged.checked.bindings
            if one.equation is None
        ]
        return sorted(found, key=lambda each: each[0])

    @cached_property
    def _starts(self) -> list[int]:
        return [span[0] for span, _ in self.claims]

    def at(self, offset: int) -> tuple[Span, Binding] | None:
        """The claim that stands at an offset, or ends there."""
        last = bisect_right(self._starts, offset)
        near = self.claims[max(last - _NEAR, 0) : last]
        inside = [one for one in near if one[0][0] <= offset < one[0][1]]
        beside = [one for one in near if offset == one[0][1]]
        return min(inside or beside, key=lambda one: one[0][1] - one[0][0], default=None)

    def within(self, start: int, end: int) -> list[tuple[Span, Binding]]:
        """The claims that share a place with a stretch."""
        return [one for one in self.claims if one[0][0] <= end and start <= one[0][1]]

    def digest(self, fact: Fact) -> str:
        """The digest of the artifact that a fact is written in; empty where none is known."""
        return self._digests.get(fact.source.artifact, "")

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {one.path: one.digest for one in self.index.registry.artifacts}


_NEAR = 8
"""Claims before a place that may reach over it: some stand within others."""
