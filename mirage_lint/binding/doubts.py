"""Why a claim that no fact bears out may be about something else: then it is left alone.

Each function names one reason. What they look for are words of the vocabulary and forms of
phrases, never a registry's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache

from mirage_lint import vocabulary
from mirage_lint.binding.agreement import agrees, is_count, is_cut_off, scale, tells_spread
from mirage_lint.binding.aims import Aim
from mirage_lint.binding.certainty import is_sample
from mirage_lint.binding.changes import Reading, is_setting
from mirage_lint.binding.index import DIMENSION, METRIC, POPULATION
from mirage_lint.binding.mentions import Mention
from mirage_lint.binding.others import (
    is_name,
    is_of_other,
    is_of_other_value,
    is_qualified,
    stems_of,
    words_of,
)
from mirage_lint.binding.records import Record
from mirage_lint.binding.removals import removed
from mirage_lint.binding.slots import COLUMN, HEADS, ROW, Around
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import FRACTION, MODEL, NUMBER, PERCENT, Claim
from mirage_lint.core import words
from mirage_lint.core.conversions import is_measure
from mirage_lint.core.facts import SCRIPT, Fact
from mirage_lint.core.modelname import ModelName
from mirage_lint.core.spans import Span, Spans

PART, MEASURE, ELSEWHERE, REMOVED, OTHER, ROWS, SETTING, WAY = (
    "part",
    "measure",
    "elsewhere",
    "removed",
    "other",
    "rows",
    "setting",
    "way",
)
"""What a claim may be about instead: a part of the rows, another measure, another work or time,
what is left of an ablation, another thing or model, an unknown row, another setting; or it is told
in another way, as a change or a share.
"""
_ELSEWHERE = re.compile(
    r"\bet al\b|[(\s](?:19|20)\d\d[),]|\bin\s+(?:the\s+)?(?:19|20)\d\d\b|\[\d+(?:,\s*\d+)*\]"
    r"|\b(?:in|since|before|until)\s+v\d+(?:\.\d+)+\b|\b\d{4}-\d\d(?:-\d\d)?\b"
    r"|\[(?:20)?\d\d[/.-]\d\d[/.-]\d\d\]|\barxiv\b",
    re.IGNORECASE,
)
"""A citation, another year or version, a date."""
_CITED = r"(?i)\btheir (?:results|numbers|scores|paper)\b"
_ADVICE = re.compile(
    r"\s*(?:If\b|To\s+[a-z]|v\d+(?:\.\d+)+\b|\d+\.\d+\.\d+\b|(?:Start|Train|Try|Use|Set|Lower|Raise|Run|Choose|Pass|Drop|Reduce|Increase|Decrease)\s+[a-z\d`])"
)
"""A condition, an instruction or a release's note, by its first word."""
_ONLY = r"only\s+"
_RELEASES = re.compile(
    r"\bchange ?log\b|\brelease notes\b|\bhistory\b|^\[?v\d+\.\d+|^\[?\d+\.\d+\.\d+"
    r"|^(?:\d[\d.]*\s)?(?:related work|references?|bibliography|further reading)\b|\bpapers$",
    re.IGNORECASE,
)
"""Headings over what another time, or another work, tells."""
_BY_NUMBER = r"(?i)^(?:version|release|experiment|run|trial|phase|round|attempt)\s+\d"
_CONDITION = (
    r"(?i)\b(?:with|on|at|in|after|over|using|for|under|from)\s+(?:the\s+|an?\s+|its\s+|only\s+)*\Z"
)
_CHANGE_OF = re.compile(r"\b([^\W\d_]{3,20})\s+of\s+(?:[^\W\d_]{1,12}\s+){0,2}\W{0,3}\Z")
_THAN = r"\s{1,3}(?:versus|vs\.?|relative\s{1,3}to|compared\s{1,3}(?:with|to))\s{1,3}(?![~≈]?\d)"
_LONGEST_PREPOSITION = 24
_IS = r"\b(?:is|was|are|were|equals)\b"
_BY = re.compile(r"\b(?:by|within)\s+\Z", re.IGNORECASE)
_ADJACENT = r"(?<!\w)(\w{1,20})[ \-]\Z"
_LONGEST_LABEL = 100
"""Characters from a number to the next, in which its own label stands."""
_LABEL = re.compile(r",\s(?:and\s)?([^\W\d_][\w-]{0,20}(?:\s[^\W\d_][\w-]{0,20}){0,2}):?\s")
_DEFAULT = re.compile(
    r"\bdefault(?:s|ed|ing)?\b\W+(?:(?:value|is|was|of|to|at|size|number)\b\W+){0,3}\Z",
    re.IGNORECASE,
)
_WORD_BEHIND = re.compile(r"[*_`]{0,3} (\w{1,20})")
_SHARE_OF = re.compile(
    r"[*_`]{0,3} of (?:the |all |its |our |their )*(?:[^\W\d_]+ ){0,2}"
    r"(?:set|data|dataset|corpus|budget|parameters|weights|time|total)\b"
)
"""What stands behind the share that a number is."""
_COUNTED = re.compile(r"-[^\W\d_]|[kKM]?\s?[×x*]\s?\d")
"""What stands behind a number of things: "4-bin", "19K × 384"."""
_NUMBERED = re.compile(r"[^\W\d_]{1,20}-\d")
_CROSS_VALIDATED = ("cross", "validation")
"""Words that tell it together: a loss is a cross entropy as well."""
_DEFAULTS = frozenset({"default", "defaults"})
_REACH = 40
"""Characters before a number or a name in which a word may qualify it."""
_OF = r"\s*+[*_`]*+\s*+(?:points?\s++)?of\b"
_CHANGE_HEAD = (
    r"(?i)Δ|±|\b(?:delta|diff|difference|gain|change|improvement|relative|std|sd)\b|\(by\b"
)
_WAS = r"\((?:it\s|they\s)?(?:was|were)\s\W{0,4}\Z"
_UNIT_HEAD = r"\(\s*([^\W\d_]{1,6})(?:/[^\W\d_]+)?\s*\)"


