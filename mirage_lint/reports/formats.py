"""The formats that a check can be told in, each with the module that tells it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from mirage_lint.reports.report import Report

FORMATS = {
    "full": "full",
    "text": "full",
    "concise": "concise",
    "json": "json_array",
    "jsonl": "json_lines",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "rdjson": "rdjson",
    "markdown": "markdown",
}

FOR_PEOPLE = frozenset({"full", "text", "concise"})
"""Those that a further line may follow."""
TELL_HISTORY = frozenset({"full", "text", "json", "jsonl"})
"""Those that tell what git knows of a finding."""
TELL_FIXES = frozenset({"json", "jsonl", "sarif", "rdjson"})
"""Those that tell how to mend a finding."""


def reporter(name: str) -> Callable[[Report], str]:
    """What tells a check in the format ``name``; imported only here."""
    module = import_module(f"mirage_lint.reports.{FORMATS[name]}")
    found: Callable[[Report], str] = module.report
    return found
