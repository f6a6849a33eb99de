"""Changes of a document, tried in memory: what is left are those that do what they are for."""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from mirage_lint.checking.session import Judged, Session
from mirage_lint.core.edits import Edit, applied
from mirage_lint.documents import source as sources
from mirage_lint.rules.finding import Change, Finding

_MOST_CHECKS = 100
"""How often a document is checked to find out which of its changes work; what is not found out by
then is not made.
"""

See = Callable[[Judged], Sequence[Finding]]
"""Which findings a change is held against: those of the check, or those that are told."""


class Trial:
    """The changes of one document; ``see`` says what counts."""

    def __init__(self, judged: Judged, session: Session, see: See) -> None:
        self._judged = judged
        self._session = session
        self._see = see
        self._left = _MOST_CHECKS

    def working(self, changes: Sequence[Change]) -> list[Change]:
        """The changes that, made together, leave none of their findings and bring no other."""
        rest = _disjoint(changes)
        while rest and self._left:
            self._left -= 1
            wrong, is_strange = self._wrong(rest)
            if is_strange and not wrong:
                return self._halves(rest)
            if not wrong:
                return rest
            rest = [one for at, one in enumerate(rest) if at not in wrong]
        return []

    def _halves(self, changes: list[Change]) -> list[Change]:
        """As `working`, where it is not known which of them brought what is new."""
        if len(changes) == 1:
            return []
        middle = len(changes) // 2
        first, second = self.working(changes[:middle]), self.working(changes[middle:])
        if len(first) + len(second) == len(changes):
            return first  # each half works alone
        return self.working([*first, *second])

    def _wrong(self, changes: Sequence[Change]) -> tuple[set[int], bool]:
        """Which of the changes leave or bring a finding at their place, and whether one came that
        is at none.
        """
        before, edits = self._judged, [edit for one in changes for edit in one.edits]
        moved = _Moved(edits)
        text = applied(before.checked.source.text, edits)
        source = sources.make(before.target.shown, text)
        found = self._see(self._session.judge(before.target, source))
        places = {
            at: number
            for number, one in enumerate(changes)
            for start, end in moved.spans(one)
            for at in range(start, end)
        }
        known = Counter((each.code, moved(each.start)) for each in self._see(before))
        known.subtract((each.code, moved(each.start)) for one in changes for each in one.findings)
        wrong, is_strange = set[int](), False
        for one in found:
            if known[one.code, one.start] > 0:
                known[one.code, one.start] -= 1
                continue
            here = {places[at] for at in range(one.start, one.end) if at in places}
            wrong |= here
            is_strange |= not here
        return wrong, is_strange


class _Moved:
    """Tells where a place of a text is behind some edits of it."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        order = sorted(edits)
        self._ends = [one.end for one in order]
        longer = (len(one.text) - (one.end - one.start) for one in order)
        self._shifts = [0, *accumulate(longer)]

    def spans(self, change: Change) -> Iterator[tuple[int, int]]:
        """What the change wrote, and where its findings stood."""
        for edit in change.edits:
            end = self(edit.end)
            yield end - len(edit.text), end
        for finding in change.findings:
            yield self(finding.start), self(finding.end)

    def __call__(self, offset: int) -> int:
        return offset + self._shifts[bisect_right(self._ends, offset)]


def _disjoint(changes: Sequence[Change]) -> list[Change]:
    """The changes of which no two touch one place; the first of two stays."""
    kept, taken = list[Change](), list[tuple[int, int]]()
    for one in changes:
        spans = [(edit.start, edit.end) for edit in one.edits]
        if all(_is_free(span, taken) for span in spans):
            kept.append(one)
            for span in spans:
                insort(taken, span)
    return kept


def _is_free(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a span overlaps none of those that are taken, which are in order and apart."""
    at = bisect_right(taken, span)
    before, behind = taken[at - 1 : at], taken[at : at + 1]
    return all(end <= span[0] for _, end in before) and all(start >= span[1] for start, _ in behind)
