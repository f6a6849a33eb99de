"""The process that reads documents beside a check."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
WORLD = ROOT / "examples" / "mirage"
HAS_CORES = hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1

pytestmark = pytest.mark.skipif(not HAS_CORES, reason="another process could not run meanwhile")

FIRST = "import os, sys, signal; from mirage_lint.documents import beside, flat, reading, source\n"
LARGE = "'a line of 3 words\\n\\n' * 3_400"
"""As much as is read there, which comes back as more than a pipe holds."""


def run(program: str, *arguments: str) -> list[str]:
    """What a program prints that may start the process, as it is none of the tests' own."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST + program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_documents_are_read_there_in_turn() -> None:
    program = (
        "beside.start()\n"
        f"texts = ['# 1', {LARGE}, 'last of 3', {LARGE}]\n"
        "pages = [source.make('x.md', text) for text in texts]\n"
        "for page in pages: beside.ask(page)\n"
        "for page in pages: print(len(reading.read(page).passages))\n"
        "print('markdown_it' in sys.modules)"
    )
    assert run(program) == ["1", "3400", "1", "3400", "False"]


def test_what_was_not_asked_for_is_read_here() -> None:
    program = (
        "beside.start()\n"
        "one, other = source.make('x.md', 'one'), source.make('x.md', 'other')\n"
        "beside.ask(one)\n"
        "print(beside.answer(other), reading.read(other).passages[0].text)\n"
        "print(reading.read(one).passages[0].text, 'markdown_it' in sys.modules)"
    )
    assert run(program) == ["None", "other", "one", "True"]


def test_a_document_that_cannot_be_read_keeps_no_other_from_it() -> None:
    program = (
        "beside.start()\n"
        "bad, good = source.make('x.ipynb', '{}'), source.make('x.md', 'good')\n"
        "beside.ask(bad); beside.ask(good)\n"
        "try: reading.read(bad)\n"
        "except Exception as error: print(type(error).__name__)\n"
        "print(flat.build(beside.answer(good)).passages[0].text)"
    )
    assert run(program) == ["UnreadableError", "good"]


@pytest.mark.parametrize("is_asked", [True, False], ids=["asked", "unasked"])
def test_a_process_that_ends_is_done_without(is_asked: bool) -> None:
    """Killed, by whoever runs out of memory."""
    kill = "os.kill(children[0], signal.SIGKILL); os.waitpid(children[0], 0)\n"
    ask = "beside.ask(page)\n"
    program = (
        "fork, children = os.fork, []\n"
        "def forked():\n"
        "    children.append(fork())\n"
        "    return children[0]\n"
        "os.fork = forked\n"
        "beside.start()\n"
        f"page = source.make('x.md', {LARGE} if {is_asked} else 'few')\n"
        + (ask + kill if is_asked else kill + ask)
        + "print(beside.answer(page), len(reading.read(page).passages))"
    )
    assert run(program) == ["None", "3400" if is_asked else "1"]


def test_it_ends_with_the_other() -> None:
    program = (
        "r, w = os.pipe()\n"
        "os.set_inheritable(w, True)\n"
        "if not os.fork():\n"
        "    beside.start()\n"
        "    os._exit(0)\n"
        "os.close(w)\n"
        "print('ended', os.read(r, 1))"  # the end is read when nobody holds the other
    )
    assert run(program) == ["ended", "b''"]


def test_a_long_document_is_read_here() -> None:
    program = (
        "beside.start()\n"
        "page = source.make('x.md', 'text ' * 20_000)\n"
        "beside.ask(page)\n"
        "print(beside.answer(page), len(reading.read(page).passages))"
    )
    assert run(program) == ["None", "1"]


