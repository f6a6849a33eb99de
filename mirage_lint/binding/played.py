"""Roles of models on pages that may be about other runs: the page has to show that it is of these.

What a script sets for itself, a judge or a default, a repository often has several times over, and
a draft knows the one that it could read.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from mirage_lint import vocabulary
from mirage_lint.binding.binding import BLANKET, CONTRADICTED, MODEL, UNBOUND, VERIFIED, Binding
from mirage_lint.binding.index import PLAIN
from mirage_lint.claims import claim as claims
from mirage_lint.core.facts import Fact
from mirage_lint.core.modelname import difference
from mirage_lint.documents.passages import Passage

_FILE = re.compile(r"[\w.\-]++")
"""A part of a path, or a word."""


def without(
    bindings: list[Binding], families: frozenset[str], passages: Sequence[Passage]
) -> list[Binding]:
    """The bindings of a document; of ``families``, those that may not be the only ones, a role is
    judged only where the rest of the document shows that it is of this one, and what is told of
    all runs is not, since not all are known.
    """
    roles = [one for one in bindings if _is_role(one, families)]
    all_of = {id(one) for one in bindings if _is_of_all(one, families)}
    if not (roles or all_of):
        return bindings
    unsure = all_of | {id(one) for one in roles if not _is_sure(one, bindings, passages)}
    return [_unjudged(one) if id(one) in unsure else one for one in bindings]


def _is_role(one: Binding, families: frozenset[str]) -> bool:
    """Whether it judges a model in a role of its own."""
    is_told = one.status == VERIFIED or (one.status == CONTRADICTED and one.change == MODEL)
    if not (is_told and one.claim.kind == claims.MODEL and one.facts):
        return False
    return all(fact.metric not in PLAIN and fact.family in families for fact in one.facts)


def _is_of_all(one: Binding, families: frozenset[str]) -> bool:
    is_model = one.claim.kind == claims.MODEL and one.change == BLANKET
    return is_model and any(fact.family in families for fact in (*one.facts, *one.others))


def _unjudged(one: Binding) -> Binding:
    return Binding(one.claim, UNBOUND, one.facts, fits=one.status != CONTRADICTED, is_lone=True)


def _is_sure(one: Binding, bindings: Sequence[Binding], passages: Sequence[Passage]) -> bool:
    """Whether the document names the file that gives the role, or gives it to the same model
    elsewhere; and gives it to no more than one other.
    """
    same = [other for other in bindings if set(other.facts) & set(one.facts)]
    if _are_several(same):
        return False
    is_told = any(other.is_borne_out and other is not one for other in same)
    return is_told or _names_one(passages, _called(one.facts))


def _are_several(bindings: Iterable[Binding]) -> bool:
    """Whether models that are called wrong in a role differ from one another, and in more than
    what their family is called: "ChatGPT 3.5", `gpt-3.5`.
    """
    wrong = {one.claim.model for one in bindings if one.status == CONTRADICTED}
    return any(
        bool(difference(one, other)) and (one.size, one.version) != (other.size, other.version)
        for one, other in combinations(filter(None, wrong), 2)
    )


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


def _names_one(passages: Iterable[Passage], names: frozenset[str]) -> bool:
    """Whether a document has one of ``names`` as a word of its prose, its code or its links."""
    return any(
        not names.isdisjoint(word.rstrip(".") for word in _FILE.findall(passage.raw.lower()))
        for passage in passages
    )
