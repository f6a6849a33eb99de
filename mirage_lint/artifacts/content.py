"""What a reader finds in one artifact, and what a reader is."""

from typing import NamedTuple, Protocol

from mirage_lint.core.facts import Datum


class Content(NamedTuple):
    """Values and rows of one artifact, as text exactly as stored.

    ``data`` are its single values, each with its pointer. ``records`` are its rows, column to
    cell, where it is a table; else empty.
    """

    data: tuple[Datum, ...]
    records: tuple[dict[str, str], ...] = ()


class Reading(NamedTuple):
    """A `Content` with what its reader knows of the format.

    ``tier`` is one of `mirage_lint.core.facts`. ``known`` tells that the format gives its values
    a meaning, so that they are facts unasked; of other formats only what is pointed at counts.
    ``name`` is the format in words.
    """

    content: Content
    tier: int
    known: bool
    name: str


class Reader(Protocol):
    """One format: a module of `mirage_lint.artifacts.readers`."""

    TIER: int
    NAME: str
    KNOWN: bool

    def matches(self, name: str, head: bytes) -> bool:
        """Whether a file of this name (no folders) that starts with ``head`` is of the format."""

    def read(self, data: bytes, where: str) -> Content:
        """The content of a whole file; raises MirageError at ``where`` if it is broken."""
