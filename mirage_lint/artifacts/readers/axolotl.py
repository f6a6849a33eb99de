"""Axolotl's training configurations: YAML with a base model and keys that only Axolotl has.

Its ``batch_size`` is that of all devices and accumulated steps; ``micro_batch_size`` is one's.
"""

import re

from mirage_lint.artifacts import training_yaml
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "Axolotl config"

_KEYS = re.compile(rb"^(?:micro_batch_size|sequence_len|val_set_size|sample_packing) *:", re.M)
_MODEL = re.compile(rb"^base_model *:", re.M)


def matches(path: str, head: bytes) -> bool:
    """By its ending and its keys."""
    return training_yaml.matches(path, head, _MODEL, _KEYS)


def read(data: bytes, where: str) -> Content:
    """Its known fields, those of an adapter only where one is tuned; all others by JSON pointer."""
    return training_yaml.read(data, where, "axolotl", _tunes_adapter)


def _tunes_adapter(root: dict[str, object]) -> bool:
    return bool(root.get("adapter"))
