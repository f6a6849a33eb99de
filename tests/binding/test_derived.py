"""Numbers that several facts give together: means over seeds, totals, the best of some runs."""

from fractions import Fraction

import pytest

from mirage_lint.binding import derived
from mirage_lint.binding.binding import (
    CONTRADICTED,
    GREATEST,
    LEAST,
    MEAN,
    MEDIAN,
    POOLED,
    SUM,
    UNBOUND,
    VERIFIED,
    Binding,
)
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source
from mirage_lint.rules import value_mismatch

LEXICON = lexicon.make()
ROWS = {
    ("finch", "0"): ("0.612", "0.588", "194"),
    ("finch", "1"): ("0.618", "0.592", "191"),
    ("finch", "2"): ("0.606", "0.581", "197"),
    ("tern", "0"): ("0.834", "0.811", "83"),
    ("tern", "1"): ("0.828", "0.806", "86"),
    ("tern", "2"): ("0.842", "0.822", "79"),
}
METRICS = ("accuracy", "f1", "errors")
MEANS = (
    "| model | {head} | F1 (mean) | errors (total) |\n|---|---|---|---|\n"
    "| finch | {finch} | 58.7 | 582 |\n| tern | {tern} | 81.3 | 248 |\n"
)


def fact(metric: str, value: str, **dimensions: str) -> Fact:
    place = Source("table.csv", metric, 1)
    pairs = tuple(sorted(dimensions.items()))
    unit = "error" if metric == "errors" else ""
    return Fact("wren", metric, (), "", pairs, "number", unit, value, "", "", place)


FACTS = tuple(
    fact(metric, value, model=model, seed=seed)
    for (model, seed), values in ROWS.items()
    for metric, value in zip(METRICS, values, strict=True)
)
"""Of two models with three seeds each: the mean accuracy of tern is 0.83467, the best 0.842."""


def bound(text: str, facts: tuple[Fact, ...] = FACTS, *, others: bool = False) -> list[Binding]:
    names = sorted({one.family for one in facts})
    families = tuple(Family(name, name.title(), (name,), (), (), others) for name in names)
    document = markdown.read(source.make("a.md", text))
    return bind_document(
        document, LEXICON, Index(Registry(families, (), (), facts, "")), lambda path: False
    )


def told(text: str, facts: tuple[Fact, ...] = FACTS) -> dict[str, str]:
    return {one.claim.text: one.status for one in bound(text, facts)}


def table(head: str, finch: str, tern: str) -> str:
    return f"# Wren\n\n{MEANS.format(head=head, finch=finch, tern=tern)}"


@pytest.mark.parametrize(
    ("way", "exact"),
    [
        (MEAN, Fraction(2504, 3000)),
        (MEDIAN, Fraction(834, 1000)),
        (LEAST, Fraction(828, 1000)),
        (GREATEST, Fraction(842, 1000)),
        (SUM, Fraction(2504, 1000)),
    ],
)
def test_what_facts_give(way: str, exact: Fraction) -> None:
    found = derived.give([one for one in FACTS if one.metric == "accuracy"][3:], way)
    assert found is not None
    assert (found.exact, found.keys) == (exact, ("seed",))
    # Each part is stored to three places: so far may what they give be off.
    assert found.interval.holds(exact + Fraction(5, 10_000))
    assert not found.interval.holds(exact + Fraction(16, 10_000))


def test_rates_are_pooled_by_their_counts() -> None:
    parts = [
        fact("recall", value, fold=fold)._replace(numerator=counts[0], denominator=counts[1])
        for fold, value, counts in (("0", "0.5", ("1", "2")), ("1", "0.9", ("9", "10")))
    ]
    found = derived.give(parts, POOLED)
    assert found is not None
    assert found.exact == Fraction(10, 12)


def test_what_is_of_other_units_or_keys_gives_nothing() -> None:
    one, other = FACTS[0], FACTS[3]
    assert derived.give([one], MEAN) is None
    assert derived.give([one, other._replace(unit="second")], MEAN) is None
    assert derived.give([one, other._replace(dimensions=(("model", "finch"),))], MEAN) is None


def test_a_table_of_means_is_verified() -> None:
    statuses = told(table("accuracy (mean)", "61.2", "83.5"))
    assert set(statuses.values()) == {VERIFIED}
    assert len(statuses) == 6


def test_a_wrong_mean_is_told_with_what_the_rows_give() -> None:
    found = {one.claim.text: one for one in bound(table("accuracy (mean)", "61.2", "83.9"))}
    assert found["83.9"].status == CONTRADICTED
    assert value_mismatch.message(found["83.9"]) == (
        "'83.9': the mean accuracy of wren at model tern is 0.8347 (of 3 values, by seed)"
    )


HERON = ("0.655", "0.668", "0.661")


@pytest.mark.parametrize(
    ("name", "cell", "behind", "status"),
    [
        ("", "66.13", "", VERIFIED),
        ("", "67.13", "", CONTRADICTED),
        # Of two of its three seeds, or of one; with a mark, or words in brackets.
        ("", "66.45", "", UNBOUND),
        ("", "66.8", "", UNBOUND),
        ("*", "67.13", "", UNBOUND),
        (" (n=2)", "67.13", "", UNBOUND),
        ("[^1]", "67.13", "\n[^1]: One run crashed.\n", UNBOUND),
    ],
)
def test_a_mean_that_no_head_tells_is_known_by_its_column(
    name: str, cell: str, behind: str, status: str
) -> None:
    more = tuple(
        fact("accuracy", value, model=model, seed=str(seed))
        for model, values in {"gull": ("0.711", "0.724", "0.705"), "heron": HERON}.items()
        for seed, value in enumerate(values)
    )
    rows = "| finch | 61.2 |\n| tern | 83.47 |\n| gull | 71.33 |\n| heron{} | {} |\n"
    page = f"# Wren\n\n| model | accuracy |\n|---|---|\n{rows}{behind}"
    assert told(page.format(name, cell), FACTS + more)[cell] == status


