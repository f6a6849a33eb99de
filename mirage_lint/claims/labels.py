"""Numbers that claim nothing: versions, dates, times, labels, citations, ids, ordinals, lists."""

from __future__ import annotations

import re

from mirage_lint import vocabulary
from mirage_lint.claims.claim import FRACTION, NUMBER
from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.claims.numbers import PLAIN_ENDS, Number
from mirage_lint.core.patterns import one_of
from mirage_lint.documents.passages import CODE, Passage

_YEARS = range(1900, 2100)
_LIKELY_YEARS = range(1990, 2040)
"""Those that documents of the field speak of: a number of them counts only what stands by it."""
_REACH = 24
"""Characters before a number in which the word stands that makes it a label."""
_WORD = re.compile(r"[^\W\d]\w*")
# As text, what few documents need: it is compiled where it is used.
_CITATION_ENDS = r"\d*(?:[,–-]\s?\d+)*(?:\]|,\s?(?:Sec|§|p\.|pp\.|Ch|Fig|Tab|Eq|Th|App))"
_CROSSES = frozenset("x×")
_SIDE_BEFORE = r"(?<!\w)(?:\d+[x×])*(?P<other>\d+)(?P<space> ?)[x×] ?\Z"
_SIDE_BEHIND = r"(?P<space> ?)[x×] ?(?P<other>\d+)(?![^\Wx×])"
_MATH = r"(?:[^$A-Za-z\n]|\\[a-z]+){1,60}\$(?!\d)"
"""What goes on behind the first sign of "$71.3 \\pm 0.4$", which is no dollar's."""
_DAY = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_LONGEST_DAY = len("20240531")
_LONG = 9
"""Digits, without separators, of what is an id where it counts nothing."""
_DATE = r"(?:19|20)\d\d\.(?:0[1-9]|1[0-2])"
_LONGEST_DATE = len("2024.05")
_ARXIV = r"\d\d(?:0[1-9]|1[0-2])\.\d{4,5}"
_VERSIONS = rf"\b([^\W\d_]+):? [\d.]+(?:,| and| or| {one_of('/|–—-')}) \Z"
_LISTING = frozenset(",dr/|–—-")
"""What the sign or the word between two versions ends with."""
_EARLIER = r"\s(?:or|and)\s(?:earlier|later|newer|older)\b"
"""What goes on behind a version."""
_BETWEEN = frozenset({"and", "or", "to"})
_PLACES_BEFORE = r"(?<!\w)([^\W\d_]+)s [\d,]+,? (?:and|or|to) \Z"
_PLACE_BEHIND = r",? (?:and|or|to) \d"
_FIRST_OF_SEVERAL = r"((?<!\w)[^\W\d_]*)\W{0,3}(?<![\[\u2011-])\b[\d./]+\Z"
_CARD = r"(?<!\w)[A-Z]+\d+ \Z"
"""A graphics card, of which "80GB" behind it is a part: "A100 80GB"."""
_CARDS = r"[x×]\s?[A-Z]+\d"
"""Behind how many cards there are: "8xV100"."""
_DOI = r"10\.\d{4,}/"
_WITHIN = r"(?:[a-z\d],? |\w \()\Z"
"""What stands before a word in the midst of a sentence."""
_WORD_BEFORE = r"[^\W\d_]+\Z"
_NOUN_BEHIND = r"\d+ ([^\W\d_]+)"
_FILE = r"\w\.[A-Za-z]{1,6}\Z"
_NUMERAL_BEFORE = r"(?<!\w)\d[\d.,]*[kKMB%]?\Z"
_HOUR = r"\d\d?(?:\.[0-5]\d)?"
_OF_DAY = r"\s?[ap]\.?m\b"
_BEFORE_COMMA = r"(?<![\w,.])\d+,\Z"
_BEHIND_COMMA = r",\d{1,2}(?![\w,])"
_LONGEST_PARTICLE = 2
"""Of "by" and "v", which lead a label only in a name."""
_LONGEST_PLACE = 2
_LARGEST_VERSION = 30
"""A decimal with one place from here on scores."""
_SENTENCE_ENDS = frozenset({*".,;:)\n", ""})
_SIGNS = frozenset({"+ ", "- ", "− "})
_VARIABLES = frozenset("bcdefghijklmnopqrstuvwxyz")
"""Letters that stand for a number: an "a" is a word, and capitals name things."""
_MONEY = frozenset("$€£¥")
_SPACED_MARKS = _MONEY | {"§"}
_BREAKS = frozenset("^°²³\u00ad\u200b\u2060\u066b")
"""What goes on with a number in a way that is not read: powers, degrees, what nobody sees."""
_LABEL_MARKS = frozenset("#§@/\\^&±}\u00ad\u200b\u2060\u066b") | _MONEY
_APOSTROPHES = frozenset("'\u2019")
_JOINTS = "-._\u2010\u2011"
_HEADS = frozenset(
    {
        *("version", "commit", "revision", "md5", "hash", "checksum", "digest", "doi"),
        *("#", "no.", "nr", "nr.", "id", "row"),
    }
)
"""Heads of columns of labels."""
_ALWAYS = frozenset(
    {
        *("v", "version", "line", "issue", "index", "phase", "stage", "lesson", "exercise"),
        *("chapter", "section", "figure", "table", "appendix", "equation", "lemma", "theorem"),
    }
)
_BEFORE_YEAR = frozenset({"in", "since", "until", "by", "from", "of", "before", "after", "during"})
_ODD_SIGNS = frozenset({"<>", "=>", "=<"})
"""What says of a number that it is another, or is an arrow as well as a bound."""
_SET_BY = frozenset("=:≈~<>≤≥")


