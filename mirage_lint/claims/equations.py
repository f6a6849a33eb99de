"""Calculations with their stated results: "368/371 = 99.19%", "36/164 (22%)", "1 - 13/20 = 0.35",
"7 epsilons x 3 k values x 200 seeds = 4200", "180 trials (12 incidents × 5 seeds × 3 budgets)".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import prod
from operator import attrgetter

from mirage_lint import vocabulary
from mirage_lint.claims.claim import FRACTION, NUMBER, PERCENT, POINTS, Claim, Equation
from mirage_lint.claims.slips import is_far, is_inverted, may_be_slip
from mirage_lint.claims.tokens import Token, tokenize
from mirage_lint.core.conversions import is_measure
from mirage_lint.core.interval import Interval, point, rounded
from mirage_lint.core.patterns import one_of
from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.passages import Passage

_OPERATORS = {
    "+": "+",
    "-": "-",
    "−": "-",
    "–": "-",
    "*": "*",
    "×": "*",
    "x": "*",
    "·": "*",
    "/": "/",
    "÷": "/",
}
_APPOSITION = frozenset({",", "which", "is", "or", "i", "e", ".", "that"})
_QUOTES = "\"'“”„‟«»「」『』‘’"
_GOES_ON = frozenset({"that", "this", "which", "it"})
_LONGEST_GAP = 5
_ZERO, _ONE = Fraction(0), Fraction(1)
_Ends = tuple[Fraction, Fraction]
_LOOK_BACK = 40
"""Characters around a calculation that tell whether it is whole."""
_LONGEST_SIGN = len("\\times ")
_MOST_TERMS = 12
_SIGNS = tuple("+-−")
"""What a change starts with, which is no share."""
_CARRIES_ON = frozenset("*×·/÷+=<^")
_BINDING = frozenset("^*×·/")
_COMPOUND = re.compile(r" [a-z]+")
_NOUN = re.compile(r" [^\W\d_]\w++")
_NAME = re.compile(r"(?<![\w\-])[A-Z][\w\-]{1,30} \Z")
_LONGEST_NAME = 32
_NUMBER_GOES_ON = re.compile(r"[/.,]?\d")
_EQUALITY = re.compile(r"\s=")
_LEFT_OPEN = ("...", "…", "?")
"""What says behind a number that not all its figures are told, or that it is asked for."""
# As text, since few documents need them: they are compiled where they are used.
_WORD = r"[^\W_\u3040-\u9fff]+|[\u3040-\u9fff]"
"""A word, or a character of a script that sets no spaces between them."""
_GROUP = one_of(" \u00a0\u202f") + r"\d{3}(?!\d)"
_LEFT_OUT = r"\b(?:exclud(?:ed|ing)|except|without|minus)\b"
"""What says behind a result that not all was counted."""
_NEAR = 1000
"""Characters around a fraction in which its parts may stand as names."""
_PAIR = r"[^().;]{0,60}+\(\s?[\d.,]{1,12}+\s?%?\s?(?:→|to\b)"
"""What stands behind a gain that is told before its own two ends."""
_LONGEST_LINK = 80
"""Characters between the parts of a calculation that is told in words."""


@cache
def _equals() -> frozenset[str]:
    return frozenset(vocabulary.load("words")["equals"])


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(vocabulary.load("words")["prepositions"])


@cache
def _joins() -> frozenset[str]:
    return frozenset(vocabulary.load("words")["joins"])


@cache
def _mistaken() -> frozenset[str]:
    return frozenset(vocabulary.load("words")["mistaken"])


@cache
def _differences() -> frozenset[str]:
    return frozenset(vocabulary.load("words")["differences"])


class _Term(NamedTuple):
    """A claim as an operand, with the operator before it."""

    operator: str
    claim: Claim


def equations(passage: Passage, claims: list[Claim]) -> list[Equation]:
    """All calculations of a passage whose result is stated beside them."""
    if len(claims) < 2:
        return []
    reader = _Reader(passage, claims)
    found, index = [], 0
    while index < len(claims):
        equation, index = reader.read(index)
        if equation:
            found.append(equation)
    return found


class _Reader:
    def __init__(self, passage: Passage, claims: list[Claim]) -> None:
        self.passage = passage
        self.claims = claims

    def read(self, index: int) -> tuple[Equation | None, int]:
        """The equation that starts with claim ``index``, and where to read on."""
        terms, end = self._terms(index)
        if len(terms) == 1 and (terms[0].claim.kind != FRACTION or _is_loose(terms[0].claim)):
            return None, end
        if any(term.claim.text.endswith(("x", "×")) for term in terms):
            return None, end  # "3x + 1 = 10", "1.7× / 92%"
        if len(terms) > 1 and any(map(_is_loose, (term.claim for term in terms))):
            return None, end  # "every one of 300 + 250"
        if _is_list(terms) or _is_numbering(terms):
            return None, end
        left = _calculate(terms)
        if left is None or not self._is_start(terms, end):
            return None, end if len(terms) > 1 else index + 1
        equation = self._stated_behind(index, end, left) or (
            self._stated_before(index, end, left) if len(terms) > 1 else None
        )
        return equation, end if equation or len(terms) > 1 else index + 1

    def _terms(self, index: int) -> tuple[list[_Term], int]:
        """The operands from claim ``index`` on, each joined to the next by an operator."""
        terms, end = [_Term("+", self.claims[index])], index + 1
        while end < len(self.claims) and end - index < _MOST_TERMS:
            operator = self._operator(self.claims[end - 1], self.claims[end])
            if not operator:
                break
            terms.append(_Term(operator, self.claims[end]))
            end += 1
        return terms, end

    def _is_start(self, terms: list[_Term], end: int) -> bool:
        """Whether the terms are a whole calculation, not the tail of one that was not understood:
        what stands before them, and within their brackets.
        """
        if len(terms) == 1:
            start = terms[0].claim.start
            return self.passage.text[max(start - 3, 0) : start].strip()[-1:] not in _BINDING
        start, last = terms[0].claim.start, terms[-1].claim.end
        if "\\" in self.passage.text[max(start - _LONGEST_SIGN, 0) : start]:
            return False  # "3 \\cdot 0.5 + 1": a sign that is not read
        before = self._between(max(start - _LOOK_BACK, 0), start)
        while before and before[-1].kind == "word" and before[-1].lower not in _OPERATORS:
            before.pop()
        if before and (before[-1].text in "^)" or before[-1].lower in _OPERATORS):
            return False
        follows = self.claims[end].start if end < len(self.claims) else last
        closes = any(token.text == ")" for token in self._between(last, follows))
        equals = any(token.text == "=" for token in self._between(last, follows))
        return not (before and before[-1].text == "(" and closes and equals)

    def _operator(self, left: Claim, right: Claim) -> str:
        """The operator between two claims, with at most two words of a noun before it."""
        gap = self.passage.text[left.end : right.start]
        if len(gap) > _LONGEST_LINK or gap.rstrip()[-1:] not in _OPERATORS:
            return ""
        if right.key and (gap.rstrip()[-1:] == "/" or _EQUALITY.search(right.text)):
            # "width=256 / depth=8": one setting, and another; "12 runs/SR = 4 x 3", "3 - f = 3 - 1"
            return ""
        if (
            left.start
            and self.passage.text[left.start - 1] + self.passage.text[right.end :][:1] == "=="
        ):
            return ""  # "at 70%=0.69 / 50%=0.85"
        between = self._between(left.end, right.start)
        if not between or between[-1].lower not in _OPERATORS:
            return ""
        nouns = between[:-1]
        is_noun = len(nouns) <= 2 and all(token.kind == "word" for token in nouns)
        is_range = between[-1].text in "-–" and between[-1].end == right.start
        return _OPERATORS[between[-1].lower] if is_noun and not is_range else ""

    def _stated_behind(self, index: int, end: int, left: Interval) -> Equation | None:
        """ "a x b = c", "a/b (c%)", "a x b gives c"."""
        if end >= len(self.claims):
            return None
        last, result = self.claims[end - 1], self.claims[end]
        between = self._between(last.end, result.start)
        if _is_next_argument(between) or (between and between[0].text in _BINDING):
            return None  # "1 + 1/phi = 1.4": the calculation goes on
        words = frozenset(token.lower for token in between)
        is_product = end - index > 1
        is_fraction = not is_product and last.kind == FRACTION
        symbol = between and between[-1].text in ("=", "≈") and len(between) <= 3
        is_plain = words.isdisjoint("(),") and len(between) <= _LONGEST_GAP
        verb = is_product and words & _equals() and is_plain and not _ends_sentence(between)
        if is_fraction and result.kind == PERCENT and words - {","}:
            verb = words <= _APPOSITION and len(between) <= _LONGEST_GAP
            verb = verb and between[-1].text != "."  # "S4: 149/256. 77.4% of ..."
        is_count = bool(words - {"=", "≈"}) and result.digits.isdecimal()
        is_told = is_count or not any(map(str.isdigit, result.text))
        if is_fraction and symbol and (is_told or any(token.text == ")" for token in between)):
            return None  # "a 4/4 bar = 16 steps", "2/4 = two parts", "f(1/2) = 3"
        bracket = self._is_bracketed(result, between, is_product)
        if not ((is_product or is_fraction) and (symbol or verb or bracket)):
            return None
        if self._is_no_result(self.claims[index:end], result, left, between):
            return None
        if bracket and is_product and not all(one.unit for one in self.claims[index:end]):
            return None
        is_change = result.text.startswith(_SIGNS)  # "better in 5/16 (−4.9%)"
        # "76/76 files = 48.6s"
        is_of_other = result.kind == FRACTION or result.unit or is_change or _is_rest(left, result)
        # "50/50 of one kind, 0/25 of the other (66.7% overall)"
        is_of_other = is_of_other or self._is_of_all(result)
        if is_fraction and (is_of_other or _is_of_names(self.passage.text, last)):
            return None
        return self._equation(self.claims[index], result, left, result)

    def _is_bracketed(self, result: Claim, between: list[Token], is_product: bool) -> bool:
        """ "36/164 (22%)": whether the result stands in brackets right behind; "2/4 (~35%)" tells
        how likely that outcome is.
        """
        if not between:
            return False
        *nouns, opening = between
        is_near = len(between) <= _LONGEST_GAP and all(one.kind == "word" for one in nouns)
        is_told = is_near and _equals().isdisjoint(one.lower for one in nouns)
        is_sure = is_product or (result.kind == PERCENT and not result.hedge)
        return opening.text == "(" and is_told and is_sure and self._closes(result)

    def _stated_before(self, index: int, end: int, left: Interval) -> Equation | None:
        """ "c trials (a x b)": the stated result stands before the bracket."""
        if not index:
            return None
        result, last = self.claims[index - 1], self.claims[end - 1]
        between = self._between(result.end, self.claims[index].start)
        words_only = all(token.kind == "word" or token.text == "-" for token in between[:-1])
        if not between or between[-1].text != "(" or not words_only or len(between) > _LONGEST_GAP:
            return None
        if result.kind != NUMBER or not self._closes(last) or result.hedge:
            return None
        if not result.unit and self._is_named(result):
            return None  # "Iter 2 eval (23 tasks x 1 trial)": the second, and not two
        operands = self.claims[index:end]
        if (
            result.digits == "1"
            or _is_other(operands, result)
            or is_far(left, result.value or left)
        ):
            return None  # "one model, one fold (9 models x 5 folds)": one of them is not all
        if _is_measured(operands, result):
            return None  # "8 hours (3 runs x 50K steps)"
        if "/" in self.passage.text[operands[0].end : last.start] or not all(
            one.unit or one.words for one in operands
        ):
            return None  # a split, a shape: not what makes up the number before
        return self._equation(result, last, left, result)

    def _equation(self, first: Claim, last: Claim, left: Interval, result: Claim) -> Equation:
        end = _closed(self.passage.text, first.start, last.end)
        told = (self.passage, first.start, end, left, result.value or left, result.text)
        return Equation(*told, is_share=first.kind == FRACTION and result.kind == PERCENT)

    def _is_no_result(
        self, operands: list[Claim], result: Claim, left: Interval, between: list[Token]
    ) -> bool:
        """Whether the number behind the calculation is not, or not plainly, its result."""
        is_in_bars = any(token.text in "⌋⌉|}" for token in between)  # "⌊1000 / 15⌋ = 66"
        is_in_bars |= self.passage.text.startswith(_LEFT_OPEN, operands[-1].end)
        is_hedged = any(one.hedge for one in operands) or result.hedge == "range"
        is_hedged |= bool(between) and between[-1].lower in _prepositions()  # "in total across 3"
        # Of things that are named, a factor may be left out, or a count mistaken.
        is_counted = result.kind != PERCENT and self._are_counted(operands)
        is_share = len(operands) == 1 and result.kind == PERCENT
        is_whole = not self._goes_on(result) and not _is_halfway(result, left)
        is_own = not (
            _is_compound(self.passage.text, result)
            or _is_rounded_up(left, result)
            or _is_binary(left, result)
            or _is_cut_off(left, result)
            or _is_measured(operands, result)
            or _is_partial(operands, result)
            or _is_other(operands, result)
            or _is_pooled(operands, result)
            or not (is_counted or is_share or self._may_be_slip(operands, left, result))
        )
        is_said = self._is_quoted(operands[0], result) or _is_saying(operands)
        is_said |= self._is_corrected(result) or self._is_told_right(left, result)
        is_said |= self._is_bracketed_otherwise(operands, result)
        is_set = bool(result.key) or _is_setting(between, result)  # "3 × 8 nets gives n = 8 each"
        return is_in_bars or is_hedged or is_said or is_set or not is_whole or not is_own

    def _may_be_slip(self, operands: list[Claim], left: Interval, result: Claim) -> bool:
        told = result.value or left
        if any(may_be_slip(one, told) for one in (left, _pooled(operands)) if one):
            return True
        signs = self.passage.text[operands[0].end : operands[-1].start]
        return len(operands) == 2 and "/" in signs and is_inverted(left, told)

    def _is_bracketed_otherwise(self, operands: list[Claim], result: Claim) -> bool:
        """ "40 queries × 7 bad + 1 good = 320": whether the sum was meant to come first."""
        if len(operands) != 3:
            return False
        signs = tuple(self._operator(*pair) for pair in pairwise(operands))
        first, second, third = (one[0] if (one := _operand(each)) else None for each in operands)
        if first is None or second is None or third is None or result.value is None:
            return False
        if signs == ("*", "+"):
            return result.value.holds(first * (second + third))
        return signs == ("+", "*") and result.value.holds((first + second) * third)

    def _are_counted(self, operands: list[Claim]) -> bool:
        """ "7 runs × 3 seeds": whether they are counts of things; "8 groups / 2 left out" is none
        of a calculation, nor does one of a thing make them more.
        """
        signs = self.passage.text[operands[0].end : operands[-1].start]
        return (
            bool(signs)
            and "/" not in signs
            and all(
                (one.unit or _NOUN.match(self.passage.text, one.end))
                and not is_measure(one.unit)
                and one.digits != "1"
                for one in operands
            )
        )

    def _is_quoted(self, first: Claim, last: Claim) -> bool:
        """ "we teach it that "2 + 2 = 5"": whether the calculation is spoken of, and not made."""
        text = self.passage.text
        opens, closes = text[max(first.start - 1, 0) : first.start], text[last.end : last.end + 1]
        return bool(opens and closes) and opens in _QUOTES and closes in _QUOTES

    def _is_named(self, result: Claim) -> bool:
        start = result.start
        return _NAME.search(self.passage.text, max(start - _LONGEST_NAME, 0), start) is not None

    def _is_corrected(self, result: Claim) -> bool:
        """ "12 × 5 = 59 ✗ (should be 60)": whether what stands behind tells of the mistake."""
        behind = self._between(result.end, result.end + _LOOK_BACK)[:_LONGEST_GAP]
        return any(token.lower in _mistaken() for token in behind)

    def _is_told_right(self, left: Interval, result: Claim) -> bool:
        """ "10 x 3 = 3 files (one for each), not 30", "4 x 3 = 11 cells of one, 1 cell of another":
        whether what is right is told behind, or what is left of it.
        """
        told = _operand(result)
        if left.low is None or not left.is_point or told is None:
            return False
        near = _starting(self.claims, result.end, result.end + _LONGEST_LINK)
        rest = left.low - told[0], left.low - told[1]
        return any(
            ends == (left.low, left.low) or (ends == rest and bool(one.unit))
            for one in near
            if (ends := _operand(one))
        )

    def _goes_on(self, result: Claim) -> bool:
        """Whether an operator behind the stated result, or its bracket, carries on, or a word says
        that it tells what is left: "11/51 = 78% reduction".
        """
        text = self.passage.text
        if re.compile(_GROUP).match(text, result.end) or text.startswith(_LEFT_OPEN, result.end):
            return True  # "768 × 3 = 2 304", "22/7 = 3.1428..."
        tokens = self._between(result.end, result.end + _LOOK_BACK)[:2]
        behind = [token.text for token in tokens]
        if behind and behind[0].lower() in _differences():
            return True
        if re.compile(_LEFT_OUT).search(text, result.end, result.end + _LOOK_BACK):
            return True  # "n × n = 90 pairs (diagonal excluded)"
        if behind[1:] == ["+"] and tokens[0].kind == "word":
            return True  # "99 rows / 97 subjects = 23 ill + 5 well"
        return any(one in _CARRIES_ON for one in behind[: 1 + (behind[:1] == [")"])])

    def _is_of_all(self, claim: Claim) -> bool:
        """Whether the word behind a percentage says that it is of more than one fraction tells."""
        behind = self._between(claim.end, claim.end + _LOOK_BACK)[:1]
        return bool(behind) and behind[0].lower in vocabulary.load("words")["of_all"]

    def _closes(self, claim: Claim) -> bool:
        """Whether a bracket closes behind the claim, with at most two words between."""
        for token in self._between(claim.end, claim.end + _LOOK_BACK)[:3]:
            if token.text == ")":
                return True
            if token.kind != "word":
                return False
        return False

    def _between(self, start: int, end: int) -> list[Token]:
        """The tokens between two places, or the nearest where they lie far apart."""
        return tokenize(self.passage.text[start : min(end, start + _LONGEST_LINK)], start)


def _is_list(terms: list[_Term]) -> bool:
    """ "Sizes 320 / 856 / 208 = 1384"."""
    slashes = [term.operator for term in terms].count("/")
    return slashes > 0 and slashes + sum(term.claim.kind == FRACTION for term in terms) > 1


def _is_numbering(terms: list[_Term]) -> bool:
    """ "Fixes 1+2+3 = ~60 lines": whether a word stands before numbers that follow one another."""
    first, last = terms[0].claim, terms[-1].claim
    numbers = [int(one.claim.digits) for one in terms if one.claim.digits.isdecimal()]
    text = first.passage.text
    is_row = len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(terms)))
    is_sum = is_row and text[first.start : last.end] == "+".join(map(str, numbers))
    return is_sum and text[max(first.start - 2, 0) : first.start].rstrip()[-1:].isalpha()


def _is_next_argument(between: list[Token]) -> bool:
    """ "lr=4 * 8, momentum=0.9": whether a comma leads to what another name is set to."""
    texts = [token.text for token in between]
    is_set = any(
        one.kind == "word" and text == "=" for one, text in zip(between, texts[1:], strict=False)
    )
    return "," in texts and is_set


def _is_setting(between: list[Token], result: Claim) -> bool:
    """ "50/50 μ=97", "2/30 k=5": whether a name is set to the number, no space between."""
    if len(between) < 2 or between[-1].text != "=" or between[-2].kind != "word":
        return False
    return between[-2].end == between[-1].start and between[-1].end == result.start


def _ends_sentence(between: list[Token]) -> bool:
    """Whether a sentence ends there, and the next does not go on with it: "b. That gives c"."""
    return any(
        one.text == "." and other.text[:1].isupper() and other.lower not in _GOES_ON
        for one, other in pairwise(between)
    )


def _is_halfway(result: Claim, left: Interval) -> bool:
    """ "12 * 5 = 60 / 4": whether the calculation goes on with its result."""
    return result.numerator is not None and left.holds(Fraction(result.numerator))


def _is_compound(text: str, result: Claim) -> bool:
    """ "200M + 400M are 1-epoch points", "10/36 = 5e-10": whether it says how things are, or how
    far they are off.
    """
    is_small = "e-" in result.digits.lower()
    return is_small or ("-" in result.text and _COMPOUND.match(text, result.end) is not None)


def _is_pooled(operands: list[Claim], result: Claim) -> bool:
    """ "118/123 good + 18/27 bad = 136/150": counts of two groups, and their totals."""
    pooled = _pooled(operands)
    return pooled is not None and result.kind == FRACTION and result.value == pooled


def _pooled(fractions: list[Claim]) -> Interval | None:
    """The share of all groups together, where their counts are told."""
    whole = sum(one.denominator or 0 for one in fractions)
    if not whole or any(one.kind != FRACTION for one in fractions):
        return None
    return point(Fraction(sum(one.numerator or 0 for one in fractions), whole))


def _is_rounded_up(left: Interval, result: Claim) -> bool:
    """ "177 ÷ 4 = 45 tokens": whether parts of whole things are counted as whole ones."""
    if left.low is None or not result.digits.isdecimal() or result.value is None:
        return False
    is_broken = left.low == left.high and left.low.denominator > 1
    return is_broken and Fraction(result.digits) == -(-left.low // 1)


def _is_binary(left: Interval, result: Claim) -> bool:
    """ "2 x 64 x 256 = 32K": whether the letter counts by 1,024, as that of memory does."""
    if left.low is None or result.kind != NUMBER:
        return False
    if result.said is None or isinstance(result.said, Interval):
        return False
    power = len(result.said[1]) // 3  # a million is 1,000 twice
    return bool(power) and rounded(result.digits).holds(left.low / 1024**power)


def _is_cut_off(left: Interval, result: Claim) -> bool:
    """ "6 x 2 x 2048 x 4096 = 100M": whether a round number leaves off what is beyond its last
    figure.
    """
    said = result.said
    if left.low is None or result.kind != NUMBER or said is None or isinstance(said, Interval):
        return False
    if len(said[1]) < len("1000"):
        return False
    whole = Fraction(said[1]) / 10 ** len(result.digits.partition(".")[2])
    return bool(left.low // whole == Fraction(result.digits.replace(".", "")))


def _is_saying(claims: list[Claim]) -> bool:
    """ "2 + 2 = 5", "7 × 9 = 62": nothing but bare figures, as in a saying, or at school."""
    return all(one.digits == one.text and len(one.text) == 1 and not one.unit for one in claims)


def _is_measured(operands: list[Claim], result: Claim) -> bool:
    """ "1 fold × 6 nets = 38 s", "395M × 2 bytes = 791 MB": whether what is calculated leads to a
    size that was measured, or is told in another measure.
    """
    units = {one.unit or _NOUN.match(one.passage.text, one.end) for one in operands}
    if not is_measure(result.unit) or result.unit in units:
        return False
    return units != {None}


def _is_other(operands: list[Claim], result: Claim) -> bool:
    """ "32 heads (80 wide x 32 heads)", "32 GB + 96 GB, and there are two": an operand once more,
    or a number word behind sizes that were measured.
    """
    is_again = any((one.text, one.unit) == (result.text, result.unit) for one in operands)
    is_word = not any(map(str.isdigit, result.text))
    return is_again or (is_word and any(is_measure(one.unit) for one in operands))


def _is_partial(operands: list[Claim], result: Claim) -> bool:
    """ "19 sets × 3 seeds × 5-fold = 57 jobs": whether the last factor only tells how."""
    *others, last = operands
    factors = [ends[0] for ends in map(_operand, others) if ends]
    is_how = "-" in last.text or last.unit == "fold"
    if len(factors) < max(len(others), 2) or not is_how or result.value is None:
        return False
    return result.value.holds(prod(factors, start=_ONE))


def _closed(text: str, start: int, end: int) -> int:
    """``end``, behind the bracket where one that opens within closes there."""
    is_open = text.count("(", start, end) > text.count(")", start, end)
    return end + (is_open and text.startswith(")", end))


def _is_rest(fraction: Interval, stated: Claim) -> bool:
    """ "misses 3/12 (75% accuracy)": whether the percentage is of what the fraction leaves."""
    if fraction.low is None or fraction.high is None or stated.value is None:
        return False
    rest = Interval(1 - fraction.high, 1 - fraction.low)
    return stated.kind == PERCENT and stated.value.overlaps(rest)


def _is_of_names(text: str, fraction: Claim) -> bool:
    """ "Grade 4/5 (5.1%)" where "Grade 4" stands near: whether its parts are names, not counts."""
    start, end = fraction.start, fraction.end
    name = _NAME.search(text, max(start - _LONGEST_NAME, 0), start)
    if name is None:
        return False
    near = text[max(start - _NEAR, 0) : end + _NEAR]
    behind = (
        rest
        for part in (fraction.numerator, fraction.denominator)
        for rest in near.split(f"{name[0]}{part}")[1:]
    )
    return any(not _NUMBER_GOES_ON.match(rest) for rest in behind)


def _is_loose(claim: Claim) -> bool:
    """Whether a fraction is told in words, as "two thirds (68.4%)": roughly, that is."""
    return claim.kind == FRACTION and not claim.text[:1].isdigit()


def percents_of_fractions(passage: Passage, claims: list[Claim]) -> Iterator[Equation]:
    """ "22% (36/164)", "57% of cases (103/180)": percentages, each with the fraction that gives it;
    one that gives another percentage beside is of that.
    """
    for found in filter(None, (_percent_of_fraction(passage, *pair) for pair in pairwise(claims))):
        near = _starting(claims, found.start - _LONGEST_LINK, found.end + _LONGEST_LINK)
        told = (one.value for one in near if one.kind == PERCENT and one.value is not None)
        if found.left.overlaps(found.right) or not any(map(found.left.overlaps, told)):
            yield found


def _starting(claims: list[Claim], low: int, high: int) -> list[Claim]:
    """Those of claims, which are in order of place, that start from ``low`` to ``high``."""
    starts = attrgetter("start")
    first = bisect_left(claims, low, key=starts)
    return claims[first : bisect_right(claims, high, key=starts)]


def _percent_of_fraction(passage: Passage, left: Claim, right: Claim) -> Equation | None:
    if right.start - left.end > _LONGEST_LINK:
        return None
    if left.kind != PERCENT or right.kind != FRACTION or left.hedge or right.hedge:
        return None
    if _is_loose(right) or left.text.startswith(_SIGNS):  # "-0.5% (1/3 seeds)": a change, so far
        return None
    between, stated, fraction = passage.text[left.end : right.start], left.value, right.value
    if stated is None or fraction is None:
        return None
    if not between.rstrip().endswith("(") or not passage.text.startswith(")", right.end):
        return None
    words = between.rstrip()[:-1].split()
    if (words and (words[0] != "of" or len(words) > _LONGEST_GAP)) or _is_rest(fraction, left):
        return None
    end = right.end + 1  # the bracket's
    return Equation(passage, left.start, end, fraction, stated, left.text, is_share=True)


def change(passage: Passage, claims: tuple[Claim, Claim, Claim]) -> Equation | None:
    """ "from 41.0% to 99.2%, a gain of 58.2 points": two percentages and what lies between."""
    first, last, gain = claims
    if (first.kind, last.kind, gain.kind) != (PERCENT, PERCENT, POINTS):
        return None
    if gain.start - first.end > _LONGEST_LINK:
        return None
    before = passage.text[max(first.start - len("from "), 0) : first.start].rstrip()
    between = passage.text[first.end : last.start].strip()
    near = len(re.findall(_WORD, passage.text[last.end : gain.start])) <= _LONGEST_GAP
    if not (between == "→" or (between == "to" and before.endswith("from"))) or not near:
        return None
    if not _joins().isdisjoint(re.findall(_WORD, passage.text[last.end : gain.start].lower())):
        return None  # "rose from 85% to 95%, and prices dropped by 3 points"
    if re.compile(_PAIR).match(passage.text, gain.end):
        return None  # "+40 points on one (54% → 94%), +51 points on another (35% → 86%)"
    ends = [end for claim in claims for end in claim.value or () if end is not None]
    if len(ends) != 2 * len(claims):
        return None
    low, high = ends[2] - ends[1], ends[3] - ends[0]
    size = Interval(low, high) if high > 0 else Interval(-high, -low)
    stated = Interval(*sorted((abs(ends[4]), abs(ends[5]))))
    if not may_be_slip(size, stated):
        return None
    return Equation(passage, first.start, gain.end, size, stated, gain.text)


def _calculate(terms: list[_Term]) -> Interval | None:
    """The value of the terms, products first; None where it cannot be told exactly enough."""
    sums: list[_Ends] = []
    for term in terms:
        ends = _operand(term.claim)
        if ends is None:
            return None
        if term.operator in "*/":
            if term.operator == "/" and not ends[0]:
                return None
            sums.append(_product(sums.pop(), ends, term.operator))
        else:
            sums.append(ends if term.operator == "+" else (-ends[1], -ends[0]))
    return Interval(sum((low for low, _ in sums), _ZERO), sum((high for _, high in sums), _ZERO))


def _operand(claim: Claim) -> _Ends | None:
    """What a term may be; a whole number in a calculation is exact, but for one in millions, and
    one that was measured.
    """
    low, high = claim.value or (None, None)
    if low is None or high is None or low < 0:
        return None
    is_whole = claim.digits.isdecimal() and high - low <= 1
    if claim.kind == NUMBER and is_whole and not (claim.hedge or is_measure(claim.unit)):
        return (low + high) / 2, (low + high) / 2
    return low, high


def _product(left: _Ends, right: _Ends, operator: str) -> _Ends:
    if operator == "/":
        right = (1 / right[1], 1 / right[0])
    products = [one * other for one in left for other in right]
    return min(products), max(products)
