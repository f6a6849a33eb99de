"""One family for each folder or file that a pattern matches."""

import shutil

import pytest
from registry_world import World

from mirage_lint.errors import MirageError
from mirage_lint.registry.build import Built, build

CLAIMS = """\
version = 1
[families.runs]
each      = "runs/*"
title     = "Run {name}"
aliases   = ["{name} run"]
artifacts = ["{path}/adapter_config.json", "{path}/trainer_state.json"]
documents = ["{path}/README.md"]
"""
PEFT = '{{"peft_type": "LORA", "r": {}}}'
STATE = '{"global_step": 600, "log_history": []}'


def put(world: World, path: str, text: str) -> None:
    place = world.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


def made(world: World, claims: str = CLAIMS, old: Built | None = None) -> Built:
    world.claims.write_text(claims)
    return build(world.claims, old.registry if old else None)


@pytest.fixture
def runs(world: World) -> World:
    put(world, "runs/small/adapter_config.json", PEFT.format(8))
    put(world, "runs/qwen2.5 v1/adapter_config.json", PEFT.format(16))
    put(world, "runs/qwen2.5 v1/trainer_state.json", STATE)
    put(world, "runs/logs/out.txt", "")
    put(world, "runs/.cache/adapter_config.json", PEFT.format(99))
    put(world, "runs/notes.md", "")
    return world


def test_each_folder_that_has_an_artifact_makes_a_family(runs: World) -> None:
    registry = made(runs).registry
    assert [each[:4] for each in registry.families] == [
        ("qwen2-5-v1", "Run qwen2.5 v1", ("qwen2.5 v1", "qwen2.5 v1 run"),
         ("runs/qwen2.5 v1/README.md",)),
        ("small", "Run small", ("small", "small run"), ("runs/small/README.md",)),
    ]  # fmt: skip
    assert [(fact.id, fact.value) for fact in registry.facts] == [
        ("qwen2-5-v1.rank", "16"),
        ("qwen2-5-v1.training steps", "600"),
        ("small.rank", "8"),
    ]


def test_each_file_makes_a_family_where_no_folder_matches(world: World) -> None:
    put(world, "evals/1.json", '{"acc": 0.5}')
    put(world, "evals/big.json", '{"acc": 0.75}')
    claims = 'version = 1\n[families.evals]\neach = "evals/*.json"\ntitle = "Evaluation {name}"\n'
    claims += (
        '[[families.evals.fact]]\nmetric = "accuracy"\nartifact = "{path}"\npointer = "/acc"\n'
    )
    registry = made(world, claims).registry
    assert [(fact.id, fact.value) for fact in registry.facts] == [
        ("1.accuracy", "0.5"),
        ("big.accuracy", "0.75"),
    ]
    assert [family.aliases for family in registry.families] == [(), ("big",)]


def test_a_family_that_is_written_out_stands_for_itself(runs: World) -> None:
    registry = made(runs, f'{CLAIMS}[family.small]\ntitle = "By hand"\n').registry
    assert [family.title for family in registry.families] == ["Run qwen2.5 v1", "By hand"]
    assert "small.rank" not in {fact.id for fact in registry.facts}


def test_runs_that_are_absent_here_are_held(runs: World) -> None:
    old = made(runs)
    shutil.rmtree(runs.root / "runs")
    new = made(runs, old=old)
    assert new.registry == old.registry
    assert [path for path, _ in new.held] == [
        "runs/qwen2.5 v1/adapter_config.json",
        "runs/qwen2.5 v1/trainer_state.json",
        "runs/small/adapter_config.json",
    ]


def test_a_folder_is_no_pattern_of_its_own(world: World) -> None:
    put(world, "runs/a[1]/adapter_config.json", PEFT.format(8))
    put(world, "runs/a1/adapter_config.json", PEFT.format(16))
    registry = made(world, CLAIMS.replace("adapter_config.json", "*_config.json")).registry
    assert {fact.id: fact.value for fact in registry.facts} == {"a-1.rank": "8", "a1.rank": "16"}


REFUSED = {
    "nothing that matches": (
        CLAIMS.replace("runs/*", "run/*"),
        ":2: 'run/*' makes no family; correct the pattern",
    ),
    "two folders of one name": (
        CLAIMS.replace("runs/*", "*/*"),
        ":2: 'others/small' and 'runs/small' both make family 'small'; rename one",
    ),
    "two patterns of one name": (
        CLAIMS + CLAIMS.partition("\n")[2].replace("families.runs", "families.more"),
        ":2: a second family 'qwen2-5-v1' is made by 'runs/*'; rename its folder, or narrow a"
        " pattern",
    ),
    "a title of all": (
        CLAIMS.replace("Run {name}", "A run"),
        ":2: families.runs: 'title' needs {name}, so that the families differ",
    ),
    "no pattern": (
        CLAIMS.replace("runs/*", "runs/small"),
        ":2: families.runs: 'each' is a pattern with a '*', as `runs/*`, and without '**'",
    ),
    "an error within": (
        CLAIMS + '[[families.runs.table]]\nartifact = "{path}/x.json"\nkeys = ["k"]\n',
        ":8: artifact 'runs/qwen2.5 v1/x.json' is absent, and no claims.lock holds its facts;"
        " put it there, or correct the path",
    ),
    "an unknown key": (
        CLAIMS.replace("each ", "eahc "),
        ":3: families.runs.eahc: unknown key; did you mean 'each'?",
    ),
    "no family at all": ("version = 1\n", ": the file: tells of no [family.NAME]"),
}  # fmt: skip


@pytest.mark.parametrize(("claims", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_told_with_its_line(runs: World, claims: str, told: str) -> None:
    put(runs, "others/small/adapter_config.json", PEFT.format(8))
    with pytest.raises(MirageError) as error:
        made(runs, claims)
    assert str(error.value) == f"{runs.claims}{told}"
