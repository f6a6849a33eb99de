"""Counts what the package holds, into ``benchmarks/results/package.json``.

Our own documents tell these figures, and our own `claims.toml` holds them to this file.
"""

import json
import pkgutil
from importlib import import_module
from pathlib import Path
from types import ModuleType

from mirage_lint import commands, reports, vocabulary
from mirage_lint.artifacts import READERS
from mirage_lint.rules.catalog import RULES

RESULT = Path(__file__).parent / "results" / "package.json"


def figures() -> dict[str, int]:
    """Name to count."""
    return {
        "rules": len(RULES),
        "artifact_formats": len(READERS),
        "report_formats": _with_function(reports, "report"),
        "commands": _with_function(commands, "run"),
        "units": len(vocabulary.load("units")),
        "settings": len(vocabulary.load("fields")),
        "model_families": len(vocabulary.load("models")["families"]),
    }


def text() -> str:
    """The file's text."""
    return json.dumps(figures(), indent=2) + "\n"


def _with_function(package: ModuleType, name: str) -> int:
    """How many modules of ``package`` have a function ``name``."""
    base = package.__name__
    modules = (
        import_module(f"{base}.{one.name}") for one in pkgutil.iter_modules(package.__path__)
    )
    return sum(hasattr(module, name) for module in modules)


if __name__ == "__main__":
    RESULT.write_text(text(), encoding="utf-8", newline="\n")
    print(text(), end="")
