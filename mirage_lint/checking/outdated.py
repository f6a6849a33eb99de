"""Numbers that are what an artifact said before, and says no more: the text was left behind. That
needs no other number of the document to agree with the run.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mirage_lint import vocabulary
from mirage_lint.binding.agreement import SCALES, agrees, is_rare, is_telling
from mirage_lint.binding.beside import lies_in
from mirage_lint.binding.binding import CONTRADICTED, UNBOUND, VALUE, Binding
from mirage_lint.binding.doubts import is_dated, is_past
from mirage_lint.binding.index import Index
from mirage_lint.binding.sections import section_of
from mirage_lint.binding.segments import sentences
from mirage_lint.claims.claim import FRACTION, PATH, QUANTITIES, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import half_unit, stored
from mirage_lint.core.spans import Span, Spans

if TYPE_CHECKING:
    from mirage_lint.history.past import Former, Past
    from mirage_lint.history.porcelain import Edit


class Page(NamedTuple):
    """A document as it is now, and where it lies."""

    path: Path
    text: str


_MOST_FACTS = 8
"""Facts that a number may be about, from which on one of them having had its value is chance."""
_SCALES = (Fraction(1), Fraction(100), Fraction(1, 100))
"""How a value may be written anew: as it is, in percent, and no more so."""
_MOST_TEXTS = 64
_FEWEST_FIGURES = 2
_FEWEST_OF_SCALE = 3
"""Figures by which a value is known again in another unit."""
_MOST_OF_METRIC = 300
"""Facts of a metric, from which on one of them has a number by chance."""
_VERSION = r"(?<![^\W_])v\d{1,4}\.\d"
_LEFT_OUT = r"(?m)[\[{(,:]\s?\.\.\.|^[ \t]{0,20}\.\.\.|…"
_ARROWS = ("→", "->", "=>", "⇒")
_REACH = 10
_FEWEST_TRIALS, _MOST_TRIALS = 2, 50
_SHORT = 9
"""Characters by which a commit is named."""


Asked = dict[Claim, Sequence[Fact]]
"""Numbers that are not judged, each with the facts that may have had it before."""


def asked(bindings: Sequence[Binding], index: Index, directory: str) -> Asked:
    """The numbers that may be what a fact was that the text names for them, or one of the file that
    stands beside them: of families that a document, which lies in ``directory``, need not be about.
    """
    files = _files(bindings)
    found = {
        one.claim: one.facts or index.facts_of(files.get(_place(one.claim), ""))
        for one in bindings
        if _is_open(one)
    }
    return {
        claim: facts
        for claim, facts in found.items()
        if _may_be_of(claim, facts, index)
        and not (tells_of_past(claim) or is_told_today(claim, facts, index, directory))
    }


def is_told_today(claim: Claim, facts: Iterable[Fact], index: Index, directory: str) -> bool:
    """Whether a number is what a fact of the same metric says now in another file, one of few or of
    one beside the document, and so more likely of that; or stands before an arrow, as what was.
    """
    text = claim.passage.text
    if text[claim.end : claim.end + _REACH].lstrip(" *`").startswith(_ARROWS):
        return True
    pools = [index.facts[metric] for metric in {words.key(one.metric) for one in facts}]
    files = {one.source.artifact for one in facts}
    right = [
        fact
        for pool in pools
        for fact in pool.near(claim, percent=True)
        if fact.source.artifact not in files and agrees(claim, fact, percent=True)
    ]
    is_rarely_told = is_rare(claim) and "." in claim.digits  # a count is soon that of another
    is_chance = not is_rarely_told or any(len(pool) > _MOST_OF_METRIC for pool in pools)
    is_away = not any(lies_in(directory, one) for one in facts)
    return any(not is_chance or (is_away and lies_in(directory, fact)) for fact in right)


def told(
    bindings: Sequence[Binding], asked: Asked, guessed: Asked, past: "Past", page: Page
) -> list[Binding]:
    """The bindings, those of ``asked`` contradicted that are what one fact was before, and that
    stood on their line of the page already when that changed; of what is but ``guessed``, the line
    must be no older than the value.
    """
    every = {**guessed, **asked}
    known = past.of(fact for facts in every.values() for fact in facts)
    found = dict[Claim, _Outdated]()
    for claim, facts in every.items():
        one = _outdated(claim, {fact: known[fact] for fact in facts})
        if one and one.was_left_behind(past, page, is_guess=claim not in asked):
            found[claim] = one
    left = _without_compared(bindings, _without_strange(bindings, found, known, every))
    return [left[one.claim].binding() if one.claim in left else one for one in bindings]


class _Outdated(NamedTuple):
    """A number with the fact that had it, the value as it was written, and what took it away."""

    claim: Claim
    fact: Fact
    was: str
    until: "Edit"
    since: "Edit"

    def was_left_behind(self, past: "Past", page: Page, *, is_guess: bool) -> bool:
        """Whether the number's line stood on the page when the value changed, and, of a guess, not
        before it was there.
        """
        line = _line(self.claim, page.text)
        if not past.stood(page.path, self.until.commit, line):
            return False
        return not (is_guess and past.stood(page.path, f"{self.since.commit}^", line))

    def binding(self) -> Binding:
        """What is told of it."""
        was = f"{self.was} until {self.until.commit[:_SHORT]} ({self.until.day})"
        because = ("its file had that number there before",)
        return Binding(self.claim, CONTRADICTED, (self.fact,), VALUE, because=because, was=was)


def _without_strange(
    bindings: Iterable[Binding],
    found: dict[Claim, _Outdated],
    known: Mapping[Fact, Sequence["Former"]],
    every: Asked,
) -> dict[Claim, _Outdated]:
    """The numbers found, less those of columns in which as many cells are neither what a fact of
    the same file is, nor what it was: they are of another run, and some had a value by chance.
    """
    told = {one.fact for one in found.values()}
    hits = Counter(place for one in found.values() for place in _columns(one.claim, (one.fact,)))
    right = (one for one in bindings if one.is_borne_out)
    hits.update(place for one in right for place in _columns(one.claim, one.facts))
    misses = Counter(
        place
        for claim, facts in every.items()
        if claim not in found
        for place in _columns(claim, (one for one in facts if known[one] and one not in told))
    )
    return {
        claim: one
        for claim, one in found.items()
        if all(misses[place] < hits[place] for place in _columns(claim, (one.fact,)))
    }


def _columns(claim: Claim, facts: Iterable[Fact]) -> set[tuple[int, str]]:
    """The column that a cell stands in, with each file that tells of it."""
    column = claim.passage.column
    return {(id(column), one.source.artifact) for one in facts} if column else set()


def _without_compared(
    bindings: Iterable[Binding], found: dict[Claim, _Outdated]
) -> dict[Claim, _Outdated]:
    """The numbers found, less those of facts that their section tells of twice: with the value of
    today beside, or with several of before, it compares, or tells of several things.
    """
    now = {
        (section_of(b.claim.passage), fact) for b in bindings if b.is_borne_out for fact in b.facts
    }
    told: dict[object, set[str]] = {}
    for claim, one in found.items():
        told.setdefault((section_of(claim.passage), one.fact), set()).add(one.was)
    return {
        claim: one
        for claim, one in found.items()
        if (place := (section_of(claim.passage), one.fact)) not in now and len(told[place]) == 1
    }


def _line(claim: Claim, text: str) -> str:
    """The line of the source that a number stands on."""
    start, _ = claim.passage.source_span(claim.start, claim.end)
    end = text.find("\n", start)
    return text[text.rfind("\n", 0, start) + 1 : end if end >= 0 else None].rstrip("\r")


def _is_open(binding: Binding) -> bool:
    is_number = binding.claim.kind in QUANTITIES and not binding.claim.hedge
    is_few = len(binding.facts) <= _MOST_FACTS
    return binding.status == UNBOUND and not binding.fits and is_number and is_few


@lru_cache(maxsize=_MOST_TEXTS)
def _is_abridged(block: str) -> bool:
    """Whether a block of code leaves something out: "[ ... ]"."""
    return re.search(_LEFT_OUT, block) is not None


def _may_be_of(claim: Claim, facts: Sequence[Fact], index: Index) -> bool:
    is_rare = is_telling(claim) or len(_told_apart(facts)) == 1
    is_number = all(fact.kind == "number" for fact in facts)
    if not (facts and is_rare and is_number and _figures(claim) >= _FEWEST_FIGURES):
        return False
    return index.may_be_of_others(facts)


def _told_apart(facts: Iterable[Fact]) -> set[object]:
    """What facts tell, copies of it in other files left out."""
    return {(one.metric, one.dimensions, one.value) for one in facts}


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


def _outdated(claim: Claim, formers: dict[Fact, tuple["Former", ...]]) -> _Outdated | None:
    if any(agrees(claim, fact) for fact in formers):
        return None
    had = [
        (fact, former)
        for fact, each in formers.items()
        for former in each
        if not _is_rewritten(former.value, fact)
        and agrees(claim, fact._replace(value=former.value, numerator="", denominator=""))
    ]
    if len(_told_apart(fact for fact, _ in had)) != 1:
        return None  # none, or several; a copy of it in another file is the same
    fact, former = had[0]
    return _Outdated(claim, fact, former.value, former.until, former.since)


def _is_rewritten(value: str, fact: Fact) -> bool:
    """Whether a fact's value is but written otherwise now: to fewer places, in percent, or, told by
    its figures, in another unit.
    """
    number = fact.value.rstrip("%")
    before, now = stored(value.rstrip("%"), "")[0], stored(number, "")[0]
    reach = half_unit(number) if "/" not in number else Fraction(0)
    is_fine = len(number.replace(".", "").strip("0")) >= _FEWEST_OF_SCALE
    scales = (*_SCALES, *(SCALES if is_fine else ()))
    return any(abs(before * factor - now) <= reach for factor in scales)


def _figures(claim: Claim) -> int:
    """How many figures of a number, or of a fraction's part, are no mere noughts."""
    digits = str(claim.numerator) if claim.kind == FRACTION else claim.digits
    return len(digits.replace(".", "").strip("0"))


