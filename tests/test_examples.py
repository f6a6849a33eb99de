"""The example's documents: nothing is found in the true ones, and in the false ones all that is
expected and nothing else.
"""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from cli_world import World

WORLD = Path(__file__).parent.parent / "examples" / "mirage"
FALSE = sorted(path.name for path in (WORLD / "docs" / "false").glob("*.md"))
MARK = re.compile(r"\b(expect|missed): (MIR\d{3}(?:, ?MIR\d{3})*)")

Found = Counter[tuple[int, str]]
"""How many findings a line has of a code."""


def marked(path: Path, mark: str) -> Found:
    """What the comments of a document say under ``mark``, ``expect`` or ``missed``."""
    return Counter(
        (number, code)
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        for word, codes in MARK.findall(line)
        if word == mark
        for code in re.split(", ?", codes)
    )


def found(bare: World, monkeypatch: pytest.MonkeyPatch, path: str) -> Found:
    """What ``check`` finds."""
    monkeypatch.chdir(WORLD)
    _, out, err = bare.run("check", path, "--output-format", "json")
    assert err == ""
    return Counter((finding["line"], finding["code"]) for finding in json.loads(out))


def test_nothing_is_found_in_the_true_documents(
    bare: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(WORLD)
    status, out, err = bare.run("check", "docs/true")
    assert (status, out.partition(" Looked at ")[0], err) == (0, "All right.", "")


@pytest.mark.parametrize("name", FALSE)
def test_all_that_is_expected_is_found_and_nothing_else(
    bare: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert found(bare, monkeypatch, f"docs/false/{name}") == marked(
        WORLD / "docs" / "false" / name, "expect"
    )


@pytest.mark.parametrize("name", FALSE)
def test_what_is_marked_as_missed_is_missed(
    bare: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    missed = marked(WORLD / "docs" / "false" / name, "missed")
    assert found(bare, monkeypatch, f"docs/false/{name}") & missed == Counter()
