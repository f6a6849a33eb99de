"""TOML: every leaf by JSON pointer."""

import tomllib

from mirage_lint.artifacts import text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA
from mirage_lint.errors import MirageError

TIER = METADATA
NAME = "TOML"


def matches(path: str, head: bytes) -> bool:
    """By its ending."""
    return path.lower().endswith(".toml")


def read(data: bytes, where: str) -> Content:
    """Its root."""
    source = text.decode_script(data, where)
    try:
        root = tomllib.loads(source, parse_float=str)
    except ValueError as error:
        problem = str(error).partition(";")[0]  # of long integers, what Python's programmers may do
        raise MirageError(where, f"is not TOML ({problem})", "mend it") from None
    except RecursionError:
        raise MirageError(where, "is nested too deeply to be read", "make it flatter") from None
    return Content(root=root)
