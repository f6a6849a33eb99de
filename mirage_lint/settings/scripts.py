"""Which paths the scripts of a repository name: what they write is there only once they are run."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from mirage_lint import vocabulary
from mirage_lint.errors import MirageError
from mirage_lint.system import git

Parts = tuple[str, ...]
"""A path's last parts, or all of them."""

_SECONDS = 10
_MOST = 100
"""Paths that are asked for at once, and scripts that are read for them."""
_NAME = re.compile(r"[\w.\-]{1,255}")
_BETWEEN = "[^[:alnum:]_.-]{1,6}"
"""What stands between the parts of a path: a slash, or quotes with what joins them."""
_BEFORE = "[[:alnum:]_.-]?"
_BEHIND = "([.]?[[:alnum:]_-]|\\\\?[\"'])?"
"""What makes a name a part of a longer one; or the end of what is quoted."""
_QUOTES = ('\\"', "'")
_PLAIN = (
    *("-z", "-I", "--no-line-number", "--no-column", "--no-color"),
    *("--no-textconv", "--no-recurse-submodules"),
)
"""What a repository configures neither changes what is printed nor is run."""


def named(paths: Collection[Parts], folder: Path) -> frozenset[Parts]:
    """Those of ``paths`` that a script names which git knows in ``folder``: the parts as they are,
    however they are joined. None where there is no git.
    """
    asked = sorted(path for path in paths if path and all(map(_NAME.fullmatch, path)))[:_MOST]
    if not asked:
        return frozenset()
    try:
        # The plain search is many times as fast, and mostly finds none.
        near = _grep(folder, ("-l", "-w", "-F"), (path[-1] for path in asked), _scripts())
        scripts = [f":(literal){name}" for name in near.split("\0") if name][:_MOST]
        told = _grep(folder, ("-o", "-E"), map(_pattern, asked), scripts)
    except MirageError:  # no git, no repository, or no script names any
        return frozenset()
    return frozenset(asked).intersection(_found(told))


def _grep(folder: Path, how: Sequence[str], patterns: Iterable[str], where: Iterable[str]) -> str:
    told = "".join(f"{one}\n" for one in patterns).encode("utf-8", "surrogateescape")
    arguments = ("grep", *_PLAIN, *how, "-f", "-", "--", *where)
    found = git.run(str(folder), *arguments, told=told, seconds=_SECONDS, offline=True)
    return found.decode("utf-8", "surrogateescape")


def _scripts() -> Iterator[str]:
    files = vocabulary.load("files")
    for ending in (*files["program_endings"], *files["recipe_endings"]):
        yield f":(icase)*{ending}"
    yield from (f":(icase,glob)**/{name}" for name in files["recipe_names"])


def _pattern(path: Parts) -> str:
    return _BEFORE + _BETWEEN.join(part.replace(".", "[.]") for part in path) + _BEHIND


def _found(told: str) -> Iterator[Parts]:
    """What was found, in its parts; a name within a longer one is found as another."""
    for line in told.split("\n"):
        script, _, text = line.partition("\0")
        # A notebook's prose is no code: what is quoted there, and so escaped, mostly is.
        if not script.lower().endswith(".ipynb") or text.endswith(_QUOTES):
            yield tuple(part.rstrip(".") for part in _NAME.findall(text))
