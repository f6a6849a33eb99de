"""Which rules are told of a document, and how grave they are."""

from __future__ import annotations

from collections.abc import Iterable

from mirage_lint.settings.globs import matches
from mirage_lint.settings.options import Settings


class Choice:
    """The rules of one document; ``path`` is where it lies, from where patterns count."""

    def __init__(self, settings: Settings, path: str) -> None:
        here = [one for one in settings.per_path if matches(one.pattern, path)]
        self._wanted = (*settings.select, *settings.extend_select)
        self._ignored = settings.ignore
        self._severity = dict(settings.severity)
        for one in here:
            self._wanted = self._wanted if one.select is None else one.select
            self._ignored += one.ignore
            self._severity |= one.severity

    def tells(self, code: str) -> bool:
        """Whether the rule is told: the longest beginning of its code decides, of two alike
        `ignore`.
        """
        return _longest(code, self._wanted) > _longest(code, self._ignored)

    def severity(self, code: str, default: str) -> str:
        """How grave the rule is here."""
        length = _longest(code, self._severity)
        return self._severity[code[:length]] if length >= 0 else default


def _longest(code: str, beginnings: Iterable[str]) -> int:
    """The length of the longest of ``beginnings`` that ``code`` has, -1 where it has none."""
    return max((len(one) for one in beginnings if code.startswith(one)), default=-1)
