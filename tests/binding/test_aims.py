"""Which metrics a number may be about."""

import pytest

from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import METADATA, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source


def fact(metric: str, value: str) -> Fact:
    told = (metric, (), "", (), "number", "", value, "", "")
    return Fact("small", *told, Source("runs/state.json", "/x", METADATA))


REGISTRY = Registry(
    (Family("small", "", ("small run",), (), ()),),
    (),
    (),
    (fact("evaluation loss", "0.3456"), fact("training loss", "0.1234"), fact("dose", "40.0")),
    "",
)


def contradicted(text: str) -> list[str]:
    document = markdown.read(source.make("README.md", f"# Small run\n\n{text}"))
    bindings = bind_document(document, lexicon.make(), Index(REGISTRY), lambda path: False)
    return [one.claim.text for one in bindings if one.status == "contradicted"]


def test_an_item_and_its_introducing_line_name_a_metric_together() -> None:
    line = "The small run achieves the following results on the evaluation set:"
    assert contradicted(f"{line}\n- Loss: 0.3556\n") == ["0.3556"]
    assert contradicted(f"{line}\n- Loss: 0.3456\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "The small run achieves the following results:\n- Loss: 0.3556\n",
        "The small run, on the evaluation set:\n- Loss of teacher, students and judge: 0.3556\n",
        "The small run, on the evaluation set:\n- Seconds: 0.3556\n",
        "On the evaluation set of the small run all is well.\n\nLoss: 0.3556\n",
    ],
)
def test_a_part_of_a_name_alone_is_none(text: str) -> None:
    assert contradicted(text) == []


def test_a_metric_right_before_a_number_of_another_kind_is_that_ones() -> None:
    line = "The small run is told at one point (dose 40, tilt 3 degrees, 85% of the waves)."
    assert contradicted(line) == []
    assert contradicted(line.replace("dose 40, tilt 3 degrees,", "dose of")) == ["85%"]
