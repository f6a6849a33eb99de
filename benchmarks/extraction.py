"""How well numbers are read, on labelled sets: ``python benchmarks/extraction.py [DATA]``.

DATA is the folder of the public sets (default: ``../shared/data`` beside the project); our own set
is ``benchmarks/gold/claims.jsonl``. Values count first: a gold number is read right where a claim
over it holds its value. The exact span is told second, since where a number ends is a convention.
Where quantulum3 is installed it is run on the same public sets.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from mirage_lint.claims import lexicon
from mirage_lint.claims.claim import NUMBER, PERCENT, POINTS, Claim
from mirage_lint.claims.extract import extract
from mirage_lint.core.interval import Interval, half_unit, rounded
from mirage_lint.documents import markdown, source
from mirage_lint.documents.passages import Passage, Piece

ROOT = Path(__file__).parent.parent
GOLD = Path(__file__).parent / "gold" / "claims.jsonl"
RESULT = Path(__file__).parent / "results" / "extraction.json"

LEFT_OUT = {
    "currency": "amounts of money",
    "temperature": "temperatures",
    "ordinal": "ordinals",
    "ordinal.relative": "ordinals",
}
"""Types of gold that a linter of results rightly leaves alone, and what they are."""
NOT_READ = {
    "powers": r"\S+\^\S+",
    "addresses, dates and telephone numbers": r"\S*\d[./-]\d+[./-]\d\S*",
    "money": r"[$€£¥]\s?-?[\d.,]+(?: \w+)?|[\d.,]+ ?(?:[$€£¥]|(?:\w+ )?(?:dollar|euro|yen|yuan))"
    r"|[\d.,]+ (?:\w+ )?(?:cent|dime)",
    "temperatures": r"\S+ ?(?:[°º]\w?|degrees?\b)|\d[CFK]\b|absolute zero",
    "years": r"\b(?:in|of|since|the) (?:19|20)\d\d",
    "decimal commas": r"\d,\d(?!\d\d)",
    "Indian scales": r"[\w.]+ (?:lakh|crore)",
    "measures in two units": r"\d+ (?:ft|feet) (?:and )?\d+ in\w*|\d\s?'",
    "counts by an article": r"\b[Aa]n? (?!hund|thous|milli|billi|trill|half)\w+",
    "one, zero and half alone": r"\b(?i:one|zero|nought|naught|nil|half)\b(?!-| [a-z])",
    "spelled decimals": r"[\w ]+ point [\w -]+",
    "spelled bars": r"[\w ]+ over [\w -]+",
    "denominators of two words": r"[\w ]+[ -](?:twenty|thirty|hundred|thousand)[ -]"
    r"(?:firsts?|fifths?|and fifth)",
    "scales of scales": r"[\w ]+(?:half|quarters?) million|\w+ of a million|[\w ]+ dozens",
    "glued letters that are a unit and a scale": r"\d ?[mbtGwM]\b",
    "signs and scales that stand apart": r"- \d+.*|\d  ?k\b|< = \d+",
    "parts of a large scale": r"[\w ]+(?:illion|hundred)ths?\b",
    "ordinals as ends": r"[\w ]+ the (?:ten|fifteen)th",
    "names": r"\b[A-Z]+-\d+\b|three-nought-four",
}
"""Forms that are left out of the count for what they are, each a pattern over the gold's text."""


HALVES = ("dev", "held", "second", "third", "fourth", "fifth", "sixth", "seventh")
"""The parts of our own set; those from the second on were written when those before were known."""


class Gold(NamedTuple):
    """A number of a text: its span, and its value, or its ends (None: no bound)."""

    start: int
    end: int
    text: str
    value: str
    low: str | None = None
    high: str | None = None
    is_range: bool = False


class Read(NamedTuple):
    """A number that a reader found, on the scale of what is written; ``wide`` ends behind what it
    counts.
    """

    start: int
    end: int
    wide: int
    value: Interval
    hedge: str = ""


