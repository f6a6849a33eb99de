"""The state of a transformers Trainer: ``trainer_state.json``, with what a run has reached.

Its ``num_train_epochs`` is rounded up, so it is read only where the run came to just that many;
``training_args.bin`` has the real one.
Its ``train_batch_size`` is that of all devices of one machine together. The learning rates in its
log are those of the schedule at that step.
"""

from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from mirage_lint import vocabulary
from mirage_lint.artifacts import fields, json_text, measures, text, values
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.core.facts import METADATA, Datum

TIER = METADATA
NAME = "trainer state"

_STEP, _EPOCH, _LOSS, _PLANNED = "step", "epoch", "loss", "num_train_epochs"
_LOSSES = (_LOSS, "train_loss", "eval_loss")


class _Logged(NamedTuple):
    """A value of the log, and where it stands."""

    pointer: str
    key: str
    value: Any

    @property
    def datum(self) -> Datum | None:
        """What it tells, if it is a measure."""
        field = vocabulary.load("formats")["trainer_log"].get(self.key)
        if field:
            return fields.known(field, self.value, self.pointer)
        return measures.of_split(self.key, self.value, self.pointer)


_Row = dict[str, _Logged]
"""What was logged at one time, or of one evaluated step, by key."""


def matches(path: str, head: bytes) -> bool:
    """By the name that transformers gives it."""
    return path.endswith("trainer_state.json")


def read(data: bytes, where: str) -> Content:
    """Its known fields, the last of each loss, and the measures of the last and of the best
    evaluation; those of all evaluations by step, which are its rows, too.
    """
    root = json_text.parse_object(text.decode(data, where), where)
    log = _entries(root.get("log_history"))
    rows = _evaluated(log)
    told = [
        *fields.of_format("trainer_state", partial(values.at, root)),
        *_epochs(root),
        *_last_losses(log),
        *_overall(rows, root),
        *_by_step(rows),
    ]
    records = tuple(_record(row) for row in rows.values())
    return Content(tuple(dict.fromkeys(told)), records, root)


def _epochs(root: dict[str, Any]) -> list[Datum]:
    reached, planned = (_amount(root.get(key)) for key in (_EPOCH, _PLANNED))
    if planned is None or reached != planned:
        return []
    told = fields.known("training epochs", root[_PLANNED], f"/{_PLANNED}")
    return [told] if told else []


def _amount(value: Any) -> Fraction | None:
    text = values.as_text(value)
    return Fraction(text) if text and values.is_number(text) and "%" not in text else None


def _entries(log: Any) -> list[_Row]:
    listed = enumerate(log if isinstance(log, list) else [])
    return [
        {key: _Logged(f"/log_history/{at}/{key}", key, value) for key, value in entry.items()}
        for at, entry in listed
        if isinstance(entry, dict)
    ]


def _evaluated(log: list[_Row]) -> dict[str, _Row]:
    """The measures of each evaluated step, with the training loss that was logged last.

    A measure that was taken twice at one step, with different results, has no value.
    """
    rows: dict[str, _Row] = {}
    before: _Row = {}
    for entry in log:
        before |= {_LOSS: entry[_LOSS]} if _LOSS in entry else {}
        step = values.as_text(entry[_STEP].value) if _STEP in entry else None
        measured = {key: one for key, one in entry.items() if key.startswith("eval_")}
        if step and measured:
            row = rows.setdefault(step, {_STEP: entry[_STEP], **before})
            measured |= {_EPOCH: entry[_EPOCH]} if _EPOCH in entry else {}
            for key, one in measured.items():
                is_other = key in row and row[key].value != one.value
                row[key] = one._replace(value=None) if is_other else one
    return rows


def _last_losses(log: list[_Row]) -> list[Datum]:
    found: dict[str, Datum] = {}
    for entry in log:
        for key in _LOSSES:
            item = entry[key].datum if key in entry else None
            found |= {key: item} if item else {}
    return list(found.values())


def _overall(rows: dict[str, _Row], root: dict[str, Any]) -> list[Datum]:
    """The measures of the last evaluation and of the best: prose may tell of either."""
    best = values.as_text(root.get("best_global_step")) or ""
    told = []
    for step in dict.fromkeys([best, *list(rows)[-1:]]):
        for key, one in rows.get(step, {}).items():
            item = one.datum if key.startswith("eval_") else None
            if item:
                told.append(item)
                if step == best and one.value == root.get("best_metric"):
                    told.append(_as_best(item))
    return told


def _as_best(item: Datum) -> Datum:
    names = tuple(f"best {name}" for name in (item.metric, *item.names))
    return item._replace(metric=names[0], names=names[1:])


def _by_step(rows: dict[str, _Row]) -> list[Datum]:
    found = [(step, one.datum) for step, row in rows.items() for one in row.values()]
    return [item._replace(dimensions=((_STEP, step),)) for step, item in found if item]


def _record(row: _Row) -> Record:
    return json_text.record({key: one.value for key, one in row.items()})
