"""Quantities: the numbers of a passage that claim something, with what each counts or is set to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mirage_lint.claims.claim import FRACTION, NUMBER, PERCENT, Claim
from mirage_lint.claims.labels import is_label, last_word
from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.claims.numbers import PLAIN_ENDS, TIMES, Number, joined, numbers, several
from mirage_lint.core.interval import Interval, Said, point
from mirage_lint.core.patterns import one_of
from mirage_lint.core.spans import Spans
from mirage_lint.documents.passages import CODE, Passage

_LONGEST_NOUN_PHRASE = 4
_MOST_ADJECTIVES = 2
"""Words between a number word and its noun."""
_REACH = 32
"""Characters before a number in which its hedge or its key stands."""
_LONGEST_HEDGE = 5
"""Words of the longest phrase that hedges."""
_SHORTEST_ROW = 3
_LONGEST_KEY = 60
_BY_SIZE = frozenset({"model", "checkpoint", "adapter", "run"})
"""Units that are called by a model's size."""
_SPACES = frozenset(" \n\u00a0")
_TAIL = re.compile(r"\s((?:or|and)\s\w+)\b")
_BILLION = str(10**9)
_WORD = re.compile(r"[^\W\d]\w*(?:['’][^\W\d_]+)?")
_GAPS = " \t\n\u00a0\u202f"
_NOUN = re.compile(rf"(?:{one_of(_GAPS)}+|-)([^\W\d]\w*(?:['’][^\W\d_]+)?)")
_LEVEL = re.compile(r"\s?(?:CIs?|confidence|credible|HDI|CrI|(?:[^\W\d_]+ )?(?:CIs?|intervals?))\b")
_ZERO_BEFORE = frozenset({"is", "to", "at", "was", "be", "are", "were", "exactly"})
_PREPOSITIONS = frozenset({"over", "within", "around", "beyond"})
# As text, what few documents need: it is compiled where it is used.
_OPERATOR = r"\s*(?:\*\*?|×|/|\+|x\b)(?!\s*[^\W\d])"
_TUPLE = r"\s*(?:\w+,\s*)+"
_ADDRESS = r"[a-z+]{2,12}://[^\s<>]+"
_KIND = r"-[^\W\d]"
_HARDWARE = r"\s[A-Z]+\d+[A-Z]?\b"
_SIZES = r"(?:(?:,| and| or|, and|, or) [\d.]{1,6} ?B){1,9} param"
"""How a list of numbers of parameters goes on: "0.3B, 1.2B and 6.7B parameters"."""
_SIZE_OF = r"(?i)(?<!\w)(?:param\w{0,6}|tokens|size)(?: (?:count|total))?(?:\s?[:=]| of| is)\s?\Z"
_SHARE = r"\s(?:total|active|activated|trainable|in total)\b"
_HALF_OF = r"\s(?:of|the)\b"
_ASSIGNMENT = (
    r"(?:(?<![\w\-])--(?=[^\W\d_])|(?<![\w\-])(?<!\d )(?=[^\W\d]))(?P<key>[\w.\-]*[\w.])"
    r"(?P<joint>[ ]|`?\s?=\s?`?|[`\"']?:\s|-)\Z"
)
_LIST = r"(?<![\w\-.])(?P<key>[^\W\d][\w.\-]*+)[\"']?\s?[=:]\s?\[(?P<before>[\d.,eE+\-\s]*+)\Z"
_LONGEST_LIST = 120
"""Characters in which a list starts that a number is an item of."""
_NO_WORDS: tuple[str, ...] = ()
_ENDS = frozenset("[],–-")
_WHOLES = (["total"], ["all"], ["n"], ["count"])
_HALF_YEAR = r"\b(?:first|second) \Z"


def quantities(passage: Passage, lexicon: Lexicon, in_words: bool) -> Iterator[Claim]:
    """All quantities of a passage, in order, none overlapping another; numbers in words where
    ``in_words`` says that there are any.
    """
    text = passage.text
    found = numbers(text, in_words)
    if "://" in text:
        addresses = Spans(match.span() for match in re.compile(_ADDRESS).finditer(text))
        found = [one for one in found if not addresses.covers(one.start, one.end)]
    if passage.column and len(found) == 1 and found[0].chain == text:
        found = list(several(found[0]))
    if len(found) >= _SHORTEST_ROW:
        found = _without_rows(text, found)
    found = [one for one in found if not is_label(passage, one, lexicon)]
    slashed = " / " not in text or not any(map(_names_two, (passage.column, *passage.row[:1])))
    for number in joined(text, found, slashed=slashed):
        claim = (
            _in_words(passage, number, lexicon)
            if number.is_worded
            else _in_digits(passage, number, lexicon)
        )
        if claim:
            yield claim


