"""Families that may have others beside them: a page has to agree with one to be held against it."""

import pytest

from mirage_lint.binding.binding import (
    AMBIGUOUS,
    CONTRADICTED,
    UNBOUND,
    VERIFIED,
    Binding,
)
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

LEXICON = lexicon.make()
PAGE = "# Wren\n\n"
"""The run is named by the title alone, as everything in a repository is."""


def fact(metric: str, value: str, model: str = "", kind: str = "number") -> Fact:
    dimensions = (("model", model),) if model else ()
    place = Source("table.csv" if model else "run.json", metric, 1)
    return Fact("wren", metric, (), "", dimensions, kind, "", value, "", "", place)


FACTS = (
    fact("accuracy", "0.8123"),
    fact("recall", "0.7512"),
    fact("precision", "0.6413"),
    fact("base model", "org/llama-3-8b", kind="model"),
    fact("latency", "41.5", "finch"),
    fact("latency", "52.5", "tern"),
    fact("latency", "63.5", "gull"),
)


MORE = (("owl", "85.5"), ("duck", "96.5"))
RIGHT = "The accuracy is 0.8123."
RUNS = (("wren", "0.8123"), ("finch", "0.7412"))


def bound(text: str, *, others: bool = True, facts: tuple[Fact, ...] = FACTS) -> list[Binding]:
    names = sorted({one.family for one in facts})
    families = tuple(Family(name, name.title(), (name,), (), (), others) for name in names)
    document = markdown.read(source.make("a.md", text))
    return bind_document(
        document, LEXICON, Index(Registry(families, (), (), facts, "")), lambda path: False
    )


def told(text: str, *, others: bool = True) -> dict[str, str]:
    return {one.claim.text: one.status for one in bound(text, others=others)}


def test_a_page_that_agrees_nowhere_is_left_alone() -> None:
    page = f"{PAGE}The accuracy is 0.7901.\n"
    assert told(page) == {"0.7901": UNBOUND}
    assert told(page, others=False) == {"0.7901": CONTRADICTED}


@pytest.mark.parametrize(
    "beside",
    [
        "The recall is 0.7512, and the precision is 0.6413.",
        "The recall is 0.7512, and the precision is 0.6413. The specificity is 0.5514, a score"
        " 0.699, and another 52.5.",
    ],
    ids=["all that there is", "three of several"],
)
def test_a_section_that_agrees_is_held_against_the_run(beside: str) -> None:
    facts = (*FACTS, fact("specificity", "0.5514"))
    page = f"{PAGE}The accuracy is 0.7901.\n\n{beside}\n"
    (wrong,) = (one for one in bound(page, facts=facts) if one.claim.text == "0.7901")
    assert wrong.status == CONTRADICTED


@pytest.mark.parametrize(
    "beside",
    [
        "The recall is 0.7512.",
        "The recall is 0.7512, the precision is 0.6413, and the specificity 0.5514.",
        "The recall is 0.75, and the precision is 0.64.",
        "The recall is at least 0.745, and the precision is above 0.635.",
        "The base model is Llama 3 8B.",
        "The recall is 0.7512, and the precision is 0.6413.\n\n## Last year\n",
    ],
    ids=["one number", "two of three", "few figures", "bounds", "the model", "another section"],
)
def test_what_may_be_chance_is_no_agreement(beside: str) -> None:
    assert told(f"{PAGE}{beside}\n\nThe accuracy is 0.7901.\n")["0.7901"] == UNBOUND


def test_a_section_that_denies_more_than_it_agrees_with_is_of_another_run() -> None:
    facts = (*FACTS, *(fact(f"{name} loss", f"0.{at}517") for at, name in enumerate("abcd")))
    right = "The recall is 0.7512, the precision is 0.6413, and the accuracy 0.8123."
    for count, status in ((3, CONTRADICTED), (4, CONTRADICTED), (5, UNBOUND)):
        names = ["a loss", "b loss", "c loss", "d loss", "accuracy"][:count]
        wrong = "".join(f"The {name} is 0.{at}999.\n" for at, name in enumerate(names))
        found = bound(f"{PAGE}{right}\n\n{wrong}", facts=facts)
        told = {one.status for one in found if one.claim.text.endswith("999")}
        assert told == {status}


