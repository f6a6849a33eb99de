"""Which files git ignores, and which it knows elsewhere."""

import os
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

from mirage_lint.errors import MirageError
from mirage_lint.system import git


def ignored(paths: Sequence[Path], folder: Path) -> frozenset[Path]:
    """Those of ``paths`` that git ignores; ``folder`` is where git is asked. None where there is
    no git, or it knows no repository there.
    """
    asked = {os.path.abspath(path): path for path in paths}
    text = "\0".join(asked).encode("utf-8", "surrogateescape")
    try:
        told = git.run(str(folder), "check-ignore", "-z", "--stdin", told=text)
    except MirageError:  # no git, no repository, or none of them is ignored
        return frozenset()
    names = told.decode("utf-8", "surrogateescape").split("\0")
    return frozenset(asked[path] for path in names if path in asked)


def elsewhere(paths: Collection[str], folder: Path) -> frozenset[str]:
    """Those of ``paths`` that are, or end, the path of a file which git knows: they are told from a
    folder of their own, or not checked out here.
    """
    try:
        told = git.run(str(folder), "ls-files", "-z")
    except MirageError:
        return frozenset()
    files: dict[str, list[str]] = defaultdict(list)
    for name in told.decode("utf-8", "surrogateescape").split("\0"):
        files[name.rpartition("/")[2]].append(name)
    return frozenset(
        path
        for path in paths
        if any(
            f"/{name}".endswith(f"/{path.lstrip('./')}")
            for name in files.get(path.rpartition("/")[2], ())
        )
    )
