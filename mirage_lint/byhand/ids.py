"""Facts by their ids, as people write them."""

import re
from collections import defaultdict
from collections.abc import Iterable

from mirage_lint.core.facts import Fact
from mirage_lint.registry.places import did_you_mean

_PARTS = re.compile(r"([^\[{]+)(?:\[([^\]]*)\])?\s*(?:\{(.*)\})?", re.DOTALL)
_APART = re.compile(r"[\s_-]+")
_MOST_SHOWN = 3
_MOST_HINTS = 20
"""Unknown ids, from the first, for which near ones are sought: that takes long among many."""


class Ids:
    """The facts of a registry by id. Case, and what parts words, do not matter."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._by_id: dict[str, list[Fact]] = defaultdict(list)
        self._by_name: dict[str, list[Fact]] = defaultdict(list)
        self._hints = 0
        for fact in facts:
            self._by_id[_folded(fact.id)].append(fact)
            self._by_name[_folded(f"{fact.family}.{fact.metric}")].append(fact)

    def fact(self, written: str) -> Fact:
        """The one fact that an id, or as much of it as tells it, names; ValueError else."""
        found = self._by_id.get(_folded(written)) or self._partly(written)
        if len(found) == 1:
            return found[0]
        if not written:
            raise ValueError("it names no fact; `mirage-lint facts` lists them")
        if not found:
            raise ValueError(f"'{written[:120]}' is no fact; {self._near(written)}".rstrip("; "))
        shown = ", ".join(one.id for one in found[:_MOST_SHOWN])
        more = f" and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else ""
        raise ValueError(f"'{written[:120]}' names {len(found)} facts: say which, of {shown}{more}")

    def _partly(self, written: str) -> list[Fact]:
        """The facts whose id goes on where the written one ends."""
        parts = _PARTS.fullmatch(written.strip())
        if parts is None:
            return []
        name, population, told = parts.groups()
        pairs = {_folded(pair) for pair in (told or "").split(",") if pair.strip()}
        return [
            fact
            for fact in self._by_name.get(_folded(name), ())
            if (population is None or _folded(population) == _folded(fact.population))
            and pairs <= {_folded(f"{key}={value}") for key, value in fact.dimensions}
        ]

    def _near(self, written: str) -> str:
        """What may have been meant."""
        self._hints += 1
        if self._hints > _MOST_HINTS:
            return "`mirage-lint facts` lists them"
        family = _folded(written.partition(".")[0])
        own = {fact.id for one in self._by_id.values() for fact in one if _is_of(fact, family)}
        if own:
            return did_you_mean(written[:120], own)
        families = {fact.family for one in self._by_id.values() for fact in one}
        return f"no run is called '{family[:80]}': {did_you_mean(family[:80], families)}"


def _is_of(fact: Fact, family: str) -> bool:
    return _folded(fact.family) == family


def _folded(text: str) -> str:
    return re.sub(r" ?([\[\]{}=,.]) ?", r"\1", _APART.sub(" ", text.strip().lower()))
