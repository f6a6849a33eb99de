"""Sources that disagree, and what follows from those that stand."""

import json

import pytest
from registry_world import World

from mirage_lint.core.facts import Overruled, Source
from mirage_lint.errors import MirageError

MLX = '{"iters": 600, "lora_parameters": {"rank": 8}}'
STATE = '{"epoch": 0.96, "global_step": 1200, "log_history": []}'
ARTIFACTS = 'artifacts = ["adapter_config.json", "train.sh"]\n'


def _fact(metric: str, tail: str, artifact: str = "a.json") -> str:
    return f'[[family.run.fact]]\nmetric = "{metric}"\nartifact = "{artifact}"\n{tail}\n'


def test_run_metadata_wins_over_a_script_and_names_it(world: World) -> None:
    world.write(ARTIFACTS, adapter_config__json=MLX, train__sh="run --iters 500 --rank 8\n")
    facts = {fact.metric: fact for fact in world.build().registry.facts}
    assert facts["training steps"].value == "600"
    assert facts["training steps"].overruled == (
        Overruled("500", Source("train.sh", "--iters", 2)),
    )
    assert facts["rank"].overruled == ()


def test_a_fact_of_one_family_never_overrules_that_of_another(world: World) -> None:
    other = '[family.other]\ntitle = "Other"\nartifacts = ["train.sh"]\n'
    world.write('artifacts = ["adapter_config.json"]\n' + other, train__sh="run --iters 500\n")
    (world.root / "adapter_config.json").write_text(MLX)
    facts = world.build().registry.facts
    assert [(fact.id, fact.value, fact.overruled) for fact in facts if fact.unit == "step"] == [
        ("other.training steps", "500", ()),
        ("run.training steps", "600", ()),
    ]


def test_a_tier_may_be_set_by_hand(world: World) -> None:
    claims = _fact("speed", 'pointer = "/a"\ntier = 3') + _fact("speed", 'pointer = "/b"')
    world.write(claims, a__json='{"a": 1, "b": 2}')
    (fact,) = world.build().registry.facts
    assert (fact.value, fact.overruled) == ("2", (Overruled("1", Source("a.json", "/a", 3)),))


def test_a_metric_of_too_many_values_is_refused(world: World) -> None:
    claims = "".join(_fact("speed", f'pointer = "/{at}"') for at in range(1001))
    world.write(claims, a__json=json.dumps({str(at): at for at in range(1001)}))
    with pytest.raises(MirageError, match=r"run.speed has more than 1,000 different values"):
        world.build()


def test_equal_tiers_that_differ_both_stay(world: World) -> None:
    claims = _fact("speed", 'pointer = "/a"') + _fact("speed", 'pointer = "/b"')
    world.write(claims, a__json='{"a": 1, "b": 2}')
    assert [(fact.id, fact.value) for fact in world.build().registry.facts] == [
        ("run.speed", "1"),
        ("run.speed", "2"),
    ]


def test_values_whose_roundings_meet_are_one_fact(world: World) -> None:
    claims = _fact("speed", 'pointer = "/a"\naliases = ["pace"]')
    claims += _fact("speed", 'pointer = "/b"\naliases = ["rate"]')
    world.write(claims, a__json='{"a": "33.3%", "b": "1/3"}')
    (fact,) = world.build().registry.facts
    assert (fact.value, set(fact.names)) == ("1/3", {"pace", "rate"})


TRAINED = 'artifacts = ["trainer_state.json"]\n' + _fact("batch size", 'pointer = "/batch"')
TRAINED += _fact("gradient accumulation", 'pointer = "/accumulation"')
SETTINGS = '{"batch": 2, "accumulation": 4}'


def test_examples_follow_from_steps_and_batches(world: World) -> None:
    world.write(TRAINED, trainer_state__json=STATE, a__json=SETTINGS)
    registry = world.build().registry
    found = {fact.metric: fact for fact in registry.facts}
    assert found["effective batch size"].value == "8"
    assert found["examples seen"].value == "9600"
    assert found["training examples"].value == "10000"
    assert found["training examples"].unit == "example"
    assert found["training examples"].source == Source(
        "trainer_state.json",
        "= training steps × batch size × gradient accumulation / epoch reached",
        1,
    )


def test_nothing_follows_where_a_part_is_missing_or_disputed_or_rounded(world: World) -> None:
    disputed = TRAINED + _fact("batch size", 'pointer = "/other"')
    settings = '{"batch": 2, "accumulation": 4, "other": 3}'
    world.write(disputed, trainer_state__json=STATE, a__json=settings)
    assert "examples seen" not in world.values()
    rounded = STATE.replace("0.96", "0.959")
    world.write(TRAINED, trainer_state__json=rounded)
    assert "training examples" not in world.values()
    assert "examples seen" in world.values()


def test_what_is_stated_is_not_derived(world: World) -> None:
    claims = TRAINED + _fact("examples seen", 'pointer = "/seen"')
    settings = '{"batch": 2, "accumulation": 4, "seen": 9599}'
    world.write(claims, trainer_state__json=STATE, a__json=settings)
    assert world.values()["examples seen"] == "9599"
