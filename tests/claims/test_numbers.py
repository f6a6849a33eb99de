"""Numbers as people write them: where each stands, and what it says, exactly."""

from fractions import Fraction

import pytest

from mirage_lint.claims import lexicon
from mirage_lint.claims.claim import Claim
from mirage_lint.claims.extract import extract
from mirage_lint.claims.numerals import worded
from mirage_lint.documents.passages import InTable, Passage, Piece

LEXICON = lexicon.make()


def claims(text: str, kind: str = "paragraph") -> list[Claim]:
    passage = Passage(kind, text, (Piece(0, len(text), 0, len(text)),))
    return [claim for claim in extract(passage, LEXICON).claims if claim.value is not None]


def told(text: str, kind: str = "paragraph") -> list[tuple[str, str, str]]:
    """The number alone, its kind, its unit."""
    return [(text[slice(*one.number)], one.kind, one.unit) for one in claims(text, kind)]


def ends(text: str) -> tuple[Fraction | None, Fraction | None]:
    [claim] = claims(text)
    assert claim.value is not None
    return claim.value.low, claim.value.high


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-five", "25"),
        ("one hundred and two", "102"),
        ("a hundred and two", "102"),
        ("two hundred and two thousand", "202000"),
        ("three million two hundred and forty", "3000240"),
        ("half a dozen", "6"),
        ("three dozen", "36"),
        ("half a million", "500000"),
        ("two thirds", "2/3"),
        ("one half", "1/2"),
        ("two and a half", "5/2"),
        ("twenty and three fifths", "103/5"),
        ("one hundred and three quarters", "403/4"),
        ("one hundred and thirty fifths", "26"),
        ("one million and a half", "1500000"),
        ("minus five", "-5"),
        ("negative three", "-3"),
    ],
)
def test_one_number_in_words(text: str, value: str) -> None:
    [found] = worded(text)
    assert (found.value, text[found.start : found.end]) == (Fraction(value), text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("two and three", ["2", "3"]),
        ("twelve and five", ["12", "5"]),
        ("five two", ["5", "2"]),
        ("the twenty-fifth", []),
        ("twenty-first", []),
        ("someone", []),
        ("one-to-one", ["1"]),
    ],
)
def test_several_numbers_in_words_or_none(text: str, values: list[str]) -> None:
    assert [str(found.value) for found in worded(text)] == values


def test_a_run_of_number_words_has_an_end() -> None:
    found = list(worded("hundred " * 20_000))
    assert all(len(str(one.value)) < 60 for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 to 5 epochs", [("3 to 5", "number", "epoch")]),
        ("8- to 16-bit weights", [("8- to 16", "number", "bit")]),
        ("between 2 and 4 seeds", [("2 and 4", "number", "seed")]),
        ("40–60%", [("40–60%", "percent", "")]),
        ("5k-20k steps", [("5k-20k", "number", "step")]),
        ("from 24 to 12 layers", [("24", "number", ""), ("12", "number", "layer")]),
        ("from 41.0% to 99.2%", [("41.0%", "percent", ""), ("99.2%", "percent", "")]),
        ("84.2 ± 0.3", [("84.2 ± 0.3", "number", "")]),
        ("84.2 ± 0.3%", [("84.2 ± 0.3%", "percent", "")]),
        ("44.4% (95% CI 19–73%)", [("44.4% (95% CI 19–73%)", "percent", "")]),
        ("44.4%, 95% CI [19, 73]", [("44.4%, 95% CI [19, 73]", "percent", "")]),
        ("0.88 (0.86–0.90)", [("0.88 (0.86–0.90)", "number", "")]),
        ("0.812 (0.68 to 0.84)", [("0.812 (0.68 to 0.84)", "number", "")]),
        ("4/9 (44.4%)", [("4/9", "fraction", ""), ("44.4%", "percent", "")]),
        ("9/9 to 6/9", [("9/9", "fraction", ""), ("6/9", "fraction", "")]),
        ("4.21 ± 0.06 for it", [("4.21 ± 0.06", "number", "")]),
        ("From 58 to 215 tokens", [("58", "number", ""), ("215", "number", "token")]),
        ("5-fold cross-validation", [("5", "number", "fold")]),
        ("215 / 58 = 3.7", [("215 / 58", "fraction", ""), ("3.7", "number", "")]),
        ("3.5x faster", [("3.5x", "number", "time")]),
        ("twice, then 2-fold", [("2-fold", "number", "time")]),
        ("25 bp", [("25 bp", "points", "")]),
        ("1.2 x 10^-4", [("1.2 x 10^-4", "number", "")]),
        ("3×10⁻⁵", [("3×10⁻⁵", "number", "")]),
        ("1 234 567 rows", [("1 234 567", "number", "example")]),
        ("60_000 steps", [("60_000", "number", "step")]),
        ("2½ hours", [("2½", "number", "hour")]),
        ("3 1/2 thousand steps", [("3 1/2 thousand", "number", "step")]),
        ("3½ thousand steps", [("3½ thousand", "number", "step")]),
        ("5.1 k steps", [("5.1 k", "number", "step")]),
        ("3 k values", [("3", "number", "value")]),
        ("3'600 steps", [("3'600", "number", "step")]),
        ("28 s", [("28", "number", "second")]),
        ("2 1/2 hours", [("2 1/2", "number", "hour")]),
        ("two thirds of them", [("two thirds", "fraction", "")]),
        ("300B tokens", [("300B", "number", "token")]),
        ("half of the runs", [("half", "fraction", "")]),
        ("**−6.345 *****", [("−6.345", "number", "")]),
        (".85 and −3.2 pp", [(".85", "number", ""), ("−3.2 pp", "points", "")]),
    ],
)
def test_what_belongs_to_a_number(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the 7B instruct model",
        "two-stage detectors",
        "zero-shot",
        "an RTX 4090",
        "macOS 14.4",
        "see https://example.org/a?id=90210&page=2",
        "Tel. +49",
        "$ 75 million",
        "half precision",
        "2^10",
        "24/7",
        "2024-2025",
        "one of them",
        "the twenty-fifth run",
        "16:9 and 224x224",
        "see train.py:12",
        "PyTorch>=1.8",
        "under CC BY-SA 4.0",
        "Track 3 and Tier 2",
        "at index 2",
        "9,3 %",
        "1\u00ad6 layers",
        "3{,}600 steps",
        "the 1990s",
        "nine point three percent",
        "call +44 20 7946 0000",
        "Repeat steps 1–4",
        "[12, Section 4.1]",
        "since 2023.11 only",
        "at 2.13 am",
        "A paper's title. 2024. With more",
        "26.NAME: what it is",
        "at 5 pm",
    ],
)
def test_numbers_that_claim_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3 to 5 epochs", "2.5", "5.5"),
        ("40–60%", "0.395", "0.605"),
        ("-8 to -3 points", "-0.085", "-0.025"),
        ("1.2 x 10^-4", "0.000115", "0.000125"),
        ("25 bp", "0.00245", "0.00255"),
        ("500 runs or more", "499.5", None),
        ("less than or equal to 30 runs", None, "30.5"),
        ("minus 5 points", "-0.055", "-0.045"),
        ("-4/5", "-0.8", "-0.8"),
        ("about minus five percent", "-0.055", "-0.045"),
        ("60_000 steps", "59999.5", "60000.5"),
        ("fewer than a thousand runs", None, "1000"),
    ],
)
def test_what_a_number_says(text: str, low: str | None, high: str | None) -> None:
    assert ends(text) == (low and Fraction(low), high and Fraction(high))