def _names_two(head: Passage | None) -> bool:
    """Whether the head of a column or row names two things: "p50 / p95", not "right / total"."""
    first, bar, second = (head.text if head else "").partition("/")
    behind = _WORD.findall(second.lower())[:1]
    return bool(bar and first.strip() and behind) and behind not in _WHOLES


def _without_rows(text: str, found: list[Number]) -> list[Number]:
    """The numbers without those that stand in a row with nothing between, as in a telephone
    number.
    """
    rows: list[list[Number]] = []
    for one in found:
        is_bare = one.kind == NUMBER and not one.is_worded
        if rows and is_bare and text[rows[-1][-1].end : one.start] == " ":
            rows[-1].append(one)
        else:
            rows.append([one])
    return [one for row in rows if len(row) < _SHORTEST_ROW for one in row]


def _in_digits(passage: Passage, number: Number, lexicon: Lexicon) -> Claim | None:
    """The claim of a number in digits; None where it is no quantity after all."""
    text, end = passage.text, number.end
    if end - number.start == len(text) and number.kind != TIMES:
        return _claim(passage, number, (0, end))
    if number.kind == PERCENT and _LEVEL.match(text, end):
        return None  # "95% CI": how sure, not how much
    start, hedge, key = _before(passage, number, lexicon)
    if key.lower() == "version" or (
        key and passage.kind in CODE and re.compile(_KIND).match(text, end)
    ):
        return None
    if key and re.compile(_OPERATOR).match(text, end):
        start, key = number.start, ""  # the first term of a calculation is no setting
    unit, words = "", _NO_WORDS
    if number.kind == TIMES:
        unit = "time"
    elif number.kind in (NUMBER, FRACTION):
        end, unit, words = _counted(text, end, lexicon)
    is_size = number.scale == _BILLION and text[number.end - 1] in "Bb" and not number.hedge
    if is_size and _names_model(unit, words) and not _is_told_size(text, number):
        return None
    if not (number.hedge or key) and _is_end(text, number):
        hedge = "range"
    hedge = _tail(text, end, lexicon) or hedge
    is_definite = _is_definite(text, number, unit, lexicon)
    return _claim(passage, number, (start, end), hedge, unit, words, key, is_definite)


def _names_model(unit: str, words: tuple[str, ...]) -> bool:
    """Whether a size stands for its model: "the 70B", "7B models", but not "7B parameters"."""
    is_other = unit in _BY_SIZE or unit == "second"
    return not unit or is_other or (bool(words) and unit != "parameter")


def _is_told_size(text: str, number: Number) -> bool:
    """Whether a size is told as such: "Parameters: 7B", "0.3B, 1.2B and 6.7B parameters"."""
    near = text[max(number.start - _REACH, 0) : number.start]
    return (
        re.compile(_SIZE_OF).search(near) is not None
        or re.compile(_SIZES).match(text, number.end) is not None
        or _is_share(text, number)
    )


def _is_share(text: str, number: Number) -> bool:
    """Whether a size is of the parameters of one model: "16.4B total, 2.8B active", "all 1.1B"."""
    if re.compile(_SHARE).match(text, number.end):
        return True
    near = text[max(number.start - _REACH, 0) : number.start].rstrip()
    return text[number.end : number.end + 1] != " " and last_word(_WORD, near).lower() == "all"


def _in_words(passage: Passage, number: Number, lexicon: Lexicon) -> Claim | None:
    """ "five models", "two thirds": only where something is counted, else it is mere prose."""
    text = passage.text
    if number.kind == FRACTION:
        is_half = number.parts == (1, 2) and text[number.start].lower() == "h"
        hedge = _hedge(text, number, lexicon)
        if is_half and not (hedge or re.compile(_HALF_OF).match(text, number.end)):
            return None
        if is_half and re.compile(_HALF_YEAR).search(text, 0, number.start):
            return None
        return _claim(passage, number, (number.start, number.end), hedge)
    if number.kind != NUMBER:
        hedge = _hedge(text, number, lexicon)
        return _claim(passage, number, (number.start, number.end), hedge)
    end, unit, words = _counted(text, number.end, lexicon)
    if number.digits == "0" and not unit:
        return _zero(passage, number)
    if not _is_counting(text, number, unit, words, lexicon):
        return None
    hedge = _tail(text, end, lexicon) or _hedge(text, number, lexicon)
    is_definite = _is_definite(text, number, unit, lexicon)
    return _claim(passage, number, (number.start, end), hedge, unit, words, "", is_definite)