def doubt(
    claim: Claim, view: View, around: Around, reading: Reading, aimed: Aim, denied: list[Fact]
) -> str:
    """What lets the claim be about something that is not registered: one of the names above, empty
    where nothing in the text does.
    """
    sentence = view.sentence(claim)
    reasons: tuple[tuple[str, Callable[[], bool]], ...] = (
        (PART, lambda: is_sample(view, reading)),
        (PART, lambda: _is_of_unknown_rows(claim, reading, denied)),
        (MEASURE, lambda: _is_of_nearer_metric(view, around, reading, sentence, denied)),
        (ELSEWHERE, lambda: tells_of_elsewhere(claim, view, around, sentence)),
        (MEASURE, lambda: _is_of_narrower_metric(view, around, sentence, denied)),
        (REMOVED, lambda: _is_of_removed(view, around, sentence, denied)),
        (PART, lambda: _is_restricted(view, view.clause(claim))),
        (PART, lambda: _is_restricted(view, _lead(view, sentence))),
        (MEASURE, lambda: _is_of_qualified_head(around, aimed, denied, reading)),
        (OTHER, lambda: _is_of_other_model(view, around, reading, sentence, denied)),
        (ELSEWHERE, lambda: _is_of_other_folder(view, reading, denied)),
        (OTHER, lambda: is_of_other(claim, view, around, aimed, _names(denied))),
        (ROWS, lambda: _is_of_other_row(claim, view, around, reading, denied)),
        (SETTING, lambda: _is_of_other_protocol(view, around, sentence, denied)),
        (MEASURE, lambda: _fits_narrower(reading, view, around, denied)),
        (MEASURE, lambda: _is_other_statistic(view, around, reading, denied)),
        (MEASURE, lambda: _is_mean_of_more(reading, denied)),
        (WAY, lambda: _is_told_otherwise(claim, view, around, aimed, denied)),
    )
    return next((name for name, holds in reasons if holds()), "")


def _is_of_removed(view: View, around: Around, sentence: Span, denied: list[Fact]) -> bool:
    """Whether it tells what is left when something is taken out, which no fact is called by."""
    return any(stems_of(denied).isdisjoint(cue) for cue in removed(view, around, sentence))


