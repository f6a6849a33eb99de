"""The state of a transformers Trainer: ``trainer_state.json``, with what a run has reached.

Its ``num_train_epochs`` is rounded up, so it is not read; ``training_args.bin`` has the real one.
"""

from functools import partial
from typing import Any

from mirage_lint import vocabulary
from mirage_lint.artifacts import fields, json_text, text, values
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA, Datum

TIER = METADATA
NAME = "trainer state"


def matches(path: str, head: bytes) -> bool:
    """By the name that transformers gives it."""
    return path.endswith("trainer_state.json")


def read(data: bytes, where: str) -> Content:
    """Its known fields, by JSON pointer, and the last of each loss that it logged."""
    root = json_text.parse_object(text.decode(data, where), where)
    state = fields.of_format("trainer_state", partial(values.at, root))
    return Content((*state, *_last_losses(root.get("log_history"))), root=root)


def _last_losses(log: Any) -> list[Datum]:
    found: dict[str, Datum] = {}
    for index, entry in enumerate(log if isinstance(log, list) else []):
        for key, field in vocabulary.load("formats")["trainer_log"].items():
            value = entry.get(key) if isinstance(entry, dict) else None
            item = fields.known(field, value, f"/log_history/{index}/{key}")
            found |= {key: item} if item else {}
    return list(found.values())
