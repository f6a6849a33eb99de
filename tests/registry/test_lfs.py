"""Artifacts of which only a Git-LFS pointer is here."""

import hashlib
import io
import tarfile
from pathlib import Path

import pytest
from registry_world import PEFT, World, run

from mirage_lint import cli
from mirage_lint.core.facts import METADATA, Artifact
from mirage_lint.errors import MirageError

LISTED = 'artifacts = ["adapter_config.json"]\n'
RANK = '[[family.run.fact]]\nmetric = "r"\nartifact = "adapter_config.json"\npointer = "/r"\n'
MEMBER = 'artifacts = ["a.tar::adapter_config.json"]\n'
NOT_HERE = "is a Git-LFS pointer, not checked out"


def pointer(data: bytes) -> str:
    """The pointer that Git LFS writes for a file."""
    oid = hashlib.sha256(data).hexdigest()
    head = "version https://git-lfs.github.com/spec/v1"
    return f"{head}\noid sha256:{oid}\nsize {len(data)}\n"


def leave_a_pointer(path: Path) -> None:
    """As a checkout without `git lfs pull`."""
    path.write_text(pointer(path.read_bytes()))


def told(world: World, *, check: bool = False) -> list[str]:
    lines: list[str] = []
    run(world.claims, check, lines.append)
    return "".join(lines).splitlines()


def test_facts_behind_a_pointer_are_held_from_the_old_lock(world: World) -> None:
    old = world.write(LISTED + RANK, adapter_config__json=PEFT).build().registry
    assert told(world) == ["claims.lock: 3 facts of 1 family from 1 artifact"]
    leave_a_pointer(world.root / "adapter_config.json")
    built = world.build(old)
    assert built.registry == old
    assert (built.held, built.pointers) == (
        (("adapter_config.json", 3),),
        ("adapter_config.json",),
    )
    digest = hashlib.sha256(PEFT.encode()).hexdigest()[:12]
    held = f"adapter_config.json: MIR903 {NOT_HERE}; 3 facts are kept by digest {digest}"
    assert told(world)[1:] == [held]
    assert told(world, check=True)[1:] == [held]


def test_a_file_that_becomes_a_pointer_or_is_pulled_is_noticed(world: World) -> None:
    config = world.write(LISTED, adapter_config__json=PEFT).root / "adapter_config.json"
    summary = "claims.lock: 2 facts of 1 family from 1 artifact"
    assert told(world) == [summary]
    leave_a_pointer(config)
    assert "MIR903" in told(world, check=True)[1]
    config.write_text(PEFT)
    assert told(world, check=True) == [f"{summary}, up to date"]


def test_what_is_pulled_after_a_build_tells_its_facts(world: World) -> None:
    config = world.write(LISTED, adapter_config__json=PEFT).root / "adapter_config.json"
    leave_a_pointer(config)
    assert told(world)[0] == "claims.lock: 1 fact of 1 family from 1 artifact"
    config.write_text(PEFT)
    assert told(world, check=True)[0].startswith("MIR901 claims.lock is stale")


@pytest.mark.parametrize("name", ["adapter_config.json", "model.safetensors", "model.gguf"])
def test_a_pointer_that_no_lock_knows_is_registered_by_digest_and_size(
    world: World, name: str
) -> None:
    files = {name.replace(".", "__"): pointer(PEFT.encode())}
    world.write(f'artifacts = ["{name}"]\n', **files)
    digest = hashlib.sha256(PEFT.encode()).hexdigest()
    artifact = Artifact(name, ("run",), digest, len(PEFT), METADATA)
    built = world.build()
    (size,) = built.registry.facts
    assert built.registry.artifacts == (artifact,)
    assert (size.id, size.value, size.unit) == ("run.size", str(len(PEFT)), "byte")
    assert world.build(built.registry).registry == built.registry
    note = f"{name}: {NOT_HERE}; only its digest and size are kept"
    assert told(world) == ["claims.lock: 1 fact of 1 family from 1 artifact", note]


def test_a_document_is_held_to_the_digest_and_size_of_a_pointer(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.write('artifacts = ["model.gguf"]\n', model__gguf=pointer(PEFT.encode()))
    told(world)
    digest = hashlib.sha256(PEFT.encode()).hexdigest()
    page = world.root / "page.md"
    page.write_text(f"# A run\n\n`model.gguf` has {len(PEFT)} bytes, SHA-256 `{digest}`.\n")
    assert cli.main(["check", str(page)]) == 0
    page.write_text(f"# A run\n\n`model.gguf` has {len(PEFT) + 1} bytes, SHA-256 `{'0' * 64}`.\n")
    assert cli.main(["check", str(page)]) == 1
    found = capsys.readouterr().out
    assert "MIR101" in found
    assert "MIR401" in found


def test_a_pointer_keeps_the_tier_that_the_lock_has(world: World) -> None:
    claims = 'artifacts = ["train.sh"]\n'
    old = world.write(claims, train__sh="ITEMS=3\n").build().registry
    leave_a_pointer(world.root / "train.sh")
    assert world.build(old).registry == old


def test_a_fact_behind_a_pointer_that_no_lock_knows_is_refused(world: World) -> None:
    world.write(RANK, adapter_config__json=pointer(PEFT.encode()))
    with pytest.raises(MirageError) as error:
        world.build()
    artifact = f"artifact 'adapter_config.json' {NOT_HERE}"
    assert str(error.value) == f"{world.claims}:4: {artifact}; run `git lfs pull`"


def test_a_pointer_to_other_content_than_the_lock_has_is_refused(world: World) -> None:
    old = world.write(LISTED, adapter_config__json=PEFT).build().registry
    world.write(LISTED, adapter_config__json=pointer(b"other"))
    with pytest.raises(MirageError) as error:
        world.build(old)
    artifact = f"artifact 'adapter_config.json' {NOT_HERE}, and no claims.lock holds its facts"
    assert str(error.value) == f"{world.claims}:4: {artifact}; run `git lfs pull`"


def pack(world: World, text: str) -> None:
    with tarfile.open(world.root / "a.tar", "w") as archive:
        info = tarfile.TarInfo("adapter_config.json")
        info.size = len(text)
        archive.addfile(info, io.BytesIO(text.encode()))


def test_members_of_an_archive_that_is_a_pointer_are_held(world: World) -> None:
    pack(world, PEFT)
    old = world.write(MEMBER).build().registry
    leave_a_pointer(world.root / "a.tar")
    built = world.build(old)
    assert built.registry == old
    assert built.held == (("a.tar::adapter_config.json", 2),)
    assert built.pointers == ("a.tar::adapter_config.json",)


def test_members_of_an_archive_that_no_lock_knows_are_refused(world: World) -> None:
    pack(world, PEFT)
    old = world.write(MEMBER).build().registry
    (world.root / "a.tar").write_text(pointer(b"other"))
    artifact = f"artifact 'a.tar::adapter_config.json' {NOT_HERE}"
    message = (
        f"{world.claims}:4: {artifact}, and no claims.lock holds its facts; run `git lfs pull`"
    )
    for known in (old, None):
        with pytest.raises(MirageError) as error:
            world.build(known)
        assert str(error.value) == message


def test_a_member_may_be_a_pointer_itself(world: World) -> None:
    pack(world, PEFT)
    old = world.write(MEMBER).build().registry
    pack(world, pointer(PEFT.encode()))
    built = world.build(old)
    assert built.registry.facts == old.facts
    assert built.held == (("a.tar::adapter_config.json", 2),)
