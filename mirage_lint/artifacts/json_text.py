"""JSON with its numbers as the text that stands in the file."""

import json
from collections import Counter
from typing import Any

from mirage_lint.artifacts.values import as_text
from mirage_lint.errors import MirageError


def parse(text: str, where: str, line: int = 0) -> Any:
    """The value of JSON ``text``: numbers are their own text, as strings.

    NaN and Infinity, which Python writes though JSON has no such numbers, are floats, and have no
    text: nothing that prose could cite. Raises MirageError for broken JSON and for repeated keys;
    ``line`` is that of ``text`` in its file, where it is one line of many.
    """

    place = f"{where}:{line}" if line else where

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            key = Counter(key for key, _ in pairs).most_common(1)[0][0]
            raise MirageError(place, f"says the key {key[:80]!r} twice in one object", "keep one")
        return found

    try:
        return json.loads(
            text,
            parse_int=str,
            parse_float=str,
            parse_constant=float,
            object_pairs_hook=unique,
        )
    except json.JSONDecodeError as error:
        place = f"{where}:{line or error.lineno}:{error.colno}"
        raise MirageError(place, f"is not JSON ({error.msg})", "write the file again") from None
    except RecursionError:
        raise MirageError(place, "is nested too deeply to be read", "make it flatter") from None


def parse_object(text: str, where: str, line: int = 0) -> dict[str, Any]:
    """As `parse`, for a text that must be one object."""
    root = parse(text, where, line)
    if not isinstance(root, dict):
        place = f"{where}:{line}" if line else where
        raise MirageError(place, "holds no JSON object", "check that it is the right file")
    return root


def records(root: Any) -> tuple[dict[str, str], ...]:
    """The rows of a list of objects; none if ``root`` is anything else."""
    if not isinstance(root, list) or not all(isinstance(item, dict) for item in root):
        return ()
    return tuple(record(item) for item in root)


def record(item: dict[str, Any]) -> dict[str, str]:
    """An object as a row of text cells: null is empty, nested values are left out."""
    flat = {key: value for key, value in item.items() if not isinstance(value, dict | list)}
    return {key: as_text(value) or "" for key, value in flat.items()}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, or a single one as a list; what is no object is left out."""
    listed = value if isinstance(value, list) else [value]
    return [item for item in listed if isinstance(item, dict)]
