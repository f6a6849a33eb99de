"""A check of an unchanged tree reads no artifact, and is never wrong."""

import json
import os
import shutil
from pathlib import Path

import pytest
from registry_world import PEFT, ROWS, World, run

from mirage_lint.artifacts import files
from mirage_lint.errors import MirageError
from mirage_lint.registry import memory

CLAIMS = """\
artifacts = ["*_config.json"]
[[family.run.fact]]
metric = "wrong"
artifact = "rows.csv"
count = "not tuned_ok"
"""
DONE = "claims.lock: 3 facts of 1 family from 2 artifacts, up to date"


def check(world: World, *, untrusted: bool = False) -> tuple[int, str]:
    told: list[str] = []
    status = run(world.claims, True, told.append, untrusted=untrusted)
    return status, told[0].rstrip("\n")


def build(world: World) -> None:
    run(world.claims, False, lambda line: None)


def memories(cache: Path) -> list[Path]:
    return list((cache / "mirage-lint").iterdir())


@pytest.fixture
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """All files are as if they were written long ago."""
    monkeypatch.setattr(memory, "_RACY", -(10**18))


@pytest.fixture
def kept(world: World, calm: None) -> World:
    build(world.write(CLAIMS, adapter_config__json=PEFT, rows__csv=ROWS))
    return world


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads an artifact fails."""

    def refuse(*given: object) -> None:
        raise AssertionError("an artifact was read")

    monkeypatch.setattr(files, "load", refuse)
    monkeypatch.setattr(files, "load_digest", refuse)


def test_an_unchanged_tree_is_not_read(kept: World, no_reading: None) -> None:
    assert check(kept) == (0, DONE)
    assert check(kept) == (0, DONE)


def test_a_file_that_was_only_touched_is_read_once(
    kept: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(kept.root / "rows.csv", (1, 1))
    read: list[str] = []
    stored = files.load("rows.csv", kept.root)
    monkeypatch.setattr(files, "load_digest", None)
    monkeypatch.setattr(files, "load", lambda path, root, keep: read.append(path) or stored)
    assert check(kept) == (0, DONE)
    assert check(kept) == (0, DONE)
    assert read == ["rows.csv"]


def test_a_change_of_the_same_size_and_time_is_noticed(kept: World) -> None:
    rows = kept.root / "rows.csv"
    before = rows.stat()
    rows.write_text(ROWS.replace("3,True,True,True", "3,True,0000,True"))
    os.utime(rows, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert rows.stat().st_size == before.st_size
    assert check(kept)[0] == 1


def test_a_change_right_after_the_build_is_noticed(world: World) -> None:
    build(world.write(CLAIMS, adapter_config__json=PEFT, rows__csv=ROWS))
    rows = world.root / "rows.csv"
    with rows.open("r+") as file:
        file.write(ROWS.replace("3,True,True,True", "3,True,0000,True"))
    assert check(world)[0] == 1


def test_a_file_as_old_as_its_memory_is_not_trusted(world: World, cache: Path) -> None:
    build(world.write(CLAIMS, adapter_config__json=PEFT, rows__csv=ROWS))
    (place,) = memories(cache)
    stamps = json.loads(place.read_bytes())["artifacts"]
    assert [stamp for _, stamp in stamps.values()] == [None, None]


CHANGES = {
    "a new file that a pattern matches": lambda world: shutil.copy(
        world.root / "adapter_config.json", world.root / "b_config.json"
    ),
    "an artifact that is gone": lambda world: (world.root / "adapter_config.json").unlink(),
    "another claims.toml": lambda world: world.write(f"{CLAIMS}# more\n"),
    "another lock": lambda world: world.lock.write_text(
        world.lock.read_text().replace('", "', '","')
    ),
    "no lock": lambda world: world.lock.unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_else_changed_is_noticed(kept: World, change) -> None:
    change(kept)
    told: list[str] = []
    assert (run(kept.claims, True, told.append), told) != (0, [f"{DONE}\n"])


def test_an_artifact_that_is_absent_is_told_until_it_is_there(kept: World) -> None:
    rows = (kept.root / "rows.csv").rename(kept.root / "away")
    build(kept)
    told: list[str] = []
    assert run(kept.claims, True, told.append) == 0
    assert run(kept.claims, True, told.append) == 0
    assert told[1] == told[3]
    assert told[1].startswith("rows.csv: MIR903 is absent here; 1 fact is kept by digest ")
    rows.rename(kept.root / "rows.csv")
    told.clear()
    assert run(kept.claims, True, told.append) == 0
    assert told == [f"{DONE}\n"]


def test_another_program_builds_anew(
    kept: World, monkeypatch: pytest.MonkeyPatch, no_reading: None
) -> None:
    monkeypatch.setattr(memory, "_program", lambda: "another")
    with pytest.raises(AssertionError, match="an artifact was read"):
        check(kept)


BROKEN = {
    "nothing": b"",
    "no text": b"\xff\xfe\0",
    "no JSON": b"{",
    "a list": b"[]",
    "other keys": b'{"key": 1}',
    "endless nesting": b"[" * 100_000,
    "other types": b'{"key": [], "seen": 3, "artifacts": [], "told": 1}',
    "no searches": b'{"key": [], "seen": {"x y": []}, "artifacts": {}, "told": []}',
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_memory_is_made_anew(kept: World, cache: Path, data: bytes) -> None:
    (place,) = memories(cache)
    whole = place.read_bytes()
    place.write_bytes(data)
    assert check(kept) == (0, DONE)
    assert place.read_bytes() == whole


@pytest.mark.parametrize("key", ["seen", "artifacts", "told"])
@pytest.mark.parametrize("value", [None, 1, "x", [1], {"rows.csv": 1}, {"rows.csv": [1, 2]}])
def test_a_memory_with_a_part_of_another_type_is_not_believed(
    kept: World, cache: Path, key: str, value: object
) -> None:
    (place,) = memories(cache)
    place.write_text(json.dumps(json.loads(place.read_bytes()) | {key: value}))
    (kept.root / "rows.csv").write_text(ROWS.replace("3,True,True", "3,True,False"))
    assert check(kept)[0] == 1


def test_the_memory_of_another_clone_is_not_believed(kept: World, cache: Path) -> None:
    (mine,) = memories(cache)
    clone = World(kept.root / "clone")
    clone.root.mkdir()
    clone.write(CLAIMS, adapter_config__json=PEFT, rows__csv=ROWS.replace("4,F", "4,T"))
    shutil.copy(kept.lock, clone.lock)
    assert check(clone)[0] == 1
    build(clone)
    (theirs,) = (place for place in memories(cache) if place != mine)
    theirs.write_bytes(mine.read_bytes())
    shutil.copy(kept.lock, clone.lock)
    assert check(clone)[0] == 1


def test_no_cache_is_no_harm(kept: World, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (cache / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache / "file"))
    assert check(kept) == (0, DONE)
    build(kept)


def test_a_trusted_memory_is_none_of_an_untrusted_check(kept: World) -> None:
    away = (kept.root / "rows.csv").rename(kept.root.parent / "away.csv")
    kept.write(CLAIMS.replace("rows.csv", "../away.csv"))
    build(kept)
    assert check(kept)[0] == 0
    with pytest.raises(MirageError, match="leads out of the repository, and --untrusted reads"):
        check(kept, untrusted=True)
    away.unlink()
