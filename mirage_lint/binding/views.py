"""A passage with what it mentions, and how far each of its words reaches."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from mirage_lint.binding import mentions, segments, sources
from mirage_lint.binding.index import DIMENSION, FAMILY, METRIC, POPULATION, Index, Phrase
from mirage_lint.binding.mentions import Mention
from mirage_lint.binding.phrases import Stem
from mirage_lint.binding.pool import make_room
from mirage_lint.binding.records import Pair, names_of
from mirage_lint.binding.settings import LIST, Settings
from mirage_lint.claims.claim import MODEL, PATH, Claim, Extraction
from mirage_lint.core import words
from mirage_lint.core.cached import cached_property
from mirage_lint.core.modelname import ModelName
from mirage_lint.core.spans import NOWHERE, Span, Spans
from mirage_lint.documents.passages import Passage

_BREAK = re.compile(r"[\d,;:()|.!?]")
_ENDING = re.compile(r"(?<=.)\.[A-Za-z]{1,6}\Z")
_WALL = re.compile(r"[;:()|!?]|\d\W{0,3}[,;]\s|=\s?\d")
"""Punctuation that ends a name, what stands between a number and what comes next in a list, as in
"loss 0.3, accuracy", and what a name is set to.
"""
_place = attrgetter("start", "end", "kind")
_MOST_TEXTS = 4096
"""Texts whose mentions are kept at once."""
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_COMPARED = re.compile(
    r"\b(?:against|than|versus|vs\.?|compared\s+(?:with|to)|relative\s+to)\s[^,.;:()]*",
    re.IGNORECASE,
)


class View:
    """A passage, its claims and its mentions; ``directory`` is its document's."""

    def __init__(
        self, passage: Passage, extraction: Extraction, index: Index, directory: str
    ) -> None:
        self.passage = passage
        self.claims = extraction.claims
        self.equations = extraction.equations
        self._index = index
        self.directory = directory

    def moved(self, passage: Passage) -> View:
        """The same of a passage that says the same and stands elsewhere: what was worked out of
        the text holds for it, too.
        """
        other = View.__new__(View)
        other.__dict__.update(self.__dict__)
        other.passage = passage
        other.claims = tuple(one.moved(passage) for one in self.claims)
        other.equations = tuple(one._replace(passage=passage) for one in self.equations)
        return other

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, in order of place. Texts without claims, or with links alone, stand again
        and again, as heads of tables and links do: what one mentions is worked out once for a
        registry.
        """
        if not all(map(_is_linked, self.claims)):
            return self._ordered([*self._all_mentions()])
        known = self._index.mentioned
        key = self.passage.text, bool(self.passage.table)
        if key not in known:
            make_room(known, _MOST_TEXTS)
            known[key] = self._ordered(self._named())
        paths = [*mentions.by_path(self.claims, self._index, self.directory)]
        return self._ordered([*known[key], *paths]) if paths else known[key]

    def _named(self) -> list[Mention]:
        """What its words mention."""
        if not self._index.book.may_name(self._stems):
            return []
        return list(mentions.by_name(self.passage.text, self.stems, self.claims, self._index))

    def _all_mentions(self) -> Iterator[Mention]:
        """What its words and its claims mention."""
        named = self._named()
        yield from named
        yield from mentions.by_claim(self.claims, named, self._index, self.directory)
        yield from (mention for _, mention in self._settings)

    def _ordered(self, found: list[Mention]) -> tuple[Mention, ...]:
        if not self.passage.table and any(one.kind == DIMENSION for one in found):
            found = _without_chosen(found)
        return tuple(sorted(found, key=_place))

    @cached_property
    def _stems(self) -> list[Stem]:
        return self._index.book.stems(self.passage.text)

    @cached_property
    def stems(self) -> list[Stem]:
        """The passage's telling stems, less the digits of its numbers; where a number or a mark
        of punctuation stands between two, so does a stem without text.
        """
        numbers = Spans((one.start, one.end) for one in self.claims if one.said is not None)
        found: list[Stem] = []
        text, end = self.passage.text, 0
        for stem in self._stems:
            start = stem.start
            if stem.text.isdigit() and numbers.covers(start, stem.end):
                continue
            if text[end:start] != " " and (broken := _BREAK.search(text, end, start)):
                is_wall = _WALL.search(text, broken.start(), start) is not None
                found.append(Stem("", start, start, is_wall))
            found.append(stem)
            end = stem.end
        return found

    def stems_within(self, span: Span) -> list[Stem]:
        """The telling stems in ``span``."""
        starts = self._stem_starts
        return self.stems[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]

    @cached_property
    def _stem_starts(self) -> list[int]:
        return [stem.start for stem in self.stems]

    @cached_property
    def _settings(self) -> list[tuple[Claim, Mention]]:
        if not (self.claims and self._index.numeric_keys):
            return []
        return Settings(self.passage, self.stems, self._index, self.sentence).find(self.claims)

    @cached_property
    def blankets(self) -> list[int]:
        """Where "all", "every" or the like may stand."""
        return segments.blankets(self.passage.text)

    @cached_property
    def _sentences(self) -> Spans:
        return Spans(segments.sentences(self.passage.text))

    @cached_property
    def comparisons(self) -> Spans:
        """What something else is held against: "against its base", "than the older run"."""
        return Spans(match.span() for match in _COMPARED.finditer(self.passage.text))

    def asides(self, span: Span, claim: Claim) -> Spans:
        """What stands in brackets in ``span``, but for the brackets that hold the claim."""
        found = (match.span() for match in _BRACKETS.finditer(self.passage.text, *span))
        return Spans((low, high) for low, high in found if not low <= claim.start < high)

    def is_series(self, one: Claim, other: Claim) -> bool:
        """Whether only "to", "and" or a comma stands between two numbers."""
        first, last = sorted((one, other), key=lambda claim: claim.start)
        return bool(LIST.fullmatch(self.passage.text, first.end, last.start))

    def sentence(self, claim: Claim) -> Span:
        """The sentence that ``claim`` stands in; a head or a cell is one or more of its own."""
        return self._sentences.at(claim.start) or (0, len(self.passage.text))

    @property
    def first_sentence(self) -> Span:
        """The passage's first sentence."""
        return self._sentences.at(0) or (0, len(self.passage.text))

    def clause(self, claim: Claim) -> Span:
        """The clause that ``claim`` stands in."""
        return self.clauses(self.sentence(claim), claim.kind == MODEL).at(claim.start) or (0, 0)

    def clauses(self, sentence: Span, of_models: bool = False) -> Spans:
        """The clauses of a sentence by what each states: a number, or a model."""
        found = self._clauses_of.get((sentence, of_models))
        if found is None:
            found = self._clauses_of[sentence, of_models] = self._clauses(sentence, of_models)
        return found

    # Made when first asked for, as most passages are asked for none of them.

    @cached_property
    def _clauses_of(self) -> dict[tuple[Span, bool], Spans]:
        return {}

    @cached_property
    def _taken_of(self) -> dict[Span, frozenset[Span]]:
        return {}

    @cached_property
    def _told_by(self) -> dict[Span, frozenset[str]]:
        return {}

    def taken(self, sentence: Span) -> frozenset[Span]:
        """The clauses of a sentence that state a number."""
        if sentence not in self._taken_of:
            clauses = self.clauses(sentence)
            stated = (one for one in self.numbers(sentence) if one.start not in self.contexts)
            found = frozenset(clauses.at(one.start) or (0, 0) for one in stated)
            self._taken_of[sentence] = found
        return self._taken_of[sentence]

    def is_denied(self, at: int) -> bool:
        """Whether the text denies what stands at ``at``, or speaks of it as a claim."""
        return self._denied.at(at) is not None

    @cached_property
    def words(self) -> list[tuple[str, int, int]]:
        """The passage's telling words, each with its start and end."""
        return self._index.book.joined(words.located(self.passage.text))

    def words_within(self, span: Span) -> list[tuple[str, int, int]]:
        """The telling words in ``span``."""
        low = bisect_left(self._word_starts, span[0])
        return self.words[low : bisect_left(self._word_starts, span[1])]

    @cached_property
    def said(self) -> frozenset[str]:
        """Every word of the passage, whether or not it tells anything."""
        return frozenset(words.split(self.passage.text.lower()))

    @cached_property
    def _word_starts(self) -> list[int]:
        return [start for _, start, _ in self.words]

    @cached_property
    def mentioned(self) -> Spans:
        """Where the passage names anything that the registry knows."""
        return Spans((one.start, one.end) for one in self.mentions)

    @cached_property
    def slots(self) -> Spans:
        """Where the passage names families, populations and settings."""
        return Spans((one.start, one.end) for one in self.mentions if one.kind != METRIC)

    @cached_property
    def keyed(self) -> Spans:
        """Numbers that a key is set to, the keys with them."""
        return Spans((one.start, one.end) for one in self.claims if one.key)

    @cached_property
    def plain_words(self) -> frozenset[str]:
        """The passage's telling words, without their places."""
        return frozenset(word for word, _, _ in self.words)

    @cached_property
    def settings(self) -> frozenset[int]:
        """Starts of the numbers that name a dimension's value."""
        return frozenset(claim.start for claim, _ in self._settings)

    @cached_property
    def contexts(self) -> frozenset[int]:
        """Starts of the numbers that are settings or sizes and state nothing themselves."""
        return self.settings | {one.start for one in self.mentions if one.by == "size"}

    @cached_property
    def is_head(self) -> bool:
        """Whether, as a cell left of others, it tells what they are about: it has no figures."""
        figures = {one.start for one in self.claims if one.said is not None}
        told = (one for one in self.mentions if one.kind in (POPULATION, DIMENSION))
        return not figures or figures.issubset(one.start for one in told)

    def claims_within(self, span: Span) -> tuple[Claim, ...]:
        """The claims in ``span``."""
        low = bisect_left(self._claim_starts, span[0])
        return self.claims[low : bisect_left(self._claim_starts, span[1])]

    def numbers(self, span: Span) -> list[Claim]:
        """The numbers in ``span``."""
        return [one for one in self.claims_within(span) if one.said is not None]

    def families_with(self, model: ModelName) -> frozenset[str]:
        """The families that name ``model``, as theirs or as a setting."""
        known = self._index.records.having
        settings = self._index.settings_with_model(model)
        own = {record.family for pair in settings for record in known[pair]}
        return self._index.families_with_model(model) | own

    @cached_property
    def as_head(self) -> tuple[Mention, ...]:
        """All that it mentions as the head of a row or column: there a run's key is a name."""
        text = self.passage.text
        families = self._index.families_called(text)
        return (*self.told, Mention(FAMILY, 0, len(text), families)) if families else self.told

    @property
    def metrics_called(self) -> frozenset[Phrase]:
        """The metrics that all of its text is a name of."""
        return self._index.metrics_named(self.passage.text)

    @cached_property
    def called(self) -> frozenset[Pair]:
        """Dimensions that its text, its code or the file that it links to is the name of."""
        text, marks, known = self.passage.text, self.passage.marks, self._index.records
        texts = {text, *(text[one.start : one.end] for one in marks), *self._targets}
        told = list(filter(known.may_call, texts))
        return frozenset(pair for one in told for pair in known.called_by(one))

    @cached_property
    def linked(self) -> frozenset[Pair]:
        """The record whose name is nearest to a file that it links to."""
        names = (names_of(target)[0] for target in self._targets)
        return frozenset().union(*(self._index.records.nearest(name) for name in names))

    @cached_property
    def _targets(self) -> list[str]:
        """The names of what it links to: the last parts of the addresses, without endings."""
        found = (_last_part(one.target) for one in self.passage.marks)
        return [name for name in found if name]

    @cached_property
    def led(self) -> frozenset[str]:
        """The artifact that its last sentence says that what follows is from."""
        if not self._files:
            return frozenset()
        last = max(self._sentences, default=(0, 0))
        return sources.led(self.passage.text, last, self._files_within(last))

    @cached_property
    def backed(self) -> frozenset[str]:
        """The artifact that it says, as all that it says, that a table before it is from."""
        return sources.backed(self.passage.text, self._files)

    def told_by(self, sentence: Span) -> frozenset[str]:
        """The artifact that a sentence says that its own numbers are from."""
        if not self._files:
            return frozenset()
        if sentence not in self._told_by:
            files = self._files_within(sentence)
            self._told_by[sentence] = sources.told(self.passage.text, sentence, files)
        return self._told_by[sentence]

    def _files_within(self, span: Span) -> list[sources.File]:
        low = bisect_left(self._file_starts, span[0])
        return self._files[low : bisect_left(self._file_starts, span[1])]

    @cached_property
    def _file_starts(self) -> list[int]:
        return [at for (at, _), _ in self._files]

    @cached_property
    def _files(self) -> list[sources.File]:
        """Where it names an artifact as a file, by a whole code span or link: what stands in a
        command is written or read by it. A sentence that holds something against others, or
        denies something, names none.
        """
        marked = {(one.start, one.end) for one in self.passage.marks}
        paths = (one for one in self.claims if one.kind == PATH and (one.start, one.end) in marked)
        named = (
            ((one.start, one.end), self._index.artifacts_at(one.digits, self.directory))
            for one in paths
            if not self.is_denied(one.start) and self.comparisons.at(one.start) is None
        )
        return [(span, found[0].path) for span, found in named if len(found) == 1]

    @cached_property
    def names_runs(self) -> bool:
        """Whether it names a run by other than a model."""
        if self._index.may_name_run(self.passage.text):
            return any(map(mentions.is_run, self.told))
        paths = mentions.by_path(self.claims, self._index, self.directory)
        return any(not self.is_denied(one.start) for one in paths)

    @cached_property
    def metrics(self) -> frozenset[Phrase]:
        """The metrics that the passage names."""
        return mentions.metrics_of(self.told)

    @cached_property
    def told(self) -> tuple[Mention, ...]:
        """All mentions that the text does not deny."""
        if not self.mentions or not self._denied:
            return self.mentions
        return tuple(one for one in self.mentions if not self.is_denied(one.start))

    def within(self, span: Span) -> list[Mention]:
        """Mentions in ``span`` that its sentences do not deny."""
        low = bisect_left(self._told_starts, span[0])
        high = bisect_left(self._told_starts, span[1])
        return [one for one in self.told[low:high] if one.end <= span[1]]

    @cached_property
    def _told_starts(self) -> list[int]:
        return [one.start for one in self.told]

    @cached_property
    def _claim_starts(self) -> list[int]:
        return [one.start for one in self.claims]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [one.start for one in self.mentions]

    @cached_property
    def _denied(self) -> Spans:
        text = self.passage.text
        if not segments.may_deny(text):
            return NOWHERE
        return Spans(one for span in self._sentences for one in segments.denied(text, span))

    def _clauses(self, sentence: Span, of_models: bool) -> Spans:
        low = bisect_left(self._claim_starts, sentence[0])
        high = bisect_left(self._claim_starts, sentence[1])
        stated = [
            (one.start, one.end)
            for one in self.claims[low:high]
            if (one.kind == MODEL if of_models else one.said is not None)
            and one.start not in self.contexts
        ]
        low = bisect_left(self._mention_starts, sentence[0])
        high = bisect_left(self._mention_starts, sentence[1])
        names = [
            (one.start, one.end)
            for one in self.mentions[low:high]
            if one.by != "size" and not (of_models and one.by == "model")
        ]
        return Spans(segments.clauses(self.passage.text, sentence, stated, names))


def _is_linked(claim: Claim) -> bool:
    """Whether a claim is what a text links to, and not in its words."""
    return claim.kind == PATH and claim.text != claim.digits


def _without_chosen(found: list[Mention]) -> list[Mention]:
    """Mentions less the settings that are called like a metric: "AUPR" is what is told, and not by
    what a model was chosen.
    """
    metrics = {(one.start, one.end) for one in found if one.kind == METRIC}
    return [one for one in found if one.kind != DIMENSION or (one.start, one.end) not in metrics]


def _last_part(address: str) -> str:
    """``small-3b`` of ``https://host/models/small-3b.py#results``."""
    path = address.partition("#")[0].partition("?")[0].rstrip("/")
    return _ENDING.sub("", path.rpartition("/")[2])
