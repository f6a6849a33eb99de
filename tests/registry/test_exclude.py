"""One of the many files of a pattern is broken: it is told, and can be left out by name."""

import pytest
from registry_world import PEFT, World

from mirage_lint.errors import MirageError

TABLE = '[[family.run.table]]\nartifact = "*.json"\nrows = "@"\nkeys = ["run"]\n'
BROKEN = '{"acc": 0.5'


def problem(world: World) -> str:
    with pytest.raises(MirageError) as raised:
        world.build()
    return str(raised.value).replace(f"{world.root}/", "")


def test_a_broken_file_of_a_pattern_is_told_with_the_way_to_leave_it_out(world: World) -> None:
    world.write(TABLE, a__json='{"acc": 0.1}', b__json=BROKEN)
    assert problem(world) == (
        "b.json:1:12: is not JSON (Expecting ',' delimiter); write the file again, "
        'or leave it out by exclude = ["b.json"] at claims.toml:4'
    )


def test_a_file_without_such_rows_is_named(world: World) -> None:
    world.write(TABLE.replace("@", "runs[*]"), a__json='{"runs": [{"acc": 1}]}', b__json="[1]")
    assert problem(world) == (
        "claims.toml:4: 'b.json': rows 'runs[*]' gives no list of objects in the artifact; "
        'point it at one, as `results[*]`, or leave it out by exclude = ["b.json"]'
    )


def test_a_broken_file_that_is_named_by_itself_can_only_be_mended(world: World) -> None:
    world.write(TABLE.replace("*", "b"), b__json=BROKEN)
    assert problem(world) == (
        "b.json:1:12: is not JSON (Expecting ',' delimiter); write the file again"
    )


@pytest.mark.parametrize("exclude", ["b.json", "./b.json", "b*"])
def test_what_a_table_excludes_is_not_read(world: World, exclude: str) -> None:
    entry = f'{TABLE}exclude = ["{exclude}"]\n'
    world.write(entry, a__json='{"acc": 0.1}', b__json=BROKEN)
    built = world.build()
    assert [fact.id for fact in built.registry.facts] == ["run.acc{run=a}"]
    assert [artifact.path for artifact in built.registry.artifacts] == ["a.json"]
    assert built.excluded == ((exclude, 1),)


def test_what_a_family_excludes_is_not_read(world: World) -> None:
    claims = 'artifacts = ["*.json"]\n'
    world.write(claims, adapter_config__json=PEFT, b__json=BROKEN)
    assert problem(world).endswith('or leave it out by exclude = ["b.json"] at claims.toml:4')
    world.write(f'{claims}exclude = ["b.json"]\n')
    assert [artifact.path for artifact in world.build().registry.artifacts] == [
        "adapter_config.json"
    ]


def test_a_run_of_a_pattern_can_be_left_out(world: World) -> None:
    for name, text in (("a", PEFT), ("b", BROKEN)):
        (world.root / "runs" / name).mkdir(parents=True)
        (world.root / "runs" / name / "adapter_config.json").write_text(text)
    world.claims.write_text(
        'version = 1\n[families.runs]\neach = "runs/*"\nexclude = ["runs/b"]\n'
        'title = "Run {name}"\nartifacts = ["{path}/adapter_config.json"]\n'
    )
    assert [family.name for family in world.build().registry.families] == ["a"]


@pytest.mark.parametrize(
    "claims",
    [
        '[[family.run.table]]\nartifact = "a.json"\nexclude = ["b.json"]\n',
        'artifacts = ["a.json"]\nexclude = ["b.json"]\n',
    ],
)
def test_nothing_is_excluded_where_there_is_no_pattern(world: World, claims: str) -> None:
    told = "'exclude' leaves files out of a pattern, and there is none with a '*'"
    assert told in problem(world.write(claims))


def test_an_excluded_file_stays_out_where_only_the_lock_is_left(world: World) -> None:
    world.write(TABLE, a__json='{"acc": 0.1}', b__json='{"acc": 0.2}')
    old = world.build().registry
    for name in ("a.json", "b.json"):
        (world.root / name).unlink()
    world.write(f'{TABLE}exclude = ["b.json"]\n')
    assert [fact.id for fact in world.build(old).registry.facts] == ["run.acc{run=a}"]
