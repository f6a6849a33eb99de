"""The examples on the manual pages of the rules: the bad one is found, the good one is not."""

import json
import re
from collections.abc import Callable
from hashlib import sha256

import pytest
from cli_world import World
from explained_world import CLAIMS, FILES, PEFT

from mirage_lint.rules.catalog import RULES
from mirage_lint.rules.manual import manual

QUOTED = re.compile(r'"([^"]+)"')
EXAMPLES = {
    rule.CODE: [QUOTED.match(example) for example in (manual(rule).bad, manual(rule).good)]
    for rule in RULES
}
SPOKEN = {
    code: tuple(f"{one[1]}\n" for one in found if one)
    for code, found in EXAMPLES.items()
    if all(found)
}
"""The examples that are sentences of a document."""


def codes(world: World, text: str) -> list[str]:
    world.write("README.md", text)
    found = json.loads(world.run("check", "README.md", "--output-format", "json").out)
    return [one["code"] for one in found]


@pytest.mark.parametrize("code", SPOKEN)
def test_what_an_example_says_is_found_or_is_not(runs: World, code: str) -> None:
    bad, good = SPOKEN[code]
    assert (codes(runs, bad), codes(runs, good)) == ([code], [])


def checksum(world: World) -> tuple[list[str], list[str]]:
    digests = [sha256(FILES[name].encode()).hexdigest() for name in ("claims.toml", SCORES)]
    first, second = (codes(world, f"The SHA-256 of `{SCORES}` is {one}.\n") for one in digests)
    return first, second


def stale_lock(world: World) -> tuple[list[str], list[str]]:
    world.write("claims.toml", f"{CLAIMS}# edited\n")
    bad = codes(world, "Nothing.\n")
    assert world.run("build").status == 0
    return bad, codes(world, "Nothing.\n")


def sources_conflict(world: World) -> tuple[list[str], list[str]]:
    world.write("claims.toml", CLAIMS.replace('"mlx/ad', '"train.sh", "mlx/ad'))
    return built(world, "train.sh", ("mlx_lm.lora --iters 500\n", "mlx_lm.lora --iters 600\n"))


def absent_artifact(world: World) -> tuple[list[str], list[str]]:
    (world.root / "short" / "adapter_config.json").unlink()
    bad = told(world.run("build", "--check").out)
    world.write("short/adapter_config.json", PEFT)
    return bad, told(world.run("build", "--check").out)


def built(world: World, name: str, contents: tuple[str, str]) -> tuple[list[str], list[str]]:
    found = []
    for content in contents:
        world.write(name, content)
        found.append(told(world.run("build").out))
    return found[0], found[1]


def told(out: str) -> list[str]:
    return re.findall(r"\bMIR\d{3}\b", out)


def unused_suppression(world: World) -> tuple[list[str], list[str]]:
    good = SPOKEN["MIR101"][1]
    return codes(world, f"<!-- mirage-lint: ignore MIR101 -->\n{good}"), codes(world, good)


def documents_differ(world: World) -> tuple[list[str], list[str]]:
    head = "| Model | Width | Depth | Score |\n|--|--|--|--|\n| a | 1.25 | 3.75 | 71.23 |\n"
    row = "| Net-50 | 25.6 | 4.12 | 76.1 |\n| b | 11.7 | 1.83 | 69.8 |\n"
    world.write("README_ja.md", head + row)
    return both(world, head + row.replace("76.1", "76.7")), both(world, head + row)


def both(world: World, text: str) -> list[str]:
    world.write("README.md", text)
    run = world.run("check", "README.md", "README_ja.md", "--output-format", "json")
    return [one["code"] for one in json.loads(run.out)]


def broken_binding(world: World) -> tuple[list[str], list[str]]:
    text = "<!-- claim: {} -->\nThe short run has rank 8.\n"
    return codes(world, text.format("short.ranks")), codes(world, text.format("short.rank"))


SCORES = "results/scores.csv"
DONE: dict[str, Callable[[World], tuple[list[str], list[str]]]] = {
    "MIR302": documents_differ,
    "MIR401": checksum,
    "MIR901": stale_lock,
    "MIR902": sources_conflict,
    "MIR903": absent_artifact,
    "MIR904": unused_suppression,
    "MIR906": broken_binding,
}
"""The examples that are deeds."""


@pytest.mark.parametrize("code", DONE)
def test_what_an_example_does_is_found_or_is_not(runs: World, code: str) -> None:
    assert DONE[code](runs) == ([code], [])


def test_every_rule_has_examples_that_are_tried() -> None:
    assert {*SPOKEN, *DONE} == {rule.CODE for rule in RULES}
