"""Paths of what a run writes: that git ignores them says that they need not be there."""

import json
import subprocess

import pytest
from cli_world import PEFT, World

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
        "Outputs:\n\n- the log `{}`",
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
    assert codes(bare, "runs/sort-NN/adapter_config.json") == []


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
