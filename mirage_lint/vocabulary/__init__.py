"""The words of the field, as data: ``*.json`` beside this file, read once when first asked for."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@cache
def load(name: str) -> Any:
    """The data file ``name`` (``units``, ``words``, ``fields``, ...) as plain JSON values."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
