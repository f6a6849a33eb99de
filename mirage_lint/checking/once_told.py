"""Facts that a number may once have been, though the text does not name them in full: those that
most words of their name stand beside it. That one of them had this very value while the line was
written, and has it no more, is more than chance.
"""

from collections.abc import Iterator, Sequence

from mirage_lint.binding.agreement import comparable, figures, is_rare
from mirage_lint.binding.binding import UNBOUND, Binding
from mirage_lint.binding.index import Index, Phrase
from mirage_lint.checking.outdated import is_told_today, tells_of_past
from mirage_lint.claims.claim import QUANTITIES, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Fact

_FEWEST_FIGURES = 3
_MOST_ALIKE = 60
"""Facts that the words beside a number may name, from which on they name none."""
_MOST_OF_METRIC = 500
_BEFORE, _BEHIND = 80, 60
"""Characters around a number that tell what it is."""
_SHORT_NAME = 2
"""Words of a name all of which must be told."""
_SHORTEST = 3
"""Letters of a stem that tells something."""


def asked(bindings: Sequence[Binding], index: Index, directory: str) -> dict[Claim, Sequence[Fact]]:
    """The numbers that no reading explains, each with the facts that it may have been of."""
    found = {one.claim: tuple(_like(one.claim, index)) for one in bindings if _is_open(one)}
    return {
        claim: facts
        for claim, facts in found.items()
        if 0 < len(facts) <= _MOST_ALIKE
        and not (tells_of_past(claim) or is_told_today(claim, facts, index, directory))
    }


def _is_open(one: Binding) -> bool:
    is_number = one.claim.kind in QUANTITIES and not one.claim.hedge
    return (
        one.status == UNBOUND
        and not one.fits
        and is_number
        and is_rare(one.claim)
        and figures(one.claim) >= _FEWEST_FIGURES
    )


def _like(claim: Claim, index: Index) -> Iterator[Fact]:
    near = frozenset(stem for text in _beside(claim) for stem in words.stems(text))
    metrics = {metric for stem in near if _tells(stem) for metric in index.metrics_with(stem)}
    wanted = index.families_with_others
    for metric in sorted(one for one in metrics if _is_mostly_told(one, near)):
        facts = index.facts[metric]
        for fact in facts if len(facts) <= _MOST_OF_METRIC else ():
            is_row = not fact.dimensions or _names_row(fact, near)
            if fact.family in wanted and is_row and _is_alike(claim, fact):
                yield fact


def _is_alike(claim: Claim, fact: Fact) -> bool:
    """Whether both are the same kind of number; a count may be of things that its fact omits."""
    is_count = bool(claim.unit) and not fact.unit and fact.value.isdecimal()
    return comparable(claim, fact, named=True) or (is_count and claim.digits.isdecimal())


def _beside(claim: Claim) -> Iterator[str]:
    """The texts that tell what a number is: the heads of its cell, or what stands around it."""
    passage = claim.passage
    if passage.table:
        heads = (*passage.row[:1], passage.column, passage.section)
        yield from (head.text for head in heads if head)
    else:
        yield passage.text[max(claim.start - _BEFORE, 0) : claim.end + _BEHIND]
    yield from (one.text for one in passage.headings[-1:])


def _tells(stem: str) -> bool:
    return len(stem) >= _SHORTEST and stem.isalpha()


def _is_mostly_told(metric: Phrase, near: frozenset[str]) -> bool:
    own = set(filter(_tells, metric))
    wanted = len(own) if len(own) <= _SHORT_NAME else -(-len(own) // 2)
    return bool(own) and len(own & near) >= wanted


def _names_row(fact: Fact, near: frozenset[str]) -> bool:
    """Whether all words of one of the names stand near that tell a row from others."""
    names = (set(words.stems(value)) for _, value in fact.dimensions)
    return any(name <= near for name in names if any(map(_tells, name)))
