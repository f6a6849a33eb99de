"""Gathers passages in order, each with what encloses it and what leads into it."""

from collections.abc import Callable

from mirage_lint.documents.passages import OUTSIDE, InTable, Passage, Place, Shown


class Gatherer:
    """The passages so far, and the context that the next one stands in."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.before: Passage | None = None
        """What leads into the next passage."""
        self.table = 0
        """The number of the table being read, 0 outside of tables."""
        self._tables = 0
        self._headings: list[tuple[int, Passage]] = []
        self._enclosing: tuple[Passage, ...] = ()

    def open_table(self) -> None:
        """Number the table that starts here."""
        self._tables += 1
        self.table = self._tables

    def add(
        self,
        kind: str,
        raw: str,
        place: Place,
        show: Callable[[], Shown] | None = None,
        *,
        cell: InTable = OUTSIDE,
        block: str = "",
    ) -> Passage:
        """Add a passage here."""
        passage = Passage(
            *(kind, raw),
            headings=self._enclosing,
            intro=self.before,
            cell=cell,
            block=block,
            table=self.table,
            show=show,
            place=place,
        )
        self.passages.append(passage)
        return passage

    def leave(self, level: int) -> None:
        """End what stands under headings of ``level`` and deeper."""
        self._headings = [one for one in self._headings if one[0] < level]
        self._enclosing = tuple(passage for _, passage in self._headings)

    def enter(self, level: int, heading: Passage) -> None:
        """Let what follows stand under ``heading``."""
        self._headings.append((level, heading))
        self._enclosing += (heading,)
        self.before = None

    def visit(self, passage: Passage | None) -> Callable[[], None]:
        """Read on as if behind ``passage``, if any, until what is returned is called."""
        kept = self._headings, self._enclosing, self.before
        if passage:
            self._enclosing, self.before = passage.headings, passage

        def come_back() -> None:
            self._headings, self._enclosing, self.before = kept

        return come_back
