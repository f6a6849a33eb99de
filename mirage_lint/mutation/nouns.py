"""What a number counts, told with the noun of another unit that the same family counts in."""

import re
from collections.abc import Iterator
from random import Random

from mirage_lint import vocabulary
from mirage_lint.claims.claim import Claim
from mirage_lint.core.facts import Fact
from mirage_lint.documents.source import Source
from mirage_lint.mutation.mutant import Edit
from mirage_lint.mutation.truth import Facts, truths


def renamed(
    claim: Claim, told: tuple[Fact, ...], source: Source, facts: Facts, random: Random
) -> Iterator[Edit]:
    """The unit's noun for another, where no fact has the number in that unit."""
    nouns = {**vocabulary.load("units"), **dict(facts.registry.units)}
    match = _noun(claim, source, nouns.get(claim.unit, ()))
    families = {fact.family for fact in told}
    counted: dict[str, list[Fact]] = {}
    for fact in facts.registry.facts:
        if fact.family in families and fact.unit in nouns and fact.unit != claim.unit:
            counted.setdefault(fact.unit, []).append(fact)
    wrong = sorted(unit for unit, others in counted.items() if not truths(claim, others))
    if match and wrong:
        words = nouns[random.choice(wrong)]
        is_plural = match.group().endswith("s") and len(words) > 1
        yield Edit(match.start(), match.group(), words[is_plural])


def _noun(claim: Claim, source: Source, nouns: tuple[str, ...]) -> "re.Match[str] | None":
    """The noun behind the number, as it stands in the source."""
    _, number_end = claim.passage.source_span(*claim.number)
    _, end = claim.passage.source_span(claim.start, claim.end)
    words = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    return pattern.search(source.text, number_end, end) if nouns else None
