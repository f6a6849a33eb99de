"""What a number is about, and what the facts say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mirage_lint.binding import slots, summaries
from mirage_lint.binding.agreement import is_on_other_scale, is_telling, is_told_otherwise
from mirage_lint.binding.aims import Aim, aim
from mirage_lint.binding.binding import (
    AMBIGUOUS,
    BLANKET,
    CONTRADICTED,
    DIMENSION,
    FAMILY,
    POPULATION,
    UNBOUND,
    VERIFIED,
    Binding,
)
from mirage_lint.binding.blankets import families_named, is_blanket
from mirage_lint.binding.certainty import (
    TRAINING_LENGTHS,
    is_known,
    is_narrow,
    is_sample,
    overall,
    values,
    whole,
)
from mirage_lint.binding.changes import (
    Change,
    Reading,
    change,
    fits_elsewhere,
    foreign,
    is_longer,
    may_be_of_part,
)
from mirage_lint.binding.derived import MOST_PARTS
from mirage_lint.binding.doubts import doubt, is_past
from mirage_lint.binding.grid import is_listing
from mirage_lint.binding.index import Index
from mirage_lint.binding.others import is_qualified
from mirage_lint.binding.pool import Pool, pooled
from mirage_lint.binding.slots import CLAUSE, CORNER, FILE, HEADS, NAMING, Around, Layer, Slot
from mirage_lint.binding.sources import is_plain_head
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import FRACTION, NUMBER, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Fact

# As text, what few documents need: it is compiled where it is used.
_BOUNDS = ("<", ">", "≤", "≥", "≪")
_P = r"(?<![^\W_])[pP][*_]{0,2}\s?\Z"
_ARROWS = ("→", "->", "=>", "⇒")
_TIMES = ("×", "·")
_FROM, _TO = r"\bfrom\W+\Z", r"(?:\bto|→|[-=]>|⇒)\W+\Z"
_MOST_FAMILIES = 6
"""Runs among which a text that names none may be thought to mean them all."""
_MOST_RIGHT = 200
"""Facts that bear a number out, from which on its being one of them is chance."""
_REACH = 40
"""Characters behind the first end of a change in which the second stands."""
_FROM_ANY = r"\bfrom\W+\d[^;]*\Z|→|[-=]>|⇒"


def bind(claim: Claim, view: View, around: Around, index: Index) -> Binding:
    """The binding of a quantity."""
    if not _may_be_known(claim, view, around, index):
        return Binding(claim, UNBOUND)
    if is_listing(view) or _is_no_value(claim):
        return Binding(claim, UNBOUND)
    if claim.kind == FRACTION and claim.unit in TRAINING_LENGTHS:
        return Binding(claim, UNBOUND)  # "after 3 of the 6 epochs": when, no rate
    if claim.start in view.settings or view.is_denied(claim.start) or _is_operand(claim, view):
        return Binding(claim, UNBOUND)
    context = slots.layers(claim, view, around)
    aimed = aim(claim, view, context, around, index)
    if _is_p_value(claim):  # that of a test, and not of what it tests
        aimed = aimed._replace(metrics=frozenset(one for one in aimed.metrics if "p" in one))
    percent = claim.kind == NUMBER and any("%" in head.passage.text for head in around.heads)
    facts = index.comparable(claim, aimed.metrics, aimed.named, percent)
    if not facts:
        return Binding(claim, UNBOUND)
    reading = _reading(claim, facts, view, context, index)._replace(percent=percent)
    if reading.families.layer == slots.NUMBERS and not _is_plain(claim, view, around):
        return Binding(claim, UNBOUND)  # its words may tell of something else
    # A key is spelled as in its file, which a line may name at its start.
    whole = (0, len(view.passage.text))
    if files := view.told_by(view.sentence(claim)) or (claim.key and view.told_by(whole)):
        reading = _of_files(reading, files)
    elif around.files and aimed.layer != CORNER and _is_plain(claim, view, around):
        reading = _of_files(reading, around.files)
    return _judge(reading, aimed, view, around)


def _may_be_known(claim: Claim, view: View, around: Around, index: Index) -> bool:
    """Whether anything in or around the passage names a metric that the claim could be about: most
    numbers of a page are about none, and need no closer look.
    """
    if claim.key or (view.passage.kind == "item" and around.intro):
        return True  # what it is set to, or the words of both, may name one
    metrics = view.metrics | around.metrics
    if claim.unit:
        metrics |= index.metrics_named(claim.unit)
    return any(index.comparable(claim, (metric,), {metric}) for metric in metrics)


def _is_no_value(claim: Claim) -> bool:
    """ "±0.2", "| above 95% |": how far something varies, or what a column is measured by."""
    is_limit = claim.passage.kind == "head" and claim.hedge in ("least", "most")
    return is_limit or claim.text.startswith("±")


def _is_p_value(claim: Claim) -> bool:
    """ "McNemar p < 0.001": whether a number is a bound that a letter of its own names."""
    start = claim.start
    before = claim.passage.text[max(start - _REACH, 0) : start]
    return claim.text[:1] in _BOUNDS and re.search(_P, before) is not None


def _is_operand(claim: Claim, view: View) -> bool:
    """Whether the number is a bare term of a calculation, not its result or all of it."""
    if not claim.group or claim.unit:
        return False
    stated = view.equations[claim.group - 1].stated
    if claim.kind == FRACTION:
        group = [one for one in view.claims if one.group == claim.group and one is not claim]
        return any(one.kind == NUMBER and one.text != stated for one in group)
    return claim.kind == NUMBER and claim.text != stated


def _is_calculated(claim: Claim, view: View) -> bool:
    """Whether the number is the right result of a calculation of more than a fraction."""
    if not claim.group or view.equations[claim.group - 1].stated != claim.text:
        return False
    return all(one.kind != FRACTION for one in view.claims if one.group == claim.group)


def _is_change(claim: Claim, view: View) -> bool:
    """ "from 41.0% to 99.2%": the two ends of a change stand for two settings."""
    text, sentence = view.passage.text, view.sentence(claim)
    before = text[sentence[0] : claim.start]
    if "from" not in before and not any(arrow in before for arrow in _ARROWS):
        return False
    if summaries.tells_range(before):
        return False
    is_start = re.search(_FROM, before) is not None
    return is_start or bool(re.search(_TO, before) and re.search(_FROM_ANY, before))


def _is_before(claim: Claim) -> bool:
    """ "from 41.0% to 99.2%", "41.0% → 99.2%": the first end of a change."""
    text = claim.passage.text
    behind = text[claim.end : claim.end + _REACH].lstrip(" *`")
    is_from = re.search(_FROM, text[max(claim.start - len("from  "), 0) : claim.start])
    return behind.startswith(_ARROWS) or (is_from is not None and " to " in f" {behind}")


def _is_labelled(view: View, found: Change, index: Index) -> bool:
    """ "run-2: A 0.31, B 0.35": whether the label of the line is the name of what the number is
    right of, of which a draft may know less.
    """
    label, colon, _ = view.passage.text.partition(":")
    own = {value for fact in found.facts for _, value in fact.dimensions}
    others = {value for fact in found.others for _, value in fact.dimensions}
    is_draft = bool(colon) and index.may_be_of_others(found.facts)
    return is_draft and label.strip() in others - own


def _reading(claim: Claim, facts: Pool, view: View, context: list[Layer], index: Index) -> Reading:
    families = slots.families(context)
    if is_blanket(claim, view):
        families = Slot(families_named(claim, view), CLAUSE)
    keys = facts.keys & index.numeric_keys if _is_change(claim, view) else facts.keys
    return Reading(
        claim=claim,
        facts=facts,
        kin=facts.of(families.values),
        families=families,
        populations=slots.populations(claim, view, context, families.certain or families.values),
        dimensions=slots.dimensions(context, sorted(keys)),
        lookup=index,
        percent=False,
    )


def _is_plain(claim: Claim, view: View, around: Around) -> bool:
    """Whether an item, or the heads of a cell, tell a metric and nothing that is not known."""
    # Imported here, as few documents name the file of their numbers.
    text, corner = view.passage.text, around.table.corner
    heads = [one.passage.text for one in (*around.heads, *((corner,) if corner else ()))]
    is_bare = all(map(is_plain_head, heads or [text[: claim.start]]))
    if not is_bare or (heads and text != claim.text):
        return False
    return not any(is_qualified(head, frozenset()) for head in around.heads or (view,))


def _of_files(reading: Reading, files: frozenset[str]) -> Reading:
    """The reading, of what the files tell that its numbers are said to be from, unless a run of
    other artifacts is named nearer.
    """
    led = reading.facts.of_files(files)
    told = reading.families
    if not led or (told.layer in NAMING and led.families.isdisjoint(told.certain)):
        return reading
    if may_be_of_part(reading.claim, led) or is_on_other_scale(reading.claim, led):
        return reading  # of something that the file does not tell, or the registry
    families = Slot(led.families, FILE, " ".join(sorted(files)), certain=led.families)
    return reading._replace(facts=led, kin=led, families=families)


def _judge(reading: Reading, aimed: Aim, view: View, around: Around) -> Binding:
    claim = reading.claim
    meant = reading.meant()
    if 1 < len(meant) <= MOST_PARTS and (ways := summaries.told(reading, view, around)):
        summed = summaries.bind(reading, meant, ways, aimed, view, around)
        if summed:
            return summed
    near = _by_near_slots(reading)
    sure = meant if near is reading else near.meant()
    denied = whole(reading, sure, aimed, view) if aimed.certain else None
    if agreeing := _agreeing(reading, meant, sure):
        return _agreed(reading, aimed, view, around, agreeing, denied)
    if denied is None or claim.hedge == "range" or _is_calculated(claim, view):
        return Binding(claim, UNBOUND, tuple(meant))
    if is_past(claim) or (_is_before(claim) and len(values(denied)) == 1):
        return Binding(claim, UNBOUND)  # what it was, before it came to what is known
    is_single = bool(claim.key) or _is_change(claim, view)
    found = _contradiction(reading, overall(reading, denied), is_single)
    if found is None or _is_one_of_many(reading, around, found):
        return Binding(claim, UNBOUND, tuple(meant))
    if _is_other_way(reading, aimed.layer, found) or _is_labelled(view, found, reading.lookup):
        return Binding(claim, UNBOUND, tuple(meant))
    doubt = _doubt(reading, aimed, view, around, found.facts)
    if doubt or _is_named_closer(reading, view, around, found.facts):
        return Binding(claim, UNBOUND, tuple(meant), doubt=doubt)
    because = _because(reading, aimed)
    named = sorted({one[1] for one in reading.populations.values if isinstance(one, tuple)})
    wrong = Binding(claim, CONTRADICTED, found.facts, found.slot, found.others, because)
    return wrong._replace(populations=tuple(named), run_by=reading.families.layer)


def _agreed(
    reading: Reading,
    aimed: Aim,
    view: View,
    around: Around,
    agreeing: tuple[Fact, ...],
    denied: Sequence[Fact] | None,
) -> Binding:
    """The binding of a claim that some of what it may mean bears out; ``denied`` is all that it
    surely ranges over, None where that is open.
    """
    claim = reading.claim
    against = () if denied is None else _disagreeing(reading, agreeing, view)
    is_open = bool(against) and not (
        _is_headed(around, agreeing, against) or _is_change(claim, view) or _is_before(claim)
    )
    if is_open and not _doubt(reading, aimed, view, around, against):
        because = _because(reading, aimed)
        return Binding(claim, AMBIGUOUS, agreeing, BLANKET, against, because)
    is_told = denied is not None and claim.hedge != "range" and not is_sample(view, reading)
    if not (is_told and _is_sure(reading, overall(reading, denied or []))):
        return Binding(claim, UNBOUND, agreeing, fits=True)
    if doubt := _doubt(reading, aimed, view, around, agreeing):
        return Binding(claim, UNBOUND, agreeing, fits=True, doubt=doubt)
    because, run_by = _because(reading, aimed), reading.families.layer
    return Binding(claim, VERIFIED, agreeing, because=because, run_by=run_by)


def _is_other_way(reading: Reading, layer: str, found: Change) -> bool:
    """Whether it may tell its value in a way that is not read, that of one of several runs, what
    another run came from, or how much a metric weighs; a head with words of two metrics may be
    that of a third.
    """
    claim = reading.claim
    is_open = reading.lookup.may_be_of_others(found.facts)
    is_start = found.slot == FAMILY and is_open and _is_before(claim)  # "1.94 → 3.37"
    behind = claim.passage.text[claim.end : claim.end + _REACH].lstrip(" *`")
    is_weight = behind[:1] in _TIMES and behind[1:].lstrip(" *`")[:1].isalpha()  # "0.35 × recall"
    is_of_two = is_open and layer in HEADS and len({fact.metric for fact in found.facts}) > 1
    if is_start or is_weight or is_of_two or fits_elsewhere(reading, found.facts):
        return True
    return any(is_told_otherwise(claim, fact) for fact in found.facts)


def _is_named_closer(reading: Reading, view: View, around: Around, denied: Sequence[Fact]) -> bool:
    """Whether the row or the clause names what a fact that bears the claim out is of, and what it
    is held against is not: "base + pruned" is of the row "base_pruned", not of "base".
    """
    own = {stem for fact in denied for _, value in fact.dimensions for stem in words.stems(value)}
    right = reading.agreeing(reading.kin)
    if len(right) > _MOST_RIGHT:
        return False
    values = {value for fact in right for _, value in fact.dimensions}
    apart = [{one for one in words.stems(value) if not one.isdigit()} - own for value in values]
    if not any(apart):
        return False
    said = {stem.text for stem in view.stems_within(view.clause(reading.claim))}
    said |= {stem.text for head in around.table.row for stem in head.stems}
    return any(one and one <= said for one in apart)


def _is_one_of_many(reading: Reading, around: Around, found: Change) -> bool:
    """Whether the text names no run where several values are known, and not all by which these are
    told apart: then it may tell of one more, or of a row of a longer name.
    """
    denied, families, populations = found.facts, reading.families, reading.populations
    if found.slot == DIMENSION and is_longer(found) and _has_more_words(around, denied):
        return True
    is_named = bool(families.values) and families.layer not in (slots.FOLDER, slots.NUMBERS)
    if is_named or populations.values or len(values(denied)) < 2:
        return False
    keys = {key for fact in denied for key, _ in fact.dimensions}
    return not keys or not keys <= set(reading.dimensions)


def _has_more_words(around: Around, denied: Sequence[Fact]) -> bool:
    """Whether a row's heads have words beside those of the names that it is found by."""
    own = {stem for fact in denied for _, value in fact.dimensions for stem in words.stems(value)}
    return any(
        stem.text not in own for head in around.table.row for stem in head.stems if stem.text
    )


