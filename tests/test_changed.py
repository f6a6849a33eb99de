"""``--changed`` and ``--since``: changed lines, and claims anywhere whose facts changed."""

import json
import os
import subprocess

import pytest
from cli_world import CLAIMS, FALSE, PEFT, TRUE, World

SAFE = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")


def git(*arguments: str) -> None:
    subprocess.run(["git", *SAFE, *arguments], check=True, capture_output=True)


def commit() -> None:
    git("add", "--all")
    git("commit", "--quiet", "--allow-empty", "--message", "x")


@pytest.fixture
def repo(built: World) -> World:
    """Committed, with a wrong line in one document and none in another."""
    built.write("right.md", TRUE)
    built.write("doc.md", f"# A\n\n{FALSE}\nMore.\n")
    git("init", "--quiet", "--initial-branch=main", ".")
    commit()
    return built


def found(world: World, *arguments: str) -> list[str]:
    """``path:line code`` of what is told."""
    status, out, err = world.run("check", *arguments, "--output-format", "json")
    told = [f"{one['path']}:{one['line']} {one['code']}" for one in json.loads(out)]
    assert (status, err) == (int(bool(told)), "")
    return told


def test_what_did_not_change_is_not_told(repo: World) -> None:
    assert found(repo, ".") == ["doc.md:3 MIR101"]
    assert found(repo, ".", "--changed") == []
    status, out, _ = repo.run("check", ".", "--since", "HEAD")
    assert (status, out) == (
        0,
        "All right. Looked at 0 documents, 0 claims: 0 verified, 0 contradicted, 0 not judged.\n",
    )


def test_changed_lines_are_told(repo: World) -> None:
    repo.write("doc.md", f"# A\n\n{FALSE}\nMore. {FALSE}\nOf 36, 9 are right.\n")
    assert found(repo, ".", "--changed") == ["doc.md:5 MIR101"]
    out = repo.run("check", ".", "--changed").out
    assert out.endswith("Not told: 1 where nothing changed.\n")


def test_lines_that_only_moved_are_not_told(repo: World) -> None:
    repo.write("doc.md", f"# A\n\nNew.\n\n{FALSE}\nMore.\n")
    assert found(repo, ".", "--changed") == []


def test_a_new_document_is_changed_as_a_whole(repo: World) -> None:
    repo.write("new.md", FALSE)
    assert found(repo, ".", "--changed") == ["new.md:1 MIR101"]
    git("add", "new.md")
    assert found(repo, ".", "--changed") == ["new.md:1 MIR101"]
    repo.write(".gitignore", "ignored.md\n")
    repo.write("ignored.md", FALSE)
    assert found(repo, "ignored.md", "--changed") == ["ignored.md:1 MIR101"]


def test_a_branch_is_held_against_where_it_left(repo: World) -> None:
    git("switch", "--quiet", "--create", "branch")
    repo.write("new.md", FALSE)
    commit()
    git("switch", "--quiet", "main")
    repo.write("right.md", f"{TRUE}\n{FALSE}")
    commit()
    git("switch", "--quiet", "branch")
    assert found(repo, ".", "--since", "main") == ["new.md:1 MIR101"]


def test_documents_that_now_lie_are_told(repo: World) -> None:
    repo.write("adapter_config.json", PEFT.replace('"r": 8', '"r": 12'))
    assert repo.run("build").status == 0
    assert found(repo, ".", "--since", "HEAD") == ["doc.md:3 MIR101", "right.md:1 MIR101"]
    messages = json.loads(repo.run("check", "right.md", "--changed", "--output-format", "json").out)
    assert messages[0]["message"] == "'8': the rank of run is 12; run.rank was 8 at HEAD"


def test_another_fact_does_not_matter(repo: World) -> None:
    repo.write("adapter_config.json", PEFT.replace("}", ', "lora_alpha": 4}'))
    assert repo.run("build").status == 0
    assert found(repo, ".", "--changed") == []