def is_label(passage: Passage, number: Number, lexicon: Lexicon) -> bool:
    """Whether a number names, dates or orders something, and claims nothing."""
    text, start, end = passage.text, number.start, number.end
    if number.is_worded:
        return False
    if text[max(start - 2, 0) : start] in _ODD_SIGNS:
        return True
    if number.chain and (_is_chained(number) or _is_odd_chain(number)):
        return True
    if passage.kind in CODE and "," in text[start:end]:
        return True  # a list of values: code has no thousands separators
    if end - start == len(text):  # a table's cell, mostly
        return passage.column is not None and _heads_labels(passage, passage.column.text, lexicon)
    return _is_numbered(number) or (
        _is_shape(text, number)
        or (end - start >= _LONG and _is_id(passage, number, lexicon))
        or _is_led(text, number, lexicon)
        or _is_term(text, start)
        or (end < len(text) and text[end] not in " ;:)\n" and _is_run_on(text, number, lexicon))
        or _is_dated(text, number, lexicon)
        or (passage.kind == "heading" and _numbers_heading(passage, number, lexicon))
        or _is_hour(text, number)
    )


def _heads_labels(passage: Passage, head: str, lexicon: Lexicon) -> bool:
    """Whether a column holds versions, hashes, or the places of a run: "Epoch", "Step"."""
    head = head.lower().strip()
    if head in _HEADS or head.startswith(("sha1", "sha2", "sha-")):
        return True
    if head not in lexicon.ordinals:
        return False
    before = [cell.column.text.lower() for cell in passage.row if cell.column]
    return not before or "loss" in before[-1] or before[-1] in lexicon.ordinals


def _is_numbered(number: Number) -> bool:
    """Whether digits are written as in ids and dates: "00001", "08", "2309.11482", "20240531"."""
    first, dot, _ = number.digits.partition(".")
    if number.end - number.start == _LONGEST_DAY and re.fullmatch(_DAY, number.digits):
        return True
    if len(first) > 1 and first[0] == "0" and number.kind == NUMBER and first.strip("0"):
        return True
    return len(first) == 4 and bool(dot) and re.fullmatch(_ARXIV, number.digits) is not None


