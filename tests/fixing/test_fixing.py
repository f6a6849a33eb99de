"""``check --fix``: the right number in the form of the wrong one, and nothing else changed."""

import io
import json
import os
import shutil
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest
from cli_world import CLAIMS, FALSE, TRUE, World

from mirage_lint.checking.collect import targets
from mirage_lint.checking.session import Judged, Session
from mirage_lint.core.edits import applied
from mirage_lint.documents import source as sources
from mirage_lint.editing import mending, rewriting
from mirage_lint.mutation.mutate import mutants, sample
from mirage_lint.mutation.trial import subjects

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "mirage"
MORE = """\
[family.b]
title = "B"
aliases = ["run b"]
artifacts = ["x.bin"]
[family.b.population]
hard = { count = "True", artifact = "rows.csv" }
[[family.b.fact]]
metric = "wrong"
population = "hard"
artifact = "rows.csv"
count = "wrong"
[[family.b.fact]]
metric = "accuracy"
unit = "ratio"
artifact = "m.json"
pointer = "/accuracy"
[[family.b.fact]]
metric = "parameters"
unit = "parameter"
artifact = "m.json"
pointer = "/parameters"
[[family.b.fact]]
metric = "epochs"
unit = "epoch"
artifact = "m.json"
pointer = "/epochs"
[[family.b.fact]]
metric = "learning rate"
artifact = "m.json"
pointer = "/lr"
[[family.b.fact]]
metric = "gamma"
artifact = "m.json"
pointer = "/gamma"
[[family.b.fact]]
metric = "gain"
artifact = "m.json"
pointer = "/gain"
"""
VALUES = {
    "accuracy": 0.91437,
    "parameters": 85712345,
    "epochs": 3,
    "lr": 0.00025,
    "gamma": 0.0003,
    "gain": -3.14159,
}


@pytest.fixture
def world(built: World) -> World:
    """A registry with numbers of several kinds."""
    built.write("claims.toml", CLAIMS + MORE)
    built.write("rows.csv", "wrong\n" + "yes\n" * 12 + "no\n" * 359)
    built.write("m.json", json.dumps(VALUES))
    built.write("x.bin", "not the artifact's text")
    assert built.run("build").status == 0
    return built


FORMS = {
    "a number": ("Run A has rank 16.", "Run A has rank 8."),
    "in bold": ("Run A has rank **16**.", "Run A has rank **8**."),
    "in code": ("Run A: `r=16`", "Run A: `r=8`"),
    "a percentage": ("Accuracy of run b is 91.3%.", "Accuracy of run b is 91.4%."),
    "fewer decimals": ("Accuracy of run b is 90%.", "Accuracy of run b is 91%."),
    "more decimals": ("Accuracy of run b is 91.143%.", "Accuracy of run b is 91.437%."),
    "a spread": ("Accuracy of run b is 84.2% ± 0.3%.", "Accuracy of run b is 91.4% ± 0.3%."),
    "a spread that has the percent sign": (
        "Accuracy of run b is 84.2 ± 0.3%.",
        "Accuracy of run b is 91.4 ± 0.3%.",
    ),
    "an interval": (
        "Accuracy of run b is 84.2% (95% CI 83–85%).",
        "Accuracy of run b is 91.4% (95% CI 83–85%).",
    ),
    "a ratio": ("Accuracy of run b is 0.923.", "Accuracy of run b is 0.914."),
    "percent in words": (
        "Accuracy of run b is 91.3 percent.",
        "Accuracy of run b is 91.4 percent.",
    ),
    "a fraction": (
        "Wrong of run b: 13 of the 371 hard rows.",
        "Wrong of run b: 12 of the 371 hard rows.",
    ),
    "a fraction and its percentage": (
        "Wrong over the hard rows of run b: 13/371 (3.50%).",
        "Wrong over the hard rows of run b: 12/371 (3.23%).",
    ),
    "separators": ("85,721,345 parameters of run b.", "85,712,345 parameters of run b."),
    "thin separators": (
        "85\u202f721\u202f345 parameters of run b.",
        "85\u202f712\u202f345 parameters of run b.",
    ),
    "millions": ("87.5M parameters of run b.", "85.7M parameters of run b."),
    "millions in words": (
        "Parameters of run b: 87.5 million.",
        "Parameters of run b: 85.7 million.",
    ),
    "about": (
        "About 70,000,000 parameters of run b.",
        "About 90,000,000 parameters of run b.",
    ),
    "a word at the start": ("Four epochs of run b.", "Three epochs of run b."),
    "a word": ("Epochs of run b: four.", "Epochs of run b: three."),
    "one to many": ("1 epoch of run b.", "3 epochs of run b."),
    "a power of ten": ("Learning rate of run b: 2.4e-4", "Learning rate of run b: 2.5e-4"),
    "a short power of ten": ("In run b, `gamma=2e-4`.", "In run b, `gamma=3e-4`."),
    "a setting": ("In run b, `lr=0.0004`.", "In run b, `lr=0.00025`."),
    "a model": ("Run A is built on Llama 3 70B.", "Run A is built on Llama 3 8B."),
    "a model's id": (
        "Base model of run A: `org/llama-3-70b`",
        "Base model of run A: `org/llama-3-8b`",
    ),
    "a table": (
        "| Run b | accuracy | parameters |\n|---|--:|--:|\n| hard | 91.3% | 85,712,345 |",
        "| Run b | accuracy | parameters |\n|---|--:|--:|\n| hard | 91.4% | 85,712,345 |",
    ),
}