def _is_of_other_row(
    claim: Claim, view: View, around: Around, reading: Reading, denied: list[Fact]
) -> bool:
    """Whether it may be of a row that is not known, or of a known one where only that of all is: in
    a draft, neither is all of it.
    """
    is_open = _is_open(reading, denied)
    is_draft = reading.lookup.may_be_of_others(denied)
    places = [(view, view.clause(claim))]
    places += [(head, (0, len(head.passage.text))) for head in around.table.row]
    return (
        any(is_of_other_value(place, span, is_open) for place, span in places)
        or (is_open and _is_of_unknown_row(around))
        or (is_draft and _is_of_part(around, denied))
        or _is_of_a_row(view, reading, denied)
    )


def _is_told_otherwise(
    claim: Claim, view: View, around: Around, aimed: Aim, denied: list[Fact]
) -> bool:
    """Whether the number is told as a change, a condition, a default or a share."""
    are_counts = all(map(is_count, denied))
    return (
        _is_change(claim, around)
        or _is_size_of_change(claim, view)
        or _is_condition_met(claim, view)
        or _is_named_behind(claim, view)
        or _has_own_label(claim, view)
        or _is_default(claim, around, denied)
        or _is_no_value(claim, denied)
        or any(_is_loose(claim, view, fact) for fact in denied)
        or (not claim.key and _is_of_other_thing(view, around))
        or _has_other_unit(claim, view, around, aimed, denied)
        or (not claim.key and not are_counts and _is_qualified_rate(claim, view, denied))
        or (claim.kind == NUMBER and are_counts and _is_share(claim, view))
    )


def _is_open(reading: Reading, denied: list[Fact]) -> bool:
    """Whether all facts are told apart by a dimension that the text gives no value for."""
    return all({key for key, _ in fact.dimensions} - set(reading.dimensions) for fact in denied)


def _is_loose(claim: Claim, view: View, fact: Fact) -> bool:
    """Whether prose may rightly tell another number than an artifact's field holds.

    A context may be stretched, a vocabulary padded; parameters are told without embeddings, or by
    the whole millions or billions of a model's name; an effective batch may be that of several
    devices; code may generate otherwise than by default.
    """
    value, side = claim.value, _side(view, fact)
    if side == "sample":
        return claim.passage.kind in ("code", "comment")
    if value is None or not fact.value.isdecimal():
        return False
    exact = int(fact.value)
    is_whole = claim.digits.isdecimal()
    if side == "multiple":
        return is_whole and exact > 0 and int(claim.digits) % exact == 0
    if side == "above":
        return value.low is not None and value.low > exact
    is_label = fact.unit == "parameter" and is_whole and scale(claim) != "1"
    return side == "below" and (is_label or (value.high is not None and value.high < exact))


def _side(view: View, fact: Fact) -> str:
    """In which way a field is loose, or the one by whose name the text calls it: the context length
    of a run may be that of its model.
    """
    fields = vocabulary.load("fields")
    called = (one for one in fact.names if one in fields and view.said.issuperset(words.split(one)))
    sides = (fields.get(name, {}).get("loose", "") for name in (fact.metric, *called))
    return next(filter(None, sides), "")


def _is_of_unknown_rows(claim: Claim, reading: Reading, denied: list[Fact]) -> bool:
    """ "12/60" where no 60 are known: a fraction of rows that the registry does not tell of."""
    total = claim.denominator
    if claim.kind != FRACTION or total is None or reading.lookup.sized(total):
        return False
    return not any(fact.denominator == str(total) for fact in denied)


def _is_of_nearer_metric(
    view: View, around: Around, reading: Reading, sentence: Span, denied: list[Fact]
) -> bool:
    """ "On the evaluation set: loss 3.47", where an evaluation loss is known beside the loss."""
    near = [*filter(None, [around.intro]), *around.headings]
    told = {stem.text for one in near for stem in one.stems}
    told |= {stem.text for stem in view.stems_within(sentence)}
    families = {fact.family for fact in denied}
    own = {frozenset(words.key(fact.metric)) for fact in denied}
    return any(
        stems < frozenset(metric) <= stems | told
        for metric, facts in reading.lookup.facts.items()
        for stems in own
        if not families.isdisjoint(facts.families)
    )


