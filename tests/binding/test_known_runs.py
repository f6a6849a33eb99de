"""Sections that name no run, known by their numbers."""

import pytest

from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, UNBOUND, VERIFIED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import METADATA, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

FINAL = {"accuracy": "0.8712", "precision": "0.8534", "recall": "0.8311", "auc": "0.9312"}
TRIAL = {"accuracy": "0.8012", "precision": "0.7921", "recall": "0.7711", "auc": "0.8533"}
Runs = dict[str, dict[str, str]]


def bound(text: str, runs: Runs, others: bool) -> list[Binding]:
    """What becomes of the claims of a text that names none of the runs."""
    facts = tuple(
        Fact(
            run,
            metric,
            (),
            "",
            (),
            "number",
            "",
            value,
            "",
            "",
            Source(f"{run}.json", "", METADATA),
        )
        for run, values in runs.items()
        for metric, value in values.items()
    )
    families = tuple(Family(run, run, (run,), (), (), others=others) for run in runs)
    document = markdown.read(source.make("README.md", f"# Zoo\n\n{text}\n"))
    index = Index(Registry(families, (), (), facts, ""))
    return bind_document(document, lexicon.make(), index, lambda path: False)


def told(text: str, trial: dict[str, str] = TRIAL, others: bool = True) -> dict[str, str]:
    """The statuses of the claims, by their texts."""
    runs = {"heron": FINAL, "stork": trial}
    return {one.claim.text: one.status for one in bound(text, runs, others)}


LIST = "- Accuracy: {}\n- Precision: 85.3%\n- Recall: 83.1%\n- AUC: 0.931"
PROSE = "We reach an accuracy of {}, a precision of 85.3%, a recall of 83.1% and an AUC of 0.931."
TABLE = (
    "| Metric | Value |\n|--|--|\n| Accuracy | {} |\n| Precision | 85.3% |\n| Recall | 83.1% |\n"
    "| AUC | 0.931 |"
)
FORMS = pytest.mark.parametrize("form", [LIST, PROSE, TABLE], ids=["list", "prose", "table"])


ANOTHER = {"latency": "41.5", "loss": "0.3112"}


@FORMS
@pytest.mark.parametrize(("trial", "others"), [(TRIAL, True), (ANOTHER, True), (ANOTHER, False)])
def test_three_numbers_tell_which_run_a_section_is_about(
    form: str, trial: dict[str, str], others: bool
) -> None:
    right = told(form.format("87.1%"), trial, others)
    found = told(form.format("88.1%"), trial, others)
    if form is PROSE:  # its words may tell of something else
        assert {*right.values(), *found.values()} <= {UNBOUND, AMBIGUOUS}
    else:
        assert set(right.values()) == {VERIFIED}
        assert found.pop("88.1%") == CONTRADICTED
        assert CONTRADICTED not in found.values()


def test_where_all_runs_are_known_one_has_to_be_named() -> None:
    found = told(LIST.format("88.1%"), others=False)
    assert found == {"88.1%": UNBOUND, "85.3%": AMBIGUOUS, "83.1%": AMBIGUOUS, "0.931": AMBIGUOUS}


def test_the_reading_says_by_what_the_run_is_known() -> None:
    (wrong,) = (
        one
        for one in bound(LIST.format("88.1%"), {"heron": FINAL, "stork": TRIAL}, True)
        if one.status == CONTRADICTED
    )
    assert [fact.value for fact in wrong.facts] == ["0.8712"]
    assert "family heron by its numbers" in wrong.because


@FORMS
def test_two_numbers_may_agree_by_chance(form: str) -> None:
    text = form.format("88.1%").replace("0.931", "0.944")
    assert set(told(text).values()) == {UNBOUND}


@FORMS
def test_runs_that_have_half_of_them_alike_leave_it_open(form: str) -> None:
    near = {**TRIAL, "precision": "0.8533", "recall": "0.8309"}
    assert set(told(form.format("88.1%"), near).values()) == {UNBOUND}


@FORMS
def test_runs_that_have_the_same_numbers_are_as_one(form: str) -> None:
    expected = UNBOUND if form is PROSE else CONTRADICTED
    assert told(form.format("88.1%"), FINAL)["88.1%"] == expected


OTHER_LABELS = [
    *("Human accuracy", "Accuracy, int8", "Accuracy*", "Accuracy (night)", "int8: accuracy"),
    *("基线: accuracy", "Top-5 accuracy", "ResNet-50 accuracy"),
]


@pytest.mark.parametrize("label", OTHER_LABELS)
def test_an_item_with_words_of_something_else_is_left_open(label: str) -> None:
    text = f"{LIST.format('87.1%')}\n- {label}: 88.1%"
    assert told(text)["88.1%"] == UNBOUND


def test_what_stands_beside_the_list_is_left_open() -> None:
    text = f"{LIST.format('87.1%')}\n\nThe accuracy is 88.1%."
    assert told(text)["88.1%"] == UNBOUND


def test_other_sections_are_left_open() -> None:
    once = "## Once\n\nThe accuracy was fine.\n\n- Accuracy: 88.1%"
    text = f"## Now\n\n{LIST.format('87.1%')}\n\n{once}"
    found = told(text)
    assert (found["87.1%"], found["88.1%"]) == (VERIFIED, UNBOUND)


def test_a_section_that_denies_as_much_as_it_says_is_of_none() -> None:
    more = {"brier": "0.0912", "kappa": "0.7012", "specificity": "0.9121"}
    text = LIST.format("87.1%") + "\n- Brier: 0.0871\n- Kappa: 0.712\n- Specificity: 0.934"
    runs = {"heron": {**FINAL, **more}, "stork": TRIAL}
    assert {one.status for one in bound(text, runs, others=True)} == {UNBOUND}


def test_a_number_that_is_far_off_is_of_something_else() -> None:
    assert told(LIST.format("88.1%"))["88.1%"] == CONTRADICTED
    assert told(LIST.format("68.1%"))["68.1%"] == UNBOUND


def test_what_the_run_does_not_tell_of_is_read_as_before() -> None:
    runs = {"heron": FINAL, "stork": {"delay": "41.52"}}
    found = bound(f"{LIST.format('87.1%')}\n- Delay: 41.5", runs, others=True)
    (delay,) = (one for one in found if one.claim.text == "41.5")
    assert (delay.status, [fact.value for fact in delay.facts]) == (UNBOUND, ["41.52"])
