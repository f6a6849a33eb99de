"""The numbers that stand in a text, each from its sign to its last mark: what they say, exactly.

What a number counts, and whether it claims anything, is read afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from operator import attrgetter

from mirage_lint import vocabulary
from mirage_lint.claims.claim import FRACTION, NUMBER, PERCENT, POINTS
from mirage_lint.claims.numerals import DIGITS, VULGAR, Worded, plain, power, power_behind, worded
from mirage_lint.core.interval import Interval, Said, interval, point, says
from mirage_lint.core.patterns import one_of
from mirage_lint.core.record import NamedTuple
from mirage_lint.core.spans import Spans

_LINKS = "-–—/:_"
_CHAIN = re.compile(rf"(?<!\w){DIGITS}(?P<more>(?:{one_of(f'.{_LINKS}')}\d+(?:,\d{{3}})*)*)")
_APART = str.maketrans(dict.fromkeys(_LINKS, "/"))
_DECIMALS = r"\d{1,4}\.\d{1,4}(?:/\d{1,4}\.\d{1,4}){1,9}"
# As text, what few documents need: it is compiled where it is used.
_VULGAR = f"(?:(?<![\\w.])(?P<whole>\\d{{1,4}}) ?)?(?P<part>[{''.join(VULGAR)}])"
_SUFFIX = re.compile(
    r"\s?(?P<percent>%)"
    r"|(?P<times>[x×](?!\w|\s?\d|\s[A-Z]+\d)|-fold\b(?!\s+(?:cross|CV))"
    r"|\s(?:times|[x×])(?=\s(?:[^\W\d_]+er|more|less|as|the|its|their|that|those|real)\b))"
    r"|(?P<letter>[kKMBT]n?|[mb]n|(?:(?<=\.\d)|(?<=\.\d\d))G)(?!\w)"
    r"|[ \u00a0\-](?P<scale>hundred|thousand|[mbt]ln|million|billion|trillion)\b"
    r"|[ \u00a0\-]?(?P<worded>per[ -]?cent(?:age)?(?P<points>[ -]points?)?)\b"
    r"|\s?(?P<pp>pp|ppts?)\b|\s(?P<point>points?)\b"
    r"|\s?(?P<bp>bps?|basis[ -]points?)\b"
)
_SUFFIX_STARTS = frozenset("%bhmptx×")
"""What a mark that stands apart starts with."""
_SIGNS = "+-−"
_MINUS = r"(?i)(?<![\d%)] )\b(?:minus|negative) \Z"
_LONGEST_MINUS = len("2 negative ")
_SIGN_FOLLOWS = " \n\t\u00a0(=[|~,:;→<>≤≥≈`$\"'"
_HEDGES = {"~": "about", "≈": "about", "≃": "about", ">": "least", "≥": "least"}
_HEDGES |= {"<": "most", "≤": "most"}
PLAIN_ENDS = frozenset({*",.;:)]|`'\"/=", ""})
"""Signs, and the end of the text: what a number that they stand behind is not followed by is a
mark, a power, or what it counts."""
_SPACED = re.compile(
    r"[ \u00a0](?P<letter>[kKMBT])\b(?: (?P<first>[a-z]{3,})(?: (?P<second>[a-z]+))?)?"
)
"""A multiplier that stands apart, and the words behind it."""
_LISTED = r"(?:,|,? (?:and|or|to)| ?[–/]) ?\d[\d.,]{0,9}[ \u00a0]([kKMBT])\b"
"""What goes on behind such a one in a list, up to the next."""
_OPENS = re.compile(r"\s?\(?(?:±|\+|\\pm)|\s?\[|,? ?\(?\d\d(?:\.\d+)?\s?% ?[CcHh]")
_OF = re.compile(r"\s(?:out\s)?(?:of|in)\s(?:(?:the|all|its|our|these|those|a total of)\s)*\Z")
_DASH = re.compile(r"\s?[–—]\s?|-|\s-\s|\sto\s|\s?~\s?|-\s?to\s")
TIMES = "times"
"""The kind of "3.5x" and "2-fold", as long as it is not told from a count of times."""
_LONGEST_NUMERAL = 40
_SHORT = 8
"""Characters of a cell that holds a plain number."""
_LONGEST_GAP = 24
_LONGEST_EXPONENT = 2
_PLAIN_PARTS = frozenset({2, 3, 4, 5, 8, 16})
"""Denominators of the fractions that are written behind a whole number."""
_ZERO, _HUNDREDTH = Fraction(0), Fraction(1, 100)
_MARKS = {
    "percent": (PERCENT, "1/100"),
    "worded": (PERCENT, "1/100"),
    "times": (TIMES, "1"),
    "points": (POINTS, "1/100"),
    "pp": (POINTS, "1/100"),
    "point": (POINTS, "1/100"),
    "bp": (POINTS, "1/10000"),
}
"""Per mark behind a number, the kind that it gives, and its scale."""


class Number(NamedTuple):
    """A number at ``start`` to ``end``, sign, hedge symbol and marks included.

    ``digits`` is its first numeral, plain. ``said`` is what it says, percentages on the scale of
    ratios; ``hedge`` as in `Claim`; ``chain`` holds what numerals and joints it is glued of where
    they may be a label. ``scale`` is what its marks multiply it by.
    """

    kind: str
    start: int
    end: int
    digits: str
    said: Said
    hedge: str = ""
    scale: str = "1"
    parts: tuple[int, int] | None = None
    chain: str = ""
    is_worded: bool = False

    @property
    def value(self) -> Interval:
        """What it says."""
        return interval(self.said)

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole number as counts are."""
        return self.kind == NUMBER and self.digits.isdecimal() and not self.hedge


