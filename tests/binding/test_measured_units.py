"""Numbers told in another unit than their facts have: a minute is 60 seconds."""

from fractions import Fraction

import pytest

from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.conversions import factors
from mirage_lint.core.facts import METADATA, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source
from mirage_lint.fixing.numbers import as_facts

PLACE = Source("runs/run.json", "/x", METADATA)
TIME = Fact("small", "compare time", (), "", (), "number", "second", "94.5", "", "", PLACE)
SIZE = Fact("small", "snapshot size", (), "", (), "number", "kilobyte", "11393", "", "", PLACE)
LIMIT = Fact(
    "small", "time limit", ("time_limit",), "", (), "number", "second", "300", "", "", PLACE
)
INDEX = Index(
    Registry((Family("small", "", ("small run",), (), ()),), (), (), (TIME, SIZE, LIMIT), "")
)
LEXICON = lexicon.make([], [])


def statuses(text: str) -> list[str]:
    document = markdown.read(source.make("README.md", text))
    return [one.status for one in bind_document(document, LEXICON, INDEX, lambda path: False)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The small run has a compare time of 94.5 s.", "verified"),
        ("The small run has a compare time of 94,500 ms.", "verified"),
        ("The small run has a compare time of 1.6 minutes.", "verified"),
        ("The small run has a snapshot size of 11.1 MB.", "verified"),
        ("The small run has a snapshot size of 11.4 MB.", "verified"),
        ("The small run has a time limit of 5 minutes.", "verified"),
        ("The small run has a compare time of 94.5 ms.", "contradicted"),
        ("The small run has a compare time of 1.7 minutes.", "contradicted"),
        ("The small run has a snapshot size of 12 MB.", "contradicted"),
        ("The small run has a time limit of 6 minutes.", "contradicted"),
    ],
)
def test_a_number_is_held_against_its_fact_in_the_claims_own_unit(text: str, status: str) -> None:
    assert statuses(text) == [status]


def test_units_that_measure_the_same_are_told_by_how_many_of_one_another_they_are() -> None:
    assert factors("minute", "second") == (60,)
    assert factors("second", "hour") == (Fraction(1, 3600),)
    assert factors("megabyte", "kilobyte") == (1000, 1024)
    assert factors("byte", "kilobyte") == (Fraction(1, 1000), Fraction(1, 1024))
    assert factors("second", "second") == factors("second", "byte") == factors("", "byte") == ()


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("The small run has a compare time of 90.5 ms.", "94500.0"),
        ("The small run has a compare time of 1.7 minutes.", "1.6"),
        ("The small run has a snapshot size of 12 MB.", None),
    ],
)
def test_a_fix_is_in_the_unit_of_the_claim(text: str, mended: str | None) -> None:
    told = source.make("README.md", text)
    (binding,) = bind_document(markdown.read(told), LEXICON, INDEX, lambda path: False)
    edits = as_facts(binding.claim, binding.facts, told)
    assert [edit.text for edit in edits] == ([mended] if mended else [])
