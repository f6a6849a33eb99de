"""Check that claims.jsonl keeps its own rules, and print what it holds.

Usage: python benchmarks/gold/check.py [claims.jsonl]

Nothing of the linter is imported: this file knows only the format of the gold
set (README.md, next to it). Exit status 1 when anything is wrong.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

HALVES = ("dev", "held")
LATER = ("second", "third", "fourth", "fifth", "sixth", "seventh")
"""Sets that came after the halves; they need not show every form."""
HEDGES = ("", "about", "least", "most")
REQUIRED = {"quote", "nth", "unit", "hedge", "form"}
OPTIONAL = {"value", "low", "high", "plus_minus", "ci"}
LEAST = 4  # every form and way of writing occurs at least so often

WAYS = {
    "comma separator": r"\d,\d{3}\b",
    "thin space separator": "\\d\u2009\\d{3}",
    "no-break space separator": "\\d\u00a0\\d{3}",
    "no leading zero": r"(?:^|[^\d])\.\d",
    "exponent": r"\de-?\d|10\^|10⁻",
    "percent sign": r"%",
    "percent word": r"per ?cent$",
    "points": r"(?:points?|pp)$",
    "basis points": r"bp$",
    "slash fraction": r"\d ?/ ?\d",
    "fraction with of": r"\bof\b|\bin \d",
    "fraction in words": r"[a-z][ -](?:thirds|quarters|fifths)$|[a-z] in [a-z]|out of ten",
    "number word": r"^[A-Za-z]",
    "multiplier": r"\d ?(?:k|K|M|B|T|million|billion)$",
    "range": r"\d(?:–|-? to )\d|\d and \d",
    "plus or minus": r"±",
    "interval in brackets": r" [\[(].*\d.*[\])]$",
    "approximation sign": r"^[~≈]",
    "bound sign": r"^[<>≤≥]",
    "minus sign": r"^−",
    "plus sign": r"^\+",
    "times": r"\d(?:x|×|-fold| times)$",
}


def exact(text: object) -> Fraction | None:
    """The exact number that a value text says, or None if it says none."""
    if not isinstance(text, str) or not re.fullmatch(r"-?[0-9.]+(/[0-9.]+)?", text):
        return None
    try:
        above, _, below = text.partition("/")
        return Fraction(Decimal(above)) / Fraction(Decimal(below or 1))
    except (InvalidOperation, ValueError, ZeroDivisionError):
        return None


def place(text: str, quote: str, nth: int) -> int:
    """Where the nth occurrence of quote starts in text, counting overlaps; -1 if nowhere."""
    at = -1
    for _ in range(nth):
        at = text.find(quote, at + 1)
        if at < 0:
            return -1
    return at


def number_errors(claim: dict) -> list[str]:
    """What is wrong with the numbers of a claim."""
    errors = []
    if ("value" in claim) == ("low" in claim) or ("low" in claim) != ("high" in claim):
        errors.append("needs either value or low and high")
    texts = [claim[key] for key in ("value", "low", "high", "plus_minus") if key in claim]
    interval = claim.get("ci", [])
    if any(exact(text) is None for text in [*texts, *interval]):
        return [*errors, "a number does not parse"]
    if "low" in claim and exact(claim["low"]) >= exact(claim["high"]):
        errors.append("low is not below high")
    if "ci" in claim:
        value = exact(claim["value"])
        if len(interval) != 2 or not exact(interval[0]) <= value <= exact(interval[1]):
            errors.append("the value is outside its interval")
    return errors


def label_errors(claim: dict) -> list[str]:
    """What is wrong with the keys, unit, hedge and form of a claim."""
    errors = []
    keys = set(claim)
    if not keys >= REQUIRED or not keys <= REQUIRED | OPTIONAL:
        errors.append(f"keys are {sorted(keys)}")
        return errors
    if claim["hedge"] not in HEDGES:
        errors.append(f"hedge is {claim['hedge']!r}")
    if claim["unit"] != claim["unit"].lower().strip():
        errors.append(f"unit is {claim['unit']!r}")
    if not re.fullmatch("[a-z]+", claim["form"]):
        errors.append(f"form is {claim['form']!r}")
    if claim["quote"] != claim["quote"].strip() or not claim["quote"]:
        errors.append("quote is empty or has outer blanks")
    return errors


def passage_errors(passage: dict, half: str) -> list[str]:
    """What is wrong with one passage, which should belong to the given half."""
    errors = []
    if set(passage) != {"id", "half", "text", "claims"}:
        return [f"keys are {sorted(passage)}"]
    if passage["half"] != half:
        errors.append(f"half should be {half}")
    end = 0
    for claim in passage["claims"]:
        found = label_errors(claim)
        if not found:
            found = number_errors(claim)
            at = place(passage["text"], claim["quote"], claim["nth"])
            if at < 0:
                found.append("does not occur so often")
            elif at < end:
                found.append("overlaps the claim before, or is out of order")
            end = max(end, at + len(claim["quote"]))
        errors += [f"{claim.get('quote')!r} ({claim.get('nth')}): {error}" for error in found]
    return errors


def ways_of(quote: str) -> list[str]:
    """The names of the ways of writing that a quote shows."""
    return [name for name, pattern in WAYS.items() if re.search(pattern, quote)]


def count(passages: list[dict]) -> dict[str, dict[str, Counter]]:
    """Per half: how many passages, claims, forms, ways of writing and hedges."""
    names = ("total", "form", "way", "hedge")
    counts = {half: {name: Counter() for name in names} for half in HALVES}
    for passage in passages:
        half = counts[passage["half"]]
        half["total"]["passages"] += 1
        half["total"]["passages without a claim"] += not passage["claims"]
        for claim in passage["claims"]:
            half["total"]["claims"] += 1
            half["form"][claim["form"]] += 1
            half["way"].update(ways_of(claim["quote"]))
            half["hedge"][claim["hedge"] or "none"] += 1
    return counts


def show(counts: dict[str, dict[str, Counter]]) -> list[str]:
    """Print the counts; return what occurs too seldom."""
    errors = []
    for name in ("total", "form", "way", "hedge"):
        print(f"\n{name:28}{'all':>7}{'dev':>7}{'held':>7}")
        both = counts["dev"][name] + counts["held"][name]
        keys = WAYS if name == "way" else sorted(both, key=lambda key: -both[key])
        for key in keys:
            dev, held = (counts[half][name][key] for half in HALVES)
            print(f"{key:28}{dev + held:7}{dev:7}{held:7}")
            if name in ("form", "way") and (dev + held < LEAST or not dev or not held):
                errors.append(f"{name} {key!r}: {dev} in dev, {held} in held")
    return errors


def main(arguments: list[str]) -> int:
    """Check the file named in the arguments, or the one next to this script."""
    path = Path(arguments[0]) if arguments else Path(__file__).with_name("claims.jsonl")
    passages = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    errors = []
    for number, passage in enumerate(passages):
        name = passage.get("id", f"line {number + 1}")
        later = passage.get("half") in LATER
        half = passage["half"] if later else HALVES[number % 2]
        errors += [f"{name}: {error}" for error in passage_errors(passage, half)]
    ids = Counter(passage["id"] for passage in passages)
    errors += [f"{name}: id used {times} times" for name, times in ids.items() if times > 1]
    errors += show(count([one for one in passages if one.get("half") not in LATER]))
    for half in LATER:
        told = [passage for passage in passages if passage.get("half") == half]
        claims = sum(len(passage["claims"]) for passage in told)
        print(f"\n{half}: {len(told)} passages, {claims} claims")
    for error in errors:
        print(error, file=sys.stderr)
    print(f"\n{len(errors)} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