def last_word(word: re.Pattern[str], text: str) -> str:
    """The ``word`` that ``text`` ends with, "" where there is none."""
    parts = text.rsplit(None, 1)
    found = word.findall(parts[-1]) if parts else []
    return found[-1] if found and text.endswith(found[-1]) else ""


def _is_shape(text: str, number: Number) -> bool:
    """ "512×512", "640 x 640": sides, and no product that is worked out."""
    start, end = number.start, number.end
    if _CROSSES.isdisjoint(text[max(start - 2, 0) : start] + text[end : end + 2]):
        return False
    digits = text[start:end]
    if not digits.isdecimal() or "=" in text[end : end + _REACH]:
        return False
    before = re.compile(_SIDE_BEFORE).search(text, max(start - _REACH, 0), start)
    behind = re.compile(_SIDE_BEHIND).match(text, end)
    is_side = not text[end : end + 1].isalpha() or behind is not None
    return is_side and any(
        side is not None and (side["space"] == "" or side["other"] == digits)
        for side in (before, behind)
    )


def _is_id(passage: Passage, number: Number, lexicon: Lexicon) -> bool:
    """Whether many digits in a row stand in prose, and nothing says what they count."""
    text = passage.text
    near = text[max(number.start - _REACH, 0) : number.start].rstrip()
    is_plain = text[number.start : number.end].isdecimal() and "--" not in near
    if passage.kind in CODE or not is_plain:
        return False
    behind = _WORD.match(text, number.end + 1)
    return near[-1:].isalnum() and not (behind and behind.group().lower() in lexicon.units)


def _is_hour(text: str, number: Number) -> bool:
    """ "3 pm", "11.30 a.m."."""
    behind = text[number.end : number.end + len(" p.m")]
    if behind.lstrip()[:1] not in ("a", "p"):
        return False
    is_of_day = re.compile(_OF_DAY).match(text, number.end) is not None
    return is_of_day and re.fullmatch(_HOUR, number.digits) is not None


def _is_led(text: str, number: Number, lexicon: Lexicon) -> bool:
    """Whether what stands before the number makes it a label."""
    start = number.start
    before = text[start - 1] if start else " "
    if before == " " and text[max(start - 2, 0) : start - 1] in _SPACED_MARKS:
        return True
    if text.startswith((" or ", " and "), number.end) and re.match(_EARLIER, text[number.end :]):
        return True
    if before in " \n(":
        return (
            _is_named(text, start, number, lexicon)
            or _is_listed(text, number, lexicon)
            or _is_release(text, number)
        )
    if before == "=":  # "python=3.10"
        word = re.compile(_WORD_BEFORE).search(text, max(start - _REACH, 0), start - 1)
        return word is not None and word.group().lower() in (*lexicon.versioned, "version")
    if number.hedge and before.isalpha():  # "PyTorch>=1.8"
        word = re.compile(_WORD_BEFORE).search(text, max(start - _REACH, 0), start)
        return word is not None and (
            (word.group()[0].isupper() and len(word.group()) > 1)
            or word.group().lower() in lexicon.versioned
        )
    if number.hedge and before == ",":  # "torch>=2.1,<2.4"
        return True
    if before == "/" and "." in number.digits and text[start - 2 : start - 1].isdigit():
        first = re.search(_FIRST_OF_SEVERAL, text[max(start - _REACH, 0) : start])
        return first is None or first[1].istitle() or first[1].lower() in lexicon.versioned
    return _is_glued(text, start, before, lexicon)


def _is_release(text: str, number: Number) -> bool:
    """ "deprecated since 1.1", "removed in 2.0": a version, with no word that says so."""
    if "." not in number.digits or text[number.end : number.end + 1] not in PLAIN_ENDS:
        return False
    before = text[max(number.start - _REACH, 0) : number.start].lower().split()[-2:]
    told = vocabulary.load("words")["released"]
    return before[-1:] == ["since"] or (len(before) > 1 and before[0] in told and before[1] == "in")


