"""The fixtures of the pages' tests."""

import pytest
from cli_world import World
from pages_world import fill


@pytest.fixture
def hostile(bare: World) -> World:
    """A repository in which everything is hostile."""
    return fill(bare)
