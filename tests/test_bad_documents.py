"""Bad documents: one line with file, place and mend, exit status 2, nothing written."""

import io
import os
import sys

import pytest
from cli_world import TRUE, World


def _binary(world: World) -> None:
    world.write("bad.md", b"\nca\xff")


def _folder(world: World) -> None:
    (world.root / "bad.md").mkdir()


def _pipe(world: World) -> None:
    os.mkfifo(world.root / "bad.md")


def _circle(world: World) -> None:
    (world.root / "bad.md").symlink_to("bad.md")


def _large(world: World) -> None:
    with (world.root / "bad.md").open("wb") as file:
        file.truncate(32 * 2**20 + 1)


NAME = "name Markdown files or folders of them"
BAD_DOCUMENTS = {
    "not there": (lambda world: None, f"bad.md: is absent; {NAME}"),
    "not UTF-8": (_binary, "bad.md:2: not UTF-8 at byte 3; save it as UTF-8"),
    "an empty directory": (
        _folder,
        "bad.md: holds no document; name some (.md, .markdown, .ipynb)",
    ),
    "a pipe": (_pipe, f"bad.md: is not a regular file; {NAME}"),
    "a link to itself": (_circle, f"bad.md: is absent; {NAME}"),
    "too large": (_large, "bad.md: larger than 33554432 bytes; exclude it or split it"),
}


@pytest.mark.parametrize("command", ["check", "claims"])
@pytest.mark.parametrize(("make", "told"), BAD_DOCUMENTS.values(), ids=BAD_DOCUMENTS)
def test_a_bad_document(built: World, command: str, make, told: str) -> None:
    make(built)
    assert built.refused(command, "doc.md", "bad.md") == told


@pytest.mark.parametrize("command", ["check", "claims"])
def test_a_path_that_no_file_can_have(built: World, command: str) -> None:
    name = "a" * 5000
    assert built.refused(command, f"{name}.md").endswith(
        ": cannot be read (File name too long); check path and rights"
    )
    assert built.refused(command, f"{name}/a.md") == (
        f"{name}: is no folder that can be read; check the path"
    )


@pytest.mark.parametrize("command", ["check", "claims"])
def test_standard_input_that_is_not_utf8(
    built: World, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"one\n\xff")))
    assert built.refused(command, "-") == "<stdin>:2: not UTF-8 at byte 4; send UTF-8 text"


def test_what_would_steer_a_terminal_is_shown_as_a_mark(built: World) -> None:
    assert built.refused("check", "\033[31m.md") == f"\ufffd[31m.md: is absent; {NAME}"


def test_a_link_to_nothing_is_no_document_of_its_folder(built: World) -> None:
    (built.root / "notes").mkdir()
    (built.root / "notes" / "gone.ipynb").symlink_to("nowhere.ipynb")
    built.write("notes/here.md", TRUE)
    assert built.run("check", "notes").status == 0
    assert "is absent" in built.refused("check", "notes/gone.ipynb")
