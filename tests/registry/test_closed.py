"""Artifacts that cannot be read here, for want of an extra."""

import hashlib
import sys

import pytest
from registry_world import World, run

from mirage_lint.errors import MirageError

FACT = '[[family.run.fact]]\nmetric = "epochs"\nartifact = "train.sh"\npointer = "EPOCHS"\n'
LR = '[[family.run.fact]]\nmetric = "lr"\nartifact = "train.sh"\npointer = "LR"\n'
SCRIPT = "EPOCHS=3\nLR=1e-4\n"


def told(world: World, *, check: bool = False) -> list[str]:
    lines: list[str] = []
    run(world.claims, check, lines.append)
    return "".join(lines).splitlines()


@pytest.fixture
def closed(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world that was built with the extra, which is not there any more."""
    world.write(FACT, train__sh=SCRIPT)
    assert told(world) == ["claims.lock: 1 fact of 1 family from 1 artifact"]
    monkeypatch.setitem(sys.modules, "tree_sitter_bash", None)
    return world


def test_its_facts_are_held_while_it_is_as_it_was(closed: World) -> None:
    lock = (closed.root / "claims.lock").read_bytes()
    digest = hashlib.sha256(SCRIPT.encode()).hexdigest()[:12]
    held = "MIR903 needs an extra that is not installed; 1 fact is kept by digest"
    assert told(closed)[1:] == [f"train.sh: {held} {digest}"]
    assert told(closed, check=True)[0].endswith("up to date")
    assert (closed.root / "claims.lock").read_bytes() == lock


def test_one_that_changed_is_told_to_need_the_extra(closed: World) -> None:
    (closed.root / "train.sh").write_text("EPOCHS=4\n")
    with pytest.raises(MirageError, match=r"^train.sh: needs the extra 'shell', which is not inst"):
        told(closed)


def test_a_fact_that_no_lock_holds_needs_it_read(closed: World) -> None:
    closed.write(FACT + LR)
    with pytest.raises(MirageError, match=r"'train.sh' is not read here, and claims.lock holds no"):
        told(closed)
