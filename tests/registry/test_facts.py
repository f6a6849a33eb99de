"""Which values of artifacts become facts, and in what form."""

import pytest
from registry_world import PEFT, ROWS, World

from mirage_lint.core.facts import Fact, Source
from mirage_lint.errors import MirageError

POPULATIONS = """\
[family.run.population]
all = { size = 4, aliases = ["overall"] }
hard = { size = 3, within = "all" }
"""
FACT = '[[family.run.fact]]\nmetric = "wrong"\nartifact = "rows.csv"\n'
TABLE = '[[family.run.table]]\nartifact = "table.csv"\nkeys = ["share"]\n'


def test_a_known_format_gives_its_canonical_fields_unasked(world: World) -> None:
    world.write('artifacts = ["adapter_config.json"]\n', adapter_config__json=PEFT)
    rank, model = sorted(world.build().registry.facts, key=lambda fact: fact.kind)[::-1]
    assert (rank.metric, rank.value, rank.kind) == ("rank", "8", "number")
    assert rank.source == Source("adapter_config.json", "/r", 1)
    assert "LoRA rank" in rank.names
    assert (model.metric, model.value, model.kind) == ("base model", "org/name-7B", "model")


def test_other_formats_hold_their_digest_only(world: World) -> None:
    files = {"a__json": '{"acc": 0.5}', "rows__csv": ROWS, "weights__bin": "x"}
    world.write('artifacts = ["a.json", "rows.csv", "weights.bin"]\n', **files)
    built = world.build()
    assert built.registry.facts == ()
    assert [artifact.path for artifact in built.registry.artifacts] == [
        "a.json",
        "rows.csv",
        "weights.bin",
    ]
    assert built.unread == ("weights.bin",)


def test_a_pointer_takes_one_value(world: World) -> None:
    claims = FACT.replace("rows.csv", "a.json") + 'pointer = "/eval/wrong"\nunit = "examples"\n'
    world.write(claims, a__json='{"eval": {"wrong": 3}}')
    assert world.build().registry.facts == (
        Fact(
            family="run",
            metric="wrong",
            names=(),
            population="",
            dimensions=(),
            kind="number",
            unit="example",
            value="3",
            numerator="",
            denominator="",
            source=Source("a.json", "/eval/wrong", 1),
        ),
    )


COUNTS = {
    "rows of all": ('count = "not tuned_ok"\n', {"wrong": "1"}),
    "rows of some": ('count = "not tuned_ok"\nof = "hard"\n', {"wrong": "1/3"}),
    "a population": (
        'count = "not tuned_ok"\npopulation = "all"\n',
        {"wrong[all]": "1/4"},
    ),
    "distinct values": ('distinct = "base_ok"\n', {"wrong": "2"}),
    "a sum": ('sum = "id"\n', {"wrong": "10"}),
    "a sum of a sum": ('sum = "id"\nof = "id"\n', {"wrong": "10/10"}),
}


@pytest.mark.parametrize(("how", "values"), COUNTS.values(), ids=COUNTS)
def test_rows_are_counted(world: World, how: str, values: dict[str, str]) -> None:
    world.write(FACT + how + POPULATIONS, rows__csv=ROWS)
    found = world.values()
    assert {key: found[key] for key in values} == values


def test_a_count_keeps_its_parts(world: World) -> None:
    world.write(FACT + 'count = "not tuned_ok"\nof = "hard"\n', rows__csv=ROWS)
    fact = world.build().registry.facts[0]
    assert (fact.numerator, fact.denominator, fact.unit) == ("1", "3", "ratio")
    assert fact.source.pointer == "count(not tuned_ok) of (hard)"


def test_a_population_is_counted_and_told_as_a_fact(world: World) -> None:
    claims = """\
[family.run.population]
hard = { count = "hard", artifact = "rows.csv", aliases = ["difficult"] }
"""
    world.write(claims + FACT + 'count = "base_ok"\npopulation = "hard"\n', rows__csv=ROWS)
    registry = world.build().registry
    size, wrong = registry.facts
    assert registry.populations[0].size == 3
    assert (size.id, size.value, size.unit) == ("run.examples[hard]", "3", "example")
    assert size.names == ("rows", "hard examples", "difficult examples")
    assert size.source == Source("rows.csv", "count(hard)", 1)
    assert (wrong.id, wrong.value) == ("run.wrong[hard]", "1/3")


