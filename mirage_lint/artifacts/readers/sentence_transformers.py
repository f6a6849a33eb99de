"""Models of sentence-transformers: ``config_sentence_transformers.json``,
``sentence_bert_config.json``, and the ``config.json`` of a pooling or dense module.

Its ``max_seq_length`` is where longer texts are cut in use; training may have cut them earlier.
"""

from mirage_lint.artifacts import told_object
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import METADATA

TIER = METADATA
NAME = "sentence-transformers config"

_FILES = ("config_sentence_transformers.json", "sentence_bert_config.json")
_MODULES = ("_Pooling", "_Dense")


def matches(path: str, head: bytes) -> bool:
    """By the names that sentence-transformers gives them and the folders of modules."""
    folder, _, name = path.rpartition("/")
    return name in _FILES or (name == "config.json" and folder.endswith(_MODULES))


def read(data: bytes, where: str) -> Content:
    """Its known fields, and all others by JSON pointer."""
    return told_object.read(data, where, "sentence_transformers")
