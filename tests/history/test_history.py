"""Which side was touched last, where git knows: the line, or the artifact's value."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_world import CLAIMS, World

from mirage_lint.history import repository, trace

FALSE, OTHER = "Run A has rank 16.\n", "Run A has rank 32.\n"
MANY = """\
version = 1
[family.run]
title = "A run"
aliases = ["run a"]
[[family.run.table]]
artifact = "scores.csv"
keys = ["system"]
"""


def adapter(rank: int, **more: object) -> str:
    """An artifact with a key a line."""
    return json.dumps({"peft_type": "LORA", "r": rank, **more}, indent=1) + "\n"


def git(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        ["git", *arguments], check=True, capture_output=True, env={**os.environ, **environment}
    )
    return done.stdout.decode().strip()


class Story(World):
    """A repository whose days go by: every commit is made a day after the one before."""

    day = 0

    def commit(self, *names: str, day: int = 0) -> None:
        self.day = day or self.day + 1
        git("add", *(names or ("--all",)))
        date = f"2026-03-{self.day:02}T12:00:00+0000"
        git("commit", "--quiet", "--allow-empty", "-m", "x", GIT_COMMITTER_DATE=date)

    def rank(self, rank: int) -> None:
        """The artifact has another value, and the lock as well."""
        self.write("adapter_config.json", adapter(rank))
        self.build()

    def build(self) -> None:
        assert self.run("build").status == 0

    def histories(self, path: str = "doc.md", *more: str) -> list[dict[str, Any] | None]:
        status, out, err = self.run("check", path, *more, "--output-format", "json")
        assert (status, err) == (1, "")
        return [one["history"] for one in json.loads(out)]

    def told(self, path: str = "doc.md", *more: str) -> str:
        """The one finding's history, shortly: the day of the line and of the value, ``~`` where
        that may be older, ``now`` where it is not committed, and which is newer.
        """
        (history,) = self.histories(path, *more)
        if not history:
            return "nothing"
        days = [shortly(history[side]) for side in ("line", "value")]
        return f"{' '.join(days)} {history['newer']}"

    def line(self, path: str = "doc.md", *more: str) -> str:
        """What people are told of it."""
        out = self.run("check", path, *more).out
        lines = [line for line in out.split("\n") if "= git: " in line]
        return lines[0].partition("git: ")[2] if lines else ""


def shortly(touch: dict[str, Any]) -> str:
    day = touch["day"].removeprefix("2026-03-") if touch["commit"] else "now"
    return day if touch["exact"] else f"~{day}"


@pytest.fixture
def story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Story:
    """Day 1: a right line, its artifact and the lock."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    story = Story(tmp_path, capsys)
    git("init", "--quiet", "--initial-branch=main", ".")
    story.write("claims.toml", CLAIMS)
    story.write("doc.md", f"# Runs\n\n{FALSE}\nMore.\n")
    story.rank(16)
    story.commit()
    return story


def test_a_value_that_changed_after_its_line(story: Story) -> None:
    story.rank(8)
    story.commit()
    first, second = git("rev-parse", "HEAD~1"), git("rev-parse", "HEAD")
    assert story.histories() == [
        {
            "line": {"commit": first, "day": "2026-03-01", "exact": True},
            "value": {"commit": second, "day": "2026-03-02", "exact": True},
            "other": None,
            "lock": None,
            "was": "16",
            "newer": "value",
        }
    ]
    assert story.line() == (
        f"line last changed 2026-03-01 ({first[:7]}); "
        f"value (16 before) last changed 2026-03-02 ({second[:7]}): the value is newer"
    )


def test_a_line_that_changed_after_its_value(story: Story) -> None:
    story.write("doc.md", f"# Runs\n\n{OTHER}\nMore.\n")
    story.commit()
    assert story.told() == "02 01 line"
    assert story.line().endswith(": the line is newer")


def test_both_changed_in_one_commit(story: Story) -> None:
    story.write("doc.md", f"# Runs\n\n{OTHER}\nMore.\n")
    story.rank(8)
    story.commit()
    assert story.told() == "02 02 None"
    assert story.line() == ""


