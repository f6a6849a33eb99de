"""Puts into pages of ``docs`` what their commands print, run in order in a copy of the example."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
PAGES = tuple(Path(__file__).parent / name for name in ("tutorial.md", "how-it-reads.md"))

_STEP = re.compile(
    r"(?P<file>`(?P<name>[^`]+)`:\n\n```markdown\n(?P<text>.*?)```)|```text\n(?P<screen>\$ .*?)```",
    re.DOTALL,
)
_AUTHOR = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")


def text(old: str) -> str:
    """The page with the screens of today."""
    with TemporaryDirectory() as folder:
        world = Path(folder) / "mirage"
        shutil.copytree(ROOT / "examples" / "mirage", world)
        for command in (("init",), ("add", "--all"), ("commit", "--message=All")):
            git = ("git", *_AUTHOR, "-c", "commit.gpgsign=false", *command, "--quiet")
            subprocess.run(git[:-1] if command[0] == "add" else git, cwd=world, check=True)
        return _STEP.sub(lambda step: _done(step, world), old)


def _done(step: re.Match[str], world: Path) -> str:
    """A step of the page, done in ``world``: a file that is written, or commands and what they
    print.
    """
    if step["file"]:
        (world / step["name"]).write_text(step["text"], encoding="utf-8")
        return step[0]
    commands = [line for line in step["screen"].splitlines() if line.startswith("$ ")]
    return "```text\n" + "\n".join(_screen(one, world) for one in commands) + "```"


def _screen(command: str, world: Path) -> str:
    done = subprocess.run(
        ["sh", "-c", command.removeprefix("$ ")],
        cwd=world,
        env=_environment(world),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return f"{command}\n{done.stdout}"


def _environment(world: Path) -> dict[str, str]:
    """That of somebody who has nothing of the example at home, with lines in a terminal's order."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(world.parent), "PYTHONUNBUFFERED": "1"}


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(text(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