@pytest.mark.parametrize(("wrong", "right"), FORMS.values(), ids=FORMS)
def test_the_number_keeps_its_form(world: World, wrong: str, right: str) -> None:
    world.write("doc.md", f"Before.\n\n{wrong}\n\nAfter.\n")
    found = json.loads(world.run("check", "doc.md", "--output-format", "json").out)
    assert bool(found) == (wrong != right)
    status, out, err = world.run("check", "doc.md", "--fix", "--unsafe-fixes")
    assert (world.root / "doc.md").read_text() == f"Before.\n\n{right}\n\nAfter.\n"
    assert (status, err) == (0, "")
    assert f"Fixed {len(found)} finding" in out
    assert world.run("check", "doc.md").status == 0


LEFT = {
    "a rate on no one scale": "| Run b | accuracy |\n|---|---|\n| all | 9.143 |",
    "a count of what is no count": "Run b: `gamma=3`",
    "no single number": "Accuracy of run b is 80–85%.",
    "a sign": "The gain of run b is 3.2.",
    "a word that no word replaces": "Run A has rank zero.",
}


def test_a_calculation_is_mended_only_when_asked(world: World) -> None:
    text = "Of all, 36/164 (23%) failed.\n"
    world.write("doc.md", text)
    assert world.run("check", "doc.md", "--fix").status == 1
    assert (world.root / "doc.md").read_text() == text
    assert world.run("check", "doc.md", "--fix", "--unsafe-fixes").status == 0
    assert (world.root / "doc.md").read_text() == "Of all, 36/164 (22%) failed.\n"


@pytest.mark.parametrize("name", ["a spread", "a spread that has the percent sign", "an interval"])
def test_a_number_with_a_spread_is_mended_only_when_asked(world: World, name: str) -> None:
    world.write("doc.md", FORMS[name][0])
    assert world.run("check", "doc.md", "--fix").status == 1
    assert (world.root / "doc.md").read_text() == FORMS[name][0]


def test_a_checksum_and_a_path_are_mended(world: World) -> None:
    digest = next(
        json.loads(line)
        for line in (world.root / "claims.lock").read_text().splitlines()
        if "m.json" in line and '"artifact"' in line[:14]
    )
    sha = next(one for one in digest if isinstance(one, str) and len(one) == 64)
    world.write("doc.md", f"SHA-256 of `m.json`: `{sha[:-1]}{'0' if sha[-1] != '0' else '1'}`\n")
    assert world.run("check", "doc.md", "--fix").status == 0
    assert (world.root / "doc.md").read_text() == f"SHA-256 of `m.json`: `{sha}`\n"


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_has_no_one_answer_is_left(world: World, text: str) -> None:
    world.write("doc.md", text)
    before = world.run("check", "doc.md", "--output-format", "json").out
    world.run("check", "doc.md", "--fix", "--unsafe-fixes")
    assert (world.root / "doc.md").read_text() == text
    assert all(one["fix"] is None for one in json.loads(before))


BYTES = {
    "windows line ends": b"One.\r\n\r\nRun A has rank 16.\r\n",
    "old line ends": b"One.\r\rRun A has rank 16.\r",
    "mixed line ends": b"One.\r\n\nRun A has rank 16.\r\nMore.\n",
    "a byte order mark": b"\xef\xbb\xbfOne.\r\n\r\nRun A has rank 16.",
    "no last line end": b"Run A has rank 16.",
    "characters of several bytes": "Für 😀: run A has rank 16.\n".encode(),
}


@pytest.mark.parametrize("data", BYTES.values(), ids=BYTES)
def test_all_else_stays_as_it_was(built: World, data: bytes) -> None:
    built.write("doc.md", data)
    os.chmod(built.root / "doc.md", 0o640)
    assert built.run("check", "doc.md", "--fix").status == 0
    assert (built.root / "doc.md").read_bytes() == data.replace(b"16", b"8")
    assert stat.S_IMODE((built.root / "doc.md").stat().st_mode) == 0o640
    assert sorted(path.name for path in built.root.iterdir() if path.name.startswith(".")) == []


