"""What comments and front matter bind, to what, and what is told of those that bind nothing."""

import json

import pytest
from cli_world import World

from mirage_lint.byhand.ids import Ids
from mirage_lint.core.facts import METADATA, Fact, Source

CLAIMS = """\
version = 1
[family.one]
title = "The first run"
aliases = ["first run"]
artifacts = ["one/adapter_config.json"]
[family.one.population]
all = { size = 400 }
hard = { size = 37, within = "all" }
[[family.one.table]]
artifact = "results.csv"
keys = ["system"]
[[family.one.fact]]
metric = "miss rate"
population = "hard"
artifact = "results.csv"
pointer = "system=tuned/slips"
unit = "ratio"
[family.two]
title = "The second run"
aliases = ["second run"]
artifacts = ["two/adapter_config.json"]
"""
ADAPTER = '{"peft_type": "LORA", "r": %s, "base_model_name_or_path": "org/%s"}'
RESULTS = "system,accuracy,slips,loss\nbase,0.41,0.3,2.5\ntuned,0.9919,0.0270,0.31\n"
RANK = "<!-- claim: one.rank -->"
TUNED = "<!-- claim: one.accuracy{system=tuned} -->"
BASE = "<!-- claim: one.accuracy{system=base} -->"


@pytest.fixture
def world(bare: World) -> World:
    bare.write("claims.toml", CLAIMS)
    bare.write("one/adapter_config.json", ADAPTER % (8, "llama-3-8b"))
    bare.write("two/adapter_config.json", ADAPTER % (16, "llama-2-13b"))
    bare.write("results.csv", RESULTS)
    assert bare.run("build").status == 0
    return bare


def readings(world: World, text: str, name: str = "doc.md") -> list[str]:
    """``text status fact`` of every claim that is judged."""
    world.write(name, text)
    told = json.loads(world.run("claims", name, "--output-format", "json").out)
    return [
        f"{one['text']} {one['status']} {' '.join(fact['id'] for fact in one['facts'])}"
        for one in told
        if one["status"] != "unbound"
    ]


def found(world: World, text: str, name: str = "doc.md") -> list[str]:
    """``line code message`` of every finding."""
    world.write(name, text)
    status, out, err = world.run("check", name, "--output-format", "json")
    told = [f"{one['line']} {one['code']} {one['message']}" for one in json.loads(out)]
    assert (status, err) == (int(bool(told)), "")
    return told


RIGHT, WRONG = "verified one.rank", "contradicted one.rank"
BOUND = {
    "the next number": (f"We have {RANK} 8 and 9.\n", [f"8 {RIGHT}"]),
    "wrong": (f"We have {RANK} 9 and 8.\n", [f"9 {WRONG}"]),
    "the end of a line": (f"It is 8 then. {RANK}\nAnd 9.\n", [f"8 {RIGHT}"]),
    "the nearest on a line": (f"It is 9 or 8. {RANK}\n", [f"8 {RIGHT}"]),
    "a block below": (f"{RANK}\n\nIt is 8, not 9.\n", [f"8 {RIGHT}"]),
    "a paragraph right below": (f"{RANK}\nIt is 8, not 9.\n", [f"8 {RIGHT}"]),
    "a heading": (f"{RANK}\n## Only 8\n\nIt is 9.\n", [f"8 {RIGHT}"]),
    "an item": (f"- it is {RANK} 8\n- it is 9\n", [f"8 {RIGHT}"]),
    "code": (f"{RANK}\n```yaml\nname: x\nfoo: 8\n```\n", [f"foo: 8 {RIGHT}"]),
    "a cell": (f"| a | b |\n|---|---|\n| 7 {RANK} | 9 |\n", [f"7 {WRONG}"]),
    "a cell, before": (f"| a | b |\n|---|---|\n| 7 | {RANK} 8 |\n", [f"8 {RIGHT}"]),
    "the last cell": (f"| a | b |\n|---|---|\n| 7 | 8 {RANK} |\n", [f"8 {RIGHT}"]),
    "a cell of HTML": (f"<table><tr><td>7<td>8 {RANK}</table>\n", [f"8 {RIGHT}"]),
    "two in a row": (
        f"{BASE}{TUNED} From 41% to 99.2%.\n",
        [
            "41% verified one.accuracy{system=base}",
            "99.2% verified one.accuracy{system=tuned}",
        ],
    ),
    "two on lines": (f"{RANK}\n<!-- claim: one.base_model -->\nLlama 3 8B, 8.\n", None),
    "a silence between": (f"{RANK}\n<!-- mirage-lint: ignore -->\n9 it is.\n", [f"9 {WRONG}"]),
    "a model": (
        "By 3 of <!-- claim: one.base_model --> the Llama 2 13B.\n",
        ["Llama 2 13B contradicted one.base model"],
    ),
    "part of an id": (
        "<!-- claim: ONE.Miss-Rate --> 2.7%\n",
        ["2.7% verified one.miss rate[hard]"],
    ),
    "a fraction and its percentage": (
        "<!-- claim: one.miss_rate[hard] --> 1/37 (2.7%)\n",
        ["1/37 verified one.miss rate[hard]", "2.7% verified one.miss rate[hard]"],
    ),
    "rounded wrong": (f"{TUNED} 99.1%\n", ["99.1% contradicted one.accuracy{system=tuned}"]),
    "what would be of elsewhere": (
        f"Other et al. (2020) report {TUNED} 98%.\n",
        ["98% contradicted one.accuracy{system=tuned}"],
    ),
    "another unit": (
        "<!-- claim: one.examples[all] --> 400 steps\n",
        ["400 steps contradicted one.examples[all]"],
    ),
    "shown as code": (f"`{RANK}` 9\n\n```html\n{RANK}\n```\n\n9\n", []),
}


