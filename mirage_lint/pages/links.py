"""Addresses in documents: which of them a page may link to."""

import posixpath
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote

_SAFE = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
_SCHEME = re.compile(r"[\s\x00-\x1f]*[a-zA-Z][a-zA-Z0-9+.-]*[\s\x00-\x1f]*:|[\\/]{2}")
_LONGEST = 2000


class Links:
    """The addresses of one document; ``pages`` are those of all documents, by path."""

    def __init__(self, path: str, pages: Mapping[str, str]) -> None:
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

    def written(self, value: str) -> dict[str, str]:
        """The same of an attribute's value, in which references may stand."""
        return self.attributes(unescape(value))

    def _page(self, path: str) -> str:
        place = posixpath.normpath(posixpath.join(self._folder, unquote(path.partition("?")[0])))
        return self._pages.get(place, "")
