"""Texts that are one text in two languages: where one number is another, and all others, in their
order, are the same; or where the words are the same, and one number is another.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

from mirage_lint.twins.numbers import Pair, apart, around, digits
from mirage_lint.twins.told import Text

_FEWEST = 4
"""Numbers of a text from which on all but one being the same, in order, is no chance."""
_MOST = 30
"""Numbers of a text that are looked at."""
_SHORTEST = 40
"""Characters of a text from which on its words being the same is no chance."""


def pairs(left: Sequence[Text], right: Sequence[Text]) -> Iterator[Pair]:
    """The numbers that differ, of texts of two documents."""
    found: dict[tuple[int, int], Pair] = {}
    for keys in (_words, _gaps):
        ones, others = _by_key(left, keys), _by_key(right, keys)
        for key, texts in ones.items():
            near = others.get(key, ())
            if len(texts) == len(near) == 1:
                told = apart(texts[0].numbers, near[0].numbers)
                if len(told) == 1 and (keys is _words or _are_alike(told[0])):
                    found[id(told[0].one.passage), told[0].one.start] = told[0]
    return iter(found.values())


def _are_alike(pair: Pair) -> bool:
    """Whether one number may be the other mistyped: "4" and "one", "3" and "100" are of different
    things.
    """
    one, other = (digits(claim).replace(".", "") for claim in pair)
    in_figures = all(any(map(str.isdigit, claim.text)) for claim in pair)
    return in_figures and abs(len(one) - len(other)) <= 1


def _by_key(
    texts: Sequence[Text], keys: Callable[[Text], Iterator[Hashable]]
) -> dict[Hashable, list[Text]]:
    found: dict[Hashable, list[Text]] = defaultdict(list)
    for text in texts:
        for key in keys(text):
            found[key].append(text)
    return found


def _words(text: Text) -> Iterator[Hashable]:
    """All of a text but its numbers."""
    words = around(*text)
    if len(words) >= _SHORTEST:
        yield words


def _gaps(text: Text) -> Iterator[Hashable]:
    """All numbers of a text but one, for each of these."""
    said = tuple(map(digits, text.numbers))
    if _FEWEST <= len(said) <= _MOST:
        for at in range(len(said)):
            yield text.passage.kind, said[:at], said[at + 1 :]
