"""PEFT adapters: ``adapter_config.json`` with the rank, alpha, dropout and base model of a LoRA."""

from mirage_lint.artifacts import told_object
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "PEFT adapter config"


def matches(path: str, head: bytes) -> bool:
    """By the name that other tools use too, and keys that only PEFT writes."""
    keys = (b'"peft_type"', b'"base_model_name_or_path"')
    return path.endswith("adapter_config.json") and any(key in head for key in keys)


def read(data: bytes, where: str) -> Content:
    """Its known fields, and all others by JSON pointer."""
    return told_object.read(data, where, "peft")
