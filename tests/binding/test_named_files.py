"""Numbers that the text says are from a file: they are held against that file alone, and need no
other number to agree.
"""

import pytest

from mirage_lint.binding.binding import CONTRADICTED, DIMENSION, UNBOUND, VALUE, VERIFIED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import Artifact, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

LEXICON = lexicon.make()


def fact(metric: str, value: str, path: str, model: str = "", family: str = "zoo") -> Fact:
    dimensions = (("model", model),) if model else ()
    return Fact(
        family, metric, (), "", dimensions, "number", "", value, "", "", Source(path, "/x", 1)
    )


TABLE = (("finch", "0.8123"), ("tern", "0.7512"), ("gull", "0.6413"))
FACTS = (
    *(fact("mean recall", value, "out/mean.csv", model) for model, value in TABLE),
    *(fact("mean loss", f"4{value[-1]}.5", "out/mean.csv", model) for model, value in TABLE),
    *(fact("mean rate", f"5{value[-1]}.5", "out/mean.csv", model) for model, value in TABLE),
    *(fact("upper time", f"6{value[-1]}.5", "out/mean.csv", model) for model, value in TABLE),
    *(fact("mean recall", "0.9" + value[2:], "out/old.csv", model) for model, value in TABLE),
    fact("accuracy", "0.9321", "out/run.json"),
    fact("accuracy", "0.8765", "out/owl.json", family="owl"),
)
FAMILIES = tuple(
    Family(name, name.title(), (name,), (), (), others=True) for name in ("zoo", "owl")
)
PATHS = {one.source.artifact: one.family for one in FACTS}
ARTIFACTS = tuple(Artifact(path, (family,), "", 0, 1) for path, family in PATHS.items())
INDEX = Index(Registry(FAMILIES, (), ARTIFACTS, FACTS, ""))
STALE = (
    "| Model | Mean recall |\n|--|--|\n| finch | 0.7111 |\n| tern | 0.7222 |\n| gull | 0.7333 |\n"
)
RIGHT = (
    "| Model | Mean recall |\n|--|--|\n| finch | 0.8123 |\n| tern | 0.7512 |\n| gull | 0.6413 |\n"
)


def bound(text: str) -> list[Binding]:
    document = markdown.read(source.make("README.md", text))
    return bind_document(document, LEXICON, INDEX, lambda path: True)


def statuses(text: str) -> list[str]:
    return [one.status for one in bound(text) if one.claim.said is not None]


@pytest.mark.parametrize(
    "lead",
    [
        "Averaged over all seeds (`out/mean.csv`):",
        "All numbers are in `out/mean.csv`.",
        "From [the summary](out/mean.csv):",
        "## Means (`out/mean.csv`)",
        "We ran it again for all models (see `out/mean.csv`):",
        "Run it. Full table: `out/mean.csv` / `.md`.",
    ],
)
def test_a_table_from_a_file_is_wrong_though_nothing_agrees(lead: str) -> None:
    found = bound(f"# Zoo\n\n{lead}\n\n{STALE}")
    wrong = [one for one in found if one.status == CONTRADICTED]
    assert [one.claim.text for one in wrong] == ["0.7111", "0.7222", "0.7333"]
    assert {fact.source.artifact for one in wrong for fact in one.facts} == {"out/mean.csv"}
    assert "file out/mean.csv by what leads into it" in wrong[0].because


@pytest.mark.parametrize(
    ("behind", "status"),
    [
        ("Source: `out/mean.csv`.", CONTRADICTED),
        ("All numbers are in [the table](out/mean.csv).", CONTRADICTED),
        ("All seeds are in [the table](out/mean.csv), with plots.", UNBOUND),
        ("From `out/mean.csv`.", UNBOUND),
        ("Source: `out/mean.csv`.\n\n- this\n", UNBOUND),
        ("See `out/mean.csv`, and then:\n\n- this", UNBOUND),
        ("Compare with `out/mean.csv`.", UNBOUND),
        ("For the means of the sample data, see `out/mean.csv`.", UNBOUND),
        ("## Next\n\nSource: `out/mean.csv`.", UNBOUND),
        ("Plots are there.\n\nSource: `out/mean.csv`.", UNBOUND),
    ],
)
def test_a_paragraph_behind_a_table_may_name_its_file(behind: str, status: str) -> None:
    assert statuses(f"# Zoo\n\nThe means:\n\n{STALE}\n{behind}\n")[:3] == [status] * 3


