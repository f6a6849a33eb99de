"""The value that a ``[[fact]]`` entry points at in its artifact."""

from fractions import Fraction

from mirage_lint.artifacts import pointers
from mirage_lint.artifacts.content import Content
from mirage_lint.core import words
from mirage_lint.core.facts import Datum
from mirage_lint.core.interval import stored
from mirage_lint.errors import MirageError
from mirage_lint.registry import records, values
from mirage_lint.registry.expressions import Expression
from mirage_lint.registry.numerals import MAX_DIGITS
from mirage_lint.registry.places import did_you_mean
from mirage_lint.registry.schema import FactEntry
from mirage_lint.registry.values import Value

MAX_TEXT = 300
"""Characters of the longest model name that becomes a fact."""


def pointer(entry: FactEntry) -> str:
    """How a fact's source names its place: the pointer, or what was computed."""
    if entry.pointer:
        return entry.pointer
    if entry.count:
        return f"count({entry.count})" + (f" of ({entry.of})" if entry.of else "")
    if entry.distinct:
        return f"distinct({entry.distinct})"
    if entry.sum:
        return f"sum({entry.sum})" + (f"/sum({entry.of})" if entry.of else "")
    return entry.expression


def value(entry: FactEntry, content: Content, size: int | None, where: str) -> Value:
    """The value of ``entry``; ``size`` is that of its population, where known.

    Raises MirageError if it points at nothing, or at what is no number and no model.
    """
    if entry.pointer:
        return _pointed(entry, content, size, where)
    if entry.count:
        return _counted(entry, content, where)
    if entry.distinct:
        return Value(str(records.distinct(content, entry.distinct, where)))
    if entry.sum:
        return _summed(entry, content, where)
    exact = Expression(entry.expression, where).number(_constants(content, where))
    return Value(values.written(exact))


def _pointed(entry: FactEntry, content: Content, size: int | None, where: str) -> Value:
    datum = pointers.at(content, entry.pointer)
    text = datum.value if datum else _cell(entry.pointer, content, where)
    found = values.parse(text)
    if found is None:
        return _model(entry, datum, text, where)
    if datum and datum.unit:
        found = found._replace(unit=datum.unit)
    if entry.numerator is None:
        return found
    return _with_counts(found, entry.numerator, size, where)


def _cell(pointer: str, content: Content, where: str) -> str:
    if content.records and "=" in pointer:
        return records.cell(pointer, tuple(content.records), where)
    mend = did_you_mean(pointer, (datum.pointer for datum in pointers.every(content, where)))
    raise MirageError(where, f"pointer '{pointer}' is not in the artifact", mend)


def _model(entry: FactEntry, datum: Datum | None, text: str, where: str) -> Value:
    """A text may be a fact where it names a model: its reader or the entry's metric says so."""
    named = (datum is not None and datum.kind == "model") or "model" in words.split(entry.metric)
    if named and 0 < len(text.strip()) <= MAX_TEXT:
        return Value(text.strip(), kind="model")
    shown = f"holds '{text[:50]}', which is no number of at most {MAX_DIGITS} digits"
    raise MirageError(where, f"pointer '{entry.pointer}' {shown}", "point at a number")


def _with_counts(found: Value, numerator: int, size: int | None, where: str) -> Value:
    """``found`` with the counts behind it, which must round to it."""
    if size is None:
        raise MirageError(where, "'numerator' needs a population of known size", "add its size")
    rate, text = Fraction(numerator, size), f"{numerator}/{size}"
    if not any(stored(found.text, unit)[1].holds(rate) for unit in ("", "percent")):
        raise MirageError(where, f"{text} is not the stored {found.text}", "correct the numerator")
    return found._replace(numerator=str(numerator), denominator=str(size))


def _counted(entry: FactEntry, content: Content, where: str) -> Value:
    of = Expression(entry.of, where) if entry.of else None
    held, among = records.counted(content, Expression(entry.count, where), of)
    if not entry.of and not entry.population:
        return Value(str(held))
    return _ratio(held, among, where)


def _summed(entry: FactEntry, content: Content, where: str) -> Value:
    total = records.summed(content, entry.sum, where)
    if not entry.of:
        return Value(values.written(total))
    whole = records.summed(content, entry.of, where)
    if total.denominator != 1 or whole.denominator != 1:
        raise MirageError(where, "a sum of a sum is a ratio of counts, and these are not whole")
    return _ratio(total.numerator, whole.numerator, where)


def _ratio(numerator: int, denominator: int, where: str) -> Value:
    if denominator <= 0:
        raise MirageError(where, "there are no rows to count among", "correct 'of'")
    return Value(f"{numerator}/{denominator}", str(numerator), str(denominator), "ratio")


def _constants(content: Content, where: str) -> dict[str, str]:
    """Numbers by the names that an expression can call them: ``--seeds`` as ``seeds``.

    A metric that the artifact gives several values is no name; its pointers are.
    """
    data = pointers.every(content, where)
    metrics: dict[str, set[str]] = {}
    for datum in data:
        metrics.setdefault(_identifier(datum.metric), set()).add(datum.value)
    names = {name: found.pop() for name, found in metrics.items() if len(found) == 1}
    return names | {_identifier(datum.pointer): datum.value for datum in data}


def _identifier(name: str) -> str:
    return "_".join(name.strip("-/").replace("-", " ").replace(".", " ").split())
