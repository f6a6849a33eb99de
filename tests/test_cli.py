"""The command line: exit status, text output, standard input, places, colours, help."""

import io
import json
import sys

import pytest
from cli_world import CLAIMS, FALSE, TRUE, World

from mirage_lint import __version__

FOUND = """\
doc.md:1:16: MIR101 '16': the rank of run is 8
  |
1 | Run A has rank 16.
  |                ^^
  = fact: run.rank = 8, in adapter_config.json /r (run metadata)
  = read: metric rank by its clause; family run by its clause

Found 1 finding. Looked at 1 document, 1 claim: 0 verified, 1 contradicted, 0 not judged.
"""
CLEAN = "All right. Looked at 1 document, 1 claim: 1 verified, 0 contradicted, 0 not judged.\n"
EMPTY = "All right. Looked at 1 document, 0 claims: 0 verified, 0 contradicted, 0 not judged.\n"


def pipe(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    """Standard input."""
    data = text.encode() if isinstance(text, str) else text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_findings_are_shown_with_line_span_fact_and_reading(built: World) -> None:
    assert built.run("check", "doc.md") == (1, FOUND, "")


def test_a_clean_check_says_what_it_looked_at(built: World) -> None:
    built.write("doc.md", TRUE)
    assert built.run("check", "doc.md") == (0, CLEAN, "")


def test_an_empty_document_is_clean(built: World) -> None:
    built.write("doc.md", "")
    assert built.run("check", "doc.md") == (0, EMPTY, "")


def test_a_stale_lock_is_a_finding(built: World) -> None:
    built.write("doc.md", TRUE)
    built.write("claims.toml", f"{CLAIMS}# more\n")
    told = (
        "claims.toml:1:1: MIR901 claims.lock was built from another claims.toml: "
        "run 'mirage-lint build'\n\n"
    )
    assert built.run("check", "doc.md") == (
        1,
        told + CLEAN.replace("All right.", "Found 1 finding."),
        "",
    )


def test_a_folder_is_searched_in_order_of_path(built: World) -> None:
    for name in ("b.md", "a/z.markdown", "a/.hidden/x.md", "node_modules/x.md", "a/notes.txt"):
        built.write(name, FALSE)
    out = built.run("check", ".").out
    places = [line.split()[0] for line in out.splitlines() if " MIR101 " in line]
    assert places == ["b.md:1:16:", "doc.md:1:16:", "a/z.markdown:1:16:"]


def test_a_notebook_is_checked_where_its_cells_stand(built: World) -> None:
    cell = '{"cell_type": "markdown", "source": ["# A\\n", "\\"*Run A* has rank 16.\\n"]}'
    built.write("doc.ipynb", f'{{"cells": [\n{cell}]}}')
    status, out, _ = built.run("check", "doc.ipynb")
    place = cell.index("16.") + 1
    assert (status, out.split()[:2]) == (1, [f"doc.ipynb:2:{place}:", "MIR101"])


def test_a_document_named_twice_is_checked_once(built: World) -> None:
    assert built.run("check", "doc.md", ".", "./doc.md") == (1, FOUND, "")


def test_each_document_is_held_against_the_nearest_registry(built: World) -> None:
    built.write("inner/claims.toml", CLAIMS)
    built.write("inner/adapter_config.json", '{"peft_type": "LORA", "r": 16}')
    built.write("inner/doc.md", FALSE)
    assert built.run("build", "--claims", "inner/claims.toml").status == 0
    assert built.run("check", "inner/doc.md") == (0, CLEAN, "")
    assert built.run("check", "doc.md", "inner/doc.md").out.startswith("doc.md:1:16: MIR101")


def test_a_registry_by_another_name_has_its_own_lock(unbuilt: World) -> None:
    (unbuilt.root / "claims.toml").rename(unbuilt.root / "other.toml")
    assert unbuilt.run("build", "--claims", "other.toml").out == (
        "other.lock: 2 facts of 1 family from 1 artifact\n"
    )
    assert unbuilt.run("check", "doc.md", "--claims", "other.toml") == (1, FOUND, "")
    assert unbuilt.run("facts", "rank", "--claims", "other.toml").status == 0


def test_standard_input_is_reported_under_the_name_given(
    built: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(monkeypatch, FALSE)
    assert built.run("check", "-", "--stdin-filename", "doc.md") == (1, FOUND, "")
    pipe(monkeypatch, FALSE)
    assert built.run("check", "-").out == FOUND.replace("doc.md", "stdin.md")


def test_standard_input_that_is_closed_is_no_empty_document(
    built: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert built.refused("check", "-") == "<stdin>: is closed; pipe a text, or name a file"


PLACES = {
    "unix line ends": (b"One.\n\nRun A has rank 16.\n", "3:16"),
    "windows line ends": (b"One.\r\n\r\nRun A has rank 16.\r\n", "3:16"),
    "old line ends": (b"One.\r\rRun A has rank 16.\r", "3:16"),
    "a byte order mark": (b"\xef\xbb\xbfRun A has rank 16.\n", "1:16"),
    "both": (b"\xef\xbb\xbfOne.\r\n\r\nRun A has rank 16.\r\n", "3:16"),
    "no last line end": (b"Run A has rank 16.", "1:16"),
    "characters of several bytes": ("Für Lauf 😀: run A has rank 16.\n".encode(), "1:28"),
    "a form feed": (b"One.\f\n\nRun A has rank 16.\n", "3:16"),
}


@pytest.mark.parametrize(("text", "place"), PLACES.values(), ids=PLACES)
def test_places_count_lines_and_code_points(built: World, text: bytes, place: str) -> None:
    built.write("doc.md", text)
    assert built.run("check", "doc.md").out.startswith(f"doc.md:{place}: MIR101 ")


def shown(built: World, text: str) -> list[str]:
    """The line of the one finding, and its carets."""
    built.write("doc.md", text)
    return [line[4:] for line in built.run("check", "doc.md").out.splitlines()[2:4]]


def test_carets_stand_under_wide_characters_and_tabs(built: World) -> None:
    assert shown(built, "Run A, 日本:\trank 16.\n") == [
        "Run A, 日本:    rank 16.",
        "                     ^^",
    ]


def test_what_would_steer_a_terminal_is_shown_as_a_mark(built: World) -> None:
    assert shown(built, "Run A\033[31m has rank 16.\n")[0] == "Run A\ufffd[31m has rank 16."


def test_of_a_long_line_only_what_is_near_is_shown(built: World) -> None:
    line, carets = shown(built, f"{'Nothing. ' * 50}Run A has rank 16. {'Nothing. ' * 50}\n")
    assert len(line) == 202
    assert (line[0], line[-1]) == ("…", "…")
    assert line[carets.index("^") :].startswith("16. Nothing.")


class Terminal(io.StringIO):
    """Standard output that is a terminal."""

    def isatty(self) -> bool:
        return True


def on_terminal(world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """What ``check`` prints to one."""
    terminal = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", terminal)
        world.run("check", "doc.md")
    return terminal.getvalue()


def test_colours_are_for_terminals_and_can_be_turned_off(
    built: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\033[31mMIR101\033[0m" in on_terminal(built, monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    assert on_terminal(built, monkeypatch) == FOUND


def test_facts_are_listed_by_the_words_of_their_names(built: World) -> None:
    rank = "run.rank = 8, in adapter_config.json /r (run metadata)\n"
    assert built.run("facts", "lora rank") == (0, f"{rank}1 fact.\n", "")
    assert built.run("facts", "accuracy") == (1, "0 facts.\n", "")
    assert built.run("facts").out.endswith(f"{rank}2 facts.\n")


def test_claims_are_listed_with_their_reading(built: World) -> None:
    assert built.run("claims", "doc.md") == (
        0,
        "doc.md:1:16: contradicted number   16  ->  run.rank\n",
        "",
    )


def test_model_tells_the_parts_and_whether_two_agree(bare: World) -> None:
    assert bare.run("model", "org/Llama-3-8B") == (
        0,
        "  org/Llama-3-8B: organisation org, family llama, version 3, size 8b\n",
        "",
    )
    assert bare.run("model", "Llama 3 8B", "org/Llama-3-8B").out.startswith("same\n")
    assert bare.run("model", "Llama 3", "Llama 3 8B").out.startswith("compatible (one says less)\n")
    status, out, _ = bare.run("model", "Llama 3 8B", "Llama 3 70B")
    assert (status, out.splitlines()[0]) == (1, "different in size")


def test_explain_takes_a_code_or_a_name_in_any_case(bare: World) -> None:
    page = bare.run("explain", "MIR103").out
    assert page.startswith("MIR103 denominator-mixup\n\nA rate is told of one set of rows")
    assert bare.run("explain", "mir103").out == page
    assert bare.run("explain", "Denominator-Mixup").out == page


FOUND_BY = {
    "a percentage": ("0.27%", ["wrong"]),
    "a question": ("what is 0.27%?", ["wrong"]),
    "a fraction": ("1/371", ["wrong"]),
    "a ratio": ("0.0027", ["wrong"]),
    "its counts": ("371", ["wrong"]),
    "percent without its sign": ("91.4", ["accuracy"]),
    "a large number in thousands": ("85.7k", ["parameters"]),
    "a large number in a head's millions": ("0.0857", ["parameters"]),
    "a word and a value": ("wrong 0.27%", ["wrong"]),
    "a word that the value is not of": ("accuracy 0.27%", []),
    "a number in a name": ("top 1", ["top 1"]),
    "a family": ("run b", ["wrong", "accuracy", "parameters", "top 1"]),
    "no value": ("0.28%", []),
}
NUMBERS = """\
[family.b]
title = "B"
aliases = ["run b"]
[family.b.population]
hard = { count = "True", artifact = "rows.csv" }
[[family.b.fact]]
metric = "wrong"
population = "hard"
artifact = "rows.csv"
count = "wrong"
[[family.b.table]]
artifact = "m.json"
rows = "@"
"""


@pytest.fixture
def numbers(unbuilt: World) -> World:
    """A registry with numbers of several kinds."""
    unbuilt.write("claims.toml", CLAIMS + NUMBERS)
    unbuilt.write("rows.csv", "wrong\nyes\n" + "no\n" * 370)
    unbuilt.write("m.json", '{"accuracy": 0.9142, "parameters": 85712, "top 1": 77.5}')
    assert unbuilt.run("build").status == 0
    return unbuilt


@pytest.mark.parametrize(("query", "metrics"), FOUND_BY.values(), ids=FOUND_BY)
def test_facts_are_found_by(numbers: World, query: str, metrics: list[str]) -> None:
    out = numbers.run("facts", query, "--output-format", "json").out
    assert {fact["metric"] for fact in json.loads(out)} - {"examples"} == set(metrics)


def test_a_rate_is_shown_as_it_was_asked_for(numbers: World) -> None:
    assert numbers.run("facts", "0.27%").out == (
        "b.wrong[hard] = 1/371 (0.2695%), in rows.csv count(wrong) of (True) (run metadata)\n"
        "1 fact.\n"
    )


COMMANDS = (
    *("init", "suggest", "build", "check", "baseline", "claims", "facts", "selftest"),
    *("coverage", "explain", "completion", "model"),
)


@pytest.mark.parametrize("arguments", [(), *((name,) for name in COMMANDS)])
def test_every_help_tells_the_exit_status(bare: World, arguments: tuple[str, ...]) -> None:
    status, out, err = bare.run(*arguments, "--help")
    assert (status, err) == (0, "")
    assert "\nexit status: 0 " in out


def test_version(bare: World) -> None:
    assert bare.run("--version") == (0, f"mirage-lint {__version__}\n", "")
