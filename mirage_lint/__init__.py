"""mirage-lint checks the numbers and model names in documentation against their artifacts."""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it: `typing` is not imported for them alone
if TYPE_CHECKING:
    from mirage_lint.api import Finding, MirageError, Registry, check_text, load_registry

__all__ = ["Finding", "MirageError", "Registry", "__version__", "check_text", "load_registry"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """The names of `api`, imported only where one is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mirage_lint import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
