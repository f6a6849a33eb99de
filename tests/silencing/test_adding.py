"""Comments that are written for what is found: the documents are silent then, and as before."""

import io
import json

import pytest
from cli_world import FALSE, World

F = FALSE.rstrip("\n")
NOTHING = "Nothing is found that could be silenced.\n"
SAID = "<!-- mirage-lint: ignore MIR101 -->"

ADDED = {
    "a paragraph": (f"{F}\n", f"{F} {SAID}\n"),
    "no line end": (F, f"{F} {SAID}"),
    "a hard break": (f"{F}  \nMore.\n", f"{F} {SAID}  \nMore.\n"),
    "another hard break": (f"{F}\\\nMore.\n", f"{F} {SAID}\\\nMore.\n"),
    "an item": (f"- {F}\n", f"- {F} {SAID}\n"),
    "a heading": (f"## {F} ##\n", f"{SAID}\n## {F} ##\n"),
    "a quoted heading": (f"> ## {F}\n", f"> {SAID}\n> ## {F}\n"),
    "two of one line": (
        "Run A has rank 16, run A has rank 17.\n",
        f"Run A has rank 16, run A has rank 17. {SAID}\n",
    ),
    "a row": (
        "| Run | rank |\n|---|---|\n| Run A | 16 |\n",
        f"| Run | rank |\n|---|---|\n| Run A | 16 {SAID} |\n",
    ),
    "a row without its last bar": (
        "Run | rank\n---|---\nRun A | 16\n",
        f"Run | rank\n---|---\nRun A | 16 {SAID}\n",
    ),
    "code": (
        "Run A.\n\n```yaml\nname: run a\nrank: 16\n```\n",
        f"Run A.\n\n{SAID}\n```yaml\nname: run a\nrank: 16\n```\n",
    ),
    "html": (f"<p>\n{F}\n</p>\n", f"<p>\n{F} {SAID}\n</p>\n"),
    "front matter": (
        "---\nname: run a\nrank: 16\n---\n",
        "---\nmirage-lint: ignore MIR101\nname: run a\nrank: 16\n---\n",
    ),
    "windows line ends": (f"# {F}\r\nMore.\r\n", f"{SAID}\r\n# {F}\r\nMore.\r\n"),
    "a byte order mark": (f"\ufeff{F}\n", f"\ufeff{F} {SAID}\n"),
}


@pytest.mark.parametrize(("text", "added"), ADDED.values(), ids=ADDED)
def test_a_comment_is_added_to(built: World, text: str, added: str) -> None:
    built.write("doc.md", text)
    before = json.loads(built.run("check", "doc.md", "--output-format", "json").out)
    assert {one["code"] for one in before} == {"MIR101"}
    count = f"{len(before)} finding{'s' * (len(before) > 1)}"
    told = f"doc.md: {count} silenced\n"
    assert built.run("check", "doc.md", "--add-ignore") == (0, told, "")
    assert (built.root / "doc.md").read_bytes().decode() == added
    assert built.run("check", "doc.md").status == 0
    assert built.run("check", "doc.md", "--add-ignore") == (0, NOTHING, "")


def test_a_reason_is_added(built: World) -> None:
    assert built.run("check", "doc.md", "--add-ignore", "--reason", "an older run").status == 0
    assert (built.root / "doc.md").read_text() == (
        f'{F} <!-- mirage-lint: ignore MIR101 reason="an older run" -->\n'
    )


@pytest.mark.parametrize("reason", ['"', "a --> b", "a\nb"])
def test_a_reason_that_no_comment_holds_is_refused(built: World, reason: str) -> None:
    assert built.refused("check", "doc.md", "--add-ignore", "--reason", reason).startswith(
        "check: --reason: holds a quote"
    )


def test_a_reason_alone_is_refused(built: World) -> None:
    assert built.refused("check", "doc.md", "--reason", "so") == (
        "--reason: is for the comments of --add-ignore; give both or neither"
    )


def test_notebooks_get_their_comments(built: World) -> None:
    cell = {"cell_type": "markdown", "source": [f"{F}\n", "More.\n", F]}
    built.write("doc.ipynb", json.dumps({"cells": [cell]}, indent=1))
    assert built.run("check", "doc.ipynb", "--add-ignore", "--reason", "so").status == 0
    (made,) = json.loads((built.root / "doc.ipynb").read_text())["cells"]
    said = f' {SAID.replace(" -->", "")} reason="so" -->'
    assert made["source"] == [f"{F}{said}\n", "More.\n", f"{F}{said}"]
    assert built.run("check", "doc.ipynb").status == 0


def test_what_cannot_be_silenced_is_left_as_it_is(built: World) -> None:
    built.write("doc.md", f"{F}\n\n{SAID}\n")
    status, out, _ = built.run("check", "doc.md", "--add-ignore")
    assert (status, out) == (
        1,
        "doc.md: 1 finding silenced\n1 finding left as told: run `mirage-lint check` to see\n",
    )


def test_standard_input_is_refused(built: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(FALSE.encode())))
    assert built.refused("check", "-", "--add-ignore") == (
        "<stdin>: cannot be written to; name the file"
    )
