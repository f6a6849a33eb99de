"""What tells the rows of a table apart, and what they measure: found by looking at the rows."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain, combinations, islice, pairwise
from math import isqrt
from typing import NamedTuple

from mirage_lint import vocabulary
from mirage_lint.artifacts.content import Record
from mirage_lint.core import words
from mirage_lint.drafting import listing
from mirage_lint.registry import values

MAX_KEYS = 4
METRIC, VALUE = "metric", "value"
"""Columns of a long table."""

_MOST_CANDIDATES = 12
_MOST_SETTINGS = 20
"""Different numbers of a column that is a setting, like a share of something that is kept."""
_LABELS = "index"
"""The column that pandas makes of row labels: names, where it is no number."""
_LONG_TEXT, _LONG_NAME = 100, 80
_FEW_ROWS, _MANY_ROWS = 4, 12
_FEWEST_NUMBERED = 3
"""Rows that "1, 2, 3" surely numbers: two of a count may well be 1 and 2."""
_TRUTH = frozenset({"true", "false", "yes", "no", "0", "1", ""})
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d.*|\d\d?:\d\d(?::\d\d)?.*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}.*")
_DIGEST = re.compile(r"[0-9a-f-]{7,64}", re.IGNORECASE)
_ENDING = re.compile(r"\.\w{1,5}\Z")
_STAMP = re.compile(r"\d{10,19}(?:\.\d*)?|(?:19|20)\d\d")
"""Seconds since 1970, and years."""
_DIGITS = re.compile(r"\d+")
_PLAIN = re.compile(r"\d{1,9}(?:\.0)?|0?\.0*\d{1,2}|\d\.\d|\d(?:\.\d)?e-?\d{1,2}")
"""How numbers are written that people chose: few digits, or whole."""


class Shape(NamedTuple):
    """The columns that tell rows apart, and those that measure something.

    ``has_others`` says whether further columns hold numbers, which are no measure. Of a long table,
    ``value`` is the column of the values, whose measures the last key names.
    """

    keys: tuple[str, ...]
    metrics: tuple[str, ...]
    has_others: bool
    value: str = ""


def shape(
    rows: Sequence[Record], key: str = "", by_name: bool = False, is_known: bool = False
) -> Shape | None:
    """The shape of rows; ``key`` is a column that is known to name them, ``by_name`` says that
    only names may be keys, and no settings; where a format ``is_known``, settings are told, too.

    None where the rows are data rather than results: no names tell them apart, they hold long
    texts, or they measure nothing.
    """
    table = _Table(rows)
    is_report = bool(key) and len(rows) <= _MANY_ROWS  # of each of a few things, by name
    if (
        len(rows) > 1
        and not is_report
        and any(one.is_long and one.is_full for one in table.columns)
    ):
        return None
    found = table.measures()
    if len(rows) == 1:
        found = [name for name in found if not table.column(name).is_bare]
        return _shape(tuple(dict.fromkeys((*filter(None, [key]), *table.alike()))), found, table)
    keys = table.keys(key, by_name)
    metrics = [name for name in found if name not in keys]
    metrics += [one.name for one in table.columns if is_known and one.is_trained_with]
    telling = [name for name in metrics if not table.column(name).is_total]
    if not keys or all(table.column(name).is_truth for name in telling):
        return None
    return _shape(table.in_order((*keys, *table.alike())[:MAX_KEYS]), metrics, table)


def run_shape(rows: Sequence[Record], known: Sequence[str]) -> Shape | None:
    """The shape of rows of several runs, which the columns ``known`` tell apart, with the names
    that say what a row is of, or else with all names.
    """
    table = _Table(rows)
    if any(column.is_long and column.is_full for column in table.columns):
        return None
    for columns in (table.about(), (c for c in table.columns if c.is_name and not c.is_file)):
        names = [c.name for c in columns if len(c.values) > 1]
        keys = tuple(dict.fromkeys((*known, *names)))[:MAX_KEYS]
        if table.is_telling(keys):
            found = [c.name for c in table.columns if c.is_measure and c.name not in keys]
            return _shape(keys, found, table)
    return None


def log_shape(rows: Sequence[Record], key: str) -> Shape | None:
    """The shape of a log, whose rows a number tells apart; None where it measures nothing."""
    table = _Table(rows)
    found = [c.name for c in table.columns if c.is_measure and c.name != key and len(c.values) > 1]
    return _shape((key,), found, table)


def long_shape(rows: Sequence[Record], columns: Sequence[str]) -> Shape | None:
    """The shape of rows of ``metric`` and ``value``; ``columns`` are what may tell rows apart,
    of which the first does wherever it is told. None where they do not.
    """
    table = _Table(rows)
    told = [name for name in columns if any(row.get(name) for row in rows)]
    keys = (*(name for name in told if name in told[:1] or len(table.column(name).values) > 1),)
    names = dict.fromkeys(row[METRIC] for row in rows)
    is_told = table.is_telling((*keys, METRIC)) and all(names)
    return Shape((*keys, METRIC), tuple(names), False, VALUE) if is_told else None


def named_shape(rows: Sequence[Record]) -> Shape | None:
    """The shape of rows that tell a measure by its name each, in columns called so: "metric,value";
    None where they do not.
    """
    table = _Table(rows)
    called = {column.name.lower(): column.name for column in table.columns}
    known = vocabulary.load("files")
    metric = next((called[one] for one in known["metric_columns"] if one in called), "")
    value = next((called[one] for one in known["value_columns"] if one in called), "")
    if not (metric and value) or not table.column(value).is_numeric:
        return None
    others = (c.name for c in table.columns if c.is_name and c.name not in (metric, value))
    keys = (*others, metric)
    names = tuple(dict.fromkeys(row.get(metric, "") for row in rows))
    is_told = len(keys) <= MAX_KEYS and table.is_telling(keys) and all(names)
    return Shape(keys, names, False, value) if is_told else None


def _shape(keys: tuple[str, ...], metrics: list[str], table: "_Table") -> Shape | None:
    others = [column for column in table.columns if column.name not in (*keys, *metrics)]
    if not metrics:
        return None
    return Shape(keys, tuple(metrics), any(column.has_numbers for column in others))


class _Column:
    """A column and what its cells are like."""

    def __init__(self, name: str, cells: list[str]) -> None:
        self.name = name
        self.told = [cell.strip() for cell in cells if cell.strip()]
        self.is_full = len(self.told) == len(cells)
        self.values = set(self.told)

    @cached_property
    def numbers(self) -> int:
        """How many cells hold a number."""
        return sum(values.parse(cell) is not None for cell in self.told)

    @property
    def has_numbers(self) -> bool:
        return self.numbers > 0

    @property
    def is_numeric(self) -> bool:
        """Whether its cells hold numbers, but for some that say that there is none: "-", "nan"."""
        empty = listing.words("no_numbers")
        told = sum(cell.lower() not in empty for cell in self.told)
        return self.numbers > 0 and 2 * self.numbers > told

    @property
    def is_truth(self) -> bool:
        return all(cell.lower() in _TRUTH for cell in self.told)

    @cached_property
    def is_long(self) -> bool:
        """Whether it holds texts to read, as questions and answers are: no settings in brackets."""
        if all(cell.startswith(("{", "[")) for cell in self.told):
            return False
        return sum(map(len, self.told)) > _LONG_TEXT * max(len(self.told), 1)

    @cached_property
    def is_counter(self) -> bool:
        """Whether it only numbers the rows, or the steps of a long log."""
        whole = [int(cell) for cell in self.told if cell.isdecimal() and len(cell) < 10]
        steps = {after - before for before, after in pairwise(whole)}
        is_id = not self.name.strip() or self._is_id
        even = steps == {1} and (is_id or len(whole) > _FEW_ROWS)
        is_log = len(steps) == 1 and len(whole) > _MANY_ROWS
        return len(whole) == len(self.told) > 1 and (even or is_log)

    @cached_property
    def is_ordinal(self) -> bool:
        """Whether it numbers the rows from 0 or 1, or those of each group, as "game" may: no value
        that a claim could be held against.
        """
        whole = [int(cell) for cell in self.told if cell.isdecimal() and len(cell) < 10]
        each = sorted(set(whole))
        if len(each) < _FEWEST_NUMBERED or each not in (_from(0, each), _from(1, each)):
            return False
        again = each * (len(self.told) // len(each))
        return not self._is_known and whole in (again, sorted(again))

    @property
    def may_be_measure(self) -> bool:
        """Whether its numbers measure something that has a name, unless they never differ."""
        is_count = self.is_counter or self.is_ordinal or self._is_moment
        return self.is_numeric and not is_count and self._is_telling

    @property
    def is_measure(self) -> bool:
        """Whether its numbers measure something that differs: what is the same in all rows is a
        setting of them, unless its name is that of a measure.
        """
        differs = len(self.told) == 1 or len(self.values) > 1
        return self.may_be_measure and (differs or self._is_known)

    @property
    def last_word(self) -> str:
        """What it is of, as the last of several words tells: "score" of ``static_score``."""
        told = words.split(self.name)
        return told[-1] if len(told) > 1 else ""

    @property
    def is_trained_with(self) -> bool:
        """Whether its numbers are a setting of the training, which rows of models tell of each."""
        return self.is_numeric and is_setting(self.name)

    @property
    def _is_telling(self) -> bool:
        """Whether prose can name it: by more than a letter, a number or a word like "value", and
        what it holds is more than a label, as a version is, or a setting of the training.
        """
        own = words.split(self.name) if self.is_bare else _own_words(self.name)
        is_label = bool(own) and own[-1] in listing.words("label_words")
        is_set = is_setting(self.name)
        is_named = self._is_known or any(len(word) > 1 and not word.isdigit() for word in own)
        return is_named and not is_label and not is_set

    @property
    def _is_known(self) -> bool:
        """Whether its name is that of a measure: "f1_score" is f1."""
        known = vocabulary.load("measures")["names"]
        return self.name.lower() in known or "".join(_own_words(self.name)) in known

    @property
    def is_bare(self) -> bool:
        """Whether its name is a word like "score", which only a row gives a meaning."""
        own = set(words.split(self.name))
        return not _own_words(self.name) and own <= listing.words("bare_measures")

    @property
    def is_total(self) -> bool:
        """Whether it says how many there are in all, which alone is no result."""
        return self.is_bare and words.split(self.name)[-1:] == ["total"]

    @property
    def _is_moment(self) -> bool:
        told = set(words.split(self.name))
        moments = [cell for cell in self.told if _STAMP.fullmatch(cell)]
        return bool(told & listing.words("moment_words")) and len(moments) == len(self.told)

    @property
    def is_name(self) -> bool:
        """Whether its cells are names that prose could call rows by."""
        if self.is_numeric or self.is_truth or not self.told:
            return False
        if any(len(cell) > _LONG_NAME or "\n" in cell for cell in self.told):
            return False
        is_id = self._is_id and self.name.lower() != _LABELS
        if self._mostly(_is_moment) or self._mostly(_is_digest) or is_id:
            return False
        shapes = {_DIGITS.sub("#", cell) for cell in self.values}
        return len(shapes) > 1 or len(self.values) <= _MANY_ROWS

    @property
    def _is_id(self) -> bool:
        """Whether it names rows to machines; a model's id is what prose has for it, too."""
        told = set(words.split(self.name))
        return bool(told & listing.words("id_words")) and "model" not in told

    @property
    def is_measured_on(self) -> bool:
        """Whether its name is a word for what things are measured on."""
        return not listing.words("measured_on_words").isdisjoint(words.split(self.name)[-1:])

    @property
    def is_model(self) -> bool:
        """Whether it names models."""
        return words.split(self.name)[-1:] == ["model"]

    @property
    def is_file(self) -> bool:
        """Whether its cells are addresses or paths of files."""
        return self._mostly(_is_address)

    @property
    def is_setting(self) -> bool:
        """Whether its cells are a few numbers that rows were made with."""
        if not (self.is_full and len(self.values) > 1 and self.name.strip()) or self.is_counter:
            return False
        if self.is_bare or self._is_known:
            return False
        plain = all(_PLAIN.fullmatch(cell) for cell in self.values)
        is_chosen = self._is_sorted or len(self.values) < len(self.told) or is_setting(self.name)
        return plain and is_chosen

    @cached_property
    def _is_sorted(self) -> bool:
        """Whether its numbers grow or shrink from row to row, as what was measured rarely does."""
        exact = map(values.exact, self.told)
        numbers = (number for number in exact if number is not None)
        first = list(islice(numbers, 3))
        grows = shrinks = len(first) == 3
        for one, other in pairwise(chain(first, numbers)):  # most break off soon
            grows, shrinks = grows and one <= other, shrinks and one >= other
            if not (grows or shrinks):
                return False
        return grows or shrinks

    def _mostly(self, is_such: Callable[[str], bool]) -> bool:
        return 2 * sum(map(is_such, self.told)) > len(self.told)


