"""Documents that are open in the editor."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from mirage_lint.lsp.positions import Change, clean, edited
from mirage_lint.lsp.reading import Reading


class Page:
    """An open document: the editor's text, and what was last made of it.

    ``serial`` counts its states, ``looked`` tells the last that was checked, whether or not there
    is a ``reading`` of it. ``hurry`` ends the wait for more to be typed. The editor was told
    something of it where ``is_told``.
    """

    def __init__(self, uri: str, path: Path, text: str, version: int | None) -> None:
        self.uri, self.path, self.version = uri, path, version
        self.text = clean(text)
        self.serial, self.looked = 1, 0
        self.reading: Reading | None = None
        self.task: asyncio.Task[None] | None = None
        self.hurry = asyncio.Event()
        self.is_told = False

    def change(self, changes: Sequence[Change], version: int, encoding: str) -> None:
        """Take over what was typed."""
        self.text = edited(self.text, changes, encoding)
        self.version = version
        self.serial += 1

    def close(self) -> None:
        """Give up what is under way for it."""
        if self.task:
            self.task.cancel()


def path_of(uri: str) -> Path | None:
    """The file of a URI; None where it is none."""
    try:
        parts = urlsplit(uri)
        name = url2pathname(parts.path)
    except (ValueError, OSError):
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or "\0" in name:
        return None
    path = Path(name)
    return path if path.is_absolute() else None