def _is_term(text: str, start: int) -> bool:
    """ "n - 1 layers": whether a number is taken from, or added to, what a letter stands for."""
    if text[start - 2 : start] not in _SIGNS or start < len("n - "):
        return False
    is_word = text[max(start - 5, 0) : start - 4].isalnum()
    return text[start - 3] == " " and text[start - 4] in _VARIABLES and not is_word


def _is_chained(number: Number) -> bool:
    """Dates, times, versions, ids, lists of values: more than a fraction or a range."""
    return number.hedge != "range" and number.kind != FRACTION


def _is_odd_chain(number: Number) -> bool:
    """ "24/7", "2024-2025", and what falls where a range rises."""
    if number.kind == FRACTION:
        return number.chain == "24/7"
    low, high = number.value
    is_rising = low is not None and high is not None and low < high
    return not is_rising or (number.digits.isdecimal() and int(number.digits) in _YEARS)


def _is_glued(text: str, start: int, before: str, lexicon: Lexicon) -> bool:
    """Whether a mark, or a word with a mark, runs into the number: "#41", "checkpoint-250"."""
    if before in _LABEL_MARKS or before in ",+":
        return _is_marked(text, start, before)
    if before == "[":
        return _is_cited(text, start)
    if before == ":":  # "train.py:12"
        return re.compile(_FILE).search(text, max(start - _REACH, 0), start - 1) is not None
    behind = text[start - 2 : start - 1]
    if before not in _JOINTS:
        return before in _APOSTROPHES and behind.isalpha()  # "ICCV'23"
    if not (behind.isalnum() or behind in (")", "_")):
        return False
    if before in "._":
        return True
    if re.compile(_NUMERAL_BEFORE).search(text, max(start - _REACH, 0), start - 1):
        return False  # a range: "5k-20k"
    word = text[max(start - _REACH, 0) : start - 1].split()[-1:]
    noun = re.compile(_NOUN_BEHIND).match(text, start)  # "rank-1 accuracy"
    is_score = noun is not None and noun[1].lower() in lexicon.scores
    return is_score or not (word and word[0].strip("(`\"'").lower() in lexicon.keys)


def _is_marked(text: str, start: int, mark: str) -> bool:
    """Whether the sign right before a number makes it a label."""
    if mark == "+":  # "C++17"
        return text[start - 2 : start - 1] == "+"
    if mark == "$":
        return re.compile(_MATH).match(text, start) is None
    return mark != "," or _is_behind_comma(text, start) or _is_cited(text, start)


def _is_behind_comma(text: str, start: int) -> bool:
    """Whether the number is the second half of "9,3 %", and no item of a list."""
    before = re.compile(_BEFORE_COMMA).search(text, max(start - _REACH, 0), start)
    return before is not None and re.compile(_BEHIND_COMMA).match(text, start - 1) is not None


def _is_cited(text: str, start: int) -> bool:
    """ "[12]", "[3, 14]": whole numbers alone in a bracket."""
    opened = text.rfind("[", max(start - _REACH, 0), start)
    return (
        opened >= 0
        and text[max(opened - 2, 0) : opened].rstrip()[-1:] not in ("=", ":")
        and not text[opened + 1 : start].strip("0123456789,–- ")
        and re.compile(_CITATION_ENDS).match(text, start) is not None
    )


def _is_named(text: str, start: int, number: Number, lexicon: Lexicon) -> bool:
    """Whether the word before makes it a name or a place: "Table 9", "step 500", "May 3"."""
    before = text[max(start - _REACH, 0) : start].rstrip(" \n(")
    if before.endswith((",", "[")) and _is_cited(text, start):
        return True
    is_short = before.endswith(".")
    word = last_word(_WORD, before.rstrip(".:"))
    if not word:
        return False
    lower = word.lower()
    if is_short:
        return lower in lexicon.labels or lower == "no"  # "Fig. 3", "no. 41"
    if before.endswith(":"):  # "Python: 3.11"
        return "." in number.digits and lower in lexicon.versioned
    if lower in lexicon.months or (
        lower in lexicon.versioned and not _is_measured(text, number, lexicon)
    ):
        return True
    return text[start - 1] != "(" and _is_place(text, word, number, lexicon)


