"""Documents to passages, by their ending."""

from __future__ import annotations

from mirage_lint.documents import beside, flat
from mirage_lint.documents.passages import Document
from mirage_lint.documents.source import Source


def read(source: Source) -> Document:
    """All passages of a document."""
    told = beside.answer(source)
    return flat.build(told) if told else here(source)


def here(source: Source) -> Document:
    """The passages of a document, read in this process."""
    if source.path.endswith(".ipynb"):
        from mirage_lint.documents import notebook

        return notebook.read(source)
    from mirage_lint.documents import markdown

    return markdown.read(source)