@pytest.mark.parametrize("is_broken", [False, True], ids=["done", "failed"])
def test_nothing_is_left_of_it(is_broken: bool, tmp_path: Path) -> None:
    """Neither at work nor to be reaped by whoever comes after, as in a container nobody does."""
    for name in ("claims.toml", "claims.lock", "docs/true/readme.md"):
        shutil.copy(WORLD / name, tmp_path)
    if is_broken:
        (tmp_path / "claims.toml").write_text("[[[", "utf-8")
    program = (
        "from mirage_lint import __main__\n"
        "exit = os._exit\n"
        "def leave(status):\n"
        "    if beside._started:\n"
        "        try: os.waitpid(-1, os.WNOHANG)\n"
        "        except ChildProcessError: print('nothing', file=sys.stderr, flush=True)\n"
        "    exit(status)\n"
        "os._exit = leave\n"
        "sys.argv[1:] = ['check', 'readme.md']\n"
        "__main__.run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", FIRST + program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.split()[-1] == "nothing"
    assert done.returncode == (2 if is_broken else 0)


def test_few_files_that_may_be_open_are_enough(tmp_path: Path) -> None:
    for name in ("claims.toml", "claims.lock", "docs/true/readme.md"):
        shutil.copy(WORLD / name, tmp_path)
    command = f"ulimit -n 6; exec {sys.executable} -m mirage_lint check readme.md"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_stay_closed(closed: str, tmp_path: Path) -> None:
    for name in ("claims.toml", "claims.lock", "docs/false/readme.md"):
        shutil.copy(WORLD / name, tmp_path)
    command = f"{sys.executable} -m mirage_lint check readme.md {closed}"
    told = [
        subprocess.run(
            ["bash", "-c", f"{cores} {command}"], cwd=tmp_path, capture_output=True, check=False
        )
        for cores in ("", "taskset -c 0")
    ]
    assert told[0].returncode == 1
    assert (told[0].stdout, told[0].stderr) == (told[1].stdout, told[1].stderr)


def check(
    *options: str, cores: int | None = None, place: Path = WORLD
) -> subprocess.CompletedProcess[str]:
    """A check as the shell runs it; what it imported comes as an error."""
    program = (
        "import os, sys\n"
        f"cores = list(os.sched_getaffinity(0))[:{cores}]\n"
        "os.sched_setaffinity(0, cores)\n"
        "from mirage_lint.__main__ import run\n"
        "exit = os._exit\n"
        "def leave(status):\n"
        "    told = {'typing', 'markdown_it', 'urllib.parse'} & set(sys.modules)\n"
        "    print(*sorted(told), file=sys.stderr); sys.stderr.flush(); exit(status)\n"
        "os._exit = leave\n"
        "run()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, "check", *options],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_check_tells_the_same_with_it_and_without() -> None:
    pages = sorted(path.relative_to(WORLD).as_posix() for path in WORLD.glob("docs/*/*.md"))
    beside_it, alone = (check(*pages, cores=cores) for cores in (None, 1))
    assert (beside_it.returncode, beside_it.stdout) == (alone.returncode, alone.stdout)
    assert beside_it.returncode == 1
    assert "markdown_it" in alone.stderr


@pytest.mark.parametrize("more", ["", "Checked by mirage-lint; our claim: one family of 3.\n"])
def test_a_check_leaves_the_parser_to_it(more: str, tmp_path: Path) -> None:
    for name in ("claims.toml", "claims.lock", "docs/true/readme.md"):
        shutil.copy(WORLD / name, tmp_path)
    with (tmp_path / "readme.md").open("a", encoding="utf-8") as page:
        page.write(more)
    done = check("readme.md", place=tmp_path)
    assert "All right." in done.stdout
    assert done.stderr.split() == ["urllib.parse"]  # by `pathlib`


@pytest.mark.parametrize("text", ['{"cells": 1}', "{"])
def test_a_broken_notebook_is_told_of_once(text: str, tmp_path: Path) -> None:
    for name in ("claims.toml", "claims.lock", "docs/true/readme.md"):
        shutil.copy(WORLD / name, tmp_path)
    (tmp_path / "x.ipynb").write_text(text, "utf-8")
    done = check("x.ipynb", "readme.md", place=tmp_path)
    assert done.returncode == 2
    assert "Looked at 1 document" in done.stdout
    assert done.stderr.count("x.ipynb") == 1
    assert "Traceback" not in done.stderr
