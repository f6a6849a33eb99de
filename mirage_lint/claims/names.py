"""Claims that are names: models, checksums, artifact paths."""

from collections.abc import Iterator

import regex

from mirage_lint.claims.claim import CHECKSUM, MODEL, PATH, Claim
from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.core.modelname import parse
from mirage_lint.documents.passages import Passage

_CHECKSUM = regex.compile(r"(?<![\p{L}\d])[0-9a-fA-F]{64}(?![\p{L}\d])")
_PATH = regex.compile(
    r"(?<![\w./~:\-])(?:~/|\.{1,2}/)*(?:[\w.\-]+/)+[\w.\-]*(?:::[\w./\-]*\w/?)?"
    r"|(?<![\w./~:\-])[\w\-]+(?:\.[\w\-]+)*\.\p{L}[\p{L}\d]{1,7}(?:::[\w./\-]*\w/?)?(?![\w])"
)
_NUMBERS = regex.compile(r"[\d./]*")
_ADDRESS = regex.compile(r"[a-z][a-z\d+.\-]*:|//|#", regex.IGNORECASE)


def models(passage: Passage, lexicon: Lexicon) -> Iterator[Claim]:
    """Model names in the visible text."""
    for match in lexicon.model.finditer(passage.text):
        name = parse(match.group())
        if name.family:
            yield Claim(MODEL, passage, match.start(), match.end(), model=name)


def checksums(passage: Passage) -> Iterator[Claim]:
    """SHA-256 digests in the visible text."""
    for match in _CHECKSUM.finditer(passage.text):
        yield Claim(CHECKSUM, passage, match.start(), match.end(), digits=match.group().lower())


def paths(passage: Passage) -> Iterator[Claim]:
    """Paths in code spans and code lines, and targets of links that are no web addresses.

    ``digits`` holds the path as written; a link's path stands at the link's text.
    """
    for mark in passage.marks:
        if mark.kind == "code":
            yield from _paths(passage, mark.start, mark.end)
        elif mark.target and mark.end > mark.start and not _ADDRESS.match(mark.target):
            target = mark.target.partition("#")[0]
            yield Claim(PATH, passage, mark.start, mark.end, digits=target)
    if passage.kind == "code":
        yield from _paths(passage, 0, len(passage.text))


def _paths(passage: Passage, start: int, end: int) -> Iterator[Claim]:
    for match in _PATH.finditer(passage.text, start, end):
        path = match.group().rstrip(".")
        if not _NUMBERS.fullmatch(path):
            yield Claim(PATH, passage, match.start(), match.start() + len(path), digits=path)
