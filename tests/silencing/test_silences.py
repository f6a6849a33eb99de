"""What documents silence, from where to where, until when, and what is told of silences."""

import json
from types import SimpleNamespace

import pytest
from cli_world import FALSE, World

from mirage_lint.commands import check
from mirage_lint.documents.comments import MOST

F = FALSE.rstrip("\n")
IGNORE = "<!-- mirage-lint: ignore MIR101 -->"


def found(world: World, text: str, name: str = "doc.md") -> list[str]:
    """``line code`` of every finding."""
    world.write(name, text)
    status, out, err = world.run("check", name, "--output-format", "json")
    told = [f"{one['line']} {one['code']}" for one in json.loads(out)]
    assert (status, err) == (int(bool(told)), "")
    return told


def about(world: World, text: str, name: str = "doc.md") -> list[str]:
    """The messages about silences."""
    world.write(name, text)
    told = json.loads(world.run("check", name, "--output-format", "json").out)
    return [one["message"] for one in told if one["code"] == "MIR904"]


SILENCED = {
    "the next line": f"{IGNORE}\n{F}\n",
    "the next line that says something": f"{IGNORE}\n\n \n{F}\n",
    "the same line": f"{F} {IGNORE}\n",
    "the same line, before": f"A word. {IGNORE} {F}\n",
    "a beginning of codes": f"<!-- mirage-lint: ignore MIR1 -->\n{F}\n",
    "all": f"<!-- mirage-lint: ignore -->\n{F}\n",
    "a name": f"<!-- mirage-lint: ignore value-mismatch -->\n{F}\n",
    "small letters": f"<!-- mirage-lint: ignore mir101 -->\n{F}\n",
    "without spaces": f"<!--mirage-lint:ignore MIR101-->\n{F}\n",
    "a reason": f'<!-- mirage-lint: ignore MIR101 reason="an older run, see #3" -->\n{F}\n',
    "a reason in other quotes": f"<!-- mirage-lint: ignore MIR101 reason='so \"it\" is' -->\n{F}\n",
    "a comment of several lines": f'<!-- mirage-lint: ignore MIR101\n  reason="so" -->\n{F}\n',
    "a line that ends behind a comment of several": f"{F} <!-- mirage-lint: ignore\nMIR101 -->\n",
    "two comments above": f"{IGNORE}\n<!-- mirage-lint: ignore-file MIR1 -->\n{F}\n",
    "a heading": f"{IGNORE}\n# {F}\n",
    "an item": f"- {IGNORE}\n  {F}\n- {F} {IGNORE}\n",
    "a numbered item": f"1. {IGNORE}\n   {F}\n",
    "a quote": f"> {IGNORE}\n> {F}\n",
    "a table": f"{IGNORE}\n| Run | rank |\n|---|---|\n| Run A | 16 |\n| Run A | 17 |\n",
    "a row": f"| Run | rank |\n|---|---|\n| Run A | 16 {IGNORE} |\n",
    "a row by another cell": f"| Run | rank |\n|---|---|\n| Run A {IGNORE} | 16 |\n",
    "a block of code": f"Run A.\n\n{IGNORE}\n```yaml\nname: run a\nrank: 16\n```\n",
    "what stands between": (
        "<!-- mirage-lint: ignore-start MIR101 -->\n"
        f"{F}\n\n- {F}\n\n<!-- mirage-lint: ignore-end -->\n"
    ),
    "what stands between, by code": (
        f"<!-- mirage-lint: ignore-start MIR101 -->\n{F}\n<!-- mirage-lint: ignore-end MIR101 -->\n"
    ),
    "one within another": (
        "<!-- mirage-lint: ignore-start MIR101 -->\n<!-- mirage-lint: ignore-start MIR -->\n"
        f"{F}\n<!-- mirage-lint: ignore-end MIR101 -->\n<!-- mirage-lint: ignore-end -->\n"
    ),
    "the file": f"{F}\n\n{F}\n\n<!-- mirage-lint: ignore-file MIR101 -->\n",
    "the file, by front matter": f"---\ntitle: x\nmirage-lint: ignore MIR101\n---\n{F}\n",
    "in quotes": f"---\nmirage-lint: 'ignore MIR101 reason=\"so\"'\n---\n{F}\n",
    "by its other name": f"---\nmirage-lint: ignore-file MIR101\n---\n{F}\n",
    "windows line ends": f"{IGNORE}\r\n{F}\r\n",
}


