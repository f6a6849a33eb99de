"""The fixtures of the command line's tests."""

from pathlib import Path

import pytest
from cli_world import CLAIMS, FALSE, PEFT, World


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache directory of its own for each test, and for the programs that it runs."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the machine which runs the tests says of colours and of its CI."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def bare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> World:
    """A repository with a document, and no registry."""
    monkeypatch.chdir(tmp_path)
    world = World(tmp_path, capsys)
    world.write("doc.md", FALSE)
    return world


@pytest.fixture
def unbuilt(bare: World) -> World:
    """With claims.toml and its artifact."""
    bare.write("claims.toml", CLAIMS)
    bare.write("adapter_config.json", PEFT)
    return bare


@pytest.fixture
def built(unbuilt: World) -> World:
    """With its lock, too."""
    assert unbuilt.run("build").status == 0
    return unbuilt
