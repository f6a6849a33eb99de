"""Tables over several files, and within nested ones."""

import json

import pytest
from registry_world import World

from mirage_lint.errors import MirageError
from mirage_lint.registry import paths

TABLE = '[[family.run.table]]\nartifact = "runs/*.csv"\nkeys = ["model"]\n'


def files(world: World, **texts: str) -> None:
    (world.root / "runs").mkdir(exist_ok=True)
    for name, text in texts.items():
        (world.root / "runs" / f"{name}.csv").write_text(text)


def test_the_rows_of_all_files_that_match_are_one_table(world: World) -> None:
    files(world, a="model,acc\nx,0.5\n", b="model,acc,loss\ny,0.75,2\n")
    world.write(TABLE)
    facts = world.build().registry.facts
    assert [(fact.id, fact.value, fact.source.artifact) for fact in facts] == [
        ("run.acc{model=x}", "0.5", "runs/a.csv"),
        ("run.acc{model=y}", "0.75", "runs/b.csv"),
        ("run.loss{model=y}", "2", "runs/b.csv"),
    ]


def test_rows_of_two_files_that_contradict_each_other_are_refused(world: World) -> None:
    files(world, a="model,acc\nx,0.5\n", b="model,acc\ny,1\nx,0.75\n")
    world.write(TABLE)
    with pytest.raises(MirageError) as error:
        world.build()
    assert str(error.value).endswith(
        "claims.toml:4: row 1 of 'runs/a.csv' and row 2 of 'runs/b.csv' have the same keys model=x;"
        " add a key that tells them apart"
    )


def test_files_that_are_gone_keep_their_facts(world: World) -> None:
    files(world, a="model,acc\nx,0.5\n", b="model,acc\ny,0.75\n")
    world.write(TABLE)
    old = world.build().registry
    for name in ("a", "b"):
        (world.root / "runs" / f"{name}.csv").unlink()
    built = world.build(old)
    assert built.registry.facts == old.facts
    assert built.held == (("runs/a.csv", 1), ("runs/b.csv", 1))


def test_a_metric_called_by_a_unit_is_counted_in_it(world: World) -> None:
    files(world, a="model,Parameters,n_epochs,epoch loss\nx,7,3,2\n")
    world.write(TABLE)
    facts = world.build().registry.facts
    assert {fact.metric: fact.unit for fact in facts} == {
        "parameters": "parameter",
        "n epochs": "epoch",
        "epoch loss": "",
    }


NESTED = '{"runs": {"results": [{"model": "x", "acc": 0.50, "per": {"a": 1}}, {"model": "y"}]}}'


def rows(expression: str) -> str:
    table = '[[family.run.table]]\nartifact = "r.json"\nkeys = ["model"]\n'
    return f'{table}rows = "{expression}"\n'


def test_rows_within_a_nested_file_are_found_by_jmespath(world: World) -> None:
    world.write(rows("runs.results"), r__json=NESTED)
    assert world.values() == {"acc{model=x}": "0.50"}
    world.write(rows("runs.results[*].{model: model, first: per.a}"), r__json=NESTED)
    assert world.values() == {"first{model=x}": "1"}


@pytest.mark.parametrize(
    ("expression", "place"),
    [
        ("runs.results", "/runs/results/model=x/acc"),
        ("runs.results[*]", "/runs/results/model=x/acc"),
        ("runs.results[?acc]", "model=x/acc"),
    ],
)
def test_the_place_of_a_nested_cell_leads_to_its_rows(
    world: World, expression: str, place: str
) -> None:
    world.write(rows(expression), r__json=NESTED)
    assert [fact.source.pointer for fact in world.build().registry.facts] == [place]


def test_the_place_in_an_object_of_a_nested_file_is_a_json_pointer(world: World) -> None:
    table = '[[family.run.table]]\nartifact = "m.json"\nrows = \'base."a/b"\'\n'
    world.write(table, m__json='{"base": {"a/b": {"acc": 0.5}}}')
    assert [fact.source.pointer for fact in world.build().registry.facts] == ["/base/a~1b/acc"]


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("runs.[", "rows 'runs.[' fails: Invalid jmespath expression"),
        ("runs.none", "rows 'runs.none' gives no list of objects in the artifact"),
        ("runs.results[*].acc", "rows 'runs.results[*].acc' gives no list of objects"),
        ("sum(runs)", "rows 'sum(runs)' fails: In function sum(), invalid type"),
    ],
)
def test_rows_that_are_no_rows_are_told(world: World, expression: str, problem: str) -> None:
    world.write(rows(expression), r__json=NESTED)
    with pytest.raises(MirageError) as error:
        world.build()
    assert f"claims.toml:4: {problem}" in str(error.value)
    assert "\n" not in str(error.value)


