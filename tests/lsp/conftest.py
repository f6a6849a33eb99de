"""The example, to be changed."""

import shutil
from pathlib import Path

import pytest

WORLD = Path(__file__).parent.parent.parent / "examples" / "mirage"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example's world."""
    return Path(shutil.copytree(WORLD, tmp_path / "world"))
