"""Documents about the files in ``tests/artifacts/made``: true ones with all that surrounds such
figures in practice, and one that is false.
"""

import json
import shutil
from pathlib import Path

import pytest
from cli_world import World

HERE = Path(__file__).parent / "artifacts"
TRUE = sorted(path.name for path in (HERE / "prose").glob("*.md") if path.name != "false.md")


@pytest.fixture
def built(bare: World) -> World:
    """The made files, and the documents about them."""
    for folder in ("made", "prose"):
        shutil.copytree(HERE / folder, bare.root, dirs_exist_ok=True)
    assert bare.run("build").status == 0
    return bare


@pytest.mark.parametrize("name", TRUE)
def test_nothing_is_found_in_a_true_document(built: World, name: str) -> None:
    status, out, _ = built.run("check", name)
    assert (status, out.partition(" Looked at ")[0]) == (0, "All right.")
    claims = json.loads(built.run("claims", name, "--output-format", "json").out)
    assert sum(claim["status"] == "verified" for claim in claims) > 1


def test_all_that_is_false_is_found(built: World) -> None:
    findings = json.loads(built.run("check", "false.md", "--output-format", "json").out)
    assert [(one["line"], one["code"], one["claim"]["text"]) for one in findings] == [
        (3, "MIR101", "3 layers"),
        (3, "MIR101", "6 attention heads"),
        (3, "MIR101", "4 KV heads"),
        (3, "MIR101", "16"),
        (5, "MIR101", "2,300 parameters"),
        (5, "MIR201", "32 tokens"),
        (5, "MIR101", "64 tokens"),
        (7, "MIR101", "0.9"),
        (11, "MIR101", "3"),
        (12, "MIR101", "16"),
        (13, "MIR201", "32"),
        (17, "MIR101", "61.2%"),
        (17, "MIR101", "5-shot"),
        (21, "MIR101", "16"),
        (21, "MIR101", "32"),
        (21, "MIR101", "5 epochs"),
        (23, "MIR201", "2048"),
        (23, "MIR101", "12"),
        (23, "MIR201", "8-bit"),
        (27, "MIR101", "48 tokens"),
        (31, "MIR101", "16"),
        (31, "MIR101", "16"),
        (35, "MIR101", "4 epochs"),
        (35, "MIR101", "15 steps"),
        (35, "MIR201", "0.01"),
        (35, "MIR101", "3.4681"),
        (37, "MIR101", "5"),
        (37, "MIR101", "64 trainable parameters"),
        (37, "MIR101", "50 training examples"),
        (39, "MIR101", "40%"),
        (44, "MIR101", "3.4698"),
    ]
