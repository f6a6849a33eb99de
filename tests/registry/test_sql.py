"""SQL over the rows of an artifact: exact, and shut off from all else."""

import importlib.util
import os
from pathlib import Path

import pytest
from registry_world import World

from mirage_lint.errors import MirageError
from mirage_lint.registry import sql

FACT = '[[family.run.fact]]\nmetric = "m"\nartifact = "{}"\nsql = """{}"""\n'
ROWS = """\
id,system,flag,loss,rate,note
007,base,True,0.10,1e-3,"a, ""b""
c"
008,base,False,0.2,0.25,
009,tuned,,12345678901234567890.5,,x
"""


def asked(world: World, query: str, artifact: str = "rows.csv", rows: str = ROWS):
    world.write(FACT.format(artifact, query))
    (world.root / artifact).write_text(rows)
    (found,) = world.build().registry.facts
    return found


def refused(world: World, query: str, rows: str = ROWS) -> str:
    with pytest.raises(MirageError) as error:
        asked(world, query, rows=rows)
    said = str(error.value)
    assert said.startswith(f"{world.claims}:4: ")
    assert "\n" not in said
    return said.removeprefix(f"{world.claims}:4: ")


VALUES = {
    "a count": ("select count(*) from artifact where flag", ("1", "", "")),
    "a sum that floats would lose": (
        "select sum(loss) from artifact",
        ("12345678901234567890.80", "", ""),
    ),
    "a number with an exponent": ("select max(rate) - min(rate) from artifact", ("0.249", "", "")),
    "a text that is a number": ("select min(id) from artifact where id > '007'", ("008", "", "")),
    "counts": (
        "select count(*) filter (where flag) as numerator, count(flag) as denominator"
        " from artifact",
        ("1/2", "1", "2"),
    ),
    "empty cells": ("select count(*) from artifact where note is null", ("1", "", "")),
    "a cell of two lines": ("select length(note) from artifact where id = '007'", ("8", "", "")),
}


@pytest.mark.parametrize(("query", "told"), VALUES.values(), ids=VALUES)
def test_a_query_gives_one_value(world: World, query: str, told: tuple[str, str, str]) -> None:
    found = asked(world, query)
    assert (found.value, found.numerator, found.denominator) == told
    assert found.source.pointer == f"sql({query})"


def test_rows_may_be_of_any_format(world: World) -> None:
    rows = '[{"a": 0.1, "b": true}, {"a": 0.2}, {"a": 3, "b": false}]'
    assert asked(world, "select sum(a) from artifact", "a.json", rows).value == "3.3"
    rows = '{"a": "x"}\n{"a": "y", "n": 2}\n'
    assert asked(world, "select n from artifact where a = 'y'", "a.jsonl", rows).value == "2"


def test_a_table_may_be_a_query(world: World) -> None:
    claims = '[[family.run.table]]\nartifact = "{}"\nkeys = ["system"]\n{}'
    query = (
        'sql = "select system, sum(loss) as loss, count(*) as n from artifact group by system"\n'
    )
    world.write(claims.format("rows.csv", query), rows__csv=ROWS)
    assert world.values() == {
        "loss{system=base}": "0.30",
        "loss{system=tuned}": "12345678901234567890.50",
        "n{system=base}": "2",
        "n{system=tuned}": "1",
    }
    nested = '{"runs": [{"system": "x", "loss": 0.5}]}'
    world.write(claims.format("r.json", f'rows = "runs"\n{query}'), r__json=nested)
    assert world.values() == {"loss{system=x}": "0.5", "n{system=x}": "1"}


REFUSED = {
    "a mean by floats": (
        "select avg(loss) as x from artifact",
        "'sql' fails: 'x' is a floating-point number, which is not exact: give numerator and"
        " denominator, or CAST it to DECIMAL; correct the query",
    ),
    "two rows": (
        "select loss from artifact limit 2",
        "'sql' gives 2 rows of 1 columns; give one value, or a numerator and a denominator",
    ),
    "no row": (
        "select loss from artifact where false",
        "'sql' gives 0 rows of 0 columns; give one value, or a numerator and a denominator",
    ),
    "a word": (
        "select note from artifact where id = '009'",
        "the result of 'sql' holds 'x', which is no number of at most 40 digits; point at a number",
    ),
    "a list": (
        "select list(id) from artifact",
        "'sql' fails: a list of it is no number and no short text; correct the query",
    ),
    "two statements": (
        "select 1; select 2",
        "'sql' fails: it is not one SELECT; correct the query",
    ),
    "another statement": (
        "drop table artifact",
        "'sql' fails: it is not one SELECT; correct the query",
    ),
    "a column that is not there": (
        "select los from artifact",
        "'sql' fails: Binder Error: Referenced column \"los\" not found in FROM clause!"
        ' Candidate bindings: "loss", "flag", "note", "system"; correct the query',
    ),
}