def test_a_text_that_names_the_run_needs_one_number_more() -> None:
    wrong = "Wren reaches an accuracy of 0.7901."
    assert told(f"{PAGE}{wrong}\n")["0.7901"] == UNBOUND
    told_more = f"{PAGE}{wrong} The recall is 0.7512, a score 0.1234, another 0.3456.\n"
    assert told(told_more)["0.7901"] == CONTRADICTED


def test_agreement_with_a_table_is_none_with_the_single_values_of_the_run() -> None:
    birds = ("finch", "41.5"), ("tern", "52.5"), ("gull", "63.5"), ("crow", "74.5")
    facts = (*FACTS[:4], *(fact("latency", value, name) for name, value in (*birds, *MORE)))
    rows = "".join(f"| {name} | {value} |\n" for name, value in (*birds, *MORE))
    page = f"{PAGE}The accuracy is 0.7901.\n\n## Latency\n\n| model | latency |\n|---|---|\n{rows}"
    text = f"{page}\n## Notes\n\nThe latency of tern is 55.5.\n"
    found = {one.claim.text: one.status for one in bound(text, facts=facts)}
    assert (found["0.7901"], found["41.5"]) == (UNBOUND, VERIFIED)
    assert found["55.5"] == CONTRADICTED
    few = text.replace("| owl | 85.5 |\n", "").replace("| crow | 74.5 |\n", "")
    assert {one.claim.text: one.status for one in bound(few, facts=facts)}["55.5"] == UNBOUND


BESIDE = "The recall is 0.7512, the precision 0.6413, the specificity 0.5514."
MANY = "Also told are a score of 0.111, then 0.222, 0.333, 0.444, 0.555, and 0.666."


@pytest.mark.parametrize(
    ("told", "beside", "status"),
    [
        ("The accuracy is 0.7901.", f"{BESIDE} {MANY}", CONTRADICTED),
        ("The accuracy is 0.4901.", f"{BESIDE} {MANY}", UNBOUND),
        ("The accuracy is 0.4901.", BESIDE, CONTRADICTED),
        ("The size is 99.5 GB.", f"{BESIDE} {MANY}", CONTRADICTED),
    ],
    ids=["near", "far", "far, where all agrees", "in the same measure"],
)
def test_a_number_that_is_far_off_is_mostly_of_another_thing(
    told: str, beside: str, status: str
) -> None:
    size = fact("size", "12.5")._replace(unit="gigabyte")
    facts = (*FACTS, fact("specificity", "0.5514"), size)
    assert bound(f"{PAGE}{told} {beside}\n", facts=facts)[0].status == status


@pytest.mark.parametrize(
    ("wrong", "more", "status"),
    [
        ("92.5", "", CONTRADICTED),
        ("92.5", "other ", UNBOUND),
        ("55.5", "other ", CONTRADICTED),
        ("0.0", "", UNBOUND),
    ],
    ids=["far", "far, among unknown ones", "near, among unknown ones", "missing"],
)
def test_half_of_a_table_has_to_agree_where_a_cell_is_far_off(
    wrong: str, more: str, status: str
) -> None:
    birds = ("finch", "41.5"), ("tern", "52.5"), ("gull", "63.5"), ("crow", "74.5"), *MORE
    facts = (*FACTS[:4], *(fact("score", value, name) for name, value in birds))
    rows = "".join(f"| {name} | {value} |\n" for name, value in birds)
    rows += "".join(f"| {more}crow{at} | {at}9.9 |\n" for at in range(7) if more)
    page = f"{PAGE}| model | score |\n|---|---|\n{rows}".replace("52.5", wrong)
    assert bound(page, facts=facts)[1].status == status


@pytest.mark.parametrize("others", [True, False])
def test_a_run_of_which_not_all_is_known_may_have_the_number_of_another(others: bool) -> None:
    facts = (*FACTS[:3], fact("base model", "org/owl-3b", kind="model")._replace(family="owl"))
    page = f"{PAGE}The recall is 0.7512, the precision 0.6413.\n\n## Owl\n\n{RIGHT}\n"
    (number,) = (
        one for one in bound(page, others=others, facts=facts) if one.claim.text == "0.8123"
    )
    assert number.status == (UNBOUND if others else CONTRADICTED)


