"""What a document says itself about what its sections speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mirage_lint.binding.index import FAMILY, POPULATION
from mirage_lint.binding.mentions import Mention
from mirage_lint.binding.slots import SAID, Layer
from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.passages import Passage


def section_of(passage: Passage) -> int:
    """What tells the section that a passage stands in from others: its heading."""
    return id(passage.headings[-1]) if passage.headings else 0


def block_of(passage: Passage) -> object:
    """What tells the table, the list or the paragraph that a passage is of from others."""
    if passage.kind == "item":
        return section_of(passage), id(passage.intro)
    return passage.table or (id(passage),)


class Section(NamedTuple):
    """From ``start`` on, up to the end of the section that it stands in, the text speaks of
    ``families`` and of ``populations`` (family, name), where either is told; front matter starts
    at 0. ``text`` is what says so.
    """

    start: int
    families: frozenset[str]
    populations: frozenset[tuple[str, str]]
    text: str


_Path = tuple[Passage, ...]


class Sections:
    """Which of the ``said`` sections a passage stands in."""

    def __init__(self, said: Sequence[Section], passages: Iterable[Passage]) -> None:
        self._of: dict[int, dict[int, Layer]] = {}
        if said:
            self._place(sorted(said), passages)

    def of(self, passage: Passage) -> dict[int, Layer]:
        """What is said of a passage, by how many headings the section stands under; where a
        section is told twice, the nearer holds.
        """
        return self._of.get(id(passage), {})

    def _place(self, said: list[Section], passages: Iterable[Passage]) -> None:
        open_ones: dict[_Path, Layer] = {}
        here: _Path = ()
        waiting = said[::-1]
        for passage in passages:
            start = passage.source_span(0, 1)[0] if passage.text else 0
            while waiting and waiting[-1].start < max(start, 1):
                one = waiting.pop()
                open_ones[here if one.start else ()] = _layer(one)
            around = passage.headings
            paths = (around[:depth] for depth in range(len(around) + 1))
            self._of[id(passage)] = {
                len(path): open_ones[path] for path in paths if path in open_ones
            }
            here = (*around, passage) if passage.kind == "heading" else around


def _layer(section: Section) -> Layer:
    slots = ((FAMILY, section.families), (POPULATION, section.populations))
    mentions = (Mention(kind, 0, 0, frozenset(values)) for kind, values in slots if values)
    return Layer(SAID, tuple(mentions), section.text)
