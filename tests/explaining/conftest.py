"""The fixtures of the tests of `explain`."""

import pytest
from cli_world import World
from explained_world import fill


@pytest.fixture
def runs(bare: World) -> World:
    """The runs that the examples of the rules speak of."""
    return fill(bare)
