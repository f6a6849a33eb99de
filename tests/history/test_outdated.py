"""Numbers that an artifact had before, and has no more: told though nothing else agrees with it."""

import json
import subprocess
from pathlib import Path

import pytest
from cli_world import DRAFT, World

CLAIMS = f"""\
{DRAFT}[[family.zoo.table]]
artifact = "eval.csv"
keys = ["model"]
[[family.zoo.table]]
artifact = "run.json"
rows = "by_size"
keys = ["size"]
[[family.zoo.table]]
artifact = "run.json"
rows = "eval"
"""
OLD = {"finch": ("0.812", "0.701", "3"), "tern": ("0.845", "0.733", "1"), "gull": ("0.5", "0", "2")}
NEW = {
    **{"finch": ("0.833", "0.722", "4"), "tern": ("0.861", "0.752", "2")},
    "gull": ("0.1", "0.215", "5"),
}
TABLE = "| Model | Accuracy | Recall |\n|--|--|--|\n" + "".join(
    f"| {model} | {' | '.join(OLD[model][:2])} |\n" for model in ("finch", "tern")
)
Rows = dict[str, tuple[str, ...]]


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


class Story(World):
    """A repository whose artifacts change from commit to commit."""

    def artifacts(self, rows: Rows, latency: float, auc: float) -> None:
        lines = [",".join((model, *row)) for model, row in rows.items()]
        self.write("eval.csv", "\n".join(("model,accuracy,recall,solved", *lines, "")))
        run = {"by_size": {"small": {"latency": latency}, "big": {"latency": 99.5}}}
        self.write("run.json", json.dumps({**run, "eval": {"auc": auc}}))
        self.write("claims.toml", CLAIMS)
        self.commit()

    def commit(self) -> None:
        """What stands there now, with its lock."""
        assert self.run("build").status == 0
        git("add", "--all")
        git("commit", "--quiet", "-m", "x")

    def wrong(self, text: str) -> list[tuple[str, str]]:
        """What is found in a document, and what the message says of its past."""
        self.write("doc.md", text)
        found = json.loads(self.run("check", "doc.md", "--output-format", "json").out)
        return [(one["claim"]["text"], one["message"].partition("; it was ")[2]) for one in found]

    def left_behind(self, text: str) -> list[tuple[str, str]]:
        """The same, of a document that was written before the values changed."""
        self.write("doc.md", text)
        self.artifacts(OLD, 41.52, 0.9123)
        self.artifacts(NEW, 39.77, 0.9244)
        self.artifacts({**NEW, "owl": ("0.3", "0.4", "7")}, 39.77, 0.9244)
        return self.wrong(text)