def _is_place(text: str, word: str, number: Number, lexicon: Lexicon) -> bool:
    """Whether a word and the number behind it tell where, when or which."""
    lower = word.lower()
    if _is_one_of_places(text, number, lower, lexicon):
        return True
    place = lower[:-1] if number.hedge == "range" else lower
    if place in lexicon.ordinals and number.digits.isdecimal():
        return True  # "step 500", "epoch 2", "steps 1–4": when, not how long
    if number.kind != NUMBER:
        return False
    if lower in lexicon.labels and (word != lower or lower in _ALWAYS):
        return True
    is_alone = len(lower) > _LONGEST_PARTICLE and _is_alone(text, number, lexicon)
    is_label = lower in lexicon.labels and is_alone
    return is_label or _is_proper(text, number.start, word, number, lexicon)


def _is_one_of_places(text: str, number: Number, word: str, lexicon: Lexicon) -> bool:
    """ "rows 1 and 2", "steps 61,200 and 84,500", "runs 12 to 15": each of them."""
    if not number.digits.isdecimal():
        return False
    if word in _BETWEEN:
        first = re.search(_PLACES_BEFORE, text[max(number.start - _REACH, 0) : number.start])
        noun = first[1].lower() if first else ""
    else:
        is_first = word.endswith("s") and re.compile(_PLACE_BEHIND).match(text, number.end)
        noun = word[:-1] if is_first or (number.hedge == "range" and word.endswith("s")) else ""
    return noun in lexicon.ordinals or noun in lexicon.labels


def _is_alone(text: str, number: Number, lexicon: Lexicon) -> bool:
    """Whether a small whole number counts nothing, as in "row 2", "part 3 of", "in run 17."."""
    if not number.digits.isdecimal() or len(number.digits) > _LONGEST_PLACE or number.hedge:
        return False
    behind = _WORD.match(text, number.end + 1) if text.startswith(" ", number.end) else None
    if behind:
        return behind.group() in lexicon.phrase_ends
    return text[number.end : number.end + 1] in _SENTENCE_ENDS


def _is_listed(text: str, number: Number, lexicon: Lexicon) -> bool:
    """The second of "Python 3.11 and 3.12", and the memory in the name of a card."""
    is_memory = text.startswith("GB", number.end)
    if not is_memory and ("." not in number.digits or text[number.start - 2] not in _LISTING):
        return False
    before = text[max(number.start - _REACH, 0) : number.start]
    if is_memory:
        return re.search(_CARD, before) is not None
    listed = re.search(_VERSIONS, before)
    return listed is not None and listed[1].lower() in lexicon.versioned


def _is_measured(text: str, number: Number, lexicon: Lexicon) -> bool:
    """Whether a number is no version: "openssl 2.5s", "Python 63.0, Java 70.4"."""
    whole, _, part = number.digits.partition(".")
    if len(part) == 1 and int(whole or 0) >= _LARGEST_VERSION:
        return True
    glued = _WORD.match(text, number.end)
    return glued is not None and glued.group().lower() in lexicon.units


def _is_proper(text: str, start: int, word: str, number: Number, lexicon: Lexicon) -> bool:
    """ "on a Pixel 7", "at Hall 7, Stand 22", "on a 4090": a whole number that belongs to a name in
    the midst of a sentence, or that is one itself.
    """
    if not number.digits.isdecimal() or number.hedge or number.scale != "1":
        return False
    if word.lower() == word.upper():
        return False  # a script without capitals
    behind = _WORD.match(text, number.end + 1)
    if behind and behind.group().lower() in lexicon.units and _is_several(behind.group()):
        return False
    if word in ("a", "an"):
        return len(number.digits) > 2 and (not behind or behind.group() in lexicon.phrase_ends)
    is_mixed = not word.islower() and not word.isupper() and word.lower() not in lexicon.keys
    place = start - len(word) - 1
    is_within = re.compile(_WITHIN).search(text, max(place - _REACH, 0), place)
    return is_mixed and is_within is not None and not text.startswith(("%", '"'), number.end)


