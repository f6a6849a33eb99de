"""Python scripts: the defaults that stand in their source, which is parsed and never run.

Constants (``N_EVENTS``, also of a class: ``Config.n_events``), values of dicts
(``CONFIG.optimizer.lr``), options of argparse, click and typer (``--seeds``), defaults of
parameters and literal keyword arguments of calls (``run.n_events``). Constants that are lists, or
hold some, are read by JMESPath (``length(CATALOGUE.*[])``), and their rows as tables.
"""

from mirage_lint.artifacts import python_source, text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import SCRIPT

TIER = SCRIPT
NAME = "Python script"


def matches(path: str, head: bytes) -> bool:
    """By its ending, or a first line that names Python."""
    first = head.partition(b"\n")[0]
    return path.endswith(".py") or (first.startswith(b"#!") and b"python" in first)


def read(data: bytes, where: str) -> Content:
    """What it sets to literals; a value that is set twice alike counts once."""
    return python_source.read(text.decode_script(data, where), where)
