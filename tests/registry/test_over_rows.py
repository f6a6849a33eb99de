"""Facts over rows: chosen by a predicate, counted, summed, averaged, compared, all exactly."""

from pathlib import Path

import pytest
from registry_world import World

from mirage_lint import artifacts
from mirage_lint.artifacts import content, values
from mirage_lint.errors import MirageError
from mirage_lint.rules import wording

ROWS = """\
id,system,flag,ok,loss,tokens
1,base,True,1,0.10,100
2,base,False,0,0.2,250
3,tuned,False,1,1e-1,33
4,tuned,False,1,0.125,
"""
FACT = '[[family.run.fact]]\nmetric = "m"\nartifact = "rows.csv"\n'
TUNED = "where = \"system == 'tuned'\"\n"


def fact(world: World, how: str, rows: str = ROWS):
    (found,) = world.write(FACT + how, rows__csv=rows).build().registry.facts
    return found


VALUES = {
    "a mean of numbers is their sum over their number": ('mean = "loss"', ("21/160", "", "")),
    "a mean over some rows": (f'mean = "loss"\n{TUNED}', ("9/80", "", "")),
    "a mean of ones and zeros keeps both counts": ('mean = "ok"', ("3/4", "3", "4")),
    "a sum over some rows": ('sum = "tokens"\nwhere = "tokens"', ("383", "", "")),
    "a sum of decimals": ('sum = "loss"', ("21/40", "", "")),
    "a ratio of sums that are no counts": ('sum = "loss"\nof = "id"', ("21/400", "", "")),
    "a ratio of sums above one": ('sum = "id"\nof = "ok"', ("10/3", "10", "3")),
    "the smallest as it is written": ('min = "loss"', ("0.10", "", "")),
    "the largest over some rows": ('max = "loss"\nwhere = "not ok"', ("0.2", "", "")),
    "different values over some rows": (f'distinct = "ok"\n{TUNED}', ("1", "", "")),
    "a count over some rows": (f'count = "ok"\n{TUNED}', ("2", "", "")),
    "a rate over some rows": (f'count = "loss > 0.1"\nof = "not flag"\n{TUNED}', ("1/2", "1", "2")),
}


@pytest.mark.parametrize(("how", "told"), VALUES.values(), ids=VALUES)
def test_it_is_exact(world: World, how: str, told: tuple[str, str, str]) -> None:
    found = fact(world, how)
    assert (found.value, found.numerator, found.denominator) == told


def test_a_large_sum_is_exact_where_floats_are_not(world: World) -> None:
    rows = "id\n" + "0.1\n" * 10_000 + "9007199254740993\n-9007199254740992\n1/3\n"
    assert fact(world, 'sum = "id"', rows).value == "3004/3"


def test_its_source_tells_the_rows(world: World) -> None:
    told = fact(world, f'mean = "loss"\n{TUNED}').source.pointer
    assert told == "mean(loss) where (system == 'tuned')"
    told = fact(world, f'count = "ok"\nof = "not flag"\n{TUNED}').source.pointer
    assert told == "count(ok) of (not flag) where (system == 'tuned')"


def test_a_population_that_is_counted_in_the_file_chooses_the_rows(world: World) -> None:
    claims = "[family.run.population]\ntuned = { count = \"system == 'tuned'\", "
    claims += 'artifact = "rows.csv" }\n' + FACT + 'mean = "loss"\npopulation = "tuned"\n'
    world.write(claims, rows__csv=ROWS)
    assert world.values()["m[tuned]"] == "9/80"


REFUSED = {
    "an empty cell": (
        'mean = "tokens"',
        "column 'tokens' holds '' in row 4, no number; "
        "leave such rows out by 'where', or count them",
    ),
    "no rows for a mean": (
        'mean = "loss"\nwhere = "id > 9"',
        "there are no rows to take the mean of; correct 'where'",
    ),
    "no rows for a minimum": (
        'min = "loss"\nwhere = "id > 9"',
        "there are no rows to look at; correct 'where'",
    ),
    "a name that no row has": (
        'count = "ok or oks"',
        "'ok or oks' names 'oks', which the artifact does not have; did you mean 'ok'?",
    ),
    "where without rows": (
        'pointer = "id=1/ok"\nwhere = "ok"',
        "family.run.fact[0]: 'where' goes with count, distinct, sum, mean, min, max only",
    ),
}


