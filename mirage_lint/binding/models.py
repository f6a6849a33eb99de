"""Things by their models' names, so that a name finds those that agree with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain

from mirage_lint.core.modelname import ModelName, difference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Thing = TypeVar("Thing")


class Models(dict[ModelName, "list[Thing]"]):
    """What belongs to each of many models' names."""

    def __init__(self, things: Iterable[tuple[ModelName, Thing]]) -> None:
        self._by_head: dict[str, list[ModelName]] = defaultdict(list)
        self._by_word: dict[str, list[ModelName]] = defaultdict(list)
        self._agreeing: dict[ModelName, frozenset[Thing]] = {}
        for name, thing in things:
            self.setdefault(name, []).append(thing)
        for name in self:
            for word in _heads(name):
                self._by_head[word].append(name)
            for word in _words(name):
                self._by_word[word].append(name)

    def agreeing(self, name: ModelName) -> frozenset[Thing]:
        """What belongs to the models that differ from ``name`` in nothing that both tell."""
        if name not in self._agreeing:
            found = (one for one in self._alike(name) if not difference(name, one))
            self._agreeing[name] = frozenset(thing for one in found for thing in self[one])
        return self._agreeing[name]

    def _alike(self, name: ModelName) -> Iterable[ModelName]:
        """All names that may agree with ``name``: what is the head of either is a word of both."""
        heads = (self._by_word.get(word, ()) for word in _heads(name))
        words = (self._by_head.get(word, ()) for word in _words(name))
        # In the order of the registry, and each once: few are alike, and many share a word.
        return dict.fromkeys(chain.from_iterable((*heads, *words)))


def _heads(name: ModelName) -> Iterator[str]:
    """The families that a name tells, and its first word: what no other name tells otherwise."""
    yield from name.known.union(name.words[:1])
    if not name.words:
        yield ""


def _words(name: ModelName) -> Iterator[str]:
    """All words of a name, and its first ones in one."""
    yield from {*name.words, *accumulate(name.words)} or {""}