def _is_of_narrower_metric(view: View, around: Around, sentence: Span, denied: list[Fact]) -> bool:
    """ "Best reward", "train accuracy", where the reward and the accuracy are known as such."""
    places = [(view, sentence), *((head, (0, len(head.passage.text))) for head in around.heads)]
    narrower = _cues("narrower")
    told = {
        word
        for near, span in places
        if not near.said.isdisjoint(narrower)
        for one in near.within(span)
        if one.kind == METRIC and (word := _word_before(near.passage.text, one.start)) in narrower
    }
    return bool(told) and not told <= {word for one in denied for word in words_of(one)}


def _is_of_qualified_head(around: Around, aimed: Aim, denied: list[Fact], reading: Reading) -> bool:
    """Whether the head of a metric of one of many runs tells of something that is not known."""
    heads = {COLUMN: around.heads[-1:], ROW: around.table.row[:1]}.get(aimed.layer, ())
    is_open = reading.lookup.may_be_of_others(denied)
    return is_open and any(is_qualified(head, stems_of(denied)) for head in heads)


def _word_before(text: str, start: int) -> str:
    """The word right before a place, one blank or dash between; empty where there is none."""
    word = re.compile(_ADJACENT).search(text, max(start - _REACH, 0), start)
    return word[1].lower() if word else ""


def _is_of_unknown_row(around: Around) -> bool:
    """Whether the row has a name, and it is none that is known: of its first cell anything is one,
    of others what looks like the name of a system.
    """
    return any(
        not head.mentions
        and (is_name(head.passage.text) if at else any(s.text for s in head.stems))
        for at, head in enumerate(around.table.row)
    )


def _is_of_part(around: Around, denied: list[Fact]) -> bool:
    """Whether the row has a name that is not known, and is none of the whole, or names a setting of
    a kind that the facts have none of: "| size 8 | 12 |".
    """
    told = {word for head in around.table.row[:1] for word in words.split(head.passage.text)}
    if _is_of_unknown_row(around) and told.isdisjoint(_cues("wholes") | _cues("totals")):
        return True
    own = {key for fact in denied for key, _ in fact.dimensions}
    named = (one for head in around.table.row for one in head.told if one.kind == DIMENSION)
    return any(
        all(isinstance(pair, tuple) and pair[0] not in own for pair in one.values) for one in named
    )


def _is_of_other_thing(view: View, around: Around) -> bool:
    """ "Other-Net, 800 epochs" in a column "Pretrained on": a cell of words under a head that names
    no metric tells of a thing of its own, not of its row.
    """
    column = around.table.column
    if view.passage.kind != "cell" or column is None or column.metrics:
        return False
    known = Spans(
        [
            *((one.start, one.end) for one in view.claims),
            *((one.start, one.end) for one in view.mentions if one.kind == METRIC),
        ]
    )
    return any(known.at(stem.start) is None for stem in view.stems if stem.text)


def _is_of_other_model(
    view: View, around: Around, reading: Reading, sentence: Span, denied: list[Fact]
) -> bool:
    """Whether the sentence names a model, with its size, that none of the runs meant has; where
    the text names no run, the passage as far as there and its headings, and any model.
    """
    if named := reading.families.values:
        models = [one for one in _models(view, sentence) if one.size]
        return any(not named & view.families_with(one) for one in models)
    families = {fact.family for fact in denied}
    places = [(view, sentence[1]), *((head, len(head.passage.text)) for head in around.headings)]
    found = (one for near, end in places for one in _models(near, (0, end)))
    return any(not families & view.families_with(one) for one in found)


def _models(view: View, span: Span) -> Iterator[ModelName]:
    """The models that are named there, and are no setting that the registry knows."""
    for one in view.claims_within(span):
        if one.kind == MODEL and one.model and not view.slots.covers(one.start, one.end):
            yield one.model


def _is_of_other_folder(view: View, reading: Reading, denied: list[Fact]) -> bool:
    """Whether the text names no run, and stands in another folder than the artifacts, as that of
    another project; what stands at the root, or among documents, is of all.
    """
    top = view.directory.partition("/")[0]
    if reading.families.values or not top or top.lower() in vocabulary.load("words")["documents"]:
        return False
    return all(fact.source.artifact.partition("/")[0] != top for fact in denied)


