"""Dead paths of what a run writes: they need not be there."""

from collections.abc import Sequence
from pathlib import Path

from mirage_lint.binding.binding import CONTRADICTED, PATH, UNBOUND, Binding
from mirage_lint.claims.claim import Claim
from mirage_lint.settings.ignored import elsewhere, ignored
from mirage_lint.settings.scripts import Parts, named


def is_dead(binding: Binding) -> bool:
    """Whether it is of a path that names no file."""
    return binding.status == CONTRADICTED and binding.change == PATH


def without(bindings: Sequence[Binding], root: Path) -> list[Binding]:
    """The bindings, less dead paths that git ignores or scripts name, as they are made by a run,
    and those of files that lie in another folder; ``root`` is where the paths start.
    """
    dead = [one for one in bindings if is_dead(one)]
    for explained in (_ignored, _elsewhere, _written):
        if not dead:
            break
        known = explained(dead, root)
        dead = [one for one in dead if id(one) not in known]
    left = {id(one) for one in dead}
    return [
        Binding(one.claim, UNBOUND) if is_dead(one) and id(one) not in left else one
        for one in bindings
    ]


def _ignored(dead: Sequence[Binding], root: Path) -> set[int]:
    places = {id(one): root / one.claim.digits for one in dead if ".." not in one.claim.digits}
    made = ignored(sorted(set(places.values())), root) if places else frozenset()
    return {key for key, place in places.items() if place in made}


def _elsewhere(dead: Sequence[Binding], root: Path) -> set[int]:
    known = elsewhere({one.claim.digits for one in dead}, root)
    return {id(one) for one in dead if one.claim.digits in known}


def _written(dead: Sequence[Binding], root: Path) -> set[int]:
    """What a script names, it writes or reads; but what a link leads to is said to be there."""
    asked = {id(one): _telling(one) for one in dead if not _is_linked(one.claim)}
    known = named(frozenset(asked.values()), root) if asked else frozenset()
    return {key for key, parts in asked.items() if parts in known}


def _telling(binding: Binding) -> Parts:
    """The parts of a path that a script has to name: the last, or all where the artifact that is
    taken for it, or else a folder, may be called the same.
    """
    path = binding.claim.digits
    parts = tuple(part for part in path.split("/") if part not in ("", ".", "..", "~"))
    others = {one.path.replace("::", "/").rpartition("/")[2] for one in binding.artifacts}
    if parts and "." in parts[-1] and parts[-1] not in others:
        return parts[-1:]
    return parts


def _is_linked(claim: Claim) -> bool:
    return any(
        mark.kind == "link" and mark.start <= claim.start and claim.end <= mark.end
        for mark in claim.passage.marks
    )
