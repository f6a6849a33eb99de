"""Which files git ignores."""

import os
from collections.abc import Sequence
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