@pytest.mark.parametrize(("how", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_told_is_refused(world: World, how: str, told: str) -> None:
    with pytest.raises(MirageError) as error:
        fact(world, how)
    assert str(error.value) == f"{world.claims}:4: {told}"


@pytest.mark.parametrize("cell", ["1e9999", "9" * 41, "NaN", "Infinity", "9" * 5000, "5%"])
def test_what_is_no_number_of_fair_length_is_not_summed(world: World, cell: str) -> None:
    with pytest.raises(MirageError, match=f"column 'id' holds '{cell[:50]}' in row 1, no number"):
        fact(world, 'sum = "id"', f"id\n{cell}\n")


def test_a_sum_too_long_for_a_fact_is_refused(world: World) -> None:
    with pytest.raises(MirageError, match="the result has more than 40 digits; take it of fewer"):
        fact(world, 'sum = "id"', "id\n1e99\n1\n")


def test_fractions_whose_sum_would_grow_without_end_are_refused(world: World) -> None:
    primes = [n for n in range(2, 4000) if all(n % m for m in range(2, int(n**0.5) + 1))]
    with pytest.raises(MirageError, match="passes through a number of more than 4096 bits"):
        fact(world, 'sum = "id"', "id\n" + "".join(f"1/{prime}\n" for prime in primes))


NESTED = '{"runs": [{"name": "a", "acc": 0.50}, {"name": "b", "acc": 0.75}], "n": 3}'
POINTER = '[[family.run.fact]]\nmetric = "acc"\nartifact = "a.json"\npointer = "'


def test_a_pointer_may_be_jmespath(world: World) -> None:
    world.write(f"{POINTER}runs[?name=='b'].acc | [0]\"\n", a__json=NESTED)
    (found,) = world.build().registry.facts
    assert (found.value, found.source.pointer) == ("0.75", "runs[?name=='b'].acc | [0]")
    world.write(f'{POINTER}length(runs)"\n')
    assert world.values() == {"acc": "2"}
    world.write(f"{POINTER}[?name=='b'].acc | [0]\"\n", a__json=NESTED[9:-9])
    assert world.values() == {"acc": "0.75"}


@pytest.mark.parametrize(
    ("pointer", "told"),
    [
        ("runs[].acc", "gives no single stored value; point at one, as `results[0].acc`"),
        ("to_number(runs[0].acc)", "gives no single stored value"),
        ("runs[", "fails: Invalid jmespath expression: Incomplete expression"),
        ("rums", "is not in the artifact"),
        ("@" + ".[@,@][]" * 30, "has more than 64 parts; take fewer steps"),
    ],
)
def test_a_jmespath_that_gives_no_value_is_told(world: World, pointer: str, told: str) -> None:
    world.write(f'{POINTER}{pointer}"\n', a__json=NESTED)
    with pytest.raises(MirageError) as error:
        world.build()
    assert told in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("value", ["NaN", "-Infinity"])
def test_a_pointer_at_no_number_is_told_as_such(world: World, value: str) -> None:
    world.write(f'{POINTER}/r"\n', a__json=f'{{"r": {value}}}')
    with pytest.raises(MirageError, match="pointer '/r' holds NaN or Infinity; point at a number"):
        world.build()


def test_a_pointer_at_nothing_is_told_among_too_many_values(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "MAX_VALUES", 2)
    world.write(f'{POINTER}/r"\n', a__json="[1, 2, 3]")
    with pytest.raises(MirageError, match=r"pointer '/r' is not in the artifact$"):
        world.build()


def test_a_pointer_at_what_a_script_sets_twice_is_refused(world: World) -> None:
    claims = '[[family.run.fact]]\nmetric = "n"\nartifact = "a.py"\npointer = "N"\n'
    world.write(claims, a__py="N = 3\nN = 5\n")
    with pytest.raises(MirageError) as error:
        world.build()
    told = "claims.toml:4: pointer 'N' is set to 3 and 5; point at what is set once"
    assert str(error.value).endswith(told)


@pytest.fixture
def streaming(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even small files are read row by row."""
    monkeypatch.setattr(artifacts, "LARGE", 8)


@pytest.mark.usefixtures("streaming")
@pytest.mark.parametrize(("how", "told"), VALUES.values(), ids=VALUES)
def test_it_is_the_same_row_by_row(world: World, how: str, told: tuple[str, str, str]) -> None:
    found = fact(world, how)
    assert (found.value, found.numerator, found.denominator) == told
    reading = world.build().registry.artifacts[0]
    assert reading.size == len(ROWS)


@pytest.mark.usefixtures("streaming")
def test_large_json_lines_are_read_row_by_row(world: World) -> None:
    claims = FACT.replace("rows.csv", "rows.jsonl") + 'mean = "n"\nwhere = "more"\n'
    world.write(claims, rows__jsonl='{"n": 1}\n\n{"n": 2.5, "more": true}\n{"n": 3, "more": 1}\n')
    assert world.values() == {"m": "11/4"}


@pytest.mark.usefixtures("streaming")
def test_a_table_of_a_large_file(world: World) -> None:
    world.write('[[family.run.table]]\nartifact = "rows.csv"\nkeys = ["id"]\n', rows__csv=ROWS)
    assert world.values()["loss{id=3}"] == "1e-1"


@pytest.mark.usefixtures("streaming")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("id,a\n1,2\n3\n", ":3: has 1 cells where the head has 2; write the row again"),
        (b"id,a\n1,2\n3,\xff\n", ":3: is not UTF-8; save it as UTF-8"),
        ("id,a\n1,2\n3,\0\n", ":3: holds a NUL character; remove it"),
        ("id,id\n1,2\n3,4\n", ":1: names two columns 'id'; name each differently"),
        ('id,a\n1,2\n3,"4\n', ":3: is not CSV (unexpected end of data); mend it"),
        ('id,"a\n', ":1: is not CSV (unexpected end of data); mend it"),
    ],
)
def test_what_is_broken_in_a_large_file_is_told(world: World, rows: str, told: str) -> None:
    data = rows if isinstance(rows, bytes) else rows.encode()
    world.write(FACT + 'sum = "id"\n')
    (world.root / "rows.csv").write_bytes(data)
    with pytest.raises(MirageError) as error:
        world.build()
    assert str(error.value) == f"rows.csv{told}"


@pytest.mark.usefixtures("streaming")
def test_a_large_file_that_changes_between_two_readings_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = world.root / "rows.csv"
    through = content.Rows.__iter__

    def then_change(self: content.Rows):
        yield from through(self)
        rows.write_text(f"{ROWS}5,base,True,1,1,1\n")

    monkeypatch.setattr(content.Rows, "__iter__", then_change)
    world.write(FACT + 'sum = "id"\nof = "ok"\n', rows__csv=ROWS)
    with pytest.raises(MirageError) as error:
        world.build()
    assert str(error.value) == "rows.csv: changed while it was read; run again when it is written"


@pytest.mark.usefixtures("streaming")
def test_a_large_file_that_grows_while_it_is_read_is_refused(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = world.root / "rows.csv"
    through = content.Rows.__iter__

    def then_change(self: content.Rows):
        for row in through(self):
            rows.write_text(f"{ROWS}5,base,True,1,1,1\n")
            yield row

    monkeypatch.setattr(content.Rows, "__iter__", then_change)
    world.write(FACT + 'sum = "id"\n', rows__csv=ROWS)
    with pytest.raises(MirageError, match=r"rows.csv: changed while it was read"):
        world.build()


def test_a_message_tells_a_mean_as_a_decimal_too(world: World) -> None:
    assert wording.value(fact(world, 'mean = "loss"')) == "0.1312 (21/160)"
