"""The baseline: what is known is not told, what is new is, and what is mended is said to be."""

import json
import os

import pytest
from cli_world import CLAIMS, FALSE, TRUE, World

from mirage_lint.checking.baseline import NAME

KNOWN = "Not told: 1 in the baseline.\n"


def lines(world: World, *arguments: str) -> list[str]:
    """Where a check finds something."""
    status, out, err = world.run("check", *(arguments or (".",)), "--output-format", "json")
    found = [f"{one['path']}:{one['line']}" for one in json.loads(out)]
    assert (status, err) == (int(bool(found)), "")
    return found


@pytest.fixture
def based(built: World) -> World:
    """With a baseline of its one finding."""
    told = f"{NAME}: 1 finding in 1 document\n"
    assert built.run("baseline", ".") == (0, told, "")
    return built


def test_it_counts_by_document_and_rule(based: World) -> None:
    based.write("a/two.md", FALSE + "\n" + FALSE)
    based.write("right.md", TRUE)
    assert based.run("baseline", ".").out == f"{NAME}: 3 findings in 2 documents\n"
    assert json.loads((based.root / NAME).read_text()) == {
        "version": 1,
        "findings": {"a/two.md": {"MIR101": 2}, "doc.md": {"MIR101": 1}},
    }


def test_what_is_known_is_counted_and_not_told(based: World) -> None:
    status, out, err = based.run("check", "doc.md")
    assert (status, err) == (0, "")
    assert out.endswith(KNOWN)


def test_lines_may_move(based: World) -> None:
    based.write("doc.md", f"# Title\n\nMore.\n\n{FALSE}")
    assert lines(based) == []


def test_of_more_than_is_known_all_are_told(based: World) -> None:
    based.write("doc.md", f"{FALSE}\n{FALSE}")
    assert lines(based) == ["doc.md:1", "doc.md:3"]
    based.write("doc.md", FALSE)
    based.write("other.md", FALSE)
    assert lines(based) == ["other.md:1"]


def test_another_rule_is_new(based: World) -> None:
    based.write("doc.md", f"{FALSE}\nOf 36, 9 are right: 9/36 = 35%.\n")
    out = based.run("check", "doc.md", "--output-format", "json").out
    assert [one["code"] for one in json.loads(out)] == ["MIR301"]


def test_it_is_found_from_anywhere(based: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (based.root / "inner").mkdir()
    monkeypatch.chdir(based.root / "inner")
    assert based.run("check", "../doc.md").out.endswith(KNOWN)


def test_that_it_can_shrink_is_said(based: World) -> None:
    based.write("doc.md", TRUE)
    told = f"{NAME} can shrink by 1: run `mirage-lint baseline` with the same paths\n"
    status, out, _ = based.run("check", "doc.md")
    assert (status, out.endswith(f"\n{told}")) == (0, True)
    assert based.run("check", "doc.md", "--output-format", "json") == (0, "[]\n", told)
    based.run("baseline", "doc.md")
    assert "can shrink" not in based.run("check", "doc.md").out


def test_a_document_that_is_gone_lets_it_shrink(based: World) -> None:
    based.write("other.md", TRUE)
    (based.root / "doc.md").unlink()
    assert "can shrink by 1" in based.run("check", "other.md").out
    based.run("baseline", "other.md")
    assert json.loads((based.root / NAME).read_text())["findings"] == {}


def test_choosing_other_rules_lets_it_not_shrink(based: World) -> None:
    assert "can shrink" not in based.run("check", "doc.md", "--select", "MIR2").out


def test_documents_that_are_not_named_keep_their_counts(based: World) -> None:
    before = (based.root / NAME).read_bytes()
    based.write("other.md", TRUE)
    based.run("baseline", "other.md")
    assert (based.root / NAME).read_bytes() == before


def test_what_is_silenced_is_not_counted(built: World) -> None:
    built.write("doc.md", f"{FALSE.rstrip()} <!-- mirage-lint: ignore MIR101 -->\n")
    assert built.run("baseline", ".").out == f"{NAME}: 0 findings in 0 documents\n"


def test_settings_name_another_place(built: World) -> None:
    built.write("mirage-lint.toml", 'baseline = "lint/known.json"')
    (built.root / "lint").mkdir()
    assert built.run("baseline", ".").out == "lint/known.json: 1 finding in 1 document\n"
    assert list(json.loads((built.root / "lint/known.json").read_text())["findings"]) == [
        "../doc.md"
    ]
    assert lines(built) == []
    assert lines(built, "doc.md", "--baseline", "other.json") == ["doc.md:1"]


def test_a_stale_lock_is_no_ground_for_a_baseline(built: World) -> None:
    built.write("claims.toml", f"{CLAIMS}# more\n")
    assert built.refused("baseline", ".").startswith("claims.toml: claims.lock was built from")


BROKEN = {
    "no JSON": ("{\n", f"{NAME}:2: is no JSON"),
    "no object": ("[]", f"{NAME}: is no baseline"),
    "no version": ("{}", f"{NAME}: is no baseline"),
    "no counts": ('{"version": 1, "findings": {"doc.md": 3}}', f"{NAME}: is no baseline"),
    "a count of nothing": (
        '{"version": 1, "findings": {"doc.md": {"MIR101": -1}}}',
        f"{NAME}: is no baseline",
    ),
    "a newer version": ('{"version": 2}', f"{NAME}: is version 2, newer than this mirage-lint"),
    "no text": (b"\xff", f"{NAME}: is no baseline"),
    "too deep": ("[" * 100_000, f"{NAME}: is no baseline"),
}


@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=BROKEN)
def test_a_broken_baseline_is_refused(built: World, text: str | bytes, told: str) -> None:
    built.write(NAME, text)
    assert built.refused("check", "doc.md").startswith(told)


def test_a_pipe_is_no_baseline(built: World) -> None:
    os.mkfifo(built.root / NAME)
    assert built.refused("check", "doc.md") == (f"{NAME}: is no regular file; put a baseline there")


def test_names_that_are_no_text_are_counted(built: World) -> None:
    name = os.fsdecode(b"\xff.md")
    (built.root / "doc.md").rename(built.root / name)
    assert built.run("baseline", ".").status == 0
    assert lines(built) == []
