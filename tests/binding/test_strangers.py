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
    fact("recall", "0.75"),
    fact("precision", "0.64"),
    fact("base model", "org/llama-3-8b", kind="model"),
    fact("latency", "41.5", "finch"),
    fact("latency", "52.5", "tern"),
    fact("latency", "63.5", "gull"),
)


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
    page = f"{PAGE}The accuracy is 0.7001.\n"
    assert told(page) == {"0.7001": UNBOUND}
    assert told(page, others=False) == {"0.7001": CONTRADICTED}


@pytest.mark.parametrize(
    "beside",
    ["The recall is 0.75, and the precision is 0.64.", "The base model is Llama 3 8B."],
    ids=["figures", "the base model"],
)
def test_a_page_that_agrees_elsewhere_is_held_against_the_run(beside: str) -> None:
    assert told(f"{PAGE}The accuracy is 0.7001.\n\n{beside}\n")["0.7001"] == CONTRADICTED


@pytest.mark.parametrize(
    "beside",
    ["The recall is 0.75.", "The recall is at least 0.745, and the precision is above 0.635."],
    ids=["too few figures", "bounds"],
)
def test_what_may_be_chance_is_no_agreement(beside: str) -> None:
    assert told(f"{PAGE}The accuracy is 0.7001.\n\n{beside}\n")["0.7001"] == UNBOUND


def test_a_text_that_names_the_run_itself_is_held_against_it() -> None:
    assert told(f"{PAGE}Wren reaches an accuracy of 0.7001.\n")["0.7001"] == CONTRADICTED


def test_agreement_with_a_table_is_none_with_the_single_values_of_the_run() -> None:
    table = "| model | latency |\n|---|---|\n| finch | 41.5 |\n| tern | 52.5 |\n| gull | 63.5 |\n"
    found = told(f"{PAGE}The accuracy is 0.7001.\n\n{table}")
    assert (found["0.7001"], found["41.5"]) == (UNBOUND, VERIFIED)
    wrong = told(f"{PAGE}{table.replace('41.5', '47.5')}")
    assert (wrong["47.5"], wrong["52.5"]) == (CONTRADICTED, VERIFIED)


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


def test_a_setting_is_held_against_a_run_that_its_section_agrees_with() -> None:
    facts = (*FACTS, fact("learning rate", "0.0002"))
    right, arm = "The accuracy is 0.8123, and the recall is 0.75.", "\n\n## Another arm\n\n"
    for text, wrong in (
        (f"{right}\n\nThe learning rate is 3e-5.\n", ["3e-5"]),
        (f"{right}{arm}The learning rate is 3e-5.\n", []),
        (f"{right}{arm}The accuracy is 0.71.\n", ["0.71"]),
    ):
        found = bound(PAGE + text, facts=facts)
        assert [one.claim.text for one in found if one.status == CONTRADICTED] == wrong
