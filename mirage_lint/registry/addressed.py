"""The value that a ``[[fact]]`` entry points at in its artifact."""

from fractions import Fraction

from mirage_lint.artifacts import pointers
from mirage_lint.artifacts.content import Content
from mirage_lint.core import words
from mirage_lint.core.facts import Datum
from mirage_lint.core.interval import stored
from mirage_lint.errors import MirageError
from mirage_lint.registry import nested, records, sql, values
from mirage_lint.registry.expressions import Expression
from mirage_lint.registry.numerals import MAX_DIGITS, is_number
from mirage_lint.registry.places import did_you_mean
from mirage_lint.registry.records import Cells
from mirage_lint.registry.schema import FactEntry
from mirage_lint.registry.values import Value

_PARTS = {"numerator", "denominator"}

_MOST_SHOWN = 4
MAX_TEXT = 300
"""Characters of the longest model name that becomes a fact."""


def pointer(entry: FactEntry) -> str:
    """How a fact's source names its place: the pointer, or what was computed."""
    if entry.pointer or entry.expression:
        return entry.pointer or entry.expression
    if entry.sql:
        return f"sql({' '.join(entry.sql.split())})"
    if entry.count:
        told = f"count({entry.count})" + (f" of ({entry.of})" if entry.of else "")
    elif entry.sum:
        told = f"sum({entry.sum})" + (f"/sum({entry.of})" if entry.of else "")
    else:
        how = next(name for name in ("distinct", "mean", "min", "max") if getattr(entry, name))
        told = f"{how}({getattr(entry, how)})"
    return told + (f" where ({entry.where})" if entry.where else "")


def value(entry: FactEntry, content: Content, size: int | None, where: str) -> Value:
    """The value of ``entry``; ``size`` is that of its population, where known.

    Raises MirageError if it points at nothing, or at what is no number and no model.
    """
    if entry.pointer:
        return _pointed(entry, content, size, where)
    if entry.is_over_rows:
        return _over_rows(entry, Cells(content, where), where)
    if entry.sql:
        return _selected(entry, content, where)
    exact = Expression(entry.expression, where).number(_constants(content, where))
    return _written(values.written(exact), where)


def _pointed(entry: FactEntry, content: Content, size: int | None, where: str) -> Value:
    if several := pointers.several(content, entry.pointer):
        told = " and ".join(several[:_MOST_SHOWN])
        problem = f"pointer '{entry.pointer}' is set to {told}"
        raise MirageError(where, problem, "point at what is set once")
    datum = pointers.at(content, entry.pointer) or _searched(entry.pointer, content, where)
    text = datum.value if datum else _cell(entry.pointer, content, where)
    found = values.parse(text)
    if found is None:
        return _model(entry, datum, text, where)
    if datum and datum.unit:
        found = found._replace(unit=datum.unit)
    if entry.numerator is None:
        return found
    return _with_counts(found, entry.numerator, size, where)


def _searched(pointer: str, content: Content, where: str) -> Datum | None:
    """The value in a nested artifact that a JMESPath gives; neither other kind begins like one."""
    is_cell = content.records and "=" in pointer and not pointer.startswith("[")
    if content.root is None or pointer.startswith("/") or is_cell:
        return None
    found = nested.search(content.root, pointer, f"pointer '{pointer}'", where)
    if isinstance(found, dict | list | float):
        problem = f"pointer '{pointer}' gives no single stored value"
        raise MirageError(where, problem, "point at one, as `results[0].acc`")
    return pointers.datum(pointer, found)


def _cell(pointer: str, content: Content, where: str) -> str:
    if content.records and "=" in pointer:
        return records.cell(pointer, content.records, where)
    if pointers.is_endless(content, pointer):
        raise MirageError(where, f"pointer '{pointer}' holds NaN or Infinity", "point at a number")
    raise MirageError(
        where, f"pointer '{pointer}' is not in the artifact", _alike(pointer, content, where)
    )


def _alike(pointer: str, content: Content, where: str) -> str:
    try:
        return did_you_mean(pointer, (datum.pointer for datum in pointers.every(content, where)))
    except MirageError:  # there are too many to look through
        return ""


