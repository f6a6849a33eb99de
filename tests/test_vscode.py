"""The extension for VS Code, as far as it rests on us: it is built and tested by `make vscode`."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mirage_lint import __version__
from mirage_lint.artifacts import extras
from mirage_lint.commands import usage
from mirage_lint.errors import MirageError
from mirage_lint.registry.home import CLAIMS
from mirage_lint.settings.options import Settings

ROOT = Path(__file__).parent.parent
EXTENSION = ROOT / "editors" / "vscode"
MANIFEST: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
PROBLEMS = re.findall(r"if \(/(.+)/\.test\(said\)\)", (EXTENSION / "src/problems.js").read_text())
HOST = re.compile(r"https?://[^\s\"']*(?:registry|npm)", re.IGNORECASE)


def source(name: str) -> str:
    return (EXTENSION / "src" / name).read_text(encoding="utf-8")


def test_it_is_of_our_version_and_licence() -> None:
    assert MANIFEST["version"] == __version__
    assert (EXTENSION / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()


def test_it_starts_a_command_that_there_is() -> None:
    (command,) = re.findall(r"this\.command = \{ executable, args: \['(\w+)'", source("client.js"))
    assert command == "lsp"
    assert usage.read([command]).command == command


def test_its_server_knows_the_options_that_it_is_given() -> None:
    (options,) = re.findall(r"initializationOptions: \{ (.+) \}", source("client.js"))
    features = (ROOT / "mirage_lint" / "lsp" / "features.py").read_text(encoding="utf-8")
    assert options == "inlayHints"
    assert f'options.get("{options}")' in features


def test_it_recognises_an_extra_that_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", absent)
    with pytest.raises(MirageError) as told:
        extras.module("pygls", "lsp", "lsp")
    assert re.search(PROBLEMS[0], str(told.value))


def test_it_recognises_a_version_without_a_server(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    others = {name: one for name, one in usage._COMMANDS.items() if name != "lsp"}
    monkeypatch.setattr(usage, "_COMMANDS", others)  # put back in its place, for the pages
    with pytest.raises(SystemExit):
        usage.read(["lsp"])
    assert re.search(PROBLEMS[1], capsys.readouterr().err)
    assert len(PROBLEMS) == 2


def test_it_is_activated_by_what_we_check() -> None:
    assert MANIFEST["activationEvents"] == [
        "onLanguage:markdown",
        "onNotebook:jupyter-notebook",
        f"workspaceContains:**/{CLAIMS}",
    ]
    assert f"NAME = '{CLAIMS}'" in source("registries.js")
    assert set(Settings().include) == {"*.md", "*.markdown", "*.ipynb"}  # Markdown, and notebooks
    assert "pattern: '**/*.ipynb'" in source("client.js")


def test_what_it_is_built_with_is_pinned_and_no_lock_is_kept() -> None:
    assert "dependencies" not in MANIFEST  # all is bundled
    versions = MANIFEST["devDependencies"].values()
    assert [one for one in versions if not re.fullmatch(r"\d+\.\d+\.\d+", one)] == []
    assert "package-lock=false" in (EXTENSION / ".npmrc").read_text()
    own = [path for path in EXTENSION.iterdir() if path.is_file() and path.suffix != ".vsix"]
    assert not (EXTENSION / "package-lock.json").exists()
    assert [path.name for path in own if HOST.search(path.read_text(encoding="utf-8"))] == []


def test_what_is_made_is_not_kept() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"node_modules/", "*.vsix", "editors/vscode/dist/"} <= set(ignored)


def test_a_change_must_pass_its_tests() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\nvscode:" in makefile
    assert "make vscode" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
