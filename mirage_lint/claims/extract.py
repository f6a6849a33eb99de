"""All claims of a passage: one call a passage, nothing of its context."""

import re
from collections.abc import Iterator
from itertools import pairwise

from mirage_lint.claims import names
from mirage_lint.claims.claim import PATH, Claim, Equation, Extraction
from mirage_lint.claims.equations import change, equations, percent_of_fraction
from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.claims.quantities import quantities
from mirage_lint.core.spans import Spans
from mirage_lint.documents.passages import CODE, Passage

_DIGIT, _WORD = re.compile(r"\d"), re.compile(r"\w+")


def extract(passage: Passage, lexicon: Lexicon) -> Extraction:
    """What ``passage`` claims, in order of place; names win over numbers within them."""
    if not _may_claim(passage, lexicon):
        return Extraction((), ())
    models = list(names.models(passage, lexicon))
    hub_ids = {claim.text for claim in models}
    paths = [claim for claim in names.paths(passage) if claim.digits not in hub_ids]
    named = [*names.checksums(passage), *models, *paths]
    # A link's text is prose, whatever its address.
    blocked = Spans(
        (one.start, one.end) for one in named if one.kind != PATH or one.text == one.digits
    )
    numbers = [
        claim
        for claim in quantities(passage, lexicon)
        if not blocked.overlaps(claim.start, claim.end)
    ]
    found = equations(passage, numbers)
    found += filter(None, (percent_of_fraction(passage, *pair) for pair in pairwise(numbers)))
    triples = zip(numbers, numbers[1:], numbers[2:], strict=False)
    found += filter(None, (change(passage, triple) for triple in triples))
    if passage.kind in CODE:
        numbers = [claim for claim in numbers if claim.key]
    claims = [*_grouped(numbers, found), *named]
    return Extraction(tuple(sorted(claims, key=lambda claim: claim.start)), tuple(found))


def _may_claim(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a digit, a number word, a model's name, a path or a link stands in the passage: most
    passages have none of them, and this tells in a tenth of the time that reading them takes.
    """
    text = passage.text
    if passage.kind in CODE or passage.marks or _DIGIT.search(text):
        return True
    words = {word.rstrip("0123456789") for word in _WORD.findall(text.lower())}
    return not (words.isdisjoint(lexicon.numbers) and words.isdisjoint(lexicon.model_families))


def _grouped(claims: list[Claim], found: list[Equation]) -> Iterator[Claim]:
    """The claims, each with the number, from 1, of the equation that it is a part of."""
    spans = Spans((equation.start, equation.end) for equation in found)
    numbers = {(equation.start, equation.end): at for at, equation in enumerate(found, 1)}
    for claim in claims:
        span = spans.at(claim.start)
        is_part = span is not None and claim.end <= span[1]
        yield claim._replace(group=numbers[span]) if span and is_part else claim
