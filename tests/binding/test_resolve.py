"""Claims in context against a small registry: what is verified, contradicted and left alone."""

from collections.abc import Iterator

import pytest

from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document, slug
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import METADATA, Artifact, Fact, Family, Population, Registry, Source
from mirage_lint.documents import markdown, source

METHOD = ("method", (("method", "base", ("baseline",)), ("method", "ours", ("our method",))))


def fact(family: str, metric: str, value: str, unit: str = "", **slots: object) -> Fact:
    population = str(slots.get("population", ""))
    dimensions = tuple(slots.get("dimensions", ()))  # type: ignore[call-overload]
    numerator, _, denominator = value.partition("/") if "/" in value else ("", "", "")
    names = tuple(slots.get("names", ()))  # type: ignore[call-overload]
    kind = str(slots.get("kind", "number"))
    place = Source(f"{family}/results.csv", metric, METADATA)
    return Fact(
        family,
        metric,
        names,
        population,
        dimensions,
        kind,
        unit,
        value,
        numerator,
        denominator,
        place,
    )


def base(value: str) -> tuple[tuple[str, str], ...]:
    return (("method", value),)


REGISTRY = Registry(
    families=(
        Family("fine", "", ("fine-grained run",), (), METHOD[1]),
        Family("coarse", "", ("coarse run",), (), ()),
    ),
    populations=(
        Population("fine", "all", 500, "", ("overall",)),
        Population("fine", "night", 120, "all", ("night images",)),
    ),
    artifacts=(
        Artifact("fine/results.csv", ("fine",), "ab" * 32, 10, METADATA),
        Artifact("coarse/results.csv", ("coarse",), "cd" * 32, 10, METADATA),
    ),
    facts=(
        fact("fine", "recall", "108/120", "ratio", population="night", dimensions=base("ours")),
        fact("fine", "recall", "480/500", "ratio", population="all", dimensions=base("ours")),
        fact("fine", "recall", "60/120", "ratio", population="night", dimensions=base("base")),
        fact("fine", "miss rate", "13/120", "ratio", population="night"),
        fact("fine", "training epochs", "30", "epoch", names=("epochs",)),
        fact("fine", "training steps", "4800", "step", names=("steps",)),
        fact("coarse", "training epochs", "12", "epoch", names=("epochs",)),
        fact("fine", "base model", "acme/Vision-3B", kind="model"),
        fact("coarse", "base model", "acme/Vision-1B", kind="model"),
    ),
    claims_digest="",
)
INDEX = Index(REGISTRY)
LEXICON = lexicon.make(["vision"], ["rank"])


def readings(text: str) -> Iterator[tuple[str, str, str]]:
    document = markdown.read(source.make("README.md", text))
    for binding in bind_document(document, LEXICON, INDEX, lambda path: False):
        yield binding.claim.text, binding.status, binding.change


@pytest.mark.parametrize(
    ("text", "claim", "change"),
    [
        ("The fine-grained run has our method's recall at 95% on night images.", "95%", "value"),
        ("In the fine-grained run the miss rate is 10.9% on night images.", "10.9%", "rounding"),
        ("The fine-grained run: our method's recall overall is 90%.", "90%", "population"),
        ("The fine-grained run trained for 4,800 epochs.", "4,800 epochs", "unit"),
        ("The fine-grained run: baseline recall on night images is 90%.", "90%", "dimension"),
        ("The coarse run took 30 epochs.", "30 epochs", "family"),
        ("The fine-grained run is built on Vision 1B.", "Vision 1B", "model"),
        ("All runs took 30 epochs.", "30 epochs", "blanket"),
        ("Training took 30 epochs.", "30 epochs", "blanket"),
        ("The coarse run takes a total of 30 epochs.", "30 epochs", "family"),
        ("## Fine-grained run\n\nOur method's recall at night has a peak of 70%.", "70%", "value"),
        ("## Fine-grained run\n\nOn an A100 our method's recall was 70.3%.", "70.3%", "value"),
        ("The fine-grained run took only 31 epochs.", "31 epochs", "value"),
        ("The runs (fine-grained run: 30 epochs, coarse run: 13 epochs).", "13 epochs", "value"),
        ("108/120 = 91%", "108/120 = 91%", "arithmetic"),
        ("`fine/result.csv` has the numbers.", "fine/result.csv", "path"),
        (f"`fine/results.csv` has SHA-256 `{'cd' * 32}`.", "cd" * 32, "checksum"),
    ],
)
def test_the_smallest_change_that_makes_it_true_names_the_slot(
    text: str, claim: str, change: str
) -> None:
    found = [one for one in readings(text) if one[1] in ("contradicted", "ambiguous")]
    assert [(what, slot) for what, _, slot in found] == [(claim, change)]


