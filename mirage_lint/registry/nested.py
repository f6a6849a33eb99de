"""Rows within a nested artifact, by JMESPath (https://jmespath.org/specification.html)."""

from collections.abc import Iterator
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from mirage_lint.artifacts import json_text
from mirage_lint.artifacts.content import Record
from mirage_lint.errors import MirageError


def rows(root: object, expression: str, where: str) -> Iterator[Record]:
    """The objects that ``expression`` gives of a nested artifact, as rows.

    Raises MirageError at ``where`` if it is no JMESPath, or gives no list of objects.
    """
    found = _search(root, expression, where)
    listed = found if isinstance(found, list) else [found]
    for item in listed:
        if not isinstance(item, dict):
            problem = f"rows '{expression}' gives no list of objects in the artifact"
            raise MirageError(where, problem, "point it at one, as `results[*]`")
        yield json_text.record(item)


def _search(root: object, expression: str, where: str) -> Any:
    try:
        return jmespath.search(expression, root)
    except (JMESPathError, RecursionError, ValueError, TypeError) as error:
        told = " ".join(str(error).split())[:150]
        mend = "see https://jmespath.org"
        raise MirageError(where, f"rows '{expression}' fails: {told}", mend) from None