@pytest.mark.parametrize(("text", "told"), BOUND.values(), ids=BOUND)
def test_what_is_bound(world: World, text: str, told: list[str] | None) -> None:
    expected = ["Llama 3 8B verified one.base model", "8 verified one.rank"]
    assert readings(world, text) == (expected if told is None else told)


def test_the_slot_that_would_make_it_true_names_the_rule(world: World) -> None:
    assert found(world, f"{TUNED} 99.1%, {BASE} 99.2%, {RANK} 16, {TUNED} 12%\n") == [
        "1 MIR102 '99.1%' is rounded wrong: it is 99.19%",
        "1 MIR105 '99.2%' is the accuracy at system tuned; at system base it is 41%",
        "1 MIR201 '16' is the rank of two; of one it is 8",
        "1 MIR101 '12%': the accuracy of one at system tuned is 99.19%",
    ]


BROKEN = {
    "misspelt": ("<!-- claim: one.rnk --> 8", "'one.rnk' is no fact; did you mean 'one.rank'?"),
    "no run": ("<!-- claim: on.rank --> 8", "'on.rank' is no fact; no run is called 'on': did you"),
    "several": (
        "<!-- claim: one.accuracy --> 8",
        "'one.accuracy' names 2 facts: say which, of one.accuracy{system=base}, one.accuracy",
    ),
    "other settings": ("<!-- claim: one.accuracy{system=x} --> 8", "'one.accuracy{system=x}' is"),
    "another population": ("<!-- claim: one.miss_rate[all] --> 8", "'one.miss_rate[all]' is no"),
    "empty": ("<!-- claim: --> 8", "it names no fact"),
    "not closed": ("<!-- claim: one.rank 8", "the comment is not closed"),
    "no number": (f"It has none. {RANK}", "no number stands beside it"),
    "no number below": (f"{RANK}\nNone.\n\n8", "no number stands in the block below it"),
    "nothing below": (f"8\n\n{RANK}", "no number stands in the block below it"),
    "no model": ("<!-- claim: one.base_model --> 8", "no model stands beside it"),
    "one too many": (f"{RANK}{RANK} 8", "no number stands beside it"),
    "above a table": (f"{RANK}\n\n| a | b |\n|---|---|\n| x | 8 |\n", "it stands above a table"),
    "no such run": ("<!-- mirage-lint: family=onne -->", "no run is called 'onne'; did you mean"),
    "no such rows": (
        "<!-- mirage-lint: family=one population=hrd -->",
        "no population of one is called 'hrd'; did you mean 'hard'?",
    ),
    "rows of another run": ("<!-- mirage-lint: family=two population=hard -->", "no population of"),
    "a strange key": (
        "<!-- mirage-lint: family=one populaton=hard -->",
        "'populaton' is not known",
    ),
    "a key twice": ("<!-- mirage-lint: family=one family=two -->", "'family' is told twice"),
    "a strange word": ("<!-- mirage-lint: family=one hard -->", "'hard' is not understood"),
    "front matter": ("---\nmirage-lint: {family: onne}\n---\n", "no run is called 'onne'"),
    "front matter of lines": ("---\nmirage-lint:\n  family: onne\n---\n", "no run is called 'onn"),
}


@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=BROKEN)
def test_what_binds_nothing_is_told(world: World, text: str, told: str) -> None:
    messages = found(world, f"{text}\n")
    assert len(messages) == 1
    assert f"MIR906 binds nothing: {told}" in messages[0]