def test_other_names_of_a_run_matter(repo: World) -> None:
    repo.write("other.md", "The big one has rank 16.\n")
    commit()
    assert found(repo, "other.md") == []
    repo.write("claims.toml", CLAIMS.replace('["run a"]', '["run a", "big one"]'))
    assert repo.run("build").status == 0
    assert found(repo, "other.md", "--changed") == ["other.md:1 MIR101"]


def test_without_a_lock_before_all_is_told(repo: World) -> None:
    git("rm", "--quiet", "--cached", "claims.lock")
    git("commit", "--quiet", "--message", "x")
    assert found(repo, ".", "--changed") == ["doc.md:3 MIR101"]


def test_a_stale_lock_is_told_always(repo: World) -> None:
    repo.write("claims.toml", f"{CLAIMS}# more\n")
    assert found(repo, ".", "--changed") == ["claims.toml:1 MIR901"]


def test_old_line_ends_are_changed_as_a_whole(repo: World) -> None:
    repo.write("old.md", f"One.\r\r{FALSE.rstrip()}\r\rTwo.\r")
    commit()
    assert found(repo, "old.md", "--changed") == []
    repo.write("old.md", f"One.\r\r{FALSE.rstrip()}\r\rTwo, changed.\r")
    assert found(repo, "old.md", "--changed") == ["old.md:3 MIR101"]


@pytest.mark.parametrize("name", ["ä ö.md", "-x.md", 'a"b.md', ":(top)x.md", "*.md"])
def test_odd_names(repo: World, name: str) -> None:
    repo.write(name, f"One.\n\n{FALSE}")
    commit()
    assert found(repo, f"./{name}", "--changed") == []
    repo.write(name, f"One.\n\n{FALSE}\n{FALSE}")
    assert found(repo, f"./{name}", "--changed") == [f"{name}:5 MIR101"]


def test_from_a_folder_below(repo: World, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write("inner/doc.md", FALSE)
    monkeypatch.chdir(repo.root / "inner")
    assert found(repo, ".", "--changed") == ["doc.md:1 MIR101"]
    assert found(repo, "../doc.md", "--changed") == []


def test_only_what_changed_is_mended(repo: World) -> None:
    repo.write("doc.md", f"# A\n\n{FALSE}\nMore. {FALSE}")
    assert repo.run("check", ".", "--changed", "--fix").status == 0
    assert (repo.root / "doc.md").read_text() == f"# A\n\n{FALSE}\nMore. {TRUE}"


BAD = {
    "no revision": ("nowhere", "nowhere: is no revision of this repository; fetch it, or"),
    "an option": ("--output=x", "--output=x: is no revision of this repository;"),
    "a file": ("HEAD:doc.md", "HEAD:doc.md: is no revision of this repository;"),
    "nothing": ("", ": is no revision of this repository;"),
}


@pytest.mark.parametrize(("revision", "told"), BAD.values(), ids=BAD)
def test_a_bad_revision_is_refused(repo: World, revision: str, told: str) -> None:
    status, out, err = repo.run("check", ".", f"--since={revision}")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"mirage-lint: {told}")
    assert not os.path.exists("x")


def test_without_a_commit_there_is_no_last_one(built: World) -> None:
    git("init", "--quiet", ".")
    assert built.run("check", ".", "--changed").err == (
        "mirage-lint: HEAD: is no revision of this repository; fetch it, or correct the name\n"
    )


def test_without_a_repository(built: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(built.root.parent))
    assert built.refused("check", "doc.md", "--changed") == (
        "claims.lock: lies in no git repository; leave --changed and --since out"
    )


