"""Tables, lists and paragraphs that name no run, known by their numbers: three that no chance has
tell a run as well as its name does, where no other run has half as many of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from mirage_lint.binding.agreement import is_rare
from mirage_lint.binding.binding import AMBIGUOUS, UNBOUND, Binding
from mirage_lint.binding.sections import block_of
from mirage_lint.claims.claim import QUANTITIES

_FEWEST_AGREEING = 3
"""Distinct numbers in which a block must agree with a run."""
_EXACT = frozenset({"", "about"})
_Told = dict[str, set[str]]
"""Families, each with the numbers that a block tells of it."""


def of_blocks(
    bindings: Iterable[Binding], with_others: frozenset[str]
) -> dict[object, frozenset[str]]:
    """The runs of blocks that name none, as `block_of` tells them: several where they have the same
    numbers. ``with_others`` are the families that may not be the only ones.
    """
    right: dict[object, _Told] = defaultdict(lambda: defaultdict(set))
    wrong: dict[object, _Told] = defaultdict(lambda: defaultdict(set))
    for one in bindings:
        if not is_open(one, with_others):
            continue
        if one.claim.hedge not in _EXACT or not is_rare(one.claim):
            continue
        is_right = one.fits or one.status == AMBIGUOUS
        told = (right if is_right else wrong)[block_of(one.claim.passage)]
        for family in {fact.family for fact in one.facts}:
            told[family].add(one.claim.digits)
    known = ((block, _known(told, wrong[block])) for block, told in right.items())
    return {block: families for block, families in known if families}


def is_open(one: Binding, with_others: frozenset[str]) -> bool:
    """Whether a number may be one of a run that its block does not name. Where all runs are
    known, it is better to name the one that is meant than to guess it.
    """
    if one.claim.kind not in QUANTITIES or not one.facts:
        return False
    if one.status != AMBIGUOUS:
        return one.status == UNBOUND
    return all(fact.family in with_others for fact in (*one.facts, *one.others))


def _known(right: _Told, wrong: _Told) -> frozenset[str]:
    """The families that a block agrees with: far more than with any other, and than it denies."""
    most = max(map(len, right.values()))
    best = [family for family, numbers in right.items() if len(numbers) == most]
    numbers = right[best[0]]
    are_same = all(right[family] == numbers for family in best)
    others = (len(right[family]) for family in right if family not in best)
    is_clear = are_same and 2 * max(others, default=0) <= most
    is_denied = any(2 * len(wrong.get(family, ())) > most for family in best)
    is_known = most >= _FEWEST_AGREEING and is_clear and not is_denied
    return frozenset(best) if is_known else frozenset()
