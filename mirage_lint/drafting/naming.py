"""Names for run families, from the paths of their artifacts."""

import re

from mirage_lint import vocabulary
from mirage_lint.core import words
from mirage_lint.drafting import listing

_LONGEST = 40
_BREAK = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """A name that ``claims.toml`` allows: letters, digits and ``_``."""
    return _BREAK.sub("_", text.lower())[:_LONGEST].strip("_") or "run"


def is_plain(name: str) -> bool:
    """Whether a folder's or a file's name is a word for what it holds, not for the run."""
    folders = frozenset(vocabulary.load("formats")["local_folders"])
    plain = listing.words("plain_folders") | folders
    told = words.split(name)
    is_known = name.lower() in plain or set(told) <= plain
    return is_known or all(map(str.isdigit, told))


def base(path: str) -> str:
    """The name of a file, without its folders."""
    return path.rpartition("/")[2]


def stem(path: str) -> str:
    """The telling part of a file's name, or of a pattern's: ``a/*_results.csv`` -> ``results``."""
    name = base(path)
    return (name.rpartition(".")[0] or name).strip("*_-. ")


def of_path(path: str) -> str:
    """What the run of an artifact may be called: its nearest folder with a name, or itself."""
    folders = [part for part in path.split("/")[:-1] if not is_plain(part)]
    return folders[-1] if folders else stem(path)
