"""The Python API: the same results as the command line's, and nothing imported for its sake."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cli_world import CLAIMS, FALSE, TRUE, World

import mirage_lint

EXAMPLE = Path(__file__).parent.parent / "examples" / "mirage"
PAGE = Path(__file__).parent.parent / "docs" / "api.md"


def imported(program: str) -> set[str]:
    """The modules of ours that a program imports."""
    run = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}\nprint(*sys.modules)"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {name for name in run.stdout.split() if name.split(".")[0] == "mirage_lint"}


def test_the_package_alone_imports_nothing_of_it() -> None:
    assert imported("import mirage_lint; mirage_lint.__version__") == {"mirage_lint"}
    assert "mirage_lint.api" in imported("from mirage_lint import check_text")


def test_the_results_are_those_of_the_command_line(
    bare: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLE)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(EXAMPLE.parent))  # no history of ours
    registry = mirage_lint.load_registry("claims.toml")
    documents = sorted(path.as_posix() for path in Path("docs").rglob("*.md"))
    found = [
        one
        for path in documents
        for one in mirage_lint.check_text(Path(path).read_text("utf-8"), path, registry)
    ]
    out = bare.run("check", "docs", "--output-format", "json").out
    assert found == json.loads(out)
    assert found


def test_a_text_need_not_lie_anywhere(built: World) -> None:
    registry = mirage_lint.load_registry(built.root)
    (finding,) = mirage_lint.check_text(FALSE, "no/such.md", registry)
    assert (finding["path"], finding["code"], finding["claim"]) == (
        "no/such.md",
        "MIR101",
        {"text": "16", "kind": "number"},
    )
    assert mirage_lint.check_text(TRUE, Path("no/such.md"), registry) == []


def test_a_registry_tells_its_facts_and_whether_it_is_stale(built: World) -> None:
    registry = mirage_lint.load_registry()
    assert [fact.id for fact in registry.facts] == ["run.base model", "run.rank"]
    assert (registry.is_stale, repr(registry)) == (False, "Registry('claims.toml')")
    built.write("claims.toml", f"{CLAIMS}# more\n")
    assert mirage_lint.load_registry("claims.toml").is_stale


def test_settings_silences_and_baselines_hold(built: World) -> None:
    registry = mirage_lint.load_registry()
    silenced = f"<!-- mirage-lint: ignore MIR101 -->\n{FALSE}"
    assert mirage_lint.check_text(silenced, "doc.md", registry) == []
    built.write("mirage-lint.toml", 'ignore = ["MIR101"]\n')
    assert mirage_lint.check_text(FALSE, "doc.md", mirage_lint.load_registry()) == []


def test_a_finding_has_its_fix(built: World) -> None:
    (finding,) = mirage_lint.check_text(FALSE, "doc.md", mirage_lint.load_registry())
    assert finding["fix"]
    assert [edit["text"] for edit in finding["fix"]["edits"]] == ["8"]


def test_what_is_absent_or_broken_raises_one_error(unbuilt: World) -> None:
    with pytest.raises(mirage_lint.MirageError, match=r"claims\.lock: is absent"):
        mirage_lint.load_registry("claims.toml")
    with pytest.raises(mirage_lint.MirageError, match=r"no\.toml: cannot be read"):
        mirage_lint.load_registry("no.toml")
    assert unbuilt.run("build").status == 0
    with pytest.raises(mirage_lint.MirageError, match=r"bad\.ipynb"):
        mirage_lint.check_text("{", "bad.ipynb", mirage_lint.load_registry())


def test_other_names_are_absent() -> None:
    with pytest.raises(AttributeError, match="no attribute 'no_such'"):
        _ = mirage_lint.no_such
    assert {"check_text", "load_registry", "__version__"} <= set(dir(mirage_lint))


def test_the_page_tells_the_truth(built: World, capsys: pytest.CaptureFixture[str]) -> None:
    program, told = re.findall(r"```(?:python|text)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    built.write("README.md", FALSE)
    capsys.readouterr()
    exec(program, {})
    assert capsys.readouterr().out == told
