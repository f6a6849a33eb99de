"""Edits that put a fact's number in place of a claim's, in the form that the claim has."""

from collections.abc import Iterable
from fractions import Fraction

from mirage_lint import vocabulary
from mirage_lint.claims.claim import FRACTION, NUMBER, PERCENT, Claim
from mirage_lint.claims.numerals import plain
from mirage_lint.core.conversions import factors
from mirage_lint.core.edits import Edit
from mirage_lint.core.facts import Fact
from mirage_lint.core.interval import Interval, stored
from mirage_lint.documents.source import Source
from mirage_lint.fixing.numerals import Written, find, like, written

RATES = frozenset({"ratio", "percent"})
"""Units that are no things to be counted."""

_HEADS = tuple(Fraction(10) ** power for power in (0, 3, 6, 9))
"""What the head of a column may tell of its numbers: thousands, millions, billions."""
_NEAR = 2
"""How many times one number may be another and still be a slip of it."""

_SHORT = 3
_NOUNS = frozenset({"single", "dozen"})
"""Words for numbers that others stand for better: they take another noun, or none."""

Edits = tuple[Edit, ...]


def as_facts(claim: Claim, facts: Iterable[Fact], source: Source) -> Edits:
    """The edits that make a claim say what ``facts`` say; none where they say different things, or
    it cannot be told how it would be written.
    """
    answers = {_as_fact(claim, fact, source) for fact in facts if fact.kind == "number"}
    return answers.pop() if len(answers) == 1 else ()


def as_value(claim: Claim, value: Fraction, source: Source) -> Edits:
    """The edits that make a claim say ``value``, which is as its calculation gives it."""
    unit = _scale(claim)
    form = written(claim, source)
    if unit is None or form is None or value < 0 or _is_negative(claim):
        return ()
    return _edits(claim, form, like(form, value / unit, "", False), source)


def _as_fact(claim: Claim, fact: Fact, source: Source) -> Edits:
    if claim.kind == FRACTION:
        return _as_parts(claim, fact, source)
    exact, _ = stored(fact.value, fact.unit)
    if (exact < 0) != _is_negative(claim) and exact:
        return ()
    ways = factors(fact.unit, claim.unit) or (Fraction(1),)
    if len(ways) > 1:
        return ()  # kilobytes of 1,000 or of 1,024 bytes
    exact *= ways[0]
    form, value = written(claim, source), abs(exact)
    if form is None:
        return _as_word(claim, value, source)
    number = _number(claim, fact, form, value)
    if number is None:
        return ()
    is_setting = claim.key != "" and not fact.denominator and _is_short(fact.value)
    text = like(form, number, claim.hedge, is_setting and not claim.hedge)
    return _edits(claim, form, text, source)


def _is_short(value: str) -> bool:
    """Whether a stored value is as short as people choose settings, so that none is rounded."""
    mantissa = value.lower().partition("e")[0]
    return len(mantissa.replace(".", "").strip("-0")) <= _SHORT


def _number(claim: Claim, fact: Fact, form: Written, value: Fraction) -> Fraction | None:
    """What the numeral must be for the claim to say ``value``: its marks and heads say the rest;
    None where they leave that open.
    """
    unit = _scale(claim)
    if unit is None:
        return None
    there = Fraction(plain(form.text))
    is_bare = not fact.unit and not fact.value.endswith("%")
    if claim.kind == PERCENT and is_bare and value > 1:
        return value
    if claim.kind == NUMBER and (fact.unit in RATES or (is_bare and value <= 1)):
        return _rate(claim, form, there, value)
    if claim.kind == NUMBER and unit == 1 and claim.passage.column and there:
        value = min((value / head for head in _HEADS), key=lambda one: _apart(one, there))
    if claim.kind == NUMBER and unit == 1 and not form.places and value.denominator != 1:
        return None  # a count of what is no count
    return value / unit


