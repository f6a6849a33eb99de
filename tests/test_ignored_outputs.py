"""Paths of what a run writes: that git ignores them says that they need not be there."""

import json
import subprocess
from typing import Any

import pytest
from cli_world import PEFT, World

from mirage_lint.system import git

TEXT = "# Sorter\n\nThe adapter is in `runs/sorter/adapter_config.json`, its log in `{}`.\n"


def codes(world: World, path: str) -> list[str]:
    world.write("README.md", TEXT.format(path))
    found = json.loads(world.run("check", "README.md", "--output-format", "json").out)
    return [one["code"] for one in found]


def test_a_path_that_git_ignores_is_no_dead_one(bare: World) -> None:
    bare.write("runs/sorter/adapter_config.json", PEFT)
    bare.write("README.md", "# Sorter\n")
    assert bare.run("init").status == 0
    subprocess.run(("git", "init", "--quiet"), cwd=bare.root, check=True)
    made = "runs/sorter/adapter_configs.json"
    assert codes(bare, made) == ["MIR402"]
    bare.write(".gitignore", "runs/sorter/adapter_configs.json\n")
    assert codes(bare, made) == []
    assert codes(bare, "runs/sorter/adapter_confag.json") == ["MIR402"]


@pytest.mark.parametrize(
    "told",
    [
        "Save the log to `{}`.",
        "Run `tool -o {}` for it.",
        "The script writes `{}`.\n\nThen read `{}`.",
        "The logs `{}.{{csv,json}}` are there.",
        "The logs `{}.*` are there.",
        "Change `{}` (to create) for that.",
        "Outputs:\n\n- the log `{}`",
        "**Exit criteria.** The log is in `{}`.",
        "```\n/data/all/\n  {}\n```",
        "Run `tool --output-dir run/` first.\n\nThen read `{}`.",
    ],
)
def test_what_a_page_tells_to_write_is_no_dead_path(bare: World, told: str) -> None:
    bare.write("runs/sorter/adapter_config.json", PEFT)
    bare.write("README.md", "# Sorter\n")
    assert bare.run("init").status == 0
    made = "run/sorter/adapter_config.json"
    assert codes(bare, made) == ["MIR402"]
    bare.write("README.md", "# Sorter\n\n" + told.replace("{}", made) + "\n")
    assert bare.run("check", "README.md").out.startswith("All right.")


def test_a_path_that_stands_for_many_is_no_dead_one(bare: World) -> None:
    bare.write("runs/sorter/adapter_config.json", PEFT)
    bare.write("README.md", "# Sorter\n")
    assert bare.run("init").status == 0
    assert codes(bare, "runs/sorted/adapter_config.json") == ["MIR402"]
    for one in ("runs/sort-NN/adapter_config.json", "runs/sort_xxx/adapter_config.json"):
        assert codes(bare, one) == []


def test_a_file_with_another_number_is_another_file(bare: World) -> None:
    bare.write("results/metrics_2.json", '{"accuracy": 0.9123, "recall": 0.8123}')
    bare.write("README.md", "# Sorter\n")
    assert bare.run("init").status == 0
    assert codes(bare, "results/metrix_2.json") == ["MIR402"]
    assert codes(bare, "results/metrics_5.json") == []


def test_what_lies_below_a_folder_that_is_there_is_not_to_be_written(bare: World) -> None:
    bare.write("runs/sorter/adapter_config.json", PEFT)
    bare.write("README.md", "# Sorter\n")
    assert bare.run("init").status == 0
    dead = "runs/sorter/adapter_configs.json"
    bare.write("README.md", f"# Sorter\n\nRun `tool -o runs/` first.\n\nThen read `{dead}`.\n")
    assert "MIR402" in bare.run("check", "README.md").out


def test_a_path_that_ends_that_of_a_known_file_is_told_from_another_folder(bare: World) -> None:
    bare.write("runs/sorter/adapter_config.json", PEFT)
    bare.write("README.md", "# Sorter\n")
    assert bare.run("init").status == 0
    subprocess.run(("git", "init", "--quiet"), cwd=bare.root, check=True)
    assert codes(bare, "run/sorter/adapter_config.json") == ["MIR402"]
    bare.write("old/run/sorter/adapter_config.json", PEFT)
    subprocess.run(("git", "add", "."), cwd=bare.root, check=True)
    assert codes(bare, "run/sorter/adapter_config.json") == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("outputs/metadata/split.json", []),
        ("outputs/meta/split.json", ["MIR402"]),
        ("/w/combined/iris/metadata/split.json", []),
    ],
)
def test_a_path_of_where_a_run_wrote_is_told_after_it_was_moved(
    bare: World, path: str, told: list[str]
) -> None:
    for name in ("iris", "wine"):
        bare.write(f"combined/{name}/metadata/split.json", '{"accuracy": 0.9123, "recall": 0.8123}')
    bare.write("runs/outputs/metadata/split.json", '{"accuracy": 0.9311, "recall": 0.8011}')
    bare.write("README.md", "# Sorter\n")
    assert bare.run("init").status == 0
    bare.write("combined/iris/reports/report.md", f"# Sorter\n\nThe split is in `{path}`.\n")
    found = bare.run("check", "combined", "--output-format", "concise").out
    assert ["MIR402"] * found.count("MIR402") == told


