"""Finding registered phrases in text, by stems: whole words in any form and order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from itertools import pairwise
from operator import attrgetter

from mirage_lint.core import words
from mirage_lint.core.record import NamedTuple
from mirage_lint.core.spans import Span

_SLACK = 2
"""How many foreign words may stand among those of a phrase of several words."""


Word = tuple[str, int, int]
"""A word in lower case, its start and its end."""
_END = ("", -1, -1)
_make = tuple.__new__
_text = attrgetter("text")


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


class PhraseBook:
    """Phrases (tuples of stems). Those of ``loose`` may have their stems in any order with others
    among them ("accuracy on the pivots"), and are found by their rarest; all others stand side by
    side, and are found by their first.
    """

    def __init__(self, phrases: Iterable[tuple[str, ...]], loose: Set[tuple[str, ...]]) -> None:
        distinct = {phrase for phrase in phrases if phrase}
        often = Counter(stem for phrase in distinct for stem in set(phrase))
        self._loose: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(distinct & loose):
            rarest = min(phrase, key=lambda stem: (often[stem], stem))
            self._loose.setdefault(rarest, []).append(phrase)
        self._strict = distinct - loose
        self._stems = frozenset(stem for phrase in distinct for stem in phrase)
        self._lengths: dict[str, set[int]] = {}
        for phrase in self._strict:
            self._lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._starts = self._loose.keys() | self._lengths.keys()

    def stems(self, text: str) -> list[Stem]:
        """The telling stems of a text, in order; words of mixed case as in `joined`."""
        found: list[Stem] = []
        first, low, behind, is_run = 0, 0, -1, False
        for match in words.WORD.finditer(text):
            if not (stems := words.telling(match[0])):
                continue
            start, end = match.span()
            if start != behind:
                if is_run:
                    self._join(found, first, text, (low, behind))
                first, low, is_run = len(found), start, False
            else:
                is_run = True
            behind = end
            for stem in stems:  # there are very many: made as `Stem` makes them
                found.append(_make(Stem, (stem, start, end, False)))
        if is_run:
            self._join(found, first, text, (low, behind))
        return found

    def _join(self, found: list[Stem], first: int, text: str, span: Span) -> None:
        """Put the stems of ``span`` as one word in place of those from ``first`` on, where a phrase
        has them so.
        """
        stems = words.canonical(text[slice(*span)].lower())
        if self._stems.issuperset(stems):
            found[first:] = [Stem(stem, *span) for stem in stems]

    def joined(self, telling: list[Word]) -> list[Word]:
        """The words of a text, those of mixed case in one where a phrase has them so: "XGBoost" is
        what the registry calls ``xgboost``.
        """
        if not any(one[2] == other[1] for one, other in pairwise(telling)):
            return telling
        found: list[Word] = []
        run: list[Word] = []
        for one in (*telling, _END):
            if run and run[-1][2] == one[1]:
                run.append(one)
                continue
            found += run if len(run) < 2 else self._in_one(run)
            run = [one]
        return found

    def _in_one(self, run: list[Word]) -> list[Word]:
        whole = "".join(word for word, _, _ in run)
        is_one = self._stems.issuperset(words.canonical(whole))
        return [(whole, run[0][1], run[-1][2])] if is_one else run

    def may_name(self, stems: Iterable[Stem]) -> bool:
        """Whether any phrase is found by one of ``stems``: else there is none to be found."""
        return not self._starts.isdisjoint(map(_text, stems))

    def find(self, stems: list[Stem]) -> list[Hit]:
        """All phrases in ``stems``; where one lies within a longer one, only the longer."""
        hits = []
        texts = [stem.text for stem in stems]
        for at, text in enumerate(texts):
            if text not in self._starts:
                continue
            for phrase in self._loose.get(text, ()):
                if positions := _positions(phrase, at, stems):
                    hits.append(Hit(phrase, positions))
            for length in self._lengths.get(text, ()):
                phrase = tuple(texts[at : at + length])
                if len(phrase) == length and phrase in self._strict:
                    hits.append(Hit(phrase, tuple(range(at, at + length))))
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
