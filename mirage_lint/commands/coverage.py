"""``coverage``: how much of what documents say is verified."""

import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, TextIO

from mirage_lint.binding.binding import UNBOUND, Binding
from mirage_lint.checking.session import Session
from mirage_lint.commands import delivery
from mirage_lint.commands.delivery import Output
from mirage_lint.coverage.bound import Bound
from mirage_lint.coverage.counts import Counts, by_family, counts
from mirage_lint.coverage.formats import FORMATS
from mirage_lint.coverage.likeness import Likeness, likeness
from mirage_lint.documents.source import Source
from mirage_lint.errors import MirageError
from mirage_lint.reports import items
from mirage_lint.reports.contract import Item
from mirage_lint.reports.printable import path, place, printable

_MOST_SHOWN = 20
_HEAD = ("claims", "verified", "contradicted", "ambiguous", "not judged", "verified %")


class Open(NamedTuple):
    """A claim that is not judged, and how much it looks like a result."""

    source: Source
    binding: Binding
    likeness: Likeness


class Covered(NamedTuple):
    """What is told: counts of all, by document and by family, and what is not judged, that which
    looks most like a result first.
    """

    whole: Counts
    documents: dict[str, Counts]
    families: dict[str, Counts]
    unbound: list[Open]


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Count the claims; 1 where a smaller share is verified than is asked for."""
    kind, asked = arguments.output_format, arguments.fail_under
    outputs = [_output(text, kind) for text in arguments.output]
    is_told = any(_is_place(text) for text in arguments.output)
    _require(outputs, kind, is_told)
    session = Session(arguments)
    bound = list(_bound(session))
    told = _Told(bound, _cover(bound), asked, [one.path for one in session.unread])
    written = [told.write(one) for one in outputs]
    if not is_told:
        out.write(told.text(kind))
    aside = out if is_told or kind == "text" else sys.stderr
    aside.writelines(f"{printable(line)}\n" for line in written)
    return delivery.concluded(session.unread, 1 if told.is_under else 0)


def _output(text: str, kind: str) -> Output:
    """What ``FORMAT=PATH`` means, or ``PATH``, which is of the format ``kind``."""
    if _is_place(text):
        return Output(kind, Path(text))
    name, _, path = text.partition("=")
    if name not in FORMATS:
        known = f"it is one of {', '.join(FORMATS)}"
        raise MirageError("--output", f"{name!r} is no format", known)
    if not path:
        raise MirageError("--output", f"{text!r} names no place", f"write {name}=PATH")
    return Output(name, Path(path))


def _is_place(text: str) -> bool:
    return "=" not in text


def _require(outputs: Sequence[Output], kind: str, is_told: bool) -> None:
    """Raises MirageError where a place cannot be written to, before the work is done."""
    if kind == "html" and not is_told:
        mend = "name it: --output-format html --output FOLDER"
        raise MirageError("--output-format", "html is a folder of pages", mend)
    delivery.require(one for one in outputs if one.format != "html")
    if folders := [one.path for one in outputs if one.format == "html"]:
        from mirage_lint.artifacts import extras
        from mirage_lint.pages import folder

        extras.module("jinja2", "html", "--output-format html")
        for place in folders:
            folder.require(place)


class _Told:
    """What is told, in each format; ``unread`` are documents that are not in it."""

    def __init__(
        self, bound: list[Bound], covered: Covered, asked: Fraction | None, unread: list[str]
    ) -> None:
        self.bound = bound
        self.documents = [*(one.source.path for one in bound), *unread]
        self.covered = covered
        self.asked = asked
        self.is_under = asked is not None and covered.whole.verified_share * 100 < asked

    def text(self, kind: str) -> str:
        """All but pages."""
        if kind == "json":
            return _json(self.covered, self.asked)
        if kind == "badge":
            from mirage_lint.coverage.badge import badge

            return badge(self.covered.whole)
        asked = self.asked if self.is_under else None
        return "".join(f"{line}\n" for line in _text(self.covered, asked))

    def write(self, output: Output) -> str:
        """Write to a place; the line that tells of it."""
        if output.format == "html":
            from mirage_lint.pages import folder, site

            files = dict(site.pages(self.bound))
            folder.write(output.path, files)
            return f"Wrote {len(files)} pages: open {output.path / site.INDEX}"
        delivery.put(self.text(output.format), output, self.documents)
        return f"Wrote {output.path}"


def _bound(session: Session) -> Iterator[Bound]:
    """Each document that can be read, with its claims."""
    for target, source, bindings in session.bound(session.named()):
        checker = session.checker(target)
        yield Bound(source, bindings, checker.index, checker.root.as_posix())


def _cover(bound: list[Bound]) -> Covered:
    whole = [one for each in bound for one in each.bindings]
    unbound = [
        Open(each.source, one, likeness(one.claim))
        for each in bound
        for one in each.bindings
        if one.status == UNBOUND
    ]
    return Covered(
        counts(whole),
        {each.source.path: counts(each.bindings) for each in bound},
        by_family(whole),
        sorted(unbound, key=lambda one: -one.likeness.points),
    )


def _text(covered: Covered, asked: Fraction | None) -> Iterator[str]:
    yield from _table("document", covered.documents)
    if covered.families:
        yield from ("", *_table("family", covered.families))
    if covered.unbound:
        yield from ("", "not judged, what looks most like a measured result first:")
        yield from map(_open, covered.unbound[:_MOST_SHOWN])
    if (more := len(covered.unbound) - _MOST_SHOWN) > 0:
        yield f"and {more} more (see --output-format json)"
    whole = covered.whole
    yield f"\n{whole.verified} of {whole.claims} claims are verified: {whole.percent}%."
    if asked is not None:
        yield f"That is under the {_decimal(asked)}% asked for."


def _table(what: str, rows: dict[str, Counts]) -> Iterator[str]:
    """Counts in columns, a row a document or a family."""
    width = max(len(what), *(len(path(name)) for name in rows))
    yield f"{what:<{width}}  {'  '.join(_HEAD)}"
    for name, one in rows.items():
        shown = (one.claims, *one, one.percent)
        cells = (f"{cell:>{len(head)}}" for cell, head in zip(shown, _HEAD, strict=True))
        yield f"{path(name):<{width}}  {'  '.join(cells)}"


def _open(one: Open) -> str:
    claim, source = one.binding.claim, one.source
    start, end = claim.passage.source_span(claim.start, claim.end)
    text = printable(" ".join(source.text[start:end].split()))
    at = place(source.path, *source.position(start))
    signs = ", ".join(one.likeness.signs) or "no sign of one"
    return f"{at}: {text} ({one.likeness.points}: {signs})"


def _json(covered: Covered, asked: Fraction | None) -> str:
    return items.dump(
        {
            **_item(covered.whole),
            "fail_under": None if asked is None else float(asked),
            "documents": _items("path", covered.documents),
            "families": _items("family", covered.families),
            "not_judged": [
                {**items.claim(one.source, one.binding), **one.likeness._asdict()}
                for one in covered.unbound
            ],
        }
    )


def _items(key: str, rows: dict[str, Counts]) -> list[Item]:
    return [{key: name, **_item(one)} for name, one in rows.items()]


def _item(one: Counts) -> Item:
    return {"claims": one.claims, **one._asdict(), "verified_percent": float(one.percent)}


def _decimal(value: Fraction) -> str:
    return f"{float(value):g}"
