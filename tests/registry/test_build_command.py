"""``build`` and ``build --check``: what they print, write and return."""

import pytest
from registry_world import PEFT, ROWS, World, run

from mirage_lint.errors import MirageError

CLAIMS = """\
artifacts = ["adapter_config.json"]
[[family.run.fact]]
metric = "wrong"
artifact = "rows.csv"
count = "not tuned_ok"
of = "hard"
"""
FILES = {"adapter_config__json": PEFT, "rows__csv": ROWS}
SUMMARY = "claims.lock: 3 facts of 1 family from 2 artifacts"


def _run(world: World, *, check: bool = False) -> tuple[int, list[str]]:
    told: list[str] = []
    status = run(world.claims, check, told.append)
    return status, "".join(told).splitlines()


def test_it_writes_the_lock_and_says_what_it_holds(world: World) -> None:
    assert _run(world.write(CLAIMS, **FILES)) == (0, [SUMMARY])
    assert _run(world, check=True) == (0, [f"{SUMMARY}, up to date"])


def test_an_absent_artifact_is_told_as_held(world: World) -> None:
    _run(world.write(CLAIMS, **FILES))
    before = world.lock.read_bytes()
    (world.root / "rows.csv").unlink()
    status, lines = _run(world)
    held = "rows.csv: MIR903 is absent here; 1 fact is kept by digest"
    assert (status, lines[0], lines[1].rpartition(" ")[0]) == (0, SUMMARY, held)
    assert world.lock.read_bytes() == before
    assert _run(world, check=True) == (0, [f"{SUMMARY}, up to date", lines[1]])


def test_a_conflict_of_sources_is_noted(world: World) -> None:
    world.write(
        'artifacts = ["adapter_config.json", "train.sh"]\n',
        adapter_config__json='{"iters": 600, "lora_parameters": {}}',
        train__sh="ITERS=500\nrun --iters 500\n",
    )
    told = (
        "train.sh: MIR902 run.training steps: 600 (adapter_config.json /iters, run metadata) wins"
        " over 500 (train.sh --iters, script default)"
    )
    status, lines = _run(world)
    assert (status, lines[1:]) == (0, [told])
    status, lines = _run(world, check=True)
    assert (status, lines[1:]) == (0, [told])


def test_a_file_of_no_known_format_is_noted(world: World) -> None:
    world.write('artifacts = ["weights.bin"]\n', weights__bin="x")
    assert _run(world)[1][1:] == [
        "weights.bin: is of no format that is read; only its digest is kept"
    ]


def test_a_changed_artifact_fails_the_check_and_writes_nothing(world: World) -> None:
    _run(world.write(CLAIMS, **FILES))
    before = world.lock.read_bytes()
    world.write(CLAIMS, rows__csv=ROWS.replace("3,True,True", "3,True,False"))
    status, lines = _run(world, check=True)
    assert status == 1
    assert lines[0] == "MIR901 claims.lock is stale; run `mirage-lint build`"
    assert lines[1].startswith("  artifact rows.csv: ")
    assert lines[2:] == ["  run.wrong: 1/3 -> 2/3 (rows.csv count(not tuned_ok) of (hard))"]
    assert world.lock.read_bytes() == before


def test_changed_claims_fail_the_check(world: World) -> None:
    _run(world.write(CLAIMS, **FILES))
    world.write(
        CLAIMS.replace('"wrong"', '"errors"').replace('["adapter_config.json"]', "[]")
        + '[family.run.population]\nall = { size = 4 }\n[family.other]\ntitle = "Other"\n'
    )
    status, lines = _run(world, check=True)
    assert status == 1
    assert lines[1:] == [
        "  claims.toml changed since the lock was written",
        "  removed artifact adapter_config.json",
        "  added family other",
        "  added population run[all]",
        "  removed run.base model: org/name-7B (adapter_config.json /base_model_name_or_path)",
        "  added run.errors: 1/3 (rows.csv count(not tuned_ok) of (hard))",
        "  added run.examples[all]: 4 (claims.toml family.run.population.all.size)",
        "  removed run.rank: 8 (adapter_config.json /r)",
        "  removed run.wrong: 1/3 (rows.csv count(not tuned_ok) of (hard))",
    ]


def test_a_comment_in_claims_toml_makes_the_lock_stale(world: World) -> None:
    _run(world.write(CLAIMS, **FILES))
    world.write(CLAIMS + "# more\n")
    assert _run(world, check=True)[1][1:] == ["  claims.toml changed since the lock was written"]


def test_a_lock_that_was_reformatted_or_is_absent_fails_the_check(world: World) -> None:
    world.write(CLAIMS, **FILES)
    assert _run(world, check=True) == (1, ["claims.lock is absent; run `mirage-lint build`"])
    assert not world.lock.exists()
    _run(world)
    world.lock.write_text(world.lock.read_text().replace('", "', '","'))
    assert _run(world, check=True)[1][1:] == ["  its form is not the one that build writes"]


