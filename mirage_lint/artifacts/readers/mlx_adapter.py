"""MLX adapters: ``adapter_config.json`` as mlx-lm writes it, with the whole training set-up.

There is no alpha: ``scale`` is the multiplier itself. ``iters`` counts batches, not epochs.
"""

from functools import partial

from mirage_lint.artifacts import fields, json_text, text, values
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "MLX adapter config"


def matches(path: str, head: bytes) -> bool:
    """By the name that other tools use too, and keys that only mlx-lm writes."""
    keys = (b'"lora_parameters"', b'"lora_layers"', b'"iters"')
    return path.endswith("adapter_config.json") and any(key in head for key in keys)


def read(data: bytes, where: str) -> Content:
    """Its known fields, and all others by JSON pointer."""
    root = json_text.parse_object(text.decode(data, where), where)
    if root.get("fine_tune_type") == "full":
        root.pop("lora_parameters", None)  # written as defaults, not used
    return Content(tuple(fields.of_format("mlx", partial(values.at, root))), root=root)