def test_what_is_not_committed_is_newest(story: Story) -> None:
    story.rank(8)
    assert story.told() == "01 now value"
    assert story.line().endswith(
        "; value in claims.lock (16 before) changed, not committed: the value is newer"
    )
    story.write("doc.md", f"# Runs\n\n{OTHER}\nMore.\n")
    assert story.told() == "now now None"
    git("checkout", "--quiet", "adapter_config.json", "claims.lock")
    assert story.told() == "now 01 line"
    git("add", "--all")
    assert story.told() == "now 01 line"
    assert story.line().startswith("line changed, not committed; value last changed 2026-03-01 (")


def test_an_artifact_that_git_ignores_is_known_by_the_lock(story: Story) -> None:
    story.write(".gitignore", "*.json\n")
    git("rm", "--quiet", "--cached", "adapter_config.json")
    story.commit()
    story.rank(8)
    story.commit()
    assert story.told() == "01 03 value"
    assert "; value in claims.lock (16 before) last changed 2026-03-03 (" in story.line()


def test_a_registry_that_came_late_knows_nothing_of_what_was_before(story: Story) -> None:
    story.write(".gitignore", "*.json\n")
    git("rm", "--quiet", "--cached", "adapter_config.json", "claims.lock")
    story.commit(".gitignore")
    story.rank(8)
    assert story.told() == "nothing"
    story.commit()
    assert story.told() == "nothing"
    assert story.line() == ""


def test_a_line_that_is_newer_than_the_registry(story: Story) -> None:
    story.write(".gitignore", "*.json\n")
    git("rm", "--quiet", "--cached", "adapter_config.json")
    story.commit()
    story.write("doc.md", f"# Runs\n\n{OTHER}\nMore.\n")
    story.commit()
    assert story.told() == "03 ~01 line"
    assert ") or before: the line is newer" in story.line()


def test_an_artifact_is_known_without_a_committed_lock(story: Story) -> None:
    git("rm", "--quiet", "--cached", "claims.lock")
    story.rank(8)
    story.commit("adapter_config.json")
    assert story.told() == "01 02 value"


def test_an_artifact_in_one_line_that_holds_the_value_elsewhere(story: Story) -> None:
    story.write("adapter_config.json", '{"peft_type": "LORA", "r": 16, "lora_alpha": 8}')
    story.build()
    story.commit()
    story.write("adapter_config.json", '{"peft_type": "LORA", "r": 8, "lora_alpha": 8}')
    story.build()
    story.commit()
    assert story.told() == "01 03 value"
    assert "; value in claims.lock (16 before) last changed 2026-03-03 (" in story.line()


def test_a_lock_that_was_built_late_is_not_the_truer_one(story: Story) -> None:
    story.write("adapter_config.json", adapter(8))
    story.commit()
    story.write("doc.md", f"# Runs\n\n{OTHER}\nMore.\n")
    story.commit()
    story.build()
    story.commit()
    assert story.told() == "03 02 line"


def test_an_artifact_that_is_written_anew_is_not_newer(story: Story) -> None:
    story.rank(8)
    story.commit()
    git("rm", "--quiet", "--cached", "adapter_config.json")
    story.commit()
    story.commit()
    assert story.told() == "01 02 value"


def test_a_lock_that_tells_the_same_otherwise(story: Story) -> None:
    story.rank(8)
    story.write(".gitignore", "*.json\n")
    git("rm", "--quiet", "--cached", "adapter_config.json")
    story.commit()
    name = "adapter_config.json"
    for folder in ("a", "b"):
        os.mkdir(folder)
        old, name = name, f"{folder}/adapter_config.json"
        os.rename(old, name)
        story.write("claims.toml", CLAIMS.replace("adapter_config.json", name))
        story.build()
        assert f'"{name}", "/r"' in Path("claims.lock").read_text()
        story.commit()
    assert story.told() == "01 02 value"


def test_an_artifact_that_is_only_laid_out_anew(story: Story) -> None:
    story.rank(8)
    story.commit()
    story.write("adapter_config.json", json.dumps({"lora_alpha": 2, "r": 8, "peft_type": "LORA"}))
    git("rm", "--quiet", "--cached", "claims.lock")
    story.commit("adapter_config.json")
    assert story.told() == "nothing"  # the value is of day 3 or before
    story.write("doc.md", f"# Runs\n\n{OTHER}\nMore.\n")
    story.commit("doc.md")
    assert story.told() == "04 ~03 line"


