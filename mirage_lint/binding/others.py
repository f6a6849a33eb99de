"""Whether a claim is about something beside what it seems to name: another system, another version
of a run, a ratio of what a fact counts, a setting of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from mirage_lint import vocabulary
from mirage_lint.binding.aims import Aim
from mirage_lint.binding.index import DIMENSION, FAMILY, METRIC
from mirage_lint.binding.mentions import Mention
from mirage_lint.binding.slots import ROW, Around
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import MODEL, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Fact
from mirage_lint.core.spans import Span

_VERSION = re.compile(r"(?<![\w.\-])(?:v\d+(?:\.\d+)*|[Vv]ersion\s+\d+(?:\.\d+)*)(?![\w\-])")
_PER_BEHIND = re.compile(r"\s*(?:\bper\b|/\s*[^\W\d])")
_PER_BEFORE = re.compile(r"\bper[\s\-](?:\w+[\s\-])?\Z", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w.\-])[^\W\d_]\w*(?:[.\-]\w+)*")
_IS_NAME = re.compile(r"[A-Z]{3}|[^\W\d_]-?\d|[a-z][A-Z]|[A-Z]{2}[a-z]{2}|[A-Z]\w{0,40}-|-[A-Z]")
"""What words have that are names of systems: "BM25", "XGBoost", "E5-base"."""
_ACRONYM = re.compile(r"[A-Z]{3,}")
_LEADS = r"(?i)[\s,;(]*(?:(?:and|but|while|whereas|the|a|an)\s+)*"
_ON = r"(?i)\b(?:on|for)\s+(?:the\s+)?\Z"
_OWNS = r"['’]s\b|\s*+(?:[(:]\s*+)?(?=[.~]*\d)"
_WORD = re.compile(r"\s+([^\W\d_]+)")
_OF = re.compile(r"(?:\b(?P<first>[^\W\d][\w\-]*)\s+)?\b(?P<noun>[^\W\d][\w\-]*)\s+of\s+\Z")
_IN_BRACKETS = r"[(\[][^()\[\]]{0,60}\Z"
_REACH = 40
"""Characters before a number or a word in which what it belongs to stands."""


def is_of_other(
    claim: Claim, view: View, around: Around, aimed: Aim, names: frozenset[str]
) -> bool:
    """Whether the text gives the number to something else; ``names`` are the stems of the names of
    what the facts tell.
    """
    return (
        _is_ratio(claim, view, around, names)
        or _is_of_other_version(claim, view, around)
        or _is_of_other_setting(claim, view, names)
        or (aimed.layer != ROW and any(map(_is_strange_head, around.table.row)))
        or (
            aimed.layer != ROW and not claim.unit and any(map(_tells_nothing, around.table.row[:1]))
        )
        or (aimed.layer == ROW and _is_strange_column(around))
        or _is_of_other_subject(view, view.clause(claim))
        or _is_on_other_data(view, view.clause(claim))
    )


def is_qualified(head: View, known: frozenset[str]) -> bool:
    """Whether a head has words, its brackets aside, for what is not known: "Unanimous accuracy";
    ``known`` are the stems of what it may be about.
    """
    plain = _stems("generic") | _stems("plain_heads") | _stems("qualifiers") | known
    return any(
        bool(stem.text)
        and not (stem.text in plain or stem.text.isdigit())
        and not head.mentioned.covers(stem.start, stem.end)
        and not re.compile(_IN_BRACKETS).search(head.passage.text, 0, stem.start)
        for stem in head.stems
    )


def stems_of(facts: Iterable[Fact]) -> frozenset[str]:
    """The stems of the names of facts, their populations and their dimensions."""
    return frozenset(chain.from_iterable(map(words.stems, chain(*map(words_of, facts)))))


def words_of(fact: Fact) -> Iterator[str]:
    """The words of a fact's names, its population and its dimensions."""
    for name in (fact.metric, fact.population, *fact.names, *chain(*fact.dimensions)):
        yield from words.split(name.lower())


def _is_ratio(claim: Claim, view: View, around: Around, names: frozenset[str]) -> bool:
    """ "Steps per epoch", "519 tokens/second": no count of steps or tokens, unless the fact's name
    has it; but "seeds per cell" are as many as there are seeds.
    """
    if names & (_stems("repeats") | {"per"}):
        return False
    if claim.unit and _PER_BEHIND.match(view.passage.text, claim.end):
        return True
    places = [(head, (0, len(head.passage.text))) for head in around.heads]
    return any(_tells_ratio(*place) for place in (*places, (view, view.clause(claim))))


def _tells_ratio(view: View, span: Span) -> bool:
    text = view.passage.text
    return any(
        _PER_BEHIND.match(text, one.end)
        or _PER_BEFORE.search(text, max(one.start - _REACH, 0), one.start)
        for one in view.within(span)
        if one.kind == METRIC
    )


