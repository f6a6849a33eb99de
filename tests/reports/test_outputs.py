"""Where reports go: standard output, files, terminals and their colours, the summary of a job."""

import io
import json
import os
import sys
from pathlib import Path

import pytest
from cli_world import World
from reports_world import FILES, FORMATS, golden

from mirage_lint.system import writing


def test_files_are_written_beside_standard_output(hostile: World) -> None:
    status, out, err = hostile.run(
        *("check", "docs", "--output-format", "concise"),
        *("--output", "markdown=report.md", "--output", "json=report.json"),
    )
    assert (status, err, out) == (1, "", golden("concise").read_text(encoding="utf-8"))
    for name, file in (("markdown", "report.md"), ("json", "report.json")):
        written = (hostile.root / file).read_text(encoding="utf-8")
        assert written == golden(name).read_text(encoding="utf-8")


def test_a_file_is_written_where_nothing_is_found_too(hostile: World) -> None:
    assert hostile.run("check", "docs/right.md", "--output", "json=report.json").status == 0
    assert json.loads((hostile.root / "report.json").read_text(encoding="utf-8")) == []


REFUSED = {
    "a directory": ("json=docs", "docs: is a directory; name a file in it: json=PATH"),
    "no directory": ("json=no/x", "no/x: lies in a directory that is absent; make that first"),
    "a device": ("json=/dev/null", "/dev/null: is not a regular file; name one, or a new one"),
    "a document": (
        "markdown=docs/page.md",
        "docs/page.md: is read by this check; name another file",
    ),
}


@pytest.mark.parametrize(("output", "told"), REFUSED.values(), ids=REFUSED)
def test_no_report_is_written_over(hostile: World, output: str, told: str) -> None:
    assert hostile.refused("check", "docs", "--output", output) == told


def test_one_file_takes_one_format(hostile: World) -> None:
    twice = ("--output", "json=r", "--output", "sarif=./r")
    assert hostile.refused("check", "docs", *twice) == (
        "r: is named for two formats; name a file for each"
    )


@pytest.mark.parametrize("option", ["--show-files", "--show-settings", "--add-ignore", "--diff"])
def test_no_report_is_asked_for_where_there_is_none(hostile: World, option: str) -> None:
    assert hostile.refused("check", "docs", option, "--output", "json=r") == (
        f"--output: writes no report with {option}; leave one of them out"
    )


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("saref=x", "'saref' is no format; it is one of full, text, concise, json,"),
        ("sarif", "'sarif' names no file; write sarif=PATH, or --output-format sarif"),
        ("sarif=", "names no file"),
        ("sarif=-", "names no file"),
    ],
)
def test_bad_usage_is_told(hostile: World, output: str, told: str) -> None:
    status, _, err = hostile.run("check", "docs", "--output", output)
    assert (status, told in err) == (2, True)


def test_a_file_that_cannot_be_written_stays_as_it_was(
    hostile: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile.write("report.json", "[]")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "replace", full)
    told = hostile.refused("check", "docs", "--output", "json=report.json")
    assert "cannot be written (No space left on device)" in told


class Terminal(io.StringIO):
    """Standard output that is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(
    world: World, monkeypatch: pytest.MonkeyPatch, out: io.StringIO, **environment: str
) -> str:
    """What a check prints to ``out``."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        for name, value in environment.items():
            patch.setenv(name, value)
        world.run("check", "docs", "--output-format", "concise")
    return out.getvalue()


