"""Git, asked: what a repository configures to be run is not run."""

import os
import subprocess
from collections.abc import Mapping

from mirage_lint.errors import MirageError

_GIT = (
    "git",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "safe.bareRepository=explicit"),  # a document's folder may be made to look like one
)
_SECONDS = 60
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git tells its hooks of the repository, from where they are started."""
_OF_PATHS = tuple(f"GIT_{way}_PATHSPECS" for way in ("LITERAL", "GLOB", "NOGLOB", "ICASE"))
_OFFLINE = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
"""What is not here is not fetched, by newer and by older versions of git."""


_OWN = ("system", "global", "command")
"""Scopes of what the user has set, and no repository."""
_NOTHING: Mapping[str, str] = {}


class GitError(MirageError):
    """Git did not do what it was asked for; told as any error where nobody knows better."""


def run(
    folder: str,
    *arguments: str,
    told: bytes = b"",
    seconds: float = _SECONDS,
    offline: bool = False,
    settings: Mapping[str, str] = _NOTHING,
) -> bytes:
    """What git prints in ``folder``, given ``told``, under ``settings``; raises `GitError` where it
    says no, and `MirageError` where it cannot be run or takes over so many ``seconds``.
    """
    environment = {
        name: one for name, one in os.environ.items() if name not in (*_OF_A_HOOK, *_OF_PATHS)
    }
    environment |= {"GIT_OPTIONAL_LOCKS": "0", **(_OFFLINE if offline else {})}
    environment |= _set(settings, environment.get("GIT_CONFIG_COUNT", ""))
    try:
        done = subprocess.run(
            (*_GIT, *arguments),
            cwd=folder,
            env=environment,
            input=told,
            capture_output=True,
            timeout=seconds,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise MirageError("git", f"took over {seconds:g} seconds", "run it again") from None
    except subprocess.CalledProcessError:
        problem = f"git did not do `git {arguments[0]}`"
        raise GitError(folder, problem, "see what `git status` says there") from None
    except (OSError, ValueError):
        raise MirageError("git", "cannot be run", "install git, or do without it") from None
    return done.stdout


def _set(settings: Mapping[str, str], count: str) -> dict[str, str]:
    """Settings as git takes them from its environment, behind ``count`` others."""
    first = int(count) if count.isdecimal() else 0
    told = {"GIT_CONFIG_COUNT": str(first + len(settings))} if settings else {}
    for number, (name, value) in enumerate(settings.items(), start=first):
        told |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return told


def unfiltered(folder: str) -> dict[str, str]:
    """Settings under which files are read as they lie there, through no filter that their
    repository names, which git would run; the user's own filters, as those of Git LFS, remain.
    """
    try:
        listed = run(folder, "config", "--null", "--show-scope", "--get-regexp", r"^filter\.")
    except GitError:  # there is none
        return {}
    parts = listed.decode("utf-8", "surrogateescape").split("\0")
    names = {
        told.partition("\n")[0]
        for scope, told in zip(parts[::2], parts[1::2], strict=False)
        if scope not in _OWN
    }
    return {name: "false" if name.endswith(".required") else "" for name in sorted(names)}