def tells_of_past(claim: Claim) -> bool:
    """Whether the text, or what heads it, says that it tells of what was before, or shows what
    form a file has.
    """
    passage = claim.passage
    if _is_abridged(passage.block):
        return True
    around = (passage.column, passage.section, *passage.row[:1], *passage.headings[-1:])
    heads = [(one.text, (0, len(one.text))) for one in around if one]
    told = ((passage.text, _sentence(claim)), *heads)
    if any(_is_bygone(*place) for place in told) or _tells_of_change(passage.text):
        return True
    if is_past(claim):
        return True
    sentence = passage.text[slice(*_sentence(claim))]
    if re.search(_VERSION, sentence):
        return True  # "35% of the v2.0 score"
    return any(map(is_dated, (sentence, *(one.text for one in passage.headings))))


@cache
def _numbered(*lists: str) -> re.Pattern[str]:
    known = vocabulary.load("words")
    named = "|".join(sorted(word for name in lists for word in known[name]))
    return re.compile(rf"(?i)(?<![^\W_])(?:{named})[ _-]?#?(\d++)(?!\.\d)")


def is_of_trial(path: str) -> bool:
    """Whether a page lies in the folder of a numbered run, "seed_36/summary.md": it is of that."""
    numbered = _numbered("trials", "repeats")
    return any(numbered.search(part) for part in path.split("/")[:-1])


def counts_trials(text: str) -> bool:
    """Whether a page tells its experiments apart by number, "Exp30", "trial #43": it is of those,
    whichever its artifacts hold since.
    """
    found = _numbered("trials").finditer(text)
    return len(set(islice((match[1] for match in found), _MOST_TRIALS))) >= _FEWEST_TRIALS


def _sentence(claim: Claim) -> Span:
    text = claim.passage.text
    return _sentences(text).at(claim.start) or (0, len(text))


# Many numbers stand in one text, and below one head: it is gone through once for all of them.
@lru_cache(maxsize=_MOST_TEXTS)
def _sentences(text: str) -> Spans:
    return Spans(sentences(text))


@lru_cache(maxsize=_MOST_TEXTS)
def _tells_of_change(text: str) -> bool:
    return not set(vocabulary.load("words")["revised"]).isdisjoint(words.split(text))


@lru_cache(maxsize=_MOST_TEXTS)
def _is_bygone(text: str, span: Span) -> bool:
    told = words.split(text[slice(*span)])
    return not set(vocabulary.load("words")["bygone"]).isdisjoint(told)
