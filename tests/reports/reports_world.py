"""A repository whose documents and names try to break what they are told in."""

import sys
from pathlib import Path

from cli_world import PEFT, World

GOLDEN = Path(__file__).parent / "golden"
FORMATS = {
    "full": "txt",
    "concise": "concise.txt",
    "json": "json",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "junit": "xml",
    "rdjson": "rdjson",
    "markdown": "md",
}
"""Each format with the ending of its reviewed file."""
HOSTILE = "docs/::error::`|,%0A]]>.md" if sys.platform != "win32" else "docs/`,%0A]].md"
FILES = {
    "claims.toml": """\
version = 1

[family.run]
title = "A run"
aliases = ["run a"]
artifacts = ["adapter_config.json", "scores.json"]

[family.other]
title = "Another run"
aliases = ["run b"]
artifacts = ["other/adapter_config.json"]

[[family.run.fact]]
metric = "oddity rate"
unit = "ratio"
artifact = "scores.json"
pointer = "/odd ##[error]"
""",
    "adapter_config.json": PEFT,
    "other/adapter_config.json": '{"peft_type": "LORA", "r": 32}',
    "scores.json": '{"odd ##[error]": 0.25}',
    "docs/page.md": """\
# Runs

Run A has rank 16.

Für Lauf 😀: run A has rank 16.

Run A has rank 32.

The base model of run A is Llama 3
70B.
""",
    "docs/right.md": "Run A has rank 8.\n",
    HOSTILE: "Run A: the oddity rate is 26%. "
    "And ##[error]x ]]> | <script> ::error::y @all \033[31m `z`.\n",
}


def fill(world: World) -> World:
    """Write the repository, and build its lock."""
    (world.root / "doc.md").unlink()
    for name, content in FILES.items():
        world.write(name, content)
    assert world.run("build").status == 0
    return world


def golden(name: str) -> Path:
    """The reviewed file of a format."""
    return GOLDEN / f"report.{FORMATS[name]}"
