"""Models of transformers: ``config.json`` and ``generation_config.json``.

``max_position_embeddings`` is the context length only where no scaling of positions stretches it,
and where no positions are kept for padding.
``_name_or_path`` is the model that was loaded, which may be this one or what it was tuned from.
"""

from collections.abc import Callable
from functools import partial

from mirage_lint import vocabulary
from mirage_lint.artifacts import fields, json_text, text, values
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "transformers config"

_KEYS = (b'"model_type"', b'"architectures"', b'"transformers_version"')
_SCALINGS = ("/rope_scaling/rope_type", "/rope_scaling/type", "/rope_parameters/rope_type")
_UNSTRETCHED = (None, "default", "llama3")
"""Kinds of position scaling whose stated length is the length that the model was trained for."""


def matches(path: str, head: bytes) -> bool:
    """By the names that transformers gives them, and keys that it writes."""
    name = path.rpartition("/")[2]
    return name in ("config.json", "generation_config.json") and any(key in head for key in _KEYS)


def read(data: bytes, where: str) -> Content:
    """Its known fields, and all others by JSON pointer."""
    root = json_text.parse_object(text.decode(data, where), where)
    at = partial(values.at, root)
    unsure = _unsure(at)
    found = fields.of_format("transformers_config", at)
    told = [item for item in found if item.metric not in unsure]
    return Content((*told, *fields.bits(at, "/quantization_config")), root=root)


def _unsure(at: Callable[[str], object]) -> set[str]:
    """Fields that do not say what they seem to, or are not in use."""
    unsure = set()
    is_stretched = any(at(pointer) not in _UNSTRETCHED for pointer in _SCALINGS)
    if is_stretched or at("/model_type") in vocabulary.load("formats")["padded_positions"]:
        unsure.add("context length")
    if at("/use_sliding_window") is False:
        unsure.add("sliding window")
    return unsure
