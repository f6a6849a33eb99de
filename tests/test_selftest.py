"""The command ``selftest``: what a check would catch, as a table and as JSON."""

import json

import pytest
from cli_world import TRUE, World

TEXT = """\
change                tried  found   code  other
last digit                1   100%   100%      0
all                       1   100%   100%      0

found: something was told at the change; code: under the right rule; other: something
new was told elsewhere.
Looked at 1 document, 1 claim: 1 verified, 0 contradicted, 0 not judged.
Claims that are not judged were left as they are: wrong ones among them pass.
"""


def test_the_table_tells_each_kind_and_all(built: World) -> None:
    built.write("doc.md", TRUE)
    assert built.run("selftest", "doc.md") == (0, TEXT, "")


def test_no_document_is_changed_and_false_ones_are_no_failure(built: World) -> None:
    before = built.files()
    status, out, _ = built.run("selftest", "doc.md")
    assert (status, built.files()) == (0, before)
    assert "all                       0      -      -      0\n" in out


def test_json_tells_each_change(built: World) -> None:
    built.write("doc.md", TRUE)
    told = json.loads(built.run("selftest", "doc.md", "--output-format", "json").out)
    [change] = told.pop("changes")
    assert change.pop("new") in set("012345679")
    assert change == {
        "path": "doc.md",
        "line": 1,
        "column": 16,
        "kind": "last digit",
        "old": "8",
        "expected": ["MIR101"],
        "found": ["MIR101"],
        "elsewhere": [],
    }
    assert told["kinds"]["last digit"] == {"tried": 1, "found": 1, "right": 1, "elsewhere": 0}


def test_what_is_missed_is_shown(built: World, monkeypatch: pytest.MonkeyPatch) -> None:
    built.write("doc.md", TRUE)
    monkeypatch.setattr("mirage_lint.checking.engine.judge", lambda path, bindings: iter(()))
    _, out, _ = built.run("selftest", "doc.md")
    assert "all                       1     0%     0%      0\n" in out
    assert "\nnot found, for example:\n  doc.md:1:16: last digit: 8 -> " in out


@pytest.mark.parametrize("number", ["0", "-3", "many"])
def test_a_number_of_changes_that_is_none_is_bad_usage(built: World, number: str) -> None:
    status, _, err = built.run("selftest", "doc.md", "--mutants", number)
    assert status == 2
    assert f"argument --mutants: {number!r} is not a number from 1 up" in err
