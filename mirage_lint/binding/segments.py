"""Sentences and clauses: how far what a word says reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from mirage_lint import vocabulary
from mirage_lint.core.spans import Span
from mirage_lint.core.words import lower

_LONGEST_SENTENCE = 1_000
_SENTENCE_END = re.compile(
    r"(?<!\w)(\w*+)(?:[.!?][\"')\]]*\s+(?=[^\Wa-z_]|[\"'(\[`*])|;\s+|[。！？])"
)
# As text, since few documents need it: it is compiled where it is used.
_DENIED_VERB = r"(?i)\b(?:is|are|was|were|does|do|did|has|have|can)\s+\Z"
_LABEL = re.compile(r"(?:,|;|\band)\s+(?:[^\W\d_]+\s){0,2}([^\W\d_]{2,}):? \Z")
_SEPARATOR = re.compile(
    r";(?=\s|$)|,(?=\s)|[，；]|\s[–—-]{1,2}\s|—|[()]|→"
    r"|\b(?:and|but|while|whereas|whilst|although|though|however|yet|then)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[Span]:
    """The sentences of ``text``; a semicolon ends one, and so does an excessive length, while
    abbreviations and decimals end none.
    """
    spans, start = list[Span](), 0
    for match in _SENTENCE_END.finditer(text):
        if match[1].lower() not in _abbreviations():
            spans.append((start, match.end()))
            start = match.end()
    return [part for span in (*spans, (start, len(text))) for part in _parts(text, span)]


def _parts(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, in parts that end between words where it is longer than any that is read."""
    start, end = sentence
    while end - start > _LONGEST_SENTENCE:
        cut = text.rfind(" ", start, start + _LONGEST_SENTENCE) + 1 or start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(vocabulary.load("words")["abbreviations"])


def clauses(
    text: str, sentence: Span, numbers: Sequence[Span], names: Sequence[Span]
) -> list[Span]:
    """The clauses of a sentence: stretches with a number and a name of their own.

    ``numbers`` are the spans of claims, ``names`` those of metrics, families, populations and
    dimensions. A stretch that lacks either belongs to the one before it, and what leads into the
    first belongs to that. So "On the test set, A is 1% and B is 2%" has two clauses, "A and B
    are 1% and 2%" is one.
    """
    found: list[Span] = []
    pending = sentence[0]
    for start, end in _stretches(text, sentence, numbers):
        whole = _any_within(numbers, start, end) and (
            _any_within(names, start, end) or _is_labelled(text, start, end, numbers)
        )
        if whole or not found:
            joined = found[-1:] and not _complete(found[-1], numbers, names)
            if joined:
                found[-1] = (found[-1][0], end)
            else:
                found.append((pending, end))
        else:
            found[-1] = (found[-1][0], end)
        pending = end
    return found


def _complete(span: Span, numbers: Sequence[Span], names: Sequence[Span]) -> bool:
    return _any_within(numbers, *span) and _any_within(names, *span)


def _stretches(text: str, sentence: Span, numbers: Sequence[Span]) -> Iterable[Span]:
    start = aside = sentence[0]
    for match in _SEPARATOR.finditer(text, *sentence):
        place = match.start()
        if place < aside or any(low <= place and match.end() <= high for low, high in numbers):
            continue
        if match.group() == "(" and not _any_within(numbers, start, place):
            # "ours (20 layers, tied) reaches 30%": what is aside goes with what it is of
            aside = text.find(")", place, sentence[1]) + 1
            if _is_list(text, (place, aside or sentence[1]), numbers):
                aside = place
            continue
        yield start, place
        start = place
    yield start, sentence[1]


def _is_list(text: str, aside: Span, numbers: Sequence[Span]) -> bool:
    """Whether brackets hold several labels with a number each: "(short: 12, long: 30)"."""
    inside = [span for span in numbers if aside[0] <= span[0] and span[1] <= aside[1]]
    return sum(":" in text[low - 2 : high] for low, high in inside) > 1


def _is_labelled(text: str, start: int, end: int, numbers: Sequence[Span]) -> bool:
    """Whether a stretch names its number by words of its own, right before it: ", lane width 94.8"
    is about something else than what was named before.
    """
    first = min(low for low, high in numbers if start <= low and high <= end)
    words = _LABEL.search(text, start, first)
    return words is not None and words[1].lower() not in _leading()


@cache
def _leading() -> frozenset[str]:
    """Words that lead to a number, and do not name it."""
    tables = vocabulary.load("words")
    lists = ("phrase_ends", "definite", "approximations", "lower_bounds", "upper_bounds", "leading")
    return frozenset(word for name in lists for phrase in tables[name] for word in phrase.split())


def _any_within(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(start <= low and high <= end for low, high in spans)


@cache
def _negation() -> re.Pattern[str]:
    """From a negation to the end of what it denies."""
    cue = rf"\b(?:{either('negation')})\b(?! (?:more|fewer|less) than)"
    end = r"(?=[,;:]\s|—\s|[()]|\s[–—-]\s|\bbut\b|$)"
    return re.compile(
        rf"{cue}.*?{end}|\bwithout(?:\s+\S+){{0,4}}?(?:\s+\S+)?{end}|\bwithout(?:\s+\S+){{4}}"
    )


@cache
def _dispute() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either('dispute')})\b")


def either(table: str) -> str:
    """A pattern for any word or phrase of a table of the vocabulary's."""
    return "|".join(map(re.escape, vocabulary.load("words")[table]))


def _may_tell(table: str, text: str) -> bool:
    """Whether the letters of a table's words stand in ``text``: most of it needs no pattern."""
    for cue in vocabulary.load("words")[table]:  # noqa: SIM110 (asked of every text)
        if cue in text:
            return True
    return False


def may_deny(text: str) -> bool:
    """Whether any sentence of ``text`` may deny something: most need not be looked at."""
    told = lower(text)
    return "?" in text or _may_tell("negation", told) or _may_tell("dispute", told)


def _asks(text: str, sentence: Span) -> bool:
    return text[max(sentence[1] - 3, sentence[0]) : sentence[1]].rstrip().endswith("?")


def denied(text: str, sentence: Span) -> list[Span]:
    """What a sentence denies: "not a 3-epoch run", "rather than 14B"; all of it where it asks,
    or speaks of a claim as a claim ("the figure is inconsistent with").
    """
    start, told = sentence[0], lower(text[slice(*sentence)])
    if _asks(text, sentence) or (_may_tell("dispute", told) and _dispute().search(told)):
        return [sentence]
    if not _may_tell("negation", told):
        return []
    spans = [(start + one.start(), start + one.end()) for one in _negation().finditer(told)]
    return [(_subject(text, sentence, low, high), high) for low, high in spans]


def _subject(text: str, sentence: Span, start: int, end: int) -> int:
    """Where the subject of a denial starts: "A and B are not supported" denies A and B."""
    before = text[sentence[0] : start]
    if not re.search(_DENIED_VERB, before) or any(map(str.isdigit, text[start:end])):
        return start
    return sentence[0] + max((before.rfind(mark) + 1 for mark in ",;:()—"), default=0)


def blankets(text: str) -> list[int]:
    """Where what looks like a blanket word starts, alone or as a part of an identifier."""
    return [found.start() for found in _blanket().finditer(text)]


@cache
def _blanket() -> re.Pattern[str]:
    told = vocabulary.load("words")["blanket"]
    parts = "|".join(form for word in told for form in (word.capitalize(), word.upper()))
    return re.compile(rf"(?:(?<![a-z])(?i:{'|'.join(told)})|{parts})(?![a-z])")
