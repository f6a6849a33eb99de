"""What artifacts could tell beyond the registry: each value with its name and its registry line."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice, permutations
from pathlib import Path
from typing import NamedTuple

from mirage_lint import artifacts
from mirage_lint.artifacts import files, pointers
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.core import words
from mirage_lint.core.facts import NARRATIVE, Datum, Registry
from mirage_lint.core.interval import stored
from mirage_lint.drafting import finds, heads, keys, listing, logs, rows
from mirage_lint.drafting.keys import Shape
from mirage_lint.errors import MirageError
from mirage_lint.registry import values

MAX_OFFERS = 300_000
"""Values that are held against the claims."""

_MOST_VALUES = 20_000
_MOST_NAMED = 40
"""Values of one artifact that are put into calculations with one another."""
_TRUE = frozenset({"true", "false"})

ARTIFACT, TABLE, FACT = "artifacts", "table", "fact"


class Entry(NamedTuple):
    """A line of the registry: of ``artifacts``, or a ``[[table]]`` or ``[[fact]]`` by its keys."""

    kind: str
    artifact: str
    settings: tuple[tuple[str, object], ...] = ()


def order(entry: Entry) -> tuple[str, str, str]:
    """A key to sort entries by."""
    return entry.artifact, entry.kind, repr(entry.settings)


class Offer(NamedTuple):
    """A value that an artifact could tell. ``metric`` names it, ``about`` what it is of: the row,
    the object, the file. ``how`` says in words where it comes from. ``parts`` are the names of the
    values that it was worked out from, where these are several.
    """

    value: Fraction
    metric: str
    about: tuple[str, ...]
    how: str
    entry: Entry
    parts: tuple[str, ...] = ()
    is_difference: bool = False


def offers(root: Path, registry: Registry) -> list[Offer]:
    """All offers of the repository at ``root`` and of the artifacts that its registry names."""
    numbers = (fact for fact in registry.facts if fact.kind == "number")
    known = {(one.source.artifact, stored(one.value, one.unit)[0]) for one in numbers}
    found: list[Offer] = []
    for path in _paths(root, registry):
        content = _content(path, root)
        if content is not None:
            fresh = (offer for offer in _of(path, content) if not _is_known(offer, known))
            found += islice(fresh, MAX_OFFERS - len(found))
    return found


def _is_known(offer: Offer, known: set[tuple[str, Fraction]]) -> bool:
    """Whether the registry has the value from this artifact."""
    return not offer.parts and (offer.entry.artifact, offer.value) in known


def _paths(root: Path, registry: Registry) -> list[str]:
    found = listing.listed(root).paths[: finds.MAX_OPENED]
    members = (one.path for one in registry.artifacts if "::" in one.path)
    return [*found, *sorted(set(members))]


def _content(path: str, root: Path) -> Content | None:
    """What a file says, where it is data of a known format; None where it is not."""
    try:
        size = 1 if "::" in path else (root / path).lstat().st_size
        if not 0 < size <= finds.MAX_SIZE:
            reader = next((one for one in artifacts.HEAD_READERS if one.matches(path, b"")), None)
            return heads.read(root / path, reader, path) if size and reader else None
        stored = files.load(path, root)
        if stored is None:
            return None
        reading = artifacts.read(stored)
    except (MirageError, OSError, ValueError):
        return None
    return None if reading.tier == NARRATIVE else reading.content


def _of(path: str, content: Content) -> Iterator[Offer]:
    yield from _told(path, content.told)
    for one in rows.sets(content).rows:
        yield from _cells(path, one, keys.shape(one.records, one.key))
        yield from _counts(path, one)
    for log in logs.series(content.root):
        yield from _cells(path, log, keys.log_shape(log.records, log.key))
    try:
        data = [one for one in pointers.every(content, path) if _exact(one) is not None]
    except MirageError:
        return
    plain = [one for one in data[:_MOST_VALUES] if one not in content.told and not _in_list(one)]
    yield from (_pointed(path, one) for one in plain)
    yield from _derived(path, data)


def _in_list(datum: Datum) -> bool:
    """Whether its place is a number in a list: the next run may have it elsewhere."""
    return any(map(str.isdecimal, datum.pointer.split("/")))


def _exact(datum: Datum) -> Fraction | None:
    value = values.parse(datum.value) if datum.kind == "number" else None
    return stored(value.text, datum.unit)[0] if value else None


def _told(path: str, told: Iterable[Datum]) -> Iterator[Offer]:
    """What the artifact tells by itself, once it stands in ``artifacts``."""
    for datum in told:
        exact = _exact(datum)
        if exact is not None:
            names = (datum.metric, *datum.names)
            for name in dict.fromkeys(names):
                how = f"{datum.pointer} is {datum.value}"
                yield Offer(exact, name, (path,), how, Entry(ARTIFACT, path))


def _pointed(path: str, datum: Datum) -> Offer:
    exact = _exact(datum) or Fraction(0)
    metric = " ".join(words.split(datum.metric)) or datum.metric
    parents = tuple(datum.pointer.strip("/").split("/")[:-1])
    settings = (("metric", metric), ("pointer", datum.pointer))
    how = f"{datum.pointer} is {datum.value}"
    return Offer(exact, metric, (*parents, path), how, Entry(FACT, path, settings))


def _cells(path: str, found: rows.Rows, shape: Shape | None) -> Iterator[Offer]:
    """The cells of rows that keys tell apart, all by one table."""
    if shape is None or not shape.keys or len(found.records) > rows.MAX_ROWS:
        return
    settings: list[tuple[str, object]] = [("keys", shape.keys)]
    settings[:0] = [("rows", found.expression)] if found.expression else []
    settings += [("columns", shape.metrics)] if shape.has_others else []
    entry = Entry(TABLE, path, tuple(settings))
    for record in found.records:
        named = tuple(record.get(key, "") for key in shape.keys)
        row = ", ".join(filter(None, named))
        for column in shape.metrics:
            value = values.parse(record.get(column, ""))
            if value:
                how = f"{column} of {row} is {value.text}"
                yield Offer(stored(value.text, "")[0], column, named, how, entry)


def _counts(path: str, found: rows.Rows) -> Iterator[Offer]:
    """Counts and shares of rows by their truth values, and numbers of different names."""
    if found.expression or len(found.records) < 2:
        return
    columns = [name for name in found.records[0] if name.isidentifier()]
    truths = [name for name in columns if _is_truth(found.records, name)][:_MOST_NAMED]
    for name in truths:
        yield from _shares(path, found.records, name, [one for one in truths if one != name])
    for name in columns:
        told = {record.get(name, "").strip() for record in found.records} - {""}
        if name not in truths and 1 < len(told) < len(found.records):
            settings = (("metric", " ".join(words.split(name))), ("distinct", name))
            how = f"{len(told)} different {name}"
            exact = Fraction(len(told))
            yield Offer(exact, name, (path,), how, Entry(FACT, path, settings))


def _is_truth(records: tuple[Record, ...], name: str) -> bool:
    return {record.get(name, "").strip().lower() for record in records} == _TRUE


def _shares(
    path: str, records: tuple[Record, ...], name: str, others: list[str]
) -> Iterator[Offer]:
    """How many rows hold, of all rows and of those for which another column holds."""
    metric = " ".join(words.split(name))
    for other in ("", *others):
        among = [record for record in records if not other or _holds(record, other)]
        held = sum(_holds(record, name) for record in among)
        settings = (("metric", metric), ("count", name), ("of", other or "True"))
        how = f"{name} holds in {held} of {len(among)} rows" + (f" with {other}" if other else "")
        about = (other,) if other else ()
        exact = Fraction(held, len(among))
        yield Offer(exact, name, about, how, Entry(FACT, path, settings))


def _holds(record: Record, name: str) -> bool:
    return record.get(name, "").strip().lower() == "true"


def _derived(path: str, data: list[Datum]) -> Iterator[Offer]:
    """Ratios, differences and relative changes of the values that an artifact names on top."""
    named = [(one, _exact(one)) for one in data if _is_name(one)]
    if len(named) > _MOST_NAMED or len({one.metric for one, _ in named}) < len(named):
        return
    for (one, exact), (other, base) in permutations(named, 2):
        if exact is None or base is None:
            continue
        first, second = one.pointer.strip("/-"), other.pointer.strip("/-")
        parts = (one.metric, other.metric)
        for expression, value, is_difference in _forms(first, second, exact, base):
            settings = (("metric", _compared(one, other, value)), ("expression", expression))
            how = f"{expression} is {_short(value)}"
            entry = Entry(FACT, path, settings)
            about = (path,)
            yield Offer(value, one.metric, about, how, entry, parts, is_difference)


def _compared(one: Datum, other: Datum, value: Fraction) -> str:
    """What a calculation may be called: a share by what it is a share of the whole of."""
    first, second = (" ".join(words.split(datum.metric)) for datum in (one, other))
    return first if 0 < value < 1 and one.metric != other.metric else f"{first} to {second}"


def _is_name(datum: Datum) -> bool:
    return datum.pointer.strip("/-").isidentifier() and _exact(datum) is not None


def _forms(
    first: str, second: str, one: Fraction, other: Fraction
) -> Iterator[tuple[str, Fraction, bool]]:
    if other and one != other:
        yield f"{first} / {second}", one / other, False
    if one > other:
        yield f"{first} - {second}", one - other, True
    if other and one != other:
        value, text = (one - other) / other, f"({first} - {second}) / {second}"
        yield (
            (text, value, True)
            if one > other
            else (
                f"({second} - {first}) / {second}",
                -value,
                True,
            )
        )


def _short(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}" if value.denominator > 1 else str(value)