def test_what_would_not_be_called_wrong_is_not_called_right() -> None:
    (alone,) = bound(f"{PAGE}The accuracy is 0.8123.\n")
    assert (alone.status, alone.fits, alone.is_lone) == (UNBOUND, True, True)
    assert told(f"{PAGE}The accuracy is 0.8123.\n", others=False) == {"0.8123": VERIFIED}


def test_that_a_run_must_be_named_is_asked_for_where_all_are_known() -> None:
    runs = tuple(fact("accuracy", value)._replace(family=name) for name, value in RUNS)
    told = "# Results\n\nThe accuracy is 0.8123.\n"
    assert [one.status for one in bound(told, others=False, facts=runs)] == [AMBIGUOUS]
    assert [one.status for one in bound(told, facts=runs)] == [UNBOUND]


@pytest.mark.parametrize(("value", "status"), [("256", CONTRADICTED), ("16", UNBOUND)])
def test_a_number_of_another_run_is_no_chance_where_it_is_rare(value: str, status: str) -> None:
    runs = (
        fact("rank", "8"),
        fact("recall", "0.7512"),
        fact("rank", value)._replace(family="finch"),
    )
    told = f"# Wren\n\nThe wren has a rank of {value}, and a recall of 0.7512.\n"
    assert next(one.status for one in bound(told, others=False, facts=runs)) == CONTRADICTED
    assert next(one.status for one in bound(told, facts=runs)) == status


@pytest.mark.parametrize(
    ("value", "status"), [("52.5", CONTRADICTED), ("52", UNBOUND), ("500", UNBOUND)]
)
def test_a_number_of_another_row_is_no_chance_where_it_is_rare(value: str, status: str) -> None:
    facts = (*FACTS[:4], fact("latency", "41.5", "finch"), fact("latency", value, "tern"))
    beside = "The recall is 0.7512, the precision 0.6413, the accuracy 0.8123."
    page = f"{PAGE}The latency of finch is {value}. {beside}\n"
    assert bound(page, facts=facts)[0].status == status
    apart = page.replace(beside, f"\n\n{beside}")
    assert bound(apart, facts=facts)[0].status == UNBOUND


SPEEDS = (
    *(fact("speed", value, name) for name, value in (("finch", "11.25"), ("tern", "12.35"))),
    *(fact("speed", value, name) for name, value in (("gull", "13.45"), ("crow", "14.55"))),
)
COSTS = tuple(one._replace(metric="cost", value=f"7{one.value}") for one in SPEEDS)
SIZES = tuple(one._replace(metric="size", value=f"9{one.value}") for one in SPEEDS)
ROWS = "".join(
    f"| {name} | {value} | 7{value} | 9{value} |\n"
    for name, value in (("finch", "11.25"), ("tern", "12.35"), ("gull", "13.45"), ("crow", "14.55"))
)
GRID = f"{PAGE}| model | speed | cost | size |\n|---|---|---|---|\n{ROWS}"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"| 11.25": "| 12.35"}, CONTRADICTED),
        ({"| 11.25": "| 12.35", "| 13.45": "| 14.55"}, CONTRADICTED),
        ({"| 11.25": "| 12.35", "711.25": "712.35"}, CONTRADICTED),
        ({"| 11.25": "| 12.35", "711.25": "-", "911.25": "-"}, CONTRADICTED),
        ({"| 11.25": "| 15.65", "711.25": "-", "911.25": "-"}, CONTRADICTED),
        ({"| 11.25": "| 15.65", "711.25": "715.65"}, UNBOUND),
    ],
    ids=[
        *("one", "two, in two rows", "two, in one row", "alone in its row"),
        *("of a record that is named otherwise", "two of that"),
    ],
)
def test_a_number_of_another_row_stands_amid_those_of_its_own(
    wrong: dict[str, str], status: str
) -> None:
    arm = (("arm", "owl"),)
    others = (SPEEDS[0]._replace(value="15.65"), COSTS[0]._replace(value="715.65"))
    facts = (*SPEEDS, *COSTS, *SIZES, *(one._replace(dimensions=arm) for one in others))
    page = GRID
    for old, new in wrong.items():
        page = page.replace(old, new)
    value = next(iter(wrong.values())).removeprefix("| ")
    for others_known, expected in ((True, status), (False, CONTRADICTED)):
        found = bound(page, facts=(*FACTS[:4], *facts), others=others_known)
        assert next(one.status for one in found if one.claim.text == value) == expected


