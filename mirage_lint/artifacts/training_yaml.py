"""Training configurations in YAML, as several tools have them: told by their keys."""

import re
from collections.abc import Callable
from functools import partial

from mirage_lint.artifacts import fields, text, values, yaml_text
from mirage_lint.artifacts.content import Content


def matches(path: str, head: bytes, *keys: re.Pattern[bytes]) -> bool:
    """Whether a file is YAML by its ending, and has each of the keys."""
    is_yaml = path.lower().endswith((".yaml", ".yml"))
    return is_yaml and all(key.search(head) for key in keys)


def read(data: bytes, where: str, tool: str, tunes: Callable[[dict[str, object]], bool]) -> Content:
    """The known fields of ``tool``, those of an adapter only where ``tunes`` says that the run
    tunes one; all others by JSON pointer. Raises MirageError where it is no mapping.
    """
    root = yaml_text.parse_mapping(text.decode(data, where), where)
    at = partial(values.at, root)
    told = [*fields.of_training(tool, at), *fields.bits(at, "")]
    if not tunes(root):
        told = [item for item in told if item.metric not in fields.OF_ADAPTERS]
    return Content(tuple(told), root=root)
