"""The shape of the code: imports go downwards, alternatives know nothing of one another, functions
are short, and a check imports little.
"""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirage_lint.rules.catalog import RULES

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mirage_lint"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 40

RESTS_ON = {
    "errors": (),
    "vocabulary": (),
    "system": ("errors",),
    "core": ("vocabulary", "errors"),
    "artifacts": ("core",),
    "registry": ("artifacts", "system"),
    "drafting": ("registry",),
    "documents": ("core",),
    "claims": ("documents",),
    "binding": ("claims",),
    "rules": ("binding",),
    "reports": ("rules",),
    "settings": ("rules", "registry", "system"),
    "silencing": ("settings",),
    "byhand": ("binding", "registry"),
    "coverage": ("binding",),
    "history": ("rules", "registry", "system"),
    "twins": ("rules",),
    "checking": ("reports", "byhand", "silencing", "twins", "history"),
    "watching": ("checking",),
    "fixing": ("rules",),
    "editing": ("checking", "fixing"),
    "mutation": ("checking", "fixing"),
    "explaining": ("mutation",),
    "suggesting": ("binding", "drafting"),
    "pages": ("coverage", "explaining", "system"),
    "lsp": ("editing", "explaining"),
    "api": ("editing",),
    "commands": (
        "mutation",
        "suggesting",
        "editing",
        "coverage",
        "explaining",
        "pages",
        "lsp",
        "watching",
    ),
    "plugins": ("commands",),
    "cli": ("commands",),
    "__main__": ("cli",),
}
"""Each stage, and those right below it; it may import them and all that they rest on."""

WITHIN = {
    "checking": (
        "baseline",
        "collect",
        "outputs",
        "outdated",
        "once_told",
        "own_file",
        "engine",
        "revisions",
        "telling",
        "session",
        "staleness",
    ),
    "editing": ("trying", "mending", "rewriting"),
}
"""Stages of several steps: each may import those before it."""

ALTERNATIVES = {
    "artifacts/readers": "read",
    "commands": "run",
    "reports": "report",
    "rules": "message",
}
"""Folders of alternatives, and the function that makes a module one of them."""

SLOW = {
    *("pydantic", "tomllib", "csv", "tarfile", "zipfile", "importlib.metadata", "lsprotocol"),
    *("argparse", "pygls", "asyncio", "unittest", "email", "http"),
    *("watchfiles", "anyio"),
}


def below(stage: str) -> set[str]:
    """All that a stage may import from."""
    return {name for under in RESTS_ON[stage] for name in (under, *below(under))}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[tuple[str, ...]]:
    """The parts below the package of each name that a module imports from it."""
    for node in ast.walk(tree(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        parts = (tuple(name.split(".")) for name in names)
        yield from (part[1:] for part in parts if part[0] == PACKAGE.name)


def stage_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def test_every_module_belongs_to_a_stage() -> None:
    assert {stage_of(path) for path in MODULES} - {"__init__"} == set(RESTS_ON)


@pytest.mark.parametrize("stage", RESTS_ON)
def test_imports_go_downwards(stage: str) -> None:
    found = {
        (path.name, parts[0])
        for path in MODULES
        if stage_of(path) == stage
        for parts in imported(path)
    }
    allowed = {stage, "__version__", *below(stage)}
    assert {(name, other) for name, other in found if other not in allowed} == set()


@pytest.mark.parametrize(("stage", "steps"), WITHIN.items())
def test_steps_of_a_stage_import_those_before_them(stage: str, steps: tuple[str, ...]) -> None:
    files = {path.stem: path for path in (PACKAGE / stage).glob("*.py")}
    assert set(files) == {"__init__", *steps}
    found = {
        (step, parts[1])
        for step in steps
        for parts in imported(files[step])
        if parts[0] == stage and parts[1] in steps
    }
    assert {(one, other) for one, other in found if steps.index(other) >= steps.index(one)} == set()


@pytest.mark.parametrize(("folder", "function"), ALTERNATIVES.items())
def test_alternatives_know_nothing_of_one_another(folder: str, function: str) -> None:
    alternatives = {
        path.stem: path
        for path in (PACKAGE / folder).glob("*.py")
        if any(
            isinstance(node, ast.FunctionDef) and node.name == function for node in tree(path).body
        )
    }
    prefix = tuple(folder.split("/"))
    pairs = {
        (name, parts[len(prefix)])
        for name, path in alternatives.items()
        for parts in imported(path)
        if parts[: len(prefix)] == prefix and len(parts) > len(prefix)
    }
    assert len(alternatives) > 1
    assert {pair for pair in pairs if pair[1] in alternatives} == set()


def test_every_rule_in_the_folder_is_listed() -> None:
    helpers = {"__init__", "catalog", "finding", "judge", "manual", "wording"}
    files = {path.stem for path in (PACKAGE / "rules").glob("*.py")} - helpers
    assert files == {rule.__name__.rpartition(".")[2] for rule in RULES}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES
    }
    assert long == set()


def loaded_by(folder: Path, document: str, *options: str) -> list[str]:
    """The modules that a check of a document of the example imports."""
    world = ROOT / "examples" / "mirage"
    for name in ("claims.toml", "claims.lock", document):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(world / name, folder / name)
    program = (
        "import sys; from mirage_lint import cli; cli.main(sys.argv[1:]); "
        "print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, "check", document, *options],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Looked at 1 document" in run.stdout
    return run.stderr.split()


def test_an_option_imports_no_reader_of_artifacts(tmp_path: Path) -> None:
    loaded = loaded_by(tmp_path, "docs/true/readme.md", "--output-format", "concise")
    assert "mirage_lint.reports.concise" in loaded
    readers = ("mirage_lint.artifacts", "yaml", "tarfile", "csv")
    assert [name for name in loaded if name.startswith(readers)] == []


@pytest.mark.parametrize("document", ["docs/true/readme.md", "docs/false/readme.md"])
def test_a_check_imports_nothing_slow(document: str, tmp_path: Path) -> None:
    loaded = loaded_by(tmp_path, document)
    assert "mirage_lint.binding.resolve" in loaded
    assert SLOW & set(loaded) == set()
    folders = ("mirage_lint.twins", "mirage_lint.byhand", "mirage_lint.watching")
    assert not [name for name in loaded if name.startswith(folders)]
    assert not [
        name for name in loaded if name.startswith(("mirage_lint.lsp", "mirage_lint.binding.again"))
    ]
    unasked = ("mirage_lint.silencing", "mirage_lint.fixing", "mirage_lint.settings.read")
    assert [name for name in loaded if name.startswith(unasked)] == []