Reader = Callable[[str], list[Read]]


# -- the readers -------------------------------------------------------------------------------


def read_ours(text: str) -> list[Read]:
    """The quantities that mirage-lint reads in plain text."""
    passage = Passage("paragraph", text, (Piece(0, len(text), 0, len(text)),))
    claims = extract(passage, _LEXICON).claims
    return [_ours(claim, claim.value) for claim in claims if claim.value is not None]


_LEXICON = lexicon.make()


def _ours(claim: Claim, value: Interval) -> Read:
    hundred = Fraction(100 if claim.kind in (PERCENT, POINTS) else 1)
    return Read(*claim.number, claim.end, value.scaled(hundred), claim.hedge)


def quantulum3() -> Reader | None:
    """The reader of quantulum3; None where it is not installed."""
    try:
        from quantulum3 import parser
    except ImportError:
        return None

    def read(text: str) -> list[Read]:
        return [_theirs(one) for one in parser.parse(text)]

    return read


def _theirs(one: Any) -> Read:
    value, reach = (Fraction(f"{number or 0:.12g}") for number in (one.value, one.uncertainty))
    start, end = one.span
    return Read(start, end, end, Interval(value - reach, value + reach), "range" if reach else "")


# -- the sets ----------------------------------------------------------------------------------


def recognizers(path: Path) -> Iterator[tuple[str, list[Gold]]]:
    """Texts of Recognizers-Text with the numbers that count."""
    for row in _rows(path):
        gold = [one for one in row["gold"] if one["type"] not in LEFT_OUT]
        # Sets of ages, lengths and ordinals leave other numbers of their texts unmarked.
        if gold or (not row["gold"] and re.search("/(?:Number|Percent)", row["id"])):
            yield (
                row["text"],
                [_recognized(one) for one in gold if one["value"] not in (None, "null")],
            )


def _recognized(one: dict[str, Any]) -> Gold:
    value = str(one["value"])
    ends = re.fullmatch(r"[\[(]([^,]*),([^,]*)[\])]", value)
    what = (one["start"], one["end"], one["text"])
    if ends and ends[1] == ends[2]:
        return Gold(*what, ends[1])
    if ends:
        return Gold(*what, "", ends[1] or None, ends[2] or None, is_range=True)
    if one["type"] == "percentage" and not re.search("%|per ?cent", one["text"]):
        value = f"{float(Fraction(value.rstrip('%')) / 100):.12g}"  # "one in two" is told as 50%
    return Gold(*what, value.rstrip("%"))


def quantulum(path: Path) -> Iterator[tuple[str, list[Gold]]]:
    """Texts of quantulum3 with their quantities; an uncertainty is a range's half."""
    for row in _rows(path):
        yield row["text"], [_quantity(one) for one in row["gold"]]


def _quantity(one: dict[str, Any]) -> Gold:
    what = (one["start"], one["end"], one["text"])
    reach = Fraction(str(one["uncertainty"] or 0))
    if reach and not re.search(r"±|\+/-", one["text"]):
        middle = Fraction(str(one["value"]))
        return Gold(*what, "", _decimal(middle - reach), _decimal(middle + reach), is_range=True)
    return Gold(*what, str(one["value"]))


def _decimal(value: Fraction) -> str:
    return f"{float(value):.12g}"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


# -- the score ---------------------------------------------------------------------------------


def score(texts: Iterable[tuple[str, list[Gold]]], reader: Reader, shown: str = "") -> Counter[str]:
    """How many numbers count, are read right, with the exact span; and what was read on texts
    that have none.
    """
    counts: Counter[str] = Counter()
    for text, gold in texts:
        read = reader(text)
        if not gold:
            counts["empty"] += 1
            counts["false"] += bool(read)
            if read and "false" in shown:
                print("false:", repr(text), [text[one.start : one.end] for one in read])
        for one in gold:
            if left_out(text, one):
                counts["left out"] += 1
                continue
            near = [other for other in read if other.start < one.end and one.start < other.end]
            counts["gold"] += 1
            counts["right"] += is_right(one, near)
            counts["exact"] += _is_exact(text, one, near)
            if "wrong" in shown and not is_right(one, near):
                told = [(text[other.start : other.end], *other[3:]) for other in near]
                print("wrong:", repr(text[:90]), one[2:], told)
    return counts