def _rate(claim: Claim, form: Written, there: Fraction, value: Fraction) -> Fraction | None:
    """A bare rate as its column tells it, in percent or not: by its head, or by what is nearest."""
    column = claim.passage.column
    if column and "%" in column.text:
        return value * 100
    if form.text.isdecimal() and value.denominator != 1:
        return None  # a count of what is no count
    is_percent = _apart(value * 100, there) < _NEAR if there else False
    if there > 1:
        return value * 100 if is_percent else None
    return None if is_percent else value


def _apart(one: Fraction, other: Fraction) -> Fraction:
    """How many times one is the other, whichever is larger."""
    return max(one / other, other / one) if one else Fraction(10**12)


def _scale(claim: Claim) -> Fraction | None:
    """What a numeral is times for the claim's value; None where the claim is no single one."""
    if claim.said is None or isinstance(claim.said, Interval):
        return None
    return Fraction(claim.said[1])


def _is_negative(claim: Claim) -> bool:
    return claim.said is not None and not isinstance(claim.said, Interval) and claim.said[3]


def _as_parts(claim: Claim, fact: Fact, source: Source) -> Edits:
    """A fraction: what stands over the bar, and below it where that is another."""
    over, below = claim.numerator, claim.denominator
    wanted = _parts(fact, below)
    start, end = claim.passage.source_span(claim.start, claim.end)
    top = find(str(over), source, start, end)
    if wanted is None or top is None:
        return ()
    edits = _edits(claim, top, like(top, Fraction(wanted[0]), "", False), source)
    if wanted[1] == below:
        return edits
    bottom = find(str(below), source, top.start + len(top.text), end)
    if bottom is None:
        return ()
    return (*edits, *_edits(claim, bottom, like(bottom, Fraction(wanted[1]), "", False), source))


def _parts(fact: Fact, below: int | None) -> tuple[int, int] | None:
    """A fact as a fraction: its own, or the one over ``below`` that it may have been."""
    if fact.denominator:
        return int(fact.numerator), int(fact.denominator)
    if not below:
        return None
    exact, reach = stored(fact.value, fact.unit)
    whole = round(exact * below)
    return (whole, below) if reach.holds(Fraction(whole, below)) else None


def _as_word(claim: Claim, value: Fraction, source: Source) -> Edits:
    """A number in one word: "three" becomes "one"."""
    start, end = claim.passage.source_span(*claim.number)
    word = source.text[start:end]
    numbers: dict[str, int] = vocabulary.load("words")["numbers"]
    if word.lower() not in numbers or value.denominator != 1:
        return ()
    names = [name for name, number in numbers.items() if number == value and name not in _NOUNS]
    if not names:
        return ()
    new = names[0].capitalize() if word[:1].isupper() else names[0]
    was_one, is_one = numbers[word.lower()] == 1, value == 1
    return (Edit(start, end, new), *_noun(claim, was_one, is_one, source))


def _edits(claim: Claim, form: Written, text: str, source: Source) -> Edits:
    """The numeral's edit, with its noun's where one thing becomes many."""
    if not text or text == form.text:
        return ()
    edit = Edit(form.start, form.start + len(form.text), text)
    if claim.kind != NUMBER:
        return (edit,)
    return (edit, *_noun(claim, form.text == "1", text == "1", source))


def _noun(claim: Claim, was_one: bool, is_one: bool, source: Source) -> Edits:
    """The edit that makes the noun behind a number one or many: "1 epoch", "3 epochs"."""
    behind = claim.passage.text[claim.number[1] : claim.end]
    if was_one == is_one or not behind.startswith(" ") or not behind.strip().isalpha():
        return ()
    at = claim.passage.source_span(claim.end - 1, claim.end)[1]
    if is_one and behind.endswith("s") and not behind.endswith("ss"):
        return (Edit(at - 1, at, ""),) if source.text[at - 1 : at] == "s" else ()
    return (Edit(at, at, "s"),) if was_one and not behind.endswith("s") else ()