@pytest.mark.parametrize(
    "lead",
    [
        "Numbers reported in the original paper (ours are in `out/mean.csv`):",
        "As reported by Smith et al. [12]; for ours see `out/mean.csv`:",
        "Evaluated on the external cohort. In-domain results are in `out/mean.csv`.",
        "**Outdated**, see `out/mean.csv`:",
        "Deprecated. Use `out/mean.csv` instead.",
        "TODO: update from `out/mean.csv`. Numbers below are from March.",
        "Results of the first run, superseded by `out/mean.csv`:",
        "v0.1 numbers. `out/mean.csv` holds v0.2.",
        "Unlike in `out/mean.csv`, the backbone is frozen:",
        "In addition to `out/mean.csv`, we trained with 10% of labels:",
        "Omitted from `out/mean.csv`:",
        "Frozen backbone vs. full fine-tuning (`out/mean.csv`):",
        "With Gaussian noise added (clean numbers: `out/mean.csv`):",
        "Starting from the configuration of `out/mean.csv`, we remove augmentation:",
        "Lower bounds of the 95% interval; point estimates are in `out/mean.csv`:",
        "Target values for the next release; the current ones are in `out/mean.csv`:",
        "Submit a table in the format of `out/mean.csv`, such as",
        "Nicht aus `out/mean.csv`, sondern aus der Originalarbeit:",
        "不是 `out/mean.csv` 的结果，而是原论文的结果：",
        "[Ours](out/mean.csv) and [published](https://arxiv.org/abs/2101.1) numbers; the latter:",
        "From `out/mean.csv` and `out/old.csv`:",
        "## Means (`out/mean.csv`)\n\nOn the external cohort the numbers drop:",
        "## Means (`out/mean.csv`)\n\n### With JPEG compression",
        "## Differences to `out/mean.csv`",
    ],
)
def test_a_lead_that_may_tell_of_something_else_is_none(lead: str) -> None:
    assert statuses(f"# Zoo\n\n{lead}\n\n{STALE}")[-3:] == [UNBOUND] * 3


@pytest.mark.parametrize(
    "table",
    [
        STALE.replace("Mean recall", "Mean recall (external)"),
        STALE.replace("Mean recall", "Mean recall*"),
        STALE.replace("Model", "Model (external)"),
        STALE.replace("0.7111", "0.7111[^1]")
        .replace("0.7222", "0.7222 (b)")
        .replace("0.7333", "7.x"),
        STALE.replace("0.7111", "81.23").replace("0.7222", "7.512").replace("0.7333", "641.3"),
    ],
    ids=["a bracket", "a mark", "the corner", "a footnote", "a unit"],
)
def test_a_table_that_tells_of_more_is_left_alone(table: str) -> None:
    found = bound(f"# Zoo\n\nFrom `out/mean.csv`:\n\n{table}")
    assert CONTRADICTED not in [one.status for one in found]


def test_a_right_table_from_a_file_is_verified() -> None:
    assert statuses(f"# Zoo\n\nFrom `out/mean.csv`:\n\n{RIGHT}") == [VERIFIED] * 3


@pytest.mark.parametrize(
    "lead",
    [
        "Averaged over all seeds:",
        "Run `tool --out out/mean.csv` first.",
        "These are not those of `out/mean.csv`.",
        "They are better than `out/mean.csv`.",
        "What `out/run.json` tells is another matter.",
        "From `out/mean.csv`.\n\nAnother study has other numbers.",
    ],
    ids=["no file", "a command", "denied", "held against", "a file of others", "farther away"],
)
def test_a_table_that_is_not_said_to_be_from_the_file_is_left_alone(lead: str) -> None:
    assert statuses(f"# Zoo\n\n{lead}\n\n{STALE}") == [UNBOUND] * 3


def test_a_row_that_the_file_does_not_name_is_left_alone() -> None:
    table = STALE.replace("tern", "puffin")
    found = {
        one.claim.text: one.status for one in bound(f"# Zoo\n\nFrom `out/mean.csv`:\n\n{table}")
    }
    assert found["0.7222"] == UNBOUND
    assert found["0.7111"] == CONTRADICTED


def test_a_head_need_not_have_the_words_of_most_metrics_of_the_file() -> None:
    table = STALE.replace("Mean recall", "Recall")
    assert statuses(f"# Zoo\n\nFrom `out/mean.csv`:\n\n{table}") == [CONTRADICTED] * 3
    for more in ("Recall gain", "Speed", "Time"):
        table = STALE.replace("Mean recall", more)
        assert statuses(f"# Zoo\n\nFrom `out/mean.csv`:\n\n{table}") == [UNBOUND] * 3


def test_another_row_of_the_file_is_named_and_none_of_another_file() -> None:
    swapped = STALE.replace("0.7222", "0.8123").replace("0.7333", "0.9413")
    found = bound(f"# Zoo\n\nFrom `out/mean.csv`:\n\n{swapped}")
    assert [one.change for one in found if one.status == CONTRADICTED] == [VALUE, DIMENSION, VALUE]


def test_a_value_of_few_figures_is_no_other_rows() -> None:
    facts = (
        fact("recall", "1.0", "out/mean.csv", "finch"),
        fact("recall", "0.0", "out/mean.csv", "tern"),
    )
    index = Index(Registry(FAMILIES, (), ARTIFACTS, facts, ""))
    text = "From `out/mean.csv`:\n\n| Model | Recall |\n|--|--|\n| finch | 0.0 |\n| tern | 0.0 |\n"
    document = markdown.read(source.make("README.md", text))
    found = bind_document(document, LEXICON, index, lambda path: True)
    assert [one.change for one in found if one.status == CONTRADICTED] == [VALUE]


