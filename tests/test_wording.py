"""How messages tell a fact's value: as many figures as show what is wrong, and no more."""

import pytest

from mirage_lint.claims import lexicon
from mirage_lint.claims.extract import extract
from mirage_lint.core.facts import Fact, Source
from mirage_lint.documents.passages import Passage
from mirage_lint.rules import wording

PLACE = Source("run.json", "/x", 1)


def told(value: str, unit: str = "", claim: str = "") -> str:
    fact = Fact("run", "metric", (), "", (), "number", unit, value, "", "", PLACE)
    claims = extract(Passage("paragraph", claim), lexicon.make()).claims
    return wording.value(fact, claims[0] if claims else None)


@pytest.mark.parametrize(
    ("value", "claim", "shown"),
    [
        ("0.623465", "It is 62.4%.", "62.346%"),
        ("0.62351", "It is 62.3%.", "62.351%"),
        ("0.6235", "It is 62.3%.", "62.35%"),
        ("0.6234", "It is 62.4%.", "62.34%"),
        ("0.944", "It is 84.4%.", "94.4%"),
    ],
)
def test_a_rate_shows_on_which_side_of_the_middle_it_is(value: str, claim: str, shown: str) -> None:
    assert told(value, "ratio", claim) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("248.60027410000475", "248.6003"),
        ("0.011833999451482669", "0.0118"),
        ("0.00000123456789", "0.0000012"),
        ("0.9948732", "0.9948732"),
        ("50", "50"),
    ],
)
def test_a_long_value_is_told_in_the_figures_that_matter(value: str, shown: str) -> None:
    assert told(value) == shown
