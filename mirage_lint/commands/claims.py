"""``claims``: every claim of the documents, with its reading."""

from types import SimpleNamespace
from typing import TextIO

from mirage_lint.binding.binding import Binding
from mirage_lint.checking.session import Session
from mirage_lint.commands import delivery
from mirage_lint.documents.source import Source
from mirage_lint.reports.printable import place, printable


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """List the claims; 0 where all documents can be read."""
    session = Session(arguments)
    documents = session.bound(session.named())
    bound = [(source, one) for _, source, bindings in documents for one in bindings]
    if arguments.output_format == "json":
        from mirage_lint.reports import items

        out.write(items.claims(bound))
    else:
        out.writelines(_line(source, binding) for source, binding in bound)
    return delivery.concluded(session.unread, 0)


def _line(source: Source, binding: Binding) -> str:
    claim = binding.claim
    start, end = claim.passage.source_span(claim.start, claim.end)
    at = place(source.path, *source.position(start))
    text = printable(" ".join(source.text[start:end].split()))
    facts = printable(", ".join(fact.id for fact in binding.facts[:2]))
    shown = f"{at}: {binding.status:<12} {claim.kind:<8} {text}"
    return f"{shown}  ->  {facts}\n" if facts else f"{shown}\n"
