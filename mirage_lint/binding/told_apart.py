"""Numbers that the rest of a document shows to be of something else than the fact they were read
as, though it may know that very run: evidence for drafts, in which runs have others beside them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from mirage_lint.binding.agreement import is_far, is_rare
from mirage_lint.binding.binding import CONTRADICTED, VALUE, Binding
from mirage_lint.binding.sections import section_of
from mirage_lint.claims.claim import NUMBER, PERCENT, QUANTITIES, Claim
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import stored

# As text, what few documents need: it is compiled where it is used.
_NUMBER = r"\d[\d.,]*+"
_Label = tuple[str, ...]
_Place = tuple[int, int]
"""A section, and a table in it."""


def without(bindings: list[Binding], families: frozenset[str]) -> list[Binding]:
    """The bindings of a document; of ``families``, those that may not be the only ones, a value is
    not called wrong where another section or table tells the fact right in the same words, or
    another item of the same list in any, nor a percentage of what is no percentage.
    """
    wrong = [one for one in bindings if _is_judged(one, families)]
    if not wrong:
        return bindings
    right = [one for one in bindings if one.is_borne_out and one.claim.kind in QUANTITIES]
    labels, plain = _labels(right), set(_plainly_told(right))
    items = {place for one in right if is_rare(one.claim) for place in _in_list(one)}
    apart = {
        id(one)
        for one in wrong
        if all(_is_elsewhere(one, fact, labels) for fact in one.facts)
        or (one.claim.passage.kind == "item" and _in_list(one) <= items)
        or (one.claim.kind == PERCENT and all(_is_plain(one, fact, plain) for fact in one.facts))
    }
    return [one.left_open() if id(one) in apart else one for one in bindings]


def _is_judged(one: Binding, families: frozenset[str]) -> bool:
    is_value = one.status == CONTRADICTED and one.change == VALUE and one.equation is None
    is_number = one.claim.kind in QUANTITIES and bool(one.facts)
    return is_value and is_number and all(fact.family in families for fact in one.facts)


def _labels(right: list[Binding]) -> dict[tuple[Fact, _Label], set[_Place]]:
    """Where facts are told right, and in which words."""
    found: dict[tuple[Fact, _Label], set[_Place]] = defaultdict(set)
    for one in right:
        if is_rare(one.claim):
            for fact in one.facts:
                found[fact, _label(one.claim)].add(_place(one.claim))
    return found


def _is_elsewhere(one: Binding, fact: Fact, labels: dict[tuple[Fact, _Label], set[_Place]]) -> bool:
    return bool(labels.get((fact, _label(one.claim)), set()) - {_place(one.claim)})


def _in_list(one: Binding) -> set[tuple[Fact, str, int, int]]:
    """The facts that are told, each with what tells the list apart in which it is."""
    passage = one.claim.passage
    where = passage.kind, section_of(passage), id(passage.intro)
    return {(fact, *where) for fact in one.facts}


def _label(claim: Claim) -> _Label:
    """The words that a number is told in: the heads of a cell, or its text without numbers."""
    passage = claim.passage
    if passage.table:
        heads = (*passage.row[:1], *((passage.column,) if passage.column else ()))
        return tuple(head.text for head in heads)
    return (re.sub(_NUMBER, "0", passage.text),)


def _place(claim: Claim) -> _Place:
    return section_of(claim.passage), claim.passage.table


def _is_plain(one: Binding, fact: Fact, plain: set[tuple[str, str]]) -> bool:
    """Whether a fact is no percentage: the document tells its measure as a plain number, or it has
    no unit, and no value near to what is told.
    """
    is_bare = not fact.unit and abs(stored(fact.value, "")[0]) > 1
    return _measure(fact) in plain or (is_bare and is_far(one.claim, one.facts))


def _plainly_told(right: list[Binding]) -> Iterator[tuple[str, str]]:
    """The measures without a unit that a document tells as plain numbers of more than one."""
    for one in right:
        is_plain = one.claim.kind == NUMBER and not one.claim.unit and "." in one.claim.digits
        if is_plain and is_rare(one.claim) and not one.claim.digits.startswith("0"):
            yield from map(_measure, one.facts)


def _measure(fact: Fact) -> tuple[str, str]:
    return fact.family, fact.metric
