"""MIR302 documents-differ

Two documents tell a number differently where all around it is the same: a cell of a table that
stands in both, or a number of a text in two languages. Needs no registry, and is told only where
both documents are checked in one run.

Why it is bad: one of the two is wrong, most often the translation or the copy that nobody thought
of when the number was mended. Which one, the documents cannot tell; where git
knows which line is newer, the finding says so.

Bad:  ``| Net-50 | 25.6 | 76.1 |`` in ``README.md``, and ``| Net-50 | 25.6 | 76.7 |`` in
``README_ja.md``.

Good: the same row in both.
"""

CODE = "MIR302"
NAME = "documents-differ"
SEVERITY = "warning"


def message(text: str, other: str, place: str, more: int) -> str:
    """Both numbers, and where the other stands; neither is accused."""
    places = f"{place} and {more} more place{'' if more == 1 else 's'}" if more else place
    verb = "have" if more else "has"
    return f"{text!r} here, but {places} {verb} {other!r}, where all around it is the same"
