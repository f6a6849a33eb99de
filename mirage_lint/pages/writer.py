"""HTML that is well-formed and harmless, whatever a document says."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from mirage_lint.documents.passages import Piece
from mirage_lint.pages.marks import Marks


class Label(NamedTuple):
    """How a claim shows: its status, what is said for it, what is told beside it."""

    status: str
    said: str
    tip: str


_PLAIN: Mapping[str, str] = {}
_DEEPEST = 300


class Writer:
    """Gathers a document's HTML. What is opened is closed, in order; what a document closes must
    have been opened by it, so that it never leaves the place that it was given.
    """

    def __init__(self, marks: Marks, labels: Sequence[Label]) -> None:
        self.marks = marks
        self.placed: set[int] = set()
        """The claims that have been shown."""
        self.leads: dict[int, Mapping[str, str]] = {}
        """What claims link to that are not judged, rather than to their readings."""
        self.ids: set[str] = set()
        self._labels = labels
        self._parts: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._run: list[str] = []
        self._number: int | None = None

    def open(self, name: str, attributes: Mapping[str, str] = _PLAIN, *, own: bool = True) -> None:
        """Open an element; ``own`` where it is not one that the document's HTML tells, which may
        be nested as deeply as browsers read it.
        """
        if own or len(self._open) < _DEEPEST:
            self.put(name, attributes)
            self._open.append((name, own))

    def put(self, name: str, attributes: Mapping[str, str] = _PLAIN) -> None:
        """An element that has no end."""
        self._flush()
        self._parts.append(f"<{name}{_attributes(attributes)}>")

    def close(self, name: str, *, own: bool = True) -> None:
        """Close the innermost element ``name``, and what is open in it, if there is one to close:
        the document's HTML closes nothing but its own.
        """
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at] == (name, own):
                while len(self._open) > at:
                    self._end()
                return
            if self._open[at][1] and not own:
                return

    def is_open(self, name: str) -> bool:
        """Whether an element ``name`` is open."""
        return any(one == name for one, _ in self._open)

    def text(self, text: str, pieces: Sequence[Piece]) -> None:
        """Text with where each piece of it stands in the source."""
        for piece in pieces:
            shown = text[piece.start : piece.start + piece.width]
            start, end = piece.source, piece.source + piece.source_width
            if piece.width == piece.source_width:
                for low, high, number in self.marks.cut(start, end):
                    self._add(shown[low - start : high - start], number)
            else:
                self._add(shown, next(iter(self.marks.within(start, end)), None))

    def words(self, text: str) -> None:
        """Text that stands nowhere in the source."""
        self._add(text, None)

    def anchor(self, wanted: str) -> Mapping[str, str]:
        """An id that no other element has, as an attribute; none where it is taken."""
        name = f"s-{''.join(wanted.split())}"
        if name in self.ids:
            return _PLAIN
        self.ids.add(name)
        return {"id": name}

    def done(self) -> str:
        """All that was written."""
        while self._open:
            self._end()
        self._flush()
        return "".join(self._parts)

    def _end(self) -> None:
        self._flush()
        self._parts.append(f"</{self._open.pop()[0]}>")

    def _add(self, text: str, number: int | None) -> None:
        if number != self._number:
            self._flush()
            self._number = number
        self._run.append(text)

    def _flush(self) -> None:
        """Write the text so far: of a claim, as a link to its reading."""
        text, number = "".join(self._run), self._number
        self._run, self._number = [], None
        if not text:
            return
        shown = escape(text, quote=False)
        self._parts.append(shown if number is None else self._claim(shown, number))

    def _claim(self, shown: str, number: int) -> str:
        label, name = self._labels[number], number + 1
        link = self.leads.get(number, {"href": f"#r{name}"})
        told = _attributes({"class": f"c {label.status}", **link, "data-tip": label.tip})
        if number in self.placed:  # the rest of a claim in which other markup stands
            return f'<a{told} data-of="{name}" tabindex="-1" aria-hidden="true">{shown}</a>'
        self.placed.add(number)
        return f'<a id="c{name}"{told} aria-label="{escape(label.said)}">{shown}</a>'


def _attributes(told: Mapping[str, str]) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in told.items())