@pytest.mark.parametrize(("file", "status"), [("table.csv", CONTRADICTED), ("other.csv", UNBOUND)])
def test_a_row_that_agrees_with_another_file_is_of_a_record_of_that(file: str, status: str) -> None:
    place = Source(file, "speed", 1)
    facts = (*FACTS[:4], *(one._replace(source=place) for one in SPEEDS), *COSTS, *SIZES)
    found = bound(GRID.replace("| 11.25", "| 11.95"), facts=facts)
    assert next(one.status for one in found if one.claim.text == "11.95") == status


def test_a_row_of_several_files_is_of_none_of_them_alone() -> None:
    files = (SPEEDS, "speed.csv"), (COSTS, "cost.csv"), (SIZES, "size.csv")
    facts = [
        one._replace(source=Source(file, one.metric, 1)) for group, file in files for one in group
    ]
    found = bound(GRID.replace("| 11.25", "| 11.95"), facts=(*FACTS[:4], *facts))
    told = {one.claim.text: one.status for one in found}
    assert (told["11.95"], told["711.25"]) == (CONTRADICTED, VERIFIED)
    assert told["12.35"] == told["712.35"] == told["912.35"] == VERIFIED


@pytest.mark.parametrize(("said", "status"), [("0", UNBOUND), ("1", CONTRADICTED)])
def test_a_count_of_nought_may_be_that_of_what_broke_off(said: str, status: str) -> None:
    facts = (*FACTS, fact("failures", "5"))
    page = f"{PAGE}The failures of wren: {said}. The recall is 0.7512, the precision 0.6413.\n"
    assert bound(page, facts=facts)[0].status == status
    assert bound(page, facts=facts, others=False)[0].status == CONTRADICTED


def test_a_setting_is_held_against_a_run_that_its_section_agrees_with() -> None:
    facts = (*FACTS, fact("learning rate", "0.0253"))
    right, arm = "The accuracy is 0.8123, and the recall is 0.7512.", "\n\n## Another arm\n\n"
    for text, wrong in (
        (f"{right}\n\nThe learning rate is 0.0245.\n", ["0.0245"]),
        (f"{right}{arm}The learning rate is 0.0245.\n", []),
        (f"{right}{arm}The accuracy is 0.7131.\n", []),
    ):
        found = bound(PAGE + text, facts=facts)
        assert [one.claim.text for one in found if one.status == CONTRADICTED] == wrong


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Accuracy", CONTRADICTED),
        ("Test accuracy", CONTRADICTED),
        ("Accuracy (five seeds)", CONTRADICTED),
        ("Unanimous accuracy", UNBOUND),
        ("SVM accuracy", UNBOUND),
    ],
)
def test_a_head_with_words_for_what_is_not_known_is_of_something_else(
    head: str, status: str
) -> None:
    facts = (*FACTS, *(fact("accuracy", value, name) for name, value in (("finch", "0.7123"),)))
    table = f"| model | {head} |\n|---|---|\n| finch | 0.7223 |\n"
    page = f"{PAGE}The recall is 0.7512, the precision 0.6413.\n\n{table}"
    (cell,) = (one for one in bound(page, facts=facts) if one.claim.text == "0.7223")
    assert cell.status == status


def test_a_number_of_another_run_is_right_where_the_text_does_not_name_the_one() -> None:
    others = (("wren", "0.8765"), ("finch", "0.8123"))
    facts = (*FACTS, *(fact("accuracy", value)._replace(family=name) for name, value in others))
    facts = tuple(
        one
        for one in facts
        if (one.metric, one.value) != ("accuracy", "0.8123") or one.family == "finch"
    )
    beside = "The recall is 0.7512, and the precision is 0.6413."
    found = [
        next(one.status for one in bound(page, facts=facts) if one.claim.text == "0.8123")
        for page in (
            f"{PAGE}{beside} The accuracy is 0.8123.\n",
            f"{PAGE}{beside} The accuracy of wren is 0.8123.\n",
        )
    ]
    assert found == [UNBOUND, CONTRADICTED]


