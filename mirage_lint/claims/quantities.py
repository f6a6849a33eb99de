"""The grammar of quantities: from tokens to numbers with their units, exactly.

A number is read from its token outwards: what rules it out (a label, a date, an id), its sign and
hedge before it, its multiplier, percent sign or fraction bar behind it, and the noun it counts.
"""

import re
from fractions import Fraction

from mirage_lint.claims.claim import FRACTION, NUMBER, PERCENT, POINTS, Claim
from mirage_lint.claims.labels import is_label
from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.claims.tokens import Token
from mirage_lint.core.interval import Interval, half_unit, point, rounded
from mirage_lint.documents.passages import CODE, Passage

_LONGEST_NOUN_PHRASE = 4
_MOST_ADJECTIVES = 2
"""Words between a number word and its noun."""
_SYMBOL_HEDGES = {
    "~": "about",
    "≈": "about",
    "≃": "about",
    ">": "least",
    "≥": "least",
    "<": "most",
    "≤": "most",
}
_TO_ZERO = frozenset({"is", "to", "at", "was", "be", "are", "were", "exactly"})
_OPERATORS = frozenset({"*", "×", "/", "+", "x", "**"})
_PREPOSITIONS = frozenset({"over", "within", "around", "beyond"})
_TELLS = frozenset({":", "="})
_TUPLE = re.compile(r"\s*(?:\w+,\s*)+")
_LEVELS = frozenset({"ci", "cis", "confidence", "credible"})
_LONGEST_KEY = 60
_ASSIGNMENT = re.compile(
    r"(?:(?<![\w\-])--(?=[^\W\d_])|(?<![\w\-])(?<!\d )(?=[^\W\d]))(?P<key>[\w.\-]*[\w.])"
    r"(?P<joint>[ ]|`?\s?=\s?`?|[`\"']?:\s|-)\Z"
)
_HUNDREDTH = Fraction(1, 100)
_TENTH = Fraction(1, 10)