@pytest.mark.parametrize(
    "text",
    [
        "The fine-grained run has our method's recall at 90% on night images, 96% overall.",
        "The fine-grained run took 30 epochs, the coarse run 12.",
        "The runs (fine-grained run: 30 epochs, coarse run: 12 epochs).",
        "With only verified images the fine-grained run has a recall of 70% at night.",
        "The fine-grained run took 30 epochs, not 12.",
        "The fine-grained run has our method's recall at 12/60 in the fog.",
        "The fine-grained run has a recall of 70% on night images.",
        "Did the coarse run take 30 epochs?",
        "The coarse run warmed up for 2 epochs.",
        "On the subset of foggy nights the fine-grained run has a recall of 70%.",
        "In the fine-grained run recall rises from 50% to 90% on night images.",
        "The fine-grained run is built on Vision 3B rather than Vision 1B.",
        "Another group reports a recall of 70%.",
        "The fine-grained run saves every 5 epochs.",
        "| fine-grained run | method | recall (night) |\n|--|--|--|\n| x | ours | 90.0% |\n",
        "The coarse run (12 epochs) and the fine-grained run (30 epochs) share their code.",
        "For the fine-grained run He et al. (2016) report a recall of 70% on night images.",
        "In v0.3 the fine-grained run had a recall of 70% on night images.",
        "We also tried the coarse run with 3 epochs and with 50 epochs.",
        "In the fine-grained run recall on night images rises by 12% with more data.",
        "With 200 cameras, the fine-grained run has a recall of 70% on night images.",
        "On the hardest half of the night images the fine-grained run has a recall of 70%.",
        "The fine-grained run's mean recall on night images over both methods is 70%.",
        "The fine-grained run needs 4.2 years of night images for its recall.",
        "Our goal for the fine-grained run is a recall of 95% on night images.",
        "Between 85% and 94% is the fine-grained run's recall on night images (95% CI).",
        "Vision 1B and Vision 2B are not supported as base models of the fine-grained run.",
        "| fine-grained run | recall (night) |\n|--|--|\n| our method | 90.0 ± 0.4 |\n",
        "## Fine-grained run\n\n| Step | Epochs |\n|--|--|\n| 100 | 1 |\n| 20 | 2 |\n| 30 | 3 |\n",
        "## Usage\n\n```bash\ntrain --epochs 3 --steps 100\n```\n",
        "## Fine-grained run\n\n| Setting | Value |\n|--|--|\n| Steps per epoch | 160 |\n",
        "## Fine-grained run\n\n| Epochs | Steps/epoch |\n|--|--|\n| 30 | 160 |\n",
        "## Fine-grained run\n\n- Steps per epoch: 160\n",
        "## Fine-grained run\n\n| System | Recall (night) |\n|--|--|\n| E5-base | 0.502 |\n",
        "## Fine-grained run\n\n| System | Recall (night) |\n|--|--|\n| BM25 | 0.502 |\n",
        "## Fine-grained run\n\nOn night images our recall is 90%, while BM25 has a recall of 40%.",
        "## Fine-grained run\n\nXGBoost's recall on night images is 40%.",
        "The fine-grained run v1 had two epochs.",
        "## Fine-grained run\n\nVersion 1 had two epochs.",
        "| Run | Epochs |\n|--|--|\n| Fine-grained run v1 | 2 |\n",
        "The fine-grained run tells recall on night images with a chunk size of 1/16.",
        "The fine-grained run's recall on night images takes a detection threshold of 0.7.",
        "[25/04/16] The fine-grained run is built on Vision 1B.",
        "The fine-grained run supports fine-tuning of Vision 1B and Vision 7B.",
        "The fine-grained run loads the Vision 1B tokenizer.",
        "The fine-grained run is built on vision.cpp and its tools.",
        "The recall of the fine-grained run fluctuates: our method is at 70% on night images.",
        "```yaml\nsteps: 100\n# as in the coarse run\nepochs: 3\n```\n",
        "## Fine-grained run\n\nSee `FOLDER/fine/results.csv` and `path/to/fine/results.csv`.",
        "The batch size of the coarse run is 480.",
        "# Fine-grained run\n\n## Related work\n\nOur method's recall on night images is 70%.",
    ],
)
def test_what_is_true_or_uncertain_is_silent(text: str) -> None:
    assert [one for one in readings(text) if one[1] in ("contradicted", "ambiguous")] == []


