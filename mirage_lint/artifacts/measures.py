"""Measures by the names that training and evaluation tools write: ``eval_accuracy``, ``acc_norm``.

What they measured is a fact; how fast the machine was is not.
"""

from mirage_lint import vocabulary
from mirage_lint.artifacts import values
from mirage_lint.core.facts import Datum

Pairs = tuple[tuple[str, str], ...]


def of_split(key: str, value: object, pointer: str) -> Datum | None:
    """``eval_accuracy`` as the evaluation accuracy; None for no measure or no number.

    The part before the first underscore is the split; a key without one counts where the
    vocabulary knows the metric.
    """
    measures = vocabulary.load("measures")
    split, _, metric = key.partition("_")
    words = measures["splits"].get(split)
    if words is None and key in measures["names"]:
        return named(key, value, pointer)
    if not words or not metric or metric.endswith(tuple(measures["technical"])):
        return None
    found = named(metric, value, pointer)
    if found is None:
        return None
    own = (found.metric, *found.names)
    names = [f"{word} {name}" for word in words for name in own]
    is_telling = metric in measures["names"] or "_" in metric  # "length" alone may be any
    return found._replace(metric=names[0], names=(key, *names[1:], *(own if is_telling else ())))


def named(metric: str, value: object, pointer: str, dimensions: Pairs = ()) -> Datum | None:
    """A measure under its first name in prose, with the others; None where it is no number."""
    text = values.as_text(value)
    if text is None or not values.is_number(text):
        return None
    known = vocabulary.load("measures")["names"].get(metric, ())
    first, *others = dict.fromkeys((*known, metric.replace("_", " "), metric))
    return Datum(first, text, pointer, names=tuple(others), dimensions=dimensions)
