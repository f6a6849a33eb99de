"""Git, asked: what a repository configures to be run is not run."""

import os
import subprocess

from mirage_lint.errors import MirageError

_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_SECONDS = 60
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git tells its hooks of the repository, from where they are started."""


class GitError(Exception):
    """Git did not do what it was asked for."""


def run(folder: str, *arguments: str, told: bytes = b"") -> bytes:
    """What git prints in ``folder``, given ``told``; raises `GitError` where it says no, and
    `MirageError` where it cannot be run.
    """
    environment = {name: one for name, one in os.environ.items() if name not in _OF_A_HOOK}
    try:
        done = subprocess.run(
            (*_GIT, *arguments),
            cwd=folder,
            env={**environment, "GIT_OPTIONAL_LOCKS": "0"},
            input=told,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise MirageError("git", f"took over {_SECONDS} seconds", "run it again") from None
    except subprocess.CalledProcessError:
        raise GitError from None
    except (OSError, ValueError):
        raise MirageError("git", "cannot be run", "install git, or do without it") from None
    return done.stdout