def test_a_written_size_that_the_artifact_denies_is_refused(world: World) -> None:
    claims = '[family.run.population]\nhard = { size = 5, count = "hard", artifact = "rows.csv" }\n'
    with pytest.raises(MirageError, match=r"'hard' has size 5, and rows.csv counts 3"):
        world.write(claims, rows__csv=ROWS).build()
    with pytest.raises(MirageError, match=r"'hard' has no rows in rows.csv; correct the count"):
        world.write(claims.replace('"hard"', '"id > 4"')).build()


def test_a_rate_over_other_rows_than_its_population_has_is_refused(world: World) -> None:
    how = 'count = "not tuned_ok"\npopulation = "hard"\n'
    with pytest.raises(MirageError) as error:
        world.write(FACT + how + POPULATIONS, rows__csv=ROWS).build()
    assert str(error.value).removeprefix(str(world.claims)) == (
        ":11: run.wrong[hard] is 1/4 (rows.csv count(not tuned_ok)), and population 'hard' has"
        " 3 rows; correct the size, the population or 'of'"
    )


def test_a_part_larger_than_its_whole_is_refused(world: World) -> None:
    world.write(POPULATIONS.replace("size = 3", "size = 30"))
    with pytest.raises(MirageError, match=r"'hard' \(30\) lies within 'all' \(4\)"):
        world.build()


def test_a_stored_rate_gets_the_counts_behind_it(world: World) -> None:
    claims = POPULATIONS + FACT.replace("rows.csv", "a.json")
    claims += 'pointer = "/wrong"\npopulation = "hard"\nnumerator = '
    world.write(claims + "1\n", a__json='{"wrong": 0.333}')
    fact = world.build().registry.facts[-1]
    assert (fact.value, fact.numerator, fact.denominator) == ("0.333", "1", "3")
    with pytest.raises(MirageError, match=r"2/3 is not the stored 0.333; correct the numerator"):
        world.write(claims + "2\n").build()


def test_arithmetic_may_name_what_a_script_sets(world: World) -> None:
    claims = FACT.replace("rows.csv", "a.py") + 'expression = "1 - lost / seeds"\n'
    script = 'parser.add_argument("--seeds", default=20)\nLOST = 13\n'
    world.write(claims, a__py=script)
    fact = world.build().registry.facts[0]
    assert (fact.value, fact.source) == ("0.35", Source("a.py", "1 - lost / seeds", 2))


def test_a_model_may_be_pointed_at(world: World) -> None:
    claims = (
        '[[family.run.fact]]\nmetric = "judge model"\nartifact = "a.json"\npointer = "/judge"\n'
    )
    world.write(claims, a__json='{"judge": "org/name-7B"}')
    fact = world.build().registry.facts[0]
    assert (fact.metric, fact.kind, fact.value) == ("judge model", "model", "org/name-7B")


WIDE = """\
share,tuned_acc,acc,note,flag,text
0.1,0.0833,nan,fast,True,N/A (0 wrong)
0.5,0.5,inf,,False,66.7% (2/3)
"""


def test_keys_of_a_wide_table_become_dimensions(world: World) -> None:
    claims = TABLE + "[family.run.dimension]\nsystem = { tuned = [] }\n"
    world.write(claims, table__csv=WIDE)
    assert world.values() == {
        "acc{share=0.1,system=tuned}": "0.0833",
        "acc{share=0.5,system=tuned}": "0.5",
        "text{share=0.5}": "66.7%",
    }
    text = world.build().registry.facts[-1]
    assert (text.numerator, text.denominator) == ("2", "3")
    assert text.source.pointer == "share=0.5/text"


def test_only_the_named_columns_of_a_table_count(world: World) -> None:
    more = (
        'columns = ["tuned_acc"]\nunit = "ratio"\nnames = { tuned_acc = ["accuracy when tuned"] }\n'
    )
    world.write(TABLE + more, table__csv=WIDE)
    assert world.values() == {"tuned acc{share=0.1}": "0.0833", "tuned acc{share=0.5}": "0.5"}
    fact = world.build().registry.facts[0]
    assert (fact.unit, fact.names) == ("ratio", ("tuned_acc", "accuracy when tuned"))


