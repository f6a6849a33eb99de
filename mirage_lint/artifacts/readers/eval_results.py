"""Evaluation results of a model repository: ``.eval_results/*.yaml``, one row for each result.

Its columns are the benchmark's dataset, the task in it, the value, its date and notes. A row's
value is in whatever scale the benchmark has. Anyone may have sent it in, so that the results of an
evaluation itself are stronger.
Source: https://huggingface.co/docs/hub/eval-results
"""

from typing import Any

from mirage_lint.artifacts import json_text, text, yaml_text
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.artifacts.values import without_tokens
from mirage_lint.core.facts import NARRATIVE
from mirage_lint.errors import MirageError

TIER = NARRATIVE
NAME = "evaluation results"


def matches(path: str, head: bytes) -> bool:
    """By its folder and its ending."""
    folders = path.lower().split("/")[:-1]
    return ".eval_results" in folders and path.lower().endswith((".yaml", ".yml"))


def read(data: bytes, where: str) -> Content:
    """Its results as rows, and the whole by JSON pointer, without what signs them."""
    root = yaml_text.parse(text.decode(data, where), where)
    if not isinstance(root, list):
        raise MirageError(where, "holds no list of results", "start each result with `- dataset:`")
    rows = tuple(_row(item) for item in json_text.objects(root))
    return Content(records=rows, root=without_tokens(root))


def _row(item: dict[str, Any]) -> Record:
    dataset = item.get("dataset")
    about = dataset if isinstance(dataset, dict) else {}
    cells = {"dataset": about.get("id"), "task": about.get("task_id")}
    told = ("value", "date", "notes")
    return json_text.record(cells | {key: item.get(key) for key in told})