def _is_headed(around: Around, agreeing: Sequence[Fact], against: Sequence[Fact]) -> bool:
    """Whether a heading has a word of the names of those runs alone of which the claim is true."""
    own = _words_of(agreeing) - _words_of(against)
    return any(heading.said & own for heading in around.headings)


def _words_of(facts: Sequence[Fact]) -> set[str]:
    return {word for fact in facts for word in words.split(fact.family)}


def _is_sure(reading: Reading, told: Sequence[Fact]) -> bool:
    """Whether another value would be denied: what is verified is what would have been caught."""
    agreeing = reading.agreeing(told)
    return bool(told) and is_known(reading, told) and len(agreeing) == len(told)


def _doubt(
    reading: Reading, aimed: Aim, view: View, around: Around, denied: tuple[Fact, ...]
) -> str:
    return doubt(reading.claim, view, around, reading, aimed, list(denied))


def _contradiction(reading: Reading, whole: Sequence[Fact], is_single: bool) -> Change | None:
    """What the facts deny of a claim that none bears out; None where they leave room for it."""
    if not whole:
        return foreign(reading)
    certain = reading.families.certain
    denying = pooled(whole).of(certain)
    if not denying:
        return None
    is_close = is_narrow(reading, denying, is_single)
    if not is_close and not reading.kin.populations:
        return None  # all that is to be found is another population, and there is none
    found = change(reading, denying)
    if found.slot == FAMILY and reading.families.values and not certain:
        return None  # another run's model, or setting, may be named as well
    told = found.slot == POPULATION and is_telling(reading.claim)
    return found if told or is_close else None