def test_a_link_stays_a_link(built: World) -> None:
    (built.root / "doc.md").rename(built.root / "real.md")
    (built.root / "doc.md").symlink_to("real.md")
    assert built.run("check", "doc.md", "--fix").status == 0
    assert (built.root / "doc.md").is_symlink()
    assert (built.root / "real.md").read_text() == TRUE


def test_notebooks_are_mended_in_their_cells(built: World) -> None:
    cell = {"cell_type": "markdown", "source": ['"Run A" has\n', "rank **16**.\n"]}
    text = json.dumps({"cells": [cell], "metadata": {"x": 16}}, indent=1)
    built.write("doc.ipynb", text)
    assert built.run("check", "doc.ipynb", "--fix").status == 0
    assert (built.root / "doc.ipynb").read_text() == text.replace("**16**", "**8**")


def test_what_is_left_is_told(world: World) -> None:
    world.write("doc.md", f"{FALSE}\nOf all, 36/164 (23%) failed.\n")
    status, out, _ = world.run("check", "doc.md", "--fix")
    assert (status, out.count(" MIR301 "), out.count(" MIR101 ")) == (1, 1, 0)
    assert out.endswith("\nFixed 1 finding in 1 document.\n")
    status, out, err = world.run("check", "doc.md", "--fix", "--output-format", "json")
    assert [one["code"] for one in json.loads(out)] == ["MIR301"]
    assert err == "Fixed 0 findings in 0 documents.\n"


def test_only_what_is_told_is_mended(built: World) -> None:
    for arguments in (("--select", "MIR2"), ("--ignore", "MIR101")):
        built.run("check", "doc.md", "--fix", *arguments)
        assert (built.root / "doc.md").read_text() == FALSE
    text = f"{FALSE.rstrip()} <!-- mirage-lint: ignore MIR101 -->\n"
    built.write("doc.md", text)
    built.run("check", "doc.md", "--fix")
    assert (built.root / "doc.md").read_text() == text


def test_a_diff_writes_nothing(world: World) -> None:
    world.write("doc.md", f"One.\n\n{FALSE}")
    before = world.files()
    assert world.run("check", "doc.md", "--diff") == (
        1,
        "--- doc.md\n+++ doc.md\n@@ -1,4 +1,4 @@\n One.\n \n-Run A has rank 16.\n"
        "+Run A has rank 8.\n \n",
        "Would fix 1 of 1 finding.\n",
    )
    assert world.run("check", "doc.md", "--diff", "--fix").out.startswith("--- doc.md\n")
    assert world.files() == before
    world.write("doc.md", TRUE)
    assert world.run("check", "doc.md", "--diff") == (0, "", "Would fix 0 of 0 findings.\n")


def test_fixes_are_told_in_json(world: World) -> None:
    world.write("doc.md", f"One.\n\n{FALSE}\nOf all, 36/164 (23%) failed.\n")
    found = json.loads(world.run("check", "doc.md", "--output-format", "json").out)
    place = {"line": 3, "column": 16, "end_line": 3, "end_column": 18}
    assert found[0]["fix"] == {"safe": True, "edits": [place | {"text": "8"}]}
    assert found[1]["fix"]["safe"] is False


