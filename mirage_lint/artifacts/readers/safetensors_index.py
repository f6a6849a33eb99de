"""The index of weights in several safetensors files: ``model.safetensors.index.json``.

Its ``total_size`` counts bytes; only newer versions write the number of parameters.
"""

from mirage_lint.artifacts import told_object
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "safetensors index"


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.endswith(".safetensors.index.json")


def read(data: bytes, where: str) -> Content:
    """The number of parameters, and the rest by JSON pointer."""
    return told_object.read(data, where, "safetensors_index")
