"""Visible text as it is built, with where it comes from; what HTML tags within text do to it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from mirage_lint.documents.passages import Mark, Piece, Shown

if TYPE_CHECKING:
    from mirage_lint.documents.tags import Tag


class Image(NamedTuple):
    """An image in a block: its text, its address, and where that stands (-1: not found)."""

    shown: Shown
    address: str
    at: int


class Builder:
    """Gathers visible text of ``content``; ``offset`` is where that starts in its block."""

    def __init__(self, content: str, offset: int = 0) -> None:
        self.content = content
        self.offset = offset
        self.length = 0
        self.pieces: list[Piece] = []
        self.marks: list[Mark] = []
        self.images: list[Image] = []
        self._parts: list[str] = []
        self._anchors: list[tuple[int, str]] = []
        self._code: tuple[int, int] | None = None
        self._hidden = ""

    @property
    def hides(self) -> bool:
        """Whether what comes now is no prose."""
        return bool(self._hidden)

    def add(self, text: str, at: int, source_width: int) -> None:
        """Add visible text that is written at ``at``."""
        if text and not self._hidden:
            self._parts.append(text)
            self.pieces.append(Piece(self.length, len(text), at + self.offset, source_width))
            self.length += len(text)

    def space(self, at: int, source_width: int) -> None:
        """Add a space where none stands yet."""
        if self._parts and not self._parts[-1].endswith(" "):
            self.add(" ", at, source_width)

    def tag(self, tag: "Tag") -> None:
        """Do what an HTML tag does to the text."""
        from mirage_lint.documents import tags

        if self._hidden:
            if tag.closes and tag.name == self._hidden:
                self._hidden = ""
        elif tag.name in tags.HIDDEN and not tag.closes:
            self._hidden = tag.name
        elif do := _TAGS.get(tag.name):
            do(self, tag)
        elif tag.name in tags.BLOCKS:
            self.space(tag.start, tag.end - tag.start)

    def anchor(self, tag: "Tag") -> None:
        if not tag.closes:
            address = tag.attribute("href")
            self._anchors.append((self.length, address.value if address else ""))
        elif self._anchors:
            start, target = self._anchors.pop()
            if target:
                self.marks.append(Mark("link", start, self.length, target))

    def code_tag(self, tag: "Tag") -> None:
        if not tag.closes:
            self._code = self.length, len(self._parts)
        elif self._code:
            start, first = self._code
            target = "".join(self._parts[first:])
            self.marks.append(Mark("code", start, self.length, target))
            self._code = None

    def picture(self, tag: "Tag") -> None:
        alt, address = tag.attribute("alt"), tag.attribute("src")
        builder = Builder("", self.offset)
        if alt:
            builder.words(alt.value, alt.start)
        if address:
            builder.marks.append(Mark("link", 0, builder.length, address.value))
        value, at = (address.value, address.start + self.offset) if address else ("", -1)
        self.images.append(Image(builder.done(), value, at))

    def raised(self, tag: "Tag") -> None:
        """``<sup>`` and ``<sub>``: part of the word before, or apart from it, or only a marker."""
        from mirage_lint.documents import tags

        if tag.closes:
            return
        before = self._parts[-1] if self._parts else ""
        match tags.raised(self.content, tag, before):
            case tags.MARKER:
                self._hidden = tag.name
            case between:
                self.add(between, tag.start, tag.end - tag.start)

    def words(self, text: str, at: int) -> None:
        """Add HTML text: white space is one space, references are what they stand for."""
        from mirage_lint.documents import tags

        for match in tags.words().finditer(text):
            start, width = at + match.start(), match.end() - match.start()
            if match[0].isspace():
                self.space(start, width)
            elif match[0].startswith("&"):
                self.add(tags.unescape(match[0]), start, width)
            else:
                self.add(match[0], start, width)

    def done(self) -> Shown:
        """The text so far."""
        return "".join(self._parts), self.pieces, self.marks


_TAGS: dict[str, Callable[[Builder, "Tag"], None]] = {
    "a": Builder.anchor,
    "code": Builder.code_tag,
    "img": Builder.picture,
    "sub": Builder.raised,
    "sup": Builder.raised,
}
