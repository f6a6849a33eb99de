"""Makes the JSON Schema of ``claims.toml``, by which editors complete and check it.

The shape is that of `mirage_lint.registry.schema`, and what each key means is told in the tables of
``docs/registry.md``.
"""

import json
import re
from pathlib import Path
from typing import Any

from mirage_lint.registry import schema

FOLDER = Path(__file__).parent
GUIDE = FOLDER / "registry.md"
COPIES = (FOLDER / "claims.schema.json", Path(schema.__file__).parent / "claims.schema.json")

_SECTIONS = {
    "FamilyEntry": ("A family",),
    "FamiliesEntry": ("A family", "A family for each folder"),
    "PopulationEntry": ("Populations",),
    "TableEntry": ("Tables",),
    "FactEntry": ("Facts",),
}
"""Per model, the sections whose first table tells its keys."""

Schema = dict[str, Any]


def _given(*keys: str) -> Schema:
    """That all keys are there, and not empty: an empty one is as good as none."""
    filled = {"minLength": 1, "minItems": 1}  # each is asked of its own type alone
    return {"required": list(keys), "properties": dict.fromkeys(keys, filled)}


def _where(condition: Schema, then: Schema) -> Schema:
    return {"if": condition, "then": then}


def _any(*keys: str) -> Schema:
    return {"anyOf": [_given(key) for key in keys]}


_A_PATTERN = {"pattern": r"\*"}
_RULES = {
    "PopulationEntry": [
        _where(_given("count"), _given("artifact")),
        _where(_given("artifact"), _given("count")),
    ],
    "TableEntry": [
        _where(_given("value"), _given("keys")),
        _where(_given("exclude"), {"properties": {"artifact": _A_PATTERN}}),
    ],
    "FactEntry": [
        {"oneOf": [_given(name) for name in schema.SOURCES]},
        _where(_given("of"), _any("count", "sum")),
        _where(_given("where"), _any(*schema.OVER_ROWS)),
        _where({"required": ["numerator"]}, _given("pointer", "population")),
    ],
    "FamilyEntry": [
        _where(
            _given("exclude"),
            {"required": ["artifacts"], "properties": {"artifacts": {"contains": _A_PATTERN}}},
        )
    ],
    "FamiliesEntry": [
        {"properties": {"each": {**_A_PATTERN, "not": {"pattern": r"\*\*"}}}},
        {"properties": {"title": {"pattern": r"\{(name|path)\}"}}},
    ],
}
"""What the validators of each model refuse beyond the shapes of single keys."""

_TOP = {
    "version": "The version of this format.",
    "plugins": "Modules that read further formats, imported by build.",
    "unit": "Nouns that rows are counted in, each with the words that people write for it.",
    "family": "Run families by name.",
    "families": "Run families by pattern: one for each folder or file that matches.",
}


def text() -> str:
    """The schema as JSON."""
    made = schema.ClaimsFile.model_json_schema()
    guide = GUIDE.read_text(encoding="utf-8")
    for name, model in made["$defs"].items():
        _describe(
            model, {key: told for each in _SECTIONS[name] for key, told in _keys(guide, each)}
        )
        model["allOf"] = _RULES[name]
    _describe(made, _TOP)
    made["anyOf"] = [_not_empty("family"), _not_empty("families")]
    made = _tight(made)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "claims.toml",
        "description": "The registry of mirage-lint: what is true, and where it is written.",
    }
    return json.dumps({**made, **head}, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _keys(guide: str, section: str) -> list[tuple[str, str]]:
    """The keys that the first table of a section tells, with their meaning as plain text."""
    body = guide.partition(f"\n## {section}\n")[2]
    table = re.search(r"^\| Key \| Means \|\n\|---\|---\|\n((?:\|.*\n)+)", body, re.MULTILINE)
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", table[1] if table else "", re.MULTILINE)
    return [(key, _plain(told)) for keys, told in rows for key in re.findall(r"`(\w+)`", keys)]


def _plain(told: str) -> str:
    """Markdown without its marks."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", told).replace("`", "").replace("\\|", "|")


def _not_empty(key: str) -> Schema:
    return {"required": [key], "properties": {key: {"minProperties": 1}}}


def _tight(node: Any) -> Any:
    """The schema without null, which TOML has not, and with no names but those of the patterns."""
    if isinstance(node, list):
        return [_tight(item) for item in node]
    if not isinstance(node, dict):
        return node
    if {"type": "null"} in node.get("anyOf", ()):
        (one,) = (each for each in node["anyOf"] if each != {"type": "null"})
        node = {key: value for key, value in node.items() if key not in ("anyOf", "default")} | one
    if "patternProperties" in node:
        node = {**node, "additionalProperties": False}
    return {key: _tight(value) for key, value in node.items()}


def _describe(model: dict[str, Any], told: dict[str, str]) -> None:
    """Give every key its meaning; KeyError for one that the guide does not tell."""
    for key, shape in model["properties"].items():
        shape["description"] = told[key]
        shape.pop("title", None)
    model.pop("description", None)


if __name__ == "__main__":
    for copy in COPIES:
        copy.write_text(text(), encoding="utf-8", newline="\n")
