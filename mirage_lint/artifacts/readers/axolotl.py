"""Axolotl's training configurations: YAML with a base model and keys that only Axolotl has.

Its ``batch_size`` is that of all devices and accumulated steps; ``micro_batch_size`` is one's.
"""

import re
from functools import partial

from mirage_lint.artifacts import fields, text, values, yaml_text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "Axolotl config"

_KEYS = re.compile(rb"^(?:micro_batch_size|sequence_len|val_set_size|sample_packing) *:", re.M)
_MODEL = re.compile(rb"^base_model *:", re.M)


def matches(path: str, head: bytes) -> bool:
    """By its ending and its keys."""
    is_yaml = path.lower().endswith((".yaml", ".yml"))
    return is_yaml and _MODEL.search(head) is not None and _KEYS.search(head) is not None


def read(data: bytes, where: str) -> Content:
    """Its known fields, those of an adapter only where one is tuned; all others by JSON pointer."""
    root = yaml_text.parse_mapping(text.decode(data, where), where)
    at = partial(values.at, root)
    told = [*fields.of_training("axolotl", at), *fields.bits(at, "")]
    if not root.get("adapter"):
        told = [item for item in told if item.metric not in fields.OF_ADAPTERS]
    return Content(tuple(told), root=root)