@pytest.fixture
def story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Story:
    """Without a commit."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-01T12:00:00+0000")
    story = Story(tmp_path, capsys)
    git("init", "--quiet", "--initial-branch=main", ".")
    return story


def test_a_table_that_is_outdated_as_a_whole(story: Story) -> None:
    found = story.left_behind(f"# Zoo\n\n{TABLE}")
    assert [text for text, _ in found] == ["0.812", "0.701", "0.845", "0.733"]
    assert found[0][1].startswith("0.812 until ")
    assert found[0][1].endswith(" (2026-03-01)")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The tern has an accuracy of 84.5%.", "84.5%"),
        ("The AUC is 0.912.", "0.912"),
        ("The small size has a latency of 41.5.", "41.5"),
        ("| What | Value | Source |\n|--|--|--|\n| time | 41.52 | `run.json` |\n", "41.52"),
        ("Its AU-ROC is 0.912 (in `run.json`).", "0.912"),
    ],
    ids=["row", "value", "object by name", "file in the row", "file in the sentence"],
)
def test_a_number_that_its_fact_had(story: Story, text: str, number: str) -> None:
    assert [told for told, _ in story.left_behind(f"# Zoo\n\n{text}\n")] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "The tern had an accuracy of 84.5% before.",
        "## Previous results\n\nThe tern has an accuracy of 84.5%.",
        "| Model | Old accuracy |\n|--|--|\n| tern | 0.845 |\n",
        "This was changed since. The tern has an accuracy of 84.5%.",
        "The tern has an accuracy of 84.5% -> 88.8%.",
        "The tern has an accuracy (84.5%) by v2.0 rules.",
        "The tern is better (it was 84.5% in accuracy).",
        "The tern has an accuracy of 84.6%.",
        "The tern has an accuracy of 84.5-86.5%.",
        "The gull has an accuracy of 84.5%.",
        "The time is 41.52.",
        "The gull has a recall of 0%.",
        "| Model | Solved |\n|--|--|\n| tern | 100 |\n",
        "| What | Value | Source |\n|--|--|--|\n| time | 42 | `run.json` |\n",
        "| What | Value | Source |\n|--|--|--|\n| time | 41.52 | `run.json`, `eval.csv` |\n",
    ],
    ids=[
        *("before", "previous", "old", "changed", "arrow", "version", "bracket"),
        *("never", "range", "another row", "no file"),
        *("nought", "all", "too short", "two files"),
    ],
)
def test_what_is_not_surely_outdated(story: Story, text: str) -> None:
    assert story.left_behind(f"# Zoo\n\n{text}\n") == []


@pytest.mark.parametrize(
    ("finch", "gull", "wrong"),
    [("0.812", "0.5", ["0.812", "0.845"]), ("0.644", "0.377", [])],
    ids=["as it was", "of another run"],
)
def test_a_column_most_of_which_never_was_so_is_of_another_run(
    story: Story, finch: str, gull: str, wrong: list[str]
) -> None:
    rows = "".join(
        f"| {model} | {value} |\n"
        for model, value in (("finch", finch), ("tern", "0.845"), ("gull", gull))
    )
    found = story.left_behind(f"# Zoo\n\n| Model | Accuracy |\n|--|--|\n{rows}")
    assert [text for text, _ in found if text != gull] == wrong


@pytest.mark.parametrize(("path", "count"), [("reports/a.md", 1), ("reports/run_seed_3/a.md", 0)])
def test_a_page_in_the_folder_of_a_numbered_run_is_of_that(
    story: Story, path: str, count: int
) -> None:
    text = "# Zoo\n\nThe tern has an accuracy of 84.5%.\n"
    story.write(path, text)
    story.left_behind(text)
    found = json.loads(story.run("check", path, "--output-format", "json").out)
    assert len(found) == count


@pytest.mark.parametrize(("rest", "count"), [('"runs": 3', 1), ('"runs": [ ... ]', 0)])
def test_a_sample_that_leaves_something_out_shows_a_form(
    story: Story, rest: str, count: int
) -> None:
    text = f'# Zoo\n\nIn `run.json`:\n\n```json\n{{\n  "auc": 0.912,\n  {rest}\n}}\n```\n'
    assert len(story.left_behind(text)) == count


@pytest.mark.parametrize(
    ("path", "value", "is_told"),
    [("other/b.csv", "0.845", False), ("other/b.csv", "0.865", True), ("eval.csv", "0.845", True)],
    ids=["another file", "another value", "another row"],
)
def test_what_another_file_says_now_is_none_of_the_past(
    story: Story, path: str, value: str, is_told: bool
) -> None:
    story.write("doc.md", "# Zoo\n\nThe tern has an accuracy of 84.5%.\n")
    story.artifacts(OLD, 41.52, 0.9123)
    told = {**NEW, "owl": (value, "0.2", "7")} if path == "eval.csv" else NEW
    story.artifacts(told, 41.52, 0.9244)
    table = f'[[family.zoo.table]]\nartifact = "{path}"\nkeys = ["model"]\n'
    if path != "eval.csv":
        story.write(path, f"model,accuracy\nheron,{value}\n")
        story.write("claims.toml", CLAIMS + table)
        story.commit()
    found = story.wrong((story.root / "doc.md").read_text())
    assert (found != []) == is_told


def test_a_line_that_is_newer_than_the_value_tells_what_was_before_on_purpose(story: Story) -> None:
    text = "# Zoo\n\nThe tern has an accuracy of 84.5%.\n"
    assert story.left_behind(text) != []
    git("rm", "--quiet", "doc.md")
    git("commit", "--quiet", "-m", "x")
    assert story.wrong(text) != []  # as it stood there then
    assert story.wrong(text.replace("84.5%.", "84.5%!")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The tern has an accuracy of 0.845 in v1, and v2 has an accuracy of 0.861 for the tern.",
        "| Model | v1 accuracy | v2 accuracy |\n|--|--|--|\n| tern | 0.845 | 0.861 |\n",
        "| Version | Model | Accuracy |\n|-|-|-|\n| v1 | tern | 0.845 |\n| v2 | tern | 0.861 |\n",
    ],
)
def test_beside_the_value_of_today_it_is_a_comparison(story: Story, text: str) -> None:
    assert story.left_behind(f"# Zoo\n\n{text}\n") == []


def test_several_values_of_one_fact_are_of_several_things(story: Story) -> None:
    story.write("doc.md", "# Zoo\n\n- First try: AUC 0.912\n- Second try: AUC 0.933\n")
    for auc in (0.9123, 0.9333, 0.9777):
        story.artifacts(OLD, 41.52, auc)
    assert story.wrong((story.root / "doc.md").read_text()) == []


def test_one_value_that_is_written_in_two_ways_is_one(story: Story) -> None:
    found = story.left_behind(f"# Zoo\n\nThe tern has an accuracy of 84.5%.\n\n{TABLE}")
    assert [text for text, _ in found] == ["84.5%", "0.812", "0.701", "0.845", "0.733"]


@pytest.mark.parametrize("now", [0.91, 91.23, 912.3, 0.0009123])
def test_a_value_that_is_written_otherwise_now_is_the_same(story: Story, now: float) -> None:
    text = "# Zoo\n\nThe AUC is 0.912.\n"
    story.write("doc.md", text)
    story.artifacts(OLD, 41.52, 0.9123)
    story.artifacts(OLD, 41.52, now)
    assert story.wrong(text) == []


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("It is the run of Exp30, which beat exp_12.", False),
        ("Trial #43 was the first, trial #44 the last.", False),
        ("It is the run of Exp30, and Exp30 alone.", True),
        ("It took 30 experiments, and 12 trials.", True),
        ("Its export1 and its export2 are large.", True),
        ("It ran in version 1.5 and iteration 1.7.", True),
    ],
    ids=["numbered", "with a sign", "one number", "counts", "other words", "decimals"],
)
def test_a_page_that_numbers_its_experiments_is_of_those(
    story: Story, text: str, is_told: bool
) -> None:
    page = f"# Zoo\n\nThe tern has an accuracy of 84.5%.\n\n{text}\n"
    assert (story.left_behind(page) != []) == is_told


def test_no_program_mends_it(story: Story) -> None:
    text = "# Zoo\n\nThe tern has an accuracy of 84.5%.\n"
    assert story.left_behind(text) != []
    story.run("check", "doc.md", "--fix", "--unsafe-fixes")
    assert (story.root / "doc.md").read_text() == text


def test_a_value_that_stands_elsewhere_in_the_file_now_is_none_of_the_past(story: Story) -> None:
    row = "| What | Value | Source |\n|--|--|--|\n| share | {} | `eval.csv` |\n"
    texts = [f"# Zoo\n\n{row.format(value)}" for value in ("0.845", "0.733")]
    story.write("doc.md", "\n".join(texts))
    story.artifacts(OLD, 41.52, 0.9123)
    story.artifacts({**NEW, "owl": ("0.845", "0.2", "7")}, 41.52, 0.9244)
    assert [story.wrong(text) != [] for text in texts] == [False, True]


def test_a_family_without_others_is_judged_as_ever(story: Story) -> None:
    text = "# Zoo\n\nThe tern has an accuracy of 84.5%.\n"
    assert story.left_behind(text)[0][1] != ""
    story.write("claims.toml", CLAIMS.replace("others = true\n", ""))
    assert story.run("build").status == 0
    assert story.wrong(text) == [("84.5%", "")]


def test_without_a_repository_or_with_broken_versions_nothing_is_known(story: Story) -> None:
    text = "# Zoo\n\nThe AUC is 0.912.\n"
    assert [told for told, _ in story.left_behind(text)] == ["0.912"]
    kept = (story.root / "run.json").read_bytes()
    for broken in ('{"eval": ', '{"eval": [1]}', "", "[]", kept):
        story.write("run.json", broken)
        git("add", "--all")
        git("commit", "--quiet", "-m", "x")
    assert [told for told, _ in story.wrong(text)] == ["0.912"]
    (story.root / ".git").rename(story.root / "kept")
    assert story.wrong(text) == []


def test_a_copy_of_a_value_in_another_file_is_the_same(story: Story) -> None:
    claims = CLAIMS + '[[family.zoo.table]]\nartifact = "copy.json"\nrows = "@"\n'
    text = "# Zoo\n\nThe AUC is 0.912. The latency of the small one is 42.\n"
    for auc, copied in ((0.9123, 0.9123), (0.9244, 0.9244), (0.9244, 0.9355)):
        story.write("doc.md", text)
        story.write("copy.json", json.dumps({"auc": copied}))
        story.write("claims.toml", claims)
        run = {"by_size": {"small": {"latency": 41.52}}, "eval": {"auc": auc}}
        story.write("run.json", json.dumps(run))
        story.write("eval.csv", "model,accuracy\nfinch,0.812\n")
        story.commit()
        told = [number for number, _ in story.wrong(text)]
        assert told == (["0.912"] if (auc, copied) == (0.9244, 0.9244) else [])


@pytest.mark.parametrize("heading", ["v8.15.0 (2026-07-11)", "Release notes", "2026-07-11: a run"])
def test_what_a_release_or_a_day_had_is_told_of_it(story: Story, heading: str) -> None:
    text = "The tern has an accuracy of 84.5%.\n"
    assert story.left_behind(f"# Zoo\n\n## {heading}\n\n{text}") == []
    assert story.left_behind(f"# Zoo\n\n## Results\n\n{text}") != []


def test_a_percentage_with_a_part_is_no_other_writing_of_a_near_one(story: Story) -> None:
    text = "# Zoo\n\nThe saved percent are 97.0%.\n"
    story.write("doc.md", text)
    claims = CLAIMS + '[[family.zoo.table]]\nartifact = "copy.json"\nrows = "@"\n'
    for saved in (97, 96.8):
        story.write("copy.json", json.dumps({"saved_percent": saved}))
        story.write("eval.csv", "model,accuracy\nfinch,0.812\n")
        run = {"by_size": {"small": {"latency": 41.52}}, "eval": {"auc": 0.9}}
        story.write("run.json", json.dumps(run))
        story.write("claims.toml", claims)
        story.commit()
    assert [number for number, _ in story.wrong(text)] == ["97.0%"]


RELEASE = {
    "inference_total": 3253,
    "m4_inference": 1035,
    "overall_token_reduction": 0.971,
    "open_issues": 412,
}
NEWER = {
    "inference_total": 3260,
    "m4_inference": 1042,
    "overall_token_reduction": 0.968,
    "open_issues": 399,
}


def released(story: Story, told: dict[str, float], text: str = "") -> None:
    """A commit with what a release tells, and with a document where one is written."""
    if text:
        story.write("doc.md", text)
    story.write("copy.json", json.dumps(told))
    story.write(
        "claims.toml", CLAIMS + '[[family.zoo.table]]\nartifact = "copy.json"\nrows = "@"\n'
    )
    story.write("eval.csv", "model,accuracy\nfinch,0.812\n")
    run = {"by_size": {"small": {"latency": 41.52}}, "eval": {"auc": 0.9}}
    story.write("run.json", json.dumps(run))
    story.commit()


GUESSED = {
    "a count with a noun": ("There are 3,253 published inference rows.", "3,253"),
    "half of a name": ("The token reduction is huge: 97.1% of all.", "97.1%"),
    "a cell": ("| What | Value |\n|--|--|\n| Published inference | 3,253 |\n", "3,253"),
}


@pytest.mark.parametrize(("text", "number"), GUESSED.values(), ids=GUESSED)
def test_what_most_words_of_a_name_stand_beside(story: Story, text: str, number: str) -> None:
    page = f"# Zoo\n\n{text}\n"
    released(story, RELEASE, page)
    released(story, NEWER)
    found = story.wrong(page)
    assert [told.startswith(number) for told, _ in found] == [True]
    assert found[0][1].startswith(("3253 until", "0.971 until"))


NOT_GUESSED = {
    "no word of it": "There are 3,253 birds.",
    "few figures": "The token reduction is huge: 97% of all.",
    "another value": "There are 3,251 published inference rows.",
    "before": "There were 3,253 published inference rows before.",
    "half of two words": "It limits open lines to 412 characters.",
    "a day": "In 2023, there are 3,253 published inference rows.",
    "an experiment": "## Experiment 1\n\nThere are 3,253 published inference rows.",
    "a release": "## v1.2.0\n\nThere are 3,253 published inference rows.",
}


@pytest.mark.parametrize("text", NOT_GUESSED.values(), ids=NOT_GUESSED)
def test_what_is_no_guess(story: Story, text: str) -> None:
    page = f"# Zoo\n\n{text}\n"
    released(story, RELEASE, page)
    released(story, NEWER)
    assert story.wrong(page) == []


def test_a_line_that_is_older_than_the_value_is_of_something_else(story: Story) -> None:
    page = "# Zoo\n\nThere are 3,253 published inference rows.\n"
    released(story, {**RELEASE, "inference_total": 7}, page)
    released(story, RELEASE)
    released(story, NEWER)
    assert story.wrong(page) == []


def test_a_page_with_a_file_of_its_own_is_not_held_against_what_another_was(story: Story) -> None:
    page = "# Zoo\n\nThe tern has an accuracy of 84.5%.\n"
    assert story.left_behind(page) != []
    story.write("doc.json", "{}")
    assert story.wrong(page) == []
