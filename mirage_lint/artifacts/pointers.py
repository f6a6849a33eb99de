"""The values of an artifact by pointer."""

from mirage_lint.artifacts import values
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import Datum


def at(content: Content, pointer: str) -> Datum | None:
    """The single value at ``pointer``, with its unit where the format gives one."""
    for each in (*content.told, *content.data):
        if each.pointer == pointer:
            return each
    return datum(pointer, values.at(content.root, pointer))


def node(content: Content, pointer: str) -> object:
    """What stands at ``pointer`` in a nested artifact, of whatever kind."""
    return values.at(content.root, pointer)


def several(content: Content, pointer: str) -> tuple[str, ...]:
    """The values at ``pointer`` where they differ, in order: a script may set a thing twice."""
    found = dict.fromkeys(one.value for one in content.data if one.pointer == pointer)
    return tuple(found) if len(found) > 1 else ()


def is_endless(content: Content, pointer: str) -> bool:
    """Whether NaN or an infinity stands at ``pointer``: a number that no text is kept of."""
    return isinstance(values.at(content.root, pointer), float)


def datum(pointer: str, value: object) -> Datum | None:
    """The value that was found at ``pointer``, called by its last part; None if there is none."""
    return values.datum(pointer.rpartition("/")[2], value, pointer)


def every(content: Content, where: str) -> tuple[Datum, ...]:
    """All single values; raises MirageError at ``where`` beyond a bound."""
    told = {datum.pointer: datum for datum in (*content.data, *content.told)}
    rest = values.leaves(content.root, where) if content.root is not None else ()
    return (*told.values(), *(datum for datum in rest if datum.pointer not in told))