def test_a_mean_of_more_rows_than_the_others_is_left_open() -> None:
    more = tuple(
        fact("accuracy", value, model=model, seed=str(seed))
        for model, values in {"gull": ("0.711", "0.724", "0.705"), "heron": HERON}.items()
        for seed, value in enumerate((*values, "0.9") if model == "heron" else values)
    )
    rows = "| finch | 61.2 |\n| tern | 83.47 |\n| gull | 71.33 |\n| heron | 67.53 |\n"
    page = f"# Wren\n\n| model | accuracy (mean) |\n|---|---|\n{rows}"
    assert told(page, FACTS + more)["67.53"] == UNBOUND


def test_a_table_of_single_rows_is_none_of_means() -> None:
    rows = "".join(
        f"| {model} | {seed} | {values[0]} |\n" for (model, seed), values in ROWS.items()
    )
    page = (
        f"# Wren\n\nMean times are elsewhere.\n\n| model | seed | accuracy |\n|---|---|---|\n{rows}"
    )
    found = [one for one in bound(page) if one.status == VERIFIED]
    assert len(found) == len(ROWS)
    assert not any(one.derived for one in found)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Averaged over the three seeds, tern has an accuracy of 83.5%.", VERIFIED),
        ("Averaged over the three seeds, tern has an accuracy of 85.3%.", CONTRADICTED),
        ("The mean accuracy of tern over all seeds is 83.5%.", VERIFIED),
        ("The mean accuracy of tern over all seeds is 84.4%.", CONTRADICTED),
        ("The median accuracy of tern over its seeds is 83.4%.", VERIFIED),
        ("In total, tern makes 248 errors over the three seeds.", VERIFIED),
        ("In total, tern makes 284 errors over the three seeds.", CONTRADICTED),
        ("Its best accuracy over the seeds of tern is 84.2%.", VERIFIED),
        # What one of them is, or what more is said of it than is known.
        ("The mean accuracy of tern over all seeds is 84.2%.", UNBOUND),
        ("The mean accuracy of tern over both good seeds is 85.3%.", UNBOUND),
        ("The trimmed mean accuracy of tern over the seeds is 85.3%.", UNBOUND),
        ("Before the fix, the mean accuracy of tern over the seeds was 85.3%.", UNBOUND),
        ("Averaged over 3 languages, tern has an accuracy of 85.3%.", UNBOUND),
        ("Tern has the highest accuracy over the seeds, 83.5%.", UNBOUND),
        # Over what it is, is not told; or which of two is the best.
        ("The mean accuracy of tern is 85.3%.", UNBOUND),
        ("Its best accuracy over the seeds of tern is 84.9%.", UNBOUND),
    ],
)
def test_prose_that_sums_up(text: str, status: str) -> None:
    number = [one for one in bound(f"# Wren\n\n{text}\n") if one.claim.text[:1].isdigit()][-1]
    assert number.status == status


@pytest.mark.parametrize(
    ("ends", "wrong"),
    [(("0.873", "0.893"), []), (("0.837", "0.893"), ["0.837"]), (("0.873", "0.983"), ["0.983"])],
)
def test_a_range_over_runs_is_their_least_and_greatest(
    ends: tuple[str, str], wrong: list[str]
) -> None:
    runs = tuple(
        fact("recall", value, run=f"run_{letter}")
        for letter, value in zip("abc", ("0.873", "0.881", "0.893"), strict=True)
    )
    statuses = told(f"# Wren\n\nThe recall ranges from {' to '.join(ends)} over the runs.\n", runs)
    assert statuses == {end: CONTRADICTED if end in wrong else VERIFIED for end in ends}


def test_a_mean_is_no_wrong_number_of_one_row() -> None:
    """ "83.47%" is of no seed; where the text seems to be of one, it is the mean all the same."""
    text = "# Wren\n\nWith seed 0, tern has an accuracy of {}.\n"
    assert told(text.format("83.9%"))["83.9%"] == CONTRADICTED
    found = {one.claim.text: one for one in bound(text.format("83.47%"))}["83.47%"]
    assert (found.status, found.fits) == (UNBOUND, True)


def test_another_rows_value_is_no_median() -> None:
    text = "# Wren\n\nWith seed 1, tern has an accuracy of 83.4%.\n"
    assert told(text)["83.4%"] == CONTRADICTED


def test_a_mean_over_files_of_several_runs_is_one() -> None:
    runs = tuple(
        fact("recall", value)._replace(
            family=f"run_{at}", source=Source(f"runs/{at}/metrics.json", "recall", 1)
        )
        for at, value in enumerate(("0.412", "0.437", "0.445"))
    )
    text = "# Runs\n\nThe run_0 has a recall of {}.\n"
    assert told(text.format("0.453"), runs)["0.453"] == CONTRADICTED
    assert told(text.format("0.431"), runs)["0.431"] == UNBOUND
