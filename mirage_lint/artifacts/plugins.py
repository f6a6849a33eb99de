"""Readers of other packages, which ``claims.toml`` names: the only foreign code that is ever run.

A plugin is a module that is a `mirage_lint.artifacts.content.Reader`. Nothing it does wrong ends
in a traceback.
"""

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from mirage_lint.artifacts.content import Content, Reader
from mirage_lint.core.facts import TIER_NAMES, Datum
from mirage_lint.errors import MirageError

_MEND = "see 'Other formats' in docs/registry.md"


def load(name: str, where: str) -> Reader:
    """The reader that the module ``name`` is, which is imported.

    Raises MirageError at ``where``, the place that names it, if it is missing or is no reader.
    """
    try:
        module = import_module(name)
    except (Exception, SystemExit) as error:  # it is foreign code: anything may happen
        problem = f"plugin '{name}' cannot be imported ({_told(error)})"
        raise MirageError(where, problem, "install it, or correct the name") from None
    problem = _problem(module)
    if problem:
        raise MirageError(where, f"plugin '{name}' is no reader: {problem}", _MEND)
    return _Guarded(module)


def _problem(module: Any) -> str:
    if getattr(module, "TIER", None) not in TIER_NAMES:
        return "its TIER is not 1, 2 or 3"
    if not isinstance(getattr(module, "NAME", None), str):
        return "its NAME is no text"
    lacking = [name for name in ("matches", "read") if not callable(getattr(module, name, None))]
    return f"it has no function '{lacking[0]}'" if lacking else ""


class _Guarded:
    """A plugin whose errors name the artifact, and which gives nothing but text."""

    def __init__(self, module: ModuleType) -> None:
        self.TIER: int = module.TIER
        self.NAME: str = module.NAME
        self._module = module

    def matches(self, path: str, head: bytes) -> bool:
        """As the plugin says."""
        try:
            return bool(self._module.matches(path, head))
        except Exception as error:
            raise self._failed(path, error) from None

    def read(self, data: bytes, where: str) -> Content:
        """What the plugin finds, with its records gone through once."""
        try:
            content = self._module.read(data, where)
            if not isinstance(content, Content):
                raise TypeError("it returns no Content")
            content = content._replace(records=tuple(content.records))
            _refuse_other_than_text(content)
        except MirageError:
            raise
        except Exception as error:
            raise self._failed(where, error) from None
        return content

    def _failed(self, where: str, error: Exception) -> MirageError:
        problem = f"plugin '{self._module.__name__}' fails ({_told(error)})"
        return MirageError(where, problem, "mend the plugin")


def _refuse_other_than_text(content: Content) -> None:
    for item in (*content.told, *content.data):
        if not isinstance(item, Datum) or not isinstance(item.value, str):
            raise TypeError("a value is no Datum of text")
    for record in content.records:
        if not isinstance(record, Mapping) or not _are_texts(*record, *record.values()):
            raise TypeError("a record is no dict of texts")


def _are_texts(*items: object) -> bool:
    return all(isinstance(item, str) for item in items)


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:200]
