"""Which files git ignores."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

_SECONDS = 60
# A repository may configure a monitor that git would run; nothing of what is read is run.
_GIT = ("git", "-c", "core.fsmonitor=false", "check-ignore", "-z", "--stdin")


def ignored(paths: Sequence[Path], folder: Path) -> frozenset[Path]:
    """Those of ``paths`` that git ignores; ``folder`` is where git is asked. None where there is
    no git, or it knows no repository there.
    """
    asked = {os.path.abspath(path): path for path in paths}
    text = "\0".join(asked).encode("utf-8", "surrogateescape")
    try:
        run = subprocess.run(
            _GIT,
            cwd=folder,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
            input=text,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    told = run.stdout.decode("utf-8", "surrogateescape").split("\0")
    return frozenset(asked[path] for path in told if path in asked)