@pytest.mark.parametrize("text", SILENCED.values(), ids=SILENCED)
def test_silenced(built: World, text: str) -> None:
    plain = text.replace("mirage-lint:", "nobody:")
    assert [one for one in found(built, plain) if one.endswith("MIR101")]
    assert found(built, text) == []


NOT_SILENCED = {
    "the line after the next": (f"{IGNORE}\n{F}\n{F}\n", ["3 MIR101"]),
    "the line before": (f"{F}\n\n{IGNORE}\n\n{F}\n", ["1 MIR101"]),
    "another row": (
        f"| Run | rank |\n|---|---|\n| Run A | 16 {IGNORE} |\n| Run A | 17 |\n",
        ["4 MIR101"],
    ),
    "what follows a table": (
        f"{IGNORE}\n| Run | rank |\n|---|---|\n| Run A | 16 |\n\n{F}\n",
        ["6 MIR101"],
    ),
    "behind the end": (
        f"<!-- mirage-lint: ignore-start -->\n{F}\n<!-- mirage-lint: ignore-end -->\n{F}\n",
        ["4 MIR101"],
    ),
    "another code": (f"<!-- mirage-lint: ignore MIR102 -->\n{F}\n", ["1 MIR904", "2 MIR101"]),
    "comments of others": (f"<!-- lint: ignore MIR101 -->\n{F}\n", ["2 MIR101"]),
    "a comment that is shown": (f"`{IGNORE}` {F}\n", ["1 MIR101"]),
    "a block that is shown": (f"```html\n{IGNORE}\n```\n\n{F}\n", ["5 MIR101"]),
    "an indented block": (f"    {IGNORE}\n\n{F}\n", ["3 MIR101"]),
    "one shown, one not": (f"`{IGNORE}` {F}\n\n{F} {IGNORE}\n", ["1 MIR101"]),
    "a start without an end": (
        f"<!-- mirage-lint: ignore-start -->\n{F}\n",
        ["1 MIR904", "2 MIR101"],
    ),
    "an end for other rules": (
        f"<!-- mirage-lint: ignore-start MIR1 -->\n{F}\n<!-- mirage-lint: ignore-end MIR101 -->\n",
        ["1 MIR904", "2 MIR101", "3 MIR904"],
    ),
    "an end alone": ("<!-- mirage-lint: ignore-end -->\n", ["1 MIR904"]),
    "nothing below": (f"{F}\n\n{IGNORE}\n", ["1 MIR101", "3 MIR904"]),
    "nothing at all": (IGNORE, ["1 MIR904"]),
    "front matter of a table": (
        f"---\nmirage-lint:\n  ignore: [MIR101]\n---\n{F}\n",
        ["2 MIR904", "5 MIR101"],
    ),
}


@pytest.mark.parametrize(("text", "told"), NOT_SILENCED.values(), ids=NOT_SILENCED)
def test_not_silenced(built: World, text: str, told: list[str]) -> None:
    assert found(built, text) == told


