"""How far two facts lie apart, told in points."""

import pytest

from mirage_lint.binding.binding import CONTRADICTED, UNBOUND, VERIFIED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source
from mirage_lint.rules import value_mismatch

LEXICON = lexicon.make()
RATES = {
    ("finch", "clean"): "0.612",
    ("finch", "noisy"): "0.551",
    ("tern", "clean"): "0.834",
    ("tern", "noisy"): "0.702",
    ("gull", "clean"): "0.915",
}


def fact(value: str, family: str = "wren", metric: str = "accuracy", **dimensions: str) -> Fact:
    place = Source("table.csv", metric, 1)
    pairs = tuple(sorted(dimensions.items()))
    return Fact(family, metric, (), "", pairs, "number", "", value, "", "", place)


FACTS = tuple(fact(value, model=model, split=split) for (model, split), value in RATES.items())
RUNS = (fact("0.612", "finch"), fact("0.834", "tern"), fact("41", "tern", "latency"))


def points(text: str, facts: tuple[Fact, ...] = FACTS) -> Binding:
    names = sorted({one.family for one in facts})
    families = tuple(Family(name, name.title(), (name,), (), ()) for name in names)
    document = markdown.read(source.make("a.md", f"# Birds\n\n{text}\n"))
    index = Index(Registry(families, (), (), facts, ""))
    bound = bind_document(document, LEXICON, index, lambda path: False)
    return next(one for one in bound if one.claim.kind == "points")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("On clean, the accuracy of tern is 22.2 points above that of finch.", VERIFIED),
        ("On clean, the accuracy of tern is 23.2 points above that of finch.", CONTRADICTED),
        ("On clean, the accuracy drops by 22.2 percentage points from tern to finch.", VERIFIED),
        ("The accuracy of tern falls by 13.2 points from clean to noisy.", VERIFIED),
        ("The accuracy of tern falls by 12.3 points from clean to noisy.", CONTRADICTED),
        # The split is not told, or one side only, or which metric, or more than two sides.
        ("The accuracy of tern is 23.2 points above that of finch.", UNBOUND),
        ("On clean, the accuracy of tern is 23.2 points above the last.", UNBOUND),
        ("On clean, tern is 23.2 points above finch.", UNBOUND),
        ("On clean, the accuracy of tern is 23.2 points above finch and gull.", UNBOUND),
        # No slip leads there, so something else is meant; or it is denied.
        ("On clean, the accuracy of tern is 3.9 points above that of finch.", UNBOUND),
        ("On clean, the accuracy of tern is not 23.2 points above that of finch.", UNBOUND),
    ],
)
def test_two_rows(text: str, status: str) -> None:
    assert points(text).status == status


def test_two_runs() -> None:
    text = "The accuracy of tern is {} points above that of finch."
    assert points(text.format("22.2"), RUNS).status == VERIFIED
    found = points(text.format("23.2"), RUNS)
    assert found.status == CONTRADICTED
    assert value_mismatch.message(found) == (
        "'23.2 points': the accuracy of finch and tern is 61.2% (finch) and 83.4% (tern), "
        "22.2 points apart"
    )


def test_rates_that_may_be_equal_are_no_points_apart() -> None:
    rows = (fact("0.6121", model="finch"), fact("0.6122", model="tern"))
    text = "The accuracy of tern is 0.0 points above that of finch."
    found = points(text, rows)
    assert found.derived is not None
    assert found.derived.interval.low == 0


def test_rates_that_are_stored_in_percent() -> None:
    rows = tuple(one._replace(value=str(float(one.value) * 100)[:4]) for one in FACTS)
    text = "On clean, the accuracy of tern is {} points above that of finch."
    assert points(text.format("22.2"), rows).status == VERIFIED
    assert points(text.format("23.2"), rows).status == CONTRADICTED
