"""Models as GGUF: the metadata in the header, and the number of parameters from its tensors.

Shapes count weights, however few bits each has. What the file calls its base model may be what
the model was tuned from or, in a file that was only converted, the model itself: so both count.
"""

import re
from functools import partial
from typing import Any

from mirage_lint import vocabulary
from mirage_lint.artifacts import fields, gguf_header, values, weights
from mirage_lint.artifacts.content import Content
from mirage_lint.core import modelname
from mirage_lint.core.facts import METADATA, Datum

TIER = METADATA
NAME = "GGUF"

_HOST = re.compile(r"https?://[^/]+/(?P<id>[^/]+/[^/]+)/?")


def matches(path: str, head: bytes) -> bool:
    """By its first bytes or its ending."""
    return head.startswith(gguf_header.MAGIC) or path.endswith(".gguf")


def read(data: bytes, where: str) -> Content:
    """Its known fields, the number of parameters, and all metadata by JSON pointer.

    The number is left out for one file of several.
    """
    header = gguf_header.parse(data, where)
    root = header.metadata
    at = partial(values.at, root)
    told = [*_architecture(root), *_quantisation(at("/general.file_type")), *_models(root)]
    told += fields.of_format("gguf", at)
    is_part = weights.is_part(where) or root.get("split.count", 1) != 1
    item = None if is_part else weights.counted(header.sizes, "sum of shapes")
    return Content((*told, *([item] if item else [])), root=root)


def _architecture(root: dict[str, Any]) -> list[Datum]:
    """The fields that are written below the architecture's name: ``llama.block_count``."""
    name = root.get("general.architecture")
    keys = vocabulary.load("formats")["gguf_architecture"].items()
    found = (
        fields.known(field, root.get(f"{name}.{key}"), f"/{name}.{key}") for key, field in keys
    )
    return [item for item in found if item]


def _quantisation(file_type: object) -> list[Datum]:
    bits = vocabulary.load("weights")["file_type_bits"].get(values.as_text(file_type))
    item = fields.known("quantisation bits", bits, "/general.file_type")
    return [item] if item else []


def _models(root: dict[str, Any]) -> list[Datum]:
    """The model by its name, as the base model, too, where the one base of it is told."""
    pointer = "/general.base_model.0.repo_url"
    link = _HOST.fullmatch(str(root.get(pointer[1:], "")))
    base = fields.known("base model", link["id"], pointer) if link else None
    bases = [base] if base and not _is_merged(root) else []
    name = values.as_text(root.get("general.name"))
    if name is None or not _is_model(name):
        return bases
    also = [item._replace(value=name, pointer="/general.name") for item in bases]
    return [*bases, *also, Datum("model", name, "/general.name", "model")]


def _is_merged(root: dict[str, Any]) -> bool:
    return bool(root.get("general.base_model.count", 1) != 1)


def _is_model(text: str) -> bool:
    name = modelname.parse(text)
    return bool(name.family and (name.size or name.version))
