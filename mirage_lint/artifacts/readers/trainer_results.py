"""What a transformers Trainer measured: ``train_results.json``, ``eval_results.json``,
``test_results.json``, ``predict_results.json``, and ``all_results.json`` with all of them.

Other tools write files of these names, too; few of their keys have the name of a split.
"""

import re
from functools import partial
from itertools import islice

from mirage_lint import vocabulary
from mirage_lint.artifacts import fields, json_text, measures, text, values
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "trainer results"

_FILE = re.compile(r"(?:.*/)?(?:train|eval|test|predict|all)_results\.json")
_MOST_KEYS = 100
"""Keys that are looked at."""
_KEY = re.compile(rb'"((?:train|eval|test|predict)_)?\w+"\s*:')


def matches(path: str, head: bytes) -> bool:
    """By the names that transformers gives them, and keys of splits at the top: half of all."""
    if _FILE.fullmatch(path) is None:
        return False
    found = islice(_KEY.finditer(head), _MOST_KEYS)
    of_split = [bool(one[1]) for one in found if _depth(head, one.start()) == 1]
    return any(of_split) and 2 * sum(of_split) >= len(of_split)


def _depth(head: bytes, end: int) -> int:
    """How many objects and lists are open there."""
    opened = head.count(b"{", 0, end) + head.count(b"[", 0, end)
    return opened - head.count(b"}", 0, end) - head.count(b"]", 0, end)


def read(data: bytes, where: str) -> Content:
    """The measures of each split, and the rest by JSON pointer."""
    root = json_text.parse_object(text.decode(data, where), where)
    told = fields.of_format("trainer_results", partial(values.at, root))
    known = vocabulary.load("formats")["trainer_results"]
    rest = (key for key in root if f"/{key}" not in known)
    measured = (measures.of_split(key, root[key], f"/{key}") for key in rest)
    return Content((*told, *(item for item in measured if item)), root=root)
