"""The gold set keeps its own rules: its figures are measured on nothing else."""

import subprocess
import sys
from pathlib import Path

GOLD = Path(__file__).parent.parent / "benchmarks" / "gold"


def checked(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, GOLD / "check.py", path]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_label_stands_in_its_passage() -> None:
    result = checked(GOLD / "claims.jsonl")
    assert (result.returncode, result.stderr) == (0, "")


def test_a_label_that_is_not_in_its_passage_is_told(tmp_path: Path) -> None:
    lines = (GOLD / "claims.jsonl").read_text("utf-8").replace('"quote": "1.6x"', '"quote": "9.9y"')
    (tmp_path / "claims.jsonl").write_text(lines, "utf-8")
    result = checked(tmp_path / "claims.jsonl")
    assert result.returncode == 1
    assert "g3-readme-04" in result.stderr
