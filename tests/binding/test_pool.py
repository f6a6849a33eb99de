"""Looking facts up finds what going through all of them finds."""

import random
from itertools import product

import pytest

from mirage_lint.binding import pool
from mirage_lint.binding.agreement import agrees
from mirage_lint.binding.pool import Pool, make_room
from mirage_lint.claims import lexicon
from mirage_lint.claims.extract import extract
from mirage_lint.core.facts import METADATA, Fact, Source
from mirage_lint.documents.passages import Passage

LEXICON = lexicon.make([], [])


def fact(value: str, unit: str = "", family: str = "small", **dimensions: str) -> Fact:
    top, _, bottom = value.partition("/")
    source = Source("runs.csv", value, METADATA)
    pairs = tuple(sorted(dimensions.items()))
    counted = (top, bottom) if bottom else ("", "")
    return Fact(family, "score", (), "", pairs, "number", unit, value, *counted, source)


def claim(text: str):
    return next(one for one in extract(Passage("text", text), LEXICON).claims if one.said)


VALUES = random.Random(1)
FACTS = Pool(
    [
        *(fact(f"{VALUES.randrange(100_000) / 1000:.3f}") for _ in range(300)),
        *(fact(f"0.{VALUES.randrange(10_000):04}", "ratio") for _ in range(100)),
        *(fact(str(VALUES.randrange(10**6)), "step") for _ in range(50)),
        *(fact(value) for value in ("0", "0.0", "1", "1/371", "3/400", "99.2%", "1e9", "0.0001")),
        *(fact(value, "token") for value in ("131072", "8192", "4096")),
        fact("-3.25"),
    ]
)


@pytest.mark.parametrize(
    "text",
    [
        *("12.3", "45.67%", "0", "0.0", "-3.2", "about 50", "over 99", "at most 3", "0.5", "1"),
        *("371", "1/371", "0.27%", "128K tokens", "1e9", "99.2%", "0.75%", "60 %", "100%"),
    ],
)
@pytest.mark.parametrize("percent", [False, True])
def test_no_fact_that_agrees_is_far(text: str, percent: bool) -> None:
    said = claim(text)
    right = [one for one in FACTS if agrees(said, one, percent)]
    assert [one for one in FACTS.near(said, percent) if agrees(said, one, percent)] == right


def test_few_are_near() -> None:
    assert len(list(FACTS.near(claim("45.67%"), percent=False))) < 20


ROWS = Pool(
    fact(str(at), family=family, **told)
    for at, (family, told) in enumerate(
        product(("small", "large"), ({}, {"k": "1"}, {"k": "2"}, {"k": "1", "set": "a"}))
    )
)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"k": {("k", "1")}},
        {"k": {("k", "1"), ("k", "2")}},
        {"k": {("k", "3")}},
        {"k": {("k", "1")}, "set": {("set", "b")}},
        {"set": {("set", "a")}, "strange": {("strange", "x")}},
    ],
)
def test_facts_are_found_by_what_is_told_of_their_dimensions(told: dict[str, set]) -> None:
    fitting = [
        one
        for one in ROWS
        if all(pair in told[pair[0]] for pair in one.dimensions if pair[0] in told)
    ]
    assert ROWS.at(told) == fitting


@pytest.mark.parametrize("keys", [set(), {"k"}, {"k", "set"}, {"set"}])
def test_facts_are_found_that_have_no_other_dimension(keys: set[str]) -> None:
    assert ROWS.within(keys) == [one for one in ROWS if set(dict(one.dimensions)) <= keys]


def test_facts_are_found_by_their_families() -> None:
    assert ROWS.of(frozenset({"large"})) == tuple(one for one in ROWS if one.family == "large")
    assert ROWS.of(frozenset({"large"})) is ROWS.of(frozenset({"large"}))
    assert ROWS.of(frozenset()) is ROWS
    assert (ROWS.keys, ROWS.families) == ({"k", "set"}, {"small", "large"})


def test_no_more_pools_are_kept_than_there_is_room_for() -> None:
    kept = dict.fromkeys(range(pool._MOST_KEPT - 1), ROWS)
    make_room(kept)
    assert kept
    kept[-1] = ROWS
    make_room(kept)
    assert not kept