def _agreeing(reading: Reading, meant: Sequence[Fact], sure: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts that bear the claim out. A setting or population that only a heading names is no
    bar, nor is another population to a count of rows.
    """
    found = reading.agreeing(meant)
    if not found:
        found = tuple(filter(reading.lookup.is_size, reading.agreeing(reading.kin)))
    return found or (() if sure is meant else reading.agreeing(sure))


def _by_near_slots(reading: Reading) -> Reading:
    """The reading without what only headings tell of settings and populations."""
    told = reading.dimensions.items()
    near = {key: slot for key, slot in told if slot.layer != slots.HEADING}
    is_far = reading.populations.layer == slots.HEADING
    if len(near) == len(told) and not is_far:
        return reading
    populations = Slot(frozenset()) if is_far else reading.populations
    return reading._replace(dimensions=near, populations=populations)


def _disagreeing(reading: Reading, agreeing: Iterable[Fact], view: View) -> tuple[Fact, ...]:
    """Facts of families that a blanket claim, or one that names none, ranges over but lies of."""
    claim = reading.claim
    if claim.hedge in ("least", "most") or (
        reading.families.values and not is_blanket(claim, view)
    ):
        return ()
    meant, true = reading.meant(), {fact.family for fact in agreeing}
    if len({fact.family for fact in meant}) > _MOST_FAMILIES and not is_blanket(claim, view):
        return ()  # a page about none of many runs
    against = [fact for fact in meant if fact.family not in true]
    told = set(reading.dimensions)
    # A family with a value for each of many rows may mean another of them.
    overall = [fact for fact in against if {key for key, _ in fact.dimensions} <= told]
    single = {
        family
        for family in {fact.family for fact in overall}
        if len(values(fact for fact in overall if fact.family == family)) == 1
    }
    return tuple(fact for fact in overall if fact.family in single)


def _because(reading: Reading, aimed: Aim) -> tuple[str, ...]:
    """What the reading rests on, a phrase a slot."""
    metrics = sorted({fact.metric for fact in reading.facts})
    told = [f"metric {' or '.join(metrics[:3])} by its {aimed.layer}"]
    told += _told("family", reading.families, reading.families.values)
    names = {value[1] for value in reading.populations.values if isinstance(value, tuple)}
    told += _told("population", reading.populations, names)
    for key, slot in reading.dimensions.items():
        values = {value[1] for value in slot.values if isinstance(value, tuple)}
        told += _told(key, slot, values)
    return tuple(told)


def _told(name: str, slot: Slot, values: Iterable[object]) -> list[str]:
    shown = " or ".join(sorted(str(value) for value in values if value is not None))
    return [f"{name} {shown} by its {slot.layer}"] if shown and slot.layer else []