def test_the_evaluations_of_a_trainer_may_be_a_table(world: World) -> None:
    log = [{"eval_loss": 0.5, "epoch": 1.0, "step": 10}, {"eval_loss": 0.25, "step": 20}]
    (world.root / "trainer_state.json").write_text(json.dumps({"log_history": log}))
    world.write(
        '[[family.run.table]]\nartifact = "trainer_state.json"\nkeys = ["step"]\n'
        'columns = ["eval_loss"]\n'
    )
    facts = world.build().registry.facts
    assert [(fact.id, fact.value, fact.source.pointer) for fact in facts] == [
        ("run.eval loss{step=10}", "0.5", "step=10/eval_loss"),
        ("run.eval loss{step=20}", "0.25", "step=20/eval_loss"),
    ]


def test_a_single_object_needs_no_keys(world: World) -> None:
    table = '[[family.run.table]]\nartifact = "m.json"\nrows = "@"\n'
    world.write(table, m__json='{"acc": 0.5, "loss": 2, "note": "fine"}')
    assert world.values() == {"acc": "0.5", "loss": "2"}
    assert [fact.source.pointer for fact in world.build().registry.facts] == ["/acc", "/loss"]


def test_several_rows_need_keys(world: World) -> None:
    world.write('[[family.run.table]]\nartifact = "m.csv"\n', m__csv="acc\n1\n2\n")
    with pytest.raises(MirageError) as error:
        world.build()
    assert str(error.value).endswith(
        "claims.toml:4: row 1 of 'm.csv' and row 2 of 'm.csv' have the same keys; "
        "add a key that tells them apart"
    )


def test_objects_by_name_are_rows_whose_first_key_is_the_name(world: World) -> None:
    table = '[[family.run.table]]\nartifact = "m.json"\nrows = "by_type"\nkeys = ["type"]\n'
    world.write(table, m__json='{"by_type": {"x": {"acc": 0.5}, "y": {"acc": 0.25}}}')
    assert world.values() == {"acc{type=x}": "0.5", "acc{type=y}": "0.25"}


def test_the_key_run_is_what_the_pattern_leaves_open(world: World) -> None:
    files(world, a="acc,split\n0.5,dev\n1,test\n", b="acc,split\n0.75,dev\n2,test\n")
    world.write(TABLE.replace('["model"]', '["run", "split"]'))
    assert world.values() == {
        "acc{run=a,split=dev}": "0.5",
        "acc{run=a,split=test}": "1",
        "acc{run=b,split=dev}": "0.75",
        "acc{run=b,split=test}": "2",
    }


def test_a_key_names_the_column_without_a_name(world: World) -> None:
    files(world, a=",first,second\nrecall,0.5,0.25\n")
    world.write(TABLE.replace("model", "measure"))
    assert [fact.id for fact in world.build().registry.facts] == [
        "run.first{measure=recall}",
        "run.second{measure=recall}",
    ]


def test_a_key_that_no_column_is_called_by_is_told(world: World) -> None:
    files(world, a="name,first\nrecall,0.5\n")
    world.write(TABLE)
    with pytest.raises(MirageError, match="no column 'model' in the artifact"):
        world.build()


def test_a_column_called_run_stays_what_it_is(world: World) -> None:
    files(world, a="acc,run\n0.5,first\n")
    world.write(TABLE.replace('["model"]', '["run"]'))
    assert world.values() == {"acc{run=first}": "0.5"}


OPENED = {
    "a folder": ("runs/*/eval.json", "runs/small/eval.json", "small"),
    "a part of a name": ("a/x_*.csv", "a/x_b.csv", "b"),
    "two places": ("*/b/*.csv", "a/b/c.csv", "a/c"),
    "any depth": ("a/**/d.csv", "a/b/c/d.csv", "b/c"),
    "an end that also stands before": ("*.csv", "a.csv.csv", "a.csv"),
    "no pattern": ("a.csv", "a.csv", ""),
    "another path": ("a/*.csv", "b/c.csv", ""),
    "too short a path": ("ab*ba", "aba", ""),
}