def _claim(  # noqa: PLR0913, PLR0917 (what a claim says)
    passage: Passage,
    number: Number,
    span: tuple[int, int],
    hedge: str = "",
    unit: str = "",
    words: tuple[str, ...] = (),
    key: str = "",
    definite: bool = False,
) -> Claim:
    said = number.said
    if hedge in ("about", "least", "most") and not number.hedge and number.kind != FRACTION:
        said = _rehedged(number, hedge)
    over, under = number.parts or (None, None)
    return Claim(
        NUMBER if number.kind == TIMES else number.kind,
        passage,
        *span,
        said,
        number.digits,
        unit,
        words,
        key,
        definite,
        number.hedge or hedge,
        over,
        under,
        number=(number.start, number.end),
    )


def _rehedged(number: Number, hedge: str) -> Said:
    if isinstance(number.said, Interval):
        low, high = number.said
        if hedge != "about":  # words are not rounded
            return Interval(low, None) if hedge == "least" else Interval(None, high)
        return (number.digits, number.scale, hedge, high is not None and high < 0)
    digits, scale, _, is_negative = number.said
    return (digits, scale, hedge, is_negative)


def _zero(passage: Passage, number: Number) -> Claim | None:
    """ "falls to zero"."""
    before = _WORD.findall(passage.text[max(number.start - _REACH, 0) : number.start])
    if not before or before[-1].lower() not in _ZERO_BEFORE:
        return None
    span = (number.start, number.end)
    return _claim(passage, number._replace(kind="percent"), span)


def _is_counting(
    text: str, number: Number, unit: str, words: tuple[str, ...], lexicon: Lexicon
) -> bool:
    """Whether a number word counts something: "one" and "zero" only before what they count, and
    "two-stage", "three-way" name a kind.
    """
    if number.digits == "0" and unit == "shot":
        return False  # "zero-shot" is a way of working
    if text[number.start : number.end].lower() == "single" and unit not in lexicon.lengths:
        return False  # "a single node" is no count
    if unit:
        return len(words) <= _MOST_ADJECTIVES and (number.digits != "1" or _is_one(words))
    if number.digits == "1" and re.compile(_HARDWARE).match(text, number.end):
        return True
    if number.digits in ("0", "1") and number.value != point(Fraction(-1)):
        return False
    return not re.compile(_KIND).match(text, number.end)


def _is_one(words: tuple[str, ...]) -> bool:
    """Whether "one" counts what these words and a unit stand for: "one L4 GPU", not "one more"."""
    return not words or (len(words) == 1 and words[0][-1:].isdigit())


# -- before a number -----------------------------------------------------------------------------


def _before(passage: Passage, number: Number, lexicon: Lexicon) -> tuple[int, str, str]:
    """Where the claim starts, its hedge by word, and the key that it is assigned to."""
    start, text = number.start, passage.text
    if assigned := _assigned(passage, start, lexicon):
        return assigned.start("key"), "", assigned["key"]
    if passage.kind in CODE and (item := _item_key(text, start)):
        return start, "", item
    return start, _hedge(text, number, lexicon), ""


def _hedge(text: str, number: Number, lexicon: Lexicon) -> str:
    """The hedge that words before the number give."""
    near = text[max(number.start - _REACH, 0) : number.start]
    if near[-1:] not in _SPACES:
        return ""
    near = near.lower().rstrip()
    last = last_word(_WORD, near)
    if number.is_worded and last in ("a", "an"):  # "fewer than a thousand"
        near = near[: -len(last)].rstrip()
        last = last_word(_WORD, near)
    if last not in lexicon.hedge_ends:
        return ""
    words = _WORD.findall(near)
    for width in range(min(len(words), _LONGEST_HEDGE), 0, -1):
        phrase = " ".join(words[-width:])
        hedge = lexicon.hedges.get(phrase, "")
        if hedge and phrase in _PREPOSITIONS:
            hedge = hedge if _is_loose(near, words[:-width], phrase, lexicon) else ""
        if hedge:
            return hedge
    return ""


