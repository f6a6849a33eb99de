"""A document's table as rows and columns: what the heads of each name, and its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from fractions import Fraction

from mirage_lint import vocabulary
from mirage_lint.binding.index import DIMENSION, FAMILY, POPULATION, Index
from mirage_lint.binding.mentions import Mention
from mirage_lint.binding.records import Pair, Record
from mirage_lint.binding.settings import exact
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import QUANTITIES, Claim
from mirage_lint.core import words
from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.passages import Passage

_BULLETS = frozenset("•‣▪")
_ARROW = re.compile(r"→|⇒|[-=]>")
_SHORTEST_AXIS = 2
"""Heads that are numbers, from which on they may be the values of one setting."""
MOST_CELLS = 20_000
"""Cells of a table that are looked at as a whole."""


class Line(NamedTuple):
    """A row or a column, its heads, and the dimensions and families that it names: by key, a
    family's is "". Those of ``whole`` are named by all of a cell, and surer than others. ``parts``
    are what its part of a head may be called that tells of two things: "Acc@1 (Err)".
    ``populations`` are those that it names, as (family, name); ``alike`` are sets of keys by which
    one cell names things: which of them is meant is open. ``naming`` are all of its cells
    that tell what it is about; ``record`` is what its numbers are known by, where no name tells.
    """

    number: int
    heads: tuple[View, ...]
    named: dict[str, frozenset[str]]
    whole: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()
    populations: frozenset[object] = frozenset()
    alike: tuple[frozenset[str], ...] = ()
    naming: tuple[View, ...] = ()
    record: Record | None = None

    @property
    def text(self) -> str:
        """The text of its heads."""
        return self.parts[0] if self.parts else " ".join(one.passage.text for one in self.heads)

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called."""
        return self.parts or (self.text,)


class Cell(NamedTuple):
    """A number of the table, in its row and column."""

    claim: Claim
    view: View
    row: Line
    column: Line


class Grid:
    """The numbers of one table, each in its row and its column."""

    def __init__(self, table: Iterable[Passage], see: Callable[[Passage], View], index: Index):
        self._see, self._index = see, index
        self._columns: dict[tuple[int, tuple[str, ...]], Line] = {}
        passages = list(table)
        heads = {id(one.column): one.column for one in passages if one.column and one.section}
        self._in_heads = {
            key for head in heads.values() for key in _line(0, [], [self._see(head)]).named
        }
        self._axis = self._find_axis(passages)
        self.cells = list(self._cells(passages))

    def _cells(self, passages: list[Passage]) -> Iterator[Cell]:
        for number, row in enumerate(_rows(passages[:MOST_CELLS])):
            views = [self._see(passage) for passage in row]
            numbers = [None if _is_name(view) else _number(view) for view in views]
            line = self._row(number, views, numbers)
            for view in views:
                if view.passage.column and view.passage.kind == "cell":
                    for claim, parts in _told(view, view.passage.column.text):
                        yield Cell(claim, view, line, self._column(view.passage.column, parts))

    def _row(self, number: int, views: list[View], numbers: list[Claim | None]) -> Line:
        heads = [view for view, claim in zip(views, numbers, strict=True) if claim is None]
        first = [view for view in heads if view.passage.kind == "row"]
        line = _line(number, first, heads)
        if section := views[-1].passage.section:
            line = self._below(line, self._see(section))
        for view, claim in zip(views, numbers, strict=True) if self._index.numeric_keys else ():
            if claim and view.passage.column:
                setting = self._setting(claim, view.passage.column)
                line = line._replace(named=line.named | setting, whole=line.whole | set(setting))
        return line

    def _below(self, line: Line, section: View) -> Line:
        """A row with what its section names, where it names nothing of the kind itself, nor does a
        column: "| dev pending | | |" is no section of columns of test and dev.
        """
        told = _line(line.number, [], [section])
        taken = {*line.named, *self._in_heads}
        named = {key: values for key, values in told.named.items() if key not in taken}
        return line._replace(
            named=line.named | named,
            whole=line.whole | (told.whole & named.keys()),
            populations=line.populations | told.populations,
            naming=(*line.naming, section),
        )

    def _setting(self, claim: Claim, column: Passage) -> dict[str, frozenset[str]]:
        """A cell that tells a setting: 0.1 under "Retention"."""
        stems = set(words.key(column.text))
        for key in self._index.dimension_keys(stems):
            if len(stems) == len(set(words.key(key))):
                value = self._index.dimension_value(key, exact(claim))
                return {key: frozenset() if value is None else frozenset({value})}
        return {}

    def _find_axis(self, passages: list[Passage]) -> str:
        """The one dimension that all heads which are numbers are values of: "| 0.4 | 0.5 | 0.6 |";
        empty where there is none.
        """
        heads = {id(one.column): one.column for one in passages if one.column}
        told = [_number(self._see(head)) for head in heads.values()]
        numbers = {one.digits for one in told if one and one.text == one.passage.text}
        if len(numbers) < _SHORTEST_AXIS:
            return ""
        look = self._index.dimension_value
        keys = sorted(self._index.numeric_keys)
        found = [key for key in keys if all(look(key, [Fraction(one)]) for one in numbers)]
        return found[0] if len(found) == 1 else ""

    def _on_axis(self, head: View) -> dict[str, frozenset[str]]:
        number = _number(head) if self._axis else None
        if number is None or number.text != head.passage.text:
            return {}
        value = self._index.dimension_value(self._axis, [Fraction(number.digits)])
        return {self._axis: frozenset({value})} if value else {}

    def _column(self, head: Passage, parts: tuple[str, ...]) -> Line:
        key = id(head), parts
        if key not in self._columns:
            views = [self._see(head)]
            line = _line(len(self._columns), views, views)
            if axis := self._on_axis(views[0]):  # a number there is no other setting's value
                line = line._replace(named=axis, whole=frozenset(axis), alike=())
            self._columns[key] = line._replace(parts=parts) if parts else line
        return self._columns[key]


