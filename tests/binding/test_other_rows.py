"""What a number may be of beside the rows that are known, and words that only look like rows."""

import pytest

from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.core.facts import METADATA, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

PLACE = Source("runs/rows.csv", "/x", METADATA)


def number(family: str, metric: str, value: str, **rows: str) -> Fact:
    slots = tuple(sorted(rows.items()))
    return Fact(family, metric, (), "", slots, "number", "", value, "", "", PLACE)


def model(family: str, value: str) -> Fact:
    return Fact(family, "model", (), "", (), "model", "", value, "", "", PLACE)


REGISTRY = Registry(
    (
        Family("sweep", "", ("sweep",), (), ()),
        Family("finch", "", ("finch",), (), ()),
        Family("survey", "", ("survey",), (), ()),
        Family("wren", "", ("wren",), (), ()),
    ),
    (),
    (),
    (
        *(number("sweep", "calls", value, run=f"r{at}") for at, value in enumerate(("500", "144"))),
        number("sweep", "rank", "47", order="reverse"),
        number("sweep", "rank", "1", order="direct"),
        number("survey", "reach", "0.9353", tool="finch"),
        number("survey", "reach", "0.9827", tool="wren"),
        number("finch", "length", "12"),
        number("wren", "valid", "486", split="dev"),
        number("wren", "valid", "312", split="test"),
        number("wren", "share", "0.730", split="dev"),
        number("wren", "share", "0.722", split="test"),
        number("wren", "rank", "16"),
        number("wren", "lora_alpha", "32"),
        number("wren", "recall", "0.731", split="dev"),
        number("wren", "recall", "0.552", split="test"),
        number("wren", "context size", "65536"),
        model("survey", "org/robin-5.1"),
        number("survey", "score", "0.5", judge="robin-5.1"),
        number("survey", "score", "0.6", judge="robin-6"),
    ),
    "",
)
LEXICON = lexicon.make(["robin"], [])


def contradicted(text: str, registry: Registry = REGISTRY, words: Lexicon = LEXICON) -> list[str]:
    document = markdown.read(source.make("README.md", text))
    bindings = bind_document(document, words, Index(registry), lambda path: False)
    return [one.claim.text for one in bindings if one.status == "contradicted"]


SHIFTED = """# Wren

| split | valid |
|---|---|
| dev | {} |
| test | {} |
| dev | {} |
"""
ADVICE = "## Small\n\nRank: {}\n\n## Middle\n\nRank: {}\n\n## Large\n\nRank: {}\n"
SETTINGS = "# Wren\n\n| setting | {} |\n|---|---|\n| rank | {} |\n"
TABLE = "| {} | valid |\n|---|---|\n| {} | 98 |\n| {} | 99 |\n"
LIST = "# Wren\n\n1. At dev, valid is {}.\n2. At dev, valid is {}.\n3. At dev, valid is {}.\n"


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (
            "The sweep: the rank at reverse is 2.",
            "The sweep: this reverses the ranking, and the least get rank 2.",
        ),
        ("# Survey\n\nWren has a reach of 0.9353.", "# Survey\n\nFinch has a reach of 0.9353."),
        ("The wren's valid is 487 at dev.", "The wren's valid is 487 (stale) at dev."),
        ("The wren's valid is 487 at dev.", "The wren's valid went 487 => 486 at dev."),
        (
            "The wren's valid is 487 at dev.",
            "It is unclear whether the wren's valid is 487 at dev.",
        ),
        ("The wren's valid is 487 at dev.", "The wren at dev: valid, default 487."),
        ("The wren's valid is 487 at dev.", "At dev the wren's valid is within 100 of that."),
        (LIST.format(3, 3, 3), LIST.format(1, 2, 3)),
        ("The wren's valid is 487 at dev.", "The wren's best valid is 487 at dev."),
        ("The wren's valid is 487 at dev.", "The wren's expected valid is 487 at dev."),
        ("# Wren\n\nMetrics:\n- Valid at dev: 487", "# Wren\n\nExpected:\n- Valid at dev: 487"),
        (
            "# Wren\n\nMetrics:\n- Valid at dev: 487",
            "# Wren\n\nTheir results:\n- Valid at dev: 487",
        ),
        (SETTINGS.format("value", 32), SETTINGS.format("default", 32)),
        ("The wren's valid is 487 at dev.", "The wren's valid @ 487 at dev."),
        ("At dev, the wren's recall is 33%.", "At dev, the wren's recall has a 33% improvement."),
        ("At dev, the wren's recall is 34%.", "At dev, the wren's recall is 17 of 50 (34%)."),
        ("# Wren\n\nrank: 64k", "# Wren\n\ncontext size: 64k"),
        ("# Wren\n\nlora_alpha = 2", "# Wren\n\nlora_alpha = 2x rank"),
        (SHIFTED.format(312, 486, 99), SHIFTED.format(312, 486, 312)),
    ],
)
def test_what_is_left_alone(told: str, left: str) -> None:
    assert contradicted(told)
    assert not contradicted(left)


