"""All claims of a passage: one call a passage, nothing of its context."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import attrgetter

from mirage_lint.claims import names
from mirage_lint.claims.claim import FRACTION, PATH, POINTS, Claim, Equation, Extraction
from mirage_lint.claims.equations import change, equations, percents_of_fractions
from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.claims.quantities import quantities
from mirage_lint.core.spans import Spans
from mirage_lint.documents.passages import CODE, Passage

# As text, what few documents need: it is compiled where it is used.
_DIGIT, _LETTERS = r"[\d½⅓⅔¼¾⅕-⅞]", r"[^\W\d_]+"
_PLAIN_DIGIT = re.compile(r"[0-9]")
_PLAIN = bytes(ord(chr(at).lower()) if chr(at).isalpha() else ord(" ") for at in range(128)) * 2
"""Every letter in lower case; all else parts words."""
_SETTING = r"[=:(\-](?:(?<!-)\W{0,4}\d|(?<=-)-\w|(?<=\w-)\d)"
"""What stands in a line of code before a number that is set there, or worked out."""
_ENDING = re.compile(r"\.[^\W\d_]")
_TARGET = re.compile(r"\]\(<?[^\s()<>]*>?\)")
_OWN_LINK = re.compile(r"\](?!\(<?(?:[A-Za-z][\w+.\-]*:|//|#))")
"""A bracket that is no link to the web."""
_NOTHING = Extraction((), ())
_NO_WORDS = frozenset[bytes]()


def extract(passage: Passage, lexicon: Lexicon) -> Extraction:
    """What ``passage`` claims, in order of place; names win over numbers within them."""
    # Most passages hold no number and no name. Their Markdown tells, in a fraction of the time that
    # reading them takes.
    raw = passage.raw
    is_code = passage.kind in CODE
    may_have_paths = _may_have_paths(raw, is_code)
    if "](" in raw:
        raw = _TARGET.sub("]", raw)
    cues = lexicon.family_cues if is_code else lexicon.cues
    # Hardly any block of code names a model: its lines need not be looked through one by one.
    may_have_cues = not is_code or _has_cues(passage.block or raw, cues)
    words = cues.intersection(_words(raw)) if may_have_cues else _NO_WORDS
    in_words = not (is_code or words.isdisjoint(lexicon.number_cues))
    has_numbers = in_words or _has_digits(raw, is_code)
    if not (words or has_numbers or may_have_paths):
        return _NOTHING
    has_model = not words.isdisjoint(lexicon.family_cues)
    named = _named(passage, lexicon, has_model, may_have_paths)
    numbers = list(quantities(passage, lexicon, in_words)) if has_numbers else []
    if named and numbers:
        numbers = _outside(numbers, named)
    # What code works out is its own; transcripts of wrong answers stand there, too.
    found = _calculations(passage, numbers) if len(numbers) > 1 and not is_code else []
    if is_code:
        numbers = [claim for claim in numbers if claim.key]
    claims = list(_grouped(numbers, found)) if found else numbers
    if named:
        claims = sorted([*claims, *named], key=_start)
    return Extraction(tuple(claims), tuple(found)) if claims or found else _NOTHING


@lru_cache(maxsize=8)
def _has_cues(block: str, cues: frozenset[bytes]) -> bool:
    """Whether a cue stands in a block of code."""
    return not cues.isdisjoint(_words(block))


def _words(raw: str) -> Iterable[bytes]:
    """All runs of letters, in lower case."""
    if raw.isascii():
        return raw.encode().translate(_PLAIN).split()
    return map(str.encode, re.findall(_LETTERS, raw.lower()))


def _has_digits(raw: str, is_code: bool) -> bool:
    """Whether there may be numbers in digits; in code, whether anything is set to one."""
    if raw.isascii() and not is_code:
        return _PLAIN_DIGIT.search(raw) is not None
    return re.search(_SETTING if is_code else _DIGIT, raw) is not None


def _may_have_paths(raw: str, is_code: bool) -> bool:
    """Whether there may be paths: in a code line, in a code span, behind a link."""
    if "]" in raw and not is_code and _OWN_LINK.search(raw):
        return True
    is_marked = is_code or "`" in raw or "<" in raw
    return is_marked and ("/" in raw or "&" in raw or _ENDING.search(raw) is not None)


def _outside(numbers: list[Claim], named: list[Claim]) -> list[Claim]:
    """The numbers that are no part of a name; a link's text is prose, whatever its address."""
    names = [one for one in named if one.kind != PATH or one.text == one.digits]
    blocked = Spans((one.start, one.end) for one in names)
    return [claim for claim in numbers if not blocked.overlaps(claim.start, claim.end)]


_start = attrgetter("start")


def _named(passage: Passage, lexicon: Lexicon, has_model: bool, has_paths: bool) -> list[Claim]:
    """Models, checksums and paths."""
    named = list(names.models(passage, lexicon)) if has_model else []
    if has_paths:
        hub_ids = {claim.text for claim in named}
        named += [one for one in names.paths(passage) if one.digits not in hub_ids]
    if names.may_have_checksums(passage.raw):
        named[:0] = names.checksums(passage)
    return named


def _calculations(passage: Passage, numbers: list[Claim]) -> list[Equation]:
    found, kinds = equations(passage, numbers), {claim.kind for claim in numbers}
    if FRACTION in kinds:
        found += percents_of_fractions(passage, numbers)
    if POINTS in kinds:
        triples = zip(numbers, numbers[1:], numbers[2:], strict=False)
        found += filter(None, (change(passage, triple) for triple in triples))
    return found


def _grouped(claims: list[Claim], found: list[Equation]) -> Iterator[Claim]:
    """The claims, each with the number, from 1, of the equation that it is a part of."""
    spans = Spans((equation.start, equation.end) for equation in found)
    numbers = {(equation.start, equation.end): at for at, equation in enumerate(found, 1)}
    for claim in claims:
        span = spans.at(claim.start)
        is_part = span is not None and claim.end <= span[1]
        yield claim._replace(group=numbers[span]) if span and is_part else claim
