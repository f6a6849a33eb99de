"""``explain FILE:LINE``: what each claim of the line says, may be about, and is."""

import pytest
from cli_world import World

WRONG = """\
README.md:1:40: 98.2% (percent)
  says:     98.15% to 98.25%
  reading:  short.accuracy = 0.99191, in results/scores.csv metric=accuracy/value (run metadata): \
not so
  because:  metric accuracy by its clause; family short by its clause
  verdict:  contradicted, MIR101 value-mismatch: '98.2%': the accuracy of short is 99.19%
  certain:  yes: nothing that the text may be about bears it out; another value would
"""
RIGHT = """\
README.md:1:40: 99.2% (percent)
  says:     99.15% to 99.25%
  reading:  short.accuracy = 0.99191, in results/scores.csv metric=accuracy/value (run metadata): so
  because:  metric accuracy by its clause; family short by its clause
  verdict:  verified
  certain:  yes: '99.4' in place of '99.2' would be found (MIR101)
"""
OPEN = """\
README.md:1:15: 3 epochs (number)
  says:     2.5 to 3.5
  reading:  long.training epochs = 3, in long/trainer_state.json \
/num_train_epochs (run metadata): so
  reading:  short.training epochs = 1, in short/trainer_state.json \
/num_train_epochs (run metadata): not so
  because:  metric training epochs by its clause
  verdict:  ambiguous, MIR203 blanket-claim: '3 epochs' is true of long, but short has 1 epoch: \
name the run
  certain:  no: it is where its sentence names one of the runs long and short
"""
BY_VALUE = """\
README.md:1:10: 0.27% (percent)
  says:     0.265% to 0.275%
  verdict:  not judged
  certain:  no: the text tells no metric and run of the registry, or one of something else. \
By value alone it could be:
  could be: short.wrong[hard] = 1/371, in results/rows.csv count(wrong) of (hard) (run metadata)
"""
MODEL = """\
README.md:1:11: Llama 3 8B (model)
  reading:  long.base model = org/llama-3-8b, in long/adapter_config.json \
/base_model_name_or_path (run metadata): so
  reading:  short.base model = org/llama-3-8b, in short/adapter_config.json \
/base_model_name_or_path (run metadata): so
  verdict:  not judged
  certain:  no: most certain is a sentence that names the metric (base model) and the run \
(long or short)
"""
UNKNOWN = """\
README.md:1:11: Gemma 3 27B (model)
  verdict:  not judged
  certain:  no: the text does not say of which run it is the base model
"""
NOTHING = "README.md:1:1: nothing on this line is read as a claim\n"
LINES = {
    "a wrong number": ("The short run reaches an accuracy of **98.2%**.", WRONG),
    "a right number": ("The short run reaches an accuracy of **99.2%**.", RIGHT),
    "a number of one run of two": ("Training took 3 epochs.", OPEN),
    "a number of which nothing is told": ("It costs 0.27% more.", BY_VALUE),
    "a model that plays no part": ("Many love Llama 3 8B.", MODEL),
    "a model that no run has": ("Many love Gemma 3 27B.", UNKNOWN),
    "nothing": ("Nothing.", NOTHING),
}


@pytest.mark.parametrize(("line", "told"), LINES.values(), ids=LINES)
def test_a_line_is_explained(runs: World, line: str, told: str) -> None:
    runs.write("README.md", f"{line}\n")
    assert runs.run("explain", "README.md:1") == (0, told, "")


def certain(world: World, text: str, place: str = "README.md:1") -> str:
    """The last line that is told of a document."""
    world.write("README.md", text)
    return world.run("explain", place).out.splitlines()[-1].removeprefix("  certain:  ")


