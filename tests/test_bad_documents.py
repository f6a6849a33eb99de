"""Bad documents: one line with file, place and mend, and exit status 2; others are checked, and
what is told of them is what would be told without the bad ones.
"""

import io
import json
import os
import subprocess
import sys

import pytest
from cli_world import CLAIMS, FALSE, TRUE, World

from mirage_lint.documents.comments import MOST
from mirage_lint.reports.formats import FORMATS


def _binary(world: World) -> None:
    world.write("bad.md", b"\nca\xff")


def _encrypted(world: World) -> None:
    world.write("bad.md", b"\0GITCRYPT\0\xff\xfe")


def _utf16(world: World) -> None:
    world.write("bad.md", FALSE.encode("utf-16"))


def _commented(world: World) -> None:
    world.write("bad.md", "---\nx: 1\n---\n" + "<!-- mirage-lint: ignore -->\n" * (MOST + 1))


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
    "no text": (_encrypted, "bad.md: is no text: it has a NUL at byte 0; exclude it"),
    "UTF-16": (_utf16, "bad.md:1: not UTF-8 at byte 0; save it as UTF-8"),
    "too many comments": (
        _commented,
        f"bad.md: holds more than {MOST:,} comments to us; exclude it",
    ),
    "a pipe": (_pipe, f"bad.md: is not a regular file; {NAME}"),
    "a link to itself": (_circle, f"bad.md: is absent; {NAME}"),
    "too large": (_large, "bad.md: larger than 33554432 bytes; exclude it or split it"),
}


COMMANDS = ("check", "claims", "coverage", "selftest", "suggest", "baseline")
every_bad_document = pytest.mark.parametrize(
    ("make", "told"), BAD_DOCUMENTS.values(), ids=BAD_DOCUMENTS
)


def counted(out: str) -> str:
    """What is told when all can be read, as it is told with one document that cannot be."""
    return out.replace(" Looked at ", " 1 document could not be read. Looked at ")


@every_bad_document
def test_a_bad_document_alone(built: World, make, told: str) -> None:
    make(built)
    assert built.refused("check", "bad.md") == told


@every_bad_document
def test_a_bad_document_stops_no_other(built: World, make, told: str) -> None:
    built.write("other.md", FALSE)
    without = built.run("check", "doc.md", "other.md").out
    make(built)
    status, out, err = built.run("check", "doc.md", "bad.md", "other.md")
    assert (status, out) == (2, counted(without))
    assert err == f"mirage-lint: {told}\n"


BROKEN = "mirage-lint: bad.ipynb:1: is no JSON; save the notebook again\n"


@pytest.fixture
def broken(built: World) -> World:
    """With a notebook that is cut short, between documents of which one is false."""
    built.write("right.md", TRUE)
    built.write("bad.ipynb", '{"cells": [')
    return built


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_goes_on(broken: World, command: str) -> None:
    _, without, _ = broken.run(command, "doc.md", "right.md")
    assert broken.run(command, ".") == (
        2,
        without if command != "check" else counted(without),
        BROKEN,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_refuses_one_alone(broken: World, command: str) -> None:
    assert f"mirage-lint: {broken.refused(command, 'bad.ipynb')}\n" == BROKEN


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"junit", "sarif"}))
def test_every_format_tells_of_all_others(broken: World, name: str) -> None:
    _, without, _ = broken.run("check", "doc.md", "right.md", "--output-format", name)
    assert broken.run("check", ".", "--output-format", name) == (2, counted(without), BROKEN)


@pytest.mark.parametrize("command", ["claims", "coverage", "selftest"])
def test_json_is_whole(broken: World, command: str) -> None:
    asked = ("--output-format", "json")
    without = json.loads(broken.run(command, "doc.md", "right.md", *asked).out)
    status, out, err = broken.run(command, ".", *asked)
    assert (status, json.loads(out), err) == (2, without, BROKEN)


def test_nothing_is_all_right_where_one_is_bad(broken: World) -> None:
    out = broken.run("check", "right.md", "bad.ipynb").out
    assert out.startswith("1 document could not be read. Looked at 1 document, 1 claim: ")


