"""Things by their models' names, so that a name finds those that agree with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

from mirage_lint.core.modelname import ModelName, difference

Thing = TypeVar("Thing")


class Models(Generic[Thing]):
    """What belongs to each of many models' names."""

    def __init__(self, things: Iterable[tuple[ModelName, Thing]]) -> None:
        self._things: dict[ModelName, list[Thing]] = defaultdict(list)
        self._by_word: dict[str, set[ModelName]] = defaultdict(set)
        self._agreeing: dict[ModelName, frozenset[Thing]] = {}
        for name, thing in things:
            self._things[name].append(thing)
        for name in self._things:
            for word in _words(name):
                self._by_word[word].add(name)

    def agreeing(self, name: ModelName) -> frozenset[Thing]:
        """What belongs to the models that differ from ``name`` in nothing that both tell."""
        if name not in self._agreeing:
            alike = set().union(*(self._by_word.get(word, ()) for word in _words(name)))
            found = (one for one in alike if not difference(name, one))
            self._agreeing[name] = frozenset(thing for one in found for thing in self._things[one])
        return self._agreeing[name]


def _words(name: ModelName) -> Iterator[str]:
    """Words of which two names that agree share one."""
    yield from name.known
    yield from name.words
    yield from accumulate(name.words)
    if not name.words:
        yield ""