def tells_of_elsewhere(claim: Claim, view: View, around: Around, sentence: Span) -> bool:
    """A cited work, another version, a plan or a trial."""
    told = view.passage.text[slice(*sentence)]
    texts = [told, *(head.passage.text for head in around.heads)]
    if any(_ELSEWHERE.search(text) for text in texts) or _ADVICE.match(told):
        return True
    if any(_RELEASES.search(heading.passage.text) for heading in around.headings):
        return True
    leads = [around.intro] if around.intro and view.passage.kind == "item" else []
    if any(re.compile(_CITED).search(lead.passage.text) for lead in leads):
        return True
    hopes = any(_cued("hopes", lead, (0, len(lead.passage.text))) for lead in leads)
    is_headed = any(not head.plain_words.isdisjoint(_cues("elsewhere")) for head in around.heads)
    return hopes or is_headed or bool(_cued("elsewhere", view, sentence))


def is_past(claim: Claim) -> bool:
    """ "0.31 (was 0.25 for the others)": whether a bracket tells what it was."""
    before = claim.passage.text[max(claim.start - _REACH, 0) : claim.start]
    return "(" in before and re.search(_WAS, before) is not None


def is_dated(text: str) -> bool:
    """Whether a heading, or a sentence, tells of a release, a day, a numbered run or a work."""
    return any(one.search(text) for one in (_RELEASES, _ELSEWHERE, re.compile(_BY_NUMBER)))


def _cued(name: str, view: View, span: Span) -> list[int]:
    """Starts of the words in ``span`` that the vocabulary lists under ``name``."""
    cues = _cues(name)
    if view.plain_words.isdisjoint(cues):
        return []
    return [start for word, start, _ in view.words_within(span) if word in cues]


def _is_restricted(view: View, span: Span) -> bool:
    """A part that the registry does not know: "on the compliant subset", "half of the data"."""
    found = [at for at in _cued("restrictions", view, span) if not _is_of_number(view, at)]
    known = Spans(
        (one.start - 1, one.end + 2)
        for one in (view.within(span) if found else ())
        if one.kind in (POPULATION, METRIC)
    )
    return any(known.at(start) is None for start in found)


def _is_of_number(view: View, start: int) -> bool:
    """ "has only 19 entries": whether the word at ``start`` says that a number is small."""
    only = re.compile(_ONLY).match(view.passage.text, start)
    return only is not None and any(one.start == only.end() for one in view.claims if one.said)


def _lead(view: View, sentence: Span) -> Span:
    """What stands before the first result of a sentence, and so holds for all of them."""
    stated = [
        one.start
        for one in view.numbers(sentence)
        if one.start not in view.contexts and not (one.kind == NUMBER and one.digits.isdecimal())
    ]
    return sentence[0], min(stated, default=sentence[1])


def _is_change(claim: Claim, around: Around) -> bool:
    """ "rises by 8.9%", "within 0.1 of the baseline", "+0.7", "and 35% versus the other", a column
    of differences.
    """
    text = claim.passage.text
    if claim.kind in (NUMBER, PERCENT) and claim.text[0] in "+-−":
        return True
    if claim.kind == PERCENT and re.compile(_THAN, re.IGNORECASE).match(text, claim.end):
        return True
    behind = _WORD_BEHIND.match(text, claim.end)
    if behind and behind[1] in _cues("changes"):
        return True  # "a 33% improvement"
    led = _CHANGE_OF.search(text, max(claim.start - _REACH, 0), claim.start)
    if led and led[1].lower() in _cues("changes"):
        return True  # "a degradation of just 12%"
    by = _BY.search(text, max(claim.start - len("within  "), 0), claim.start)
    if by and (by[0].lower().startswith("by") or re.compile(_OF).match(text, claim.end)):
        return True
    return any(re.compile(_CHANGE_HEAD).search(head.passage.text) for head in around.heads)


