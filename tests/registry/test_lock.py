"""claims.lock: what it holds, how it is read, and that it is the same everywhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from registry_world import PEFT, ROWS, World

from mirage_lint.core.facts import Registry
from mirage_lint.errors import MirageError
from mirage_lint.registry import lock

CLAIMS = """\
artifacts = ["adapter_config.json", "rows.csv"]
documents = ["docs/*.md"]
[family.run.population]
hard = { size = 3, aliases = ["schwer ü"] }
open = {}
[family.run.dimension]
system = { tuned = ["FT"] }
[[family.run.fact]]
metric = "ft wrong"
population = "hard"
artifact = "rows.csv"
count = "not tuned_ok"
of = "hard"
"""


def _registry(world: World) -> Registry:
    world.write(CLAIMS, adapter_config__json=PEFT, rows__csv=ROWS)
    return world.build().registry


def test_it_is_read_as_it_was_written(world: World) -> None:
    registry = _registry(world)
    world.lock.write_text(lock.dump(registry), encoding="utf-8")
    assert lock.load(world.lock) == registry


def test_a_family_that_may_have_others_is_told_as_such(world: World) -> None:
    world.write(f"others = true\n{CLAIMS}", adapter_config__json=PEFT, rows__csv=ROWS)
    registry = world.build().registry
    world.lock.write_text(lock.dump(registry), encoding="utf-8")
    assert [one.others for one in lock.load(world.lock).families] == [True]


def test_it_holds_one_sorted_line_for_each_value(world: World) -> None:
    first, *rest = lock.dump(_registry(world)).splitlines()
    assert json.loads(first) == {"claims": _registry(world).claims_digest, "lock": 1}
    assert [json.loads(line)[:3] for line in rest] == [
        ["family", "run", "A run"],
        ["population", "run", "hard"],
        ["population", "run", "open"],
        ["artifact", "adapter_config.json", ["run"]],
        ["artifact", "rows.csv", ["run"]],
        ["fact", "run", "base model"],
        ["fact", "run", "examples"],
        ["fact", "run", "rank"],
        ["fact", "run", "wrong"],
        ["end"],
    ]
    assert rest[-2] == (
        '["fact", "run", "wrong", "hard", {"system": "tuned"}, "1/3", "ratio", "1", "3",'
        ' "rows.csv", "count(not tuned_ok) of (hard)", 1, ["ft wrong"]]'
    )


def test_order_does_not_matter(world: World) -> None:
    registry = _registry(world)
    turned = Registry(*(part[::-1] for part in registry[:4]), registry.claims_digest)
    assert lock.dump(turned) == lock.dump(registry)


SCRIPT = """\
import sys
from mirage_lint import cli
cli.main(["build", "--claims", sys.argv[1]])
"""


def test_it_is_the_same_bytes_from_any_directory_and_locale(world: World, tmp_path: Path) -> None:
    _registry(world)
    found = set()
    elsewhere = tmp_path / "else" / "where"
    elsewhere.mkdir(parents=True)
    for seed, place, claims in (
        ("1", world.root, "claims.toml"),
        ("2", elsewhere, "../../claims.toml"),
        ("3", elsewhere, str(world.claims)),
    ):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONUTF8": "0"}
        command = [sys.executable, "-c", SCRIPT, claims]
        subprocess.run(command, cwd=place, env=env, check=True)
        found.add(world.lock.read_bytes())
        world.lock.unlink()
    assert found == {lock.dump(_registry(world)).encode()}


def test_reading_it_imports_little() -> None:
    heavy = ("pydantic", "tomllib", "hashlib", "tarfile", "csv", "importlib.metadata", "regex")
    code = f"import sys, mirage_lint.registry.lock; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


HEADER = '{"claims": "x", "lock": 1}\n'
END = '["end"]\n'
FACT = '["fact", "f", "m", "", {}, "1", "", "", "", "a", "/p", 1, []]\n'
BROKEN = {
    "merge conflict": (
        HEADER + "<<<<<<< ours\n" + FACT + "=======\n>>>>>>> theirs\n",
        ":2: holds merge conflict markers; keep one side (git checkout --ours claims.lock), then"
        " run `mirage-lint build`",
    ),
    "newer version": (
        '{"claims": "x", "lock": 2}\n',
        ": is version 2, newer than this mirage-lint reads (1); upgrade mirage-lint",
    ),
    "empty": ("", ": is cut short; restore it, or delete it and run `mirage-lint build`"),
    "cut": (
        HEADER + FACT[:-5],
        ": is cut short; restore it, or delete it and run `mirage-lint build`",
    ),
    "cut between lines": (
        HEADER + FACT,
        ": is cut short; restore it, or delete it and run `mirage-lint build`",
    ),
    "cut to its head": (
        HEADER,
        ": is cut short; restore it, or delete it and run `mirage-lint build`",
    ),
}
BAD_LINES = {
    "no JSON": "[1,\n",
    "two values in a line": FACT[:-1] + ", 1\n",
    "a blank line": "\n",
    "a number": "1\n",
    "an object": "{}\n",
    "an empty array": "[]\n",
    "an unknown kind": '["x"]\n',
    "a kind that is a list": "[[]]\n",
    "too few items": '["fact", "f"]\n',
    "a value that is no text": FACT.replace('"1"', "1"),
    "a value that is no number": FACT.replace('"1"', '"one"'),
    "a value that divides by zero": FACT.replace('"1"', '"1/0"'),
    "a value that explodes": FACT.replace('"1"', '"1e999999"'),
    "a denominator of zero": FACT.replace('"1", "", "", ""', '"1", "", "1", "0"'),
    "a tier that is none": FACT.replace("1, []", "9, []"),
    "names that are a text": FACT.replace("1, []", '1, "ab"'),
    "a dimension that is a number": FACT.replace("{}", '{"k": 1}'),
    "a family of numbers": '["family", 1, "t", [], [], []]\n',
    "others that are a text": '["family", "f", "t", [], [], [], "yes"]\n',
    "a size that is a text": '["population", "f", "p", "3", "", []]\n',
    "an artifact without digest": '["artifact", "a", ["f"], null, 3, 1]\n',
    "endless nesting": "[" * 100_000 + "]" * 100_000 + "\n",
    "an endless number": "[" + "9" * 5000 + "]\n",
}
BROKEN |= {
    name: (
        HEADER + FACT + line + END,
        ":3: is no line of a lock; restore it, or delete it and run `mirage-lint build`",
    )
    for name, line in BAD_LINES.items()
}


@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_told_with_its_line(world: World, text: str, told: str) -> None:
    world.lock.write_text(text, encoding="utf-8")
    with pytest.raises(MirageError) as error:
        lock.load(world.lock)
    assert str(error.value) == f"{world.lock}{told}"


def test_what_cannot_be_read_is_told(world: World) -> None:
    with pytest.raises(MirageError, match="is absent; run `mirage-lint build`"):
        lock.load(world.lock)
    world.lock.write_bytes(b"\xff\n")
    with pytest.raises(MirageError, match="is not UTF-8"):
        lock.load(world.lock)
    world.lock.unlink()
    world.lock.mkdir()
    with pytest.raises(MirageError, match="cannot be read"):
        lock.load(world.lock)


def test_half_a_character_cannot_break_it(world: World) -> None:
    claims = '[[family.run.table]]\nartifact = "t.json"\nkeys = ["k"]\n'
    world.write(claims, t__json='[{"k": "\\ud800", "acc": 1}]')
    world.lock.write_text(lock.dump(world.build().registry), encoding="utf-8")
    assert lock.load(world.lock).facts[0].dimensions == (("k", "?"),)