def numbers(text: str, in_words: bool) -> list[Number]:
    """All numbers of ``text`` in order, labels and parts of larger numbers among them; numbers
    in words where ``in_words`` says that there are any.
    """
    found = [_read(text, match) for match in _CHAIN.finditer(text)]
    if in_words:
        digits = Spans((one.start, one.end) for one in found)
        words = (one for one in worded(text) if not digits.covers(one.start, one.end))
        found += [_worded(text, one) for one in words]
    if not text.isascii() and any(map(text.__contains__, VULGAR)):
        found = _with_vulgar(text, found)
    return sorted(found, key=_start) if in_words else found


def joined(text: str, found: list[Number], *, slashed: bool = True) -> list[Number]:
    """The numbers with those that make up one put together: "3 of the 20", "2 to 4", "8 ± 1",
    "44.4% (95% CI 19-73%)"; "3 / 20" where ``slashed`` says that a bar divides.
    """
    whole: list[Number] = []
    for one in found:
        if whole and one.start < whole[-1].end:
            continue  # an end of an interval
        whole.append(one)
        while len(whole) > 1 and (pair := _pair(text, whole[-2], whole[-1], slashed)):
            whole[-2:] = [pair]
        whole[-1] = _spread(text, whole[-1])
    return whole


_start = attrgetter("start")


@cache
def reach() -> re.Pattern[str]:
    """A spread or an interval behind a number: "± 0.3", "(95% CI 19–73%)", "[83.1, 85.3]"."""
    number = r"[+\-−]?\d+(?:[.,]\d+)*(?:\s?%)?"
    ends = rf"{number}\s?(?:,|;|–|—|-|to)\s?{number}"
    level = (
        r"\d\d(?:\.\d+)?\s?% ?(?:CI|HDI|CrI|confidence interval|credible interval)s?\s?[:=,]?\s?"
    )
    return re.compile(
        rf"\s?\(?(?:±|\+/-|\+-|\\pm)\s?\d+(?:[.,]\d+)*(?:\s?%| per ?cent\b)?\)?"
        rf"|\s?\({level}\[?{ends}\]?\)|,? ?{level}[\[(]{ends}[\])]|\s?\[{ends}\]"
    )


# -- one number --------------------------------------------------------------------------------


def _may_have_sign(text: str, at: int) -> bool:
    """Whether a sign is a number's: behind a space, a bracket, or a bold that never closes."""
    is_bold = text[max(at - 2, 0) : at] == "**" and not text[max(at - 3, 0) : at - 2].isalnum()
    return text[at - 1] in _SIGN_FOLLOWS or is_bold


