"""A passage with what it mentions: families, metrics, populations, dimensions."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from mirage_lint.binding import segments
from mirage_lint.binding.index import DIMENSION, FAMILY, METRIC, POPULATION, Index, Phrase
from mirage_lint.binding.phrases import Stem, located
from mirage_lint.claims.claim import MODEL, NUMBER, PATH, PERCENT, Claim, Extraction
from mirage_lint.core import words
from mirage_lint.core.modelname import difference
from mirage_lint.documents.passages import Passage

_SETTING = re.compile(r"\b(?:at|for|with)\s+\Z")
_NEAR = 2
"""Words behind a number among which a dimension's name is looked for."""
_TOUCHES = re.compile(r"[\s\-]+(?:of\s+)?(?:the\s+)?(?:[^\W\d]+[\s\-]+)?")
_JOINS = re.compile(r"\s*(?:(?:of|is|at|level|levels)\s+|[=:]\s*`?|`?\s*=\s*`?)?(?:of\s+)?")
_ALL = ("all",)
_ALL_ROWS = re.compile(
    r"\s*(?:[)\]|]|(?:the\s+|of\s+the\s+)?[\w\-]*\d[\d,]*\b|(?:\w+\s+)?"
    r"(?:rows|examples|samples|instances|cases|inputs|records)\b)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[\d,;:()|.!?]")