@pytest.mark.parametrize("text", ["1-", "1/", "", "~", "1 of ", "1e", "2 ± ", "1."])
def test_numerals_that_are_too_long_are_no_values(text: str) -> None:
    assert all(len(one.digits) <= 1 for one in claims(f"{text}{'1' * 6000} epochs"))


def test_digits_of_any_script_are_digits() -> None:
    [claim] = claims("٣٤ epochs")
    assert (claim.digits, claim.unit) == ("34", "epoch")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a rate of 10^-5", ["10^-5"]),
        ("about 10⁶ steps", ["10⁶"]),
        (r"is $1.5 \times 10^{-4}$.", [r"1.5 \times 10^{-4}"]),
        (r"scores $71.3 \pm 0.4$ there", [r"71.3 \pm 0.4"]),
        ("accuracy 81% (74–87%)", ["81% (74–87%)"]),
        ("50+ languages", ["50+"]),
        ("a quarter of the runs", ["a quarter"]),
        ("2^10 states", []),
        ("costs $5 and then $6", []),
    ],
)
def test_powers_formulas_and_open_ends(text: str, numbers: list[str]) -> None:
    assert [one[0] for one in told(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "the grid mix of 2023 that",
        "our 2024 engine",
        "by Haugen [Haugen 2020].",
        "needs torch>=2.1,<2.4 here",
        "torch 2.1 or python 3.10",
        "a compiler with C++17.",
        "earlier work [3, 7–9, 12] on it",
        "runs on a Pixel 7 without",
        "at Hall 7, Stand 22 of the fair",
        "takes long on a 4090, and",
        "compare § 6.",
        "in the second half of 2025",
        "conda create python=3.10 first",
        "on Ubuntu 20.04 and 22.04 with",
        "the shard 00001 and sequence 08",
        "[arXiv 2309.11482]",
        "in phase 2, see exercise 3",
        "an A100 80GB card",
        "too low with 0.8.x before",
        "the rank-1 accuracy",
        "on a single node",
    ],
)
def test_years_versions_and_names_claim_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("trained for 2000 steps", "2000"),
        ("a set of 2021 clips", "2021"),
        ("steps: 2000", "2000"),
        ("with Rank 8 and", "8"),
    ],
)
def test_what_is_counted_or_set_is_no_year_and_no_name(text: str, number: str) -> None:
    assert [one[0] for one in told(text)] == [number]


@pytest.mark.parametrize(
    ("head", "numbers"), [("p50 / p95 (ms)", ["38", "51"]), ("right / total", ["38 / 51"])]
)
def test_a_head_tells_whether_a_bar_divides(head: str, numbers: list[str]) -> None:
    cell = Passage("cell", "38 / 51", cell=InTable(column=Passage("head", head)))
    assert [cell.text[slice(*one.number)] for one in extract(cell, LEXICON).claims] == numbers
