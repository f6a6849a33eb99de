"""``coverage``: how much of what documents say is verified."""

from collections.abc import Iterator
from fractions import Fraction
from types import SimpleNamespace
from typing import NamedTuple, TextIO

from mirage_lint.binding.binding import UNBOUND, Binding
from mirage_lint.collect import targets
from mirage_lint.coverage.counts import Counts, by_family, counts
from mirage_lint.coverage.likeness import Likeness, likeness
from mirage_lint.documents.source import Source
from mirage_lint.engine import Checker
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
    covered = _cover(list(_bound(arguments)))
    asked: Fraction | None = arguments.fail_under
    is_under = asked is not None and covered.whole.verified_share * 100 < asked
    if arguments.output_format == "json":
        out.write(_json(covered, asked))
    else:
        out.writelines(f"{line}\n" for line in _text(covered, asked if is_under else None))
    return 1 if is_under else 0


def _bound(arguments: SimpleNamespace) -> Iterator[tuple[Source, list[Binding]]]:
    """Each document with its claims; each registry is read once."""
    checkers: dict[str, Checker] = {}
    for target in targets(arguments):
        key = str(target.claims)
        if key not in checkers:
            checkers[key] = Checker(target.claims)
        source = target.read()
        yield source, checkers[key].bind(source, target.path).bindings


def _cover(bound: list[tuple[Source, list[Binding]]]) -> Covered:
    whole = [one for _, bindings in bound for one in bindings]
    unbound = [
        Open(source, one, likeness(one.claim))
        for source, bindings in bound
        for one in bindings
        if one.status == UNBOUND
    ]
    return Covered(
        counts(whole),
        {source.path: counts(bindings) for source, bindings in bound},
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
