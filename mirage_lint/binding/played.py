"""Roles of models on pages that may be about other runs: the page has to show that it is of these.

What a script sets for itself, a judge or a default, a repository often has several times over, and
a draft knows the one that it could read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, islice

from mirage_lint import vocabulary
from mirage_lint.binding.binding import BLANKET, CONTRADICTED, MODEL, VERIFIED, Binding
from mirage_lint.binding.index import PLAIN
from mirage_lint.claims import claim as claims
from mirage_lint.core.cached import cached_property
from mirage_lint.core.facts import Fact
from mirage_lint.core.modelname import difference
from mirage_lint.documents.passages import Passage

_FILE = re.compile(r"[\w.\-]++")
"""A part of a path, or a word."""
_MOST_TRIED = 32
"""Models that are told from one another."""


def without(
    bindings: list[Binding], families: frozenset[str], passages: Sequence[Passage]
) -> list[Binding]:
    """The bindings of a document; of ``families``, those that may not be the only ones, a role is
    judged only where the rest of the document shows that it is of this one, and what is told of
    all runs is not, since not all are known.
    """
    if not families:
        return bindings
    page = _Page(bindings, families, passages)
    return [one if page.is_sure(one) else one.left_open() for one in bindings]


class _Page:
    """What a document says of the roles of models, worked out once for each role."""

    def __init__(
        self, bindings: list[Binding], families: frozenset[str], passages: Sequence[Passage]
    ) -> None:
        self._families = families
        self._passages = passages
        self._told: dict[tuple[Fact, ...], list[Binding]] = defaultdict(list)
        for one in bindings:
            if one.claim.kind == claims.MODEL and one.facts:
                self._told[one.facts].append(one)
        self._several = {
            facts
            for facts, told in self._told.items()
            if _are_several(told) or _are_side_by_side(told)
        }

    def is_sure(self, one: Binding) -> bool:
        """Whether what is told of a role holds where not all runs are known: the document names
        the file that gives it, or gives it to the same model elsewhere, and to no more than one
        other.
        """
        if not _is_role(one, self._families):
            return not _is_of_all(one, self._families)
        if one.facts in self._several:
            return False
        right = self._right[one.facts] - one.is_borne_out
        return right > 0 or not self._words.isdisjoint(_called(one.facts))

    @cached_property
    def _right(self) -> Counter[tuple[Fact, ...]]:
        told = ((facts, one) for facts, same in self._told.items() for one in same)
        return Counter(facts for facts, one in told if one.is_borne_out)

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of its prose, its code and its links, and the parts of its paths."""
        found = (_FILE.findall(one.raw.lower()) for one in self._passages)
        return frozenset(word.rstrip(".") for words in found for word in words)


def _is_role(one: Binding, families: frozenset[str]) -> bool:
    """Whether it judges a model in a role of its own."""
    is_told = one.status == VERIFIED or (one.status == CONTRADICTED and one.change == MODEL)
    if not (is_told and one.claim.kind == claims.MODEL and one.facts):
        return False
    return all(fact.metric not in PLAIN and fact.family in families for fact in one.facts)


def _is_of_all(one: Binding, families: frozenset[str]) -> bool:
    is_model = one.claim.kind == claims.MODEL and one.change == BLANKET
    return is_model and any(fact.family in families for fact in (*one.facts, *one.others))


def _are_several(bindings: Iterable[Binding]) -> bool:
    """Whether models that are called wrong in a role differ from one another, and in more than
    what their family is called: "ChatGPT 3.5", `gpt-3.5`.
    """
    wrong = dict.fromkeys(one.claim.model for one in bindings if one.status == CONTRADICTED)
    return any(
        bool(difference(one, other)) and (one.size, one.version) != (other.size, other.version)
        for one, other in combinations(islice(filter(None, wrong), _MOST_TRIED), 2)
    )


def _are_side_by_side(bindings: Iterable[Binding]) -> bool:
    """Whether a text or a table gives a role to the right model and to a wrong one: it compares
    them, as two judges.
    """
    right, wrong = set[int](), set[int]()
    for one in bindings:
        passage = one.claim.passage
        if one.is_borne_out or one.status == CONTRADICTED:
            (right if one.is_borne_out else wrong).add(-passage.table or id(passage))
    return not right.isdisjoint(wrong)


def _called(facts: Iterable[Fact]) -> frozenset[str]:
    """What the files that give a role are called, in lower case: by their names, or, where a
    package starts or is set up, by its own.
    """
    tables = vocabulary.load("files")
    plain = {*tables["plain_folders"], *vocabulary.load("formats")["local_folders"]}
    found = set()
    for fact in facts:
        *folders, name = fact.source.artifact.lower().replace("::", "/").split("/")
        found.add(name)
        if folders and name.partition(".")[0] in tables["entry_files"]:
            found.update({folders[-1]} - plain)
    return frozenset(found)
