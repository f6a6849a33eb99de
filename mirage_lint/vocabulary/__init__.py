"""The words of the field, as data: ``*.json`` beside this file, read once when first asked for."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(name: str) -> Any:
    """The data file ``name`` (``units``, ``words``, ``fields``, ...) as plain JSON values."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
