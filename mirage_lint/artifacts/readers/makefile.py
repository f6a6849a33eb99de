"""Makefiles: their variables (``EPOCHS ?= 3``), read and never made.

What depends on a run (the environment, the output of commands, functions) has no value here.
"""

import re
from collections.abc import Iterator

from mirage_lint.artifacts import fields, text
from mirage_lint.artifacts.content import Content
from mirage_lint.core.facts import SCRIPT

TIER = SCRIPT
NAME = "Makefile"

_NAMES = ("makefile", "gnumakefile")
_VARIABLE = re.compile(
    r" *(?:(?:export|override) +)*(?P<name>[A-Za-z_][\w.-]*)[ \t]*"
    r"(?P<kind>::?:?|\?|\+)?=[ \t]*(?P<value>.*)"
)
_DEFINE = re.compile(r" *(?:override +)?(?:define +(?P<name>\S+)|endef\b)")
_REFERENCE = re.compile(r"\$[({](\w[\w.-]*)[)}]")
_COMMENT = re.compile(r"(?<!\\)#.*")
_LONGEST_VALUE = 1000


def matches(path: str, head: bytes) -> bool:
    """By the names that make looks for, or the ending of what they include."""
    name = path.rpartition("/")[2].lower()
    return name in _NAMES or name.endswith((".mk", ".mak", ".make"))


def read(data: bytes, where: str) -> Content:
    """What it sets to plain values; a value that is set twice alike counts once."""
    variables: dict[str, str] = {}
    found = []
    for name, kind, raw in _assignments(text.decode_script(data, where)):
        value = _expanded(raw, variables)
        if kind == "+":
            value = f"{variables.get(name, '$')} {value}"
        variables[name] = value if len(value) <= _LONGEST_VALUE else ""
        if variables[name] and "$" not in value and "`" not in value:
            found.append(fields.of_script("settings", name, value))
    return fields.of_settings(found)


def _assignments(source: str) -> Iterator[tuple[str, str, str]]:
    """Name, kind and value of each variable, outside of recipes and definitions."""
    is_defining = False
    for line in source.replace("\\\n", " ").split("\n"):
        define = _DEFINE.match(line)
        if define:
            is_defining = define["name"] is not None
        elif not is_defining and (found := _VARIABLE.fullmatch(_COMMENT.sub("", line))):
            yield found["name"], found["kind"] or "", found["value"].strip()


def _expanded(value: str, variables: dict[str, str]) -> str:
    """``value`` with known variables put in; unknown ones stay as they are."""
    if len(value) > _LONGEST_VALUE:
        return ""
    return _REFERENCE.sub(lambda match: variables.get(match[1]) or match[0], value)