def test_carriage_returns_that_git_put_into_the_lock_do_not_matter(world: World) -> None:
    _run(world.write(CLAIMS, **FILES))
    world.lock.write_bytes(world.lock.read_bytes().replace(b"\n", b"\r\n"))
    assert _run(world, check=True)[0] == 0


def test_nothing_is_written_on_an_error(world: World) -> None:
    world.write(CLAIMS)
    with pytest.raises(MirageError):
        _run(world)
    assert [path.name for path in world.root.iterdir()] == ["claims.toml"]


def test_a_broken_lock_is_not_overwritten(world: World) -> None:
    world.write(CLAIMS, **FILES).lock.write_text("<<<<<<< ours\n")
    with pytest.raises(MirageError, match="merge conflict"):
        _run(world)
    assert world.lock.read_text() == "<<<<<<< ours\n"


def test_the_mode_of_the_lock_is_kept_and_nothing_is_left_beside_it(world: World) -> None:
    _run(world.write(CLAIMS, **FILES))
    world.lock.chmod(0o640)
    _run(world)
    assert world.lock.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in world.root.iterdir()) == [
        "adapter_config.json",
        "claims.lock",
        "claims.toml",
        "rows.csv",
    ]


def test_what_would_steer_a_terminal_is_shown_as_a_mark(world: World) -> None:
    claims = '[[family.run.table]]\nartifact = "t.json"\nkeys = ["k"]\n'
    _run(world.write(claims, t__json='[{"k": "\\u001b[31m", "acc": 1}]'))
    world.write(claims, t__json='[{"k": "\\u001b[31m", "acc": 2}]')
    lines = _run(world, check=True)[1]
    assert lines[-1] == "  run.acc{k=\ufffd[31m}: 1 -> 2 (t.json k=\ufffd[31m/acc)"


ODD = {
    "NaN": ('"r": NaN', "/r is NaN, where the rank should stand; it is passed over"),
    "infinity": ('"r": -Infinity', "/r is infinite, where the rank should stand"),
    "a list": ('"r": [8, 16]', "/r is a list, where the rank should stand"),
    "a mapping": ('"lora_alpha": {"a": 1}', "/lora_alpha is a mapping, where the alpha"),
    "a word": ('"r": "eight"', "/r is 'eight', where the rank should stand"),
    "a truth value": ('"r": true', "/r is 'true', where the rank should stand"),
    "a number of too many digits": (f'"r": {"9" * 5000}', f"/r is '{'9' * 30}'…, where the rank"),
}


@pytest.mark.parametrize(("pair", "problem"), ODD.values(), ids=ODD)
def test_what_stands_where_a_number_should_is_told(world: World, pair: str, problem: str) -> None:
    config = f'{{"peft_type": "LORA", "lora_dropout": 0.1, {pair}}}'
    world.write('artifacts = ["adapter_config.json"]\n', adapter_config__json=config)
    assert f"adapter_config.json: {problem}" in "".join(_run(world)[1])


def test_so_it_is_in_yaml(world: World) -> None:
    yaml = "base_model: org/m-7B\ndatasets: []\nmicro_batch_size: .nan\nnum_epochs: auto\n"
    world.write('artifacts = ["a.yml"]\n', a__yml=yaml)
    place = "a.yml: /micro_batch_size is NaN, where the batch size should stand; it is passed over"
    assert _run(world)[1][1:] == [place]


@pytest.mark.parametrize("value", ["null", '""', "-1", '"auto"', '"None"'])
def test_what_says_that_there_is_no_value_is_not_told(world: World, value: str) -> None:
    config = f'{{"peft_type": "LORA", "lora_alpha": 8, "r": {value}}}'
    world.write('artifacts = ["adapter_config.json"]\n', adapter_config__json=config)
    assert _run(world)[1] == ["claims.lock: 1 fact of 1 family from 1 artifact"]


SILENT = "holds no value of known meaning; name some by [[table]] or [[fact]]"


def test_an_artifact_that_tells_nothing_is_told(world: World) -> None:
    claims = 'artifacts = ["adapter_config.json"]\n'
    world.write(claims, adapter_config__json=f"[{PEFT}]")
    with pytest.raises(MirageError, match="holds no JSON object"):
        _run(world)
    world.write(claims, adapter_config__json="[8]")
    assert _run(world)[1][1:] == [f"adapter_config.json: {SILENT}"]
    fact = '[[family.run.fact]]\nmetric = "r"\nartifact = "adapter_config.json"\npointer = "/0"\n'
    world.write(claims + fact)
    assert _run(world)[1][1:] == []


def test_of_a_pattern_some_files_may_tell_nothing(world: World) -> None:
    world.write('artifacts = ["*.json"]\n', adapter_config__json=PEFT, other__json="[8]")
    assert _run(world)[1][1:] == []
