"""The same input gives the same output, whatever the order in which sets are gone through."""

import os
import subprocess
import sys
from pathlib import Path

WORLD = """\
version = 1

[family.zoo]
title = "Zoo"

[[family.zoo.table]]
artifact = "runs.csv"
keys = ["model"]

[[family.zoo.table]]
artifact = "sizes.csv"
keys = ["bird"]
"""
RUNS = "model,accuracy\nfinch,70.11\nwren,71.52\nrobin,73.43\n"
SIZES = "bird,parameters\nfinch,11690000\nwren,25560000\nrobin,24560000\n"
TEXT = """\
| Name | Accuracy | Params (M) |
|---|---|---|
| finch | 70.11 | 11.69 |
| wren | 71.52 | 25.56 |
| robin | 73.43 | 24.56 |
"""


def run(folder: Path, seed: str, *arguments: str) -> str:
    command = [sys.executable, "-m", "mirage_lint", *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_no_order_of_sets_is_seen(tmp_path: Path) -> None:
    files = {"claims.toml": WORLD, "runs.csv": RUNS, "sizes.csv": SIZES, "README.md": TEXT}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    run(tmp_path, "0", "build")
    told = {run(tmp_path, str(seed), "claims", "README.md") for seed in range(8)}
    assert len(told) == 1
    assert told.pop().count(" verified ") == 6
