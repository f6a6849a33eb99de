"""What the name of a metric says: the words of a population or a dimension leave it."""

from typing import NamedTuple

from mirage_lint.core import words

Pairs = tuple[tuple[str, str], ...]
_Slot = tuple[str, str]
"""(dimension, value), or ("", population)."""


class Named(NamedTuple):
    """A metric's name, taken apart."""

    metric: str
    population: str
    dimensions: Pairs


class Namer:
    """Reads the metric names of one family, each once."""

    def __init__(
        self, populations: dict[str, tuple[str, ...]], dimensions: dict[_Slot, tuple[str, ...]]
    ) -> None:
        """From each population's aliases, and each (dimension, value)'s aliases.

        Bare numbers are left out: "1" is a value of k, and no word of "top-1 accuracy".
        """
        slots = {("", name): (name, *aliases) for name, aliases in populations.items()}
        slots |= {slot: (slot[1], *aliases) for slot, aliases in dimensions.items()}
        self._slots = {
            (slot[0], stems): slot[1]
            for slot, names in sorted(slots.items(), reverse=True)
            for name in names
            if (stems := words.stems(name))
        }
        phrases = [found for found in self._slots if not all(map(str.isdecimal, found[1]))]
        self._phrases = sorted(phrases, key=lambda found: (-len(found[1]), found))
        self._keys = {key for key, _ in dimensions}
        self._cache: dict[tuple[str, str, Pairs], Named] = {}

    def slot(self, key: str, text: str) -> str:
        """The value of dimension ``key`` that ``text`` names, or ``text`` as it is.

        The key of populations is the empty text.
        """
        return self._slots.get((key, words.stems(text)), text)

    def parse(self, name: str, population: str = "", dimensions: Pairs = ()) -> Named:
        """Take ``name`` apart: words that say a population or dimension move to that slot.

        What is given explicitly wins: words that say otherwise stay in the metric. A name that
        would lose all its words keeps them.
        """
        told = tuple(pair for pair in dimensions if pair[0] in self._keys)
        cached = self._cache.get((name, population, told))
        if cached is None:
            cached = self._cache[name, population, told] = self._parse(name, population, told)
        pairs = tuple(sorted({*cached.dimensions, *dimensions}))
        return Named(cached.metric, cached.population, pairs)

    def _parse(self, name: str, population: str, told: Pairs) -> Named:
        rest = words.split(name)
        slots = {"": population, **dict(told)}
        for key, stems in self._phrases:
            place = _find(rest, stems)
            value = self._slots[key, stems]
            if place and slots.get(key) in (None, "", value):
                slots[key] = value
                del rest[place.start : place.stop]
        metric = " ".join(rest or words.split(name)) or name.strip()
        found = slots.pop("")
        return Named(metric, found, tuple(sorted(slots.items())))


def _find(tokens: list[str], phrase: tuple[str, ...]) -> slice | None:
    """The run of tokens whose stems are ``phrase``."""
    for start in range(len(tokens)):
        seen: tuple[str, ...] = ()
        for stop in range(start, len(tokens)):
            seen += words.stems(tokens[stop])
            if seen == phrase:
                return slice(start, stop + 1)
            if phrase[: len(seen)] != seen:
                break
    return None
