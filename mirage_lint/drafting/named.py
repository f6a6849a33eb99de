"""Which artifacts the documents of a repository name: by a path or a link, in code or in text."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mirage_lint import vocabulary
from mirage_lint.drafting import listing

Named = dict[str, tuple[str, ...]]
"""Artifacts that documents name, each with those that lie beside it and name no other."""

MAX_DOCUMENTS = 2_000
"""Documents that are searched, those near the root first."""
MAX_SIZE = 2**20
"""Bytes of a document that are searched."""
MOST_NAMED = 12
"""Artifacts that a document speaks of: one that names more lists the files that there are."""

_WRITTEN = re.compile(r"[^\s`\"'()\[\]<>{}|,;:*#?=]+")


def named(root: Path, listed: Iterable[str]) -> Named:
    """The artifacts among the ``listed`` files that a document among them names."""
    paths = list(listed)
    artifacts = {path for path in paths if _ends(path, "named_endings")}
    ends = _ends_of(artifacts)
    found: Named = {}
    documents = [path for path in paths if _ends(path, "document_endings")]
    for document in documents[:MAX_DOCUMENTS] if artifacts else ():
        folder = posixpath.dirname(document)
        meant = set(_meant(_told(root / document), folder, artifacts, ends))
        for path in meant if len(meant) <= MOST_NAMED else ():
            is_own = len(meant) == 1 and posixpath.dirname(path) == folder
            found[path] = (*found.get(path, ()), *([document] if is_own else []))
    return found


def _meant(
    written: Iterable[str], folder: str, artifacts: set[str], ends: dict[str, str | None]
) -> Iterator[str]:
    """The artifacts that paths of a document in ``folder`` lead to."""
    for one in written:
        near = posixpath.normpath(posixpath.join(folder, one))
        path = near if near in artifacts else ends.get(posixpath.normpath(one).lstrip("/"))
        if path:
            yield path


def _ends_of(artifacts: Iterable[str]) -> dict[str, str | None]:
    """How artifacts may be named in short, by how their paths end; None where several end so, and
    for names that every run has. A path from the root names the file there.
    """
    found: dict[str, str | None] = dict.fromkeys(vocabulary.load("words")["standard_names"])
    for path in artifacts:
        parts = path.split("/")
        for at in range(1, len(parts)):
            end = "/".join(parts[at:])
            found[end] = None if end in found else path
    return found | {path: path for path in artifacts}


def _told(document: Path) -> Iterator[str]:
    """What a document writes that may be the path of an artifact, each once."""
    try:
        if document.is_symlink():
            return
        with document.open("rb") as file:
            text = file.read(MAX_SIZE).decode("utf-8", "replace")
    except OSError:
        return
    written = dict.fromkeys(match[0].rstrip(".") for match in _WRITTEN.finditer(text))
    yield from (path for path in written if _ends(path, "named_endings"))


def _ends(path: str, endings: str) -> bool:
    return path.lower().endswith(tuple(listing.words(endings)))
