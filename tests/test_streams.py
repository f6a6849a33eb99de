"""The command line in a process of its own: locales, readers that go away, a full disk."""

import os
import subprocess
import sys

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
