"""Values of known formats under their canonical name, unit and names in prose."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import isnan

from mirage_lint import vocabulary
from mirage_lint.artifacts.content import Content
from mirage_lint.artifacts.values import as_text, datum, is_number
from mirage_lint.core.facts import ODD, Datum

OF_ADAPTERS = frozenset({"rank", "alpha", "dropout"})
"""Fields that say something of a run only where it tunes an adapter."""

_HUB_ID = re.compile(r"(?P<folder>[A-Za-z0-9][\w.-]*)/[A-Za-z0-9][\w.-]*", re.ASCII)
_LONGEST_ID = 200
_LONGEST_SHOWN = 30


def known(field: str, value: object, pointer: str) -> Datum | None:
    """``value`` as the canonical ``field`` of ``fields.json``.

    None where it says nothing sure: null, a list, a model in a local folder, no number, or what
    stands for "unset" or "all": a negative one, or one that the field lists as such.
    """
    spec = vocabulary.load("fields")[field]
    kind = spec.get("kind", "number")
    text = as_text(value)
    if text is None or text in spec.get("unset", ()):
        return None
    if not (_is_hub_id(text) if kind == "model" else _is_setting(text)):
        return None
    return Datum(field, text, pointer, kind, spec["unit"], tuple(spec["names"]))


def of_format(name: str, value_at: Callable[[str], object]) -> list[Datum]:
    """All known fields of the format ``name`` of ``formats.json``, by a look-up of its keys, with
    what is odd in their places.
    """
    fields = vocabulary.load("formats")[name]
    pairs = ((field, value_at(key), key) for key, field in fields.items())
    found = (known(*pair) or _odd(*pair) for pair in pairs)
    return [item for item in found if item is not None]


def _odd(field: str, value: object, pointer: str) -> Datum | None:
    """What stands in the place of a number; None where that is one, or says that there is none."""
    if vocabulary.load("fields")[field].get("kind", "number") != "number" or value is None:
        return None
    text = as_text(value)
    if isinstance(value, list | dict):
        told = "a list" if isinstance(value, list) else "a mapping"
    elif isinstance(value, float) and text is None:
        told = "NaN" if isnan(value) else "infinite"
    elif text is None or is_number(text) or text.lower() in vocabulary.load("formats")["no_values"]:
        return None
    else:
        told = f"'{text[:_LONGEST_SHOWN]}'" + ("…" if len(text) > _LONGEST_SHOWN else "")
    return Datum(field, told, pointer, ODD)


def of_training(name: str, value_at: Callable[[str], object]) -> list[Datum]:
    """As `of_format`, of training arguments, where one may override another.

    A number of steps overrides that of epochs, and warm-up steps their ratio; below one, they are
    a ratio themselves, as newer versions of transformers have it.
    """
    found = of_format(name, value_at)
    amounts = {item.metric: _amount(item.value) for item in found}
    is_limited, warmup = amounts.get("planned steps"), amounts.get("warmup steps", Fraction(0))
    unused = {"training epochs" if is_limited else "planned steps"}
    unused.add("warmup ratio" if warmup else "warmup steps")
    used = [item for item in found if item.metric not in unused]
    if 0 < warmup < 1:
        used = [_as_ratio(item) if item.metric == "warmup steps" else item for item in used]
    return used


def bits(value_at: Callable[[str], object], prefix: str) -> list[Datum]:
    """The bits of a weight, where the model is said to be loaded in few: ``load_in_4bit: true``."""
    told = {f"{prefix}/load_in_{bits}bit": bits for bits in ("4", "8")}
    found = (
        known("quantisation bits", number, key)
        for key, number in told.items()
        if value_at(key) is True
    )
    return [item for item in found if item]


def of_script(section: str, pointer: str, value: object) -> Datum | None:
    """A value that a script sets at ``pointer`` (``--seeds``, ``N_EVENTS``, ``run.n_events``).

    Canonical where ``section`` of ``formats.json`` knows the pointer or its last name, else under
    that name as it stands.
    """
    fields = vocabulary.load("formats")[section]
    name = pointer.rpartition(".")[2].lstrip("-").replace("-", "_")
    field = fields.get(pointer) or fields.get(name.lower())
    found = known(field, value, pointer) if field else None
    if name.lower() in vocabulary.load("fields"):
        name = f"{name} value"  # the alpha of a plot is not that of an adapter
    return found or datum(name, value, pointer)


def of_settings(settings: Iterable[Datum | None]) -> Content:
    """What a script sets, each value once: those of the vocabulary's fields are facts unasked, but
    where it sets them to several.
    """
    data = tuple(dict.fromkeys(item for item in settings if item is not None))
    fields, often = vocabulary.load("fields"), Counter(item.pointer for item in data)
    told = (item for item in data if item.metric in fields and often[item.pointer] == 1)
    return Content(tuple(told), data=data)


def _amount(text: str) -> Fraction:
    """A plain number; others are as good as unset."""
    return Fraction(0) if "%" in text or not is_number(text) else Fraction(text)


def _as_ratio(item: Datum) -> Datum:
    spec = vocabulary.load("fields")["warmup ratio"]
    return item._replace(metric="warmup ratio", unit=spec["unit"], names=tuple(spec["names"]))


def _is_setting(text: str) -> bool:
    return is_number(text) and not text.startswith("-")


def _is_hub_id(text: str) -> bool:
    found = _HUB_ID.fullmatch(text) if len(text) <= _LONGEST_ID else None
    folders = vocabulary.load("formats")["local_folders"]
    return found is not None and found["folder"].lower() not in folders
