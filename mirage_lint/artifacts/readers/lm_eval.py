"""Results of lm-evaluation-harness: ``results_*.json``, with a dimension for the task.

A metric's key is its name and the filter of the answers that it was taken on:
``exact_match,strict-match``. Of a limited run, the samples that were used are the ones that count.
Its seeds are those of the evaluation.
Source: https://github.com/EleutherAI/lm-evaluation-harness
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from mirage_lint.artifacts import fields, json_text, measures, text, values
from mirage_lint.artifacts.content import Content
from mirage_lint.artifacts.measures import Pairs
from mirage_lint.core.facts import METADATA, Datum

TIER = METADATA
NAME = "lm-evaluation-harness results"

_METRIC = re.compile(rb'"[\w@/.-]+,[\w-]+"\s*:')
_ERROR = "_stderr"


def matches(path: str, head: bytes) -> bool:
    """By its ending, and keys with a filter below the results."""
    is_json = path.lower().endswith(".json")
    return is_json and b'"results"' in head and _METRIC.search(head) is not None


def read(data: bytes, where: str) -> Content:
    """The metrics, shots and samples of each task, the model, and the rest by JSON pointer."""
    root = json_text.parse_object(text.decode(data, where), where)
    found = [*fields.of_format("lm_eval", partial(values.at, root)), *_by_task(root)]
    return Content(tuple(found), root=root)


def _by_task(root: dict[str, Any]) -> Iterator[Datum]:
    for task, results in _items(root.get("results")):
        for key, value in _items(results):
            item = _measure(task, key, value)
            if item:
                yield item
    for task, shots in _items(root.get("n-shot")):
        yield from _about(task, "shots", shots, values.pointer("n-shot", task))
    for task, samples in _items(root.get("n-samples")):
        used = dict(_items(samples)).get("effective")
        pointer = values.pointer("n-samples", task, "effective")
        yield from _about(task, "evaluation examples", used, pointer)


def _items(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _measure(task: str, key: str, value: Any) -> Datum | None:
    name, _, taken_on = key.partition(",")
    if not taken_on:
        return None
    metric, pointer = name.removesuffix(_ERROR), values.pointer("results", task, key)
    item = measures.named(metric, value, pointer, _place(task, taken_on))
    if item is None or not name.endswith(_ERROR):
        return item
    names = tuple(f"{name} standard error" for name in (item.metric, *item.names))
    return item._replace(metric=names[0], names=(*names[1:], f"{metric} stderr"))


def _place(task: str, taken_on: str) -> Pairs:
    """A filter that leaves the answers as they are is none."""
    return (("task", task),) if taken_on == "none" else (("filter", taken_on), ("task", task))


def _about(task: str, field: str, value: Any, pointer: str) -> Iterator[Datum]:
    item = fields.known(field, value, pointer)
    if item:
        yield item._replace(dimensions=(("task", task),))