def test_each_bad_document_is_told(broken: World) -> None:
    broken.write("a.md", b"\xff")
    status, out, err = broken.run("check", ".")
    assert (status, "2 documents could not be read." in out) == (2, True)
    assert err == f"mirage-lint: a.md:1: not UTF-8 at byte 0; save it as UTF-8\n{BROKEN}"


def test_where_no_document_can_be_read_json_is_valid(built: World) -> None:
    for name in ("a.md", "b.md"):
        built.write(name, b"\xff")
    status, out, err = built.run("check", "a.md", "b.md", "--output-format", "json")
    assert (status, json.loads(out), err.count("\n")) == (2, [], 2)


def test_a_broken_registry_stops_all_at_once(broken: World) -> None:
    broken.write("inner/claims.toml", CLAIMS)
    broken.write("inner/doc.md", TRUE)
    told = "inner/claims.lock: is absent; run `mirage-lint build`"
    for command in COMMANDS[:-2]:
        assert broken.refused(command, ".") == told


def test_a_fix_mends_all_others(broken: World) -> None:
    status, out, err = broken.run("check", ".", "--fix")
    assert (status, err) == (2, BROKEN)
    assert out.endswith("Fixed 1 finding in 1 document.\n")
    assert (broken.root / "doc.md").read_text(encoding="utf-8") == TRUE


def test_a_diff_shows_all_others(broken: World) -> None:
    _, without, told = broken.run("check", "doc.md", "right.md", "--diff")
    assert broken.run("check", ".", "--diff") == (2, without, told + BROKEN)
    assert without


def test_comments_are_added_to_all_others(broken: World) -> None:
    status, out, err = broken.run("check", ".", "--add-ignore")
    assert (status, out, err) == (2, "doc.md: 1 finding silenced\n", BROKEN)
    assert broken.run("check", "doc.md").status == 0


def test_a_baseline_keeps_what_it_knows_of_a_bad_document(built: World) -> None:
    built.write("bad.md", FALSE)
    assert built.run("baseline", ".").out.endswith("2 findings in 2 documents\n")
    _binary(built)
    built.write("doc.md", TRUE)
    status, out, _ = built.run("baseline", ".")
    assert (status, out.endswith(": 1 finding in 1 document\n")) == (2, True)
    built.write("bad.md", FALSE)
    assert built.run("check", ".").status == 0


def test_of_what_changed_the_bad_document_is_told(broken: World) -> None:
    safe = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "x")):
        subprocess.run(["git", *safe, *words], cwd=broken.root, check=True)
    assert broken.run("check", ".", "--changed").status == 0
    broken.write("bad.ipynb", '{"cells":')
    broken.write("right.md", FALSE)
    status, out, err = broken.run("check", ".", "--changed", "--output-format", "json")
    assert (status, [one["path"] for one in json.loads(out)], err) == (2, ["right.md"], BROKEN)


@pytest.mark.parametrize("command", ["check", "coverage"])
def test_no_report_takes_the_place_of_a_bad_document(broken: World, command: str) -> None:
    told = broken.refused(command, ".", "--output", "json=bad.ipynb")
    assert told.startswith("bad.ipynb: is ")


def test_a_stale_lock_is_told_beside_it(broken: World) -> None:
    broken.write("claims.toml", f"{CLAIMS}# changed\n")
    status, out, err = broken.run("check", "right.md", "bad.ipynb")
    assert (status, "MIR901" in out, err) == (2, True, BROKEN)


def test_what_is_piped_is_a_document_like_others(
    broken: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{")))
    status, out, err = broken.run("check", "-", "doc.md", "--stdin-filename", "bad.ipynb")
    assert (status, "MIR101" in out, err) == (2, True, BROKEN)


@pytest.mark.parametrize("text", ["", "\n", "\ufeff"])
@pytest.mark.parametrize("command", ["check", "claims"])
def test_a_notebook_that_was_never_saved_says_nothing(
    built: World, command: str, text: str
) -> None:
    built.write("new.ipynb", text)
    status, out, err = built.run(command, "new.ipynb")
    assert (status, "new.ipynb" in out, err) == (0, False, "")


@pytest.mark.parametrize("command", ["check", "claims"])
def test_a_folder_without_a_document(built: World, command: str) -> None:
    _folder(built)
    told = "bad.md: holds no document; name some (.md, .markdown, .ipynb)"
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
