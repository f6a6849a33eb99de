"""The documents of a run to findings about what two of them tell differently."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from mirage_lint.claims.claim import Claim
from mirage_lint.documents.passages import Passage
from mirage_lint.documents.source import Source
from mirage_lint.rules import documents_differ as rule
from mirage_lint.rules.finding import Finding, Place
from mirage_lint.twins import paths, tables, texts
from mirage_lint.twins.numbers import Pair
from mirage_lint.twins.told import Told, told

_MOST_LANGUAGES = 20
"""Documents that are one page in as many languages are held against each other."""


class Seen(NamedTuple):
    """A document with its passages and the claims in them."""

    source: Source
    passages: Sequence[Passage]
    claims: Iterable[Claim]


_Spot = tuple[int, int]
"""A claim, by its passage and its start there."""


def compare(seen: Sequence[Seen]) -> dict[str, list[Finding]]:
    """The findings by path. Pages of old versions are held against nothing."""
    sources: dict[int, Source] = {}
    documents: list[Told] = []
    for number, (source, passages, claims) in enumerate(seen):
        if not paths.is_versioned(source.path):
            sources |= dict.fromkeys(map(id, passages), source)
            documents.append(told(number, source.path, passages, claims))
    pairs = {(_spot(pair.one), _spot(pair.other)): pair for pair in _pairs(documents)}
    found: dict[str, list[Finding]] = defaultdict(list)
    for claim, others in _odd_ones(pairs):
        places = tuple(_place(sources[id(one.passage)], one) for one in others)
        source, (start, end) = _span(sources, claim)
        shown = f"{places[0].path}:{places[0].first}"
        text = rule.message(claim.text, others[0].text, shown, len(places) - 1)
        one = Finding(source.path, start, end, rule.CODE, rule.NAME, rule.SEVERITY, text)
        found[source.path].append(one._replace(others=places))
    return found


def _pairs(documents: Sequence[Told]) -> Iterator[Pair]:
    yield from tables.pairs([one for document in documents for one in document.tables])
    pages: dict[str, list[Told]] = defaultdict(list)
    for document in documents:
        pages[document.page].append(document)
    for page in pages.values():
        for one, other in combinations(page[:_MOST_LANGUAGES], 2):
            yield from tables.small_pairs(one.tables, other.tables)
            yield from texts.pairs(one.texts, other.texts)


def _odd_ones(pairs: dict[tuple[_Spot, _Spot], Pair]) -> Iterator[tuple[Claim, list[Claim]]]:
    """Where each difference is told: at the number that differs from most, else at the later."""
    counts = Counter(spot for spots in pairs for spot in spots)
    told: dict[_Spot, tuple[Claim, list[Claim]]] = {}
    for one, other in pairs.values():
        odd, even = (one, other) if counts[_spot(one)] > counts[_spot(other)] else (other, one)
        told.setdefault(_spot(odd), (odd, []))[1].append(even)
    return iter(told.values())


def _spot(claim: Claim) -> _Spot:
    return id(claim.passage), claim.start


def _span(sources: dict[int, Source], claim: Claim) -> tuple[Source, tuple[int, int]]:
    return sources[id(claim.passage)], claim.passage.source_span(claim.start, claim.end)


def _place(source: Source, claim: Claim) -> Place:
    start, end = claim.passage.source_span(claim.start, claim.end)
    first, last = source.position(start)[0], source.position(max(end - 1, start))[0]
    return Place(source.path, first, last, claim.text)
