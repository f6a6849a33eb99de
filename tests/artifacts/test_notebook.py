"""Notebooks: code cells are read as scripts; magic lines and other languages are passed over."""

import json

import pytest

from mirage_lint.artifacts.content import Content
from mirage_lint.artifacts.readers import notebook
from mirage_lint.errors import MirageError


def cells(*sources: str) -> bytes:
    code = [{"cell_type": "code", "source": source.splitlines(True)} for source in sources]
    return json.dumps({"cells": [{"cell_type": "markdown", "source": "N = 9"}, *code]}).encode()


def told(content: Content) -> list[tuple[str, str]]:
    return [(datum.pointer, datum.value) for datum in content.data]


def test_code_cells_are_read_as_scripts() -> None:
    data = cells("!pip install x\n%matplotlib inline\nN_EVENTS = 200\n", "run(n_seeds=5)")
    assert told(notebook.read(data, "x.ipynb")) == [("N_EVENTS", "200"), ("run.n_seeds", "5")]


def test_a_model_id_is_the_base_model() -> None:
    [datum] = notebook.read(cells('MODEL_ID = "acme/Net-3B"'), "x.ipynb").data
    assert (datum.metric, datum.kind, datum.value) == ("base model", "model", "acme/Net-3B")


def test_a_cell_in_another_language_is_passed_over() -> None:
    assert told(notebook.read(cells("SELECT 1;", "N = 3"), "x.ipynb")) == [("N", "3")]


def test_json_without_cells_is_no_notebook() -> None:
    with pytest.raises(MirageError, match="no list of cells"):
        notebook.read(b"{}", "x.ipynb")
