"""Drafts: what a document shows to be of something else, though it is about that very run."""

import pytest

from mirage_lint.binding import told_apart
from mirage_lint.binding.binding import CONTRADICTED, UNBOUND, VALUE, VERIFIED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import METADATA, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

PLACE = Source("runs.json", "/x", METADATA)
VALUES = {"parameters": "66955779", "accuracy": "0.8412", "recall": "0.7523", "stage": "2.327"}
MORE = {"kappa": "0.6234", "specificity": "0.9123"}


def fact(metric: str, value: str, *dimensions: tuple[str, str]) -> Fact:
    return Fact("wren", metric, (), "", dimensions, "number", "", value, "", "", PLACE)


def of_rows(rows: dict[str, tuple[str, ...]], *metrics: str, key: str) -> tuple[Fact, ...]:
    """A fact for each value of each row."""
    return tuple(
        fact(metric, value, (key, name))
        for name, values in rows.items()
        for metric, value in zip(metrics, values, strict=True)
    )


def told(text: str, facts: tuple[Fact, ...] = (), others: bool = True) -> list[tuple[str, str]]:
    """The claims of a text with their statuses."""
    known = facts or tuple(fact(metric, value) for metric, value in (VALUES | MORE).items())
    family = Family("wren", "Wren", ("wren",), (), (), others)
    index = Index(Registry((family,), (), (), known, ""))
    document = markdown.read(source.make("README.md", f"# Wren\n\n{text}\n"))
    found = bind_document(document, lexicon.make(), index, lambda path: False)
    return [(one.claim.text, one.status) for one in found]


REST = "The kappa is 0.6234, the specificity 0.9123, the accuracy 0.8412."
FIRST = f"## First\n\n- Parameters: 66,955,779\n\n{REST}\n\n"
SECOND = "## Second\n\n{}\n\nThe recall is 0.7523, the kappa 0.6234, the specificity 0.9123."


@pytest.mark.parametrize("others", [True, False])
def test_what_another_section_tells_right_in_the_same_words_is_another_here(others: bool) -> None:
    same = told(FIRST + SECOND.format("- Parameters: 67,696,134"), others=others)
    assert ("66,955,779", VERIFIED) in same
    assert ("67,696,134", UNBOUND if others else CONTRADICTED) in same
    other = told(FIRST + SECOND.format("- All parameters: 67,696,134"), others=others)
    assert ("67,696,134", CONTRADICTED) in other


def test_a_second_table_of_the_same_heads_is_of_something_else() -> None:
    rows = {
        "finch": ("0.8123", "0.7012"),
        "tern": ("0.7345", "0.6456"),
        "gull": ("0.6789", "0.5678"),
    }
    facts = of_rows(rows, "accuracy", "recall", key="model")
    head = "| model | accuracy | recall |\n|--|--|--|\n"
    right = head + "".join(f"| {name} | {a} | {b} |\n" for name, (a, b) in rows.items())
    wrong = right.replace("0.7345", "0.7999")
    assert ("0.7999", CONTRADICTED) in told(f"## A\n\n{wrong}", facts)
    assert ("0.7999", UNBOUND) in told(f"## A\n\n{wrong}\n## B\n\n{right}", facts)


def test_of_two_values_one_told_right_elsewhere_leaves_the_other() -> None:
    head = "| model | peak memory |\n|--|--|\n| finch |"
    page = f"## A\n\n{head} 28.59 |\n\n## B\n\n{head} 28.57 |\n"
    document = markdown.read(source.make("README.md", page))
    there, here = (fact("peak memory", value, ("task", value)) for value in ("28.57", "28.52"))
    index = Index(Registry((), (), (), (), ""))
    found = bind_document(document, lexicon.make(), index, lambda path: False)
    wrong, right = (one.claim for one in found)
    for facts, status in (((there,), UNBOUND), ((there, here), CONTRADICTED)):
        told = [Binding(wrong, CONTRADICTED, facts, VALUE), Binding(right, VERIFIED, (there,))]
        assert told_apart.without(told, frozenset({"wren"}))[0].status == status


def test_a_percentage_of_what_is_no_percentage_is_of_something_else() -> None:
    text = "The mean stage rises to {} (46% of these), and the accuracy is 0.8412."
    for number in ("2.33", "much"):
        assert ("46%", CONTRADICTED) not in told(text.format(number) + REST)
    share = tuple(
        fact(metric, value) for metric, value in {**VALUES, **MORE, "stage": "0.53"}.items()
    )
    assert ("46%", CONTRADICTED) in told(f"The stage is 46%. {REST}", share)
    assert ("46%", UNBOUND) in told(f"The stage is 46%. {REST}")


@pytest.mark.parametrize("others", [True, False])
def test_a_p_value_is_that_of_a_test(others: bool) -> None:
    rest = "The kappa is 0.6234, the specificity 0.9123, the recall 0.7523."
    for bound in ("< 0.001", "<0.0001", "≪ 0.01"):
        text = f"They differ in accuracy: McNemar p {bound}. {rest}"
        assert (bound, CONTRADICTED) not in told(text, others=others)
    text = f"They differ in accuracy: McNemar < 0.001. {rest}"
    assert ("< 0.001", CONTRADICTED) in told(text, others=others)
    facts = [fact(metric, value) for metric, value in (VALUES | MORE | {"kappa p": "0.02"}).items()]
    text = f"They differ: the kappa p < 0.001. {rest}"
    assert ("< 0.001", CONTRADICTED) in told(text, tuple(facts), others)


def test_a_head_with_words_of_two_metrics_may_be_of_a_third() -> None:
    rows = {"finch": ("0.276", "100.0"), "tern": ("0.130", "90.0"), "gull": ("0.112", "80.0")}
    facts = of_rows(rows, "cosine", "dim", key="entry")
    scores = zip(rows, ("1.711", "1.811", "1.912"), strict=True)
    facts += tuple(fact("score", value, ("entry", name)) for name, value in scores)
    cells = "| finch | 0.763 | 1.711 |\n| tern | 0.537 | 1.811 |\n| gull | 0.838 | 1.912 |\n"
    for head, expected in (("Cosine (DIM)", UNBOUND), ("Cosine", CONTRADICTED)):
        table = f"| entry | {head} | score |\n|--|--|--|\n{cells}"
        assert ("0.763", expected) in told(table, facts)


def test_full_width_marks_end_clauses() -> None:
    rows = {
        "finch": ("0.0903", "0.2854"),
        "tern": ("0.0945", "0.3112"),
        "gull": ("0.0812", "0.2911"),
    }
    facts = of_rows(rows, "ndcg", "coverage", key="name")
    table = "| name | ndcg | coverage |\n|--|--|--|\n" + "".join(
        f"| {name} | {a} | {b} |\n" for name, (a, b) in rows.items()
    )
    text = f"{table}\n\n分析：tern 在 NDCG 上略优（0.0945），finch 覆盖率最高（28.5%）。"
    assert ("28.5%", CONTRADICTED) not in told(text, facts)


@pytest.mark.parametrize("others", [True, False])
def test_what_another_item_tells_right_is_another_here(others: bool) -> None:
    items = "- Night shift: recall 0.7523\n- Day shift: recall 0.7511\n"
    same = told(f"{REST}\n\n{items}", others=others)
    assert ("0.7523", VERIFIED) in same
    assert ("0.7511", UNBOUND if others else CONTRADICTED) in same
    apart = items.replace("\n", "\n\nWhat follows is of the same.\n\n", 1)
    assert ("0.7511", CONTRADICTED) in told(f"{REST}\n\n{apart}", others=others)
