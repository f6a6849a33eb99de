"""The rows that a nested artifact holds: objects beside one another, and one object by itself."""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from mirage_lint import vocabulary
from mirage_lint.artifacts import json_text
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.core import words
from mirage_lint.core.modelname import parse
from mirage_lint.drafting import listing
from mirage_lint.registry import nested, values

MAX_ROWS = 2_000
"""Rows of the longest table that is drafted: a longer one is data, not results."""

_DEEPEST = 3
_MOST_NAMED = 500
"""Objects by name that are drafted as rows: more are data by their ids."""
_MOST_SETS = 32
"""Sets of rows of one artifact: of what holds more, only the numbers on top are drafted."""
_FEWEST_ALIKE = 2
"""Names that objects beside one another share which tell the same of several things."""
_EACH = frozenset({"per", "by"})


class _Part(NamedTuple):
    """A name on the way to rows, what its object is held by, and whether it tells which of several
    alike the rows are of.
    """

    name: str
    holder: str
    is_telling: bool


class Rows(NamedTuple):
    """Rows, and the JMESPath that gives them; empty where they are the artifact's own.

    ``key`` is the column that holds the objects' names, where that makes them rows; ``parts`` are
    the names that lead to them, each with that of what holds it where it tells which of several.
    """

    expression: str
    records: tuple[Record, ...]
    key: str = ""
    parts: tuple[_Part, ...] = ()

    @property
    def shared(self) -> tuple[tuple[str, str], ...]:
        """What the rows share that no column tells: of which of several objects they are."""
        taken = {self.key, *(name for record in self.records for name in record)}
        found: dict[str, str] = {}
        for part in self.parts:
            if part.is_telling and (key := _free(_thing(part.holder), {*taken, *found})):
                found[key] = part.name
        return tuple(found.items())


class Sets(NamedTuple):
    """The sets of rows of an artifact, and how many it has in all."""

    rows: list[Rows]
    number: int


def sets(content: Content) -> Sets:
    """The sets of rows that an artifact holds, its own rows alone where it has some."""
    own = tuple(islice(content.records, MAX_ROWS + 1))
    if own:
        return Sets([Rows("", _labelled(own))], 1)
    found = [rows for rows in _nested((), content.root, is_one=True) if _has_numbers(rows)]
    number = len(found)
    if number > _MOST_SETS:
        found = [one for one in found if one.expression == "@"]
    return Sets([one if _clashes(one, found) else one._replace(parts=()) for one in found], number)


def holds_numbers(root: object) -> bool:
    """Whether there is a number anywhere in a nested artifact."""
    left = [root]
    while left:
        node = left.pop()
        if is_number(node):
            return True
        left += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return False


def _labelled(own: tuple[Record, ...]) -> tuple[Record, ...]:
    """Rows whose column of row labels has a name, where they are names: pandas writes none."""
    if not any(record.get("") for record in own) or any(is_number(one.get("")) for one in own):
        return own
    label = _free(_names()[0], own[0])
    return tuple({name or label: cell for name, cell in one.items()} for one in own)


def _nested(parts: tuple[_Part, ...], node: object, *, is_one: bool) -> Iterator[Rows]:
    """The rows below ``node``; ``is_one`` says that it is a row itself where it has numbers."""
    path = ""
    for part in parts:
        path = joined(path, part.name)
    if isinstance(node, list):
        if node and all(isinstance(item, dict) for item in node):
            yield Rows(path, json_text.records(node[: MAX_ROWS + 1]), "", parts)
        return
    if not isinstance(node, dict) or len(parts) > _DEEPEST:
        return
    if _is_row(node) and is_one:
        yield Rows(path or "@", (json_text.record(node),), "", parts)
    name = parts[-1].name if parts else ""
    objects = {key: item for key, item in node.items() if isinstance(item, dict)}
    if len(objects) == len(node) and (key := _key(name, objects)):
        yield Rows(path or "@", tuple(nested.named(objects, key)), key, parts)
        nested_in = {key: item for key, item in objects.items() if not _is_flat(item)}
    else:
        nested_in = node
    alike = _alike(objects)
    told = alike if parts else alike | {key for key, one in objects.items() if _is_told(key, one)}
    for key, item in nested_in.items():
        is_telling = key in alike or (len(objects) > 1 and not _is_plain(key))
        part = _Part(key, name, is_telling)
        is_row = nested_in is node and (key in told or _is_of_results(key) or _is_measured(item))
        yield from _nested((*parts, part), item, is_one=is_row)