@pytest.mark.parametrize(
    "table",
    [
        "| Model | Data | Mean recall |\n|--|--|--|\n| finch | B | 0.7111 |\n",
        "- Accuracy of the SVM: 0.7111\n- Accuracy of the CNN: 0.9321\n",
    ],
    ids=["a row of other data", "one of two in a list"],
)
def test_what_is_of_something_that_is_not_known_is_left_alone(table: str) -> None:
    lead = "out/mean.csv" if table.startswith("|") else "out/run.json"
    assert statuses(f"# Zoo\n\nFrom `{lead}`:\n\n{table}")[0] == UNBOUND


def test_the_corner_of_a_table_names_no_metric_of_the_file() -> None:
    facts = (fact("bird types", "812", "out/run.json"),)
    index = Index(Registry(FAMILIES, (), ARTIFACTS, facts, ""))
    for table, status in (
        ("| Bird types | Total |\n|--|--|\n| gulls | 397 |\n", UNBOUND),
        ("| Name | Value |\n|--|--|\n| Bird types | 397 |\n", CONTRADICTED),
    ):
        document = markdown.read(source.make("README.md", f"From `out/run.json`:\n\n{table}"))
        *_, found = bind_document(document, LEXICON, index, lambda path: True)
        assert found.status == status


def test_a_small_count_may_be_of_a_part_and_a_share_is_no_count() -> None:
    facts = (fact("rules met", "612", "out/mean.csv", "tern"),)
    index = Index(Registry(FAMILIES, (), ARTIFACTS, facts, ""))
    text = "From `out/mean.csv`:\n\n| Model | Rules met |\n|--|--|\n| tern | {} |\n"
    for cell, wrong in (("519", True), ("5", False), ("97.3%", False)):
        document = markdown.read(source.make("README.md", text.format(cell)))
        (found,) = bind_document(document, LEXICON, index, lambda path: True)[1:]
        assert (found.status == CONTRADICTED) == wrong


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("From `out/run.json`:\n\n- Accuracy: 0.9111\n", CONTRADICTED),
        ("From `out/run.json`:\n\n- Accuracy: 0.9321\n", VERIFIED),
        ("From `out/run.json`:\n\nThe accuracy is 0.9111.\n", UNBOUND),
        ("From `out/run.json`:\n\n- Accuracy: 93.21\n", UNBOUND),
        ("From `out/run.json`:\n\n- Accuracy (external): 0.9111\n", UNBOUND),
        ("From `out/run.json`:\n\n- epoch 1: accuracy 0.6200\n", UNBOUND),
        ("It writes `out/run.json`.\n\nThe accuracy is 0.9111.\n", UNBOUND),
        ("From `out/run.json`:\n\n- Accuracy of Owl: 0.9111\n", UNBOUND),
        ("From `out/run.json`:\n\n```\naccuracy: 0.9111\n```\n", UNBOUND),
        ("From `out/other.json`:\n\n- Accuracy: 0.9111\n", UNBOUND),
        ("`out/run.json`: accuracy 0.9111", CONTRADICTED),
        ("**`out/run.json`.** All is told. The accuracy is 0.9111.", UNBOUND),
        ("**`out/run.json`** tells all. The accuracy is 0.9111.", UNBOUND),
        ("All is told. `out/run.json`. The accuracy is 0.9111.", UNBOUND),
        ("In `out/run.json` the accuracy is 0.9111.", UNBOUND),
        ("It is so (accuracy=0.9111, per `out/run.json`).", CONTRADICTED),
        ("With noise, the accuracy is 0.9111 (clean: see `out/run.json`).", UNBOUND),
        ("Guessing has an accuracy of 0.9111 (see `out/run.json` for ours).", UNBOUND),
        ("The accuracy in `out/run.json` is compared with 0.9111.", UNBOUND),
        ("The accuracy is 0.9111 (see `out/run.json`).", CONTRADICTED),
        ("The accuracy is 0.9111. See `out/run.json`.", UNBOUND),
        ("Unlike `out/run.json`, the accuracy is 0.9111.", UNBOUND),
        ("We beat `out/run.json` with an accuracy of 0.9511.", UNBOUND),
        ("The accuracy is 0.9111, compared to `out/run.json`.", UNBOUND),
        ("The accuracy is 0.9111, written by `tool out/run.json`.", UNBOUND),
    ],
)
def test_so_are_lists_sentences_and_what_a_colon_leads_to(text: str, status: str) -> None:
    assert statuses(f"# Zoo\n\n{text}") == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("- `out/run.json` — what came of it. Key values are: `accuracy = 0.9222`", CONTRADICTED),
        ("- `out/run.json` — what came of it. The accuracy is 0.9222.", UNBOUND),
        ("- `out/run.json`, `out/owl.json` — all. Key values are: `accuracy = 0.9222`", UNBOUND),
        ("- What came of it is in `out/run.json` too. Set `accuracy = 0.9222`", UNBOUND),
    ],
    ids=["a key", "prose", "two files", "a file in passing"],
)
def test_a_key_is_of_the_file_that_its_line_starts_with(text: str, status: str) -> None:
    assert statuses(f"# Zoo\n\n{text}\n") == [status]
