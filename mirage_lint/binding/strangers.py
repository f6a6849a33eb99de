"""Pages that may be about other runs than those known: agreement is the evidence that they are not.

A registry that `init` drafts knows the runs whose artifacts lie in the repository, and its pages
tell of others as well: older ones, those of another machine, of another paper.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from mirage_lint.binding.agreement import is_telling
from mirage_lint.binding.binding import (
    AMBIGUOUS,
    CONTRADICTED,
    FAMILY,
    UNBOUND,
    VALUE,
    VERIFIED,
    Binding,
)
from mirage_lint.binding.changes import is_setting
from mirage_lint.binding.slots import CLAUSE, COLUMN, ROW, SENTENCE
from mirage_lint.claims.claim import FRACTION, MODEL, QUANTITIES, Claim
from mirage_lint.core.facts import Fact

_FEWEST = 3
"""Figures, of different values together, in which a document must agree with what is known."""
NAMING = frozenset({CLAUSE, SENTENCE, ROW, COLUMN})
"""Layers that name the run of a claim itself; a heading may be the name of all that there is."""
_Source = tuple[str, tuple[str, ...]]
"""A family, and what tells the rows of a table of it apart: its single values have nothing."""


def without(bindings: list[Binding], families: frozenset[str]) -> list[Binding]:
    """The bindings of a document; of ``families``, those that may not be the only ones, a value
    is judged only where the text beside it names the run, or where the rest of the document agrees
    with the table that it is held against, or with the single values of the run; a setting where
    something else in its section does, too. What is not called
    wrong for that is not called right either.
    """
    judged = {id(one) for one in bindings if _is_judged(one, families)}
    if not judged:
        return bindings
    evidence = _Evidence(bindings)
    return [
        _unjudged(one) if id(one) in judged and not _is_sure(one, evidence) else one
        for one in bindings
    ]


def _is_judged(one: Binding, families: frozenset[str]) -> bool:
    is_told = one.status in (VERIFIED, AMBIGUOUS) or (
        one.status == CONTRADICTED and one.change in (VALUE, FAMILY)
    )
    is_named = one.run_by in NAMING and one.change != FAMILY
    is_number = one.claim.kind in QUANTITIES and not is_named
    if not (is_told and is_number and one.facts):
        return False
    return all(fact.family in families for fact in one.facts)


def _is_sure(one: Binding, evidence: "_Evidence") -> bool:
    """Whether a judgement holds where there are other runs: that one must be named never does, and
    that a number is of another run only where it is no chance.
    """
    is_chance = one.change == FAMILY and not is_telling(one.claim)
    is_beside = evidence.is_beside(one)
    if is_beside and all(map(is_setting, one.facts)):
        is_beside = evidence.is_near(one)  # each run of a page has settings of its own
    return one.status != AMBIGUOUS and not is_chance and is_beside


def _unjudged(one: Binding) -> Binding:
    return Binding(one.claim, UNBOUND, one.facts, fits=one.status != CONTRADICTED, is_lone=True)


class _Evidence:
    """In which values, and models, a document agrees with what is known."""

    def __init__(self, bindings: Iterable[Binding]) -> None:
        self._told: dict[_Source, dict[str, list[Claim]]] = defaultdict(dict)
        self._all: Counter[_Source] = Counter()
        self._models: set[_Source] = set()
        self._near: Counter[tuple[int, str]] = Counter()
        for one in bindings:
            self._near.update(_places(one, _borne_out_by(one)))
            if one.claim.kind == MODEL and one.status == VERIFIED:
                self._models |= _sources(one.facts)
            if one.claim.kind in QUANTITIES and one.claim.hedge in ("", "about"):
                for source in _sources(_borne_out_by(one)):
                    same = self._told[source].setdefault(one.claim.digits, [])
                    self._all[source] += 0 if same else _figures(one.claim)
                    same.append(one.claim)

    def is_beside(self, one: Binding) -> bool:
        """Whether the document agrees with what a claim is held against in figures that are no
        chance, the claim itself left out.
        """
        return any(
            source in self._models or self._figures(source, one.claim) >= _FEWEST
            for source in _sources(one.facts)
        )

    def is_near(self, one: Binding) -> bool:
        """Whether something else in its section is right of the run that it is held against."""
        own = _places(one, _borne_out_by(one))
        return any(self._near[place] > (place in own) for place in _places(one, one.facts))

    def _figures(self, source: _Source, apart: Claim) -> int:
        same = self._told[source].get(apart.digits, []) if source in self._told else []
        is_alone = len(same) == 1 and same[0] is apart
        return self._all[source] - (_figures(apart) if is_alone else 0)


def _figures(claim: Claim) -> int:
    """How many figures of a number are no mere noughts: a fraction's are those of both parts."""
    if claim.kind == FRACTION:
        return len(f"{claim.numerator}{claim.denominator}")
    return len(claim.digits.partition("e")[0].replace(".", "").strip("0")) or 1


def _places(one: Binding, facts: Iterable[Fact]) -> set[tuple[int, str]]:
    """The section that a claim stands in, with each family of ``facts``."""
    headings = one.claim.passage.headings
    return {(id(headings[-1]) if headings else 0, fact.family) for fact in facts}


def _borne_out_by(one: Binding) -> Iterable[Fact]:
    """The facts that a claim agrees with: of a wrong one, those of what it was taken for."""
    return one.facts if one.is_borne_out else one.others


def _sources(facts: Iterable[Fact]) -> set[_Source]:
    return {(fact.family, tuple(key for key, _ in fact.dimensions)) for fact in facts}
