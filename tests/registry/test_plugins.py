"""Readers of other packages, named in claims.toml."""

import sys
from pathlib import Path

import pytest
from registry_world import World, run

from mirage_lint import cli
from mirage_lint.errors import MirageError

READER = """\
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA, Datum
TIER = METADATA
NAME = "scores"
def matches(path, head):
    return path.endswith(".score") and head.startswith(b"score ")
def read(data, where):
    value = data.decode().split()[1]
    return Content(data=(Datum("score", value, "score"),), records=iter([{"k": "a", "v": value}]))
"""
FACT = '[[family.run.fact]]\nmetric = "score"\nartifact = "a.score"\npointer = "score"\n'
TABLE = '[[family.run.table]]\nartifact = "a.score"\nkeys = ["k"]\n'
SEE = "see 'Other formats' in docs/registry.md"


@pytest.fixture
def plugin(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world whose claims.toml names the module ``scores``, which tests write."""
    monkeypatch.syspath_prepend(tmp_path / "modules")
    monkeypatch.delitem(sys.modules, "scores", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "modules").mkdir()
    world.write(FACT + TABLE, a__score="score 0.50\n")
    text = world.claims.read_text().replace("version = 1\n", 'version = 1\nplugins = ["scores"]\n')
    world.claims.write_text(text)
    return world


def refusal(world: World, module: str) -> str:
    (world.root / "modules" / "scores.py").write_text(module)
    with pytest.raises(MirageError) as error:
        world.build()
    return str(error.value).removeprefix(f"{world.claims}:")


def test_a_plugin_reads_what_no_other_reader_does(plugin: World) -> None:
    (plugin.root / "modules" / "scores.py").write_text(READER)
    assert plugin.values() == {"score": "0.50", "v{k=a}": "0.50"}


def test_a_plugin_that_is_missing_is_told_with_its_place(plugin: World) -> None:
    with pytest.raises(MirageError) as error:
        plugin.build()
    assert str(error.value) == (
        f"{plugin.claims}:2: plugin 'scores' cannot be imported (ModuleNotFoundError: No module "
        "named 'scores'); install it, or correct the name"
    )


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (
            "1 / 0",
            "2: plugin 'scores' cannot be imported (ZeroDivisionError: division by zero); "
            "install it, or correct the name",
        ),
        (
            "raise SystemExit('no')",
            "2: plugin 'scores' cannot be imported (SystemExit: no); "
            "install it, or correct the name",
        ),
        ("", f"2: plugin 'scores' is no reader: its TIER is not 1, 2 or 3; {SEE}"),
        ("TIER = 1", f"2: plugin 'scores' is no reader: its NAME is no text; {SEE}"),
        (
            "TIER = 1; NAME = 'x'; matches = print",
            f"2: plugin 'scores' is no reader: it has no function 'read'; {SEE}",
        ),
    ],
)
def test_a_plugin_that_is_no_reader_is_told_with_its_place(
    plugin: World, module: str, message: str
) -> None:
    assert refusal(plugin, module) == message


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("return path", "1 / 0; return path", "ZeroDivisionError: division by zero"),
        ("value = ", "1 / 0; value = ", "ZeroDivisionError: division by zero"),
        ("return Content(", "return dict(", "TypeError: it returns no Content"),
        ('"score", value', '"score", 0.5', "TypeError: a value is no Datum of text"),
        ('"v": value', '"v": 0.5', "TypeError: a record is no dict of texts"),
        ("iter([", "iter([1, ", "TypeError: a record is no dict of texts"),
    ],
)
def test_a_plugin_that_fails_is_told_in_one_line(
    plugin: World, old: str, new: str, problem: str
) -> None:
    message = f"a.score: plugin 'scores' fails ({problem}); mend the plugin"
    assert refusal(plugin, READER.replace(old, new)).removeprefix(f"{plugin.root}/") == message


def test_a_plugin_may_refuse_a_file_as_our_readers_do(plugin: World) -> None:
    module = READER.replace("value = ", 'raise MirageError(where, "is odd", "mend it"); value = ')
    module = f"from mirage_lint.errors import MirageError\n{module}"
    assert refusal(plugin, module) == "a.score: is odd; mend it"


@pytest.mark.parametrize("name", ["no module", "", "a..b", "1a", "../x"])
def test_what_can_be_no_module_is_refused_by_its_key(world: World, name: str) -> None:
    world.write("")
    text = world.claims.read_text().replace("version = 1\n", f'version = 1\nplugins = ["{name}"]\n')
    world.claims.write_text(text)
    with pytest.raises(MirageError) as error:
        world.build()
    assert str(error.value) == (
        f"{world.claims}:2: plugins[0]: is no name of a module; write it as package.module"
    )


def test_an_untrusted_build_runs_no_plugin(plugin: World) -> None:
    (plugin.root / "modules" / "scores.py").write_text("raise AssertionError('it is run')")
    with pytest.raises(MirageError) as error:
        run(plugin.claims, False, lambda _: None, untrusted=True)
    assert str(error.value) == (
        f"{plugin.claims}:2: names plugins, and --untrusted runs none; remove them"
    )


def test_a_check_of_the_lock_asks_a_plugin_again(plugin: World) -> None:
    module = plugin.root / "modules" / "scores.py"
    module.write_text(READER)
    lines: list[str] = []
    assert run(plugin.claims, False, lines.append) == 0
    assert run(plugin.claims, True, lines.append) == 0
    del sys.modules["scores"]
    module.write_text(READER.replace(".split()[1]", ".split()[1] + '1'"))
    assert run(plugin.claims, True, lines.append) == 1


def test_a_plugin_reads_the_whole_of_a_file_that_would_be_read_row_by_row(plugin: World) -> None:
    module = READER.replace('".score"', '".csv"').replace(".split()[1]", "[-5:]")
    (plugin.root / "modules" / "scores.py").write_text(module)
    plugin.claims.write_text(plugin.claims.read_text().replace("a.score", "a.csv"))
    (plugin.root / "a.csv").write_text("score " + " " * 5 * 2**20 + "0.125")
    assert plugin.values() == {"score": "0.125", "v{k=a}": "0.125"}


def test_a_check_imports_no_plugin(plugin: World, capsys: pytest.CaptureFixture[str]) -> None:
    module = plugin.root / "modules" / "scores.py"
    module.write_text(READER)
    (plugin.root / "doc.md").write_text("Its score is 0.5.\n")
    run(plugin.claims, False, lambda _: None)
    module.unlink()
    del sys.modules["scores"]
    status = cli.main(["check", str(plugin.root / "doc.md"), "--claims", str(plugin.claims)])
    assert (status, capsys.readouterr().out.partition(" Looked")[0]) == (0, "All right.")
    assert "scores" not in sys.modules
