"""JMESPath over stored values: numbers compare exactly, and come out as they are stored."""

import pytest

from mirage_lint.artifacts import json_text
from mirage_lint.errors import MirageError
from mirage_lint.registry import nested

RUNS = json_text.parse(
    '{"runs": [{"n": "a", "acc": 9.5, "id": "012"}, {"n": "b", "acc": 10.20, "id": "12"}, '
    '{"n": "c", "acc": 0.1000000000000000055511151231257827, "id": "x"}, '
    '{"n": "d", "acc": null, "id": "n/a", "ok": true}]}',
    "runs.json",
)
FOUND = {
    "runs[?acc > `9.5`].acc": ["10.20"],
    "runs[?acc >= `9.50`].n": ["a", "b"],
    "runs[?acc < `10`].n": ["a", "c"],
    "runs[?acc <= `10.2`].n": ["a", "b", "c"],
    "runs[?acc == `10.2`].n": ["b"],
    "runs[?acc != `10.2`].n": ["a", "c", "d"],
    "runs[?acc == `0.1`].n": [],
    "runs[?acc > `0.1`].n": ["a", "b", "c"],
    "runs[?acc > `-1e-3`] | length(@)": 3,
    "runs[?id == '12'].n": ["b"],
    "runs[?id == `12`].n": ["a", "b"],
    "runs[?id > `11`].n": ["a", "b"],
    "runs[?n > 'b'].n": ["c", "d"],
    "runs[?n > `1`].n": [],
    "runs[?ok == `true`].n": ["d"],
    "runs[?ok == `1`].n": [],
    "max_by(runs[?acc], &acc).acc": "10.20",
    "min_by(runs[?acc], &acc).n": "c",
    "sort_by(runs[?acc], &acc)[*].n": ["c", "a", "b"],
    "max(runs[?acc].acc)": "10.20",
    "min(runs[?acc].acc)": "0.1000000000000000055511151231257827",
    "sort(runs[*].n)": ["a", "b", "c", "d"],
    "max(runs[?n == 'z'].acc)": None,
}


@pytest.mark.parametrize(("expression", "wanted"), FOUND.items(), ids=FOUND)
def test_numbers_compare_as_numbers(expression: str, wanted: object) -> None:
    assert nested.search(RUNS, expression, "it", "claims.toml:4") == wanted


FAILS = {
    "runs[?acc > `0.12345678901234567890`]": "the number 0.12345678901234567890 is longer than any",
    "runs[?acc > `1e400`]": "the number 1e400 is longer than any",
    "max(runs[*].id)": "invalid type for value",
    "max_by(runs, &ok)": "invalid type for value",
    "runs[?acc >": "Incomplete expression",
}


@pytest.mark.parametrize(("expression", "told"), FAILS.items(), ids=FAILS)
def test_what_cannot_be_compared_is_told(expression: str, told: str) -> None:
    with pytest.raises(MirageError, match=told):
        nested.search(RUNS, expression, "it", "claims.toml:4")