def _is_exact(text: str, gold: Gold, near: list[Read]) -> bool:
    """Whether the span is the gold's, with or without what is counted, and but for the words that
    bound it: "more than 30" is our "30", and "from 2 to 4" our "2" and "4".
    """
    if not near:
        return False
    first, last = near[0], near[-1]
    before = text[gold.start : first.start] if gold.start <= first.start else "?"
    within = [text[a.end : b.start] for a, b in pairwise(near)]
    return any(
        all(_is_bound(part) for part in (before, *within, text[end : gold.end]))
        for end in {last.end, last.wide}
        if end <= gold.end
    )


def _is_bound(text: str) -> bool:
    """Whether text is of nothing but words that make a number a bound or a range's end."""
    return set(re.findall(r"[^\W_]+|[^\w\s,]", text.lower())) <= _BOUNDS


_PHRASES = (*_LEXICON.hedges, *_LEXICON.hedge_tails)
_BOUNDS = {word for phrase in _PHRASES for word in phrase.split()} | {
    *("between", "from", "to", "and", "but", "equal", "equals", "is", "than", "or", "the", "~"),
}


def left_out(text: str, gold: Gold) -> str:
    """Why a number does not count, empty where it does."""
    for why, form in NOT_READ.items():
        for match in re.finditer(form, text):
            if match.start() < gold.end and gold.start < match.end():
                return why
    return ""


def is_right(gold: Gold, near: list[Read]) -> bool:
    """Whether one of the readings says the number, or two of them the ends of a range."""
    if not gold.is_range:
        return any(_says(other, gold.value) for other in near if other.hedge != "range")
    whole = any(_spans_range(other, gold) for other in near)
    ends = [end for end in (gold.low, gold.high) if end is not None]
    parts = all(any(_says(other, end) for other in near) for end in ends)
    bound = len(ends) == 1 and any(other.hedge in ("least", "most") for other in near)
    return whole or (parts and (len(ends) == 2 or bound))


def _says(read: Read, value: str) -> bool:
    """Whether a reading holds a value, which its set may have rounded."""
    exact, reach = Fraction(value), Fraction(0)
    if "." in value and len(value) > _LONGEST_EXACT:  # a float that was cut off
        reach = 2 * half_unit(value)
    return Interval(*read.value).overlaps(Interval(exact - reach, exact + reach))


_LONGEST_EXACT = 12


def _spans_range(read: Read, gold: Gold) -> bool:
    if read.hedge != "range" or gold.low is None or gold.high is None:
        return False
    low, high = read.value
    return (
        low is not None
        and high is not None
        and rounded(gold.low).holds(low)
        and rounded(gold.high).holds(high)
    )


# -- our own set -------------------------------------------------------------------------------


def score_own(half: str, shown: str) -> Counter[str]:
    """Claims of our own set in documents read as documents: found with the exact span and value,
    missed, and read where there are none.
    """
    counts: Counter[str] = Counter()
    for row in _rows(GOLD):
        if row["half"] != half:
            continue
        text = row["text"].replace("\r\n", "\n")  # as places are counted
        gold = {_span(text, one): one for one in row["claims"]}
        read = _read_document(text)
        right = {
            span for span, claim in read.items() if span in gold and _is_told(claim, gold[span])
        }
        counts["gold"] += len(gold)
        counts["read"] += len(read)
        counts["right"] += len(right)
        counts["hedge"] += sum(read[span].hedge == _hedge(gold[span]) for span in right)
        for span in sorted({*gold, *read} - right) if "own" in shown else ():
            told = read[span].value if span in read else None
            around = text[max(span[0] - 30, 0) : span[1] + 30]
            label = "missed" if span not in read else "wrong" if span in gold else "extra"
            print(label, row["id"], repr(text[slice(*span)]), "in", repr(around), told)
    return counts