def _is_size_of_change(claim: Claim, view: View) -> bool:
    """ "the gap between both is 0.0020 WAPE": whether a change is what its clause is about, and no
    metric stands between.
    """
    low = view.clause(claim)[0]
    changes = _cued("changes", view, (low, claim.start))
    if not changes or re.compile(_IS).search(view.passage.text, changes[-1], claim.start) is None:
        return False
    named = view.within((low, claim.start))
    return not any(one.kind == METRIC and one.end > changes[-1] for one in named)


def _is_no_value(claim: Claim, denied: list[Fact]) -> bool:
    """ "item-15", "accuracy @ 0.99", "7 of 8 (88%)", "2% of the data", "58k" where 58 are known: a
    name, a condition, what a calculation gives, a share, a letter of another meaning, where no
    setting is written like that and no fact has parts.
    """
    text, start = claim.passage.text, claim.start
    if any(is_cut_off(claim, fact) for fact in denied):
        return True
    is_scaled = claim.kind == NUMBER and scale(claim) != "1"
    if is_scaled and any(fact.value == claim.digits for fact in denied):
        return True
    if claim.kind == PERCENT and _SHARE_OF.match(text, claim.end):
        return not any(fact.denominator for fact in denied)
    if text[max(start - 2, 0) : start].rstrip().endswith("@"):
        return True
    if claim.kind == PERCENT and claim.group and not any(fact.denominator for fact in denied):
        return True
    return bool(_NUMBERED.match(text, start)) and not all(map(is_setting, denied))


def _is_condition_met(claim: Claim, view: View) -> bool:
    """ "fails if it is < 0.82", "until it is below 0.1": a bound that something is held to."""
    if claim.hedge not in ("least", "most"):
        return False
    low, high = view.sentence(claim)
    return not _cues("conditions").isdisjoint(view.passage.text[low:high].lower().split())


def _fits_narrower(reading: Reading, view: View, around: Around, denied: list[Fact]) -> bool:
    """Whether another metric of the same row bears the claim out, one whose name has all words that
    the text has of this one's, or a word that is told as well and this one's has not: "success 1.0"
    may be told of the later success, and "the gated overhead is 0.8%" of no gate.
    """
    known, claim = reading.lookup.records.facts, reading.claim
    if any(agrees(claim, fact, reading.percent) for fact in denied):
        return False
    # Where all runs are known, nought, which much is, is no sign of another metric by itself.
    is_sign = bool(claim.digits.strip("0.")) or reading.lookup.may_be_of_others(denied)
    near = view.stems_within(view.sentence(claim))
    said = {stem.text for stem in near if view.slots.at(stem.start) is None}
    heads = {stem.text for head in around.heads for stem in head.stems}
    said |= heads
    # A unit or a key tells of which metric a number is.
    is_bare = not (claim.unit or claim.key)
    beside = {stem.text for stem in view.stems_within(view.clause(claim))} | heads
    return any(
        (
            (is_sign and (told := _told_of(fact, said)) and told < set(metric))
            or (is_bare and _tells_more(beside, metric, fact))
        )
        and any(_may_agree(claim, one, reading) for one in facts)
        for fact in denied
        for metric, facts in known.get(
            Record(fact.family, fact.population, fact.dimensions), {}
        ).items()
    )


def _may_agree(claim: Claim, fact: Fact, reading: Reading) -> bool:
    """Whether a fact bears a claim out, or would in percent, which its name says that it is in."""
    if agrees(claim, fact, reading.percent):
        return True
    called = vocabulary.load("measures")["percents"]
    is_called = any(word in called for word in words.split(fact.metric)[-1:])
    return is_called and not fact.unit and agrees(claim, fact._replace(unit="percent"))


def _tells_more(said: set[str], metric: tuple[str, ...], fact: Fact) -> bool:
    """Whether the text has a word of a metric that no name of the fact has."""
    own = {stem for name in (fact.metric, *fact.names) for stem in words.stems(name)}
    return any(stem in said and stem not in own and not stem.isdigit() for stem in metric)