@pytest.mark.parametrize(("pattern", "path", "wanted"), OPENED.values(), ids=OPENED)
def test_what_a_pattern_leaves_open(pattern: str, path: str, wanted: str) -> None:
    assert paths.opened(pattern, path) == wanted


@pytest.mark.parametrize(
    ("metric", "values", "unit"),
    [
        ("wer", ("0.44", "3.05"), "percent"),
        ("WER", ("0.0", "0.44", "100"), "percent"),
        ("wer", ("0.44", "0.3"), ""),
        ("wer", ("44", "3.05"), ""),
        ("wer", ("0.44", "3.05", "104"), ""),
        ("loss", ("0.44", "3.05"), ""),
        ("valid_rate", ("0.44", "60.3"), "percent"),
        ("macro_f1", ("0.44", "60.3"), "percent"),
        ("RMSE", ("0.011", "80.19"), ""),
        ("change_percent", ("-0.2", "2.34"), "percent"),
        ("overhead_pct", ("0.77", "0.2"), ""),
        ("growth_rate", ("0.44", "3.05"), ""),
        ("step_loss", ("0.44", "60.3"), ""),
    ],
)
def test_a_rate_that_is_above_one_in_some_rows_is_told_in_percent_in_all(
    world: World, metric: str, values: tuple[str, ...], unit: str
) -> None:
    rows = "".join(f"m{at},{value}\n" for at, value in enumerate(values))
    files(world, a=f"model,{metric}\n{rows}")
    world.write(TABLE)
    assert {fact.unit for fact in world.build().registry.facts} == {unit}


SIBLINGS = {
    "beside one another": ({"a": {"acc": 0.44}, "b": {"acc": 3.05}}, "a", "percent"),
    "deeper": ({"runs": {"a/1": {"acc": 0.44}, "b": {"acc": 3.05}}}, 'runs."a/1"', "percent"),
    "none": ({"a": {"acc": 0.44}, "b": [{"acc": 3.05}], "acc": 3.05}, "a", ""),
    "of another name": ({"a": {"acc": 0.44}, "b": {"size": 3.05}}, "a", ""),
    "a list": ({"a": [{"acc": 0.44}], "b": {"acc": 3.05}}, "a", ""),
    "no way": ({"a": {"acc": 0.44}, "b": {"acc": 3.05}}, "not_null(a)", ""),
}


@pytest.mark.parametrize(("told", "rows", "unit"), SIBLINGS.values(), ids=SIBLINGS)
def test_objects_beside_a_row_tell_that_it_is_in_percent(
    world: World, told: object, rows: str, unit: str
) -> None:
    table = f"[[family.run.table]]\nartifact = 'r.json'\nrows = '{rows}'\ncolumns = ['acc']\n"
    world.write(table, r__json=json.dumps(told))
    assert [fact.unit for fact in world.build().registry.facts] == [unit]


BY_SPLIT = '{"test": {"x": {"acc": 0.5}, "y": {"acc": 0.7}}, "dev": {"x": {"acc": 0.6}}}'
SPLITS = "".join(
    '[[family.run.table]]\nartifact = "r.json"\nkeys = ["model"]\n'
    f'rows = "{split}"\ndimensions = {{ split = "{split}" }}\n'
    for split in ("test", "dev")
)


def test_all_rows_of_a_table_may_share_a_setting(world: World) -> None:
    world.write(SPLITS, r__json=BY_SPLIT)
    assert world.values() == {
        "acc{model=x,split=dev}": "0.6",
        "acc{model=x,split=test}": "0.5",
        "acc{model=y,split=test}": "0.7",
    }
    old = world.build().registry
    (world.root / "r.json").unlink()
    assert world.build(old).registry.facts == old.facts


def test_a_setting_is_shared_or_told_by_a_column(world: World) -> None:
    world.write(SPLITS.replace('["model"]', '["model", "split"]'), r__json=BY_SPLIT)
    with pytest.raises(MirageError, match="'split' is both in 'keys' and in 'dimensions'"):
        world.build()
