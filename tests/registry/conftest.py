"""The fixture of the registry's tests."""

from pathlib import Path

import pytest
from registry_world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)
