"""Jupyter notebooks: what their code cells set, as a Python script would; nothing is run.

Lines for the shell or the notebook itself (``!pip``, ``%matplotlib``) are left out, and so is a
cell that is no Python.
"""

from collections.abc import Iterator

from mirage_lint.artifacts import fields, json_text, python_source, text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import SCRIPT, Datum
from mirage_lint.errors import MirageError

TIER = SCRIPT
NAME = "Jupyter notebook"


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.endswith(".ipynb")


def read(data: bytes, where: str) -> Content:
    """What its code cells set to literals; a value that is set twice alike counts once."""
    notebook = json_text.parse(text.decode(data, where), where)
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise MirageError(where, "is no notebook: it has no list of cells", "save it anew")
    return fields.of_settings(
        datum
        for number, source in _code(notebook["cells"])
        for datum in _settings(source, f"{where}: cell {number}")
    )


def _code(cells: list[object]) -> Iterator[tuple[int, str]]:
    """Number, from 1, and source of each code cell."""
    for number, cell in enumerate(cells, start=1):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source", "")
            lines = source if isinstance(source, list) else str(source).splitlines(keepends=True)
            kept = [str(line) for line in lines if not str(line).lstrip().startswith(("!", "%"))]
            yield number, "".join(kept)


def _settings(source: str, where: str) -> tuple[Datum, ...]:
    try:
        return python_source.read(source, where).data
    except MirageError:
        return ()  # another language, or a line that only the notebook understands