def _read(text: str, match: re.Match[str]) -> Number:
    """The number at a numeral, or at a chain of numerals."""
    (start, end), (chain, more) = match.span(), match.group(0, "more")
    if more:
        first, joint, second = _halves(chain)
        if joint == "/" and first.isdecimal() and second.isdecimal() and int(second):
            return _fraction(text, start, end, int(first), int(second))
        if joint not in ("-", "–", "—") or not second:
            return Number(NUMBER, start, end, first, point(_ZERO), chain=chain)
    else:
        is_plain = chain.isascii() and chain.isdecimal()
        first, second, chain = chain if is_plain else plain(chain), "", ""
        if end - start == len(text) <= _SHORT and first[-1:].isdecimal() and _is_near(first):
            return Number(NUMBER, start, end, first, (first, "1", "", False))
    is_short, goes_on = len(first) <= _LONGEST_NUMERAL, text[end : end + 1] not in PLAIN_ENDS
    if is_short and goes_on and (raised := power_behind(text, end)):
        factor = first if "10" in raised.group() else "1"
        first, end = f"{factor}e{power(raised)}", raised.end()
    if not (is_short and _is_near(first)):
        return Number(NUMBER, start, end, first[:_LONGEST_NUMERAL], point(_ZERO), chain=first)
    kind, scale = NUMBER, "1"
    if goes_on:
        kind, scale, end = _suffix(text, end)
        if kind == NUMBER and (letter := _multiplier_apart(text, end, first)):
            scale, end = str(_multiplier(letter)), end + 2
    start, hedge, is_negative = _prefix(text, start)
    if not hedge and text.startswith("+", end) and _is_open(text, end):
        hedge, end = "least", end + 1
    said: Said = (first, scale, hedge, is_negative)
    if second:
        ends = says(first, scale, "", is_negative).low, says(second, scale, "", False).high
        said, hedge = Interval(*ends), "range"
    return Number(kind, start, end, first, said, hedge, scale, None, chain)


def several(one: Number) -> Iterator[Number]:
    """The decimals of "24.5/44.8", each as a number of its own; else the number itself."""
    if not re.fullmatch(_DECIMALS, one.chain):
        yield one
        return
    start = one.start
    for digits in one.chain.split("/"):
        end = start + len(digits)
        yield Number(NUMBER, start, end, digits, (digits, "1", "", False))
        start = end + 1


def _is_open(text: str, plus: int) -> bool:
    """ "50+ languages": whether a plus sign ends a number, and adds nothing to it."""
    return not plus + 1 < len(text) or text[plus + 1] in " ,.;:)*|\n"


def _halves(chain: str) -> tuple[str, str, str]:
    """The two numerals of a chain and what joins them; no second where they are more or none."""
    joints = [sign for sign in chain if sign in _LINKS]
    parts = chain.translate(_APART).split("/")
    is_short = len(chain) <= _LONGEST_NUMERAL
    is_pair = is_short and len(parts) == 2 and all(map(_is_numeral, parts))
    return plain(parts[0]), joints[0] if is_pair else "", plain(parts[1]) if is_pair else ""


def _is_numeral(text: str) -> bool:
    match = _CHAIN.fullmatch(text)
    return match is not None and not match["more"]


def _is_near(digits: str) -> bool:
    """Whether the exponent is one that a quantity has; others are ids."""
    if digits.isdecimal():
        return True
    exponent = digits.lower().partition("e")[2]
    return len(exponent.lstrip("+-")) <= _LONGEST_EXPONENT


def _fraction(text: str, start: int, end: int, over: int, under: int) -> Number:
    start, hedge, is_negative = _prefix(text, start)
    value = point(Fraction(-over if is_negative else over, under))
    chain = f"{over}/{under}"
    return Number(FRACTION, start, end, str(over), value, hedge, parts=(over, under), chain=chain)


def _prefix(text: str, start: int) -> tuple[int, str, bool]:
    """Where the number starts with its sign and hedge, the hedge, and whether it is negative."""
    if not start or _stands_plain(text, start):
        return start, "", False
    near = text[max(start - _LONGEST_MINUS, 0) : start]
    told = re.search(_MINUS, near) if near.endswith(("us ", "ve ")) else None
    is_negative = told is not None
    if told:
        start -= len(near) - told.start()
    elif text[start - 1] in _SIGNS and (start == 1 or _may_have_sign(text, start - 1)):
        start -= 1
        is_negative = text[start] != "+"
    elif text[max(start - 2, 0) : start].rstrip().endswith("±"):  # a spread that stands alone
        return text.rindex("±", 0, start), "", False
    at = start
    while at > max(start - 2, 0) and text[at - 1] in " \u00a0":
        at -= 1
    if at and text[at - 1] == "=" and text[at - 2 : at - 1] in ("<", ">"):
        at -= 1
    hedge = _HEDGES.get(text[at - 1], "") if at else ""
    if not hedge or text[max(at - 2, 0) : at - 1] in ("-", "=", "/", "<"):
        return start, "", is_negative  # an arrow's head, or a tag's
    return at - 1, hedge, is_negative


