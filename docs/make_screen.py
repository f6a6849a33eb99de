"""Puts a real screen of the program into README.md: some findings of the example, as printed."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COMMAND = ("check", "docs/false")
CHOSEN = (
    "docs/false/base-model.md:5:",
    "docs/false/denominators.md:6:",
    "docs/false/training-examples.md:5:",
    "docs/false/kv-cache.md:8:",
)
"""How the findings that are shown start."""

_START, _END = "<!-- screen: made by docs/make_screen.py -->\n", "<!-- end of screen -->\n"


def screen() -> str:
    """What ``mirage-lint check`` prints in examples/mirage: the chosen findings, the last line.
    Nothing of git, whose history changes.
    """
    done = subprocess.run(
        [sys.executable, "-m", "mirage_lint", *COMMAND],
        cwd=ROOT / "examples" / "mirage",
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    blocks = done.stdout.rstrip("\n").split("\n\n")
    shown = [next(block for block in blocks if block.startswith(start)) for start in CHOSEN]
    command = f"$ mirage-lint {' '.join(COMMAND)}\n"
    return command + "\n\n".join([*shown, "[...]", blocks[-1]]) + "\n"


def text(old: str) -> str:
    """README.md with the screen of today."""
    before, _, rest = old.partition(_START)
    _, mark, after = rest.partition(_END)
    if not mark:
        raise SystemExit(f"README.md: lacks {_START.strip()} … {_END.strip()}")
    return f"{before}{_START}\n```text\n{screen()}```\n\n{_END}{after}"


if __name__ == "__main__":
    README.write_text(text(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
