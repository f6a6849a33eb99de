"""The command line in a process of its own: locales, readers that go away, a full disk."""

import os
import subprocess
import sys

import pytest
from cli_world import FALSE, World


def process(world: World, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """The command line in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "mirage_lint", *arguments],
        cwd=world.root,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_the_output_is_the_same_in_every_locale(built: World) -> None:
    built.write("doc.md", "Läuft: run A has rank 16.\n")
    runs = [
        process(built, "check", "doc.md", LC_ALL=locale, PYTHONIOENCODING=encoding)
        for locale, encoding in (("C.UTF-8", "utf-8"), ("C", "ascii"))
    ]
    outs = [run.communicate() for run in runs]
    assert outs[0] == outs[1]
    assert "Läuft" in outs[0][0].decode()


def test_a_reader_that_goes_away_is_no_traceback(built: World) -> None:
    built.write("doc.md", f"{FALSE}\n" * 3000)
    run = process(built, "claims", "doc.md")
    assert run.stdout
    assert run.stderr
    run.stdout.close()
    assert (run.stderr.read(), run.wait()) == (b"", 2)
    run.stderr.close()


def test_a_full_disk_is_one_line(built: World) -> None:
    with open("/dev/full", "wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "mirage_lint", "check", "doc.md"],
            cwd=built.root,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    told = b"mirage-lint: <stdout>: No space left on device; check path, rights and room\n"
    assert (run.returncode, run.stderr) == (2, told)


def in_shell(world: World, command: str) -> tuple[int, bytes, bytes]:
    """A command of a shell; in it, `$LINT` is the command line."""
    run = subprocess.run(
        ["sh", "-c", command],
        cwd=world.root,
        env={**os.environ, "LINT": f"{sys.executable} -m mirage_lint"},
        capture_output=True,
        check=False,
    )
    return run.returncode, run.stdout, run.stderr


CLOSED = {
    "output": ("$LINT check doc.md >&-", 1),
    "messages": ("$LINT check doc.md 2>&- >/dev/null", 1),
    "messages, where there is one": ("$LINT check absent.md 2>&-", 2),
    "both": ("$LINT check absent.md >&- 2>&-", 2),
    "all three": ("$LINT check doc.md <&- >&- 2>&-", 1),
    "messages on a full disk": ("$LINT check absent.md 2>/dev/full", 2),
    "messages of argparse": ("$LINT check --mend 2>&-", 2),
}


@pytest.mark.parametrize(("command", "status"), CLOSED.values(), ids=CLOSED)
def test_a_stream_that_is_closed_changes_no_exit_status(
    built: World, command: str, status: int
) -> None:
    assert in_shell(built, command) == (status, b"", b"")


def test_help_on_a_full_disk_is_one_line(built: World) -> None:
    told = b"mirage-lint: <stdout>: No space left on device; check path, rights and room\n"
    assert in_shell(built, "$LINT check --help >/dev/full") == (2, b"", told)


@pytest.mark.parametrize("module", ["commands.usage", "commands.check"])
def test_an_interrupt_at_any_moment_is_no_traceback(built: World, module: str) -> None:
    program = (
        "import sys; from mirage_lint import cli\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == 'mirage_lint.{module}': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "sys.argv = ['mirage-lint', 'check', 'doc.md', '--isolated']\n"
        "cli.run()"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=built.root, capture_output=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (130, b"", b"")
