"""JSON objects of formats whose known fields stand at fixed places."""

from functools import partial

from mirage_lint.artifacts import fields, json_text, text, values
from mirage_lint.artifacts.content import Content


def read(data: bytes, where: str, name: str) -> Content:
    """The known fields of the format ``name`` of ``formats.json``, and all others by JSON pointer.

    Raises MirageError where it is no JSON object.
    """
    root = json_text.parse_object(text.decode(data, where), where)
    return Content(tuple(fields.of_format(name, partial(values.at, root))), root=root)
