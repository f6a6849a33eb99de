"""A document's comments to what they silence, from where to where."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from mirage_lint.documents import comments
from mirage_lint.documents.comments import Comment, Found
from mirage_lint.documents.source import Source
from mirage_lint.silencing import orders
from mirage_lint.silencing.orders import END, FILE, HERE, RECORD, START, Order

Span = tuple[int, int]
Place = Callable[[int, int], Span]


class Silence(NamedTuple):
    """An order with what it covers of the source, and where it stands itself."""

    order: Order
    covers: Span
    place: Span


class Problem(NamedTuple):
    """A comment that cannot be obeyed: what is wrong, and where it stands."""

    text: str
    place: Span


class Said(NamedTuple):
    """All that a document says to us; ``is_record`` where it tells of the past."""

    silences: tuple[Silence, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_record: bool = False


def read(source: Source) -> Said:
    """What a document says, in places of its source."""
    if comments.MARK not in source.text:
        return Said()
    if not source.path.endswith(".ipynb"):
        return _read(source)
    from mirage_lint.documents import notebook

    cells, place = notebook.cells(source)
    said = _read(cells)
    silences = [
        one._replace(
            covers=place(*one.covers) if one.covers[0] < one.covers[1] else (0, 0),
            place=place(*one.place),
        )
        for one in said.silences
    ]
    problems = [one._replace(place=place(*one.place)) for one in said.problems]
    return Said(tuple(silences), tuple(problems), said.is_record)


def _read(source: Source) -> Said:
    found = comments.find(source)
    silences, problems, is_record = list[Silence](), list[Problem](), False
    open_ones: list[tuple[Order, Comment]] = []
    reach = _Reach(source, found)
    for comment in found.comments:
        if comment.is_binding:
            continue
        order = _order(comment, problems)
        if order is None:
            continue
        place = comment.start, comment.end
        if order.kind == START:
            open_ones.append((order, comment))
        elif order.kind == END:
            _close(order, comment, open_ones, silences, problems)
        else:
            silences.append(Silence(order, reach.of(order, comment), place))
    for _, comment in open_ones:
        told = "has no ignore-end below it, and so silences nothing"
        problems.append(Problem(told, (comment.start, comment.end)))
    if found.matter and not found.matter.is_binding:
        is_record = found.matter.text == RECORD
        silences += [] if is_record else _of_matter(found.matter, source, problems)
    return Said(tuple(silences), tuple(problems), is_record)


def _order(comment: Comment, problems: list[Problem]) -> Order | None:
    """What a comment says, or else a problem more."""
    try:
        if comment.text is None:
            raise ValueError("the comment is not closed")
        return orders.read(comment.text)
    except ValueError as error:
        problems.append(Problem(f"silences nothing: {error}", (comment.start, comment.end)))
        return None


def _close(
    order: Order,
    comment: Comment,
    open_ones: list[tuple[Order, Comment]],
    silences: list[Silence],
    problems: list[Problem],
) -> None:
    """End the nearest start, of the same rules where the end names some."""
    for at in range(len(open_ones) - 1, -1, -1):
        start, opened = open_ones[at]
        if not order.codes or order.codes == start.codes:
            del open_ones[at]
            covers = opened.end, comment.start
            silences.append(Silence(start, covers, (opened.start, opened.end)))
            return
    told = f"has no {START} above it" + (" for the same rules" if order.codes else "")
    problems.append(Problem(told, (comment.start, comment.end)))


def _of_matter(matter: Comment, source: Source, problems: list[Problem]) -> Iterator[Silence]:
    """The order of the front matter, which holds for the whole file."""
    text = (matter.text or "").replace(FILE, HERE, 1)
    order = _order(matter._replace(text=text), problems)
    if order and order.kind == HERE:
        yield Silence(order._replace(kind=FILE), (0, len(source.text)), matter[:2])
    elif order:
        told = f"'{order.kind}' can only stand in a comment"
        problems.append(Problem(told, (matter.start, matter.end)))


class _Reach:
    """What each order covers that needs no end."""

    def __init__(self, source: Source, found: Found) -> None:
        self._source = source
        self._lone = comments.lone_lines(source, found)
        self._blocks = dict(reversed(found.blocks))

    @cached_property
    def _next(self) -> list[int]:
        """Of each line (from 0), itself or the next below that says something to readers."""
        count = len(self._source.line_starts)
        lines = list(range(count + 1))
        for line in reversed(range(count)):
            if line in self._lone or not self._source.line(line + 1).strip(" \t>"):
                lines[line] = lines[line + 1]
        return lines

    def of(self, order: Order, comment: Comment) -> Span:
        if order.kind == FILE:
            return 0, len(self._source.text)
        first, last = (self._source.position(at)[0] - 1 for at in (comment.start, comment.end))
        if first in self._lone:
            first = self._next[last + 1]
            last = self._blocks.get(first, first + 1) - 1
        return _offset(self._source, first), _offset(self._source, last + 1)


def _offset(source: Source, line: int) -> int:
    """Where a line (from 0) starts, or the text ends."""
    return source.line_starts[line] if line < len(source.line_starts) else len(source.text)