def _tail(text: str, end: int, lexicon: Lexicon) -> str:
    """The hedge behind a number and what it counts: "500 runs or more"."""
    tail = _TAIL.match(text, end) if text[end + 1 : end + 2] in ("o", "a") else None
    return lexicon.hedge_tails.get(tail[1].lower(), "") if tail else ""


def _is_loose(near: str, before: list[str], phrase: str, lexicon: Lexicon) -> bool:
    """Whether no noun or verb stands before a preposition that it could belong to: "with over 600
    runs" is a bound, "averaged over 600 runs" none.
    """
    left = near.rstrip()[: -len(phrase)].rstrip()
    return not before or before[-1] in lexicon.phrase_ends or not left[-1:].isalnum()


def _assigned(passage: Passage, start: int, lexicon: Lexicon) -> re.Match[str] | None:
    """The key before the number at ``start``: ``r=8``, ``--iters 600``, "rank-8"."""
    text = passage.text
    near = text[max(start - _LONGEST_KEY, 0) : start]
    if near.rstrip(" `")[-1:] not in ("=", ":", "-") and "--" not in near:
        return None
    match = re.compile(_ASSIGNMENT).search(text, max(start - _LONGEST_KEY, 0), start)
    if match is None or re.compile(_TUPLE).fullmatch(text, 0, match.start("key")):
        return None
    if match["joint"] == " ":
        return match if text.startswith("--", match.start("key") - 2) else None
    if match["joint"].strip("` ") == "=":
        return match
    if match["joint"] == "-":
        return match if match["key"].lower() in lexicon.keys else None
    return match if passage.kind in CODE or "_" in match["key"] else None


def _item_key(text: str, start: int) -> str:
    """The place of a number in a list that a key is set to: "b[1]" in ``b = [0.9, 0.99]``."""
    if text[start - 1 : start] not in ("[", ",", " "):
        return ""
    match = re.compile(_LIST).search(text, max(start - _LONGEST_LIST, 0), start)
    return f"{match['key']}[{match['before'].count(',')}]" if match else ""


def _is_end(text: str, number: Number) -> bool:
    """Whether the number is an end of "[16.30%, 28.89%]" or of "40%–60%"."""
    before, after = text[number.start - 1 : number.start], text[number.end : number.end + 1]
    if before in _ENDS or after in _ENDS:
        opens = before == "[" and after in (",", "–", "-")
        closes = after == "]" and text[max(number.start - 2, 0) : number.start].strip() in _ENDS
        dashed = (after in ("–", "-") and text[number.end + 1 : number.end + 2].isdigit()) or (
            before in ("–", "-") and text[number.start - 2 : number.start - 1] in ("%", ")")
        )
        return opens or closes or dashed
    return False


def _is_definite(text: str, number: Number, unit: str, lexicon: Lexicon) -> bool:
    """Whether the count means the whole: "the 400", "all five", "12-task"."""
    if unit and text.startswith("-", number.end):
        return True
    near = text[max(number.start - _REACH, 0) : number.start].rstrip()
    return near[-1:] in (":", "=") or last_word(_WORD, near).lower() in lexicon.definite


# -- behind a number -----------------------------------------------------------------------------


def _counted(text: str, end: int, lexicon: Lexicon) -> tuple[int, str, tuple[str, ...]]:
    """Where the counted noun ends, its unit, and the words before it; the first unit wins unless
    another follows at once ("event sequences").
    """
    if text[end : end + 1] in PLAIN_ENDS:
        return end, "", ()
    units = lexicon.units
    if text.startswith("-", end):
        compound = _WORD.match(text, end + 1)
        unit = units.get(compound.group().lower(), "") if compound else ""
        return (compound.end(), unit, ()) if compound and unit else (end, "", ())
    glued = _WORD.match(text, end)
    if glued:
        unit = units.get(glued.group().lower(), "")
        return (glued.end(), unit, ()) if unit else (end, "", ())
    at = end
    words: list[str] = []
    while len(words) < _LONGEST_NOUN_PHRASE and (noun := _NOUN.match(text, at)):
        word, at = noun[1].lower(), noun.end()
        if word in lexicon.phrase_ends or word in lexicon.numbers:
            break
        if (unit := units.get(word, "")) and not _is_unit(text, at, lexicon):
            return at, unit, tuple(words)
        words.append(word)
    return end, "", ()


def _is_unit(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether a counted noun follows at once."""
    noun = _NOUN.match(text, at)
    word = noun[1].lower() if noun else ""
    return word.endswith("s") and word in lexicon.units