class Grammar:
    """Reads the quantities of one passage."""

    def __init__(self, passage: Passage, tokens: list[Token], lexicon: Lexicon) -> None:
        self.passage = passage
        self.tokens = tokens
        self.lexicon = lexicon

    def claims(self) -> list[Claim]:
        """All quantities, in order, none overlapping another."""
        found: list[Claim] = []
        read = 0
        for index, token in enumerate(self.tokens):
            if index < read:
                continue
            if token.kind == "number":
                claim, read = self._read(index)
            elif token.lower in self.lexicon.numbers:
                claim, read = self._number_word(index)
            else:
                continue
            if claim:
                found.append(claim)
        return found

    def _read(self, index: int) -> tuple[Claim | None, int]:
        skip = is_label(self.passage, self.tokens, index, self.lexicon)
        return (None, index + skip) if skip else self._fraction(index) or self._number(index)

    # -- the forms -----------------------------------------------------------------------------

    def _fraction(self, index: int) -> tuple[Claim, int] | None:
        """ "368/371", "3 of 20", "3 out of the 20": whole numbers only."""
        bar = self._fraction_bar(index)
        if bar is None:
            return None
        over, under = self.tokens[index], self.tokens[bar]
        if not (over.is_whole and under.is_whole) or int(under.digits) == 0:
            return None
        numerator, denominator = int(over.digits), int(under.digits)
        if self.passage.text[over.start : under.end] == "24/7":
            return None
        end, unit, words = self._unit(bar + 1)
        claim = Claim(
            FRACTION,
            self.passage,
            over.start,
            self.tokens[end - 1].end,
            value=point(Fraction(numerator, denominator)),
            digits=over.digits,
            unit=unit,
            words=words,
            numerator=numerator,
            denominator=denominator,
            hedge=self._before(index)[1],
        )
        return claim, end

    def _fraction_bar(self, index: int) -> int | None:
        """Index of the denominator, where the number at ``index`` is a numerator."""
        if self._glued(index + 1, "/") and self._glued_kind(index + 2, "number"):
            return index + 2
        at = index + 1
        if self._lower(at) == "out":
            at += 1
        if self._lower(at) not in ("of", "in"):
            return None
        is_odds = self._lower(at) == "in"
        at += 1
        while not is_odds and self._lower(at) in self.lexicon.definite:
            at += 1
        is_bare = at < len(self.tokens) and self.tokens[at].is_whole
        return at if is_bare and not self._is_percent(at + 1) else None

    def _number(self, index: int) -> tuple[Claim | None, int]:
        """A number with what stands around it."""
        token = self.tokens[index]
        digits, scale, end = token.digits, Fraction(1), index + 1
        multiplier = self._multiplier(end)
        if multiplier:
            scale, end = Fraction(multiplier), end + 1
        kind, width = self._percent(end)
        end += width
        if kind == PERCENT and self._lower(end) in _LEVELS:
            return None, end  # "95% CI": how sure, not how much
        start, hedge, key = self._before(index)
        if self._in_interval(index, end):
            hedge = "range"
        if key and self._lower(end) in _OPERATORS and not self._glued_kind(end + 1, "word"):
            start, key = token.start, ""  # the first term of a calculation is no setting
        negative = self._is_sign(index) and self.tokens[index - 1].text != "+"
        value = _value(digits, hedge, negative)
        value = value.scaled(scale * (_HUNDREDTH if kind in (PERCENT, POINTS) else 1))
        unit, words = "", tuple[str, ...]()
        if kind == NUMBER:
            end, unit, words = self._unit(end)
        if multiplier and self.tokens[index + 1].lower == "b" and unit != "parameter":
            return None, end  # "the 70B": a model's size stands for its name
        claim = Claim(
            kind,
            self.passage,
            start,
            self.tokens[end - 1].end,
            value=value,
            digits=digits,
            unit=unit,
            words=words,
            key=key,
            hedge=hedge,
            definite=self._definite(index, unit),
        )
        return claim, end

    def _number_word(self, index: int) -> tuple[Claim | None, int]:
        """ "five models", "twenty-five tasks": only before a unit, else it is mere prose."""
        value, end = self.lexicon.numbers[self.tokens[index].lower], index + 1
        follows = end + 1 if self._glued(end, "-") else end
        tail = self.lexicon.numbers.get(self._lower(follows), 0)
        if value in range(20, 100, 10) and 0 < tail < 10:
            value, end = value + tail, follows + 1
        after, unit, words = self._unit(end)
        if self.tokens[index].lower == "zero" and not unit and self._lower(index - 1) in _TO_ZERO:
            start, stop = self.tokens[index].start, self.tokens[index].end
            zero = point(Fraction(0))
            return Claim(PERCENT, self.passage, start, stop, value=zero, digits="0"), end
        if not unit or self._lower(end) == "of" or len(words) > _MOST_ADJECTIVES:
            return None, end
        if words and value == 1:
            return None, end  # "one trains another model"
        _, hedge, _ = self._before(index)
        number = point(Fraction(value))
        claim = Claim(
            NUMBER,
            self.passage,
            self.tokens[index].start,
            self.tokens[after - 1].end,
            value=_hedged(number, Fraction(value), hedge),
            digits=str(value),
            unit=unit,
            words=words,
            hedge=hedge,
            definite=self._definite(index, unit),
        )
        return claim, after

    # -- around a number -------------------------------------------------------------------------

    def _before(self, index: int) -> tuple[int, str, str]:
        """Where the claim starts, its hedge, and the key that it is assigned to."""
        tokens, at = self.tokens, index - self._is_sign(index)
        start, hedge = tokens[at].start, ""
        if at and tokens[at - 1].text in _SYMBOL_HEDGES:
            at -= 1
            start, hedge = tokens[at].start, _SYMBOL_HEDGES[tokens[at].text]
        if assigned := self._assigned(start):
            return assigned.start("key"), hedge, assigned["key"]
        for width in (3, 2, 1):
            phrase = " ".join(token.lower for token in tokens[max(at - width, 0) : at])
            if phrase not in _PREPOSITIONS or self._is_loose(at - width - 1):
                hedge = hedge or self.lexicon.hedges.get(phrase, "")
        return start, hedge, ""

    def _in_interval(self, index: int, end: int) -> bool:
        """Whether the number is an end of "[16.30%, 28.89%]", "40-60%", "40–60%"."""
        opens = self._lower(index - 1) == "[" and self._lower(end) in (",", "–", "-")
        closes = self._lower(end) == "]" and self._lower(index - 1) in (",", "–", "-")
        dashed = any(self._glued(at, dash) for at in (end, index - 1) for dash in "–-") and any(
            self._glued_kind(at, "number") for at in (end + 1, index)
        )
        between = self._lower(index - 1) == "between" and self._lower(end) == "and"
        second = self._lower(index - 1) == "and" and self._between_before(index)
        return opens or closes or dashed or between or second or self._in_span(index, end)

    def _in_span(self, index: int, end: int) -> bool:
        """ "steps 0 to 1,500": places, from the first to the last."""
        first = self._lower(end) == "to" and self._lower(index - 1) in self.lexicon.units
        last = self._lower(index - 1) == "to" and self._lower(index - 3) in self.lexicon.units
        return first or last

    def _between_before(self, index: int) -> bool:
        """Whether "between" and a number stand before the "and" before ``index``."""
        return any(self._lower(at) == "between" for at in range(max(index - 5, 0), index - 2))

    def _is_loose(self, index: int) -> bool:
        """Whether no noun or verb stands at ``index`` that a preposition could belong to:
        "with over 600 runs" is a bound, "averaged over 600 runs" none.
        """
        return (
            index < 0
            or self._lower(index) in self.lexicon.phrase_ends
            or self.tokens[index].kind != "word"
        )

    def _assigned(self, start: int) -> "re.Match[str] | None":
        """The key before the number at ``start``: ``r=8``, ``--iters 600``, "rank-8"."""
        text = self.passage.text
        match = _ASSIGNMENT.search(text, max(start - _LONGEST_KEY, 0), start)
        if match is None or _TUPLE.fullmatch(text, 0, match.start("key")):
            return None
        if match["joint"] == " ":
            return match if text.startswith("--", match.start("key") - 2) else None
        if match["joint"].strip("` ") == "=":
            return match
        if match["joint"] == "-":
            return match if match["key"].lower() in self.lexicon.keys else None
        return match if self.passage.kind in CODE or "_" in match["key"] else None

    def _is_sign(self, index: int) -> bool:
        """Whether a sign, not a dash or a hyphen, stands before the number."""
        tokens = self.tokens
        if index < 1 or tokens[index - 1].text not in "+-−" or not self._glued_to_next(index - 1):
            return False
        return (
            index == 1
            or tokens[index - 2].end < tokens[index - 1].start
            or tokens[index - 2].text in "(=[|~"
        )

    def _multiplier(self, index: int) -> int:
        """3.2M, 10k, "3 million": letters only where they touch the number."""
        word = self._lower(index)
        value = self.lexicon.multipliers.get(word, 0)
        if not value or (len(word) <= 2 and not self._glued_kind(index, "word")):
            return 0
        return value

    def _percent(self, index: int) -> tuple[str, int]:
        """The kind of number by what follows, and how many tokens say so."""
        if self._is_percent(index):
            width = 1 + (self._lower(index) == "per")
            follows = self._lower(index + width)
            if follows in ("point", "points"):
                return POINTS, width + 1
            return PERCENT, width
        if self._lower(index) == "pp" or (
            self._lower(index) == "points" and not self._glued_kind(index, "word")
        ):
            return POINTS, 1
        return NUMBER, 0

    def _is_percent(self, index: int) -> bool:
        return self._lower(index) in ("%", "percent", "percentage") or (
            self._lower(index) == "per" and self._lower(index + 1) == "cent"
        )

    def _unit(self, index: int) -> tuple[int, str, tuple[str, ...]]:
        """Where the counted noun ends, its unit, and the words before it; the first unit wins
        unless another follows at once ("event sequences").
        """
        tokens, at = self.tokens, index
        if self._glued(at, "-") and self._glued_kind(at + 1, "word"):
            unit = self.lexicon.units.get(self._lower(at + 1), "")
            return (at + 2, unit, ()) if unit else (index, "", ())
        words: list[str] = []
        while at < len(tokens) and len(words) < _LONGEST_NOUN_PHRASE:
            word = tokens[at]
            if word.text == "-" and self._glued(at, "-"):
                at += 1
                continue
            if word.kind != "word" or word.lower in self.lexicon.phrase_ends:
                break
            at += 1
            if unit := self.lexicon.units.get(word.lower, ""):
                if self.lexicon.units.get(self._lower(at), "") and self._lower(at).endswith("s"):
                    words.append(word.lower)
                    continue
                return at, unit, tuple(words)
            words.append(word.lower)
        return index, "", ()

    def _definite(self, index: int, unit: str) -> bool:
        """Whether the count means the whole: "the 400", "all five", "12-task"."""
        hyphen = bool(unit) and self._glued(index + 1, "-")
        before = self._lower(index - 1)
        return hyphen or before in self.lexicon.definite or before in _TELLS

    # -- tokens ----------------------------------------------------------------------------------

    def _lower(self, index: int) -> str:
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def _glued(self, index: int, text: str) -> bool:
        """Whether the token at ``index`` is ``text`` and touches the one before it."""
        tokens = self.tokens
        return (
            0 < index < len(tokens)
            and tokens[index].text == text
            and tokens[index - 1].end == tokens[index].start
        )

    def _glued_kind(self, index: int, kind: str) -> bool:
        tokens = self.tokens
        return (
            0 < index < len(tokens)
            and tokens[index].kind == kind
            and tokens[index - 1].end == tokens[index].start
        )

    def _glued_to_next(self, index: int) -> bool:
        tokens = self.tokens
        return index + 1 < len(tokens) and tokens[index].end == tokens[index + 1].start


def _value(digits: str, hedge: str, negative: bool) -> Interval:
    interval = _hedged(rounded(digits), Fraction(digits), hedge, digits)
    if negative and interval.low is not None and interval.high is not None:
        return Interval(-interval.high, -interval.low)
    return interval


def _hedged(interval: Interval, value: Fraction, hedge: str, digits: str = "") -> Interval:
    """What a hedged number says; "about" reaches half of its last digit that is not 0, at most a
    tenth of it, at least its rounding.
    """
    if hedge == "least":
        return Interval(interval.low, None)
    if hedge == "most":
        return Interval(None, interval.high)
    if hedge == "about":
        zeros = len(digits) - len(digits.rstrip("0")) if digits.isdecimal() else 0
        half = half_unit(digits or "1") * 10**zeros
        reach = max(min(half, value * _TENTH), half_unit(digits or "1"))
        return Interval(value - reach, value + reach)
    return interval