def test_a_number_over_rows_that_differ_may_be_their_sum() -> None:
    assert not contradicted("The sweep took 900 calls.")


def test_the_ends_of_a_change_may_be_means_of_many_rows() -> None:
    rows = tuple(number("wren", "hit", value, case=str(at)) for at, value in enumerate("101100"))
    registry = REGISTRY._replace(facts=(*REGISTRY.facts, *rows))
    assert not contradicted("The wren's hit went from 0.02 to 0.39.", registry)


def test_a_sample_sets_what_any_row_may_have() -> None:
    assert not contradicted('# Sweep\n\n```json\n{\n  "calls": 1\n}\n```\n')


def test_a_family_whose_rows_are_of_more_models_has_no_one_model() -> None:
    text = "The survey's caveat, that Robin 5 has one, holds."
    assert not contradicted(text)
    one = tuple(fact for fact in REGISTRY.facts if fact.metric != "score")
    assert contradicted(text, REGISTRY._replace(facts=one)) == ["Robin 5"]


@pytest.mark.parametrize("title", ["", "# Wren\n\n"])
def test_settings_of_no_run_named_there_that_differ_over_a_page_are_advice(title: str) -> None:
    facts = tuple(fact for fact in REGISTRY.facts if fact.family == "wren")
    alone = Registry((Family("wren", "", ("wren",), (), ()),), (), (), facts, "")
    assert contradicted(title + ADVICE.format(16, 16, 64), alone) == ["64"]
    assert contradicted(title + ADVICE.format(64, 64, 64), alone) == ["64", "64", "64"]
    assert contradicted(title + ADVICE.format(4, 16, 64), alone) == []
    assert contradicted(title + ADVICE.format(4, 4, 64), alone) == []


def test_one_right_value_written_in_two_ways_makes_no_series_with_a_wrong_one() -> None:
    facts = (number("wren", "learning_rate", "0.0001"),)
    alone = Registry((Family("wren", "", ("wren",), (), ()),), (), (), facts, "")
    page = ADVICE.replace("Rank", "Learning rate")
    assert contradicted(page.format("0.0001", "1e-4", "0.0003"), alone) == ["0.0003"]


def test_base_models_of_several_sizes_on_one_page_are_of_other_runs() -> None:
    facts = (model("wren", "org/robin-3b")._replace(metric="base model"),)
    alone = Registry((Family("wren", "", ("wren",), (), ()),), (), (), facts, "")
    page = "# Wren\n\nThe base model is robin-{}.\n\n## Small\n\nThe base model is robin-{}.\n"
    assert contradicted(page.format("7b", "7b"), alone) == ["robin-7b", "robin-7b"]
    assert contradicted(page.format("3b", "7b"), alone) == ["robin-7b"]
    assert contradicted(page.format("1b", "7b"), alone) == []


@pytest.mark.parametrize(
    "left",
    [
        TABLE.format("dropped split", "dev", "test"),
        TABLE.format("Left out", "dev", "test"),
        TABLE.format("split", "w/o dev", "w/o test"),
        TABLE.format("split", "- dev", "- test"),
        TABLE.format("split", "all but `dev`", "without the test"),
        TABLE.format("split", "dev removed", "**test**, excluded"),
        "Dropping dev, the wren's valid is 487.",
        "With dev removed, the wren's valid is 487.",
    ],
)
def test_what_is_told_of_a_row_left_out_is_of_the_rest(left: str) -> None:
    assert contradicted(f"# Wren\n\n{left}") == []
    assert contradicted(f"# Wren\n\n{TABLE.format('split', 'dev', 'test')}") == ["98", "99"]
    assert contradicted("# Wren\n\nOn dev, the wren's valid is 487.") == ["487"]


def test_a_row_that_is_known_as_a_removal_is_itself() -> None:
    facts = (number("wren", "valid", "486", split="drop dev"), REGISTRY.facts[-1])
    known = Registry((Family("wren", "", ("wren",), (), ()),), (), (), facts, "")
    assert contradicted("# Wren\n\nWith drop dev, the wren's valid is 487.", known) == ["487"]


def test_a_model_that_trains_something_is_not_what_was_trained() -> None:
    facts = (model("wren", "org/robin-3b")._replace(metric="base model"),)
    alone = Registry((Family("wren", "", ("wren",), (), ()),), (), (), facts, "")
    assert contradicted("# Wren\n\nThe wren is fine-tuned from robin-7b.", alone) == ["robin-7b"]
    assert contradicted("# Wren\n\nrobin-7b, one of the fine-tunes.", alone) == ["robin-7b"]
    assert contradicted("# Wren\n\nrobin-7b fine-tunes on 24K tasks.", alone) == []


