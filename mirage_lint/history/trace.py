"""Lines traced to the commits that they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice

from mirage_lint.core.record import NamedTuple
from mirage_lint.history.lines import Change
from mirage_lint.history.porcelain import Origin
from mirage_lint.history.repository import Repository, Version

_MOST_FILES = 50
"""That are traced at once: each takes a run of git, and nobody reads of so many."""


class Spot(NamedTuple):
    """A line of a file at a commit, by its number."""

    version: Version
    number: int


class Trace(NamedTuple):
    """Where a line comes from, and what changed in the file there; None where that is not known."""

    origin: Origin
    change: Change | None


def traces(repository: Repository, spots: Iterable[Spot]) -> dict[Spot, Trace]:
    """The traces of those lines that git knows of, in the first files."""
    origins = _origins(repository, spots)
    steps = {(one.before, one.version) for one in origins.values()}
    texts = repository.texts(sorted(version for step in steps for version in step if version))
    known = {step: _change(*step, texts) for step in steps}
    return {spot: Trace(one, known[one.before, one.version]) for spot, one in origins.items()}


def _origins(repository: Repository, spots: Iterable[Spot]) -> dict[Spot, Origin]:
    numbers: dict[Version, list[int]] = defaultdict(list)
    for spot in spots:
        numbers[spot.version].append(spot.number)
    return {
        Spot(version, number): origin
        for version, wanted in islice(numbers.items(), _MOST_FILES)
        for number, origin in repository.blame(version, wanted).items()
    }


def _change(before: Version | None, after: Version, texts: Mapping[Version, str]) -> Change | None:
    """Where a file begins, nothing was before."""
    was = texts.get(before) if before else ""
    return None if was is None or after not in texts else Change(was, texts[after])
