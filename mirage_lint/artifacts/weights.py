"""How many parameters a file of weights holds, from the names and shapes of its tensors."""

import re
from collections.abc import Mapping

from mirage_lint import vocabulary
from mirage_lint.artifacts import fields
from mirage_lint.core.facts import Datum

_PART = re.compile(r"-(?P<number>\d{5})-of-(?P<parts>\d{5})\.\w+$", re.ASCII)


def is_part(where: str) -> bool:
    """Whether a file is by its name one of several: ``model-00001-of-00003.safetensors``."""
    found = _PART.search(where)
    return found is not None and int(found["parts"]) > 1


def counted(sizes: Mapping[str, int], pointer: str) -> Datum | None:
    """The number of parameters of tensors, from the number of elements of each.

    Those of an adapter alone are the trainable ones. None where there are none, or where an
    adapter's tensors lie beside others, which may have been trained or not.
    """
    kept = {name: size for name, size in sizes.items() if not _is_buffer(name)}
    adapting = sum(map(_is_adapter, kept))
    if not kept or 0 < adapting < len(kept):
        return None
    field = "trainable parameters" if adapting else "model parameters"
    return fields.known(field, sum(kept.values()), pointer)


def _is_buffer(name: str) -> bool:
    """Whether a tensor is computed or counted by the model, and no parameter of it."""
    return name.endswith(tuple(vocabulary.load("weights")["buffers"]))


def _is_adapter(name: str) -> bool:
    return not set(vocabulary.load("weights")["adapters"]).isdisjoint(name.split("."))
