"""What a passage names: families, metrics, populations, dimensions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mirage_lint import vocabulary
from mirage_lint.binding.index import DIMENSION, FAMILY, METRIC, POPULATION, Index, Phrase
from mirage_lint.binding.phrases import Stem
from mirage_lint.claims.claim import MODEL, NUMBER, PATH, Claim
from mirage_lint.core import words
from mirage_lint.core.facts import SCRIPT
from mirage_lint.core.record import NamedTuple
from mirage_lint.core.spans import Spans

_GOES_ON = re.compile(r"-[^\W\d_]*\d")
"""A name that goes on with a number is another one: "ImageNet-V2", "run-2"."""
_PART = re.compile(r"\w-")
"""What stands before the last part of a name, which is no setting: "coco" of "net-s-coco"."""
# As text, what few documents need: it is compiled where it is used.
_COMES_ON = r"(?<![\w\-])[A-Z]\w*\d-\Z"
_LONGEST_NAME = 24
"""So is one that a name with a number runs into: "E5-base"."""
_ALL = ("all",)
_ALL_ROWS = (
    r"(?i)\s*(?:[)\]|]|(?:the\s+|of\s+the\s+)?[\w\-]{0,40}\d[\d,]{0,20}\b|(?:\w+\s+)?"
    r"(?:rows|examples|samples|instances|cases|inputs|records)\b)"
)


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


def by_name(
    text: str, stems: list[Stem], claims: Sequence[Claim], index: Index
) -> Iterator[Mention]:
    """Registered names in the prose. Words of a path or a model's name are no prose; as a whole
    they may name a run or a setting.
    """
    names = Spans(
        (one.start, one.end)
        for one in claims
        if one.kind == MODEL or (one.kind == PATH and one.text == one.digits)
    )
    for hit in index.book.find(stems):
        start, end = stems[hit.positions[0]].start, stems[hit.positions[-1]].end
        inside = names.covers(start, end)
        if inside and names.at(start) != (start, end):
            continue
        by_kind: dict[str, set[object]] = {}
        is_loose_all = hit.phrase == _ALL and not _means_all_rows(text, start, end)
        for meaning in index.meanings[hit.phrase]:
            if not (meaning.kind == POPULATION and is_loose_all):
                by_kind.setdefault(meaning.kind, set()).add(meaning.value)
        if _PART.fullmatch(text, max(start - 2, 0), start):
            by_kind.pop(DIMENSION, None)
        elif len(hit.phrase) == 1 and DIMENSION in by_kind:
            by_kind[DIMENSION] = {
                one for one in by_kind[DIMENSION] if not _is_inflected(text[start:end], one)
            }
        for kind, values in by_kind.items():
            is_named = kind == METRIC or not _goes_on(text, start, end)
            if values and is_named and (kind == DIMENSION or not inside):
                yield Mention(kind, start, end, frozenset(values))


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a name is but a part of one: "WPD002", "U-Net++", "a+b", "run-2", "E5-base"."""
    is_glued = text[end : end + 1].isdigit() and text[end - 1 : end].isalpha()
    is_added = text.startswith("+", end) or (
        text[start - 1 : start] == "+" and text[start - 2 : start - 1].isalnum()
    )
    if is_glued or is_added or _GOES_ON.match(text, end):
        return True
    before = max(start - _LONGEST_NAME, 0)
    return text[start - 1 : start] == "-" and bool(
        re.compile(_COMES_ON).search(text, before, start)
    )


def _is_inflected(word: str, meaning: object) -> bool:
    """Whether a word is another form of what a row is called: "it reverses the order" names no row
    ``reverse``.
    """
    name = str(meaning[1]) if isinstance(meaning, tuple) else ""
    word = word.lower()
    is_plain = name.isalpha() and name.islower() and word.isalpha()
    return is_plain and word != name and words.stem(word) == words.stem(name)


def _means_all_rows(text: str, start: int, end: int) -> bool:
    """Whether "all" is the whole set of rows and no mere word: "overall", "(all)", "all 400
    examples", "all rows", as a column's or a key's part.
    """
    if text[start:end].lower() == "overall" or "_" in text[max(start - 1, 0) : end + 1]:
        return True
    return bool(re.compile(_ALL_ROWS).match(text, end)) or text.strip("() ").lower() == "all"


def by_claim(
    claims: Sequence[Claim], named: Sequence[Mention], index: Index, directory: str
) -> Iterator[Mention]:
    """What the claims themselves name, beside the names in the prose (``named``): files, models and
    sizes; ``directory`` is the document's.
    """
    kinds = {claim.kind for claim in claims}
    if PATH in kinds:
        yield from by_path(claims, index, directory)
    if MODEL in kinds:
        runs = Spans((one.start, one.end) for one in named if one.kind == FAMILY)
        settings = Spans((one.start, one.end) for one in named if one.kind == DIMENSION)
        yield from by_model(claims, index, runs, settings)
    if NUMBER in kinds:
        yield from by_size(claims, index)


def by_path(claims: Sequence[Claim], index: Index, directory: str) -> Iterator[Mention]:
    """Families, by the paths of their artifacts; ``directory`` is the document's. A script names no
    run where there may be others: it may have made them as well.
    """
    standard = vocabulary.load("words")["standard_names"]
    for claim in claims:
        if claim.kind == PATH:
            path = claim.digits
            if path in standard and not index.is_at(path, directory):
                continue  # every run has a file of that name
            artifacts = index.artifacts_at(path, directory)
            families = frozenset(
                name
                for one in artifacts
                for name in one.families
                if one.tier != SCRIPT or name not in index.families_with_others
            )
            if families:
                yield Mention(FAMILY, claim.start, claim.end, families, "path")


def by_model(
    claims: Sequence[Claim], index: Index, runs: Spans, settings: Spans
) -> Iterator[Mention]:
    """Families and dimension values, by models; a model within a run's name (``runs``) is no
    further evidence of it: "the canonical Example package". One that is a setting's very name
    (``settings``) is no other setting.
    """
    for claim in claims:
        if claim.kind != MODEL or claim.model is None or runs.covers(claim.start, claim.end):
            continue
        if families := index.families_with_model(claim.model):
            yield Mention(FAMILY, claim.start, claim.end, families, "model")
        is_setting = settings.covers(claim.start, claim.end)
        if not is_setting and (values := index.settings_with_model(claim.model)):
            yield Mention(DIMENSION, claim.start, claim.end, values, "model")


def by_size(claims: Sequence[Claim], index: Index) -> Iterator[Mention]:
    """Populations, by their sizes: "the 371 examples", "n=371"."""
    for claim in claims:
        if not (claim.kind == NUMBER and claim.digits.isdecimal()):
            continue
        counts = claim.unit == "example" or claim.definite or claim.key.lower() == "n"
        found = index.sized(int(claim.digits)) if counts else None
        if found:
            yield Mention(POPULATION, claim.start, claim.end, frozenset(found), "size")


def is_run(mention: Mention) -> bool:
    """Whether it is a run, named by other than a model."""
    return mention.kind == FAMILY and mention.by != "model"


def metrics_of(mentions: Iterable[Mention]) -> frozenset[Phrase]:
    """All metrics that ``mentions`` name."""
    found: set[Phrase] = set()
    for mention in mentions:
        if mention.kind == METRIC:
            found.update(value for value in mention.values if isinstance(value, tuple))
    return frozenset(found)
