"""Numbers of prose that sum several facts up: "averaged over the three seeds, it reaches 83.5%"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mirage_lint import vocabulary
from mirage_lint.binding import derived, plainly
from mirage_lint.binding.aims import Aim
from mirage_lint.binding.binding import (
    CONTRADICTED,
    GREATEST,
    LEAST,
    MEAN,
    MEDIAN,
    SUM,
    UNBOUND,
    VALUE,
    VERIFIED,
    Binding,
    Derived,
)
from mirage_lint.binding.changes import Reading
from mirage_lint.binding.combined import fits_part
from mirage_lint.binding.doubts import doubt
from mirage_lint.binding.slots import Around
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import NUMBER, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Fact

_SURE = frozenset({MEAN, MEDIAN, SUM})
"""Ways that a sentence tells for sure."""
_NOUN_REACH = 12
"""Characters behind a count in which its noun stands."""


def bind(
    reading: Reading,
    meant: Sequence[Fact],
    ways: Sequence[str],
    aimed: Aim,
    view: View,
    around: Around,
) -> Binding | None:
    """The binding of a number whose text tells that it is a mean, the best, or a total of what it
    may mean; None where nothing comes of that.
    """
    claim = reading.claim
    facts = tuple(one for one in meant if not derived.tells_way(one))
    found = [one for one in (derived.give(facts, way) for way in ways) if one]
    is_other = claim.hedge == "range" or len(facts) < len(meant)
    if not found or is_other or len({one.family for one in facts}) > 1:
        return None
    is_sure = aimed.certain and _is_known(reading) and _is_over(claim, found[0], facts, view)
    single = reading.agreeing(meant)
    right = next((w for w in found if derived.agrees(claim, w, facts[0], reading.percent)), None)
    if right and is_sure:
        given = Binding(claim, VERIFIED, facts, because=_because(right), derived=right)
        return given._replace(run_by=reading.families.layer)
    if single:  # what one of them tells alone may be meant as well
        return None
    if right:
        return Binding(claim, UNBOUND, facts, fits=True, derived=right)
    way, is_only = found[0].way, len(found) == 1
    if not (is_sure and is_only and _is_plain(claim, view, found[0], facts)):
        return None
    if fits_part(claim, facts, way, reading.percent):
        return Binding(claim, UNBOUND, facts)
    # The words that tell the way are no reason to take it for something else.
    named = [one._replace(names=(*one.names, *derived.words_of(way))) for one in facts]
    if doubt(claim, view, around, reading, aimed, named):
        return None
    wrong = Binding(claim, CONTRADICTED, facts, VALUE, because=_because(found[0]), derived=found[0])
    return wrong._replace(run_by=reading.families.layer)


def _is_plain(claim: Claim, view: View, found: Derived, facts: Sequence[Fact]) -> bool:
    """Whether the number's own sentence says of what it is, and nothing besides; of the best and
    the worst only as the ends of a range, since of models they may be, too.
    """
    sentence = view.sentence(claim)
    if not set(claim.words).issubset(words.split(facts[0].metric)):
        return False  # "728 severe errors"
    allowed = {*vocabulary.load("words")["averaging"], *derived.words_of(found.way)}
    for key in found.keys:
        allowed.update(word for form in (key, f"{key}s") for word in words.split(form))
    for one in view.numbers(sentence):
        if _is_count(one, facts) or view.is_series(one, claim):
            allowed.update(words.split(one.text))
    said = set(words.split(view.passage.text[slice(*sentence)]))
    is_range = bool(_end_of_range(claim, view, said))
    is_told = not said.isdisjoint(derived.words_of(found.way)) and found.way in _SURE
    return (is_range or is_told) and plainly.is_told(claim, view, sentence, allowed)


def _because(found: Derived) -> tuple[str, ...]:
    return (f"{found.way} by its sentence",)


def told(reading: Reading, view: View, around: Around) -> list[str]:
    """The ways that the clause of a number tells, what leads the sentence, or an item's lead."""
    claim = reading.claim
    sentence, text = view.sentence(claim), view.passage.text
    first = next((one.start for one in view.numbers(sentence)), claim.start)
    spans = view.clause(claim), (sentence[0], first)
    said = {word for span in spans for word in words.split(text[slice(*span)])}
    if end := _end_of_range(claim, view, said):
        return [end]
    if view.passage.kind == "item" and around.intro:
        said |= around.intro.said
    said = said.union(*(head.said for head in around.heads))
    # "mean IoU", "top-1 accuracy": what a metric is called tells no way.
    return derived.told(said.difference(*(words.split(fact.metric) for fact in reading.facts[:1])))


def tells_range(text: str) -> bool:
    """Whether the words of a text tell of a range."""
    return not set(vocabulary.load("words")["ranges"]).isdisjoint(words.split(text))


def _end_of_range(claim: Claim, view: View, said: set[str]) -> str:
    """ "ranges from 82.8% to 84.2%": which end of it a number is; empty where it is none."""
    if not tells_range(" ".join(said)):
        return ""
    numbers = [one for one in view.numbers(view.sentence(claim)) if one.kind == claim.kind]
    for one, other in pairwise(numbers):
        if claim in (one, other) and view.is_series(one, other):
            return LEAST if claim is one else GREATEST
    return ""


def _is_known(reading: Reading) -> bool:
    """Whether the text names the run, or there is but one."""
    return bool(reading.families.values) or len(reading.lookup.registry.families) == 1


def _is_over(claim: Claim, found: Derived, facts: Sequence[Fact], view: View) -> bool:
    """Whether the sentence tells over what: it names the one dimension that is left open, or gives
    the number of the facts as that of runs.
    """
    sentence = view.sentence(claim)
    if any(one is not claim and _is_count(one, facts) for one in view.numbers(sentence)):
        return True
    stems = {stem.text for stem in view.stems_within(sentence)}
    return len(found.keys) == 1 and stems.issuperset(words.key(found.keys[0]))


def _is_count(one: Claim, facts: Sequence[Fact]) -> bool:
    """Whether a number is that of the facts, told as one of runs: "three seeds"."""
    text = one.passage.text[one.start : one.end + _NOUN_REACH]
    known = vocabulary.load("words")
    nouns = {stem for noun in (*known["repeats"], *known["trials"]) for stem in words.stems(noun)}
    is_all = one.kind == NUMBER and one.digits == str(len(facts))
    return is_all and not nouns.isdisjoint(words.stems(text))
