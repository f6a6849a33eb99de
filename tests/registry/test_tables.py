"""Tables over several files, and within nested ones."""

import json

import pytest
from registry_world import World

from mirage_lint.errors import MirageError

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