def _stands_plain(text: str, start: int) -> bool:
    """Whether a word that is no sign stands before a number, as before most."""
    is_apart = text[start - 1] == " " and text[start - 2 : start - 1].isalnum()
    return is_apart and text[start - 3 : start - 1] not in ("us", "ve")


def _suffix(text: str, end: int) -> tuple[str, str, int]:
    """The kind and the scale by what stands behind a numeral, and where that ends."""
    if text.startswith(" ", end) and text[end + 1 : end + 2] not in _SUFFIX_STARTS:
        return NUMBER, "1", end
    match = _SUFFIX.match(text, end)
    if not match:
        return NUMBER, "1", end
    told = "points" if match["points"] else match.lastgroup or ""
    if told in ("letter", "scale"):
        return NUMBER, str(_multiplier(match[told])), match.end()
    return *_MARKS[told], match.end()


def _multiplier_apart(text: str, end: int, digits: str) -> str:
    """The letter of "340 k frames" and "0.3 B, 1.2 B and 6.7 B parameters"; none where it may be a
    variable or a unit: "3 k values", "at 300 K with", "a 3 T scanner".
    """
    match = _SPACED.match(text, end)
    if match is None:
        return ""
    letter, first, second = match["letter"], match["first"], match["second"] or ""
    if letter == "k" and "." in digits:
        return letter
    listed = re.compile(_LISTED).match(text, end + 2)
    if listed and listed[1] == letter:
        return letter
    if first is None:
        return ""
    known = vocabulary.load("words")
    if first in known["phrase_ends"] or first in known["not_thousands"]:
        return ""
    if letter == "T":
        return letter if first in known["in_trillions"] else ""
    is_plural = first.endswith("s") or second.endswith("s")
    return letter if letter in "BM" or is_plural else ""


def _multiplier(word: str) -> int:
    multiplier: int = vocabulary.load("words")["multipliers"][word.lower()]
    return multiplier


def _worded(text: str, one: Worded) -> Number:
    """A number in words, with the percent that may follow."""
    value, digits = one.value, str(abs(one.value))
    if one.parts:
        return Number(
            FRACTION,
            one.start,
            one.end,
            str(one.parts[0]),
            point(value),
            parts=one.parts,
            is_worded=True,
        )
    kind, scale, end = _suffix(text, one.end)
    return Number(
        kind, one.start, end, digits, point(value * Fraction(scale)), "", scale, is_worded=True
    )


def _with_vulgar(text: str, found: list[Number]) -> list[Number]:
    """ "½" and "2½" in place of the whole numbers before them."""
    more = []
    for match in re.finditer(_VULGAR, text):
        over, under = map(int, VULGAR[match["part"]])
        value = int(match["whole"] or 0) + Fraction(over, under)
        kind, scale, end = _suffix(text, match.end())
        is_part = kind == NUMBER and scale == "1" and not match["whole"]
        kind, parts = (FRACTION, (over, under)) if is_part else (kind, None)
        said = point(value * Fraction(scale))
        more.append(Number(kind, match.start(), end, str(value), said, parts=parts, is_worded=True))
    taken = Spans((one.start, one.end) for one in more)
    found = [one for one in found if not taken.covers(one.start, one.end)]
    return sorted(found + more, key=_start) if more else found


# -- two numbers -------------------------------------------------------------------------------


def _pair(text: str, left: Number, right: Number, slashed: bool) -> Number | None:
    """Two numbers as one: a fraction told in words, a range, a value with its interval."""
    if right.start - left.end > _LONGEST_GAP:
        return None
    gap = text[left.end : right.start]
    if gap.strip() == "(" and right.hedge == "range" and text.startswith(")", right.end):
        return _within(left, right)
    if gap == " " and left.is_whole and right.kind == FRACTION and right.chain:
        return _mixed(text, left, right)
    if left.chain or right.chain:
        return None
    if gap == " / " and slashed and left.is_whole and right.is_whole and int(right.digits):
        if text.endswith(gap, 0, left.start) or text.startswith(gap, right.end):
            return None  # "4 / 8 / 15": a list
        return _fraction(text, left.start, right.end, int(left.digits), int(right.digits))
    if _OF.fullmatch(gap):
        return _told_fraction(gap, left, right)
    is_range = _DASH.fullmatch(gap) or (
        gap == " and " and text[max(left.start - 8, 0) : left.start].lower() == "between "
    )
    return _range(text, gap, left, right) if is_range else None