def _is_of_other_version(claim: Claim, view: View, around: Around) -> bool:
    """ "The small run v1 had two epochs", where no name of the registry has that version."""
    places = [(head, (0, len(head.passage.text))) for head in around.heads]
    return any(
        view.slots.at(match.start()) is None
        for view, span in (*places, (view, view.sentence(claim)))
        for match in _VERSION.finditer(view.passage.text, *span)
    )


def _is_of_other_setting(claim: Claim, view: View, names: frozenset[str]) -> bool:
    """ "a chunk size of 1/16", "a threshold of 0.7": the noun before tells what the number is."""
    match = _OF.search(view.passage.text, max(claim.start - _REACH, 0), claim.start)
    if match is None or claim.unit:  # "consists of 100 events"
        return False
    noun = set(words.stems(match["noun"]))
    if noun <= _stems("generic") and match["first"]:
        noun |= set(words.stems(match["first"]))
    elif noun <= _stems("generic"):
        return False
    telling = noun - _stems("generic")
    return bool(telling) and telling.isdisjoint(names | _stems("amounts"))


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(stem for one in vocabulary.load("words")[name] for stem in words.stems(one))


def _is_strange_head(view: View) -> bool:
    """Whether the head of a row names a system, and nothing that is known; a setting that is a part
    of its name ("coco" of "net-s-coco") tells nothing of it.
    """
    text = view.passage.text.strip()
    if is_name(text):
        whole = (one for one in view.as_head if one.kind != DIMENSION or _is_whole(one, text))
        return all(one.kind == METRIC for one in whole)
    known = any(one.kind != METRIC for one in view.as_head)
    return not known and any(_names(view, (0, len(view.passage.text))))


def _is_whole(mention: Mention, text: str) -> bool:
    return mention.end - mention.start == len(text)


def _tells_nothing(view: View) -> bool:
    """Whether the head of a row names nothing known: the row is of something else."""
    return bool(view.passage.text.strip()) and not view.as_head


def _is_strange_column(around: Around) -> bool:
    """Whether the head of a column names nothing known, and is no word for values in general."""
    column = around.table.column
    if column is None or not _tells_nothing(column):
        return False
    tables = vocabulary.load("words")
    plain = {*tables["generic"], *tables["plain_heads"]}
    return any(word.lower() not in plain for word in words.split(column.passage.text))


def _is_on_other_data(view: View, clause: Span) -> bool:
    """ "On MMLU it scores 68.2": data with a name that is not known."""
    text = view.passage.text
    return any(re.compile(_ON).search(text, clause[0], start) for start, _ in _names(view, clause))


def _is_of_other_subject(view: View, clause: Span) -> bool:
    """ "BM25 reaches 40.2%": a clause whose subject is a system that is not known."""
    if any(one.kind == FAMILY for one in view.within(clause)):
        return False
    text = view.passage.text
    lead = re.compile(_LEADS).match(text, *clause)
    start = lead.end() if lead else clause[0]
    if _is_other_system(view, start):
        return True
    return any(_is_subject(text, end) for first, end in _names(view, clause) if first == start)


def _is_other_system(view: View, start: int) -> bool:
    """ "The base model had 55%": what a run is told beside, unless the registry has it, too."""
    rest = view.passage.text[start:].lower()
    for phrase in vocabulary.load("words")["other_subjects"]:
        if rest.startswith(phrase) and _is_subject(view.passage.text, start + len(phrase)):
            return all(not one.start <= start < one.end for one in view.mentions)
    return False


def _is_subject(text: str, end: int) -> bool:
    """Whether a verb of having follows a name, or what it has does."""
    verb = _WORD.match(text, end)
    is_verb = verb is not None and verb[1].lower() in vocabulary.load("words")["having"]
    return is_verb or re.compile(_OWNS).match(text, end) is not None


def is_of_other_value(view: View, span: Span, is_open: bool) -> bool:
    """ "On MMLU, accuracy is 61%": where the facts are told apart by something that the text leaves
    open, an unknown name is a value of it that the registry lacks.
    """
    text = view.passage.text
    found = (*_names(view, span), *(one.span() for one in _ACRONYM.finditer(text, *span)))
    return is_open and any(view.mentioned.at(start) is None for start, _ in found)


def is_name(text: str) -> bool:
    """Whether a text looks like the name of a system, as a whole."""
    return _NAME.fullmatch(text) is not None and _IS_NAME.search(text) is not None


def _names(view: View, span: Span) -> Iterator[Span]:
    """Names of systems that the registry knows nothing of."""
    text = view.passage.text
    models = {one.start: one.end for one in _models(view, span)}
    for match in _NAME.finditer(text, *span):
        end = models.get(match.start(), match.end())
        is_name = match.start() in models or _IS_NAME.search(match.group())
        if is_name and view.mentioned.at(match.start()) is None:
            yield match.start(), end


def _models(view: View, span: Span) -> Iterable[Claim]:
    return [one for one in view.claims_within(span) if one.kind == MODEL]