def _is_other_statistic(view: View, around: Around, reading: Reading, denied: list[Fact]) -> bool:
    """Whether what is known is a mere statistic, as ``min`` and ``mean`` are, and the text does not
    say of what.
    """
    known = _cues("statistics") | _cues("averages")
    if not all(known.issuperset(words.split(fact.metric)) for fact in denied):
        return False
    if is_measure(reading.claim.unit):
        return True  # "6.3 min"
    near = [view, *around.heads, *around.headings, *filter(None, [around.intro])]
    said = {stem for one in near for word in one.said for stem in words.canonical(word)}
    return all(said.isdisjoint(_quantity(fact, known)) for fact in denied)


def _quantity(fact: Fact, statistics: frozenset[str]) -> set[str]:
    """The stems of what a statistic is of: of the object of a nested file that it stands in, or of
    its row.
    """
    way = fact.source.pointer.partition("=")[0].rpartition("/")[0]
    rows = [value for _, value in fact.dimensions]
    told = words.split(way.rpartition("/")[2]) or words.split(" ".join(rows))
    return {stem for word in told if word not in statistics for stem in words.canonical(word)}


def _is_mean_of_more(reading: Reading, denied: list[Fact]) -> bool:
    """ "0.81 ± 0.02": whether a value with its spread is held against single rows, or against
    values that are known without one, of a run that may be one of several.
    """
    if not tells_spread(reading.claim):
        return False
    index = reading.lookup
    single = (one for one in denied if one.family in index.families_with_others)
    return _is_open(reading, denied) or not all(map(index.has_statistic, single))


def _told_of(fact: Fact, said: set[str]) -> set[str]:
    """The stems of a metric's name that the text has: of that name of which it has most."""
    return max((said.intersection(words.key(one)) for one in (fact.metric, *fact.names)), key=len)


def _is_of_other_protocol(view: View, around: Around, sentence: Span, denied: list[Fact]) -> bool:
    """Whether the text tells of means over folds, and no fact does."""
    cues = _cues("protocols")
    near = [*around.headings, *around.heads, *filter(None, [around.intro])]
    told = {word for one in near for word in one.said}
    told |= {word for word, _, _ in view.words_within(sentence)}
    if told.isdisjoint(cues) and not told.issuperset(_CROSS_VALIDATED):
        return False
    own = {word for fact in denied for word in (*words_of(fact), *_words_in(fact))}
    return own.isdisjoint((*cues, *_CROSS_VALIDATED[:1]))


def _words_in(fact: Fact) -> list[str]:
    """The words of where a fact stands."""
    return words.split(f"{fact.source.artifact} {fact.source.pointer}")


def _is_named_behind(claim: Claim, view: View) -> bool:
    """ "Threshold: 0.8 (for better precision)": whether only an aside behind names the metric."""
    text, end = view.passage.text, claim.end
    if claim.key or not text.startswith((" (", "** (", "` ("), end):
        return False
    metrics = [one for one in view.within(view.clause(claim)) if one.kind == METRIC]
    return bool(metrics) and all(one.start > end for one in metrics)


def _has_own_label(claim: Claim, view: View) -> bool:
    """ "(quality 0.647, key integrity 0.744)": whether words that are not known stand between the
    number before, which a metric leads, and this one.
    """
    near = view.numbers((max(claim.start - _LONGEST_LABEL, 0), claim.start))
    before = near[-1] if near else None
    gap = _LABEL.fullmatch(view.passage.text, before.end, claim.start) if before else None
    if before is None or gap is None:
        return False
    said = gap[1].lower().split()
    if any(word in _cues("generic") or word in _cues("leading") for word in said):
        return False
    led = view.within((max(before.start - _REACH, 0), before.start))
    is_led = any(one.kind == METRIC and before.start - one.end <= 2 for one in led)
    return is_led and not view.within((before.end, claim.start))


def _is_of_a_row(view: View, reading: Reading, denied: list[Fact]) -> bool:
    """Whether the claim's sentence names a row of a table, and what is known of the metric is of no
    row: the value of the whole is not that of the row.
    """
    claim = reading.claim
    is_plain = claim.key or all(map(is_count, denied)) or all(map(is_setting, denied))
    if is_plain or any(fact.dimensions for fact in denied):
        return False
    families = {fact.family for fact in denied}
    return any(
        one.kind == DIMENSION and one.by == "name" and _is_named_row(one, families, reading)
        for one in view.within(view.sentence(claim))
    )


