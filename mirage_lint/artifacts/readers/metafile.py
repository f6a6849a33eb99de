"""Metafiles of model zoos (``metafile.yml``, ``model-index.yml``): one row for each result.

Its columns are what tells the result apart (model, collection, dataset, task, config), each
metric under its own name, and the numbers among the model's metadata.
Source: https://mmengine.readthedocs.io/en/latest/
"""

from collections.abc import Iterator
from typing import Any

from mirage_lint.artifacts import json_text, text, yaml_text
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.artifacts.values import as_text, is_number
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "model metafile"

_MODEL = {"Name": "model", "In Collection": "collection", "Config": "config"}
_RESULT = {"Dataset": "dataset", "Task": "task"}


def matches(path: str, head: bytes) -> bool:
    """By its ending and the keys that only metafiles have."""
    is_yaml = path.lower().endswith((".yaml", ".yml"))
    return is_yaml and b"Models:" in head and b"In Collection:" in head


def read(data: bytes, where: str) -> Content:
    """The results of all models, and the whole by JSON pointer."""
    root = yaml_text.parse(text.decode(data, where), where)
    models = root.get("Models") if isinstance(root, dict) else None
    rows = tuple(row for model in json_text.objects(models) for row in _rows(model))
    return Content(records=rows, root=root)


def _rows(model: dict[str, Any]) -> Iterator[Record]:
    own = _told(model, _MODEL) | _numbers(model.get("Metadata"))
    for result in json_text.objects(model.get("Results")) or [{}]:
        yield own | _told(result, _RESULT) | _numbers(result.get("Metrics"))


def _told(item: dict[str, Any], names: dict[str, str]) -> Record:
    cells = json_text.record({key: item[key] for key in names if key in item})
    return {names[key]: value for key, value in cells.items() if value}


def _numbers(item: Any) -> Record:
    """The numbers of a mapping; lists and texts are settings of another kind."""
    pairs = item.items() if isinstance(item, dict) else ()
    told = ((key, as_text(value)) for key, value in pairs)
    return {key: value for key, value in told if value is not None and is_number(value)}
