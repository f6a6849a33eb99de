"""DVC's record of a pipeline's last run, ``dvc.lock``, and of single data files, ``*.dvc``.

The parameters are those that the run was given; those of known meaning are facts. The rows are the
files that went in (``dep``) and came out (``out``), each with its size and checksum.
Source: https://dvc.org/doc/user-guide/project-structure
"""

from collections.abc import Iterator
from typing import Any

from mirage_lint.artifacts import fields, json_text, text, values, yaml_text
from mirage_lint.artifacts.content import Content, Record
from mirage_lint.core.facts import METADATA, Datum
from mirage_lint.errors import MirageError

TIER = METADATA
NAME = "DVC lock"

_KINDS = {"deps": "dep", "outs": "out"}


def matches(path: str, head: bytes) -> bool:
    """By the names that DVC gives them."""
    return path.rpartition("/")[2] == "dvc.lock" or path.endswith(".dvc")


def read(data: bytes, where: str) -> Content:
    """Its parameters of known meaning, its files as rows, and the whole by JSON pointer."""
    root = yaml_text.parse(text.decode(data, where), where)
    if not isinstance(root, dict):
        raise MirageError(where, "holds no stages", "run `dvc repro`, or fetch it again")
    stages = root.get("stages", {"": root})
    rows, settings = list[Record](), list[Datum | None]()
    for name, stage in stages.items() if isinstance(stages, dict) else ():
        if isinstance(stage, dict):
            rows += _files(name, stage)
            settings += _parameters(name, stage, where)
    return fields.of_settings(settings)._replace(records=tuple(rows), root=root, data=())


def _files(name: str, stage: dict[str, Any]) -> Iterator[Record]:
    for key, kind in _KINDS.items():
        for item in json_text.objects(stage.get(key)):
            yield {"stage": name, "kind": kind} | json_text.record(item)


def _parameters(name: str, stage: dict[str, Any], where: str) -> Iterator[Datum | None]:
    """Each parameter by its own name; DVC writes those of nested ones with dots."""
    pointer = values.pointer("stages", name, "params")
    for leaf in values.leaves(stage.get("params", {}), where):
        key = leaf.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        found = fields.of_script("settings", key, leaf.value)
        yield found and found._replace(pointer=pointer + leaf.pointer)
