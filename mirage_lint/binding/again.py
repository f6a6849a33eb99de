"""A document bound again, for editors: what stands as it stood, with all that it was read by, is
not read again. What comes out is the same as of `resolve.bind_document`.

A passage is bound by its own text, by what surrounds it, and by what surrounds that. A mark stands
for all of it, two steps far, as readings go: where a passage has the
mark of one that was bound before, its bindings are those, moved to where it stands now. A table is
bound as a whole, and so has one mark; of its cells, what they say by themselves is kept.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from mirage_lint.binding.binding import Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import Reader, settled
from mirage_lint.binding.sections import Section
from mirage_lint.binding.views import View
from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.documents.passages import Document, Passage

_STEPS = 2
"""How far the surroundings of a passage count."""

Exists = Callable[[str], bool]


class _Unit(NamedTuple):
    """The bindings of passages that are read together, of each in a list of its own, and which
    paths were asked for, with the answers.
    """

    bindings: tuple[tuple[Binding, ...], ...]
    asked: tuple[tuple[str, bool], ...]


class Memory:
    """What was bound of one document, the last time."""

    def __init__(self) -> None:
        self._units: dict[Hashable, _Unit] = {}
        self._views: dict[tuple[int, str], View] = {}
        self._numbers: dict[Hashable, int] = {}
        self._next = 0

    def bind(
        self,
        document: Document,
        lexicon: Lexicon,
        index: Index,
        exists: Exists,
        said: Sequence[Section] = (),
        pause: Callable[[], None] = lambda: None,
    ) -> list[Binding]:
        """The bindings of a document; ``pause`` is called before each part that is read, and may
        raise what ends the work.
        """
        asking = _Asking(exists)
        marks = _Marks(self._numbers, self._next)
        reader = _Reader(document, lexicon, index, asking, said)
        reader.know(self._views, marks)
        units: dict[Hashable, _Unit] = {}

        def read(parts: Iterable[list[Passage]]) -> Iterator[tuple[int, Sequence[Binding]]]:
            for passages in parts:
                mark = marks.of(passages, reader)
                unit = units.get(mark) or self._units.get(mark)
                if unit is None or any(exists(path) != answer for path, answer in unit.asked):
                    pause()
                    unit = _read(passages, reader, asking)
                else:
                    unit = _moved(unit, passages)
                units[mark] = unit
                yield from zip(map(id, passages), unit.bindings, strict=True)

        found = dict(read(_together(document)))
        if reader.know_runs(chain.from_iterable(found.values())):
            open_ones = (part for part in _together(document) if reader.runs(part[0]))
            again = dict(read(open_ones))
            found |= {one: reader.with_runs(found[one], again[one]) for one in again}
        self._units, self._numbers, self._next = units, marks.numbers, marks.next
        self._views = reader.known()
        said_again = (one for passage in document.passages for one in found[id(passage)])
        return settled(said_again, index, document.passages, reader.is_to_be_made)


class _Reader(Reader):
    """Knows passages again by what they say themselves, wherever they stand."""

    def know(self, views: dict[tuple[int, str], View], marks: "_Marks") -> None:
        """Take what was seen before."""
        self._known, self._marks = dict(views), marks

    def see(self, passage: Passage) -> View:
        """Read a passage, or know it again."""
        # The head of its column tells whether the number that heads a row is a setting.
        head = passage.column.text if passage.kind == "row" and passage.column else ""
        key = self._marks.alone(passage), head
        known = self._known.get(key)
        view = self._known[key] = known.moved(passage) if known else super().see(passage)
        return view

    def known(self) -> dict[tuple[int, str], View]:
        """What was seen of passages that still say the same."""
        still = set(self._marks.numbers.values())
        return {key: view for key, view in self._known.items() if key[0] in still}


class _Asking:
    """Whether paths are there, and which were asked for since last looked at."""

    def __init__(self, exists: Exists) -> None:
        self._exists = exists
        self.asked: dict[str, bool] = {}

    def __call__(self, path: str) -> bool:
        answer = self.asked[path] = self._exists(path)
        return answer


def _together(document: Document) -> Iterator[list[Passage]]:
    """The passages that are read together: those of a table, and each other one alone."""
    tables: dict[int, list[Passage]] = {}
    for passage in document.passages:
        if passage.table:
            tables.setdefault(passage.table, []).append(passage)
        else:
            yield [passage]
    yield from tables.values()


def _read(passages: Sequence[Passage], reader: Reader, asking: _Asking) -> _Unit:
    asking.asked = {}
    bindings = tuple(tuple(reader.bind(passage)) for passage in passages)
    return _Unit(bindings, tuple(asking.asked.items()))


def _moved(unit: _Unit, passages: Sequence[Passage]) -> _Unit:
    """A unit whose claims stand in other passages of the same mark."""
    bindings = zip(unit.bindings, passages, strict=True)
    return unit._replace(
        bindings=tuple(tuple(_put(one, passage) for one in each) for each, passage in bindings)
    )


def _put(binding: Binding, passage: Passage) -> Binding:
    moved, equation = binding.claim.moved(passage), binding.equation
    if equation is None:
        return Binding(moved, *binding[1:])
    return binding._replace(claim=moved, equation=equation._replace(passage=passage))


class _Marks:
    """Numbers for what passages are read by: one for each, known ones as they were."""

    def __init__(self, known: dict[Hashable, int], unused: int) -> None:
        self._known = known
        self.numbers: dict[Hashable, int] = {}
        self.next = unused
        self._of: dict[tuple[int, ...], int] = {}
        """By the ids of passages and how many steps far they are told."""

    def of(self, passages: Sequence[Passage], reader: Reader) -> Hashable:
        """The mark of passages that are read together."""
        return tuple((one.left, _told(one, reader), *self._mark(one, _STEPS)) for one in passages)

    def alone(self, passage: Passage) -> int:
        """The number of what a passage says without its surroundings."""
        return self._far(passage, 0)

    def _far(self, passage: Passage | None, steps: int) -> int:
        """The number of a passage with its surroundings, so many steps far."""
        if passage is None:
            return -1
        key = (id(passage), steps)
        found = self._of.get(key)
        if found is None:
            found = self._of[key] = self._number(self._mark(passage, steps))
        return found

    def _mark(self, passage: Passage, steps: int) -> tuple[Hashable, ...]:
        if not steps:
            return passage.kind, passage.raw, passage.text, tuple(passage.marks), passage.block
        own, above = self._far(passage, 0), self._above(passage, steps - 1)
        column = self._far(passage.column, steps - 1)
        section = self._far(passage.section, steps - 1)
        if passage.table or not passage.left:  # what stands left of a cell is in its table's mark
            return own, above, column, section
        return own, above, column, section, *(self._far(one, steps - 1) for one in passage.row)

    def _above(self, passage: Passage, steps: int) -> int:
        """The number of what leads into a passage, and of its headings: many have the same."""
        key = (id(passage.intro), id(passage.headings), steps)
        found = self._of.get(key)
        if found is None:
            above = (self._far(one, steps) for one in (passage.intro, *passage.headings))
            found = self._of[key] = self._number(("above", *above))
        return found

    def _number(self, mark: Hashable) -> int:
        number = self.numbers.get(mark)
        if number is None:
            number = self._known.get(mark, self.next)
            self.next += number == self.next
            self.numbers[mark] = number
        return number


def _told(passage: Passage, reader: Reader) -> Hashable:
    """What the document tells of a passage from elsewhere."""
    if passage.kind == "matter":
        return tuple(one.text for one in reader.first_heading)
    said = (*sorted(reader.said(passage).items()), reader.runs(passage))
    return (id(passage) in reader.first_lines, *said) if passage.block else said