def _span(text: str, claim: dict[str, Any]) -> tuple[int, int]:
    start = -1
    for _ in range(claim["nth"]):
        start = text.index(claim["quote"], start + 1)
    return start, start + len(claim["quote"])


def _read_document(text: str) -> dict[tuple[int, int], Claim]:
    """The quantities of a document by the span of their number in the source."""
    document = markdown.read(source.make("gold.md", text))
    return {
        claim.passage.source_span(*claim.number): claim
        for passage in document.passages
        for claim in extract(passage, _LEXICON).claims
        if claim.value is not None
    }


def _is_told(claim: Claim, gold: dict[str, Any]) -> bool:
    is_by_head = gold["form"] == "cell" and claim.kind == NUMBER  # its head says that it is in %
    hundred = 1 if is_by_head else {"%": 100, "points": 100, "bp": 10_000}.get(gold["unit"], 1)
    if claim.value is None or (hundred > 1 and claim.kind not in (PERCENT, POINTS)):
        return False
    low, high = claim.value.scaled(Fraction(hundred))
    if "low" not in gold:
        return Interval(low, high).holds(Fraction(gold["value"])) and claim.hedge != "range"
    ends = (rounded(gold["low"]), low), (rounded(gold["high"]), high)
    return all(end is not None and stated.holds(end) for stated, end in ends)


def _hedge(gold: dict[str, Any]) -> str:
    return "range" if "low" in gold else str(gold["hedge"])


# -- the figures -------------------------------------------------------------------------------


def measure(data: Path, shown: str) -> dict[str, float]:
    """All figures: percentages to one place, and counts."""
    found: dict[str, float] = {}
    readers: dict[str, Reader] = {"ours": read_ours}
    if other := quantulum3():
        readers["quantulum3"] = other
    sets = {"recognizers": recognizers, "quantulum": quantulum}
    files = {"recognizers": "recognizers_text.jsonl", "quantulum": "quantulum3.jsonl"}
    for name, load in sets.items():
        for reader, read in readers.items():
            counts = score(load(data / "numbers" / files[name]), read, shown * (reader == "ours"))
            found |= _figures(f"{name}_{reader}", counts)
    halves = {half: score_own(half, shown * (half == "dev")) for half in HALVES}
    for name, own in {**halves, "all": sum(halves.values(), Counter())}.items():
        found |= {
            f"own_{name}_claims": own["gold"],
            f"own_{name}_recall_percent": round(100 * own["right"] / own["gold"], 1),
            f"own_{name}_precision_percent": round(100 * own["right"] / own["read"], 1),
            f"own_{name}_hedge_percent": round(100 * own["hedge"] / own["right"], 1),
        }
    return found


def _figures(name: str, counts: Counter[str]) -> dict[str, float]:
    gold, empty = counts["gold"], counts["empty"]
    return {
        f"{name}_numbers": gold,
        f"{name}_left_out": counts["left out"],
        f"{name}_value_percent": round(100 * counts["right"] / gold, 1),
        f"{name}_span_percent": round(100 * counts["exact"] / gold, 1),
        f"{name}_false_percent": round(100 * counts["false"] / empty, 1) if empty else 0,
    }


def main() -> None:
    """Print the figures, and keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--show", default="", help="print cases: wrong, false")
    arguments = parser.parse_args()
    text = json.dumps(measure(arguments.data, arguments.show), indent=2) + "\n"
    RESULT.write_text(text, encoding="utf-8", newline="\n")
    print(text, end="")


if __name__ == "__main__":
    main()
