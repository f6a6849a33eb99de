"""Facts by the rows that they came from, so that a document's table finds its records in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from mirage_lint.core import words
from mirage_lint.core.cached import cached_property
from mirage_lint.core.facts import Fact
from mirage_lint.core.record import NamedTuple

_PLUS = r"(?<=[^\W\d_])\+{1,2}(?!\w)|(?<=[^\W\d_]\d)\+(?!\w)"
_MARKS = bytes(at for at in range(128) if not chr(at).isalnum())
_FEWEST_WORDS = 4
"""Words of a link's file that are enough to tell one record from others."""
Pair = tuple[str, str]
"""A dimension's key and value."""


class Record(NamedTuple):
    """What the facts of one row share."""

    family: str
    population: str
    dimensions: tuple[Pair, ...]


class Records:
    """Look-ups over the records of a registry; built once, when a table is first read."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts: dict[Record, dict[tuple[str, ...], list[Fact]]] = defaultdict(dict)
        self.having: dict[Pair, set[Record]] = defaultdict(set)
        self.of_family: dict[str, set[Record]] = defaultdict(set)
        self.called: dict[tuple[str, ...], set[Pair]] = defaultdict(set)
        self._by_metric: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
        self._depends: dict[tuple[tuple[str, ...], str], bool] = {}
        for fact in facts:
            if fact.kind == "number":
                self._add(fact)
        for pair in self.having:
            for name in names_of(pair[1]):
                self.called[name].add(pair)

    def _add(self, fact: Fact) -> None:
        record = Record(fact.family, fact.population, fact.dimensions)
        metric = words.key(fact.metric)
        self._by_metric[metric].append(fact)
        self.of_family[fact.family].add(record)
        self.facts[record].setdefault(metric, []).append(fact)
        for pair in fact.dimensions:
            self.having[pair].add(record)

    @cached_property
    def keys(self) -> list[str]:
        """All dimensions, in order."""
        return sorted({key for key, _ in self.having})

    def called_by(self, text: str) -> Iterator[Pair]:
        """The dimensions that ``text`` is the name of."""
        for name in filter(None, names_of(text)):
            yield from self.called.get(name, ())

    def may_call(self, text: str) -> bool:
        """Whether the letters and digits of a text are those of any name: most are of none, which
        is told sooner than by its words.
        """
        if not text.isascii() or "+" in text:
            return True
        return text.lower().encode().translate(None, _MARKS) in self._letters

    @cached_property
    def _letters(self) -> frozenset[bytes]:
        return frozenset("".join(name).encode() for name in self.called)

    def nearest(self, name: tuple[str, ...]) -> set[Pair]:
        """What is called by all words of ``name`` in their order and the fewest others; nothing
        where several are: a link leads to ``run-3b_long.py`` for the run ``run-3b_8gpu_long``.
        """
        if len(name) < _FEWEST_WORDS:
            return set()
        rarest = min(name, key=lambda word: len(self._by_word.get(word, ())))
        found = [one for one in self._by_word.get(rarest, ()) if _holds(one, name)]
        fewest = min(map(len, found), default=0)
        best = [one for one in found if len(one) == fewest]
        return self.called[best[0]] if len(best) == 1 else set()

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in sorted(self.called):
            for word in set(name):
                found[word].append(name)
        return found

    def depends(self, metric: tuple[str, ...], key: str) -> bool:
        """Whether a metric is known to change with a dimension, all else equal."""
        if (metric, key) not in self._depends:
            self._depends[metric, key] = self._varies(metric, key)
        return self._depends[metric, key]

    def _varies(self, metric: tuple[str, ...], key: str) -> bool:
        groups: dict[object, list[str]] = defaultdict(list)
        for fact in self._by_metric[metric]:
            rest = tuple(pair for pair in fact.dimensions if pair[0] != key)
            groups[fact.family, fact.population, rest].append(fact.value)
        return any(len(set(values)) > 1 for values in groups.values())


def _holds(name: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether all words of ``part`` stand in ``name`` in their order."""
    words_left = iter(name)
    return all(word in words_left for word in part)


@lru_cache(maxsize=1024)
def names_of(text: str) -> tuple[tuple[str, ...], ...]:
    """A whole name without its case and marks: ``small-3b_run*`` is ("small", "3", "b", "run");
    where it has no figures also in one: "FooBar" and "foobar" are one name. "Net++" is "netpp" and
    "netplusplus", and not "net".
    """
    if "+" in text and re.compile(_PLUS).search(text):
        plus = re.compile(_PLUS)
        told = (plus.sub(lambda found: sign * len(found[0]), text) for sign in ("p", "plus"))  # noqa: B023
        return tuple(name for one in told for name in names_of(one))
    name = tuple(words.split(text))
    is_also_one = len(name) > 1 and not any(map(str.isdigit, name))
    return (name, ("".join(name),)) if is_also_one else (name,)
