"""The values of an artifact by pointer."""

from mirage_lint.artifacts import values
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import Datum


def at(content: Content, pointer: str) -> Datum | None:
    """The single value at ``pointer``, with its unit where the format gives one."""
    for datum in (*content.told, *content.data):
        if datum.pointer == pointer:
            return datum
    value = values.at(content.root, pointer)
    return values.datum(pointer.rpartition("/")[2], value, pointer)


def every(content: Content, where: str) -> tuple[Datum, ...]:
    """All single values; raises MirageError at ``where`` beyond a bound."""
    told = {datum.pointer: datum for datum in (*content.data, *content.told)}
    rest = values.leaves(content.root, where) if content.root is not None else ()
    return (*told.values(), *(datum for datum in rest if datum.pointer not in told))