def _rows(passages: list[Passage]) -> Iterator[list[Passage]]:
    row: list[Passage] = []
    for passage in passages:
        if passage.kind not in ("row", "cell"):
            continue
        is_first = passage.kind == "row" and not passage.left
        if row and (is_first or passage.left <= row[-1].left):
            yield row
            row = []
        if not row and passage.left:
            row += passage.row  # heads that span several rows
        row.append(passage)
    if row:
        yield row


def _is_name(view: View) -> bool:
    """Whether a row's first cell is a name with a number in it: "Finch-Net 128"."""
    claim = _number(view) if view.passage.kind == "row" else None
    return claim is not None and bool(words.split(view.passage.text[: claim.start]))


def _number(view: View) -> Claim | None:
    """The quantity that a cell tells first."""
    return next((one for one in view.claims if one.kind in QUANTITIES and one.digits), None)


def is_listing(view: View) -> bool:
    """Whether a cell lists several things, each with its number: "• a (0.9) • b (0.8)"."""
    return bool(view.passage.column) and not _BULLETS.isdisjoint(view.passage.text)


def _halves(head: str) -> tuple[str, str]:
    """What a head names that names two things: "Acc@1 (Err)", "mean / median"."""
    for opens, closes in ("()", "[]"):
        if head.rstrip().endswith(closes):
            first, _, second = head.rstrip()[:-1].partition(opens)
            return first.strip(), second.strip()
    first, _, second = head.partition(" / ")
    return first.strip(), second.strip()


def _told(view: View, head: str) -> Iterator[tuple[Claim, tuple[str, ...]]]:
    """The quantities of a cell, each with what its part of the head may be called: the first
    alone, unless the head names as many things.
    """
    numbers = [one for one in view.claims if one.kind in QUANTITIES and one.digits]
    if is_listing(view):
        return
    if len(numbers) == 2 and _ARROW.search(view.passage.text, numbers[0].end, numbers[1].start):
        numbers = numbers[1:]  # "453 → 454": what it was, and is now
    first, second = _halves(head) if len(numbers) == 2 else ("", "")
    if first and second:
        yield numbers[0], (first,)
        yield numbers[1], (f"{first} {second}", second)
    elif numbers:
        yield numbers[0], ()


