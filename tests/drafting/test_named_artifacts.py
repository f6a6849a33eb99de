"""Artifacts that documents name: they are drafted where a rule would leave them out."""

import json

import pytest
from cli_world import World

from mirage_lint.drafting import named

RUNS = 14
PAGE = "# Seven\n\nThe record is [{0}]({0}).\n\n| model | accuracy |\n|---|---|\n| wren | {1} |\n"
OWN = '[family.run_h]\ntitle = "run_h"\nothers = true\n'


def runs(world: World) -> None:
    """A folder of files that tell the same of other runs: run_a.csv, run_b.csv and so on, which no
    pattern fits alone.
    """
    world.write("README.md", "# Birds\n")
    world.write("results/notes.csv", "kind,text\nplace,a wood\n")
    for number, letter in enumerate("abcdefghijklmn"[:RUNS]):
        rows = f"wren,0.{number + 10}25,0.51\nowl,0.{number + 10}75,0.52\n"
        world.write(f"results/run_{letter}.csv", f"model,accuracy,recall\n{rows}")


def draft(world: World) -> str:
    """The text of the draft; empty where nothing is drafted."""
    world.run("init", "--force")
    return world.files().get("claims.toml", b"").decode()


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("README.md", "See [the record](results/run_h.csv)."),
        ("README.md", "See `run_h.csv`."),
        ("README.md", "```bash\nplot results/run_h.csv --wide\n```"),
        ("docs/a.md", "It is in [results/run_h.csv](../results/run_h.csv)."),
        ("docs/a.md", "It is in results/run_h.csv."),
        ("docs/a.md", "It is in [the folder](/results/run_h.csv#L3)."),
    ],
    ids=["link", "end of its path", "command", "folder above", "root", "root with a slash"],
)
def test_a_run_of_many_is_drafted_where_a_document_names_it(
    bare: World, page: str, text: str
) -> None:
    runs(bare)
    bare.write(page, f"# Birds\n\n{text}\n")
    found = draft(bare)
    assert f"{OWN}\n# 2 rows: accuracy, recall\n" in found
    assert found.count("\n[family.") == 1
    assert f"#   results: {RUNS - 1} runs that no column tells apart" in found


@pytest.mark.parametrize(
    "text",
    [
        "It is run h.",
        "See `run_z.csv` and `h.csv`.",
        "See https://example.org/other/results/run_h.csv for theirs.",
        "\n".join(f"- run_{letter}.csv" for letter in "abcdefghijklm"),
    ],
    ids=["no path", "no such file", "another site", "a list of files"],
)
def test_what_names_no_run_drafts_none(bare: World, text: str) -> None:
    runs(bare)
    bare.write("README.md", f"# Birds\n\n{text}\n")
    assert draft(bare) == ""


def test_an_end_that_several_paths_have_names_none_of_them(bare: World) -> None:
    runs(bare)
    bare.write("old/run_h.csv", "kind,text\nplace,a wood\n")
    bare.write("README.md", "See `run_h.csv`.\n")
    assert "run_h" not in draft(bare)


def test_a_page_beside_the_only_artifact_that_it_names_is_of_it(bare: World) -> None:
    runs(bare)
    bare.write("README.md", "# Birds\n\nSee `results/run_h.csv` and `results/run_b.csv`.\n")
    bare.write("results/SEVEN.md", PAGE.format("run_h.csv", "0.1725"))
    found = draft(bare)
    assert f'{OWN}documents = ["results/SEVEN.md"]\n' in found
    assert found.count("documents = ") == 1
    assert bare.run("check", "results/SEVEN.md").out.startswith("All right.")
    bare.write("results/SEVEN.md", PAGE.format("run_h.csv", "0.1752") + "| owl | 0.1775 |\n")
    told = json.loads(bare.run("check", "results/SEVEN.md", "--output-format", "json").out)
    assert [one["claim"]["text"] for one in told] == ["0.1752"]


SET_UP = "name: wren\ntraining:\n  lambda_max: 1.5\n  tau_warmup: 15\nmodel:\n  kind: net\n"


def test_a_set_up_is_drafted_where_a_document_names_it(bare: World) -> None:
    bare.write("configs/default.yaml", SET_UP)
    bare.write("README.md", "# Birds\n")
    assert draft(bare) == ""
    bare.write("README.md", "# Birds\n\nOf `configs/default.yaml`: `lambda_max = 2.0`.\n")
    assert 'artifact = "configs/default.yaml"\nrows = "training"\n' in draft(bare)
    told = json.loads(bare.run("check", "README.md", "--output-format", "json").out)
    assert [one["code"] for one in told] == ["MIR101"]


def test_an_object_is_drafted_where_a_document_names_it(bare: World) -> None:
    bare.write("audit.json", '{"source_files": 246, "identical_files": 213}')
    bare.write("docs/a.md", "# Audit\n")
    assert draft(bare) == ""
    bare.write("docs/a.md", "# Audit\n\nOf `audit.json`.\n")
    assert 'artifact = "audit.json"\nrows = "@"\n' in draft(bare)


def test_numbers_of_one_of_many_runs_are_drafted_where_a_document_names_them(bare: World) -> None:
    bare.write("README.md", "# Birds\n\nThe audit is `results/c/audit.json`.\n")
    for number, letter in enumerate("abcdefghi"):
        measured = {f"{letter}_loss": number + 0.5, f"{letter}_files": number + 240}
        bare.write(f"results/{letter}/audit.json", json.dumps(measured))
    found = draft(bare)
    assert found.count("artifact = ") == 1
    assert 'artifact = "results/c/audit.json"\n' in found


def test_naming_one_file_of_a_pattern_leaves_the_pattern_whole(bare: World) -> None:
    for number, letter in enumerate("abc"):
        rows = f"wren,0.{number}25\nowl,0.{number}75\n"
        bare.write(f"results/{letter}/scores.csv", f"model,accuracy\n{rows}")
    bare.write("README.md", "# Birds\n")
    before = draft(bare)
    assert 'artifact = "results/*/scores.csv"' in before
    bare.write("README.md", "# Birds\n\nSee `results/b/scores.csv`.\n")
    assert draft(bare) == before


def test_raw_data_and_large_objects_stay_left_out(bare: World) -> None:
    bare.write("raw.json", json.dumps({f"size_{number}": number for number in range(70)}))
    bare.write("rows.csv", "length,width\n1.25,2.25\n1.5,2.75\n1.25,2.25\n1.75,0.5\n" * 9)
    bare.write("README.md", "# Birds\n\nOf `raw.json` and `rows.csv`.\n")
    assert draft(bare) == ""


def test_documents_that_cannot_be_read_name_nothing(bare: World) -> None:
    bare.write("a.csv", "model,accuracy\nwren,0.5\n")
    (bare.root / "gone.md").symlink_to("nowhere.md")
    bare.write("odd.md", b"\xff a.csv \xfe")
    paths = ("a.csv", "gone.md", "odd.md", "absent.md")
    assert named.named(bare.root, paths) == {"a.csv": ("odd.md",)}