REWRITTEN = {
    "wrapped anew": "# Runs\n\nAs told,\nrun A has rank\n16.\n\nMore.\n",
    "among other words": "# Runs\n\nWe saw that run A has rank 16.\n\nMore.\n",
    "written otherwise": "# Runs\n\nRun A has rank 16.0.\n\nMore.\n",
    "moved": "# Runs\n\nMore.\n\nRun A has rank 16.\n",
}


@pytest.mark.parametrize("text", REWRITTEN.values(), ids=REWRITTEN)
def test_a_number_may_be_older_than_its_line(story: Story, text: str) -> None:
    story.rank(8)
    story.commit()
    story.write("doc.md", text)
    story.commit()
    assert story.told() in ("~03 02 None", "01 02 value")
    if "moved" not in text:
        story.write("doc.md", text.replace("16", "32"))
        story.commit()
        assert story.told() == "04 02 line"


def test_what_is_older_than_its_line_is_told(story: Story) -> None:
    story.rank(8)
    story.commit()
    story.write("doc.md", REWRITTEN["among other words"])
    story.commit()
    assert "line last changed 2026-03-03 (" in story.line()
    assert "), what it says before that; value (16 before) last changed" in story.line()
    assert "newer" not in story.line()


def test_another_cell_of_the_row_changed(story: Story) -> None:
    head = "| system | accuracy | recall |\n|---|---|---|\n"
    story.write("claims.toml", MANY)
    story.write("scores.csv", "system,accuracy,recall\nfinch,0.71,0.62\nwren,0.72,0.63\n")
    story.write("doc.md", f"{head}| finch | 0.71 | 0.62 |\n| wren | 0.72 | 0.68 |\n")
    story.build()
    story.commit()
    story.write("doc.md", f"{head}| finch | 0.71 | 0.62 |\n| wren | 0.73 | 0.68 |\n")
    story.commit()
    told = [f"{shortly(one['line'])} {one['newer']}" for one in story.histories() if one]
    assert told == ["03 line", "~03 None"]


def test_rows_that_were_sorted_are_not_new(story: Story) -> None:
    story.write("claims.toml", MANY)
    story.write("scores.csv", "system,accuracy\nfinch,0.71\nwren,0.72\n")
    story.write("doc.md", "| system | accuracy |\n|---|---|\n| finch | 0.71 |\n| wren | 0.77 |\n")
    story.build()
    story.commit()
    story.write("scores.csv", "system,accuracy\nwren,0.72\nfinch,0.71\n")
    story.commit()
    story.write("doc.md", "| system | accuracy |\n|---|---|\n| wren | 0.77 |\n| finch | 0.71 |\n")
    story.commit()
    assert story.told() in ("nothing", "~04 02 None", "02 02 None")


def test_renamed_files(story: Story) -> None:
    story.rank(8)
    story.commit()
    git("mv", "doc.md", "new.md")
    os.mkdir("runs")
    git("mv", "adapter_config.json", "runs/adapter_config.json")
    story.write("claims.toml", CLAIMS.replace("adapter_config.json", "runs/adapter_config.json"))
    story.build()
    story.commit()
    assert story.told("new.md") == "01 02 value"


@pytest.mark.parametrize("name", ["ä ö.md", "-x.md", 'a"b.md', ":(top)x.md", "*.md", "a b/x.md"])
def test_odd_names(story: Story, name: str) -> None:
    story.write(name, f"One.\n\n{FALSE}")
    story.commit()
    story.rank(8)
    story.commit()
    story.write(name, f"One.\n\n{FALSE}\nMore.\n")
    story.commit()
    assert story.told(f"./{name}").lstrip("~") == "02 03 value"


def branches(story: Story) -> None:
    """A line and a value that changed on branches apart, and were merged."""
    git("switch", "--quiet", "--create", "branch")
    story.write("doc.md", f"# Runs\n\n{OTHER}\nMore.\n")
    story.commit()
    git("switch", "--quiet", "main")
    story.rank(8)
    story.commit()
    git("merge", "--quiet", "--no-edit", "branch")


def test_branches_apart_tell_no_order(story: Story) -> None:
    branches(story)
    assert story.told() == "02 03 None"
    assert "newer" not in story.line()


def test_clocks_that_disagree_with_the_order_tell_none(story: Story) -> None:
    story.write("doc.md", f"# Runs\n\n{OTHER}\nMore.\n")
    story.commit(day=9)
    story.rank(8)
    story.commit(day=5)
    assert story.told() == "09 05 None"


