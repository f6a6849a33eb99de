"""Finding registered phrases in text, by stems: whole words in any form and order."""

from collections import Counter
from collections.abc import Iterable, Set
from typing import NamedTuple

from mirage_lint.core import words

_SLACK = 2
"""How many foreign words may stand among those of a phrase of several words."""


class Stem(NamedTuple):
    """A stem of a text, and where its word stands; one without text stands for a number or for
    punctuation, and is a wall where no phrase goes on behind it.
    """

    text: str
    start: int
    end: int
    is_wall: bool = False


class Hit(NamedTuple):
    """A phrase found: the positions of its stems in the text's list of stems."""

    phrase: tuple[str, ...]
    positions: tuple[int, ...]


def located(telling: Iterable[tuple[str, int, int]]) -> list[Stem]:
    """The stems of words with their places."""
    found = []
    for word, start, end in telling:
        found += [Stem(stem, start, end) for stem in words.canonical(word)]
    return found


class PhraseBook:
    """Phrases (tuples of stems), each found by its rarest stem.

    Those of ``loose`` may have their stems in any order with others among them ("accuracy on the
    pivots"), all others stand side by side.
    """

    def __init__(self, phrases: Iterable[tuple[str, ...]], loose: Set[tuple[str, ...]]) -> None:
        self._loose = loose
        distinct = sorted({phrase for phrase in phrases if phrase})
        often = Counter(stem for phrase in distinct for stem in set(phrase))
        self._by_stem: dict[str, list[tuple[str, ...]]] = {}
        for phrase in distinct:
            rarest = min(phrase, key=lambda stem: (often[stem], stem))
            self._by_stem.setdefault(rarest, []).append(phrase)

    def may_name(self, stems: Iterable[Stem]) -> bool:
        """Whether a stem is the rarest of any phrase: else there is none to be found."""
        return any(stem.text in self._by_stem for stem in stems)

    def find(self, stems: list[Stem]) -> list[Hit]:
        """All phrases in ``stems``; where one lies within a longer one, only the longer."""
        hits = []
        for at, stem in enumerate(stems):
            for phrase in self._by_stem.get(stem.text, ()):
                find = _positions if phrase in self._loose else _in_order
                if positions := find(phrase, at, stems):
                    hits.append(Hit(phrase, positions))
        hits.sort(key=lambda hit: (-len(hit.positions), hit.positions))
        return _longest(hits)


def _longest(hits: list[Hit]) -> list[Hit]:
    """The hits, longest first, less those that lie within another."""
    kept: list[Hit] = []
    over: dict[int, list[set[int]]] = {}
    for hit in hits:
        mine = set(hit.positions)
        if not any(mine < other for other in over.get(hit.positions[0], ())):
            kept.append(hit)
            for position in mine:
                over.setdefault(position, []).append(mine)
    return kept


def _in_order(phrase: tuple[str, ...], at: int, stems: list[Stem]) -> tuple[int, ...]:
    """Where the stems of ``phrase`` stand side by side, the one at ``at`` among them."""
    for offset, stem in enumerate(phrase):
        first = at - offset
        if stem == stems[at].text and first >= 0:
            span = stems[first : first + len(phrase)]
            if tuple(one.text for one in span) == phrase:
                return tuple(range(first, first + len(phrase)))
    return ()


def _positions(phrase: tuple[str, ...], at: int, stems: list[Stem]) -> tuple[int, ...]:
    """Where the stems of ``phrase`` stand around position ``at``, none where one is missing."""
    if len(phrase) == 1:
        return (at,)
    reach = len(phrase) - 1 + _SLACK
    window = range(max(at - reach, 0), min(at + reach + 1, len(stems)))
    taken: list[int] = []
    for wanted in phrase:
        near = [here for here in window if stems[here].text == wanted and here not in taken]
        if not near:
            return ()
        taken.append(min(near, key=lambda here: abs(here - at)))
    first, last = min(taken), max(taken)
    is_whole = last - first <= reach and not any(stem.is_wall for stem in stems[first:last])
    return tuple(sorted(taken)) if is_whole else ()
