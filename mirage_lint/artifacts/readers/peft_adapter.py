"""PEFT adapters: ``adapter_config.json`` with the rank, alpha, dropout and base model of a LoRA.

Its patterns give single modules another rank or alpha, so that each of them is one of the run.
"""

from collections.abc import Iterator

from mirage_lint.artifacts import fields, told_object, values
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA, Datum

TIER = METADATA
NAME = "PEFT adapter config"

_PATTERNS = {"rank_pattern": "rank", "alpha_pattern": "alpha"}


def matches(path: str, head: bytes) -> bool:
    """By the name that other tools use too, and keys that only PEFT writes."""
    keys = (b'"peft_type"', b'"base_model_name_or_path"')
    return path.endswith("adapter_config.json") and any(key in head for key in keys)


def read(data: bytes, where: str) -> Content:
    """Its known fields, and all others by JSON pointer."""
    content = told_object.read(data, where, "peft")
    found = {(item.metric, item.value): item for item in _of_modules(content.root)}
    found |= {(item.metric, item.value): item for item in content.told}
    return content._replace(told=tuple(found.values()))


def _of_modules(root: object) -> Iterator[Datum]:
    for key, field in _PATTERNS.items():
        pattern = values.at(root, values.pointer(key))
        for module, value in pattern.items() if isinstance(pattern, dict) else ():
            item = fields.known(field, value, values.pointer(key, module))
            if item:
                yield item