@pytest.mark.parametrize(("query", "told"), REFUSED.values(), ids=REFUSED)
def test_what_gives_no_exact_value_is_told(world: World, query: str, told: str) -> None:
    assert refused(world, query) == told


UNSTEADY = {
    "select extract(year from now())": "now()",
    "select count(*) from artifact where current_date > date '2020-01-01'": "current_date",
    "select extract(epoch from CURRENT_TIMESTAMP)": "current_timestamp",
    "select extract(year from today())": "today()",
    "select round(random() * 10)::int": "random()",
    "select loss from artifact order by random() limit 1": "random()",
    "select count(*) from artifact where exists (select uuid())": "uuid()",
    "with a as (select gen_random_uuid()) select count(*) from a": "gen_random_uuid()",
    "select extract(year from ago(interval 1 day))": "ago()",
    "select count(*) from artifact tablesample 50%": "a sample",
    "select count(*) from (select * from artifact using sample 2)": "a sample",
    "select count(*) from query('select random()')": "query()",
    "select count(*) from duckdb_memory()": "duckdb_memory()",
    "select current_setting('threads')": "current_setting()",
}


@pytest.mark.parametrize(("query", "what"), UNSTEADY.items(), ids=UNSTEADY)
def test_what_may_give_another_result_is_refused(world: World, query: str, what: str) -> None:
    told = f"{what} may give another result next time, and a fact must not; correct the query"
    assert refused(world, query) == f"'sql' fails: {told}"


STEADY = {
    "select max(n) from (select row_number() over (order by id) n from artifact)": "3",
    "select extract(year from date '2020-01-02' + 3)": "2020",
    "select sum(x) from range(3) t(x)": "3",
    "select count(distinct system) from artifact where note not like 'z%'": "2",
    "select len(list_sort(list(id))) from artifact": "3",
}


@pytest.mark.parametrize(("query", "value"), STEADY.items(), ids=STEADY)
def test_what_is_the_same_each_time_is_not(world: World, query: str, value: str) -> None:
    assert asked(world, query).value == value


def test_a_column_may_be_called_as_a_clock_is(world: World) -> None:
    rows = "id,current_date\n1,5\n"
    assert asked(world, "select current_date from artifact", rows=rows).value == "5"


ELSEWHERE = (
    "select count(*) from read_csv('{secret}')",
    "select content from read_text('{secret}')",
    "select count(*) from '{secret}'",
    "select count(*) from glob('{folder}/*')",
    "select count(*) from read_csv('https://example.org/x.csv')",
    "select count(*) from read_csv('rows.csv')",
    "copy artifact to '{folder}/written'",
    "attach '{folder}/written'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "export database '{folder}/written'",
    "select * from sys",
)


@pytest.mark.parametrize("query", ELSEWHERE)
def test_nothing_else_can_be_read_or_written(world: World, query: str) -> None:
    secret = world.root / "secret.csv"
    secret.write_text("a\n1\n")
    query = query.format(secret=secret, folder=world.root)
    assert refused(world, query).startswith("'sql' fails: ")
    assert not (world.root / "written").exists()


def test_a_query_without_end_is_ended(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "MAX_SECONDS", 2)
    query = "select count(*) from range(1000000000000) a, range(1000000000000) b"
    assert refused(world, query) == (
        "'sql' takes more than 2 seconds, the most that it may; ask for less"
    )


@pytest.mark.parametrize(
    "query", ["select repeat('a', 3000000000)", "select list(a) from range(300000000) t(a)"]
)
def test_a_query_that_would_fill_the_memory_is_ended(world: World, query: str) -> None:
    said = refused(world, query)
    assert "emory" in said


def test_a_table_beyond_the_bound_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "MAX_BYTES", 10)
    assert refused(world, "select 1").startswith("'sql' is over more than 10 characters")


def test_columns_that_sql_cannot_tell_apart_are_told(world: World) -> None:
    assert "'sql' fails: " in refused(world, "select 1", "acc,Acc\n1,2\n")


def test_what_is_no_table_is_told(world: World) -> None:
    world.write(FACT.format("a.json", "select 1"), a__json='{"a": 1}')
    with pytest.raises(MirageError, match="is no table, so there are no rows to select"):
        world.build()


def test_without_duckdb_one_line_says_how_to_get_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert refused(world, "select 1") == (
        "'sql' needs DuckDB, which is not installed; pip install 'mirage-lint[sql]'"
    )


def test_nothing_is_left_behind(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    asked(world, "select count(*) from artifact")
    assert os.listdir(tmp_path / "tmp") == []
