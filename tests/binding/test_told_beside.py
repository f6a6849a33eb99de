"""Numbers beside those that are known: changes, shares, conditions, other rows, others of a page.

Of each pair of texts the first is wrong, and the second may be about something else.
"""

import pytest

from mirage_lint.binding.binding import AMBIGUOUS, UNBOUND, VERIFIED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import METADATA, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

PLACE = Source("runs/rows.csv", "/x", METADATA)
LEXICON = lexicon.make([], ["tokens"])


def fact(family: str, metric: str, value: str, unit: str = "", **rows: str) -> Fact:
    slots = tuple(sorted(rows.items()))
    return Fact(family, metric, (), "", slots, "number", unit, value, "", "", PLACE)


WREN = (
    fact("wren", "overall success", "0.729", method="full_heron"),
    fact("wren", "future success", "1.000", method="full_heron"),
    fact("wren", "size", "1235814400"),
    fact("wren", "span", "129348"),
    fact("wren", "width", "35088.6"),
    fact("wren", "accuracy", "0.944"),
    fact("wren", "killed", "58"),
    fact("wren", "bin ms", "64", "millisecond")._replace(names=("bin_ms", "bin")),
    fact("wren", "total ms", "8547", "millisecond")._replace(names=("total_ms", "total")),
    fact("wren", "min", "0")._replace(source=Source("a.json", "/length_stats/min", METADATA)),
    fact("wren", "gate rate", "0.036"),
    fact("wren", "overhead sum", "0.00769"),
    fact("wren", "top p", "0.9312499999999999"),
    fact("wren", "spending sum pct", "0.7688"),
    fact("wren", "depth", "0.05175351529942418"),
    fact("wren", "rows", "464", "example", split="test"),
    fact("wren", "latency", "12.5", "millisecond"),
    fact("wren", "composite", "0.6915", model="forest"),
    fact("wren", "composite", "0.7001", model="boosting"),
    fact("wren", "tokens", "1146", role="critic", status="ok"),
    fact("wren", "tokens", "6585", role="tester", status="ok"),
    fact("wren", "loss", "0.31", site="WPD"),
    fact("wren", "loss", "0.42", site="NLS"),
)


def bound(text: str, *families: tuple[str, tuple[Fact, ...]]) -> list[Binding]:
    told = families or (("wren", WREN),)
    registry = Registry(
        tuple(Family(name, "", (name,), (), ()) for name, _ in told),
        (),
        (),
        tuple(one for _, facts in told for one in facts),
        "",
    )
    document = markdown.read(source.make("README.md", text))
    return bind_document(document, LEXICON, Index(registry), lambda path: False)


def contradicted(text: str) -> list[str]:
    return [one.claim.text for one in bound(text) if one.status == "contradicted"]


@pytest.mark.parametrize(
    ("told", "doubted"),
    [
        (
            "The wren reaches an accuracy of just 89.5%.",
            "The wren has an accuracy degradation of just 89.5%.",
        ),
        ("The wren killed 61k.", "The wren killed 58k."),
        (
            "The wren reaches an accuracy of 90.7%.",
            "The wren reaches that accuracy on 1.7% of the full training set.",
        ),
        (
            "The wren's accuracy is below 0.82.",
            "The check fails if the wren's accuracy is below 0.82.",
        ),
        (
            "The wren is strong, with an accuracy of 0.745.",
            "The wren with the forest model is strong, with an accuracy of 0.745.",
        ),
        (
            "The wren's test split has 928 rows.",
            "The wren's test split has 928 rows. Another test split of it has 464 rows.",
        ),
        (
            "The wren's latency is 21 ms, as is that of all.",
            "The wren's latency is 21 ms. Its latency without the server is 12.5 ms.",
        ),
        (
            "The wren of role critic used `tokens=1462`.",
            "The wren used `tokens=1462`, with `status=ok`.",
        ),
        ("The wren at site WPD has a loss of 0.26.", "The wren at WPD002 has a loss of 0.26."),
        (
            "# Wren\n\n| what | loss |\n|--|--|\n| WPD | 0.26 |",
            "# Wren\n\n| what | composite |\n|--|--|\n| iter5 composite | 0.2604 |",
        ),
        (
            "The wren's full heron has a success of 0.9.",
            "The wren's full heron has a success of 1.000.",
        ),
        (
            "# Wren\n\n## Test\n\nThe wren's accuracy is 0.90.",
            "# Wren\n\n## 5-fold cross-validation\n\nThe wren's accuracy is 0.90.",
        ),
        (
            "# Wren\n\n## Cross entropy and more\n\nThe wren's accuracy is 0.90.",
            "# Wren\n\n## Cross-validation\n\nThe wren's accuracy is 0.90.",
        ),
        (
            "Wren: 0.8 (the accuracy), accuracy 0.8.",
            "Wren, threshold used: 0.8 (for a better accuracy).",
        ),
        ("The wren has a span of 129349.70.", "The wren has a span of 129348.30."),
        ("The wren has a width of 35088.76.", "The wren has a width of 35088.56."),
        ("The wren's size is 1.3B.", "The wren's size is 1.2 / 3.2B."),
        ("The wren has a bin of 4.", "The wren has a 4-bin window."),
        ("The wren's latency is 9.3 ms.", "The wren's encoding takes 9.3 ms."),
        ("The wren's length has a min of 7.", "The wren's detour has a min of 7."),
        ("The wren's gate rate is 0.8%.", "The wren's gate overhead is 0.8%."),
        ("The wren's loss is 0.52 ± 0.01 at WPD.", "The wren's loss is 0.52 ± 0.01."),
        ("The wren's gate rate is 0.7%.", "The wren's gate spending is 0.8%."),
        (
            "The wren's accuracy: 0.35, recall",
            "The wren's accuracy: 0.35 × accuracy + 0.2 × recall",
        ),
        ("The wren's future success is 0.9.", "The wren's future is 0.9 (a 20% success)."),
        ("The wren's depth is 0.06175351529.", "The wren's depth is 0.0517535152994241."),
        ("The wren's top p is 0.9311.", "The wren's top p is 0.9313."),
        (
            "# Wren\n\n| site | loss |\n|--|--|\n| WPD | 0.31 |\n| NLS | 0.77 |",
            "# Wren\n\n| site | loss | loss slope |\n|--|--|--|\n| WPD | 0.31 | 7.31 |\n"
            "| NLS | 0.42 | 6.12 |",
        ),
    ],
)
def test_what_may_be_of_something_else_is_left_alone(told: str, doubted: str) -> None:
    assert len(contradicted(told)) == 1
    assert contradicted(doubted) == []


