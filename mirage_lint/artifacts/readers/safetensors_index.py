"""The index of weights in several safetensors files: ``model.safetensors.index.json``.

Its ``total_size`` counts bytes; only newer versions write the number of parameters.
"""

from functools import partial

from mirage_lint.artifacts import fields, json_text, text, values
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "safetensors index"


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.endswith(".safetensors.index.json")


def read(data: bytes, where: str) -> Content:
    """The number of parameters, and the rest by JSON pointer."""
    root = json_text.parse_object(text.decode(data, where), where)
    found = fields.of_format("safetensors_index", partial(values.at, root))
    return Content(tuple(found), root=root)