def test_a_shallow_clone_knows_what_it_has(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.write("doc.md", f"# Runs\n\n{OTHER}\nMore.\n")
    story.commit()
    story.rank(8)
    story.commit()
    for depth, told in ((1, "nothing"), (2, "nothing"), (3, "02 03 value")):
        clone = story.root / f"clone{depth}"
        git("clone", "--quiet", f"--depth={depth}", story.root.as_uri(), str(clone))
        monkeypatch.chdir(clone)
        assert story.told() == told


def test_a_clone_without_old_files_fetches_none(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.rank(8)
    story.commit()
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "--quiet", "--filter=blob:none", story.root.as_uri(), "clone")
    monkeypatch.chdir("clone")
    assert story.told() == "nothing"


def test_a_registry_below_the_root(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("claims.toml", "claims.lock", "adapter_config.json", "doc.md"):
        git("mv", name, f"inner-{name}")
    os.mkdir("inner")
    for name in ("claims.toml", "claims.lock", "adapter_config.json", "doc.md"):
        git("mv", f"inner-{name}", f"inner/{name}")
    story.commit()
    monkeypatch.chdir("inner")
    assert story.run("build").status == 0
    Path("adapter_config.json").write_text(adapter(8))
    story.build()
    story.commit()
    assert story.told() == "01 03 value"
    monkeypatch.chdir("..")
    assert story.told("inner/doc.md") == "01 03 value"


def test_documents_that_git_does_not_know(story: Story) -> None:
    story.rank(8)
    story.write(".gitignore", "ignored.md\n")
    story.commit()
    for name in ("new.md", "ignored.md"):
        story.write(name, FALSE)
        assert story.told(name) == "nothing"
    git("add", "new.md")
    assert story.told("new.md") == "nothing"


def test_a_document_outside_the_repository(story: Story, tmp_path_factory: Any) -> None:
    story.rank(8)
    story.commit()
    folder = tmp_path_factory.mktemp("outside")
    (folder / "doc.md").write_text(FALSE)
    path, claims = str(folder / "doc.md"), str(story.root / "claims.toml")
    assert story.told(path, "--claims", claims) == "nothing"


def test_a_document_in_a_repository_of_its_own(story: Story) -> None:
    story.write("inner/doc.md", FALSE)
    git("-C", "inner", "init", "--quiet")
    git("-C", "inner", "add", "--all")
    git("-C", "inner", "commit", "--quiet", "-m", "x")
    story.rank(8)
    story.commit("adapter_config.json", "claims.lock")
    assert story.told("inner/doc.md") == "nothing"


def test_a_link_is_what_it_leads_to(story: Story) -> None:
    story.rank(8)
    os.symlink("doc.md", "link.md")
    story.commit()
    assert story.told("link.md") == "01 02 value"


def test_a_text_that_is_piped_has_no_history(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = open("doc.md", "rb")  # noqa: SIM115

    story.rank(8)
    story.commit()
    monkeypatch.setattr(sys, "stdin", Piped)
    assert story.told("-", "--stdin-filename", "doc.md") == "nothing"
    Piped.buffer.close()


def test_line_ends(story: Story) -> None:
    story.write("doc.md", f"# Runs\r\n\r\n{FALSE.rstrip()}\r\n\r\nMore.\r\n")
    story.commit()
    story.rank(8)
    story.commit()
    assert story.told() == "01 03 value"
    story.write("doc.md", f"# Runs\n\n{FALSE}\nMore.\n")
    assert story.told() == "01 03 value"
    story.write("doc.md", f"# Runs\r\r{FALSE.rstrip()}\rMore.\n")
    story.commit()
    assert story.told() == "nothing"


def test_a_document_that_git_keeps_in_another_form(story: Story) -> None:
    text = Path("doc.md").read_bytes()
    story.write("doc.md", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")
    story.rank(8)
    story.commit()
    story.write("doc.md", text)
    assert story.told() == "nothing"


def test_a_model_and_a_digest(story: Story) -> None:
    story.write("adapter_config.json", adapter(8, base_model_name_or_path="org/llama-3-8b"))
    story.build()
    story.commit()
    digest = "0" * 64
    text = f"The base model of run A is Llama 3 70B.\n\n`adapter_config.json`: `{digest}`\n"
    story.write("doc.md", text)
    story.commit()
    told = [f"{shortly(one['value'])} {one['newer']}" for one in story.histories() if one]
    assert told == ["02 line", "02 line"]
    story.write("adapter_config.json", adapter(8, base_model_name_or_path="org/llama-3-9b"))
    story.build()
    story.commit()
    told = [
        f"{shortly(one['value'])} {one['was']} {one['newer']}" for one in story.histories() if one
    ]
    assert told == ["04 org/llama-3-8b value", "04 None value"]


TABLE = """\
# Nets

| Model | Params (M) | Top-1 (%) |
|---|---|---|
| Net-18 | 11.7 | 69.9 |
| Net-34 | 21.8 | 73.6 |
| Net-50 | 25.6 | 76.5 |
"""


def test_of_two_documents_the_newer_line_is_told(story: Story) -> None:
    for name in ("a.md", "a_ja.md"):
        story.write(name, TABLE)
    story.commit()
    first = git("rev-parse", "HEAD")
    story.write("a.md", TABLE.replace("76.5", "76.8"))
    story.commit()
    second = git("rev-parse", "HEAD")
    assert story.histories("a.md", "a_ja.md") == [
        {
            "line": {"commit": first, "day": "2026-03-02", "exact": True},
            "value": None,
            "other": {"commit": second, "day": "2026-03-03", "exact": True},
            "lock": None,
            "was": None,
            "newer": "other",
        }
    ]
    assert story.line("a.md", "a_ja.md") == (
        f"line last changed 2026-03-02 ({first[:7]}); "
        f"the other last changed 2026-03-03 ({second[:7]}): the other is newer"
    )
    story.write("a_ja.md", TABLE.replace("76.5", "76.9"))
    (history,) = story.histories("a.md", "a_ja.md")
    assert history
    assert (shortly(history["line"]), shortly(history["other"])) == ("now", "03")
    assert history["newer"] == "line"


def test_of_more_than_two_documents_nothing_is_told(story: Story) -> None:
    for name, text in (("a.md", TABLE), ("a_de.md", TABLE), ("a_ja.md", TABLE)):
        story.write(name, text)
    story.commit()
    story.write("a_de.md", TABLE.replace("76.5", "76.8"))
    story.commit()
    assert story.histories("a.md", "a_de.md", "a_ja.md") == [None]


def test_what_no_single_fact_denies_has_no_history(story: Story) -> None:
    story.write("doc.md", "36/164 (23%) of them.\n")
    story.commit()
    assert story.told() == "nothing"


NOT_ASKED = {
    "nothing found": ("doc.md", "full", "Run A has rank 8.\n"),
    "concise": ("doc.md", "concise", FALSE),
    "sarif": ("doc.md", "sarif", FALSE),
    "github": ("doc.md", "github", FALSE),
}


@pytest.mark.parametrize(("path", "form", "text"), NOT_ASKED.values(), ids=NOT_ASKED)
def test_git_is_asked_only_where_it_is_told(story: Story, path: str, form: str, text: str) -> None:
    story.rank(8)
    story.write(path, text)
    code = (
        f"import sys; from mirage_lint import cli; cli.main(['check', '{path}', "
        f"'--output-format', '{form}']); print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(run.stderr.split())
    assert not loaded & {"mirage_lint.history.date", "mirage_lint.system.git", "subprocess"}


def test_git_is_asked_of_the_first_documents_only(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "cba":
        story.write(f"docs/{name}.md", f"# Runs\n\n{FALSE}")
    story.rank(8)
    story.commit()
    monkeypatch.setattr(trace, "_MOST_FILES", 2)
    assert [one is not None for one in story.histories("docs")] == [True, True, False]


def is_silent(story: Story) -> bool:
    """Whether the check goes on as if there were no git."""
    plain = story.run("check", "doc.md")
    assert (plain.status, plain.err) == (1, "")
    return story.told() == "nothing" and "git:" not in plain.out


@pytest.fixture
def stale(story: Story) -> Story:
    """Day 2: the value has changed."""
    story.rank(8)
    story.commit()
    assert story.told() == "01 02 value"
    return story


def test_without_a_repository(stale: Story) -> None:
    os.rename(".git", "gone")
    assert is_silent(stale)


def test_without_a_commit(stale: Story) -> None:
    os.rename(".git", "gone")
    git("init", "--quiet")
    assert is_silent(stale)


def test_without_git(stale: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert is_silent(stale)


def test_a_repository_of_somebody_else(stale: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert is_silent(stale)


def test_a_broken_repository(stale: Story) -> None:
    for folder in Path(".git/objects").iterdir():
        for path in folder.iterdir():
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
            path.write_bytes(b"")
    assert is_silent(stale)


def test_a_git_that_takes_too_long(
    stale: Story, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any
) -> None:
    folder = tmp_path_factory.mktemp("bin")
    (folder / "git").write_text("#!/bin/sh\nexec sleep 60\n")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(repository, "_SECONDS", 0.2)
    assert is_silent(stale)


def test_settings_of_git_change_nothing(stale: Story) -> None:
    git("config", "diff.algorithm", "patience")
    git("config", "blame.showEmail", "true")
    git("config", "log.date", "relative")
    assert stale.told() == "01 02 value"
    git("config", "blame.ignoreRevsFile", "absent")  # git refuses to go on
    assert stale.told() == "nothing"


def hostile(story: Story) -> Iterator[str]:
    """All that a repository may configure to be run; each leaves a mark."""
    mark = story.root / "pwned"
    command = f"touch '{mark}'; cat"
    script = story.root / ".git" / "script"
    script.write_text(f"#!/bin/sh\ntouch '{mark}'\n")
    script.chmod(0o755)
    story.write(".git/info/attributes", "* filter=evil diff=evil\n")
    yield from (f"filter.evil.clean={command}", f"filter.evil.smudge={command}")
    yield from (f"filter.evil.process={command}", "filter.evil.required=true")
    yield from (f"diff.evil.textconv={command}", f"diff.evil.command={command}")
    yield from (f"core.fsmonitor={script}", f"core.pager={command}", f"pager.blame={command}")
    yield from (f"diff.external={script}", f"core.editor={script}", f"gpg.program={script}")
    yield from (f"core.sshCommand={script}", f"alias.blame=!{script}", "log.showSignature=true")
    yield from ("remote.origin.url=ssh://nowhere/x", "remote.origin.promisor=true")
    yield from ("extensions.partialClone=origin", f"credential.helper=!{script}")
    yield f"core.hooksPath={script.parent}"


def test_nothing_that_a_repository_configures_is_run(stale: Story) -> None:
    for setting in hostile(stale):
        git("config", *setting.split("=", 1))
    assert stale.told() == "01 02 value"
    stale.write("doc.md", f"# Runs\n\n{OTHER}\nMore.\n")
    assert stale.told() == "now 02 line"
    for path in Path(".git/objects").glob("[0-9a-f][0-9a-f]/*"):
        if git("cat-file", "-t", path.parent.name + path.name) == "blob":
            path.unlink()  # what is missing is not fetched
    assert stale.told() == "nothing"
    assert not Path("pwned").exists()


def test_a_folder_that_looks_like_a_repository_is_none(stale: Story) -> None:
    git("init", "--quiet", "--bare", "docs")
    git("-C", "docs", "config", "core.bare", "false")
    git("-C", "docs", "config", "core.worktree", str(stale.root))
    git("-C", "docs", "fetch", "--quiet", str(stale.root), "main:main")
    git("-C", "docs", "config", "core.fsmonitor", "touch pwned")
    stale.write("docs/doc.md", FALSE)
    assert stale.told("docs/doc.md") == "nothing"
    assert not Path("pwned").exists()


def test_times_that_are_none(stale: Story) -> None:
    stale.rank(4)
    git("add", "--all")
    tree, head = git("write-tree"), git("rev-parse", "HEAD")
    text = (
        f"tree {tree}\nparent {head}\nauthor x <x> 1 +0\ncommitter x <x> 9{'0' * 30} +0000\n\nx\n"
    )
    Path(".git/text").write_text(text)
    odd = git("hash-object", "-t", "commit", "--literally", "-w", ".git/text")
    git("reset", "--quiet", "--hard", odd)
    assert isinstance(stale.told(), str)


def test_paths_of_a_lock_that_are_none(stale: Story) -> None:
    lock = Path("claims.lock").read_text()
    for path in ("a\\u0000b", "\\ud800", "../../etc/passwd", "x" * 5000, "a\\nb", ""):
        stale.write("claims.lock", lock.replace("adapter_config.json", path))
        assert stale.told() in ("nothing", "01 02 value", "01 now value")
