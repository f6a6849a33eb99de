"""``check --show-settings`` and ``--show-files``: what would be checked, and how."""

from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any, TextIO

from mirage_lint.checking.collect import documents
from mirage_lint.reports.printable import path as shown
from mirage_lint.reports.printable import printable
from mirage_lint.settings.find import Configured
from mirage_lint.settings.options import BY_PATH, SEVERITIES, ByPath, key, options


def show(arguments: SimpleNamespace, out: TextIO) -> int:
    """Print the documents, one a line, or their settings as a file would have them; always 0."""
    found = {path.as_posix(): configured for path, _, configured in documents(arguments)}
    if arguments.show_files:
        out.writelines(f"{shown(path)}\n" for path in found)
        return 0
    groups: dict[Configured, list[str]] = {}
    for path, configured in found.items():
        groups.setdefault(configured, []).append(path)
    out.write("\n".join(_group(*one) for one in groups.items()))
    return 0


def _group(configured: Configured, paths: list[str]) -> str:
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    lines = [f"# {paths[0]}{more}: {configured.file or 'no file of settings'}"]
    for name, option in options():
        value = _WRITERS.get(option.kind, _plain)(getattr(configured.settings, name))
        lines.append(f"{key(name)} = {value}")
    return "".join(f"{printable(line)}\n" for line in lines)


def _plain(value: object) -> str:
    """A text, a list or a switch as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_plain, value))}]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _table(pairs: Iterable[tuple[str, str]]) -> str:
    inside = ", ".join(f"{name} = {value}" for name, value in pairs)
    return f"{{ {inside} }}" if inside else "{}"


def _severities(value: Iterable[tuple[str, str]]) -> str:
    return _table((code, _plain(grade)) for code, grade in value)


def _by_path(value: Iterable[ByPath]) -> str:
    return _table((_plain(one.pattern), _table(_of_path(one))) for one in value)


def _of_path(one: ByPath) -> Iterator[tuple[str, str]]:
    if one.ignore:
        yield "ignore", _plain(one.ignore)
    if one.select is not None:
        yield "select", _plain(one.select)
    if one.severity:
        yield "severity", _severities(one.severity)


_WRITERS: dict[str, Callable[[Any], str]] = {SEVERITIES: _severities, BY_PATH: _by_path}