def test_of_several_models_that_a_draft_scores_there_may_be_one_more() -> None:
    models = tuple(fact("model", f"org/llama-3-{size}b", kind="model") for size in (3, 8))
    told = "The wren run is held against Llama 3 14B.\n"
    for facts, others, status in (
        (models, True, UNBOUND),
        (models, False, CONTRADICTED),
        (models[:1], True, CONTRADICTED),
    ):
        found = [one for one in bound(told, facts=facts, others=others) if one.claim.model]
        assert [one.status for one in found] == [status]


def test_a_row_that_names_what_the_fact_is_not_told_apart_by_is_a_part_of_it() -> None:
    facts = (*FACTS, fact("total rows", "6134"))
    beside = "The recall is 0.7512, and the precision is 0.6413."
    page = f"{PAGE}{beside}\n\n| Part | Total rows |\n|--|--|\n| finch | 6034 |\n"
    for others, status in ((True, UNBOUND), (False, CONTRADICTED)):
        found = bound(page, facts=facts, others=others)
        assert [one.status for one in found if one.claim.text == "6034"] == [status]


@pytest.mark.parametrize(
    ("text", "is_near"),
    [
        ("So far 129/500 = 76.0%.", False),
        ("Ours are 324/176 = 64.8% valid.", False),
        ("It recovers 1/5 items (33 % of characters).", False),
        ("That is 2.35% of reviews (30/40).", False),
        ("So far 129/500 = 28.5%.", True),
        ("So far 129/500 = 2.58%.", True),
        ("That is 72% of reviews (30/40).", True),
    ],
)
def test_a_percentage_far_from_its_fraction_may_be_of_something_else(
    text: str, is_near: bool
) -> None:
    for others, expected in ((True, is_near), (False, True)):
        found = bound(f"{PAGE}{text}\n", others=others)
        assert any(one.status == CONTRADICTED for one in found) == expected


@pytest.mark.parametrize(
    ("head", "metric", "status"),
    [
        ("speed", "speed", CONTRADICTED),
        ("avg speed", "speed", UNBOUND),
        ("median speed", "speed", UNBOUND),
        ("avg speed", "mean speed", CONTRADICTED),
    ],
)
def test_a_mean_is_held_against_means_alone(head: str, metric: str, status: str) -> None:
    speeds = [one._replace(metric=metric) for one in SPEEDS]
    page = GRID.replace("| speed", f"| {head}").replace("| 11.25", "| 11.95")
    found = bound(page, facts=(*FACTS[:4], *speeds, *COSTS, *SIZES))
    assert next(one.status for one in found if one.claim.text == "11.95") == status


@pytest.mark.parametrize(
    ("told", "stored", "status"),
    [
        ("2.8953", "2.9", UNBOUND),
        ("2.8453", "2.9", CONTRADICTED),
        ("2.8", "2.9", CONTRADICTED),
        ("2.86", "2.9", UNBOUND),
        ("3.2", "3", UNBOUND),
    ],
)
def test_a_page_may_tell_more_places_than_its_artifact(told: str, stored: str, status: str) -> None:
    facts = (*FACTS, fact("loss", stored))
    page = f"{PAGE}The loss is {told}, the recall 0.7512, the precision 0.6413.\n"
    assert bound(page, facts=facts)[0].status == status


@pytest.mark.parametrize(
    ("stored", "told", "status"),
    [("0.1239", "0.1239", CONTRADICTED), ("0.0005", "0.0489", UNBOUND)],
)
def test_a_value_of_one_figure_is_that_of_many(stored: str, told: str, status: str) -> None:
    chance = fact("chance", "0.4754", "finch"), fact("chance", stored, "tern")
    page = GRID.replace("speed", "chance").replace("| 11.25", f"| {told}")
    found = bound(page, facts=(*FACTS[:4], *chance, *COSTS, *SIZES))
    assert next(one.status for one in found if one.claim.text == told) == status


def test_a_number_of_one_of_several_rows_may_be_of_one_more() -> None:
    """Which of two rows is meant is open: in a draft there may be a third."""
    rows = tuple(
        fact("latency", value, name) for name, value in (("finch", "41.5"), ("tern", "43.5"))
    )
    page = f"{PAGE}The latency of wren is 45.5. Its accuracy is 0.8123, its recall 0.7512.\n"
    for others, status in ((False, CONTRADICTED), (True, UNBOUND)):
        found = bound(page, others=others, facts=(*FACTS[:3], *rows))
        assert {one.claim.text: one.status for one in found}["45.5"] == status
