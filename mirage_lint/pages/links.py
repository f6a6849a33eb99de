"""Addresses in documents: which of them a page may link to."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

_SAFE = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
_SCHEME = re.compile(r"[\s\x00-\x1f]*[a-zA-Z][a-zA-Z0-9+.-]*[\s\x00-\x1f]*:|[\\/]{2}")
_LONGEST = 2000


class Link(NamedTuple):
    """An address as it is written, and how it is linked to, if at all."""

    address: str
    attributes: Mapping[str, str]


class Links:
    """The addresses of one document; ``pages`` are those of all documents, by path."""

    def __init__(self, path: str, pages: Mapping[str, str]) -> None:
        self.claimed: dict[int, Link] = {}
        """What claims link to that are links to their readings instead."""
        self._folder = posixpath.dirname(path)
        self._pages = pages

    def attributes(self, address: str) -> dict[str, str]:
        """How an address is linked to; nothing where it is not: what would run, files of the
        repository, which are not there where a report is read.
        """
        if len(address) > _LONGEST:
            return {}
        if _SAFE.fullmatch(address):
            return {"href": address, "rel": "noreferrer noopener"}
        if _SCHEME.match(address):
            return {}
        path, mark, fragment = address.partition("#")
        anchor = f"#s-{''.join(unquote(fragment).lower().split())}" if mark and fragment else ""
        page = self._page(path) if path else ""
        return {"href": page + anchor} if page or (not path and anchor) else {}

    def claim(self, numbers: Iterable[int], address: str) -> None:
        """Keep what these claims link to."""
        link = Link(address[:_LONGEST], self.attributes(address))
        self.claimed.update(dict.fromkeys(numbers, link))

    def _page(self, path: str) -> str:
        place = posixpath.normpath(posixpath.join(self._folder, unquote(path.partition("?")[0])))
        return self._pages.get(place, "")
