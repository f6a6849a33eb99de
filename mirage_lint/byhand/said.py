"""The comments of a document, and its front matter, to what they bind."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mirage_lint.binding.index import Index
from mirage_lint.binding.sections import Section
from mirage_lint.byhand.ids import Ids
from mirage_lint.core.facts import Fact
from mirage_lint.core.spans import Span
from mirage_lint.documents import comments
from mirage_lint.documents.comments import Comment
from mirage_lint.documents.source import Source
from mirage_lint.registry.places import did_you_mean

_PAIR = re.compile(r"""[\s,]*+([\w-]+)\s*+[=:]\s*+(?:"([^"]*)"|'([^']*)'|([\w.-]+))""")
Place = Callable[[int, int], Span]
"""Where a span of what is read stands in the source."""

_FAMILY, _POPULATION = _KEYS = "family", "population"


class Anchor(NamedTuple):
    """A comment from ``start`` to ``end`` that binds a claim to a fact. ``line`` are the lines that
    it stands on; ``is_alone`` where nothing else stands there.
    """

    fact: Fact
    start: int
    end: int
    line: Span
    is_alone: bool


class Problem(NamedTuple):
    """What is wrong with a comment, and where it stands."""

    text: str
    place: Span


class Said(NamedTuple):
    """All that a document says by hand."""

    anchors: tuple[Anchor, ...] = ()
    sections: tuple[Section, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(source: Source, index: Index, ids: Ids) -> Said:
    """What a document says, in places of its source."""
    text = source
    place: Place = _as_it_is
    if source.path.endswith(".ipynb"):
        from mirage_lint.documents import notebook

        text, place = notebook.cells(source)
    found = comments.find(text)
    alone = comments.lone_lines(text, found)
    reader = _Reader(text, place, index, ids, alone)
    for comment in (*filter(None, [found.matter]), *found.comments):
        if comment.is_binding:
            reader.read(comment, is_matter=comment is found.matter)
    return Said(tuple(reader.anchors), tuple(reader.sections), tuple(reader.problems))


def _as_it_is(start: int, end: int) -> Span:
    return start, end


class _Reader:
    def __init__(
        self,
        text: Source,
        place: Place,
        index: Index,
        ids: Ids,
        alone: set[int],
    ) -> None:
        self._text, self._place, self._index, self._ids = text, place, index, ids
        self._alone = alone
        self.anchors: list[Anchor] = []
        self.sections: list[Section] = []
        self.problems: list[Problem] = []

    def read(self, comment: Comment, is_matter: bool) -> None:
        """Take what a comment says."""
        place = self._place(comment.start, comment.end)
        try:
            if comment.text is None:
                raise ValueError("the comment is not closed")
            if comment.is_claim:
                self.anchors.append(self._anchor(comment, self._ids.fact(comment.text.strip())))
            else:
                start = 0 if is_matter else place[1]
                self.sections.append(_section(comment.text, start, self._index))
        except ValueError as error:
            self.problems.append(Problem(f"binds nothing: {error}", place))

    def _anchor(self, comment: Comment, fact: Fact) -> Anchor:
        first, last = (self._text.position(at)[0] for at in (comment.start, comment.end))
        start = self._text.line_starts[first - 1]
        end = self._text.line_starts[last - 1] + len(self._text.line(last))
        place = self._place(comment.start, comment.end)
        return Anchor(fact, *place, self._place(start, end), first - 1 in self._alone)


def _section(text: str, start: int, index: Index) -> Section:
    """What "family=… population=…" says; ValueError for what is not known."""
    told = dict(_pairs(text))
    registry, family = index.registry, told.get(_FAMILY)
    names = {one.name for one in registry.families}
    if family is not None and family not in names:
        raise ValueError(f"no run is called '{family[:80]}'; {did_you_mean(family, names)}")
    rows = {one.name for one in registry.populations if family in (None, one.family)}
    name = told.get(_POPULATION)
    if name is not None and name not in rows:
        whose = f" of {family}" if family else ""
        mend = did_you_mean(name, rows)
        raise ValueError(f"no population{whose} is called '{name[:80]}'; {mend}".rstrip("; "))
    populations = frozenset(
        (one.family, one.name)
        for one in registry.populations
        if one.name == name and family in (None, one.family)
    )
    families = frozenset({family} if family is not None else ())
    return Section(start, families, populations, text.strip())


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Keys and values; ValueError where one is not known, or told twice."""
    bare, end, seen = text.strip().removeprefix("{").removesuffix("}"), 0, set[str]()
    while match := _PAIR.match(bare, end):
        key, *values = match.groups()
        if key not in (_FAMILY, _POPULATION):
            raise ValueError(f"'{key[:80]}' is not known; {did_you_mean(key, _KEYS)}")
        if key in seen:
            raise ValueError(f"'{key}' is told twice")
        seen.add(key)
        end = match.end()
        yield key, next(value for value in values if value is not None)
    if strange := bare[end:].strip(" \t\n,"):
        raise ValueError(f"'{strange[:80]}' is not understood; write family=NAME population=NAME")