def test_without_git(repo: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert repo.refused("check", "doc.md", "--changed") == (
        "git: cannot be run; install git, or do without it"
    )


def test_both_are_bad_usage(repo: World) -> None:
    assert repo.run("check", ".", "--changed", "--since", "HEAD").status == 2


def test_comments_are_not_added_to_what_changed(repo: World) -> None:
    for other in ("--changed", "--since=HEAD", "--diff"):
        assert repo.refused("check", ".", other, "--add-ignore") == (
            "check: --add-ignore cannot be had with --changed, --since or --diff; "
            "name the documents"
        )


def test_no_filter_that_a_repository_names_is_run(repo: World) -> None:
    repo.write(".git/info/attributes", "* filter=a=b\n")
    for setting in ("clean=touch pwned; cat", "process=touch pwned", "required=true"):
        name, value = setting.split("=", 1)
        git("config", f"filter.a=b.{name}", value)
    repo.write(".git/more", '[filter "a=b"]\nsmudge = touch pwned; cat\n')
    git("config", "include.path", "more")
    repo.write("doc.md", f"# A\n\n{FALSE}\nMore. {FALSE}\n")
    assert found(repo, ".", "--changed") == ["doc.md:5 MIR101"]
    assert not os.path.exists("pwned")


def test_the_users_own_filters_are_run(repo: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "filter.mine.clean")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "sed s/Much/More/")
    repo.write(".gitattributes", "*.md filter=mine\n")
    git("config", "filter.theirs.clean", "touch pwned; cat")
    repo.write("doc.md", f"# A\n\n{FALSE}\nMuch.\n")
    assert found(repo, ".", "--changed") == []
    assert not os.path.exists("pwned")


def test_a_folder_that_looks_like_a_repository_is_none(repo: World) -> None:
    git("init", "--quiet", "--bare", "inner")
    git("-C", "inner", "config", "core.bare", "false")
    git("-C", "inner", "config", "core.worktree", str(repo.root / "inner"))
    git("-C", "inner", "fetch", "--quiet", str(repo.root), "main:main")
    repo.write("inner/doc.md", FALSE)
    assert repo.refused("check", "inner/doc.md", "--changed") == (
        "inner/doc.md: lies in no git repository; leave --changed and --since out"
    )


TABLE = """\
# Nets

| Model | Params (M) | Top-1 (%) |
|---|---|---|
| Net-18 | 11.7 | 69.9 |
| Net-34 | 21.8 | 73.6 |
| Net-50 | 25.6 | 76.5 |
"""
WRONG = TABLE.replace("76.5", "76.8")


@pytest.fixture
def twins(repo: World) -> World:
    """One page in two languages, and one more with the same table; they agree."""
    for name in ("a.md", "a_ja.md", "copy.md"):
        repo.write(name, TABLE)
    commit()
    assert found(repo, "a.md", "a_ja.md", "copy.md", "--changed") == []
    return repo


def test_a_page_in_another_language_is_held_against_what_changed(twins: World) -> None:
    twins.write("a_ja.md", WRONG)
    assert found(twins, ".", "--changed") == ["a_ja.md:7 MIR302"]
    twins.write("a_ja.md", TABLE)
    twins.write("a.md", TABLE.replace("76.5", "76.1"))
    out = twins.run("check", ".", "--changed").out
    assert "a_ja.md:7:19: MIR302 '76.5' here, but a.md:7 has '76.1', where all" in out
    assert "the same; a.md:7 changed since HEAD\n" in out
    assert "Looked at 2 documents" in out


def test_what_already_differed_is_not_told(twins: World) -> None:
    twins.write("a_ja.md", WRONG)
    commit()
    assert found(twins, "a.md", "a_ja.md") == ["a_ja.md:7 MIR302"]
    twins.write("a.md", f"{TABLE}\nMore.\n")
    assert found(twins, ".", "--changed") == []
    assert "Not told: 1 where nothing changed." in twins.run("check", ".", "--changed").out


def test_another_document_is_not_read_for_a_table_in_both(twins: World) -> None:
    twins.write("copy.md", WRONG)
    assert found(twins, ".", "--changed") == []


def test_a_repository_that_git_cannot_read_is_one_line(repo: World) -> None:
    for path in (repo.root / ".git" / "objects").glob("??/*"):
        path.chmod(0o644)
        path.write_bytes(b"")
    repo.write("doc.md", TRUE)
    assert repo.refused("check", ".", "--changed")
