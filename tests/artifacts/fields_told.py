"""Values under the names that the vocabulary has for them."""

from mirage_lint import vocabulary
from mirage_lint.core.facts import Datum


def known(metric: str, value: str, pointer: str) -> Datum:
    """A fact of a known field."""
    field = vocabulary.load("fields")[metric]
    kind = field.get("kind", "number")
    return Datum(metric, value, pointer, kind, field["unit"], tuple(field["names"]))
