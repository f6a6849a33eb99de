"""What a reader finds in one artifact, and what a reader is."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, NamedTuple, Protocol

from mirage_lint.core.facts import ODD, Datum

Record = dict[str, str]
"""One row: column to cell, as text exactly as stored."""


Opener = Callable[[], BinaryIO]
"""Opens the same bytes, from their start, each time that it is called."""


class Rows:
    """Rows that are too many to be kept: they are read anew each time that they are gone through.

    ``columns`` are their columns, where the head of the file names them for all rows.
    """

    def __init__(
        self, read: Callable[[], Iterator[Record]], columns: tuple[str, ...] | None = None
    ) -> None:
        self._read = read
        self.columns = columns

    def __iter__(self) -> Iterator[Record]:
        return self._read()


class Content(NamedTuple):
    """What one artifact says, its values as text exactly as stored.

    ``told`` are the values to which the format gives a meaning: they are facts unasked.
    ``records`` are its rows, which may be gone through many times; empty where it is no table.
    ``root`` is the whole of a nested format as dicts and lists, for JSON pointers; ``data`` are
    the values of a flat one, each with its pointer. ``odd`` are the places where a value of known
    meaning should stand, and something else does.
    """

    told: tuple[Datum, ...] = ()
    records: Iterable[Record] = ()
    root: object = None
    data: tuple[Datum, ...] = ()
    odd: tuple[Datum, ...] = ()

    def sifted(self) -> "Content":
        """The same, with what is odd among the told apart."""
        odd = tuple(datum for datum in self.told if datum.kind == ODD)
        told = tuple(datum for datum in self.told if datum.kind != ODD)
        return self._replace(told=told, odd=odd) if odd else self


class Reading(NamedTuple):
    """A `Content`, the tier of its format (of `mirage_lint.core.facts`), and its name in words."""

    content: Content
    tier: int
    name: str


class Reader(Protocol):
    """One format: a module of `mirage_lint.artifacts.readers`."""

    TIER: int
    NAME: str

    def matches(self, path: str, head: bytes) -> bool:
        """Whether a file at this path, which starts with ``head``, is of the format.

        The path has its folders as the registry writes them, an archive as one of them.
        """

    def read(self, data: bytes, where: str) -> Content:
        """The content of a whole file; raises MirageError at ``where`` if it is broken."""


class Streamer(Reader, Protocol):
    """A format whose files may be of any size, as they are read row by row."""

    def stream(self, opener: Opener, where: str) -> Content:
        """As `read`, with rows that are read anew each time; what is broken is told on the way."""
