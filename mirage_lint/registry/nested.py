"""Values and rows within a nested artifact, by JMESPath (https://jmespath.org/specification.html)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from mirage_lint.artifacts import json_text
from mirage_lint.artifacts.content import Record
from mirage_lint.errors import MirageError
from mirage_lint.registry import queries

_STEP = re.compile(r'(?:([A-Za-z_]\w*+)|"([^"\\]++)")(?:\[\*?\])?(?:\.|\Z)')
MAX_PARTS = 64
"""Parts of an expression: each list that it makes may double what the next one works on."""


def rows(root: object, expression: str, where: str, key: str = "") -> Iterator[Record]:
    """The objects that ``expression`` gives of a nested artifact, as rows.

    Of an object of objects, none of which has ``key``, each is a row, and its name is its
    ``key``. Raises MirageError at ``where`` if ``expression`` is no JMESPath, or gives no objects.
    """
    found = search(root, expression, f"rows '{expression}'", where)
    if key and _is_named(found, key):
        yield from named(found, key)
        return
    listed = found if isinstance(found, list) else [found]
    for item in listed:
        if not isinstance(item, dict):
            problem = f"rows '{expression}' gives no list of objects in the artifact"
            raise MirageError(where, problem, "point it at one, as `results[*]`")
        yield json_text.record(item)


def way(expression: str) -> str:
    """The way to the rows as a JSON pointer begins: "/runs/base" of ``runs.base[*]``; empty where
    ``expression`` is more than a way.
    """
    steps, end = list[str](), 0
    while end < len(expression):
        step = _STEP.match(expression, end)
        if step is None:
            return ""
        name, end = step[1] or step[2], step.end()
        steps.append(name.replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{step}" for step in steps)


def beside(root: object, expression: str) -> Iterator[Record]:
    """The objects beside the one that ``expression`` leads to, and itself, as rows."""
    *above, last = way(expression).split("/")[1:] or [""]
    node = root
    for step in above:
        node = node.get(_plain(step)) if isinstance(node, dict) else None
    if isinstance(node, dict) and isinstance(node.get(_plain(last)), dict):
        yield from (json_text.record(item) for item in node.values() if isinstance(item, dict))


def _plain(step: str) -> str:
    """A step of a JSON pointer as it is spelled in the artifact."""
    return step.replace("~1", "/").replace("~0", "~")


def named(objects: Mapping[str, dict[str, Any]], key: str) -> Iterator[Record]:
    """Objects by name as rows that have their name as ``key``."""
    for name, item in objects.items():
        yield {key: name, **json_text.record(item)}


def _is_named(found: object, key: str) -> bool:
    items = found.values() if isinstance(found, dict) else ()
    return bool(items) and all(isinstance(item, dict) and key not in item for item in items)


def search(root: object, expression: str, told: str, where: str) -> Any:
    """What ``expression`` gives; ``told`` is what messages call it."""
    try:
        parsed = jmespath.compile(expression)
        queries.refuse_rounded(expression)
        if _parts(parsed.parsed) <= MAX_PARTS:
            return queries.run(parsed.parsed, root)
    except (JMESPathError, RecursionError, ValueError, TypeError, ArithmeticError) as error:
        problem = " ".join(str(error).split())[:150]
        mend = "see https://jmespath.org"
        raise MirageError(where, f"{told} fails: {problem}", mend) from None
    raise MirageError(where, f"{told[:100]} has more than {MAX_PARTS} parts", "take fewer steps")


def _parts(node: Any) -> int:
    return 1 + sum(_parts(child) for child in node["children"] if isinstance(child, dict))