@pytest.mark.parametrize(
    ("out", "environment", "is_coloured"),
    [
        (Terminal, {}, True),
        (Terminal, {"NO_COLOR": "1"}, False),
        (Terminal, {"NO_COLOR": ""}, True),
        (Terminal, {"TERM": "dumb"}, False),
        (Terminal, {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (io.StringIO, {}, False),
        (io.StringIO, {"FORCE_COLOR": "1"}, True),
        (io.StringIO, {"FORCE_COLOR": ""}, False),
        (io.StringIO, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_as_people_say(
    hostile: World,
    monkeypatch: pytest.MonkeyPatch,
    out: type[io.StringIO],
    environment: dict[str, str],
    is_coloured: bool,
) -> None:
    plain = golden("concise").read_text(encoding="utf-8")
    text = shown(hostile, monkeypatch, out(), **environment)
    assert ("\033[31mMIR101\033[0m" in text, text == plain) == (is_coloured, not is_coloured)


@pytest.mark.parametrize("name", FORMATS)
def test_files_have_no_colours(hostile: World, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    hostile.run("check", "docs", "--output", f"{name}=report")
    assert "\033" not in (hostile.root / "report").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["Nothing. " * 20, "何もない。" * 20, "x\t" * 40])
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_lines_fit_a_terminal(
    hostile: World, monkeypatch: pytest.MonkeyPatch, text: str, columns: int
) -> None:
    hostile.write("docs/long.md", f"{text} Run A has rank 16. {text}\n")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    hostile.run("check", "docs/long.md")
    line, carets = terminal.getvalue().splitlines()[2:4]
    wide = sum(1 + (char in "何もない。") for char in line)
    assert columns - 8 <= wide <= columns
    before = carets.index("^") - sum(char in "何もない。" for char in line[: carets.index("^")])
    assert "16" in line
    assert carets.count("^") == 2
    if text.isascii():
        assert line[before : before + 2] == "16"


def test_a_terminal_of_no_known_width_is_none(
    hostile: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    text = shown(hostile, monkeypatch, Terminal(), NO_COLOR="1")
    assert text == golden("concise").read_text(encoding="utf-8")


def test_paths_are_told_from_the_root_of_the_repository(
    hostile: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(hostile.root))
    monkeypatch.chdir(hostile.root / "docs")
    out = hostile.run("check", "page.md", "../docs/right.md", "--output-format", "github").out
    assert out.startswith("::error file=docs/page.md,")
    monkeypatch.chdir(hostile.root / "other")
    log = json.loads(hostile.run("check", "../docs/page.md", "--output-format", "sarif").out)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "docs/page.md", "uriBaseId": "%SRCROOT%"}


def test_a_document_outside_the_root_is_told_by_its_whole_path(
    hostile: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile.root / "other")
    log = json.loads(hostile.run("check", "../docs/page.md", "--output-format", "sarif").out)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    uri = (hostile.root / "docs" / "page.md").as_uri()
    assert place["artifactLocation"] == {"uri": uri}


@pytest.fixture
def summary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a job's summary, to which something was written before."""
    place = tmp_path_factory.mktemp("job") / "summary.md"
    place.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(place))
    return place


def test_the_summary_of_a_job_lists_all_findings(hostile: World, summary: Path) -> None:
    hostile.write("docs/page.md", FILES["docs/page.md"] + "\nRun A has rank 16.\n" * 10)
    out = hostile.run("check", "docs/page.md", "--output-format", "github").out
    lines = out.splitlines()
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert lines[10:] == [
        "::notice title=mirage-lint::4 more findings in the summary of this job",
        lines[-1],
    ]
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- mirage-lint -->\n")
    assert text.count("\n- ") == 14


def test_other_formats_leave_the_summary_alone(hostile: World, summary: Path) -> None:
    hostile.run("check", "docs", "--output", "github=report")
    hostile.run("check", "docs/right.md", "--output-format", "github")
    assert summary.read_text(encoding="utf-8") == "before\n"


def test_a_summary_that_cannot_be_written_is_told(
    hostile: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", os.fspath(hostile.root))
    status, _, err = hostile.run("check", "docs", "--output-format", "github")
    assert status == 2
    assert err.endswith(": cannot be written (Is a directory); see GITHUB_STEP_SUMMARY\n")


@pytest.mark.parametrize("words", [["claims"], ["check", "--show-files"], ["coverage"]])
def test_no_line_of_a_list_begins_as_a_command(hostile: World, words: list[str]) -> None:
    hostile.write("::error::x.md", "Run A has rank 16.\n")
    lines = hostile.run(*words, "::error::x.md").out.splitlines()
    assert any("./::error::x.md" in line for line in lines)
    assert not any(line.lstrip().startswith("::") for line in lines)


@pytest.mark.parametrize("command", ["claims", "coverage", "selftest", "facts"])
def test_no_json_of_a_command_steers_a_terminal(hostile: World, command: str) -> None:
    hostile.write("\u202ea.md", "Run A has rank 8.\n")
    hostile.write("scores.json", '{"odd ##[error]": 0.25, "\u202e": 1}')
    words = [] if command == "facts" else ["\u202ea.md"]
    status, out, _ = hostile.run(command, *words, "--output-format", "json")
    assert (status, "\\u202e" in out or command == "facts") == (0, True)
    assert out.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    "name", ["claims.toml", "claims.lock", "mirage-lint.toml", "mirage-lint-baseline.json"]
)
def test_no_report_takes_the_place_of_what_is_read(hostile: World, name: str) -> None:
    hostile.write("mirage-lint.toml", 'ignore = ["MIR2"]\n')
    assert hostile.run("baseline", "docs").status == 0
    told = hostile.refused("check", "docs", "--output", "json=r.json", "--output", f"sarif={name}")
    assert told == f"{name}: is read by this check; name another file"
