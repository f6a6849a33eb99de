"""The fixtures of the reports' tests."""

import pytest
from cli_world import World
from reports_world import fill


@pytest.fixture
def hostile(bare: World) -> World:
    """A repository whose documents try to break what they are told in."""
    return fill(bare)
