"""Completion, in the shells themselves."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cli_world import World

from mirage_lint.artifacts import extras
from mirage_lint.commands.completion import SHELLS

BASH = """\
source {script}
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=()
function=$(complete -p mirage-lint | sed 's/.*-F \\([^ ]*\\).*/\\1/')
"$function" mirage-lint "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD - 1]}}"
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
FISH = "source {script}; complete -C {words}"
WORDS = {
    "a command": ("mirage-lint ch", {"check"}, {"claims"}),
    "another": ("mirage-lint co", {"coverage", "completion"}, {"check"}),
    "an option": ("mirage-lint check --out", {"--output-format", "--output"}, {"--claims"}),
    "a format": ("mirage-lint check --output-format s", {"sarif"}, {"github"}),
    "a shell": ("mirage-lint completion z", {"zsh"}, {"bash"}),
}


def script(world: World, shell: str) -> Path:
    """The script as a person would write it to a file."""
    status, out, err = world.run("completion", shell)
    assert (status, err) == (0, "")
    world.write(f"script.{shell}", out)
    return world.root / f"script.{shell}"


def completed(world: World, shell: str, words: str, program: str) -> set[str]:
    """What a shell offers."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    text = program.format(script=script(world, shell), words=words)
    run = subprocess.run(
        [shell, "-c", text],
        cwd=world.root,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stderr == ""
    return {line.split("\t")[0] for line in run.stdout.splitlines()}


@pytest.mark.parametrize(("words", "offered", "not_offered"), WORDS.values(), ids=WORDS)
def test_bash_offers(bare: World, words: str, offered: set[str], not_offered: set[str]) -> None:
    found = completed(bare, "bash", words, BASH)
    assert (offered <= found, found & not_offered) == (True, set())


@pytest.mark.parametrize(("words", "offered", "not_offered"), WORDS.values(), ids=WORDS)
def test_fish_offers(bare: World, words: str, offered: set[str], not_offered: set[str]) -> None:
    found = completed(bare, "fish", f"'{words}'", FISH)
    assert (offered <= found, found & not_offered) == (True, set())


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_paths_are_completed(bare: World, shell: str) -> None:
    bare.write("document.md", "")
    program, words = (BASH, "mirage-lint check docu")
    if shell == "fish":
        program, words = FISH, "'mirage-lint check docu'"
    assert "document.md" in completed(bare, shell, words, program)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_what_its_shell_can_read(bare: World, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run([shell, "-n", script(bare, shell)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_is_absent_is_told(bare: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", absent)
    assert bare.refused("completion", "bash") == (
        "completion bash: needs the extra 'completion', which is not installed; "
        "run `pip install 'mirage-lint[completion]'`"
    )


def test_an_unknown_shell_is_bad_usage(bare: World) -> None:
    assert bare.run("completion", "csh").status == 2
