"""Lines of a file as it is and as it was."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")


class Change:
    """What became of the lines of a file from one version of its text to another; lines are told
    by their numbers, from 1.
    """

    def __init__(self, before: str, after: str) -> None:
        self.before, self.after = before, after

    @cached_property
    def lost(self) -> dict[int, str]:
        """The lines that are no longer there."""
        left, found = Counter(self.after.split("\n")), dict[int, str]()
        for number, line in enumerate(self.before.split("\n"), start=1):
            if left[line]:
                left[line] -= 1
            else:
                found[number] = line
        return found

    @property
    def is_of_another(self) -> bool:
        """Whether no line remained: the two are not versions of one file."""
        return not any(line.strip() for line in self._now.keys() & self._then.keys())

    def stood(self, line: str) -> list[int]:
        """Where a line stood before."""
        return self._then.get(line, [])

    def place(self, number: int) -> int | None:
        """Where the line of that number stood before; 0 where it is new, None where that cannot be
        told.
        """
        line = self._lines[number - 1]
        here, there = self._now[line], self.stood(line)
        if not there:
            return 0
        return there[here.index(number)] if len(here) == len(there) else None

    def lost_tell(self, text: str) -> bool:
        """Whether the lines that are lost, taken together, hold all words and numbers of ``text``,
        however a number is written: with separators of thousands, or with noughts at its end.
        """
        return _words(text.replace(",", "")) <= self._lost_words

    @cached_property
    def _lost_words(self) -> frozenset[str]:
        told = "\n".join(self.lost.values())
        return _words(told) | _words(told.replace(",", ""))

    @cached_property
    def _lines(self) -> list[str]:
        return self.after.split("\n")

    @cached_property
    def _now(self) -> dict[str, list[int]]:
        return _numbers(self.after)

    @cached_property
    def _then(self) -> dict[str, list[int]]:
        return _numbers(self.before)


def _numbers(text: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(text.split("\n"), start=1):
        found[line].append(number)
    return dict(found)


def _words(text: str) -> frozenset[str]:
    return frozenset(map(_folded, _WORD.findall(text.casefold())))


def _folded(word: str) -> str:
    return word.rstrip("0").rstrip(".") if "." in word else word


def holding(text: str, start: str) -> Iterator[tuple[int, str]]:
    """The lines of ``text``, the first aside, that begin with ``start``, each with its number."""
    at = text.find(f"\n{start}")
    while at >= 0:
        end = text.find("\n", at + 1)
        yield text.count("\n", 0, at) + 2, text[at + 1 : end if end >= 0 else None]
        at = text.find(f"\n{start}", end) if end >= 0 else -1


def is_said(line: str, text: str) -> bool:
    """Whether ``text`` stands in a line as a word or a number of its own."""
    at = line.find(text)
    while at >= 0:
        end = at + len(text)
        if _is_apart(line[at - 1 : at]) and _is_apart(line[end : end + 1]):
            return True
        at = line.find(text, at + 1)
    return False


def _is_apart(sign: str) -> bool:
    return not (sign.isalnum() or sign in ("_", ".", "-", "+"))