def _model(entry: FactEntry, datum: Datum | None, text: str, where: str) -> Value:
    """A text may be a fact where it names a model: its reader or the entry's metric says so."""
    named = (datum is not None and datum.kind == "model") or "model" in words.split(entry.metric)
    if named and 0 < len(text.strip()) <= MAX_TEXT:
        return Value(text.strip(), kind="model")
    shown = f"holds '{text[:50]}', which is no number of at most {MAX_DIGITS} digits"
    place = f"pointer '{entry.pointer}'" if entry.pointer else "the result of 'sql'"
    raise MirageError(where, f"{place} {shown}", "point at a number")


def _with_counts(found: Value, numerator: int, size: int | None, where: str) -> Value:
    """``found`` with the counts behind it, which must round to it."""
    if size is None:
        raise MirageError(where, "'numerator' needs a population of known size", "add its size")
    rate, text = Fraction(numerator, size), f"{numerator}/{size}"
    if not any(stored(found.text, unit)[1].holds(rate) for unit in ("", "percent")):
        raise MirageError(where, f"{text} is not the stored {found.text}", "correct the numerator")
    return found._replace(numerator=str(numerator), denominator=str(size))


def _selected(entry: FactEntry, content: Content, where: str) -> Value:
    """The one value of a query, or the quotient of its ``numerator`` and ``denominator``."""
    found = sql.rows(content.records, records.columns(content.records), entry.sql, where)
    if len(found) != 1 or not (set(found[0]) == _PARTS or len(found[0]) == 1):
        problem = f"'sql' gives {len(found)} rows of {len(found[0]) if found else 0} columns"
        mend = "give one value, or a numerator and a denominator"
        raise MirageError(where, problem, mend)
    if len(found[0]) == 1:
        (text,) = found[0].values()
        return values.parse(text) or _model(entry, None, text, where)
    parts = [values.exact(found[0][name]) for name in sorted(_PARTS, reverse=True)]
    if None in parts:
        raise MirageError(where, "'sql' gives a part that is no number", "correct the query")
    return _ratio(parts[0] or Fraction(0), parts[1] or Fraction(0), where)


def _over_rows(entry: FactEntry, cells: Cells, where: str) -> Value:
    test = Expression(entry.where, where) if entry.where else None
    if entry.count:
        return _counted(entry, cells, test, where)
    if entry.distinct:
        return Value(str(cells.distinct(entry.distinct, test)))
    if entry.min or entry.max:
        smallest, largest = cells.extremes(entry.min or entry.max, test)
        return Value((smallest if entry.min else largest).removeprefix("+"))
    if entry.mean:
        total, rows = cells.total(entry.mean, test)
        return _mean(total, rows, where)
    return _summed(entry, cells, test, where)


def _counted(entry: FactEntry, cells: Cells, test: Expression | None, where: str) -> Value:
    of = Expression(entry.of, where) if entry.of else None
    *_, among, held = cells.counted(test, of, Expression(entry.count, where))
    if not entry.of and not entry.population:
        return Value(str(held))
    return _ratio(Fraction(held), Fraction(among), where)


def _summed(entry: FactEntry, cells: Cells, test: Expression | None, where: str) -> Value:
    total, _ = cells.total(entry.sum, test)
    if not entry.of:
        return _written(values.written(total), where)
    return _ratio(total, cells.total(entry.of, test)[0], where)


def _mean(total: Fraction, rows: int, where: str) -> Value:
    """A mean as sum over rows; of one within 0 and 1 both are the counts of a rate."""
    if total.denominator == 1 and 0 <= total <= rows > 0:
        return _ratio(total, Fraction(rows), where)._replace(unit="")
    if not rows:
        raise MirageError(where, "there are no rows to take the mean of", "correct 'where'")
    return _written(f"{total.numerator}/{total.denominator * rows}", where)


def _ratio(numerator: Fraction, denominator: Fraction, where: str) -> Value:
    """A quotient with its parts, where they are counts."""
    if denominator <= 0:
        raise MirageError(where, "there are no rows to count among", "correct 'of'")
    if numerator < 0 or numerator.denominator != 1 or denominator.denominator != 1:
        return _written(str(numerator / denominator), where)._replace(unit="ratio")
    value = _written(f"{numerator}/{denominator}", where)
    unit = "ratio" if numerator <= denominator else ""
    return Value(value.text, str(numerator), str(denominator), unit)


def _written(text: str, where: str) -> Value:
    if not is_number(text):
        problem = f"the result has more than {MAX_DIGITS} digits"
        raise MirageError(where, problem, "take it of fewer rows, or of shorter numbers")
    return Value(text)


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
