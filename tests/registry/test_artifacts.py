"""Artifacts that are absent, held, in archives, found by pattern, or no files."""

import io
import tarfile
from pathlib import Path

import pytest
from registry_world import PEFT, ROWS, World

from mirage_lint.artifacts import files
from mirage_lint.errors import MirageError

LISTED = 'artifacts = ["adapter_config.json"]\n'
COUNT = '[[family.run.fact]]\nmetric = "wrong"\nartifact = "rows.csv"\ncount = "not tuned_ok"\n'
TABLE = '[[family.run.table]]\nartifact = "t.csv"\nkeys = ["k"]\n'
POPULATION = '[family.run.population]\nhard = { count = "hard", artifact = "rows.csv" }\n'
FILES = {"adapter_config__json": PEFT, "rows__csv": ROWS, "t__csv": "k,acc\n1,0.5\n2,0.25\n"}
ALL = LISTED + COUNT + TABLE + POPULATION


def _pack(path: Path, name: str, text: str) -> None:
    with tarfile.open(path, "w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(text)
        archive.addfile(info, io.BytesIO(text.encode()))


def test_facts_of_absent_artifacts_are_held_from_the_old_lock(world: World) -> None:
    old = world.write(ALL, **FILES).build().registry
    for name in ("adapter_config.json", "rows.csv", "t.csv"):
        (world.root / name).unlink()
    built = world.build(old)
    assert built.registry == old
    assert built.held == (("adapter_config.json", 2), ("rows.csv", 2), ("t.csv", 2))


def test_a_held_value_that_lost_stays_named(world: World) -> None:
    files = {"adapter_config__json": '{"iters": 600, "lora_parameters": {}}'}
    files["train__sh"] = "run --iters 500\n"
    claims = 'artifacts = ["adapter_config.json", "train.sh"]\n'
    old = world.write(claims, **files).build().registry
    (world.root / "train.sh").unlink()
    assert world.build(old).registry == old


def test_an_absent_artifact_that_no_lock_holds_is_refused(world: World) -> None:
    with pytest.raises(MirageError) as error:
        world.write(LISTED).build()
    assert str(error.value) == (
        f"{world.claims}:4: artifact 'adapter_config.json' is absent, and no claims.lock holds its"
        " facts; put it there, or correct the path"
    )


def test_a_new_entry_cannot_be_made_from_an_absent_artifact(world: World) -> None:
    old = world.write(COUNT, **FILES).build().registry
    (world.root / "rows.csv").unlink()
    world.write(COUNT.replace("tuned_ok", "base_ok"))
    with pytest.raises(MirageError, match="holds no 'wrong' at count\\(not base_ok\\); run the"):
        world.build(old)
    world.write(TABLE.replace("t.csv", "rows.csv"))
    with pytest.raises(MirageError, match=r"claims.lock holds no facts of this table"):
        world.build(old)


def test_an_entry_that_left_claims_toml_is_held_no_longer(world: World) -> None:
    old = world.write(COUNT + POPULATION, **FILES).build().registry
    (world.root / "rows.csv").unlink()
    assert [fact.metric for fact in world.write(COUNT).build(old).registry.facts] == ["wrong"]


def test_a_member_registers_its_archive_too(world: World) -> None:
    _pack(world.root / "a.tar.gz", "run/adapter_config.json", PEFT)
    world.write('artifacts = ["a.tar.gz::run/adapter_config.json"]\n')
    built = world.build()
    paths = [artifact.path for artifact in built.registry.artifacts]
    assert paths == ["a.tar.gz", "a.tar.gz::run/adapter_config.json"]
    assert world.values() == {"rank": "8", "base model": "org/name-7B"}
    (world.root / "a.tar.gz").unlink()
    held = world.build(built.registry)
    assert held.registry == built.registry
    assert held.held == (("a.tar.gz::run/adapter_config.json", 2),)


def test_an_archive_may_be_listed_whole(world: World) -> None:
    _pack(world.root / "a.tar.gz", "x.json", "{}")
    built = world.write('artifacts = ["./a.tar.gz"]\n').build()
    assert [artifact.path for artifact in built.registry.artifacts] == ["a.tar.gz"]
    assert built.unread == ()


def test_a_missing_member_is_told_with_the_nearest(world: World) -> None:
    _pack(world.root / "a.tar.gz", "run/adapter_config.json", PEFT)
    with pytest.raises(MirageError, match=r"did you mean run/adapter_config.json\?"):
        world.write('artifacts = ["a.tar.gz::adapter_config.json"]\n').build()


def test_a_pattern_lists_files_in_order(world: World) -> None:
    world.write('artifacts = ["*_b.csv", "*_a.csv"]\n', x_b__csv=ROWS, y_b__csv=ROWS, z_a__csv=ROWS)
    paths = [artifact.path for artifact in world.build().registry.artifacts]
    assert paths == ["x_b.csv", "y_b.csv", "z_a.csv"]


def test_a_last_pair_of_stars_lists_all_files_below(world: World) -> None:
    inner = world.root / "runs" / "small"
    inner.mkdir(parents=True)
    for path in (inner / "a.csv", inner.parent / "b.csv"):
        path.write_text(ROWS)
    world.write('artifacts = ["runs/**"]\n')
    paths = [artifact.path for artifact in world.build().registry.artifacts]
    assert paths == ["runs/b.csv", "runs/small/a.csv"]


def test_a_pattern_without_files_holds_those_of_the_lock(world: World) -> None:
    claims = 'artifacts = ["*_config.json"]\n'
    old = world.write(claims, **FILES).build().registry
    (world.root / "adapter_config.json").unlink()
    assert world.build(old).registry == old


BAD_PATHS = {
    "*.json": "'*.json' matches no file; correct the pattern",
    "a.tar::*.json": "'a.tar::*.json' has a * within an archive; name each member",
    "/*.json": "'/*.json' is no pattern of files; write it relative to claims.toml,"
    " as `results/*.csv`",
    "folder": "artifact 'folder' is a directory; name its files: folder/*",
}


@pytest.mark.parametrize("path", BAD_PATHS)
def test_what_names_no_file_is_refused(world: World, path: str) -> None:
    (world.root / "folder").mkdir()
    with pytest.raises(MirageError) as error:
        world.write(f'artifacts = ["{path}"]\n').build()
    assert str(error.value) == f"{world.claims}:4: {BAD_PATHS[path]}"


def test_a_fact_cannot_come_from_an_unknown_format(world: World) -> None:
    claims = COUNT.replace("rows.csv", "rows.xls")
    with pytest.raises(MirageError, match=r"'rows.xls' is of no known format; known are: PEFT"):
        world.write(claims, rows__xls="x").build()


def test_of_a_file_too_large_to_be_read_whole_only_a_header_is_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILE", 100)
    header = b'{"w": {"dtype": "F32", "shape": [7]}}'
    weights = len(header).to_bytes(8, "little") + header + bytes(200)
    (world.root / "m.safetensors").write_bytes(weights)
    world.write('artifacts = ["m.safetensors", "c.json"]\n', c__json='{"r": 8}' + " " * 200)
    built = world.build()
    assert [(fact.id, fact.value) for fact in built.registry.facts] == [
        ("run.model parameters", "7")
    ]
    assert [(one.path, one.size) for one in built.registry.artifacts] == [
        ("c.json", 208),
        ("m.safetensors", len(weights)),
    ]
    assert built.unread == ("c.json",)