_LIST = re.compile(r"\s*(?:,|,?\s*(?:and|or|to)|–|/|→)\s*")
_COMPARED = re.compile(
    r"\b(?:against|than|versus|vs\.?|compared\s+(?:with|to)|relative\s+to)\s[^,.;:()]*",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(r"\d%?[\s\-]\Z")


class Mention(NamedTuple):
    """Something named at visible characters ``start`` to ``end``.

    ``values`` are the families, metrics, (family, population) or (key, value) that it may mean.
    ``by`` is "name", "path", "model" or "size": how it was recognised.
    """

    kind: str
    start: int
    end: int
    values: frozenset[object]
    by: str = "name"


class View:
    """A passage, its claims and its mentions; ``directory`` is its document's."""

    def __init__(
        self, passage: Passage, extraction: Extraction, index: Index, directory: str
    ) -> None:
        self.passage = passage
        self.claims = extraction.claims
        self.equations = extraction.equations
        self._index = index
        self._numbers_of: dict[segments.Span, list[Claim]] = {}
        self._clauses_of: dict[tuple[segments.Span, bool], list[segments.Span]] = {}
        self.directory = directory

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, in order of place."""
        phrases = list(self._phrases())
        # A model within a run's name is no further evidence: "the canonical Example package".
        named = [(one.start, one.end) for one in phrases if one.kind == FAMILY]
        models = (
            one
            for one in self._models()
            if not any(low <= one.start and one.end <= high for low, high in named)
        )
        found = [*phrases, *self._paths(), *models, *self._sizes()]
        found += (mention for _, mention in self.dimension_claims)
        return tuple(sorted(found, key=lambda mention: (mention.start, mention.end, mention.kind)))

    @cached_property
    def stems(self) -> list[Stem]:
        """The passage's telling stems, less the digits of its numbers; where a number or a mark
        of punctuation stands between two, so does a stem without text.
        """
        numbers = [(claim.start, claim.end) for claim in self.claims if claim.value is not None]
        found: list[Stem] = []
        end = 0
        for stem in located(self.words):
            in_number = any(low <= stem.start and stem.end <= high for low, high in numbers)
            if not (in_number and stem.text.isdigit()):
                if _BREAK.search(self.passage.text, end, stem.start):
                    found.append(Stem("", stem.start, stem.start))
                found.append(stem)
                end = stem.end
        return found

    @cached_property
    def dimension_claims(self) -> list[tuple[Claim, Mention]]:
        """Numbers that name a dimension's value: "at 10% retention", "between 50% and 10%
        retention", a row's head.
        """
        found = list(self._dimension_claims())
        settings = {claim.start: mention for claim, mention in found}
        for claim, after in reversed(list(pairwise(self.claims))):
            mention = settings.get(after.start)
            joined = mention and _LIST.fullmatch(self.passage.text, claim.end, after.start)
            if mention is None or not joined or claim.start in settings or claim.value is None:
                continue
            for key in {str(pair[0]) for pair in mention.values if isinstance(pair, tuple)}:
                value = self._index.dimension_value(key, _exact(claim))
                if value is not None:
                    values = frozenset({(key, value)})
                    settings[claim.start] = Mention(DIMENSION, claim.start, claim.end, values)
                    found.append((claim, settings[claim.start]))
        return found

    @cached_property
    def sentences(self) -> list[segments.Span]:
        """Sentences of the text; a head, cell or item is one or more of its own."""
        return segments.sentences(self.passage.text)

    @cached_property
    def comparisons(self) -> list[segments.Span]:
        """What something else is held against: "against its base", "than the older run"."""
        return [match.span() for match in _COMPARED.finditer(self.passage.text)]

    def is_series(self, one: Claim, other: Claim) -> bool:
        """Whether only "to", "and" or a comma stands between two numbers."""
        first, last = sorted((one, other), key=lambda claim: claim.start)
        return bool(_LIST.fullmatch(self.passage.text, first.end, last.start))

    def clause(self, claim: Claim) -> segments.Span:
        """The clause that ``claim`` stands in."""
        sentence, is_model = self.sentence(claim), claim.kind == MODEL
        clauses = self._clauses_of.get((sentence, is_model))
        if clauses is None:
            clauses = self._clauses_of[sentence, is_model] = self._clauses(sentence, is_model)
        return segments.holding(clauses, claim.start)

    def sentence(self, claim: Claim) -> segments.Span:
        """The sentence that ``claim`` stands in."""
        return segments.holding(self.sentences, claim.start)

    def denied(self, claim: Claim) -> bool:
        """Whether the text denies the claim, or speaks of it as a claim."""
        return self.is_denied(claim.start)

    def is_denied(self, at: int) -> bool:
        """Whether the character ``at`` stands in something that its sentence denies."""
        return any(low <= at < high for low, high in self._denied)

    @cached_property
    def words(self) -> list[tuple[str, int, int]]:
        """The passage's telling words, each with its start and end."""
        return words.located(self.passage.text)

    @cached_property
    def plain_words(self) -> frozenset[str]:
        """The passage's telling words, without their places."""
        return frozenset(word for word, _, _ in self.words)

    @cached_property
    def settings(self) -> frozenset[int]:
        """Starts of the numbers that name a dimension's value."""
        return frozenset(claim.start for claim, _ in self.dimension_claims)

    @cached_property
    def contexts(self) -> frozenset[int]:
        """Starts of the numbers that are settings or sizes and state nothing themselves."""
        return self.settings | {one.start for one in self.mentions if one.by == "size"}

    @cached_property
    def is_head(self) -> bool:
        """Whether, as a cell left of others, it tells what they are about: it has no figures."""
        known = {one.start for one in self.mentions if one.kind in (POPULATION, DIMENSION)}
        return not any(one.value is not None and one.start not in known for one in self.claims)

    def numbers(self, claim: Claim) -> list[Claim]:
        """The numbers of the claim's sentence."""
        sentence = self.sentence(claim)
        found = self._numbers_of.get(sentence)
        if found is None:
            low, high = sentence
            found = [
                one for one in self.claims if one.value is not None and low <= one.start < high
            ]
            self._numbers_of[sentence] = found
        return found

    @cached_property
    def names_metrics(self) -> bool:
        """Whether the passage names a metric."""
        return any(mention.kind == METRIC for mention in self.told)

    @cached_property
    def told(self) -> tuple[Mention, ...]:
        """All mentions that the text does not deny."""
        return tuple(one for one in self.mentions if not self.is_denied(one.start))

    def within(self, span: segments.Span) -> list[Mention]:
        """Mentions in ``span`` that its sentences do not deny."""
        low, high = span
        return [one for one in self.told if low <= one.start and one.end <= high]

    def _clauses(self, sentence: segments.Span, of_models: bool) -> list[segments.Span]:
        """Clauses by what each states: numbers, or models."""
        stated = [one for one in self.claims if (one.kind == MODEL if of_models else one.value)]
        numbers = [(claim.start, claim.end) for claim in stated]
        numbers = [span for span in numbers if span[0] not in self.contexts]
        names = [
            (one.start, one.end)
            for one in self.mentions
            if one.by != "size" and not (of_models and one.by == "model")
        ]
        return segments.clauses(self.passage.text, sentence, numbers, names)

    @cached_property
    def _denied(self) -> list[segments.Span]:
        text = self.passage.text
        return [one for sentence in self.sentences for one in segments.denied(text, sentence)]

    def _phrases(self) -> Iterator[Mention]:
        stems = self.stems
        for hit in self._index.book.find(stems):
            start, end = stems[hit.positions[0]].start, stems[hit.positions[-1]].end
            if any(low <= start and end <= high for low, high in self._names):
                continue  # words of a path or a model are no prose; as a whole they may name a run
            by_kind: dict[str, set[object]] = {}
            is_loose_all = hit.phrase == _ALL and not self._means_all_rows(start, end)
            for meaning in self._index.meanings[hit.phrase]:
                if meaning.kind == POPULATION and is_loose_all:
                    continue
                by_kind.setdefault(meaning.kind, set()).add(meaning.value)
            for kind, values in by_kind.items():
                yield Mention(kind, start, end, frozenset(values))

    def _means_all_rows(self, start: int, end: int) -> bool:
        """Whether "all" is the whole set of rows and no mere word: "overall", "(all)", "all 400
        examples", "all rows", as a column's or a key's part.
        """
        text = self.passage.text
        if text[start:end].lower() == "overall" or "_" in text[max(start - 1, 0) : end + 1]:
            return True
        return bool(_ALL_ROWS.match(text, end)) or self.passage.text.strip("() ").lower() == "all"

    @cached_property
    def _names(self) -> list[segments.Span]:
        """Paths and model names in the text."""
        return [
            (one.start, one.end)
            for one in self.claims
            if one.kind == MODEL or (one.kind == PATH and one.text == one.digits)
        ]

    def _paths(self) -> Iterator[Mention]:
        for claim in self.claims:
            if claim.kind == PATH:
                artifacts = self._index.artifacts_at(claim.digits, self.directory)
                families = frozenset(name for one in artifacts for name in one.families)
                if families:
                    yield Mention(FAMILY, claim.start, claim.end, families, "path")

    def _models(self) -> Iterator[Mention]:
        for claim in self.claims:
            if claim.kind == MODEL and claim.model:
                if families := self._index.families_with_model(claim.model):
                    yield Mention(FAMILY, claim.start, claim.end, frozenset(families), "model")
                values = frozenset(
                    (key, value)
                    for key, value, name in self._index.model_dimensions
                    if not difference(claim.model, name)
                )
                if values:
                    yield Mention(DIMENSION, claim.start, claim.end, values, "model")

    def _sizes(self) -> Iterator[Mention]:
        for claim in self.claims:
            if not (claim.kind == NUMBER and claim.digits.isdecimal()):
                continue
            counts = claim.unit == "example" or claim.definite or claim.key.lower() == "n"
            found = self._index.sized(int(claim.digits)) if counts else None
            if found:
                yield Mention(POPULATION, claim.start, claim.end, frozenset(found), "size")

    def _dimension_claims(self) -> Iterator[tuple[Claim, Mention]]:
        column = self.passage.column if self.passage.kind == "row" else None
        heads = words.stems(column.text) if column else ()
        told: dict[str, segments.Span] = {}
        for claim in self.claims:
            if claim.kind not in (NUMBER, PERCENT) or claim.value is None or not claim.digits:
                continue
            near = self._stems_near(claim)
            keys = set(self._index.dimension_keys(near))
            told |= dict.fromkeys(keys, self.sentence(claim))
            keys |= set(self._index.dimension_keys(heads))
            if not keys and _SETTING.search(
                self.passage.text, max(claim.start - 6, 0), claim.start
            ):
                # "40% at budget 0.7, 55% at 0.5"
                keys = {key for key, sentence in told.items() if sentence == self.sentence(claim)}
            for key in sorted(keys):
                value = self._index.dimension_value(key, _exact(claim))
                if value is None and not self._touches(claim):
                    continue
                # A value that no fact has still fills the slot: no row of the table matches it.
                yield claim, Mention(DIMENSION, claim.start, claim.end, frozenset({(key, value)}))

    def _touches(self, claim: Claim) -> bool:
        """Whether a setting's name stands right behind the number: "20% retention"."""
        behind = (stem for stem in self.stems if stem.text and stem.start >= claim.end)
        first = next(behind, None)
        return first is not None and first.start - claim.end == 1

    def _stems_near(self, claim: Claim) -> list[str]:
        """The word that makes a number a setting: "10% retention", "30% of the cache retained",
        "retention of 0.1", "retention=0.1".
        """
        text = self.passage.text
        near = [stem.text for stem in self.stems if claim.start <= stem.start < claim.end]
        behind = [stem for stem in self.stems if stem.text and stem.start >= claim.end][:_NEAR]
        for stem in behind:
            if _TOUCHES.fullmatch(text, claim.end, stem.start):
                near.append(stem.text)
        before = [stem for stem in self.stems if stem.text and stem.end <= claim.start][-_NEAR:]
        joined = before and _JOINS.fullmatch(text, before[-1].end, claim.start)
        first = max(before[0].start - 4, 0) if before else 0
        if joined and not _NUMBER_BEFORE.search(text, first, before[-1].start):
            near += (stem.text for stem in before)
        return near


def _exact(claim: Claim) -> tuple[Fraction, ...]:
    """What the digits of a dimension's value may mean: 10% is 0.1 or 10."""
    value = Fraction(claim.digits)
    return (value / 100, value) if claim.kind == PERCENT else (value,)


def metrics_of(mentions: Iterable[Mention]) -> frozenset[Phrase]:
    """All metrics that ``mentions`` name."""
    found: set[Phrase] = set()
    for mention in mentions:
        if mention.kind == METRIC:
            found.update(value for value in mention.values if isinstance(value, tuple))
    return frozenset(found)
