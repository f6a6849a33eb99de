"""What lies outside the repository: read where claims.toml names it, and never if untrusted."""

import os
from pathlib import Path

import pytest
from registry_world import World, run

from mirage_lint import cli
from mirage_lint.errors import MirageError

FACT = '[[family.run.fact]]\nmetric = "m"\nartifact = "{}"\npointer = "/m"\n'
DATA = '{"m": 3}'


@pytest.fixture
def inner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A repository with its registry in a folder, and files around it."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    for folder in ("home", "repo/.git", "repo/docs/runs"):
        (tmp_path / folder).mkdir(parents=True)
    for place in ("out.json", "home/out.json", "repo/in.json", "repo/docs/in.json"):
        (tmp_path / place).write_text(DATA)
    link(tmp_path / "repo/docs/inward.json", tmp_path / "repo/in.json")
    link(tmp_path / "repo/docs/outward.json", tmp_path / "out.json")
    link(tmp_path / "repo/docs/runs/a.json", tmp_path / "out.json")
    link(tmp_path / "repo/docs/away", tmp_path / "home")
    return World(tmp_path / "repo/docs")


def link(place: Path, target: Path) -> None:
    place.symlink_to(target)


def build(world: World, artifact: str, *, untrusted: bool) -> int:
    world.write(FACT.format(artifact))
    return run(world.claims, False, lambda line: None, untrusted=untrusted)


INSIDE = ("in.json", "../in.json", "inward.json", "runs/../in.json")
OUTSIDE = ("../../out.json", "~/out.json", "outward.json", "away/out.json", "runs/a.json", "{out}")


@pytest.mark.parametrize("artifact", INSIDE)
@pytest.mark.parametrize("untrusted", [False, True])
def test_what_lies_in_the_repository_is_read(inner: World, artifact: str, untrusted: bool) -> None:
    assert build(inner, artifact, untrusted=untrusted) == 0


@pytest.mark.parametrize("artifact", OUTSIDE)
def test_what_claims_toml_names_is_read_unless_untrusted(
    inner: World, tmp_path: Path, artifact: str
) -> None:
    artifact = artifact.format(out=tmp_path / "out.json")
    assert build(inner, artifact, untrusted=False) == 0
    with pytest.raises(MirageError) as error:
        build(inner, artifact, untrusted=True)
    assert str(error.value) == (
        f"{inner.claims}:4: '{artifact}' leads out of the repository, and --untrusted reads nothing"
        " there; copy the file into the repository"
    )


@pytest.mark.parametrize("untrusted", [False, True])
def test_a_pattern_names_no_link_out_of_the_repository(inner: World, untrusted: bool) -> None:
    inner.write('artifacts = ["runs/*.json"]\n')
    with pytest.raises(MirageError) as error:
        run(inner.claims, False, lambda line: None, untrusted=untrusted)
    assert str(error.value) == (
        f"{inner.claims}:4: 'runs/a.json', which 'runs/*.json' matches, is a link out of the"
        " repository; name it by itself, or narrow the pattern"
    )


@pytest.mark.parametrize("pattern", ["~/*.json", "away/*.json"])
def test_a_pattern_may_lie_outside_unless_untrusted(inner: World, pattern: str) -> None:
    inner.write(f'artifacts = ["{pattern}"]\n')
    assert run(inner.claims, False, lambda line: None) == 0
    with pytest.raises(MirageError, match="leads out of the repository, and --untrusted reads"):
        run(inner.claims, False, lambda line: None, untrusted=True)


def test_a_folder_of_a_family_by_pattern_is_no_link_either(inner: World, tmp_path: Path) -> None:
    link(inner.root / "runs/b", tmp_path / "home")
    claims = 'version = 1\n[families.runs]\neach = "runs/*"\ntitle = "Run {name}"\n'
    inner.claims.write_text(claims)
    with pytest.raises(MirageError, match="'runs/b', which 'runs/\\*' matches, is a link out of"):
        run(inner.claims, False, lambda line: None)


@pytest.mark.parametrize("name", ["claims.toml", "claims.lock"])
def test_the_registry_itself_is_no_link_out_of_an_untrusted_repository(
    inner: World, tmp_path: Path, name: str
) -> None:
    assert build(inner, "in.json", untrusted=False) == 0
    outer = (inner.root / name).rename(tmp_path / name)
    link(inner.root / name, outer)
    before = outer.read_bytes()
    with pytest.raises(MirageError, match=f"'{name}' leads out of the repository"):
        run(inner.claims, False, lambda line: None, untrusted=True)
    assert outer.read_bytes() == before


def test_without_git_the_repository_is_the_folder_of_the_registry(
    inner: World, tmp_path: Path
) -> None:
    os.rmdir(tmp_path / "repo/.git")
    with pytest.raises(MirageError, match=r"'../in.json' leads out of the repository"):
        build(inner, "../in.json", untrusted=True)


def test_the_command_line_knows_it(
    inner: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    inner.write(FACT.format("~/out.json"))
    monkeypatch.chdir(inner.root)
    assert cli.main(["build", "--untrusted"]) == 2
    assert capsys.readouterr().err == (
        "mirage-lint: claims.toml:4: '~/out.json' leads out of the repository, and --untrusted"
        " reads nothing there; copy the file into the repository\n"
    )
