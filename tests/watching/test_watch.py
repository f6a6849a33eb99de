"""What each look of a watch gives, and which folders it is about."""

import os
import random
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from cli_world import CLAIMS, FALSE, PEFT, TRUE, World

from mirage_lint.checking import engine
from mirage_lint.checking.session import Session
from mirage_lint.commands import usage
from mirage_lint.errors import MirageError
from mirage_lint.watching.watch import Look, Watch

PATTERN = CLAIMS.replace('"adapter_config.json"', '"runs/*/adapter_config.json"')
TABLE = """
[[family.run.table]]
artifact = "scores/*.csv"
keys = ["system"]
"""
NETS = """\
| Model | Params (M) | Top-1 (%) |
|---|---|---|
| Net-18 | 11.7 | 69.9 |
| Net-34 | 21.8 | 73.6 |
| Net-50 | 25.6 | 76.5 |
| Net-101 | 44.6 | 78.0 |
"""
SCORES = "system,accuracy\nplain,0.5\n"


def arguments(*given: str) -> SimpleNamespace:
    """What the words of the command line mean."""
    return usage.parser("watch").parse_args(["watch", *given], SimpleNamespace())


def started(*given: str) -> Watch:
    """A watch that has looked once."""
    watch = Watch(arguments(*given))
    assert watch.look()
    return watch


def told(look: Look | None) -> tuple[list[str], list[str], list[str]]:
    """What changed, the notes, and the findings."""
    assert look
    findings = look.report.findings if look.report else ()
    changes = [f"{what} {name}" for what, name in look.changes]
    return changes, look.notes, [f"{one.path} {one.code}" for one in findings]