def test_a_misspelt_key_is_told(world: World) -> None:
    (told,) = found(world, "<!-- mirage-lint: familly=one -->\n")
    assert told.startswith("1 MIR904 silences nothing: 'familly=one' is not known; did you mean 'f")


def test_a_broken_binding_can_be_silenced(world: World) -> None:
    text = "It has <!-- claim: one.rnk --> 8. <!-- mirage-lint: ignore MIR906 -->\n"
    assert found(world, text) == []


SAYS_ONE, SAYS_TWO = "<!-- mirage-lint: family=one -->", "<!-- mirage-lint: family=two -->"
ONE, TWO = "verified one.rank", "verified two.rank"
SECTIONS = {
    "a section": (
        f"# A\n\n## B\n\n{SAYS_ONE}\n\nRank 8.\n\n### C\n\nRank 8.\n\n## D\n\nRank 8.\n",
        [f"8 {ONE}", f"8 {ONE}", "8 ambiguous one.rank"],
    ),
    "the page": (f"{SAYS_TWO}\n\n# A\n\nRank 16.\n\n## B\n\nRank 16.\n", [f"16 {TWO}"] * 2),
    "front matter": ("---\nmirage-lint: {family: two}\n---\n# A\n\nRank 16.\n", [f"16 {TWO}"]),
    "front matter of lines": (
        "---\ntitle: x\nmirage-lint:\n  family: 'two'\n---\n# A\n\nRank 16.\n",
        [f"16 {TWO}"],
    ),
    "the nearer": (f"{SAYS_TWO}\n# A\n## B\n{SAYS_ONE}\n\nRank 8.\n", [f"8 {ONE}"]),
    "the later": (
        f"# A\n{SAYS_ONE}\n\nRank 8.\n\n{SAYS_TWO}\n\nRank 16.\n",
        [f"8 {ONE}", f"16 {TWO}"],
    ),
    "more than its heading": (f"# The second run\n\n{SAYS_ONE}\n\nRank 8.\n", [f"8 {ONE}"]),
    "less than headings below": (
        f"# A\n\n{SAYS_ONE}\n\n## The second run\n\nRank 16.\n",
        [f"16 {TWO}"],
    ),
    "less than the sentence": (f"{SAYS_ONE}\n\nThe second run has rank 16.\n", [f"16 {TWO}"]),
    "a population": (
        "<!-- mirage-lint: family=one population=hard -->\n\nThe miss rate is 2.70%.\n",
        ["2.70% verified one.miss rate[hard]"],
    ),
}


@pytest.mark.parametrize(("text", "told"), SECTIONS.values(), ids=SECTIONS)
def test_what_sections_speak_of(world: World, text: str, told: list[str]) -> None:
    assert readings(world, text) == told


def test_the_page_says_it_over_the_registry(world: World) -> None:
    registry = CLAIMS.replace('title = "The first run"', 'title = "A"\ndocuments = ["doc.md"]')
    world.write("claims.toml", registry)
    assert world.run("build").status == 0
    assert readings(world, "Rank 8.\n") == [f"8 {ONE}"]
    assert readings(world, f"{SAYS_TWO}\n\nRank 16.\n") == [f"16 {TWO}"]


def test_comments_bind_in_notebooks_and_mdx(world: World) -> None:
    cells = [["# A\n", f"{RANK}\n", "\n", "It is 9."], ["| a |\n", "|---|\n", f"| 8 {RANK} |"]]
    notebook = {"cells": [{"cell_type": "markdown", "source": cell} for cell in cells]}
    assert readings(world, json.dumps(notebook), "doc.ipynb") == [f"9 {WRONG}", f"8 {RIGHT}"]
    text = "{/* claim: one.rank */}\n\nIt is 9.\n\n{/* mirage-lint: family=two */}\n\nRank 16.\n"
    assert readings(world, text, "doc.mdx") == [f"9 {WRONG}", f"16 {TWO}"]


def test_a_wrong_number_is_mended(world: World) -> None:
    world.write("doc.md", f"It is {TUNED}98.2% now.\n")
    assert world.run("check", "--fix", "doc.md").status == 0
    assert world.files()["doc.md"].decode() == f"It is {TUNED}99.2% now.\n"


def test_many_unknown_ids_are_told_in_no_time() -> None:
    place = Source("a", "", METADATA)
    slots = ("", (), "number", "", "1", "", "", place)
    ids = Ids(Fact("one", f"metric {at}", (), *slots) for at in range(5_000))
    told = set()
    for at in range(1_000):
        with pytest.raises(ValueError, match="is no fact") as error:
            ids.fact(f"one.metrik {at}x")
        told.add("did you mean" in str(error.value))
    assert told == {True, False}