def test_a_long_table_names_its_metrics_in_a_column(world: World) -> None:
    claims = (
        '[[family.run.table]]\nartifact = "t.csv"\nkeys = ["fold", "metric"]\nvalue = "value"\n'
    )
    rows = "fold,metric,value,runs\n1,wrong_hard,1/3,9\n1,accuracy,75.0%,9\n"
    world.write(claims + POPULATIONS, t__csv=rows)
    found = world.values()
    assert found["wrong[hard]{fold=1}"] == "1/3"
    assert found["accuracy{fold=1}"] == "75.0%"
    assert len(found) == 4


def test_a_key_called_population_fills_that_slot(world: World) -> None:
    claims = '[[family.run.table]]\nartifact = "t.csv"\nkeys = ["population"]\n'
    world.write(claims + POPULATIONS, t__csv="population,acc\noverall,0.75\nhard,0.6\n")
    found = world.values()
    assert (found["acc[all]"], found["acc[hard]"]) == ("0.75", "0.6")


def test_a_key_called_model_tells_the_models_of_the_family(world: World) -> None:
    claims = '[[family.run.table]]\nartifact = "t.csv"\nkeys = ["model"]\n'
    world.write(claims, t__csv="model,acc\nllama 3 8B,0.75\nensemble,0.6\n")
    models = [fact for fact in world.build().registry.facts if fact.kind == "model"]
    assert [(fact.metric, fact.value, fact.source.pointer) for fact in models] == [
        ("model", "llama 3 8B", "model=llama 3 8B/model")
    ]


BAD_ENTRIES = {
    "rows of the same keys that differ": (
        TABLE,
        "share,acc\n0.1,1\n0.1,2\n",
        "row 1 of 'table.csv' and row 2 of 'table.csv' have the same keys share=0.1; "
        "add a key that tells them apart",
    ),
    "a key that is no column": (
        TABLE,
        "shares,acc\n0.1,1\n",
        "no column 'share' in the artifact; did you mean 'shares'?",
    ),
    "a name for a metric that is not there": (
        TABLE + 'names = { ac = ["x"] }\n',
        "share,acc\n0.1,1\n",
        "names: no metric 'ac'; did you mean 'acc'?",
    ),
    "a pointer to no row": (
        FACT.replace("rows", "table") + 'pointer = "share=0.2/acc"\n',
        "share,acc\n0.1,1\n",
        "pointer 'share=0.2/acc' fits 0 rows, not one; correct its keys",
    ),
    "a pointer to no column": (
        FACT.replace("rows", "table") + 'pointer = "share=0.1/accuracy"\n',
        "share,acc\n0.1,1\n",
        "pointer 'share=0.1/accuracy' ends in no column; known are 'acc', 'share'",
    ),
    "a pointer to a word": (
        FACT.replace("rows", "table") + 'pointer = "share=0.1/acc"\n',
        "share,acc\n0.1,good\n",
        "pointer 'share=0.1/acc' holds 'good', which is no number of at most 40 digits;"
        " point at a number",
    ),
    "a count among no rows": (
        FACT.replace("rows", "table") + 'count = "acc"\nof = "share > 1"\n',
        "share,acc\n0.1,1\n",
        "there are no rows to count among; correct 'of'",
    ),
    "a sum over a word": (
        FACT.replace("rows", "table") + 'sum = "acc"\n',
        "share,acc\n0.1,good\n",
        "column 'acc' holds 'good' in row 1, no number; "
        "leave such rows out by 'where', or count them",
    ),
}


@pytest.mark.parametrize(("claims", "rows", "told"), BAD_ENTRIES.values(), ids=BAD_ENTRIES)
def test_an_entry_that_finds_nothing_is_refused(
    world: World, claims: str, rows: str, told: str
) -> None:
    world.write(claims, table__csv=rows)
    with pytest.raises(MirageError) as error:
        world.build()
    assert str(error.value) == f"{world.claims}:4: {told}"


def test_a_pointer_may_name_keys_with_commas_and_slashes(world: World) -> None:
    claims = FACT.replace("rows", "t") + 'pointer = "model=a/b, 2,k=1.0/top-1 (%)"\n'
    world.write(claims, t__csv='model,k,top-1 (%)\n"a/b, 2",1,70.5\n"a/b, 2",2,71\n')
    assert world.values() == {"wrong": "70.5"}