@pytest.fixture
def looked(built: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are checked, in order."""
    checked: list[str] = []
    check = engine.check

    def noted(checker, source, path):
        checked.append(path.as_posix())
        return check(checker, source, path)

    monkeypatch.setattr(engine, "check", noted)
    return checked


def test_only_the_document_that_changed_is_checked_again(built: World, looked: list[str]) -> None:
    built.write("other.md", FALSE)
    watch = started()
    assert looked == ["doc.md", "other.md"]
    built.write("other.md", f"{FALSE}\nMore.\n")
    look = watch.look()
    assert told(look) == (["changed other.md"], [], ["other.md MIR101"])
    assert look
    assert look.report
    assert look.report.as_before == 1
    assert looked == ["doc.md", "other.md", "other.md"]


@pytest.mark.parametrize("name", ["claims.toml", "claims.lock", "adapter_config.json"])
def test_a_registry_touches_all(built: World, looked: list[str], name: str) -> None:
    built.write("other.md", TRUE)
    watch = started()
    os.utime(built.root / name)
    assert told(watch.look()) == ([f"changed {name}"], [], [])
    assert looked == ["doc.md", "other.md"] * 2


def test_without_a_change_nothing_is_told(built: World, looked: list[str]) -> None:
    watch = started()
    built.write("notes.txt", "no document")
    (built.root / "empty").mkdir()
    assert (watch.look(), watch.look(), looked) == (None, None, ["doc.md"])


def test_new_values_are_told_where_sentences_now_lie(built: World) -> None:
    built.write("right.md", TRUE)
    watch = started()
    built.write("adapter_config.json", PEFT.replace('"r": 8', '"r": 16'))
    changes, notes, findings = told(watch.look())
    assert (changes, findings) == (["changed adapter_config.json"], ["right.md MIR101"])
    assert notes[0] == "MIR901 claims.lock is stale; run `mirage-lint build`"
    assert notes[2:] == ["  run.rank: 8 -> 16 (adapter_config.json /r)"]
    built.write("right.md", TRUE)
    assert told(watch.look()) == (["changed right.md"], notes[:1], ["right.md MIR101"])


def test_a_lock_that_is_stale_from_the_start(built: World) -> None:
    built.write("adapter_config.json", PEFT.replace('"r": 8', '"r": 16'))
    _, notes, findings = told(Watch(arguments()).look())
    assert (len(notes), findings) == (3, [])


def test_without_a_lock_the_artifacts_tell(unbuilt: World) -> None:
    _, notes, findings = told(Watch(arguments()).look())
    assert (notes, findings) == (
        ["claims.lock is absent; run `mirage-lint build`"],
        ["doc.md MIR101"],
    )
    assert not (unbuilt.root / "claims.lock").exists()


def test_a_lock_that_is_broken(built: World) -> None:
    built.write("claims.lock", "<<<<<<< ours\n")
    _, notes, findings = told(Watch(arguments()).look())
    assert len(notes) == 1
    assert notes[0].startswith("claims.lock:1: ")
    assert findings == ["doc.md MIR101"]


def test_a_registry_that_is_broken_from_the_start(built: World) -> None:
    built.write("claims.toml", "x = ")
    watch = Watch(arguments())
    _, notes, findings = told(watch.look())
    assert (len(notes), findings) == (1, ["doc.md MIR101"])  # the lock tells
    built.write("claims.toml", CLAIMS)
    assert told(watch.look()) == (["changed claims.toml"], [], [])


def test_nothing_that_tells_is_no_good_news(unbuilt: World) -> None:
    unbuilt.write("claims.toml", "x = ")
    watch = Watch(arguments())
    look = watch.look()
    assert look
    assert (look.report, look.unread, len(look.notes)) == (None, 1, 1)
    unbuilt.write("doc.md", TRUE)
    assert told(watch.look()) == (["changed doc.md"], look.notes, [])
    unbuilt.write("claims.toml", CLAIMS)
    look = watch.look()
    assert look
    assert look.report
    assert look.report.summary.verified == 1


def test_an_artifact_that_is_named_before_it_is_there(built: World) -> None:
    watch = started()
    built.write("claims.toml", CLAIMS.replace('json"]', 'json", "more/trainer_state.json"]'))
    _, notes, _ = told(watch.look())
    assert notes == [
        "claims.toml:5: artifact 'more/trainer_state.json' is absent, and no claims.lock holds "
        "its facts; put it there, or correct the path"
    ]
    assert watch.look() is None
    assert str(built.root) in watch.folders()
    built.write("more/trainer_state.json", '{"global_step": 5, "log_history": []}')
    changes, notes, _ = told(watch.look())
    assert (changes, notes[0][:6]) == (["new more/trainer_state.json"], "MIR901")
    assert str(built.root / "more") in watch.folders()


def test_a_file_that_comes_to_match_a_pattern(built: World) -> None:
    built.write("runs/one/adapter_config.json", PEFT)
    built.write("claims.toml", PATTERN)
    watch = started()
    folders = {str(built.root / one) for one in ("", "runs", "runs/one")}
    assert folders <= set(watch.folders())
    built.write("runs/two/adapter_config.json", PEFT.replace('"r": 8', '"r": 16'))
    changes, notes, _ = told(watch.look())
    assert changes == ["new runs/two/adapter_config.json"]
    assert any("runs/two" in line for line in notes)
    (built.root / "runs/two/adapter_config.json").unlink()
    assert told(watch.look())[0] == ["gone runs/two/adapter_config.json"]
    assert watch.look() is None


def test_a_pattern_that_matches_nothing_yet(built: World) -> None:
    watch = started()
    (built.root / "runs").mkdir()
    built.write("claims.toml", CLAIMS.replace('"adapter_', '"runs/*_'))
    _, notes, _ = told(watch.look())
    assert notes == ["claims.toml:5: 'runs/*_config.json' matches no file; correct the pattern"]
    assert str(built.root / "runs") in watch.folders()
    built.write("runs/adapter_config.json", PEFT)
    assert told(watch.look())[0] == ["new runs/adapter_config.json"]


def test_settings_silences_and_the_baseline_count(built: World) -> None:
    watch = started()
    built.write("mirage-lint.toml", 'ignore = ["MIR101"]\n')
    assert told(watch.look()) == (["set otherwise doc.md"], [], [])
    (built.root / "mirage-lint.toml").unlink()
    assert told(watch.look()) == (["set otherwise doc.md"], [], ["doc.md MIR101"])
    assert built.run("baseline", "doc.md").status == 0
    assert told(watch.look()) == (["new mirage-lint-baseline.json"], [], [])
    built.write("doc.md", TRUE)
    assert told(watch.look()) == (
        ["changed doc.md"],
        [
            "mirage-lint-baseline.json can shrink by 1: "
            "run `mirage-lint baseline` with the same paths"
        ],
        [],
    )


BROKEN = {
    "settings": ("mirage-lint.toml", "ignore = [", "mirage-lint.toml:1: "),
    "a baseline": ("mirage-lint-baseline.json", "{", "mirage-lint-baseline.json:1: is no JSON"),
}


@pytest.mark.parametrize(("name", "text", "line"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_told_once(built: World, name: str, text: str, line: str) -> None:
    watch = started()
    built.write(name, text)
    changes, notes, findings = told(watch.look())
    assert (changes, len(notes), notes[0][: len(line)], findings) == ([], 1, line, [])
    assert watch.look() is None
    (built.root / name).unlink()
    look = watch.look()
    assert look
    assert look.report
    assert look.report.as_before == 1


def test_a_document_that_cannot_be_read(built: World) -> None:
    watch = started()
    built.write("bad.md", b"\xff")
    look = watch.look()
    problem = "bad.md:1: not UTF-8 at byte 0; save it as UTF-8"
    assert look
    assert (told(look), look.unread) == ((["new bad.md"], [problem], []), 1)
    built.write("doc.md", TRUE)
    assert told(watch.look()) == (["changed doc.md"], [problem], [])
    (built.root / "bad.md").unlink()
    assert told(watch.look()) == (["gone bad.md"], [], [])


def test_the_last_document_of_a_folder(built: World) -> None:
    watch = started()
    (built.root / "doc.md").unlink()
    assert told(watch.look())[1] == [".: holds no document; name some (.md, .markdown, .ipynb)"]
    assert watch.look() is None
    built.write("doc.md", TRUE)
    assert told(watch.look())[0] == ["changed doc.md"]


def test_documents_against_each_other(built: World) -> None:
    built.write("a.md", NETS)
    built.write("b.md", NETS)
    watch = started()
    built.write("b.md", NETS.replace("76.5", "76.8"))
    assert told(watch.look()) == (["changed b.md"], [], ["b.md MIR302"])
    built.write("a.md", f"Some lines.\n\n{NETS}")  # the finding in b.md tells another line
    assert told(watch.look()) == (["changed a.md"], [], [])
    built.write("a.md", NETS.replace("76.5", "76.8"))
    look = watch.look()
    assert look
    assert look.report
    assert look.report.as_before == 1  # of doc.md


def test_nothing_that_is_left_out_is_watched(built: World) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    built.write(".gitignore", "data/\nold/\n")
    built.write("mirage-lint.toml", 'extend-exclude = ["vendor/"]\n')
    for name in ("data/a/x.md", "old/x.md", "vendor/x.md", "node_modules/x.md", "docs/x.md"):
        built.write(name, TRUE)
    built.write("data/a/adapter_config.json", PEFT)
    built.write("claims.toml", CLAIMS.replace('"adapter', '"data/a/adapter'))
    watch = started()
    below = {Path(one).relative_to(built.root).as_posix() for one in watch.folders()}
    assert below == {".", "docs", "data", "data/a"}  # of what git ignores, what holds an artifact
    built.write("data/a/x.md", FALSE)
    built.write("vendor/x.md", FALSE)
    assert watch.look() is None
    built.write("data/a/adapter_config.json", PEFT.replace('"r": 8', '"r": 4'))
    assert told(watch.look())[0] == ["changed data/a/adapter_config.json"]


def test_a_page_alone_is_watched_with_its_folder(built: World) -> None:
    built.write("docs/deep/page.md", TRUE)
    built.write("docs/deep/far/other.md", TRUE)
    watch = started("docs/deep/page.md")
    below = {Path(one).relative_to(built.root).as_posix() for one in watch.folders()}
    assert below == {".", "docs", "docs/deep"}
    built.write("docs/deep/far/other.md", FALSE)
    assert watch.look() is None


def test_a_link_is_watched_where_it_leads(built: World, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "page.md").write_text(TRUE)
    os.symlink(elsewhere / "page.md", built.root / "link.md")
    watch = started()
    assert str(elsewhere) in watch.folders()
    (elsewhere / "page.md").write_text(f"{FALSE}\n")
    assert told(watch.look()) == (["changed link.md"], [], ["link.md MIR101"])


def test_an_untrusted_checkout_is_read_no_further(built: World, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "adapter_config.json"
    elsewhere.write_text(PEFT)
    built.write("claims.toml", CLAIMS.replace('"adapter_config.json"', f'"{elsewhere}"'))
    assert any("run.rank" in line for line in told(Watch(arguments("--untrusted")).look())[1]) is (
        False
    )
    problem = told(Watch(arguments("--untrusted")).look())[1][0]
    assert "leads out of the repository" in problem
    assert "leads out" not in "".join(told(Watch(arguments()).look())[1])


@pytest.mark.parametrize("given", ["away.md", "away"])
def test_bad_usage_is_refused_at_once(bare: World, given: str) -> None:
    with pytest.raises(MirageError):
        Watch(arguments(given)).look()


STEPS = {
    "a page": lambda world, n: world.write(f"p{n % 3}.md", FALSE if n % 2 else TRUE),
    "a page less": lambda world, n: (world.root / f"p{n % 3}.md").unlink(missing_ok=True),
    "an artifact": lambda world, n: world.write(
        "adapter_config.json", PEFT.replace('"r": 8', f'"r": {n % 3 * 8}')
    ),
    "a table": lambda world, n: world.write(f"scores/{n % 2}.csv", SCORES.replace("5", str(n))),
    "the registry": lambda world, n: world.write("claims.toml", CLAIMS + TABLE * (n % 2)),
    "a broken one": lambda world, n: world.write("claims.toml", "x = "),
    "settings": lambda world, n: world.write("mirage-lint.toml", 'ignore = ["MIR1"]\n' * (n % 2)),
    "the lock": lambda world, n: world.run("build"),
}


@pytest.mark.parametrize("seed", range(12))
def test_after_any_steps_it_knows_what_a_check_would_find(built: World, seed: int) -> None:
    choose = random.Random(seed)
    watch = started()
    for _ in range(12):
        step = choose.choice(list(STEPS))
        STEPS[step](built, choose.randrange(12))
        watch.look()
    built.write("claims.toml", CLAIMS)
    watch.look()
    assert built.run("build").status == 0
    built.write("last.md", FALSE)
    look = watch.look()
    assert look
    assert look.report
    fresh = [one for each in Session(arguments()).all() for one in each.told.findings]
    assert len(look.report.findings) + look.report.as_before == len(fresh)
    assert not look.notes
    assert str(look.report.summary) in built.run("check", ".").out