def test_a_row_may_be_called_like_a_metric() -> None:
    names = (("plain", "0.0"), ("dropout", "0.3"))
    facts = tuple(number("wren", "dropout", value, variant=name) for name, value in names)
    known = Registry((Family("wren", "", ("wren",), (), ()),), (), (), facts, "")
    table = "# Wren\n\n| variant | {} |\n|---|---|\n| dropout | 0.0 |\n| plain | 0.3 |\n"
    assert contradicted(table.format("decay"), known) == []
    assert contradicted(table.format("dropout"), known) == ["0.0", "0.3"]


def test_measured_values_that_differ_where_no_run_is_named_are_of_other_runs() -> None:
    facts = (number("wren", "recall", "0.730"),)
    alone = Registry((Family("wren", "", ("wren",), (), ()),), (), (), facts, "")
    page = "The recall is {}.\n\n## Later\n\nThe recall is {}.\n"
    assert contradicted(page.format("0.612", "0.612"), alone) == ["0.612", "0.612"]
    assert contradicted(page.format("0.612", "0.654"), alone) == []
    assert contradicted("# Wren\n\n" + page.format("0.612", "0.654"), alone) == ["0.612", "0.654"]


@pytest.mark.parametrize(("title", "status"), [("# Results", "ambiguous"), ("# Wren", "unbound")])
def test_a_heading_with_a_word_of_the_run_names_it(title: str, status: str) -> None:
    names = (("wren_results", "0.730"), ("other_results", "0.612"))
    families = tuple(Family(name, "", (name,), (), ()) for name, _ in names)
    facts = tuple(number(name, "recall", value) for name, value in names)
    document = markdown.read(source.make("README.md", f"{title}\n\nThe recall is 0.730."))
    registry = Registry(families, (), (), facts, "")
    bindings = bind_document(document, LEXICON, Index(registry), lambda path: False)
    assert [one.status for one in bindings] == [status]


def test_what_a_metric_numbers_is_a_label() -> None:
    facts = (number("wren", "item", "12"), number("wren", "rank", "12"))
    alone = Registry((Family("wren", "", ("wren",), (), ()),), (), (), facts, "")
    keys = lexicon.make([], ["item", "rank"])
    assert contradicted("The wren's item = 15.", alone, keys) == ["item = 15"]
    assert contradicted("The wren's item-15 label is off.", alone, keys) == []
    assert contradicted("The wren is a rank-15 adapter.", alone, keys) == ["rank-15 adapter"]


def test_one_more_value_where_several_are_known_and_no_run_is_named() -> None:
    splits = (("dev", "0.730"), ("test", "0.612"))
    facts = tuple(number("wren", "recall", value, split=split) for split, value in splits)
    alone = Registry((Family("wren", "", ("wren",), (), ()),), (), (), facts, "")
    assert contradicted("The recall is 0.512.", alone) == []
    assert contradicted("The wren's recall is 0.512.", alone) == ["0.512"]
    assert contradicted("At dev, the recall is 0.512.", alone) == ["0.512"]


@pytest.mark.parametrize("name", ["Timer+Finch", "Finch+Timer"])
def test_a_name_that_is_added_to_another_is_but_a_part(name: str) -> None:
    registry = Registry(REGISTRY.families[2:3], (), (), REGISTRY.facts[4:6], "")
    table = "# Survey\n\n| system | reach |\n|---|---|\n| {} | 0.9111 |\n"
    assert contradicted(table.format("Finch"), registry) == ["0.9111"]
    assert contradicted(table.format("+Finch"), registry) == ["0.9111"]
    assert contradicted(table.format(name), registry) == []


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (
            "| system | reach |\n|---|---|\n| Finch | 0.9111 |\n",
            "| system | reach |\n|---|---|\n| Finch + pruning (g=2.0) | 0.9111 |\n",
        ),
        (
            "The survey: Finch has a reach of 0.9111.",
            "The survey: Finch has a reach of 0.9111 pruned.",
        ),
    ],
)
def test_a_row_that_is_named_closer_is_meant(told: str, left: str) -> None:
    pruned = number("survey", "reach", "0.9111", tool="Finch (Pruned g=2.0)")
    registry = Registry(REGISTRY.families[2:3], (), (), (*REGISTRY.facts[4:6], pruned), "")
    assert contradicted(f"# Survey\n\n{told}", registry) == ["0.9111"]
    assert not contradicted(f"# Survey\n\n{left}", registry)


@pytest.mark.parametrize("name", ["wrennet", "WrenNet"])
@pytest.mark.parametrize("told", ["wrennet", "WrenNet"])
def test_names_in_mixed_case_are_one_word_where_the_registry_or_the_text_has_them_so(
    name: str, told: str
) -> None:
    facts = (
        number("survey", "reach", "0.9353", tool=name),
        number("survey", "reach", "0.8", tool="x"),
    )
    registry = Registry(REGISTRY.families[2:3], (), (), facts, "")
    assert contradicted(f"In the survey {told} has a reach of 0.7222.", registry) == ["0.7222"]