SAVED = 'with open(f"{folder}/adapter_configs.json", "w") as file:\n    pass\n'
NOTEBOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def sorter(bare: World) -> World:
    """An adapter in git, with its registry."""
    bare.write("runs/sorter/adapter_config.json", PEFT)
    bare.write("README.md", "# Sorter\n")
    assert bare.run("init").status == 0
    subprocess.run(("git", "init", "--quiet"), cwd=bare.root, check=True)
    return bare


def added(world: World, name: str, content: str) -> None:
    world.write(name, content)
    subprocess.run(("git", "add", "--force", name), cwd=world.root, check=True)


def notebook(kind: str, source: str) -> str:
    cell = {"cell_type": kind, "metadata": {}, "source": [source]}
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return json.dumps({**NOTEBOOK, "cells": [cell | code]})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("train.py", SAVED),
        ("tools/Train.PY", SAVED),
        ("run.sh", "train > runs/sorter/adapter_configs.json\n"),
        ("Makefile", "all: adapter_configs.json other.json\n"),
        ("train.py", '"""It is written to adapter_configs.json."""\n'),
        (".github/workflows/run.yml", "path: runs/sorter/adapter_configs.json\n"),
        ("train.ipynb", notebook("code", 'save("adapter_configs.json")')),
        ("train.ipynb", notebook("code", "save('adapter_configs.json')")),
    ],
)
def test_a_path_that_a_script_names_is_no_dead_one(sorter: World, name: str, content: str) -> None:
    made = "runs/sorter/adapter_configs.json"
    assert codes(sorter, made) == ["MIR402"]
    added(sorter, name, content)
    assert codes(sorter, made) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("train.py", SAVED.replace("adapter_configs", "my_adapter_configs")),
        ("train.py", SAVED.replace("adapter_configs", "my-adapter_configs")),
        ("train.py", SAVED.replace("configs.json", "configs.jsonl")),
        ("train.py", SAVED.replace("configs.json", "configs.json.gz")),
        ("train.py", SAVED.replace("configs.json", "configs_json")),
        ("notes.txt", SAVED),
        ("train.ipynb", notebook("markdown", "The result is `adapter_configs.json`.")),
    ],
)
def test_what_no_script_names_so_is_dead(sorter: World, name: str, content: str) -> None:
    added(sorter, "other.py", SAVED)
    assert codes(sorter, "runs/sorter/adapter_configs.json") == []
    subprocess.run(("git", "rm", "--quiet", "-f", "other.py"), cwd=sorter.root, check=True)
    added(sorter, name, content)
    assert codes(sorter, "runs/sorter/adapter_configs.json") == ["MIR402"]


@pytest.mark.parametrize(
    "code",
    [
        'open("run/sorter/adapter_config.json")',
        'open(os.path.join(HERE, "run", "sorter", "adapter_config.json"))',
        "open(here / 'run' / 'sorter' / 'adapter_config.json')",
    ],
)
@pytest.mark.parametrize(
    "other",
    [
        'open("adapter_config.json")',
        'open("old/adapter_config.json")',
        'open("rerun/sorter/adapter_config.json")',
    ],
)
def test_a_script_has_to_name_all_of_a_path_that_ends_as_the_artifact(
    sorter: World, code: str, other: str
) -> None:
    added(sorter, "train.py", f"{other}\n")
    assert codes(sorter, "run/sorter/adapter_config.json") == ["MIR402"]
    added(sorter, "train.py", f"{code}\n")
    assert codes(sorter, "run/sorter/adapter_config.json") == []


def test_what_a_link_leads_to_is_dead_whatever_scripts_name(sorter: World) -> None:
    added(sorter, "train.py", SAVED)
    made = "runs/sorter/adapter_configs.json"
    sorter.write("README.md", f"# Sorter\n\nSee `{made}`.\n")
    assert sorter.run("check", "README.md").out.startswith("All right.")
    sorter.write("README.md", f"# Sorter\n\nSee `{made}` and [the adapter]({made}).\n")
    assert "README.md:3:" in (told := sorter.run("check", "README.md").out)
    assert "Found 1 finding." in told
    sorter.write("README.md", f"# Sorter\n\nSee [`{made}`](https://example.org/{made}).\n")
    assert "MIR402" in sorter.run("check", "README.md").out