def _is_flat(node: dict[str, object]) -> bool:
    return not any(isinstance(item, (dict, list)) for item in node.values())


def _is_of_results(name: str) -> bool:
    return bool(set(words.split(name)) & listing.words("result_words"))


def _is_told(name: str, node: dict[str, object]) -> bool:
    """Whether an object holds numbers alone, and is no set-up by its name."""
    set_up = listing.words("setup_words") | listing.words("argument_words")
    return all(map(is_number, node.values())) and set_up.isdisjoint(words.split(name))


def _is_measured(node: object) -> bool:
    """Whether an object has a number that is called as measures are: "accuracy"."""
    known = vocabulary.load("measures")["names"]
    items = node.items() if isinstance(node, dict) else ()
    return any(name.lower() in known and is_number(cell) for name, cell in items)


def measures(record: Record) -> bool:
    """Whether an object has a number with a measure's name as its last words: ``val_loss``."""
    known = {tuple(words.split(name)) for name in vocabulary.load("measures")["names"]}
    ends = {last for name, cell in record.items() if is_number(cell) for last in _ends(name)}
    return not known.isdisjoint(ends) or ("loss",) in ends


def _ends(name: str) -> Iterator[tuple[str, ...]]:
    own = words.split(name)
    return (tuple(own[at:]) for at in range(max(len(own) - 2, 0), len(own)))


def _is_plain(name: str) -> bool:
    """Whether a name says that results are there, or all of them, and so tells none apart."""
    known = {*listing.words("result_words"), *listing.words("whole_words")}
    return set(words.split(name)) <= known


def _alike(objects: dict[str, dict[str, object]]) -> set[str]:
    """The objects beside one another that tell the same: numbers of names that others have, too,
    or objects of such names.
    """
    told = {
        key: {name for name, cell in one.items() if is_number(cell) or isinstance(cell, dict)}
        for key, one in objects.items()
    }
    often = Counter(name for own in told.values() for name in own)
    shared = {name for name, count in often.items() if count > 1}
    return {key for key, own in told.items() if len(own & shared) >= _FEWEST_ALIKE}


def _is_row(node: dict[str, object]) -> bool:
    return any(is_number(item) for item in node.values())


def is_number(item: object) -> bool:
    """Whether a cell, or a value of a nested artifact, holds a number."""
    return isinstance(item, str) and values.parse(item) is not None


def _has_numbers(rows: Rows) -> bool:
    return bool(_measured(rows))


def _measured(rows: Rows) -> set[str]:
    """The columns that hold numbers."""
    return {name for record in rows.records for name, cell in record.items() if is_number(cell)}


def _clashes(rows: Rows, others: list[Rows]) -> bool:
    """Whether other rows of the artifact tell the same: then it has to be said of what they are."""
    return any(one is not rows and _measured(one) & _measured(rows) for one in others)


def _key(name: str, objects: dict[str, dict[str, object]]) -> str:
    """What objects beside one another are, where all tell the same numbers; else empty."""
    if not 1 < len(objects) <= _MOST_NAMED:
        return ""
    numbers = ({key for key, cell in one.items() if is_number(cell)} for one in objects.values())
    if not set.intersection(*numbers):
        return ""
    key = "model" if all(map(is_model, objects)) else _thing(name)
    return _free(key, {name for one in objects.values() for name in one})


def _names() -> list[str]:
    """What names of objects are called where nothing says what they are: the first that is free."""
    found: list[str] = vocabulary.load("words")["object_names"]
    return found


def _free(key: str, taken: Collection[str]) -> str:
    """The key, or another where there is a column of that name; empty where all are taken."""
    return next((one for one in (key, *_names()) if one not in taken), "")


def _thing(name: str) -> str:
    """ "per_tier_metrics" are of tiers, "splits" of splits; else they have names."""
    told = words.split(name)
    for before, word in pairwise(told):
        if before in _EACH:
            return word
    last = told[-1] if told else ""
    is_plural = last.endswith("s") and not last.endswith("ss") and len(last) > 3
    return last[:-1] if is_plural and last not in listing.words("result_words") else "name"


def is_model(name: str) -> bool:
    """Whether a text is surely the name of a model: of a known family, with a size or a version."""
    told = parse(name)
    return bool(told.known and (told.size or told.version))


def joined(path: str, name: str) -> str:
    """The JMESPath of a member of what ``path`` gives."""
    plain = name.isidentifier() and name.isascii()
    quoted = name if plain else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{path}.{quoted}" if path else quoted
