"""Numbers that are what an artifact said before, and says no more: the text was left behind. That
needs no other number of the document to agree with the run.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from mirage_lint import vocabulary
from mirage_lint.binding.agreement import agrees, is_telling
from mirage_lint.binding.binding import CONTRADICTED, UNBOUND, VALUE, Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.segments import sentences
from mirage_lint.claims.claim import FRACTION, PATH, QUANTITIES, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Fact
from mirage_lint.core.spans import Span, Spans

if TYPE_CHECKING:
    from mirage_lint.history.past import Former, Past

_MOST_FACTS = 8
"""Facts that a number may be about, from which on one of them having had its value is chance."""
_FEWEST_FIGURES = 2
_SHORT = 9
"""Characters by which a commit is named."""


Asked = dict[Claim, Sequence[Fact]]
"""Numbers that are not judged, each with the facts that may have had it before."""


def asked(bindings: Sequence[Binding], index: Index) -> Asked:
    """The numbers that may be what a fact was that the text names for them, or one of the file that
    stands beside them: of families that a document need not be about.
    """
    files = _files(bindings)
    found = {
        one.claim: one.facts or index.facts_of(files.get(_place(one.claim), ""))
        for one in bindings
        if _is_open(one) and not _tells_of_past(one.claim)
    }
    return {claim: found[claim] for claim in found if _may_be_of(claim, found[claim], index)}


def told(bindings: Sequence[Binding], asked: Asked, past: "Past") -> list[Binding]:
    """The bindings, those of ``asked`` contradicted that are what one fact was before."""
    known = past.of(fact for facts in asked.values() for fact in facts)
    found = {
        claim: _outdated(claim, {fact: known[fact] for fact in asked[claim]}) for claim in asked
    }
    return [found.get(one.claim) or one for one in bindings]


def _is_open(binding: Binding) -> bool:
    is_number = binding.claim.kind in QUANTITIES and not binding.claim.hedge
    is_few = len(binding.facts) <= _MOST_FACTS
    return binding.status == UNBOUND and not binding.fits and is_number and is_few


def _may_be_of(claim: Claim, facts: Sequence[Fact], index: Index) -> bool:
    is_rare = (is_telling(claim) or len(facts) == 1) and _figures(claim) >= _FEWEST_FIGURES
    is_number = all(fact.kind == "number" for fact in facts)
    return bool(facts) and is_rare and is_number and index.may_be_of_others(facts)


def _files(bindings: Iterable[Binding]) -> dict[object, str]:
    """The one artifact that is named at a place, by its path alone."""
    found: dict[object, set[str]] = {}
    for one in bindings:
        if one.claim.kind == PATH and one.artifacts:
            found.setdefault(_place(one.claim), set()).update(each.path for each in one.artifacts)
    return {place: paths.pop() for place, paths in found.items() if len(paths) == 1}


def _place(claim: Claim) -> object:
    """The row of a table that a claim stands in, or its sentence."""
    passage = claim.passage
    return passage.line if passage.table else (id(passage), _sentence(claim))


def _outdated(claim: Claim, formers: dict[Fact, tuple["Former", ...]]) -> Binding | None:
    if any(agrees(claim, fact) for fact in formers):
        return None
    had = [
        (fact, former)
        for fact, each in formers.items()
        for former in each
        if agrees(claim, fact._replace(value=former.value, numerator="", denominator=""))
    ]
    if len({fact for fact, _ in had}) != 1:
        return None
    fact, former = had[0]
    was = f"{former.value} until {former.until.commit[:_SHORT]} ({former.until.day})"
    because = ("its file had that number there before",)
    return Binding(claim, CONTRADICTED, (fact,), VALUE, because=because, was=was)


def _figures(claim: Claim) -> int:
    """How many figures of a number, or of a fraction's part, are no mere noughts."""
    digits = str(claim.numerator) if claim.kind == FRACTION else claim.digits
    return len(digits.replace(".", "").strip("0"))


def _tells_of_past(claim: Claim) -> bool:
    """Whether the text, or what heads it, says that it tells of what was before."""
    passage = claim.passage
    low, high = _sentence(claim)
    around = (passage.column, passage.section, *passage.row[:1], *passage.headings[-1:])
    texts = (passage.text[low:high], *(one.text for one in around if one))
    return any(not _bygone().isdisjoint(words.split(text)) for text in texts)


def _sentence(claim: Claim) -> Span:
    text = claim.passage.text
    return Spans(sentences(text)).at(claim.start) or (0, len(text))


@cache
def _bygone() -> frozenset[str]:
    return frozenset(vocabulary.load("words")["bygone"])
