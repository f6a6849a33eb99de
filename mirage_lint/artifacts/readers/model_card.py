"""Model cards: a README.md whose front matter names the base model or the results.

``base_model`` may be a list or a folder: that is unknown, not different. ``model-index`` holds
results, one row for each metric. People write it by hand, and copy it from the card they started
with, so that every other source is stronger.
Source: https://huggingface.co/docs/hub/model-cards
"""

import re
from collections.abc import Iterator
from typing import Any

from mirage_lint.artifacts import fields, json_text, markdown_text, yaml_text
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.artifacts.values import as_text, without_tokens
from mirage_lint.core.facts import NARRATIVE
from mirage_lint.errors import MirageError

TIER = NARRATIVE
NAME = "model card"

_START = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n")
_KEY = re.compile(rb"^(?:base_model|model-index):", re.MULTILINE)
_END = re.compile(rb"^---", re.MULTILINE)


def matches(path: str, head: bytes) -> bool:
    """By its ending, and a key of front matter that only cards have."""
    start = _START.match(head)
    if not start or not path.lower().endswith((".md", ".markdown")):
        return False
    end = _END.search(head, start.end())
    return _KEY.search(head, start.end(), end.start() if end else len(head)) is not None


def read(data: bytes, where: str) -> Content:
    """Its base model, its results as rows, and its tables; where it has no results, their rows."""
    front, body = markdown_text.split(markdown_text.decode(data, where))
    if not front:
        raise MirageError(where, "has front matter that does not end", "end it by a line ---")
    root = yaml_text.parse(front, where, line=1)
    if not isinstance(root, dict):
        raise MirageError(where, "has front matter that holds no keys", "write `key: value`")
    found = markdown_text.found_tables(body)
    models = json_text.objects(root.get("model-index"))
    rows = tuple(row for model in models for row in _rows(model))
    base = fields.known("base model", root.get("base_model"), "/base_model")
    return Content(
        told=(base,) if base else (),
        records=rows or markdown_text.records(found),
        root=without_tokens({**root, "tables": found}),
    )


def _rows(model: dict[str, Any]) -> Iterator[Record]:
    own = json_text.record({"model": model.get("name")})
    for result in json_text.objects(model.get("results")):
        dataset = _dict(result.get("dataset"))
        cells = {
            "dataset": dataset.get("name") or dataset.get("type"),
            "config": dataset.get("config"),
            "split": dataset.get("split"),
            "task": _name(result.get("task")),
        }
        for metric in json_text.objects(result.get("metrics")):
            measured = {"metric": _name(metric), "value": metric.get("value")}
            yield own | json_text.record(cells | measured)


def _name(item: Any) -> str:
    """The name that people give to a task or metric, or that of its kind."""
    told = _dict(item)
    return as_text(told.get("name")) or as_text(told.get("type")) or ""


def _dict(item: Any) -> dict[str, Any]:
    return item if isinstance(item, dict) else {}
