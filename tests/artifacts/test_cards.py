"""What people write of a model: front matter, evaluation results, and tables in Markdown."""

import pytest
from fields_told import known

from mirage_lint.artifacts import markdown_text, pointers
from mirage_lint.core.facts import NARRATIVE, Datum

RESULT = {"model": "finch-tuned", "dataset": "Birds", "config": "", "split": "test"}
TABLES = """\
---
title: no card
---
# Results of the [run](here)

| model | *acc* | note |
|---|---|---|
| [finch](a.md) | **0.90** | `as` &amp; is<br>known |
| wren \\| robin | 0.8 |

Again
-----

|   | n | n | x |  |
|---|---|---|---|---|
| a | 1 | 2 | 3 | 4 |
"""


def test_a_card_of_the_hub_tells_its_base_model_and_its_results(made) -> None:
    reading = made("model_card/README.md")
    assert (reading.name, reading.tier) == ("model card", NARRATIVE)
    assert reading.content.told == (known("base model", "org/finch-7B", "/base_model"),)
    result = {**RESULT, "task": "text-classification"}
    assert reading.content.records == (
        {**result, "metric": "Accuracy", "value": "0.9125"},
        {**result, "metric": "f1", "value": "0.9"},
    )
    assert "secret" not in str(reading.content)
    pointer = "/model-index/0/results/0/metrics/0/value"
    assert pointers.at(reading.content, pointer) == Datum("value", "0.9125", pointer)


@pytest.mark.parametrize(
    "base",
    ["[org/a-7B, org/b-7B]", "\n- org/a-7B", "./out/merged", "/data/a", "outputs/a", "a", "", "3"],
)
def test_a_base_model_that_is_a_list_or_a_folder_is_unknown(read, base: str) -> None:
    reading = read("README.md", f"---\nbase_model: {base}\n---\n")
    assert (reading.name, reading.content.told) == ("model card", ())


def test_a_card_without_results_has_the_rows_of_its_tables(read) -> None:
    source = "\ufeff---\r\nbase_model: org/a-7B\r\n---\r\n|k|v|\r\n|-|-|\r\n|a|1|\r\n"
    reading = read("docs/card.markdown", source)
    assert reading.content.records == ({"k": "a", "v": "1"},)
    assert reading.content.root["tables"] == [{"heading": "", "rows": [{"k": "a", "v": "1"}]}]


def test_odd_results_are_passed_over(read) -> None:
    odd = "[{results: [{metrics: [{value: {a: 1}}, 3], dataset: x, task: [1]}, 4]}, 5]"
    (row,) = read("README.md", f"---\nmodel-index: {odd}\n---\n").content.records
    assert set(row.values()) == {""}
    assert read("README.md", "---\nmodel-index: 3\n---\n").content.records == ()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "---\nbase_model: org/a\n",
            "README.md: has front matter that does not end; end it by a line ---",
        ),
        (
            "---\nbase_model: org/a\n- x\n---\n",
            "README.md:3: is not YAML (did not find expected key); mend that line",
        ),
        (
            "---\n[1,\nbase_model: 2]\n---\n",
            "README.md: has front matter that holds no keys; write `key: value`",
        ),
        (
            "---\nbase_model: a\nbase_model: b\n---\n",
            "README.md:3: says the key 'base_model' twice in one mapping; mend that line",
        ),
        (b"---\nbase_model: \xff\n---\n", "README.md:2: is not UTF-8; save it as UTF-8"),
    ],
)
def test_broken_front_matter_is_told_in_one_line(refusal, source: str, message: str) -> None:
    assert refusal("README.md", source) == message


def test_evaluation_results_of_the_hub_are_rows(made) -> None:
    reading = made("model_card/.eval_results/birds.yaml")
    assert (reading.name, reading.tier) == ("evaluation results", NARRATIVE)
    first = {"dataset": "org/birdsong", "task": "songs", "value": "20.9", "date": "2025-01-15"}
    second = {"dataset": "org/nests", "task": "default", "value": "0.412", "date": ""}
    assert reading.content.records == ({**first, "notes": "with tools"}, {**second, "notes": ""})
    assert "secret" not in str(reading.content)


def test_broken_evaluation_results_are_told_in_one_line(refusal, read) -> None:
    assert refusal(".eval_results/x.yaml", "value: 1\n") == (
        ".eval_results/x.yaml: holds no list of results; start each result with `- dataset:`"
    )
    odd = read(".eval_results/x.yml", "- 3\n- {dataset: x, value: 20.90}\n").content.records
    assert odd == ({"dataset": "", "task": "", "value": "20.90", "date": "", "notes": ""},)


def test_yaml_elsewhere_is_no_evaluation_result(read) -> None:
    assert read("eval_results/x.yaml", "- value: 1\n").name == "YAML"


def test_the_rows_of_all_tables_of_a_markdown_file_are_records(read) -> None:
    reading = read("RESULTS.md", TABLES)
    assert (reading.name, reading.tier) == ("Markdown tables", NARRATIVE)
    first = [
        {"model": "finch", "acc": "0.90", "note": "as & is known"},
        {"model": "wren | robin", "acc": "0.8", "note": ""},
    ]
    second = [{"": "a", "x": "3"}]
    assert reading.content.told == ()
    assert reading.content.records == (*first, *second)
    assert reading.content.root == {
        "tables": [
            {"heading": "Results of the run", "rows": first},
            {"heading": "Again", "rows": second},
        ]
    }


def test_markdown_made_to_take_long_is_read_quickly(read) -> None:
    many = "|" + "a|" * 3000 + "\n|" + "-|" * 3000 + "\n" + "|1\n" * 3000
    assert len(read("many.md", many).content.records) < 100
    nested = f"| a |\n|---|\n| {'[' * 200_000} |\n"
    assert read("nested.md", nested).content.records == ({"a": "[" * 200_000},)


def test_markdown_beyond_the_bound_is_told(refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown_text, "MAX_MARKDOWN", 4)
    assert refusal("a.md", "12345") == "a.md: is Markdown of more than 4 bytes, the most read"
