"""A document, ready to be told of."""

from typing import NamedTuple

from mirage_lint.binding.binding import Binding
from mirage_lint.binding.index import Index
from mirage_lint.documents.source import Source


class Bound(NamedTuple):
    """A document with its claims; ``known`` is what they are held against, and ``root`` the folder
    of that registry.
    """

    source: Source
    bindings: list[Binding]
    known: Index
    root: str
