"""A real editor: Neovim, with the settings that docs/editors.md gives."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
REQUIRED = os.environ.get("MIRAGE_LINT_BROWSERS_AND_EDITORS") == "required"
NVIM = shutil.which("nvim")


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The settings of the page, as a user would paste them."""
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    told = re.search(r"```lua\n(.*?)```", page, re.DOTALL)
    assert told
    place = tmp_path / "init.lua"
    place.write_text(told[1], encoding="utf-8")
    return place


def test_a_false_number_is_told_on_saving_and_mended(
    tmp_path: Path, example: Path, settings: Path
) -> None:
    if NVIM is None:
        assert not REQUIRED, "nvim is not installed, and is required"
        pytest.skip("nvim is not installed")
    document, report = example / "docs" / "true" / "mlx-adapter.md", tmp_path / "report.json"
    before = document.read_text(encoding="utf-8")
    assert "600 iterations" in before
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
        "MIRAGE_DOCUMENT": str(document),
        "MIRAGE_REPORT": str(report),
        "MIRAGE_TRUE": "600 iterations",
        "MIRAGE_FALSE": "700 iterations",
    }
    script = str(Path(__file__).with_name("neovim.lua"))
    command = [NVIM, "--headless", "-n", "-u", str(settings), "-c", f"luafile {script}"]
    done = subprocess.run(
        command,
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told = json.loads(report.read_text(encoding="utf-8"))
    assert "problem" not in told, (told, done.stderr)
    assert told["code"] == "MIR101"
    assert "600 steps" in told["message"]
    assert told["actions"].startswith("Change '700' to '600'")
    assert document.read_text(encoding="utf-8") == before
    assert told["servers"] == 1
