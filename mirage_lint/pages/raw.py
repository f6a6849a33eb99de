"""The HTML of documents: of its elements those that only set text, with the attributes that do no
more, and none of its text where that is no prose.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import unescape

from mirage_lint.binding.binding import UNBOUND
from mirage_lint.documents import badges, tags
from mirage_lint.documents.passages import Piece, Place, Shown
from mirage_lint.documents.tags import Tag
from mirage_lint.pages.links import Links
from mirage_lint.pages.writer import Writer

_AS_THEY_ARE = frozenset(
    {
        *("abbr", "b", "blockquote", "caption", "code", "dd", "del", "details", "div", "dl", "dt"),
        *("em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "i", "ins", "kbd"),
        *("li", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary"),
        *("sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var"),
    }
)
_OTHERWISE = {"center": "div", "tt": "code", "strike": "s", "section": "div", "article": "div"}
_EMPTY = frozenset({"br", "hr", "wbr"})
_UNSEEN = frozenset(
    {
        *("script", "style", "textarea", "template", "head", "title", "svg", "math", "iframe"),
        *("object", "noscript", "select", "audio", "video", "canvas", "noembed", "noframes"),
        *("xmp", "plaintext", "applet", "frameset", "datalist", "button"),
    }
)
_SIDES = frozenset({"left", "center", "right"})
_LONGEST_LINK = 4000
_MOST_CELLS = 1000
"""Columns or rows that a cell may span."""


class Raw:
    """Writes the HTML of one document; what is unseen goes on to its end, or that of its block."""

    def __init__(self, out: Writer, links: Links) -> None:
        self.out = out
        self.links = links
        self._unseen = ""

    @property
    def hides(self) -> bool:
        """Whether what comes now is not shown."""
        return bool(self._unseen)

    def block(self, content: str, place: Place) -> None:
        """A whole block of HTML."""
        for token in tags.tokens(content):
            if isinstance(token, Tag):
                self.tag(token, content, place)
            elif not self._unseen:
                self.text(token[1], token[0], place)
        self.end()

    def end(self) -> None:
        """The end of a block."""
        self._unseen = ""

    def text(self, text: str, at: int, place: Place) -> None:
        """Text, in which references may stand."""
        for match in tags.words().finditer(text):
            word, width = match[0], match.end() - match.start()
            shown = tags.unescape(word) if word.startswith("&") and word != "&" else word
            self.out.text(shown, place([Piece(0, len(shown), at + match.start(), width)]))

    def tag(self, tag: Tag, content: str, place: Place) -> None:
        """One tag of ``content``."""
        if self._unseen:
            self._unseen = "" if tag.closes and tag.name == self._unseen else self._unseen
        elif tag.name in _UNSEEN:
            self._unseen = "" if tag.closes else tag.name
        elif tag.name in _EMPTY:
            self.out.put(tag.name)
        elif tag.name == "img":
            self._image(tag, place)
        elif tag.name == "a":
            self._link(tag, content, place)
        elif tag.name in _AS_THEY_ARE or tag.name in _OTHERWISE:
            self._element(tag)

    def _element(self, tag: Tag) -> None:
        name = _OTHERWISE.get(tag.name, tag.name)
        if tag.closes:
            self.out.close(name, own=False)
            return
        anchor = tag.attribute("id")
        self.out.open(name, {**self._named(anchor and anchor.value), **_set(tag)}, own=False)

    def _named(self, name: str | None) -> dict[str, str]:
        return dict(self.out.anchor(name.lower())) if name else {}

    def _link(self, tag: Tag, content: str, place: Place) -> None:
        """A link, unless a claim stands in it, which is a link itself."""
        if tag.closes:
            self.out.close("a", own=False)
            return
        address, name = tag.attribute("href"), tag.attribute("name") or tag.attribute("id")
        near = content[tag.end : tag.end + _LONGEST_LINK].lower().find("</a")
        end = tag.end + near
        inside = place([Piece(0, end - tag.end, tag.end, end - tag.end)]) if near > 0 else ()
        href = linked(self.out, self.links, unescape(address.value) if address else "", inside)
        if attributes := {**self._named(name and name.value), **href}:
            self.out.open("a" if href else "span", attributes, own=False)
            if not href:
                self.out.close("span", own=False)

    def _image(self, tag: Tag, place: Place) -> None:
        alt, address = tag.attribute("alt"), tag.attribute("src")
        badge = badges.read(address.value, address.start) if address else None
        with image(self.out, place, alt.value if alt else "", badge):
            if alt:
                self.text(alt.value, alt.start, place)


@contextmanager
def image(out: Writer, place: Place, words: str, badge: Shown | None) -> Iterator[None]:
    """An image's place, in which its words are written, and what it shows where it is a badge: a
    report loads nothing.
    """
    is_told = bool(words.strip() or badge)
    out.open("span", {"class": "image"})
    out.open("span", {"class": "unseen"} if is_told else {})
    out.words("Image: " if is_told else "image")
    out.close("span")
    yield
    if badge:
        out.words(" · " if words.strip() else "")
        out.text(badge[0], place(badge[1]))
    out.close("span")


def linked(out: Writer, links: Links, address: str, inside: Sequence[Piece]) -> dict[str, str]:
    """How ``address`` is linked to by what stands in these pieces: not at all where claims do,
    which link to their readings, and to where their words do only where they are not judged.
    """
    found = links.attributes(address)
    numbers = claims_in(out, inside)
    links.claim(numbers, address)
    for number in numbers if found else ():
        if out.marks.spots[number].status == UNBOUND:
            out.leads[number] = found
    return {} if numbers or not inside or out.is_open("a") else found


def claims_in(out: Writer, pieces: Sequence[Piece]) -> list[int]:
    """The claims that stand in these pieces of the source."""
    spans = ((piece.source, piece.source + piece.source_width) for piece in pieces)
    return [number for span in spans for number in out.marks.within(*span)]


def _set(tag: Tag) -> dict[str, str]:
    """The attributes that set an element: its side, and the cells that it spans."""
    side = tag.attribute("align")
    found = {}
    if side and side.value.lower() in _SIDES:
        found["class"] = side.value.lower()
    for name in ("colspan", "rowspan"):
        if tag.name in ("td", "th") and tag.count(name) > 1:
            found[name] = str(min(tag.count(name), _MOST_CELLS))
    if tag.name == "details":
        found["open"] = ""
    return found
