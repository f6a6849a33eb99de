"""``facts QUERY``: names with signs and digits in them, values that are text, checksums."""

import hashlib
import json

import pytest
from cli_world import PEFT, World

CLAIMS = """\
version = 1
[family.nets]
title = "Nets"
aliases = ["zoo v1.5"]
artifacts = ["adapter_config.json"]
[[family.nets.table]]
artifact = "rows.csv"
keys = ["model"]
"""
ROWS = "model,acc\nResNet-50,0.5\nresnet_101,0.75\nDenseNet 50,0.625\nresnet-50d,0.875\n"


@pytest.fixture
def nets(bare: World) -> World:
    """A registry of models whose names have digits."""
    bare.write("claims.toml", CLAIMS)
    bare.write("rows.csv", ROWS)
    bare.write("adapter_config.json", PEFT)
    assert bare.run("build").status == 0
    return bare


DIGEST = hashlib.sha256(PEFT.encode()).hexdigest()
QUERIES = {
    "a name with a hyphen": ("resnet-50", ["0.5"]),
    "its other spellings": ("ResNet_50", ["0.5"]),
    "one that is written as one word": ("resnet101", ["0.75"]),
    "a name in a question": ("what is the acc of resnet-50?", ["0.5"]),
    "a name and a value": ("resnet-50 50%", ["0.5"]),
    "a name and the value of another": ("resnet-50 75%", []),
    "a model that is a value": ("org/llama-3-8b", ["org/llama-3-8b"]),
    "a model without its organisation": ("llama-3-8b", ["org/llama-3-8b"]),
    "another model": ("llama-3-70b", []),
    "an alias of the family": ("zoo v1.5 rank", ["8"]),
    "a path": ("adapter_config.json", ["8", "org/llama-3-8b"]),
    "a checksum": (DIGEST, ["8", "org/llama-3-8b"]),
    "the start of one": (DIGEST[:12].upper(), ["8", "org/llama-3-8b"]),
    "another checksum": ("0" * 64, []),
    "a number with a letter": ("5e-1", ["0.5"]),
}


@pytest.mark.parametrize(("query", "values"), QUERIES.values(), ids=QUERIES)
def test_facts_are_found_by(nets: World, query: str, values: list[str]) -> None:
    out = nets.run("facts", query, "--output-format", "json").out
    assert sorted(fact["value"] for fact in json.loads(out) if fact["metric"] != "model") == values
