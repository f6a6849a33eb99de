"""The text of a drafted ``claims.toml``."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from mirage_lint.artifacts.extras import LACKS
from mirage_lint.drafting.families import Family, Grouped
from mirage_lint.drafting.found import Role
from mirage_lint.drafting.pools import Draft

_WIDTH = 100
MOST_LEFT_OUT = 12
"""Reasons that a draft tells."""
_FEW = 2
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER = re.compile(r"[\d,]+")
_HEAD = """\
# Drafted by `mirage-lint init`; from here on it is yours. Rename families, give them the aliases
# that prose has for them, take out what no document tells. Take `others = true` from a family
# where no document tells of other runs: then no section of them need agree with it to be held
# against it. Then: mirage-lint build

version = 1
"""


def text(grouped: Grouped) -> str:
    """The whole file: families by name, then what was left out, as comments."""
    blocks = [_HEAD, *(_family(family) for family in grouped.families)]
    if grouped.left_out:
        blocks.append("\n".join(["# Left out:", *_left_out(grouped.left_out), ""]))
    return "\n".join(blocks)


def table(family: str, draft: Draft) -> str:
    """The lines of one table."""
    lines = [f"[[family.{family}.table]]", f"artifact = {quoted(draft.artifact)}"]
    lines += [_filled("exclude", draft.exclude)] if draft.exclude else []
    lines += [f"rows = {quoted(draft.expression)}"] if draft.expression else []
    lines += [_filled("keys", draft.shape.keys)] if draft.shape.keys else []
    lines += [_shared(draft)] if draft.shared else []
    lines += [_filled("columns", draft.shape.metrics)] if draft.shape.has_others else []
    lines += [f"value = {quoted(draft.shape.value)}"] if draft.shape.value else []
    lines += [_named(draft)] if draft.names else []
    return "\n".join(lines) + "\n"


def _named(draft: Draft) -> str:
    """Names of columns in prose, as an inline table."""
    pairs = (f"{_key(name)} = [{', '.join(map(quoted, told))}]" for name, told in draft.names)
    return f"names = {{ {', '.join(pairs)} }}"


def _shared(draft: Draft) -> str:
    """The settings of all rows, as an inline table."""
    pairs = (f"{_key(key)} = {quoted(value)}" for key, value in draft.shared)
    return f"dimensions = {{ {', '.join(pairs)} }}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)


def quoted(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _family(family: Family) -> str:
    lines = [f"# {_plain(family.why)}", f"[family.{family.name}]"]
    lines.append(f"title = {quoted(family.title)}")
    lines.append("others = true")
    lines += [_array("artifacts", family.artifacts)] if family.artifacts else []
    head = "\n".join(lines) + "\n"
    tables = (_told_table(family.name, one) for one in family.tables)
    return "\n".join([head, *tables, *(_role(family.name, one) for one in family.roles)])


def _role(family: str, role: Role) -> str:
    lines = [f"# {_plain(role.model)}", f"[[family.{family}.fact]]"]
    lines += [f"metric = {quoted(role.metric)}", f"artifact = {quoted(role.path)}"]
    return "\n".join([*lines, f"pointer = {quoted(role.pointer)}", ""])


def _told_table(family: str, draft: Draft) -> str:
    rows = "1 row" if draft.rows == 1 else f"{draft.rows:,} rows"
    files = f" of {draft.files} files" if draft.files > 1 else ""
    measures = ", ".join(draft.shape.metrics[:4]) + (", …" if len(draft.shape.metrics) > 4 else "")
    return f"# {rows}{files}: {_plain(measures)}\n{table(family, draft)}"


def _filled(key: str, items: Sequence[str]) -> str:
    """An array in as few lines as hold it."""
    line = f"{key} = [{', '.join(map(quoted, items))}]"
    if len(line) <= _WIDTH:
        return line
    lines = ["  "]
    for item in map(quoted, items):
        if len(lines[-1]) + len(item) >= _WIDTH and lines[-1].strip():
            lines.append("  ")
        lines[-1] += f"{item}, "
    return "\n".join([f"{key} = [", *(each.rstrip() for each in lines), "]"])


def _array(key: str, items: Sequence[str]) -> str:
    """An array in one line, or a line for each item."""
    line = f"{key} = [{', '.join(map(quoted, items))}]"
    if len(line) <= _WIDTH:
        return line
    return "\n".join([f"{key} = [", *(f"  {quoted(item)}," for item in items), "]"])


def _left_out(items: Sequence[tuple[str, str]]) -> Iterator[str]:
    told = [f"#   {_plain(path)}: {_plain(reason)}" for path, reason in together(items)]
    yield from told[:MOST_LEFT_OUT]
    if len(told) > MOST_LEFT_OUT:
        yield f"#   and {len(told) - MOST_LEFT_OUT} more"


def together(items: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Files of one folder or of one name that are left out for the same reason, told once; so are
    all that lack what can be installed.
    """
    lacking = defaultdict[str, list[str]](list)
    for path, reason in items:
        if reason.startswith(LACKS):
            lacking[reason].append(path)
    items = [one for one in items if len(lacking.get(one[1], ())) <= 1]
    several = {reason: paths for reason, paths in lacking.items() if len(paths) > 1}
    items += [(f"{one[0]} and {len(one) - 1} more", reason) for reason, one in several.items()]
    by_folder = _merged(items, lambda path: path.rpartition("/")[0])
    return _merged(by_folder, lambda path: "*/" + path.rpartition("/")[2] if "/" in path else "")


def _merged(items: Sequence[tuple[str, str]], place: Callable[[str], str]) -> list[tuple[str, str]]:
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for path, reason in items:
        groups.setdefault((place(path), _NUMBER.sub("", reason)), []).append((path, reason))
    found = []
    for (where, _), group in groups.items():
        if len(group) <= _FEW or not where:
            found += group
        else:
            found.append((f"{where} ({len(group)} files)", f"{group[0][1]}, and so on"))
    return found


def _plain(text: str) -> str:
    """One line that may stand in a comment."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
