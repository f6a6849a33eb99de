"""LLaMA-Factory's training configurations: YAML with a model, a stage and a way of tuning."""

import re

from mirage_lint.artifacts import training_yaml
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "LLaMA-Factory config"

_KEYS = re.compile(rb"^(?:finetuning_type|cutoff_len) *:", re.M)
_MODEL = re.compile(rb"^model_name_or_path *:", re.M)


def matches(path: str, head: bytes) -> bool:
    """By its ending and its keys."""
    return training_yaml.matches(path, head, _MODEL, _KEYS)


def read(data: bytes, where: str) -> Content:
    """Its known fields, those of an adapter only where one is tuned; all others by JSON pointer."""
    return training_yaml.read(data, where, "llama_factory", _tunes_adapter)


def _tunes_adapter(root: dict[str, object]) -> bool:
    return root.get("finetuning_type", "lora") == "lora"
