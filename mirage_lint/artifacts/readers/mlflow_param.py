"""Parameters in MLflow's file store: ``params/NAME`` of a run, the value and nothing else.

Source: https://mlflow.org/docs/latest/self-hosting/architecture/backend-store/
"""

import re

from mirage_lint.artifacts import fields, text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA
from mirage_lint.errors import MirageError

TIER = METADATA
NAME = "MLflow parameter"

_STORE = r"(?:.*/)?(?:mlruns/(?:[^/]+/)+|[0-9a-f]{32}/)"
_PATH = re.compile(rf"{_STORE}params/(?P<name>.+)", re.DOTALL)
_LONGEST = 8000
"""Characters of the longest value that MLflow takes, with room."""


def matches(path: str, head: bytes) -> bool:
    """By its folders, those of a run in a store."""
    return _PATH.fullmatch(path) is not None


def read(data: bytes, where: str) -> Content:
    """Its value, at the pointer that is its name."""
    path = _PATH.fullmatch(where.replace("::", "/"))
    value = text.decode(data, where).strip()
    if len(value) > _LONGEST:
        problem = f"is a parameter of more than {_LONGEST:,} characters, the most that is read"
        raise MirageError(where, problem, "point at another")
    name = path["name"] if path else where
    if name.lower().endswith("token"):
        return Content()
    found = fields.of_script("settings", name.replace("/", "."), value)
    return fields.of_settings([found and found._replace(pointer=name)])
