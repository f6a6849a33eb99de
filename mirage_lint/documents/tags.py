"""HTML as READMEs use it, cut into tags and text with exact places.

`html.parser` tells no places of attributes, and takes quadratic time on tags that are not closed.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

HIDDEN = frozenset({"script", "style", "pre", "svg", "textarea", "template", "head", "title"})
"""Elements whose content is no prose."""

BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd"),
        *("details", "div", "dl", "dt", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "section"),
        *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
"""Elements that set apart what stands before and behind them."""

MARKER = "marker"
"""Raised text that only refers to a note."""

_LONGEST_RAISED = 300


class Attribute(NamedTuple):
    """An attribute's value, as written, and where it starts."""

    value: str
    start: int


class Tag(NamedTuple):
    """A tag at ``start`` to ``end``; ``inner`` is what stands behind its name."""

    name: str
    closes: bool
    start: int
    end: int
    inner: str

    def attribute(self, name: str) -> Attribute | None:
        """The attribute ``name`` where the tag has it."""
        for match in _attributes().finditer(self.inner):
            if match[1].lower() == name:
                start = self.end - len(">") - len(self.inner) + match.start(match.lastindex or 0)
                return Attribute(match[match.lastindex or 0], start)
        return None

    def count(self, name: str) -> int:
        """A whole number from an attribute, 1 where there is none."""
        found = self.attribute(name)
        return int(found.value) if found and re.fullmatch(r"[1-9]\d{0,4}", found.value) else 1


def tokens(text: str) -> Iterator[Tag | tuple[int, str]]:
    """The tags of ``text``, and the text between with its place; comments are left out."""
    for match in _markup().finditer(text):
        if match["name"]:
            yield _tag(match, 0)
        elif not match["comment"]:
            yield match.start(), match[0]


def tag(text: str, at: int) -> Tag | None:
    """What ``text``, which stands at ``at``, is as a tag."""
    match = _markup().match(text)
    return _tag(match, at) if match and match["name"] else None


def _tag(match: re.Match[str], at: int) -> Tag:
    closes, name = bool(match["closes"]), match["name"].lower()
    return Tag(name, closes, at + match.start(), at + match.end(), match["inner"])


@cache
def _markup() -> re.Pattern[str]:
    return re.compile(
        r"(?P<comment><!--.*?(?:-->|\Z)|<[!?][^>]*+(?:>|\Z))"
        r"|<(?P<closes>/?)(?P<name>[A-Za-z][A-Za-z\d:-]*+)"
        r"(?P<inner>(?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+)>"
        r"|[^<]++|<",
        re.DOTALL,
    )


@cache
def _attributes() -> re.Pattern[str]:
    name = r"(?<![^\s\"'>/=])([^\s\"'>/=]++)"
    return re.compile(name + r"\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++))")


@cache
def words() -> re.Pattern[str]:
    """White space, character references, and all else of HTML text."""
    return re.compile(r"\s+|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,31});|[^\s&]+|&")


def unescape(reference: str) -> str:
    """The character that a reference stands for."""
    import html

    return html.unescape(reference)


def raised(text: str, tag: Tag, before: str) -> str:
    """What stands between a word and what is raised or lowered behind it: nothing ("AP50"), "^"
    ("10^6"), a space ("82.3 +1.2"); or that it is a `MARKER`, no part of the text.
    """
    end = text.find(f"</{tag.name}>", tag.end, tag.end + _LONGEST_RAISED)
    if end < 0:
        return ""
    inner = text[tag.end : end].strip()
    word = _last_word().search(before[-_LONGEST_RAISED:])
    last = word[0].rstrip(".") if word else ""
    is_number = last[-1:].isdigit() and last[:1].isdigit()
    if tag.name == "sup" and _is_marker(inner, last, is_number):
        return MARKER
    if not is_number or inner.isalpha():
        return ""
    is_power = tag.name == "sup" and last.isdecimal() and _power().fullmatch(inner)
    return "^" if is_power else " "


def _is_marker(inner: str, last: str, is_number: bool) -> bool:
    """Whether raised text refers to a note: a sign, a bracket, a link, a number behind a word."""
    if inner.startswith(("[", "<")) or not any(map(str.isalnum, inner)):
        return bool(inner) and not _power().fullmatch(inner)
    if not _notes().fullmatch(inner):
        return False
    if is_number:
        return not last.isdecimal()
    is_word = len(last) > 1 and (len(inner) == 1 or last[-1:].islower())
    return is_word or "," in inner or not last


@cache
def _last_word() -> Any:
    return re.compile(r"[\w.]+\Z")


@cache
def _power() -> Any:
    return re.compile(r"[-−+]?\d{1,3}")


@cache
def _notes() -> Any:
    return re.compile(r"\d{1,2}(?:, ?\d{1,2})*|[a-e]")
