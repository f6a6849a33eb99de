"""Libraries that only some formats need: imported when such a file is read."""

from importlib import import_module
from types import ModuleType

from mirage_lint.errors import MissingExtraError

LACKS = "needs the extra"
"""How the problem starts that a file has for want of a library."""


def module(name: str, extra: str, where: str) -> ModuleType:
    """The library ``name``; raises MissingExtraError at ``where`` that says which extra has it."""
    try:
        return import_module(name)
    except ImportError:
        problem = f"{LACKS} '{extra}', which is not installed"
        raise MissingExtraError(
            where, problem, f"run `pip install 'mirage-lint[{extra}]'`"
        ) from None
