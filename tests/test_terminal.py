"""What a terminal shows while work goes on, and how work is broken off."""

import contextlib
import io
import itertools
import os
import pty
import signal
import subprocess
import sys

import pytest
from cli_world import FALSE, World

from mirage_lint.system.terminal import watched


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def seen(out: io.StringIO, step: float, count: int = 40) -> str:
    """What is shown while items take ``step`` seconds each."""
    clock = itertools.count()
    items = list(range(count))
    assert list(watched(items, str, out, lambda: next(clock) * step)) == items
    return out.getvalue()


def test_quick_work_is_not_shown() -> None:
    assert seen(Terminal(), 0.02) == ""


def test_slow_work_is_shown_and_cleared_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = seen(Terminal(), 0.4, count=4)
    assert text == "\r\033[K3 of 4: 2\r\033[K4 of 4: 3\r\033[K"


def test_what_is_shown_is_no_flicker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert seen(Terminal(), 0.04).count(" of 40: ") == 6


def test_a_long_name_does_not_wrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "10")
    out = Terminal()
    clock = itertools.count()
    list(watched(["x" * 50], str, out, lambda: next(clock) * 2))
    assert out.getvalue() == f"\r\033[K{'1 of 1: xxx'[:9]}\r\033[K"


def test_nothing_is_shown_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen(io.StringIO(), 5) == ""
    assert list(watched([1, 2], str, None)) == [1, 2]
    monkeypatch.setenv("TERM", "dumb")
    assert seen(Terminal(), 5) == ""


def test_what_was_shown_is_cleared_where_work_breaks_off() -> None:
    out, clock = Terminal(), itertools.count()
    work = watched([1, 2], str, out, lambda: next(clock) * 2)
    next(work)
    work.close()
    assert out.getvalue().endswith("\r\033[K")


def test_ctrl_c_is_clean(built: World) -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "mirage_lint", "check", "-"],
        cwd=built.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert run.stdin
    run.stdin.write(FALSE.encode() * 40_000)  # more than a pipe holds: it is being read
    run.stdin.flush()
    while run.poll() is None:  # one that comes between two reads is heeded after the next
        run.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(2)
    assert run.returncode == 130
    assert run.stdout
    assert run.stderr
    assert (run.stdout.read(), run.stderr.read()) == (b"", b"")
    for stream in (run.stdout, run.stderr):
        stream.close()
    with contextlib.suppress(BrokenPipeError):
        run.stdin.close()


INTERRUPTED = """\
import builtins, runpy, sys
real = builtins.__import__
def importing(name, *rest, **more):
    if "{module}" in (name, *(f"{{name}}.{{one}}" for one in (rest + (None,) * 3)[2] or ())):
        raise KeyboardInterrupt
    return real(name, *rest, **more)
builtins.__import__ = importing
sys.argv[1:] = {arguments}
runpy.run_module("mirage_lint", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("mirage_lint.cli", ["check", "doc.md"]),
        ("mirage_lint.errors", ["check", "doc.md"]),
        ("mirage_lint.commands.usage", ["check", "--changed", "doc.md"]),
        ("argparse", ["check", "--changed", "doc.md"]),
        ("mirage_lint.commands.check", ["check", "doc.md"]),
        ("markdown_it", ["check", "doc.md"]),
    ],
)
def test_ctrl_c_while_modules_are_loaded_is_clean(
    built: World, module: str, arguments: list[str]
) -> None:
    program = INTERRUPTED.format(module=module, arguments=arguments)
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=built.root, capture_output=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (130, b"", b"")


def test_a_real_terminal_is_left_as_it_was(built: World) -> None:
    leader, follower = pty.openpty()
    run = subprocess.run(
        [sys.executable, "-m", "mirage_lint", "check", "doc.md"],
        cwd=built.root,
        env={**os.environ, "TERM": "xterm"},
        stdout=follower,
        stderr=follower,
        check=False,
    )
    os.close(follower)
    text = os.read(leader, 65536).decode()
    os.close(leader)
    assert (run.returncode, "\033[K" in text) == (1, False)
    assert "\033[31mMIR101\033[0m" in text
    assert text.count("\033[0m") == text.count("\033[") / 2
