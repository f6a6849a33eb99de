"""A registry that remembers what it read of each document, so that little is read again."""

from collections.abc import Callable, Sequence
from pathlib import Path

from mirage_lint.binding.again import Memory
from mirage_lint.binding.binding import Binding
from mirage_lint.binding.sections import Section
from mirage_lint.checking.engine import Checker
from mirage_lint.documents.passages import Document

_MOST_DOCUMENTS = 32
"""Documents that are remembered at once, those that were read last."""


class Remembering(Checker):
    """As `Checker`; ``pause`` is called now and then, and may raise what ends the work."""

    def __init__(self, claims: Path, pause: Callable[[], None]) -> None:
        super().__init__(claims)
        self._pause = pause
        self._memories: dict[str, Memory] = {}

    def bindings(self, document: Document, said: Sequence[Section] = ()) -> list[Binding]:
        """What the claims of a document are about, as far as comments bind none of them."""
        memory = self._memories.pop(document.path, None) or Memory()
        self._memories[document.path] = memory
        if len(self._memories) > _MOST_DOCUMENTS:
            del self._memories[next(iter(self._memories))]
        return memory.bind(document, self.lexicon, self.index, self.exists, said, self._pause)