def test_what_the_text_leaves_open_is_named(runs: World) -> None:
    told = certain(runs, "It costs 77.7% more.\n")
    assert told == "no: the registry has no such value (`mirage-lint suggest` looks for one)"
    told = certain(runs, "Its recall of 16.7% is kept.\n")
    assert told == (
        "no: most certain is a sentence that names the metric (recall) and the retention (0.3)"
    )
    told = certain(runs, "An accuracy of 77.7% is kept.\n")
    assert (
        told
        == "no: most certain is a sentence that names the metric (accuracy) and the run (short)"
    )


def test_what_is_named_as_advised_is_judged(runs: World) -> None:
    told = certain(runs, "At retention 0.3, its recall of 16.7% is kept.\n")
    assert told.startswith("yes: ")


def test_a_column_chooses_among_the_claims_of_a_line(runs: World) -> None:
    line = "The adapter has rank 8 and was trained for 600 iterations.\n"
    runs.write("README.md", line)
    both = runs.run("explain", "README.md:1").out
    one = runs.run("explain", f"README.md:1:{line.index('600') + 2}").out
    assert (both.count("verdict"), one.count("verdict")) == (2, 1)
    assert one.startswith("README.md:1:44: 600 iterations (number)\n")
    assert runs.run("explain", "README.md:1:1").out == both


def test_a_claim_over_two_lines_is_on_both(runs: World) -> None:
    runs.write("README.md", "The base model of the short run is Llama 3\n8B.\n")
    first = runs.run("explain", "README.md:1").out
    assert "README.md:1:36: Llama 3 8B (model)" in first
    assert runs.run("explain", "README.md:2").out == first


REFUSED = {
    "no line": ("README.md:99", "README.md:99: is no line of it; it has lines 1 to 2"),
    "line nought": ("README.md:0", "README.md:0: is no line of it; it has lines 1 to 2"),
    "a folder": ("results:1", "results: is a folder; name a document and a line of it, as"),
    "no file": ("no.md:1", "no.md: is absent; name Markdown files or folders of them"),
}


@pytest.mark.parametrize(("place", "told"), REFUSED.values(), ids=REFUSED)
def test_a_place_that_is_none_is_told(runs: World, place: str, told: str) -> None:
    runs.write("README.md", "Nothing.\n")
    assert runs.refused("explain", place).startswith(told)


def test_another_registry_can_be_named(runs: World) -> None:
    runs.write("README.md", "The short run reaches an accuracy of 98.2%.\n")
    for ending in ("toml", "lock"):
        (runs.root / f"claims.{ending}").rename(runs.root / f"other.{ending}")
    assert "MIR101" in runs.run("explain", "README.md:1", "--claims", "other.toml").out
    assert runs.run("explain", "MIR101").status == 0


def test_nothing_in_a_document_steers_a_terminal(runs: World) -> None:
    runs.write("README.md", "The short run reaches\033[31m an accuracy of 98.2%.\n")
    assert "\033" not in runs.run("explain", "README.md:1").out


def test_a_page_that_agrees_nowhere_is_told(runs: World) -> None:
    claims = runs.files()["claims.toml"].decode()
    runs.write("claims.toml", claims.replace("[family.short]\n", "[family.short]\nothers = true\n"))
    assert runs.run("build").status == 0
    told = certain(runs, "# The short run\n\nIt reaches an accuracy of 98.2%.\n", "README.md:3")
    assert told == (
        "no: too little in its section agrees with short, and it may tell of another run; it is"
        " where more does, or where the family is not said to have others"
    )


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("The short run improves accuracy by 98.2%.", "it may be told as a change"),
        (
            "The short run has an accuracy of 98.2% on the compliant subset.",
            "it may tell of a part",
        ),
        ("The short run had an accuracy of 98.2% in v1.2.", "the text may tell of another work"),
        ("The short run without its head has an accuracy of 98.2%.", "it may tell of what is left"),
        ("The short run of Llama 4 9B has an accuracy of 98.2%.", "the text gives it, or may"),
    ],
)
def test_what_lets_a_claim_be_about_something_else_is_told(
    runs: World, text: str, doubt: str
) -> None:
    assert certain(runs, f"{text}\n").startswith(f"no: {doubt}")
