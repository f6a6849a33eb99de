"""Mutants of a document: which there are, which are none for being true, and what finds them."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from cli_world import World

from mirage_lint.checking.collect import Target
from mirage_lint.checking.session import Session
from mirage_lint.mutation.mutant import Mutant
from mirage_lint.mutation.mutate import mutants, sample
from mirage_lint.mutation.trial import Subject, subjects, tally, trials

CLAIMS = """\
version = 1
[family.small]
title = "Small run"
aliases = ["small run"]
artifacts = ["small/adapter_config.json", "small/trainer_state.json"]
[family.small.population]
all = { size = 800 }
night = { size = 250, within = "all", aliases = ["night images"] }
[[family.small.table]]
artifact = "recall.csv"
keys = ["method"]
columns = ["night_recall", "precision"]
unit = "ratio"
[family.large]
title = "Large run"
aliases = ["large run"]
artifacts = ["large/adapter_config.json"]
"""
PEFT = '{"peft_type": "LORA", "r": %d, "base_model_name_or_path": "%s"}'
TABLE = """\
# Small run

| method | night recall | precision |
|---|---|---|
| ours | **91.2%** | 88.4% |
| theirs | 85.7% | 80.1% |
"""


@pytest.fixture
def world(bare: World) -> World:
    bare.write("claims.toml", CLAIMS)
    bare.write("small/adapter_config.json", PEFT % (16, "org/llama-3-8b"))
    bare.write("large/adapter_config.json", PEFT % (64, "org/llama-3-70b"))
    bare.write("small/trainer_state.json", '{"max_steps": 600, "num_train_epochs": 3}')
    rows = "method,night_recall,precision\nours,0.91234,0.884\ntheirs,0.857,0.801\n"
    bare.write("recall.csv", rows)
    assert bare.run("build").status == 0
    return bare


def subject(world: World, text: str) -> Subject:
    world.write("doc.md", text)
    path = world.root / "doc.md"
    target = Target(path, "doc.md", world.root / "claims.toml")
    return subjects(Session(SimpleNamespace()), [target])[0]


def made(world: World, text: str, seed: int = 1) -> list[Mutant]:
    one = subject(world, text)
    return list(mutants(one.before.source, one.before.bindings, one.facts, seed))


def changes(found: list[Mutant], kind: str) -> Iterator[str]:
    return (f"{one.edit.old} -> {one.edit.new}" for one in found if one.kind == kind)


def test_a_number_in_prose_gets_wrong_digits_and_values_of_other_runs(world: World) -> None:
    found = made(world, "The small run has rank 16.\n")
    assert [one.kind for one in found] == [
        "last digit",
        "first digit",
        "digits transposed",
        "another family",
    ]
    assert list(changes(found, "digits transposed")) == ["16 -> 61"]
    assert list(changes(found, "another family")) == ["16 -> 64"]
    assert found[-1].codes == {"MIR201"}
    assert found[-1].known


def test_cells_get_values_of_their_column_their_row_and_other_rows(world: World) -> None:
    found = made(world, TABLE)
    assert "91.2 -> 85.7" in changes(found, "same column")
    assert "91.2 -> 88.4" in changes(found, "same row")
    assert list(changes(found, "flipped rounding")) == ["91.2 -> 91.3"]
    assert all(one.table and one.verified for one in found)
    [rounding] = [one for one in found if one.kind == "flipped rounding"]
    assert rounding.applied(TABLE) == TABLE.replace("**91.2%**", "**91.3%**")
    assert rounding.codes == {"MIR102"}


def test_a_change_that_is_still_true_is_none(world: World) -> None:
    found = made(world, "The small run took over 100 steps.\n")
    assert [one.kind for one in found if one.kind in ("last digit", "first digit")] == []


def test_a_noun_becomes_that_of_another_count_of_the_run(world: World) -> None:
    found = made(world, "The small run took 600 steps.\n")
    [change] = changes(found, "unit's noun")
    assert change in ("steps -> epochs", "steps -> examples")


def test_a_model_gets_another_size_version_and_variant(world: World) -> None:
    found = made(world, "The small run is built on `org/llama-3-8b`, the large run is not.\n")
    named = {one.kind: one for one in found if one.edit.old == "org/llama-3-8b"}
    assert named.keys() == {"model's size", "model's version"}
    assert named["model's size"].edit.new not in ("org/llama-3-8b", "org/llama-3b-8b")
    assert named["model's version"].codes == {"MIR202"}


def test_of_claims_that_nothing_is_known_of_only_digits_change(world: World) -> None:
    found = made(world, "There are 4,711 parrots.\n")
    assert {one.kind for one in found} == {"last digit", "first digit", "digits transposed"}
    assert not any(one.verified for one in found)


def test_the_same_seed_gives_the_same_mutants(world: World) -> None:
    assert made(world, TABLE) == made(world, TABLE)
    assert made(world, TABLE, seed=2) != made(world, TABLE)


def test_a_sample_takes_as_many_of_each_kind(world: World) -> None:
    found = [("", one) for one in made(world, TABLE)]
    chosen = [one.kind for _, one in sample(found, 6, 1)]
    kinds = list(dict.fromkeys(one.kind for _, one in found))
    assert sorted(chosen) == sorted((kinds * 6)[:6])
    assert len(sample(found, 10**6, 1)) == len(found)


def test_a_trial_tells_what_is_found_where_it_was_changed_and_elsewhere(world: World) -> None:
    text = "The small run has rank 16 and the large run has rank 99.\n"
    told = [trial for _, trial in trials([subject(world, text)], 100, 1)]
    assert {trial.mutant.edit.old for trial in told} == {"16"}
    assert tally(told) == (len(told), len(told), len(told), 0)
    assert [trial.elsewhere for trial in told] == [()] * len(told)