def test_a_file_that_lies_beside_an_artifact_is_not_dead() -> None:
    text = "Run it with `--to fine/result.csv`."
    document = markdown.read(source.make("README.md", text))
    for known, status in ((set(), "contradicted"), ({"fine/result.csv"}, "unbound")):
        found = bind_document(document, LEXICON, INDEX, known.__contains__)
        assert [one.status for one in found] == [status]


def test_a_name_that_every_run_has_a_file_of_names_no_run() -> None:
    for name, verified in (("results.csv", ["12 epochs"]), ("all_results.json", [])):
        artifact = Artifact(f"a/{name}", ("coarse",), "ef" * 32, 10, METADATA)
        index = Index(REGISTRY._replace(artifacts=(artifact,)))
        document = markdown.read(source.make("README.md", f"It took 12 epochs, see `{name}`."))
        found = bind_document(document, LEXICON, index, lambda path: False)
        told = [one.claim.text for one in found if one.status == "verified" and not one.artifacts]
        assert told == verified


def test_the_context_of_a_cell_is_its_row_and_column() -> None:
    text = (
        "## Fine-grained run\n\n| Recall | night | overall |\n|--|--|--|\n"
        "| our method | 90.0% | 96.0% |\n| baseline | 50.0% | n/a |\n"
    )
    verified = [what for what, status, _ in readings(text) if status == "verified"]
    assert verified == ["90.0%", "96.0%", "50.0%"]


def test_a_table_that_agrees_nowhere_is_about_other_runs() -> None:
    rows = "".join(f"| our method | {value}% |\n" for value in (11, 22, 33))
    text = f"## Fine-grained run\n\n| Method | Recall (night) |\n|--|--|\n{rows}"
    assert {status for _, status, _ in readings(text)} == {"unbound"}


def test_a_heading_has_the_anchor_that_sites_give_it() -> None:
    assert slug("5.2 Run, latest (verified)") == "52-run-latest-verified"


def test_a_table_of_checksums_none_of_which_is_known_is_of_other_files() -> None:
    registry = REGISTRY._replace(artifacts=REGISTRY.artifacts[:1])
    head, wrong = "| file | SHA-256 |\n|---|---|\n", "1f" * 32
    alone = f"{head}| `results.csv` | `{wrong}` |\n"
    others = "".join(f"| `x.csv` | `{at}{'3e' * 31}` |\n" for at in (11, 22))
    registry = registry._replace(artifacts=(registry.artifacts[0]._replace(digest="a1" * 32),))
    known = f"| `fine/results.csv` | `{'a1' * 32}` |\n"
    for text, told in ((alone, [wrong]), (alone + others, []), (alone + others + known, [wrong])):
        document = markdown.read(source.make("README.md", text))
        found = bind_document(document, LEXICON, Index(registry), lambda path: True)
        assert [one.claim.text for one in found if one.status == "contradicted"] == told


def test_in_a_draft_a_checksum_below_a_line_with_a_path_may_be_of_another_file() -> None:
    wrong = "1f" * 32
    below = f"It is pinned in `fine/results.csv`:\n\n- SHA-256: `{wrong}`\n"
    for others, told in ((False, ["contradicted"]), (True, ["unbound"])):
        families = tuple(one._replace(others=others) for one in REGISTRY.families)
        index = Index(REGISTRY._replace(families=families))
        document = markdown.read(source.make("README.md", below))
        found = bind_document(document, LEXICON, index, lambda path: True)
        assert [one.status for one in found if one.claim.text == wrong] == told


def test_a_checksum_is_that_of_the_path_before_it() -> None:
    wrong = "1f" * 32
    told = f"`fine/results.csv` has the SHA-256 `{wrong}`."
    other = f"`fine/results.csv` has all, and `other/index.json` the SHA-256 `{wrong}`."
    assert [status for what, status, _ in readings(told) if what == wrong] == ["contradicted"]
    assert [status for what, status, _ in readings(other) if what == wrong] == ["unbound"]