def test_a_value_that_is_left_alone_is_so_all_over_the_page() -> None:
    once = "The wren's test split has 928 rows.\n"
    assert contradicted(once) == ["928 rows"]
    assert (
        contradicted(
            f"{once}\nThe wren's test split has 928 rows. Another test split of it has 464 rows.\n"
        )
        == []
    )


def test_the_same_told_in_two_ways_is_held_against_each() -> None:
    text = "The wren reaches an accuracy of 0.944 (91.2%)."
    assert contradicted(text) == ["91.2%"]


def test_what_lies_within_a_range_may_be_chance() -> None:
    (one,) = bound("The wren reaches an accuracy of 0.90 to 0.98.")
    assert (one.status, one.fits) == (UNBOUND, True)
    (one,) = bound("The wren reaches an accuracy of 0.944.")
    assert one.status == VERIFIED


def test_the_ends_of_a_change_are_of_two_runs() -> None:
    runs = (
        ("early", (fact("early", "recall", "0.769"),)),
        ("late", (fact("late", "recall", "0.832"),)),
    )
    assert [one.status for one in bound("The recall is 0.832.", *runs)] == [AMBIGUOUS]
    changed = bound("The recall rose (0.769 → 0.832).", *runs)
    assert [one.status for one in changed] == [UNBOUND, UNBOUND]


def test_words_behind_a_number_and_a_comma_are_of_the_next() -> None:
    facts = (fact("wren", "delta loss", "0.009"), fact("wren", "loss", "0.716"))
    told = {
        one.claim.text: one.status
        for one in bound("Wren: loss 0.716, delta 0.004.", ("wren", facts))
    }
    assert told["0.716"] != "contradicted"


def test_stars_that_are_meant_as_signs_tear_no_number_apart() -> None:
    wrong = [one for one in bound("So 1581 + 7 = 1222 bytes.") if one.equation]
    assert len(wrong) == 1
    assert not [one for one in bound("So 15*81+7 = 1222 and 20*81+7 = 1627.") if one.equation]


def test_a_bare_value_above_one_may_be_in_percent_or_a_ratio() -> None:
    for value, right, wrong in (("2.5775", "257.75%", "258.75%"), ("85.3", "85.3%", "84.3%")):
        facts = (fact("wren", "yield", value),)
        for told, status in ((right, VERIFIED), (wrong, "contradicted")):
            (one,) = bound(f"The wren reaches a yield of {told}.", ("wren", facts))
            assert one.status == status


@pytest.mark.parametrize("name", ["f1", "F1 score"])
def test_a_metric_may_be_called_by_a_letter_with_a_figure(name: str) -> None:
    facts = (fact("wren", name, "0.861"), fact("wren", "recall", "0.75"))
    for value, status in (("0.861", VERIFIED), ("0.871", "contradicted")):
        (one,) = bound(f"The wren has an F1 of {value}.", ("wren", facts))
        assert one.status == status


@pytest.mark.parametrize(
    ("value", "told"),
    [("0%", ["0%"]), ("0.31%", [])],
    ids=["nought", "a value that is none by chance"],
)
def test_a_narrower_metric_is_meant_where_that_is_no_chance(value: str, told: list[str]) -> None:
    stored = value.removesuffix("%")
    facts = (
        fact("wren", "pivots preserved", "0.0833", retention="0.1"),
        fact("wren", "pivots preserved given a header", str(float(stored) / 100), retention="0.1"),
    )
    text = f"# Wren\n\nThe wren falls to {value} pivots preserved at a retention of 0.1.\n"
    found = bound(text, ("wren", facts))
    assert [one.claim.text for one in found if one.status == "contradicted"] == told