def _line(number: int, heads: list[View], naming: list[View]) -> Line:
    """A line with what its cells name: the first that is a name as a whole, else any in them."""
    whole: dict[str, set[str]] = {}
    alike: list[frozenset[str]] = []
    for view in naming:
        called = [pair for pair in view.called if _is_called(view, pair)]
        keys = {key for key, _ in called} - set(whole)
        for key in sorted(keys):
            whole[key] = {value for other, value in called if other == key}
        if len(keys) > 1:
            alike.append(frozenset(keys))
    linked = {pair for view in naming for pair in view.linked} if not whole else set()
    for key, value in linked if len(linked) == 1 else ():
        whole[key] = {value}
    mentions = [one for view in naming for one in view.as_head]
    named = {key: frozenset(values) for key, values in (*whole.items(), *_passing(mentions, whole))}
    of_rows = (one for one in mentions if one.kind == POPULATION)
    populations = frozenset(value for one in of_rows for value in one.values)
    shown = (), populations, tuple(alike), tuple(naming)
    return Line(number, tuple(heads), named, frozenset(whole), *shown)


def _passing(mentions: list[Mention], whole: Collection[str]) -> Iterable[tuple[str, set[str]]]:
    """What cells name in passing, of other keys than those of ``whole``."""
    loose: dict[str, set[str]] = {}
    runs = [one for one in mentions if one.kind == FAMILY and one.by != "model"]
    for key, value in _loose(mentions):
        # Where a run is named as such, its model tells no other.
        is_weak = not key and runs and not any(value in one.values for one in runs)
        if key not in whole and not is_weak:
            loose.setdefault(key, set()).add(value)
    return loose.items()


def is_unknown(view: View) -> bool:
    """Whether a cell has words, and names nothing by them."""
    is_told = any(map(str.isalnum, view.passage.text))
    return is_told and not (view.called or view.as_head or view.linked)


def _is_called(view: View, pair: Pair) -> bool:
    """Whether a head is the name of a setting: one letter is, where its column tells of which."""
    key, value = pair
    column = view.passage.column
    return (
        len(value) > 1
        or not value.isalpha()
        or bool(column and set(words.key(key)) & set(words.key(column.text)))
    )


def _loose(mentions: Iterable[Mention]) -> Iterator[Pair]:
    for one in mentions:
        for value in one.values:
            if one.kind == DIMENSION and isinstance(value, tuple) and value[1] is not None:
                yield value[0], value[1]
            elif one.kind == FAMILY:
                yield "", str(value)


def records_of(line: Line, index: Index) -> set[Record] | None:
    """The records that fit what a line names, None where it names nothing; what is named in
    passing rules no whole name out.
    """
    if line.record:
        return {line.record}
    if not line.named:
        return None
    fitting = {key: _having(key, line.named[key], index) for key in sorted(line.named)}
    found = _unopposed({key: fitting[key] for key in fitting if key in line.whole}, line.alike)
    for key in (key for key in fitting if key not in line.whole):
        if found is None:
            found = fitting[key]
        elif found & fitting[key] or not line.whole:
            found = found & fitting[key]
    return found


def _unopposed(
    fitting: dict[str, set[Record]], alike: tuple[frozenset[str], ...]
) -> set[Record] | None:
    """The records that some whole name fits and none speaks against: what a record does not tell
    rules it not out, nor does the object that all such records are of, where another key of the
    same cell fits. None where there are no such names.
    """
    if not fitting:
        return None
    beside = {
        key: [other for other in keys if len(_values_of(key, fitting[other])) == 1]
        for keys in alike
        for key in keys
        if key in vocabulary.load("words")["object_names"]
    }
    return {
        one
        for one in set().union(*fitting.values())
        if all(
            one in fits
            or (key and key not in dict(one.dimensions))
            or any(one in fitting[other] for other in beside.get(key, ()))
            for key, fits in fitting.items()
        )
    }


def _values_of(key: str, records: set[Record]) -> set[str]:
    return {value for one in records for name, value in one.dimensions if name == key}


def _having(key: str, values: Iterable[str], index: Index) -> set[Record]:
    known = index.records
    if not key:
        found = [known.of_family.get(one, set()) for one in values]
    else:
        found = [known.having.get((key, one), set()) for one in values]
    return found[0] if len(found) == 1 else set().union(*found)
