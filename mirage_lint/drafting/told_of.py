"""Which files the documents of a repository name: what is told of an object of numbers that lies
nowhere near results makes it an artifact.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mirage_lint.drafting import listing

_MOST_DOCUMENTS = 500
"""Documents that are looked through, those near the root first."""
_LARGEST = 2**20
"""Bytes of each that are read."""
_FILE = re.compile(rb"(?<![\w.\-])[\w.\-]{1,100}\.(?:json|ya?ml|toml)\b")


def files(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """The names, in lower case, of all files that Markdown among ``paths`` names."""
    documents = [path for path in paths if path.lower().endswith(".md")]
    texts = (listing.start(root / path, _LARGEST)[1] for path in documents[:_MOST_DOCUMENTS])
    return frozenset(name for text in texts for name in _named(text))


def _named(text: bytes) -> Iterator[str]:
    for name in _FILE.findall(text):
        yield name.decode("utf-8", "replace").lower()