WRONG = {
    "a word": (
        "<!-- mirage-lint: ignroe MIR101 -->",
        "silences nothing: 'ignroe' is not known; did you mean 'ignore'?",
    ),
    "a rule": (
        "<!-- mirage-lint: ignore MIR1O1 -->",
        "silences nothing: 'MIR1O1' is no rule; did you mean 'MIR101'?",
    ),
    "a key": (
        "<!-- mirage-lint: ignore MIR101 untill=2030-01-01 -->",
        "silences nothing: 'untill' is not known; did you mean 'until'?",
    ),
    "a date": (
        "<!-- mirage-lint: ignore MIR101 until=2030-02-30 -->",
        "silences nothing: '2030-02-30' is no date; write it as 2027-01-31",
    ),
    "a short date": (
        "<!-- mirage-lint: ignore MIR101 until=20300101 -->",
        "silences nothing: '20300101' is no date; write it as 2027-01-31",
    ),
    "an open quote": (
        '<!-- mirage-lint: ignore MIR101 reason="so -->',
        "silences nothing: '\"' is not understood; put a reason into quotes",
    ),
    "a reason of words": (
        "<!-- mirage-lint: ignore MIR101 reason=an older run -->",
        "silences nothing: 'older' is no rule; known are",
    ),
    "no end": ("<!-- mirage-lint: ignore MIR101", "silences nothing: the comment is not closed"),
    "no colon": ("<!-- mirage-lint ignroe -->", None),
    "nothing": ("<!-- mirage-lint: -->", "silences nothing: '' is not known; known are"),
    "no start": (
        "<!-- mirage-lint: ignore-end -->",
        "has no ignore-start above it",
    ),
    "an end by front matter": (
        "---\nmirage-lint: ignore-end\n---\n",
        "'ignore-end' can only stand in a comment",
    ),
    "unused": (IGNORE, "no finding of MIR101 is silenced here: take the comment out"),
    "all unused": (
        "<!-- mirage-lint: ignore-file -->",
        "no finding is silenced here: take the comment out",
    ),
    "further down": (
        f"{IGNORE}\nA line.\n{F}\n",
        "MIR101 stands on line 3, and is not silenced: end that line with the comment",
    ),
    "further down, and silenced there": (
        f"{IGNORE}\nA line.\n{F} {IGNORE}\n",
        "no finding of MIR101 is silenced here: take the comment out",
    ),
    "further down, of a rule that is used": (
        f"<!-- mirage-lint: ignore MIR101 MIR301 -->\n{F}\n{F}\n",
        "no finding of MIR301 is silenced here: take MIR301 out",
    ),
    "in another paragraph": (
        f"{IGNORE}\nA line.\n\n{F}\n",
        "no finding of MIR101 is silenced here: take the comment out",
    ),
    "one of two unused": (
        f"<!-- mirage-lint: ignore MIR101 MIR102 -->\n{F}",
        "no finding of MIR102 is silenced here: take MIR102 out",
    ),
}


@pytest.mark.parametrize(("text", "told"), WRONG.values(), ids=WRONG)
def test_what_is_told_of_silences(built: World, text: str, told: str | None) -> None:
    messages = about(built, f"{text}\n")
    assert len(messages) == (told is not None)
    assert all(one.startswith(told or "") for one in messages)


def test_a_forgotten_colon_is_told(built: World) -> None:
    assert found(built, f"<!-- mirage-lint ignore MIR101 -->\n{F}\n") == []
    assert about(built, "<!-- mirage-lint disable MIR101 -->\n") == [
        "silences nothing: 'disable' is not known; known are 'ignore', 'ignore-end', "
        "'ignore-file', 'ignore-start'"
    ]


@pytest.mark.parametrize(
    ("day", "told"), [("2027-01-30", []), ("2027-01-31", []), ("2027-02-01", ["MIR904", "MIR101"])]
)
def test_a_silence_ends_behind_its_last_day(
    built: World, capsys: pytest.CaptureFixture[str], day: str, told: list[str]
) -> None:
    built.write("doc.md", f"<!-- mirage-lint: ignore MIR101 until=2027-01-31 -->\n{F}\n")
    arguments = SimpleNamespace(
        **{"paths": ["doc.md"], "stdin_filename": None, "claims": None},
        **{"output_format": "json", "output": (), "fix": False},
    )
    capsys.readouterr()
    import sys

    check.run(arguments, sys.stdout, lambda: day)
    assert [one["code"] for one in json.loads(capsys.readouterr().out)] == told


def test_choosing_other_rules_makes_no_silence_unused(built: World) -> None:
    built.write("doc.md", f"{IGNORE}\n{F}\n")
    for arguments in (("--select", "MIR2,MIR9"), ("--ignore", "MIR101")):
        assert built.run("check", "doc.md", *arguments).status == 0


def test_findings_about_silences_can_be_ignored_by_settings_only(built: World) -> None:
    assert found(built, f"<!-- mirage-lint: ignore-file MIR904 -->\n{IGNORE}\n") == [
        "1 MIR904",
        "2 MIR904",
    ]
    built.write("mirage-lint.toml", 'ignore = ["MIR904"]')
    assert found(built, f"{IGNORE}\n") == []


def test_what_is_silenced_is_counted(built: World) -> None:
    built.write("doc.md", f"{IGNORE}\n{F}\n")
    out = built.run("check", "doc.md").out
    assert out.endswith("1 contradicted, 0 not judged. Not told: 1 silenced where they stand.\n")


