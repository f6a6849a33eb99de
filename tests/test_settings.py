"""Settings: where they are found, what they choose, and how bad ones are refused."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_world import CLAIMS, FALSE, PEFT, TRUE, World

from mirage_lint.settings.globs import matches
from mirage_lint.settings.options import Settings, key, options

ROOT = Path(__file__).parent.parent
TOML = "mirage-lint.toml"


def codes(world: World, *arguments: str) -> list[str]:
    """The codes found, and where: ``doc.md MIR101``."""
    status, out, err = world.run("check", *arguments, "--output-format", "json")
    assert err == ""
    found = json.loads(out)
    assert status == bool(found)
    return [f"{one['path']} {one['code']}" for one in found]


FILES = {
    "its own file": (TOML, 'ignore = ["MIR101"]\n'),
    "a hidden file": (f".{TOML}", 'ignore = ["MIR101"]\n'),
    "a project's table": ("pyproject.toml", '[tool.mirage-lint]\nignore = ["MIR101"]\n'),
    "a quoted table": ("pyproject.toml", '[tool."mirage-lint"]\nignore = ["MIR101"]\n'),
    "a dotted key": ("pyproject.toml", 'tool.mirage-lint.ignore = ["MIR101"]\n'),
    "a key of the table of tools": ("pyproject.toml", '[tool]\nmirage-lint.ignore = ["MIR101"]\n'),
    "windows line ends and a mark": (TOML, '\ufeffignore = [\r\n"MIR101"]\r\n'),
}


@pytest.mark.parametrize(("name", "text"), FILES.values(), ids=FILES)
def test_settings_are_found_in(built: World, name: str, text: str) -> None:
    built.write(name, text)
    assert codes(built, "doc.md") == []


def test_what_is_not_told_is_counted(built: World) -> None:
    built.write(TOML, 'ignore = ["MIR1"]\n')
    status, out, _ = built.run("check", "doc.md")
    assert (status, out) == (
        0,
        "All right. Looked at 1 document, 1 claim: 0 verified, 1 contradicted, 0 not judged. "
        "Not told: 1 of rules that are not selected.\n",
    )


def test_the_nearest_file_wins_alone(built: World) -> None:
    built.write(TOML, 'ignore = ["MIR101"]\n')
    built.write(f"inner/{TOML}", "")
    built.write("inner/deep/doc.md", FALSE)
    assert codes(built, ".") == ["inner/deep/doc.md MIR101"]


def test_a_project_without_our_table_is_passed_over(built: World) -> None:
    built.write(TOML, 'ignore = ["MIR101"]\n')
    built.write("inner/pyproject.toml", '[project]\ndependencies = ["mirage-lint"]\nx = [broken\n')
    built.write("inner/doc.md", FALSE)
    assert codes(built, "inner") == []


def test_a_file_can_be_named_and_all_can_be_set_aside(built: World) -> None:
    built.write("other.toml", 'ignore = ["MIR101"]\n')
    assert codes(built, "doc.md") == ["doc.md MIR101"]
    assert codes(built, "doc.md", "--config", "other.toml") == []
    built.write(TOML, 'ignore = ["MIR101"]\n')
    assert codes(built, "doc.md", "--isolated") == ["doc.md MIR101"]


CHOICES = {
    "nothing": ("", True),
    "select of the code": ('select = ["MIR101"]', True),
    "select of a beginning": ('select = ["MIR1"]', True),
    "select of all": ('select = ["MIR"]', True),
    "select of a name": ('select = ["value-mismatch"]', True),
    "select of others": ('select = ["MIR2"]', False),
    "select of none": ("select = []", False),
    "extend-select": ('select = ["MIR2"]\nextend-select = ["MIR101"]', True),
    "ignore of a beginning": ('ignore = ["mir1"]', False),
    "select is longer than ignore": ('select = ["MIR101"]\nignore = ["MIR1"]', True),
    "ignore is longer than select": ('select = ["MIR1"]\nignore = ["MIR101"]', False),
    "ignore wins of two alike": ('select = ["MIR101"]\nignore = ["MIR101"]', False),
    "a path": ('[per-path."*.md"]\nignore = ["MIR101"]', False),
    "another path": ('[per-path."docs/"]\nignore = ["MIR101"]', True),
    "a path selects": ('ignore = ["MIR2"]\n[per-path."doc.md"]\nselect = ["MIR2"]', False),
    "a path selects anew": ('select = ["MIR2"]\n[per-path."doc.md"]\nselect = ["MIR1"]', True),
}


@pytest.mark.parametrize(("text", "told"), CHOICES.values(), ids=CHOICES)
def test_rules_are_chosen_by(built: World, text: str, told: bool) -> None:
    built.write(TOML, text)
    assert codes(built, "doc.md") == ["doc.md MIR101"] * told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--select", "MIR101"), True),
        (("--select", "MIR2,MIR101"), True),
        (("--select", "MIR2", "--select", "MIR101"), True),
        (("--select", "MIR2"), False),
        (("--ignore", "MIR2"), True),
    ],
)
def test_the_command_line_chooses_over_the_file(built: World, arguments, told: bool) -> None:
    built.write(TOML, 'ignore = ["MIR101"]\n')
    assert codes(built, "doc.md", *arguments) == ["doc.md MIR101"] * told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--per-path", "doc.md=MIR101"), False),
        (("--per-path", "*.md=MIR2,value-mismatch"), False),
        (("--per-path", "docs/=MIR101"), True),
        (("--per-path", "doc.md=MIR2"), True),
        (("--per-path", "docs/=MIR1", "--per-path", "d*.md=MIR1"), False),
        (("--per-path", "a=b/=MIR1", "--per-path", "doc.md=MIR1"), False),
    ],
)
def test_the_command_line_chooses_by_path(built: World, arguments, told: bool) -> None:
    built.write("docs/x.md", TRUE)
    built.write(TOML, '[per-path."doc.md"]\nignore = ["MIR1"]\n')
    assert codes(built, ".", *arguments) == ["doc.md MIR101"] * told
    shown = built.run("check", "docs", "--show-settings", *arguments).out
    assert f'"{arguments[1].rpartition("=")[0]}" = {{' in shown


def severity(world: World, *arguments: str) -> str:
    out = world.run("check", "doc.md", "--output-format", "json", *arguments).out
    return str(json.loads(out)[0]["severity"])


def test_severity_is_by_rule_and_by_path(built: World) -> None:
    built.write(TOML, 'severity = { MIR1 = "warning", MIR102 = "error" }\n')
    assert severity(built) == "warning"
    assert severity(built, "--severity", "MIR101=error") == "error"
    built.write(TOML, '[per-path."doc.md"]\nseverity = { MIR101 = "warning" }\n')
    assert severity(built) == "warning"


def test_a_stale_lock_is_chosen_too(built: World) -> None:
    built.write("claims.toml", f"{CLAIMS}# more\n")
    built.write("doc.md", TRUE)
    assert codes(built, "doc.md") == ["claims.toml MIR901"]
    assert codes(built, "doc.md", "--ignore", "MIR901") == []


GLOBS = {
    "a name": ("old.md", ["old.md", "a/old.md", "a/b/old.md"], ["old.mdx", "xold.md"]),
    "a name's pattern": ("*.md", ["x.md", "a/x.md"], ["x.mdx", "md"]),
    "a folder by name": ("data/", ["data/x.md", "a/data/b/x.md"], ["data", "a/data", "data.md"]),
    "a path": ("a/b", ["a/b", "a/b/x.md"], ["b", "c/a/b", "a/bb"]),
    "a path with a start": ("./a/b", ["a/b"], ["b"]),
    "a star stays in its folder": ("a/*.md", ["a/x.md"], ["a/b/x.md", "x.md"]),
    "two stars do not": ("a/**/x.md", ["a/x.md", "a/b/x.md", "a/b/c/x.md"], ["x.md", "b/x.md"]),
    "two stars first": ("**/b/*.md", ["b/x.md", "a/b/x.md"], ["b/c/x.md"]),
    "two stars last": ("a/**", ["a/x.md", "a/b/x.md"], ["b/x.md"]),
    "one letter": ("?.md", ["a.md"], ["ab.md"]),
    "a leading slash": ("/a.md", ["a.md"], ["b/a.md"]),
}


@pytest.mark.parametrize(("pattern", "these", "not_these"), GLOBS.values(), ids=GLOBS)
def test_patterns(pattern: str, these: list[str], not_these: list[str]) -> None:
    assert [path for path in these if not matches(pattern, path)] == []
    assert [path for path in not_these if matches(pattern, path)] == []


def test_a_pattern_of_many_stars_is_quick() -> None:
    assert not matches("/".join(["**", "*a*a*a*a*a*a*"] * 40), "a" * 200 + "/" + "b/" * 60)


def files(world: World, *arguments: str) -> list[str]:
    status, out, err = world.run("check", *arguments, "--show-files")
    assert (status, err) == (0, "")
    return out.split()


@pytest.fixture
def tree(bare: World) -> World:
    for name in ("a/x.md", "a/b/y.md", "a/b/z.mdx", "data/x.md", "inner/data/y.md"):
        bare.write(name, FALSE)
    return bare


EVERY = ["doc.md", "a/x.md", "a/b/y.md", "data/x.md", "inner/data/y.md"]
LEFT = {
    "nothing": ("", EVERY),
    "exclude of a folder": ('exclude = ["data/"]', ["doc.md", "a/x.md", "a/b/y.md"]),
    "exclude of a path": ('exclude = ["a/b"]', [x for x in EVERY if "b/" not in x]),
    "extend-exclude": ('extend-exclude = ["*.md"]\ninclude = ["*.mdx", "x.md"]', ["a/b/z.mdx"]),
    "include": ('include = ["*.mdx"]', ["a/b/z.mdx"]),
}


@pytest.mark.parametrize(("text", "left"), LEFT.values(), ids=LEFT)
def test_folders_leave_out_by(tree: World, text: str, left: list[str]) -> None:
    tree.write(TOML, text)
    assert files(tree, ".") == left


def test_patterns_of_the_command_line_count_from_where_it_runs(
    tree: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree.write(TOML, "")
    monkeypatch.chdir(tree.root / "a")
    assert files(tree, ".", "--exclude", "b/y.md") == ["x.md"]
    assert files(tree, ".", "--exclude", "a/b/y.md") == ["x.md", "b/y.md"]


def test_what_is_named_is_checked_unless_exclusion_is_forced(tree: World) -> None:
    tree.write(TOML, 'exclude = ["data/"]')
    assert files(tree, "data/x.md", "doc.md") == ["data/x.md", "doc.md"]
    assert files(tree, "data") == ["data/x.md"]
    assert files(tree, "data/x.md", "doc.md", "--force-exclude") == ["doc.md"]
    assert tree.run("check", "--force-exclude", "data/x.md") == (
        0,
        "All right. Looked at 0 documents, 0 claims: 0 verified, 0 contradicted, 0 not judged.\n",
        "",
    )


def test_what_git_ignores_is_left_out_of_folders(tree: World) -> None:
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    tree.write(".gitignore", "data/\n")
    kept = ["doc.md", "a/x.md", "a/b/y.md"]
    assert files(tree, ".") == kept
    assert files(tree, ".", "--no-respect-gitignore") == EVERY
    assert files(tree, "data/x.md") == ["data/x.md"]
    assert files(tree, "data/x.md", "--force-exclude") == []
    tree.write(TOML, "respect-gitignore = false")
    assert files(tree, ".") == EVERY


def test_a_folder_with_nothing_left_is_refused(tree: World) -> None:
    tree.write(TOML, 'exclude = ["x.md"]')
    assert tree.refused("check", "data") == (
        "data: holds no document; name some (.md, .markdown, .ipynb)"
    )


def test_settings_name_the_registry_from_where_they_stand(
    bare: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare.write(TOML, 'claims = "data/our.toml"')
    bare.write("data/our.toml", CLAIMS)
    bare.write("data/adapter_config.json", PEFT)
    assert bare.run("build").out.startswith("our.lock: ")
    assert bare.run("facts", "rank").status == 0
    assert codes(bare, "doc.md") == ["doc.md MIR101"]
    bare.write("deep/doc.md", FALSE)
    monkeypatch.chdir(bare.root / "deep")
    assert codes(bare, "doc.md") == ["doc.md MIR101"]


@pytest.mark.parametrize(
    "name",
    [
        *("CHANGELOG.md", "Plans/doc.md", "docs/archive/2020/doc.md", "docs/Training-Plan.md"),
        *(
            "training-plan-small.md",
            "planning.md",
            "EXPERIMENT_LOG.md",
            "log.md",
            "log-2026-04-05-a.md",
        ),
        *("audit_20260509.md", "20260509_audit.md", "REPORT_2026-03-19.md"),
        *("docs/releases/v1.2.md", "devlog-speed.md", "reviewer_responses.md", "rebuttal.md"),
        *("audit_2026_05_09.md", "2026_05_09_audit.md", "PREREGISTRATION.md", "a_prereg_b.md"),
        *("research_journal.md", "learnings.md", "EXPERIMENT_LEDGER.md", "logs/first-try.md"),
    ],
)
def test_records_of_the_past_are_read_and_not_told(built: World, name: str) -> None:
    built.write(name, FALSE)
    status, out, _ = built.run("check", name)
    assert status == 0
    assert out.endswith(" 1 contradicted, 0 not judged. Not told: 1 in records of the past.\n")
    built.write(TOML, 'records = ["journal/"]')
    assert codes(built, name) == [f"{name} MIR101"]


@pytest.mark.parametrize(
    "name",
    [
        *("planes.md", "explanation.md", "catalog.md", "log_loss.md", "blog.md", "blog-post.md"),
        *("judge-20251001/report.md", "runs/2026_a/doc.md", "seed_12345678.md"),
        *("journals-of-note.md", "ledgers.md", "a_2026_99_01.md"),
    ],
)
def test_what_only_looks_like_a_record_is_told(built: World, name: str) -> None:
    built.write(name, FALSE)
    assert codes(built, name) == [f"{name} MIR101"]


BAD = {
    "an unknown key": ('\nselct = ["MIR1"]', "2: selct: unknown key; did you mean 'select'?"),
    "an unknown code": (
        'ignore = ["MIR1O1"]',
        "1: ignore: 'MIR1O1' is no rule; did you mean 'MIR101'?",
    ),
    "a code of no rule": (
        'ignore = ["MIR777"]',
        "1: ignore: 'MIR777' is no rule; known are 'MIR101', ",
    ),
    "a project's table": (
        '[tool.mirage-lint]\nignore = ["MIR2"]',
        "1: tool: unknown key; [tool.mirage-lint] is for pyproject.toml; write its keys here",
    ),
    "no list": ('select = "MIR1"', '1: select: is no list of texts; write ["…", "…"]'),
    "no severity": (
        'severity = { MIR101 = "fatal" }',
        "1: severity.MIR101: 'fatal' is no severity; write 'error' or 'warning'",
    ),
    "a severity of no rule": ('[severity]\nMIRX = "error"', "2: severity.MIRX: 'MIRX' is no rule"),
    "an unknown key of a path": (
        '[per-path."x.md"]\nignroe = []',
        "2: per-path.x.md.ignroe: unknown key; did you mean 'ignore'?",
    ),
    "no table": ("per-path = 3", "1: per-path: is no table; write {"),
    "a pattern of nothing": ('exclude = ["/"]', "1: exclude: '/' is no pattern; write one as"),
    "a pattern that leads out": ('exclude = ["../x"]', "1: exclude: '../x' is no pattern;"),
    "no switch": ('respect-gitignore = "yes"', "1: respect-gitignore: 'yes' is no switch;"),
    "no path": ("claims = 3", "1: claims: is no path; write it in quotes"),
    "broken TOML": ("\nselect = [", "2: is not valid TOML: Invalid value; correct that line"),
}


@pytest.mark.parametrize(("text", "told"), BAD.values(), ids=BAD)
def test_bad_settings_are_refused_with_their_line(built: World, text: str, told: str) -> None:
    built.write(TOML, text)
    assert built.refused("check", "doc.md").startswith(f"{TOML}:{told}")


def test_bad_settings_of_a_project_are_refused_with_their_line(built: World) -> None:
    built.write("pyproject.toml", "[tool.x]\ny = 1\n\n[tool.mirage-lint]\nignroe = []\n")
    assert built.refused("check", "doc.md") == (
        "pyproject.toml:5: ignroe: unknown key; did you mean 'ignore'?"
    )


def test_files_that_cannot_be_settings(built: World) -> None:
    built.write(TOML, b"ignore = [\xff]\n")
    assert built.refused("check", "doc.md") == f"{TOML}:1: is not UTF-8; save it as UTF-8"
    built.write(TOML, "#" * (2**20 + 1))
    assert built.refused("check", "doc.md").startswith(f"{TOML}: is larger than 1,048,576 bytes")
    assert built.refused("check", "doc.md", "--config", "no.toml").startswith(
        "no.toml: cannot be read (No such file or directory)"
    )
    os.mkfifo(built.root / "pipe.toml")
    for name in ("pipe.toml", "."):
        assert built.refused("check", "doc.md", "--config", name) == (
            f"{name}: is no regular file; name a file of settings"
        )
    (built.root / "pipe.toml").rename(built.root / TOML)
    assert (
        built.refused("check", "doc.md") == f"{TOML}: is no regular file; name a file of settings"
    )
    (built.root / TOML).unlink()
    (built.root / TOML).symlink_to("nowhere")
    assert built.refused("check", "doc.md").startswith(f"{TOML}: cannot be read (No such file")
    (built.root / TOML).unlink()
    built.write(TOML, "ignore = " + "[" * 5000)
    assert built.refused("check", "doc.md").startswith(TOML)


def test_bad_choices_of_the_command_line_are_bad_usage(built: World) -> None:
    status, out, err = built.run("check", "doc.md", "--select", "MIR1O1")
    assert (status, out) == (2, "")
    assert "'MIR1O1' is no rule; did you mean 'MIR101'?" in err
    for bad, told in {
        "docs/": "'docs/' tells no rules; write it as 'docs/old/=MIR2'",
        "=MIR1": "'' is no pattern;",
        "docs/=MIR1O1": "'MIR1O1' is no rule;",
    }.items():
        status, out, err = built.run("check", "doc.md", "--per-path", bad)
        assert (status, out, told in err) == (2, "", True)


def test_settings_are_shown_as_a_file_would_have_them(built: World) -> None:
    text = 'ignore = ["MIR2"]\nseverity = { MIR101 = "warning" }\n[per-path."a/"]\nselect = []\n'
    built.write(TOML, text)
    status, out, _ = built.run("check", "doc.md", "--show-settings")
    assert (status, out.partition("\n")[0]) == (0, f"# doc.md: {TOML}")
    built.write("shown.toml", out)
    again = built.run("check", "doc.md", "--show-settings", "--config", "shown.toml").out
    assert again.partition("\n")[2] == out.partition("\n")[2]
    assert 'per-path = { "a/" = { select = [] } }' in out


def test_every_option_is_an_option_of_the_command_line(bare: World) -> None:
    out = bare.run("check", "--help").out
    assert [key(name) for name, _ in options() if f"--{key(name)}" not in out] == []


def test_our_own_check_of_everything_is_clean(monkeypatch: pytest.MonkeyPatch, bare: World) -> None:
    monkeypatch.chdir(ROOT)
    status, out, err = bare.run("check", ".")
    assert (status, out.partition(" Looked at ")[0], err) == (0, "All right.", "")
    assert not any("tests/" in path for path in files(bare, "."))


def test_piped_text_has_the_settings_of_its_place(
    built: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.write("a/mirage-lint.toml", 'ignore = ["MIR101"]')
    for name, status in (("a/doc.md", 0), ("doc.md", 1)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FALSE.encode())))
        assert built.run("check", "-", "--stdin-filename", name).status == status


def test_the_defaults_are_those_that_the_fields_have() -> None:
    assert Settings().select == ("MIR1", "MIR2", "MIR3", "MIR4", "MIR9")


@pytest.mark.parametrize("other", ["--fix", "--add-ignore", "--show-files"])
def test_what_is_done_instead_of_a_check_is_one_thing(built: World, other: str) -> None:
    status, out, err = built.run("check", "doc.md", "--show-settings", other)
    assert (status, out) == (2, "")
    assert "not allowed with argument" in err