def test_what_a_repository_configures_changes_nothing_of_it(
    sorter: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(sorter, "train.py", SAVED)
    added(sorter, ".gitattributes", "*.py diff=odd filter=odd\n")
    settings = (
        *("grep.lineNumber=true", "grep.column=true", "color.ui=always", "grep.fullName=true"),
        *("grep.patternType=fixed", "submodule.recurse=true", "core.fsmonitor=touch pwned"),
        *("diff.odd.textconv=touch pwned", "filter.odd.smudge=touch pwned"),
        *("filter.odd.clean=touch pwned", "core.pager=touch pwned", "pager.grep=touch pwned"),
    )
    for setting in settings:
        key, _, value = setting.partition("=")
        subprocess.run(("git", "config", key, value), cwd=sorter.root, check=True)
    assert codes(sorter, "runs/sorter/adapter_configs.json") == []
    assert not (sorter.root / "pwned").exists()
    monkeypatch.setenv("PATH", "")
    assert codes(sorter, "runs/sorter/adapter_configs.json") == ["MIR402"]


def test_scripts_are_asked_only_where_a_path_is_dead(
    sorter: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(sorter, "train.py", SAVED)
    asked: list[str] = []
    run = git.run

    def heard(folder: str, *arguments: str, **more: Any) -> bytes:
        asked.append(arguments[0])
        return run(folder, *arguments, **more)

    monkeypatch.setattr(git, "run", heard)
    assert codes(sorter, "runs/sorter/adapter_config.json") == []
    assert "grep" not in asked
    sorter.write(".gitignore", "runs/sorter/adapter_confag.json\n")
    assert codes(sorter, "runs/sorter/adapter_confag.json") == []
    assert "grep" not in asked
    assert codes(sorter, "runs/sorter/adapter_configs.json") == []
    assert asked.count("grep") == 2


@pytest.mark.parametrize("heading", ["Training Plan", "Proposed layout", "Roadmap"])
def test_what_a_heading_plans_need_not_be_there(sorter: World, heading: str) -> None:
    text = "# {}\n\n## Files\n\nThe log is `runs/sorter/adapter_configs.json`.\n"
    sorter.write("README.md", text.format("Sorter"))
    assert "MIR402" in sorter.run("check", "README.md").out
    sorter.write("README.md", text.format(heading))
    assert sorter.run("check", "README.md").out.startswith("All right.")


@pytest.mark.parametrize("dead", ["runs/sorter/adapter_config.py", "runs/sorter/adapter_config.SH"])
def test_a_program_is_not_nearly_a_result(sorter: World, dead: str) -> None:
    assert codes(sorter, "runs/sorter/adapter_config.jsn") == ["MIR402"]
    assert codes(sorter, dead) == []


def test_a_word_with_an_accent_tells_to_write_as_well(sorter: World) -> None:
    text = "# Sorter\n\n{} rezultatele în `runs/sorter/adapter_configs.json`.\n"
    sorter.write("README.md", text.format("Vezi"))
    assert "MIR402" in sorter.run("check", "README.md").out
    sorter.write("README.md", text.format("Salvează"))
    assert sorter.run("check", "README.md").out.startswith("All right.")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The log is in `{}`.", True),
        ("The one missing file is `{}`.", False),
        ("The tree still lacks `{}`.", False),
        ("Nothing else is missing. The log is in `{}`.", True),
    ],
)
def test_what_is_said_to_be_missing_need_not_be_there(
    sorter: World, text: str, is_told: bool
) -> None:
    sorter.write("README.md", f"# Sorter\n\n{text.format('runs/sorter/adapter_configs.json')}\n")
    assert ("MIR402" in sorter.run("check", "README.md").out) == is_told


@pytest.mark.parametrize("told", ["{}", "../{}"])
def test_what_git_has_and_is_not_checked_out_is_no_dead_path(sorter: World, told: str) -> None:
    made = "runs/sorter/adapter_configs.json"
    page = f"# Sorter\n\nSee [it]({told.format(made)}).\n"
    name = "docs/a.md" if told.startswith("..") else "README.md"
    sorter.write(name, page)
    assert "MIR402" in sorter.run("check", name).out
    added(sorter, made, "{}")
    (sorter.root / made).unlink()
    assert sorter.run("check", name).out.startswith("All right.")
