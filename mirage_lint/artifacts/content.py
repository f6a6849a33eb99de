"""What a reader finds in one artifact, and what a reader is."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from mirage_lint.core.facts import Datum

Record = dict[str, str]
"""One row: column to cell, as text exactly as stored."""


class Content(NamedTuple):
    """What one artifact says, its values as text exactly as stored.

    ``told`` are the values to which the format gives a meaning: they are facts unasked.
    ``records`` are its rows, which may be gone through many times; empty where it is no table.
    ``root`` is the whole of a nested format as dicts and lists, for JSON pointers; ``data`` are
    the values of a flat one, each with its pointer.
    """

    told: tuple[Datum, ...] = ()
    records: Iterable[Record] = ()
    root: object = None
    data: tuple[Datum, ...] = ()


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
