"""Offers joined to lines of the registry, ranked, each with the claims that it would cover."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from mirage_lint.core.facts import Registry
from mirage_lint.drafting import naming
from mirage_lint.suggesting.asked import Asked
from mirage_lint.suggesting.fitting import Fit
from mirage_lint.suggesting.offers import FACT, TABLE, Entry, order

MAX_TRIED = 60
"""Proposals that are worth a trial."""

_ENOUGH_FOR_TABLE = 3


class Proposal(NamedTuple):
    """A line for ``family``, and the claims that it covers, each with why it fits.

    ``is_new`` says that the registry has no such family yet. ``verified`` are the places of the
    claims that a check would call so with it: of others it has the value, and the text leaves open
    what they are about.
    """

    family: str
    is_new: bool
    entry: Entry
    covers: tuple[tuple[Asked, Fit], ...]
    verified: frozenset[str] = frozenset()


def proposals(fits: Iterable[tuple[Asked, list[Fit]]], registry: Registry) -> list[Proposal]:
    """The proposals, those that cover most claims best first."""
    groups: dict[Entry, list[tuple[int, Asked, Fit]]] = {}
    for asked, ranked in fits:
        for place, fit in enumerate(ranked):
            groups.setdefault(fit.offer.entry, []).append((place, asked, fit))
    found = []
    for entry, group in _as_tables(groups).items():
        family = _family(entry, registry)
        is_new = family not in {one.name for one in registry.families}
        covers = tuple((asked, fit) for _, asked, fit in group)
        best = sum(_weight(asked) for place, asked, _ in group if place == 0)
        if not best:
            continue
        score = sum(fit.score for _, _, fit in group) / len(group)
        found.append(((-best, -score, *order(entry)), Proposal(family, is_new, entry, covers)))
    return [proposal for _, proposal in sorted(found, key=lambda one: one[0])][:MAX_TRIED]


def _weight(asked: Asked) -> Fraction:
    """How much a claim counts: one of a single digit fits many things."""
    return max(Fraction(min(asked.digits, 5) - 1), Fraction(1, 4))


def _as_tables(
    groups: dict[Entry, list[tuple[int, Asked, Fit]]],
) -> dict[Entry, list[tuple[int, Asked, Fit]]]:
    """Where several numbers of one object are asked for, the object as a table of one row."""
    objects: dict[str, list[Entry]] = {}
    for entry in groups:
        told = dict(entry.settings)
        if entry.kind == FACT and str(told.get("pointer")).count("/") == 1 and "unit" not in told:
            objects.setdefault(entry.artifact, []).append(entry)
    for artifact, entries in objects.items():
        if len(entries) >= _ENOUGH_FOR_TABLE:
            whole = Entry(TABLE, artifact, (("rows", "@"),))
            groups[whole] = [one for entry in entries for one in groups.pop(entry)]
    return groups


def _family(entry: Entry, registry: Registry) -> str:
    """The family that an artifact belongs to: by itself, by its folder, the only one, or a new
    one called by its path.
    """
    folder = _folder(entry.artifact)
    known = [(one.path, name) for one in registry.artifacts for name in one.families]
    own = {name for path, name in known if path == entry.artifact}
    beside = {name for path, name in known if _folder(path) == folder}
    below = {name for path, name in known if folder and path.startswith(f"{folder}/")}
    everyone = {family.name for family in registry.families}
    for names in (own, beside, below, everyone):
        if len(names) == 1:
            return min(names)
    return naming.slug(naming.of_path(entry.artifact))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
