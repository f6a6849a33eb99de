"""LLaMA-Factory's training configurations: YAML with a model, a stage and a way of tuning."""

import re
from functools import partial

from mirage_lint.artifacts import fields, text, values, yaml_text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "LLaMA-Factory config"

_KEYS = re.compile(rb"^(?:finetuning_type|cutoff_len) *:", re.M)
_MODEL = re.compile(rb"^model_name_or_path *:", re.M)


def matches(path: str, head: bytes) -> bool:
    """By its ending and its keys."""
    is_yaml = path.lower().endswith((".yaml", ".yml"))
    return is_yaml and _MODEL.search(head) is not None and _KEYS.search(head) is not None


def read(data: bytes, where: str) -> Content:
    """Its known fields, those of an adapter only where one is tuned; all others by JSON pointer."""
    root = yaml_text.parse_mapping(text.decode(data, where), where)
    at = partial(values.at, root)
    told = [*fields.of_training("llama_factory", at), *fields.bits(at, "")]
    if root.get("finetuning_type", "lora") != "lora":
        told = [item for item in told if item.metric not in fields.OF_ADAPTERS]
    return Content(tuple(told), root=root)
