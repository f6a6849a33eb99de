"""Which cells of a model zoo's tables its metafiles hold, found without the linter.

A row of a ``README.md`` belongs to the models of the ``metafile.yml`` beside it whose name stands
in the row in code signs, or else whose configuration the row links. A column belongs to a field by
its head alone: "Params" to ``Metadata.Parameters``, "Flops" to ``Metadata.FLOPs``, any other to the
metric of the results that is called so ("Top-1" for ``Top 1 Accuracy``), or whose only metric it
can be. A cell with a number is held where its model has that field, whatever its value. Where a
column's head fits two fields, or no model is found, the cell does not count.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_NUMBER = re.compile(r"\*{0,2}(\d+(?:\.\d+)?)%?\*{0,2}\\?\*?")
_NAME = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\]\(([^)]+\.py)\)")
_RULE = re.compile(r"\|?[\s:|-]+\|[\s:|-]*")


class Cell(NamedTuple):
    """A cell that a metafile holds: its line from 1, its number, its head and its model."""

    line: int
    text: str
    head: str
    model: str


def cells(document: Path, text: str) -> Iterator[Cell]:
    """The held cells of a document."""
    metafile = document.parent / "metafile.yml"
    if not metafile.exists():
        return
    models = yaml.safe_load(metafile.read_text(encoding="utf-8"))["Models"]
    lines = text.split("\n")
    heads: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.lstrip().startswith("|"):
            heads = []
        elif not heads:
            heads = _split(line)
        elif not _RULE.fullmatch(line.strip()):
            yield from _of_row(number, _split(line), heads, models)


def _split(line: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _of_row(
    number: int, row: list[str], heads: list[str], models: list[dict[str, Any]]
) -> Iterator[Cell]:
    found = _models(row, models)
    for text, head in zip(row, heads, strict=False):
        match = _NUMBER.fullmatch(text)
        holding = [one for one in found if match and _holds(one, head)]
        if match and holding:
            yield Cell(number, match[1], head, str(holding[0]["Name"]))


def _models(row: list[str], models: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = {name for cell in row for name in _NAME.findall(cell)}
    links = {Path(link).name for cell in row for link in _LINK.findall(cell)}
    named = [one for one in models if one["Name"] in names]
    return named or [one for one in models if Path(str(one.get("Config"))).name in links]


def _holds(model: dict[str, Any], head: str) -> bool:
    """Whether a model's entry has the field that a head names."""
    words = _words(head)
    metadata = model.get("Metadata") or {}
    if words[:1] in (["params"], ["parameters"]):
        return metadata.get("Parameters") is not None
    if words[:1] == ["flops"]:
        return metadata.get("FLOPs") is not None
    results = model.get("Results") or []
    metrics = {str(key) for one in results for key in (one.get("Metrics") or {})}
    return any(_words(metric)[: len(words)] == words for metric in metrics) if words else False


def _words(name: str) -> list[str]:
    """ "Top-1 (%)" and "Top 1 Accuracy" begin alike; units in parentheses say nothing."""
    plain = re.sub(r"\([^)]*\)|<[^>]+>", " ", name)
    return re.findall(r"[a-z]+|\d+", plain.lower())