def is_setting(name: str) -> bool:
    """Whether a name is that of a setting of the training, as "learning_rate"."""
    return "_".join(words.split(name)) in vocabulary.load("formats")["settings"]


def _from(first: int, others: list[int]) -> list[int]:
    return list(range(first, first + len(others)))


def _own_words(name: str) -> list[str]:
    return [word for word, _, _ in words.located(name)]


def _is_moment(cell: str) -> bool:
    return _MOMENT.fullmatch(cell) is not None


def _is_digest(cell: str) -> bool:
    mixed = any(map(str.isdigit, cell)) and any(map(str.isalpha, cell))
    return mixed and _DIGEST.fullmatch(cell) is not None


def _is_address(cell: str) -> bool:
    return "://" in cell or ("/" in cell and _ENDING.search(cell) is not None)


class _Table:
    """Rows by their columns."""

    def __init__(self, rows: Sequence[Record]) -> None:
        self._rows = rows
        names = dict.fromkeys(name for row in rows for name in row)
        self._by_name = {name: _Column(name, [row.get(name, "") for row in rows]) for name in names}
        self.columns = list(self._by_name.values())

    def measures(self) -> list[str]:
        """Columns that measure something; what is the same in all rows does where another column
        measures the like: ``static_score`` beside ``dynamic_score``.
        """
        told = {column.last_word for column in self.columns if column.is_measure} - {""}
        return [
            column.name
            for column in self.columns
            if column.is_measure or (column.may_be_measure and column.last_word in told)
        ]

    def column(self, name: str) -> _Column:
        return self._by_name[name]

    def keys(self, known: str, by_name: bool) -> tuple[str, ...]:
        """The fewest columns that tell the rows apart, and those that many rows share."""
        smallest = next(self._telling(known, by_name), ())
        if not smallest:
            return ()
        few = isqrt(len(self._rows))
        shared = {column.name for column in self.about() if 1 < len(column.values) <= few}
        room = MAX_KEYS - len(smallest)
        more = [c.name for c in self.columns if c.name in shared - {*smallest}][: max(room, 0)]
        return self.in_order((*smallest, *more))

    def about(self) -> Iterator[_Column]:
        """Columns of names that say what a row is of: they lead it, or say what was measured or on
        what; others that stand behind are how it was made.
        """
        for at, column in enumerate(self.columns):
            is_named = column.is_name and not column.is_file and column.name.strip()
            if is_named and (self._leads(at) or column.is_measured_on or column.is_model):
                yield column

    def _telling(self, known: str, by_name: bool) -> Iterator[tuple[str, ...]]:
        """Sets of columns that tell the rows apart, with the ``known`` one: names before settings,
        small ones first.
        """
        always = (known,) if known else ()
        names = tuple(self._names())
        for columns in (names,) if by_name else (names, (*names, *self._settings())):
            candidates = [name for name in columns if name != known][:_MOST_CANDIDATES]
            for size in range(1 - len(always), MAX_KEYS + 1 - len(always)):
                found = ((*always, *more) for more in combinations(candidates, size))
                yield from filter(self.is_telling, found)

    def _names(self) -> Iterator[str]:
        """Columns of names, those that are paths last."""
        names = [c for c in self.columns if c.is_name and c.name.strip() and len(c.values) > 1]
        yield from (c.name for c in names if not c.is_file)
        yield from (c.name for c in names if c.is_file)

    def _settings(self) -> Iterator[str]:
        """Columns of numbers that people chose, never of those that look measured."""
        most = max(_MOST_SETTINGS, isqrt(len(self._rows)))
        settings = [c for at, c in enumerate(self.columns) if c.is_setting and self._leads(at)]
        yield from (c.name for c in settings if len(c.values) <= most)

    def _leads(self, at: int) -> bool:
        """Whether only names and settings stand before a column: results stand behind them."""
        return all(c.is_name or c.is_setting or c.is_counter for c in self.columns[:at])

    def in_order(self, names: Sequence[str]) -> tuple[str, ...]:
        """Columns as they stand beside one another."""
        return tuple(column.name for column in self.columns if column.name in names)

    def alike(self) -> list[str]:
        """Columns that say of all rows what they were measured on: a document may tell of the same
        models on other data.
        """
        names = (c for c in self.columns if c.is_name and c.is_full and len(c.values) == 1)
        return [c.name for c in names if c.is_measured_on]

    def is_telling(self, names: tuple[str, ...]) -> bool:
        """Whether no two rows that differ have the same cells in these columns."""
        seen: dict[tuple[str, ...], Record] = {}
        for row in self._rows:
            told = tuple(row.get(name, "").strip() for name in names)
            if seen.setdefault(told, row) != row:
                return False
        return all(any(row.get(name, "").strip() for name in names) for row in self._rows)
