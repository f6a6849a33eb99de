"""Claims that are names: models, checksums, artifact paths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mirage_lint.claims.claim import CHECKSUM, MODEL, PATH, Claim
from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.core.modelname import parse
from mirage_lint.documents.passages import CODE, Passage

_DIGEST = 64
# What stands before a digest is looked at last, as hardly any letter starts so many of its kind.
_CHECKSUM = re.compile(r"[0-9a-fA-F]{64}(?<![^\W_][0-9a-fA-F]{64})(?![^\W_])")
_PATH = re.compile(
    r"(?<![\w./~:@\-])(?:~/|\.{1,2}/)*(?:[\w.\-]+/)+[\w.\-]*(?:::[\w./\-]*\w/?)?"
    r"|(?<![\w./~:\-])[\w\-]+(?:\.[\w\-]+)*\.[^\W\d_][^\W_]{1,7}(?:::[\w./\-]*\w/?)?(?![\w=])"
)
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_]+)[ \-]\Z")
_LONGEST_WORD = 24
_ORGANISATION = re.compile(r"(?<![\w.\-/])[\w.\-]+/\Z")
_LONGEST_ORGANISATION = 80
_WORD = re.compile(r"[^\W\d]\w*")
_OTHER_WORD = re.compile(r"[\w\-./]")
_MORE = re.compile(
    # A version or a size; a letter behind it is part of it where all is one word: "-4.5V".
    r"(?:[\-_]|(?P<apart> ))?[vV]?\d+(?:[._]\d+)*(?:x\d+(?:\.\d+)?)?"
    r"(?:[bBmMo]|(?(apart)(?!)|[A-Za-z]))?(?![^\W_]|\.\d)"
    r"|[\-_][^\W_]+(?:(?<=\d)\.\d+[^\W_]*)*(?![^\W_])"  # "-Instruct", "-K2.6"
    # Behind a space as a name writes it: "Phi-3 Medium", "Phi-3 medium", but not "Phi-3 it ..."
    r"| (?P<title>[A-Za-z][a-z]+)(?![^\W_]|-scale| language| scale| vision)"
)
_TOOL = re.compile(r"\.[a-z]{2,4}(?!\w)")
"""What makes a family's name that of a program: "llama.cpp"."""
_BEHIND_SLASH = re.compile(r"/([^\W\d_]+)")
_NUMBERS = re.compile(r"[\d./]*")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z\d+.\-]*:|//|#")


def models(passage: Passage, lexicon: Lexicon) -> Iterator[Claim]:
    """Model names in the visible text: a family's name, the organisation that touches it, and the
    versions, sizes and variants that follow.

    Families that are ordinary words count only with a version or size.
    """
    text, read = passage.text, 0
    for word in _WORD.finditer(text):
        family = word.group().lower().rstrip("0123456789")
        if family not in lexicon.model_families or word.start() < read:
            continue
        start = _first_word(text, word.start(), family, lexicon)
        if claim := _model(passage, start, text[start : word.start() + len(family)], lexicon):
            read = claim.end
            yield claim


def _first_word(text: str, start: int, family: str, lexicon: Lexicon) -> int:
    """Where a family's name starts that is written in two words: "Code Llama"."""
    before = _WORD_BEFORE.search(text, max(start - _LONGEST_WORD, 0), start)
    is_part = before and before[1].lower() + family in lexicon.model_families
    return before.start() if before and is_part else start


def _model(passage: Passage, start: int, family: str, lexicon: Lexicon) -> Claim | None:
    """The model whose family's name stands at ``start``."""
    text = passage.text
    owner = _organisation(text, start)
    if _OTHER_WORD.match(text, max(start - 1, 0), start) and not owner:
        return None
    end = _model_end(text, start + len(family), lexicon)
    if _is_organisation(text, end, lexicon) or _TOOL.match(text, end):
        return None
    is_told = any(map(str.isdigit, text[start + len(family) : end]))
    if family.lower() in lexicon.weak_families and not is_told:
        return None
    name = text[start - owner : end]
    return Claim(MODEL, passage, start - owner, end, model=parse(name))


def _is_organisation(text: str, end: int, lexicon: Lexicon) -> bool:
    """Whether a family's name is that of a hub's organisation, with a model of it behind."""
    match = _BEHIND_SLASH.match(text, end)
    return match is not None and match[1].lower() in lexicon.model_families


def _organisation(text: str, start: int) -> int:
    """How many characters before ``start`` are a hub's organisation with its slash."""
    match = _ORGANISATION.search(text, max(start - _LONGEST_ORGANISATION, 0), start)
    return len(match.group()) if match else 0


def _model_end(text: str, end: int, lexicon: Lexicon) -> int:
    """Where a model's name ends that has got as far as ``end``."""
    while match := _MORE.match(text, end):
        title = match["title"]
        if title and title.lower() not in (lexicon.variants if title.istitle() else lexicon.grades):
            break
        end = match.end()
    return end


def may_have_checksums(raw: str) -> bool:
    """Whether a passage's Markdown holds a SHA-256 digest."""
    return len(raw) >= _DIGEST and _CHECKSUM.search(raw) is not None


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
    if passage.kind in CODE:
        yield from _paths(passage, 0, len(passage.text))


def _paths(passage: Passage, start: int, end: int) -> Iterator[Claim]:
    for match in _PATH.finditer(passage.text, start, end):
        path = match.group().rstrip(".")
        if not _NUMBERS.fullmatch(path):
            yield Claim(PATH, passage, match.start(), match.start() + len(path), digits=path)