def test_front_matter_tells_a_record(built: World) -> None:
    assert found(built, f"---\nmirage-lint: record\n---\n{F}\n") == []


def notebook(*lines: str) -> str:
    cell = {"cell_type": "markdown", "source": [f"{one}\n" for one in lines]}
    return json.dumps({"cells": [cell]}, indent=1)


def test_notebooks_are_silenced_in_their_cells(built: World) -> None:
    order = '<!-- mirage-lint: ignore MIR101 reason="so" -->'
    assert found(built, notebook(F, "", F), "doc.ipynb") == ["6 MIR101", "8 MIR101"]
    assert found(built, notebook(order, F, "", F), "doc.ipynb") == ["9 MIR101"]
    assert found(built, notebook(f"{F} {order}", "", F), "doc.ipynb") == ["8 MIR101"]
    assert found(built, notebook("<!-- mirage-lint: ignore-file -->", F, "", F), "doc.ipynb") == []
    one_string = json.dumps({"cells": [{"cell_type": "markdown", "source": f"{order}\n{F}\n{F}"}]})
    assert found(built, one_string, "doc.ipynb") == ["1 MIR101"]
    assert found(built, notebook(order), "doc.ipynb") == ["6 MIR904"]


def test_mdx_has_comments_of_its_own(built: World) -> None:
    order = "{/* mirage-lint: ignore MIR101 */}"
    assert found(built, f"{order}\n\n{F}\n", "doc.mdx") == []
    assert found(built, f"{F} {order}\n", "doc.mdx") == []
    assert found(built, f"```\n{order}\n```\n\n{F}\n", "doc.mdx") == ["5 MIR101"]
    assert found(built, f"{order}\n\n{F}\n", "doc.md") == ["3 MIR101"]


def test_too_many_comments_are_refused(built: World) -> None:
    built.write("doc.md", f"{IGNORE}\n" * (MOST + 1))
    assert built.refused("check", "doc.md") == (
        f"doc.md: holds more than {MOST:,} comments to us; exclude it"
    )


def test_many_comments_are_read_quickly(built: World) -> None:
    assert len(found(built, f"{IGNORE}\n" * MOST)) == MOST
    assert found(built, "<!-- mirage-lint: ignore-start -->\n" * MOST)
    assert found(built, f"{IGNORE} " * MOST)
    assert not found(built, "<!-- mirage-lint" * 100_000)
    assert found(built, "<!-- mirage-lint:" * MOST)


TAKEN_OUT = {
    "a line of its own": (f"One.\n\n{IGNORE}\n\nTwo.\n", "One.\n\n\nTwo.\n"),
    "the end of a line": (f"One. {IGNORE}\nTwo.\n", "One.\nTwo.\n"),
    "within a line": (f"One {IGNORE} two.\n", "One two.\n"),
    "the start of a line": (f"{IGNORE} One.\n", " One.\n"),
    "the last line": (f"One.\n\n{IGNORE}", "One.\n\n"),
    "a file's": ("<!-- mirage-lint: ignore-file -->\nOne.\n", "One.\n"),
    "front matter's": ("---\nmirage-lint: ignore\nx: 1\n---\nOne.\n", "---\nx: 1\n---\nOne.\n"),
}


@pytest.mark.parametrize(("text", "left"), TAKEN_OUT.values(), ids=TAKEN_OUT)
def test_an_unused_comment_can_be_taken_out(built: World, text: str, left: str) -> None:
    built.write("doc.md", text)
    assert built.run("check", "doc.md", "--fix").status == 0
    assert (built.root / "doc.md").read_text() == left


KEPT = {
    "one of two rules": f"<!-- mirage-lint: ignore MIR101 MIR102 -->\n{F}\n",
    "one that is over": "<!-- mirage-lint: ignore MIR301 until=2020-01-01 -->\nOne.\n",
    "one misspelt": "<!-- mirage-lint: ignroe -->\nOne.\n",
    "one of two comments": (
        "<!-- mirage-lint: ignore-start -->\nOne.\n<!-- mirage-lint: ignore-end -->\n"
    ),
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_other_comments_are_left_to_their_authors(built: World, text: str) -> None:
    built.write("doc.md", text)
    assert built.run("check", "doc.md", "--fix").status == 1
    assert (built.root / "doc.md").read_text() == text