def _within(left: Number, right: Number) -> Number | None:
    """ "0.88 (0.86–0.90)": a value and the interval that it lies in."""
    (low, high), (least, most) = left.value, right.value
    kinds = (
        (NUMBER, PERCENT) if right.kind == NUMBER and right.scale == "1" else (NUMBER, right.kind)
    )
    if None in (low, high, least, most) or left.hedge or left.kind not in kinds:
        return None
    is_like = left.kind == right.kind == PERCENT or ("." in left.digits and "." in right.digits)
    middle = says(left.digits, right.scale, "", False)
    is_inside = right.value.holds(middle.low or _ZERO) and right.value.holds(middle.high or _ZERO)
    return left._replace(end=right.end + 1) if is_like and is_inside else None


def _mixed(text: str, left: Number, right: Number) -> Number | None:
    """ "2 1/2", "3 1/2 thousand"."""
    over, under = right.parts or (0, 0)
    if over >= under or under not in _PLAIN_PARTS:
        return None
    kind, scale, end = _suffix(text, right.end)
    if kind != NUMBER:
        return None
    value = (int(left.digits) + Fraction(over, under)) * Fraction(scale)
    return Number(NUMBER, left.start, end, str(value), point(value), is_worded=True)


def _told_fraction(gap: str, left: Number, right: Number) -> Number | None:
    """ "3 of the 20", "1 in 5"."""
    if not (left.is_whole and right.is_whole and left.scale == right.scale == "1"):
        return None
    over, under = int(left.digits), int(right.digits)
    if over > under or not under or (gap != " in " and " in " in gap):
        return None
    if over == 1 and left.is_worded and gap.rsplit(maxsplit=1)[-1] not in ("of", "in"):
        return None  # "one of the nine": which, not how many
    value, parts = point(Fraction(over, under)), (over, under)
    is_worded = left.is_worded and right.is_worded
    return Number(
        FRACTION,
        left.start,
        right.end,
        left.digits,
        value,
        left.hedge,
        parts=parts,
        is_worded=is_worded,
    )


def _range(text: str, gap: str, left: Number, right: Number) -> Number | None:
    """ "2 to 4", "40 – 60%", "between 8 and 16"; "from 41% to 99%" tells of two."""
    if left.hedge or right.hedge or left.kind not in (NUMBER, right.kind):
        return None
    if gap.strip() == "to" and (
        left.kind != NUMBER or text[max(left.start - 5, 0) : left.start].lower() == "from "
    ):
        return None
    scale = right.scale if left.scale == "1" else left.scale
    low = (left.value if scale == left.scale else left.value.scaled(Fraction(scale))).low
    high = right.value.high
    if low is None or high is None or low >= high or left.is_worded != right.is_worded:
        return None
    return right._replace(
        start=left.start, digits=left.digits, said=Interval(low, high), hedge="range"
    )


def _spread(text: str, one: Number) -> Number:
    """The number with the spread or the interval behind it."""
    if one.kind not in (NUMBER, PERCENT) or one.chain:
        return one
    behind = text[one.end : one.end + 2].lstrip()
    if not behind or behind[0].isalpha() or not _OPENS.match(text, one.end):
        return one
    match = reach().match(text, one.end)
    if not match:
        return one
    told = match.group()
    if one.kind == NUMBER and "±" in told and told.rstrip(")").endswith(("%", "cent")):
        one = one._replace(kind=PERCENT, said=_in_percent(one))
    return one._replace(end=match.end())


def _in_percent(one: Number) -> Said:
    """What a number says that is a percentage."""
    if isinstance(one.said, Interval) or one.said[1] != "1":
        return one.value.scaled(_HUNDREDTH)
    digits, _, hedge, is_negative = one.said
    return digits, "1/100", hedge, is_negative
