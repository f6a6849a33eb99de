"""Parts of a whole in prose that cannot be: "12 of 9 runs", "45% of the 7 cases", "371 of the 400,
and the remaining 28". Whole things only, and only where nothing speaks of means, changes or the
like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, lru_cache

from mirage_lint import vocabulary
from mirage_lint.claims.claim import FRACTION, NUMBER, PERCENT, Claim, Equation
from mirage_lint.core import words
from mirage_lint.core.interval import Interval, point
from mirage_lint.documents.passages import Passage

# As text, what few passages need: it is compiled where it is used.
_OF = r"\s(?:out\s)?of\s(?:all\s)?(?:(?:the|its|our|these|those)\s)?"
_PLUS = r"\s?\+\s?"
_REMAINING = r"[^.!?]*\bremaining\s"
_NOUNS = r"(?:[ \n-]([^\W\d]+))?(?:[ \n-]([^\W\d]+))?(?:[ \n-]([^\W\d]+))?"
_ENDS_NUMBER = (
    r"[ \n](?:is|are|was|were|have|had|do|did|none|all|only|still|could|can|will|would|may)\b"
    r"|[,;:)]|\Z|\.(?!\d)"
)
_SHARE_OF = re.compile(r"\sof\s(?:all\s)?(?:(?:the|its|our|these|those)\s)?")
_N = re.compile(r"(?:\s[^\W\d]+){0,2}\s?\(\s?[nN]\s?=\s?")
_PERCENT = re.compile(r"\d+(?:\.\d+)?\s?(?:%|percent|per cent)")
_REACH = 24
_LONGEST_LINK = 80
"""Characters between a part and its whole."""
_MONTHS, _DAYS = 12, 31
_SMALLEST_WHOLE = 10
"""Below, a bar tells ratios, too: "16/9 images"."""
SLIP = 2
"""A part that is more than so many times its whole is of something else."""
_MOST_FINE = Fraction(1, 2)
"""How much of the scale the shares of a count may cover, rounded as told, if one that is none of
them is an error."""


def equations(passage: Passage, claims: tuple[Claim, ...]) -> Iterator[Equation]:
    """What a passage tells of parts and wholes that cannot be."""
    numbers = [one for one in claims if one.said is not None]
    for at, one in enumerate(numbers):
        if one.kind == FRACTION and "/" in one.text and _is_part(one):
            yield from _fraction(one)
        if at:
            yield from _pair(passage, numbers[at - 1], one, numbers[at - 2] if at > 1 else None)


def nearest(share: Interval, count: int) -> Fraction:
    """The share of a whole count that lies nearest to what a percentage says."""
    low, high = share
    middle = ((low or Fraction(0)) + (high or Fraction(1))) / 2
    return Fraction(round(middle * count), count)


def impossible_share(
    passage: Passage, span: tuple[int, int], share: Interval, count: int
) -> Equation:
    """A percentage that no whole part of ``count`` gives."""
    at = nearest(share, count)
    part = int(at * count)
    stated = passage.text[slice(*span)].strip()
    stated = found[0] if (found := _PERCENT.match(stated)) else f"{stated}%"
    reading = f"the nearest whole part, {part} of {count}, is"
    return Equation(passage, *span, point(at), share, stated, reading)


def larger_part(passage: Passage, span: tuple[int, int], part: int, whole: int) -> Equation:
    """A part that is larger than its whole."""
    reading = f"a part of {whole} is at most"
    limit, told = point(Fraction(whole)), point(Fraction(part))
    return Equation(passage, *span, limit, told, str(part), reading)


def _pair(passage: Passage, left: Claim, right: Claim, before: Claim | None) -> Iterator[Equation]:
    if right.start - left.end > _LONGEST_LINK:
        return
    gap = passage.text[left.end : right.number[0]]
    if right.kind == FRACTION and "/" not in right.text:
        if _is_bare(left) and re.compile(_PLUS).fullmatch(gap) and _is_part(right):
            yield from _part(left, int(left.digits) + (right.numerator or 0), right)
    elif not _is_whole(right):
        return
    elif left.kind == PERCENT and _PERCENT.fullmatch(left.text):
        yield from _percentage(left, right, gap)
    elif left.kind == FRACTION and re.compile(_REMAINING).fullmatch(gap):
        yield from _remaining(left, right)
    elif _is_bare(left) and re.compile(_OF).fullmatch(gap) and _is_part(right):
        yield from _larger(passage, left, right, before)


def _is_whole(claim: Claim) -> bool:
    """Whether a claim is a plain count in digits."""
    is_plain = claim.kind == NUMBER and claim.digits.isdecimal() and not claim.hedge
    return is_plain and claim.value is not None and claim.value.holds(Fraction(claim.digits))


def _is_bare(claim: Claim) -> bool:
    """Whether nothing is said of what a count counts, or what it is set to."""
    has_noun = claim.unit or claim.words or claim.key
    return _is_whole(claim) and not has_noun and claim.text.isdecimal()


# -- what is counted, and what is told of it -----------------------------------------------------


@cache
def _known(key: str) -> frozenset[str]:
    return frozenset(vocabulary.load("words")[key])


def _noun(claim: Claim) -> str:
    """The noun of whole things that a number counts, "" where it counts others or none."""
    text = claim.passage.text
    match = re.compile(_NOUNS).match(text, claim.number[1])
    for at, word in enumerate(match.groups() if match else (), 1):
        if match is None or word is None or word.lower() in _known("phrase_ends"):
            return ""
        if word.lower() in _known("whole_things"):
            # "the 20 examples' tokens" are no examples
            return "" if text[match.end(at) : match.end(at) + 1] in tuple("-'’/") else word.lower()
    return ""


@lru_cache(maxsize=16)
def _words(text: str) -> frozenset[str]:
    """The words of a text, which many numbers of it may ask for."""
    return frozenset(words.split(text))


def _tells_shares(passage: Passage) -> bool:
    """Whether nothing speaks of means, changes and other percentages that are no shares."""
    around = [passage, passage.intro, passage.column, *passage.headings[-1:], *passage.row[:1]]
    return all(_known("no_shares").isdisjoint(_words(one.text)) for one in around if one)


# -- parts ---------------------------------------------------------------------------------------


def _is_part(whole: Claim) -> bool:
    """Whether a number is the whole that another is a part of: what is counted are whole things,
    and nothing speaks of ratios.
    """
    return bool(_noun(whole)) and _known("ratios").isdisjoint(_words(whole.passage.text))


def _fraction(claim: Claim) -> Iterator[Equation]:
    """ "41/40 tasks", but no date, no score and no split."""
    part, whole = claim.numerator or 0, claim.denominator or 0
    is_date = min(part, whole) <= _MONTHS and max(part, whole) <= _DAYS
    is_plausible = _SMALLEST_WHOLE <= whole < part <= SLIP * whole
    # "our 100/50-sample results", "1770 / 1378 pairs": of one size, and another
    is_bar = "-" in claim.text or " / " in claim.text
    if is_plausible and not claim.hedge and not is_date and not is_bar:
        yield larger_part(claim.passage, (claim.start, claim.end), part, whole)


def _larger(
    passage: Passage, part: Claim, whole: Claim, before: Claim | None
) -> Iterator[Equation]:
    """ "12 of 9 runs", "12 out of the 9 runs", "5 + 13 of 12 runs"."""
    if (
        before
        and _is_bare(before)
        and re.compile(_PLUS).fullmatch(passage.text, before.end, part.start)
    ):
        yield from _part(before, int(before.digits) + int(part.digits), whole)
    else:
        yield from _part(part, int(part.digits), whole)


def _part(first: Claim, part: int, whole: Claim) -> Iterator[Equation]:
    """A part that starts with the number ``first``, if it is larger than its whole."""
    limit = whole.denominator or int(whole.digits)
    leading = _known("no_parts") | _known("label_nouns")
    if limit < part <= SLIP * limit and _word_before(first) not in leading:
        yield larger_part(whole.passage, (first.start, whole.end), part, limit)


def _word_before(claim: Claim) -> str:
    start = claim.start
    before = claim.passage.text[max(start - _REACH, 0) : start].split()
    return before[-1].strip("(").lower() if before else ""


def _remaining(taken: Claim, left: Claim) -> Iterator[Equation]:
    """ "371 of the 400 are degraded, and the remaining 29 are not"."""
    part, whole = taken.numerator or 0, taken.denominator or 0
    passage = taken.passage
    is_same = left.unit and left.unit == taken.unit and not left.words
    is_bare = not left.unit and re.compile(_ENDS_NUMBER).match(passage.text, left.end)
    if taken.hedge or not (is_same or is_bare):
        return
    rest, told = whole - part, int(left.digits)
    if 0 < rest != told < whole and told != part:
        reading = f"what remains of {whole} without {part} is"
        stated = point(Fraction(told))
        span = taken.start, left.end
        yield Equation(passage, *span, point(Fraction(rest)), stated, left.digits, reading)


# -- percentages ---------------------------------------------------------------------------------


def _percentage(share: Claim, whole: Claim, gap: str) -> Iterator[Equation]:
    """ "45% of the 7 cases", "45% (n = 7)": a percentage that no whole part gives."""
    value, count = share.value, int(whole.digits)
    if value is None or share.hedge or share.key or not count:
        return
    low, high = value.low or Fraction(0), value.high or Fraction(0)
    if not 0 < low < high < 1 or (high - low) * count > _MOST_FINE:
        return
    if value.holds(nearest(value, count)) or not _is_share(share, whole, gap):
        return
    is_open = "(" in gap and share.passage.text.startswith(")", whole.end)
    end = whole.end + is_open
    yield impossible_share(share.passage, (share.start, end), value, count)


def _is_share(share: Claim, whole: Claim, gap: str) -> bool:
    """Whether the text makes certain that the percentage is a share of just that many."""
    if _SHARE_OF.fullmatch(gap):
        is_certain = bool(_noun(whole)) and not _is_loose(share)
    else:
        is_certain = _N.fullmatch(gap) is not None and _is_n(share, whole)
    return is_certain and _tells_shares(share.passage)


def _is_loose(share: Claim) -> bool:
    """Whether a percentage is one that is often told roughly, or chosen: 50%, 75%, 80%."""
    return "." not in share.digits and (int(share.digits) % 10 == 0 or int(share.digits) % 25 == 0)


def _is_n(share: Claim, count: Claim) -> bool:
    """Whether an n in brackets can only be the whole: not the part that the percentage is of some
    other whole, and not the seeds that it is the mean of.
    """
    passage, value, part = share.passage, share.value, int(count.digits)
    is_alone = passage.text.startswith(")", count.number[1])
    if value is None or not value.low or not value.high or not (is_alone or _noun(count)):
        return False
    least, most = part / value.high, part / value.low
    is_of_other = most.numerator // most.denominator >= least
    ruled_out = _known("repeats") | _known("having_means")
    return not is_of_other and ruled_out.isdisjoint(_words(passage.text))
