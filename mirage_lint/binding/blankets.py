"""Blanket claims: what is said of all runs at once."""

from __future__ import annotations

from mirage_lint import vocabulary
from mirage_lint.binding.index import FAMILY
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import Claim

_REACH = 4
"""Words behind "all" or "both" among which the noun must stand."""


def families_named(claim: Claim, view: View) -> frozenset[object]:
    """The families that the claim's clause names, by whatever means."""
    mentions = view.within(view.clause(claim))
    return frozenset(value for one in mentions if one.kind == FAMILY for value in one.values)


def is_blanket(claim: Claim, view: View) -> bool:
    """Whether the clause speaks of all runs: "both adapters", "every run"."""
    low, high = view.clause(claim) if view.blankets else (0, 0)
    if not any(low <= at < high for at in view.blankets):
        return False
    tables = vocabulary.load("words")
    near = [(word, start) for word, start, _ in view.words_within((low, high))]
    return any(
        word in tables["blanket"]
        and not view.is_denied(start)
        and _reaches_run([other for other, _ in near[at + 1 : at + _REACH]])
        for at, (word, start) in enumerate(near)
    )


def _reaches_run(following: list[str]) -> bool:
    """Whether a noun for runs is what the words count, and no unit before it: "each epoch of the
    run" is of epochs.
    """
    nouns = set(vocabulary.load("words")["lineage_nouns"])
    units = {word for forms in vocabulary.load("units").values() for word in forms} - nouns
    for word in following:
        if word in nouns:
            return True
        if word in units:
            return False
    return False