def test_a_document_that_changes_meanwhile_is_left(
    built: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = mending.fixes

    def slow(judged: Judged, session: Session, unsafe: bool) -> mending.Found:
        found = real(judged, session, unsafe)
        built.write("doc.md", "Another text.\n")
        return found

    monkeypatch.setattr(mending, "fixes", slow)
    status, _, err = built.run("check", "doc.md", "--fix")
    assert (status, err) == (
        2,
        "mirage-lint: doc.md: has changed since it was read; run this again\n",
    )
    assert (built.root / "doc.md").read_text() == "Another text.\n"


def test_a_document_that_changes_while_it_is_written_is_left(
    built: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rewriting.writing.os.chmod

    def chmod(path: str, mode: int) -> None:
        real(path, mode)
        built.write("doc.md", "Another text.\n")

    monkeypatch.setattr(rewriting.writing.os, "chmod", chmod)
    status, _, err = built.run("check", "doc.md", "--fix")
    assert status == 2
    assert "doc.md: was changed meanwhile; run this again" in err
    assert (built.root / "doc.md").read_text() == "Another text.\n"
    assert not [one for one in built.root.iterdir() if one.name.startswith(".doc")]


def test_a_folder_that_cannot_be_written_to_is_told(
    built: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(rewriting.writing.tempfile, "mkstemp", refuse)
    status, _, err = built.run("check", "doc.md", "--fix")
    assert (status, "cannot be written (Permission denied)" in err) == (2, True)
    assert (built.root / "doc.md").read_text() == FALSE


def test_standard_input_is_refused(built: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert built.refused("check", "-", "--fix") == (
        "<stdin>: cannot be written to; name the file, or give --diff"
    )


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The example, to be written to."""
    place = tmp_path / "example"
    shutil.copytree(EXAMPLE, place)
    monkeypatch.chdir(place)
    return SimpleNamespace(paths=["docs/false"], stdin_filename=None, claims=None)


def places(judged: Judged) -> dict[int, str]:
    """Where each claim starts, and its status."""
    found = {}
    for one in judged.checked.bindings:
        start, _ = one.claim.passage.source_span(one.claim.start, one.claim.end)
        found[start] = one.status
    return found


@pytest.mark.parametrize("unsafe", [False, True])
def test_fixed_findings_of_the_example_are_gone_and_no_new_ones_come(
    example: SimpleNamespace, unsafe: bool
) -> None:
    session, fixed = Session(example), 0
    for judged in session.all():
        found = mending.fixes(judged, session, unsafe)
        edits = [edit for _, fix in found for edit in fix.edits]
        rewriting.rewrite(judged.target.path, judged.checked.source, edits)
        after = session.judge(judged.target)
        assert len(after.told.findings) == len(judged.told.findings) - len(found)
        status = places(after)
        for finding, fix in found:
            if fix.safe and finding.code in ("MIR101", "MIR102", "MIR202", "MIR401"):
                moved = sum(
                    len(one.text) - (one.end - one.start)
                    for one in edits
                    if one.end <= finding.start
                )
                assert status[finding.start + moved] == "verified", finding.message
        fixed += len(found)
        assert unsafe or all(fix.safe for _, fix in found)
    assert fixed >= (120 if unsafe else 50)


def test_a_right_count_over_a_wrong_total_gets_its_total(bare: World) -> None:
    for name in ("claims.toml", "claims.lock"):
        bare.write(name, (EXAMPLE / name).read_text(encoding="utf-8"))
    text = "We find that {} of degraded NTSB trials end in silent mirages.\n"
    bare.write("doc.md", text.format("36/180"))
    assert bare.run("check", "doc.md", "--fix").status == 1  # the words may be wrong instead
    assert bare.run("check", "doc.md", "--fix", "--unsafe-fixes").status == 0
    assert (bare.root / "doc.md").read_text() == text.format("36/164")


def test_what_mutants_change_is_safely_mended_to_what_was_there(
    example: SimpleNamespace,
) -> None:
    example.paths = ["docs/true"]
    session = Session(example)
    many = subjects(session, targets(example))
    made = (
        (one, mutant)
        for one in many
        for mutant in mutants(one.before.source, one.before.bindings, one.facts, 7)
        if mutant.verified
    )
    mended = 0
    for one, mutant in sample(made, 100, 7):
        text = one.before.source.text
        changed = sources.make(one.target.shown, mutant.applied(text))
        judged = session.judge(one.target, changed)
        found = mending.fixes(judged, session, unsafe=False)
        if found:
            edits = [edit for _, fix in found for edit in fix.edits]
            is_about = any(one.binding and one.binding.claim.hedge for one, _ in found)
            assert is_about or applied(changed.text, edits) == text, (mutant, found)
            mended += 1
    assert mended >= 25


@pytest.mark.parametrize(
    ("told", "safe"),
    [
        ("Sorter has a rank of 16.", True),
        ("It has a rank of 16.", False),
        ("`adapter_config.json`: the rank is 16.", False),
    ],
    ids=["named beside it", "named by the title", "said to be from the file"],
)
def test_a_number_of_a_run_that_may_be_another_is_mended_by_hand(
    bare: World, told: str, safe: bool
) -> None:
    config = {"peft_type": "LORA", "r": 8, "lora_alpha": 324, "lora_dropout": 0.125}
    bare.write("adapter_config.json", json.dumps(config))
    bare.write("README.md", f"# Sorter\n\n{told} The alpha is 324, the dropout 0.125.\n")
    assert bare.run("init").status == 0
    found = json.loads(bare.run("check", "README.md", "--output-format", "json").out)
    assert [one["fix"]["safe"] for one in found] == [safe]


@pytest.mark.parametrize(
    ("told", "safe"),
    [
        ("runs/adapter_confag.json", True),
        ("run/adapter_config.json", True),
        ("runs/sorter_config.json", False),
    ],
    ids=["a letter", "another folder", "another word"],
)
def test_a_path_is_mended_where_it_is_mistyped(bare: World, told: str, safe: bool) -> None:
    bare.write("runs/adapter_config.json", json.dumps({"peft_type": "LORA", "r": 8}))
    bare.write("README.md", f"# Sorter\n\nThe adapter is in `{told}`.\n")
    assert bare.run("init").status == 0
    found = json.loads(bare.run("check", "README.md", "--output-format", "json").out)
    assert [one["fix"]["safe"] for one in found] == [safe]