def _is_named_row(mention: Mention, families: set[str], reading: Reading) -> bool:
    """Whether a mention is the name of a row, in one of the families."""
    values_of = reading.lookup.values_of
    return any(
        isinstance(value, tuple) and value[1] in values_of(family, value[0])
        for value in mention.values
        for family in families
    )


def _is_default(claim: Claim, around: Around, denied: list[Fact]) -> bool:
    """ "`--repeat`, default 3", a column "Default": what is set where nothing is said is no run's
    own; what scripts set is such a default.
    """
    text, column = claim.passage.text, around.table.column
    is_told = (column is not None and not column.said.isdisjoint(_DEFAULTS)) or bool(
        _DEFAULT.search(text, max(claim.start - _REACH, 0), claim.start)
    )
    return is_told and all(fact.source.tier != SCRIPT for fact in denied)


def _has_other_unit(
    claim: Claim, view: View, around: Around, aimed: Aim, denied: Iterable[Fact]
) -> bool:
    """A bare number with a noun behind it, or a head that gives a unit, counts those."""
    if claim.kind != NUMBER or claim.unit:
        return False
    if aimed.layer in HEADS:
        units = [
            one[1]
            for head in around.heads
            if (one := re.compile(_UNIT_HEAD).search(head.passage.text))
        ]
        return any(unit not in _names(denied) for unit in units)
    if _COUNTED.match(view.passage.text, claim.end) and all(is_measure(one.unit) for one in denied):
        return True
    behind = [stem.text for stem in view.stems_within((claim.end, claim.end + 2)) if stem.text]
    return bool(behind) and behind[0] not in _names(denied) | _stems("phrase_ends")


def _is_qualified_rate(claim: Claim, view: View, denied: Collection[Fact]) -> bool:
    """A rate under a condition with a number of its own ("with 200 clients"), its complement
    ("top-1 error"), or a mean of rates; that there are so many facts is no condition.
    """
    if claim.kind not in (PERCENT, FRACTION, NUMBER) or all(map(is_setting, denied)):
        return False
    span = view.clause(claim)
    names = _names(denied)
    told = {stem.text for stem in view.stems_within(span)}
    if (told & (_stems("complements") | _stems("averages") | _stems("spreads"))) - names:
        return True
    count = str(len(denied)) if len(denied) > 1 else ""
    others = (one for one in view.numbers(span) if one.digits != count)
    return any(_is_condition(one, claim, view) for one in others)


def _is_share(claim: Claim, view: View) -> bool:
    """ "10% of its training examples (800)", "of its examples, 1,600 are new", "an epoch has 500
    steps": a count of a part.
    """
    clause = view.clause(claim)
    text = view.passage.text[slice(*clause)].lstrip(" ,;(").lower()
    numbers = view.numbers(clause)
    if text.startswith("of "):
        return claim is not numbers[0]  # the first is what all others are parts of
    counted = Spans((one.start, one.end) for one in numbers)
    per = (
        stem
        for stem in view.stems_within(clause)
        if stem.text == "epoch" and not counted.covers(stem.start, stem.end)
    )
    shares = (
        one
        for one in numbers
        if one.kind == PERCENT
        and one.end <= claim.start
        and not (one.group or one.start in view.contexts)
    )
    return any(shares) or (claim.unit not in ("", "epoch") and any(per))


def _is_condition(other: Claim, claim: Claim, view: View) -> bool:
    if other is claim or other.kind != NUMBER or other.start in view.contexts:
        return False
    if (claim.group and claim.group == other.group) or view.is_series(other, claim):
        return False
    start = max(other.start - _LONGEST_PREPOSITION, 0)
    return bool(re.compile(_CONDITION).search(view.passage.text, start, other.start))


def _names(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(
        stem
        for fact in facts
        for name in (fact.metric, fact.population, *fact.names)
        for stem in words.stems(name)
    )


@cache
def _cues(name: str) -> frozenset[str]:
    return frozenset(vocabulary.load("words")[name])


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(stem for word in _cues(name) for stem in words.stems(word))