def _is_several(unit: str) -> bool:
    """Whether a unit's word may follow a number: not "core" in "a Pi 4 core"."""
    return unit.endswith("s") or len(unit) < 4


def _is_run_on(text: str, number: Number, lexicon: Lexicon) -> bool:
    """Whether the number runs into a word that is no unit, or a power: "1st", "2x2", "2^10"; at
    the start "26.Name" is one of a list.
    """
    end = number.end
    if text[end] == ".":
        is_version = text.startswith(".x", end)
        return is_version or (not number.start and text[end + 1 : end + 2].isalpha())
    if text[end] == ",":  # "9,3 %", of which the first half is no number of its own
        is_first = text[max(number.start - 1, 0)] != "," and number.digits.isdecimal()
        return is_first and re.compile(_BEHIND_COMMA).match(text, end) is not None
    if text[end] in _BREAKS or text.startswith("{,}", end):
        return True
    if re.compile(_CARDS).match(text, end):
        return False
    if not (text[end].isalpha() or text[end] == "_"):
        return False
    word = _WORD.match(text, end)
    return word is None or word.group().lower() not in lexicon.units


def _is_dated(text: str, number: Number, lexicon: Lexicon) -> bool:
    """Years, months, days before their month ("5 September"), and publications."""
    is_date = len(number.digits) == _LONGEST_DATE and re.fullmatch(_DATE, number.digits)
    if is_date or (number.digits.startswith("10.") and re.compile(_DOI).match(text, number.start)):
        return True
    if number.kind != NUMBER or not number.digits.isdecimal() or len(number.digits) > 4:
        return False
    start, end = number.start, number.end
    if text.startswith(" ", end):
        word = _WORD.match(text, end + 1)
        if word and word.group().lower() in lexicon.months:
            return word.group()[0].isupper()
    is_plain = len(number.digits) == 4 and text[start:end].isdecimal()
    if not is_plain or int(number.digits) not in _YEARS:
        return False
    return _is_year(text, number, lexicon)


def _is_year(text: str, number: Number, lexicon: Lexicon) -> bool:
    """Whether four digits are a year: by what stands before, or because nothing is counted."""
    start, end = number.start, number.end
    if text.startswith("s", end):  # "the 1990s"
        return True
    behind = _WORD.match(text, end + 1) if text.startswith((" ", "-"), end) else None
    if behind and behind.group().lower() in lexicon.units:
        return text[end] == " " and not _is_several(behind.group())
    before = text[max(start - _REACH, 0) : start]
    words = [one.lower() for one in _WORD.findall(before)][-3:]
    near = before.rstrip()[-1:]
    if near in _SET_BY:
        return False
    is_led = bool(words and near.isalpha() and words[-1] in _BEFORE_YEAR)
    if is_led or near in ("(", ",", "©") or (near == "." and text.startswith(".", end)):
        return True
    is_key = bool(words) and words[-1] in lexicon.keys
    is_plural = behind is not None and behind.group().endswith("s")
    is_likely = int(number.digits) in _LIKELY_YEARS and not (is_key or is_plural)
    return is_likely or not lexicon.months.isdisjoint(words)


def _numbers_heading(passage: Passage, number: Number, lexicon: Lexicon) -> bool:
    """ "5.1 Results": a heading's own number."""
    text, end = passage.text, number.end
    if number.start or number.kind != NUMBER or not text[end:].strip():
        return False
    if text[end] in ".):":
        return True
    word = _WORD.match(text, end + 1)
    is_name = word is not None and word.group().istitle() and not word.group().endswith("s")
    is_counted = word is not None and word.group().lower() in lexicon.units and not is_name
    return text[end] == " " and not is_counted and text[end + 1 : end + 2] not in ("%", "/", "=")
