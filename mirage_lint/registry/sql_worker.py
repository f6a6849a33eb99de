"""Runs one query in DuckDB, in a process of its own: ``python -m`` this module, within a folder.

DuckDB holds its bounds on memory and time only where it can, so the system has to. It gets the
table as ``rows.csv`` and the job as JSON on standard input, and may read or write nothing else.
"""

import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

MAX_MEMORY = 512 * 2**20
MAX_PROCESS = 3 * 2**30
"""Bytes that DuckDB keeps, and that the process as a whole may map."""

MAX_ROWS = 100_000
_MAX_TEXT = 10_000

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": f"{MAX_MEMORY}B",
    "threads": 1,
    "temp_directory": "spill",
    "max_temp_directory_size": "4GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
}


_ROWS_OF = ("generate_series", "range", "unnest", "repeat", "repeat_row", "json_each", "json_tree")
"""Functions that stand for a table and need nothing but their arguments."""

_FUNCTIONS = (
    "SELECT function_name, function_type, stability, macro_definition FROM duckdb_functions()"
)
_COLUMNS = "SELECT column_name FROM duckdb_columns() WHERE table_name = 'artifact'"
_CLOCKS = frozenset(
    {"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"}
)
"""What SQL writes without brackets."""

_WORD = re.compile(r"\w+")


class RefusedError(Exception):
    """A query that is not run, or a result that is no row of exact values."""


def run(job: dict[str, Any]) -> dict[str, Any]:
    """``query`` over ``columns``, name to type: the names and rows of its result, or its error."""
    import duckdb

    with duckdb.connect("rows.duckdb", config=_SETTINGS) as database:
        try:
            _load(database, job["columns"])
            return _answer(database, job["query"])
        except (duckdb.Error, RefusedError) as error:
            return {"error": str(error)}


def _load(database: Any, columns: dict[str, str]) -> None:
    """Make the table, and shut every door to the files and the network."""
    texts = ", ".join(f"{_quoted(name, chr(39))}: 'VARCHAR'" for name in columns)
    names = (
        f"{cell} AS {cell}" if kind == "VARCHAR" else f"CAST({cell} AS {kind}) AS {cell}"
        for cell, kind in ((_quoted(name, '"'), kind) for name, kind in columns.items())
    )
    database.execute(
        f"CREATE TABLE artifact AS SELECT {', '.join(names)} FROM read_csv('rows.csv', "
        f"columns = {{{texts}}}, header = false, auto_detect = false, delim = ',', "
        "quote = '\"', escape = '\"', nullstr = '', max_line_size = 67108864, parallel = false)"
    )
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")


def _quoted(name: str, mark: str) -> str:
    return mark + name.replace(mark, mark * 2) + mark


def _answer(database: Any, query: str) -> dict[str, Any]:
    statements = database.extract_statements(query)
    if len(statements) != 1 or statements[0].type.name != "SELECT":
        raise RefusedError("it is not one SELECT")
    _refuse_unsteady(database, query)
    result = database.execute(statements[0])
    names = [name for name, *_ in result.description]
    for name, kind, *_ in result.description:
        if str(kind) in ("DOUBLE", "FLOAT"):
            raise RefusedError(
                f"'{name}' is a floating-point number, which is not exact: give numerator and "
                "denominator, or CAST it to DECIMAL"
            )
    rows = result.fetchmany(MAX_ROWS + 1)
    if len(rows) > MAX_ROWS:
        raise RefusedError(f"it gives more than {MAX_ROWS:,} rows")
    return {"names": names, "rows": [[_text(cell) for cell in row] for row in rows]}


def _refuse_unsteady(database: Any, query: str) -> None:
    """Raise RefusedError for what gives another result tomorrow: clocks, chance, settings."""
    (told,) = database.execute("SELECT json_serialize_sql(?)", [query]).fetchone()
    tree = json.loads(told)
    if tree.get("error"):
        raise RefusedError("it is of a kind that cannot be looked through: write it more plainly")
    unsteady = _unsteady(database.execute(_FUNCTIONS).fetchall())
    columns = {name.lower() for (name,) in database.execute(_COLUMNS).fetchall()}
    for node in _nodes(tree["statements"]):
        function, names = node.get("function_name"), node.get("column_names")
        clock = names[0].lower() if isinstance(names, list) and len(names) == 1 else ""
        if node.get("sample") or (clock in _CLOCKS - columns):
            what = clock or "a sample"
        elif function in unsteady:
            what = f"{function}()"
        else:
            continue
        raise RefusedError(f"{what} may give another result next time, and a fact must not")


def _unsteady(functions: list[tuple[str, str, str | None, str | None]]) -> set[str]:
    """The functions of which no form gives the same each time, and those that look elsewhere."""
    own = [one for one in functions if one[1] in ("scalar", "aggregate", "window")]
    steady = {name for name, _, stability, _ in own if stability == "CONSISTENT"}
    found = {name for name, *_ in own} - steady
    found |= {name for name, kind, *_ in functions if kind == "table"} - steady - {*_ROWS_OF}
    macros = (
        (name, definition or "") for name, kind, _, definition in functions if "macro" in kind
    )
    changing = found | _CLOCKS
    return found | {name for name, told in macros if not changing.isdisjoint(_WORD.findall(told))}


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of a tree."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
        waiting += (
            node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        )


def _text(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return format(cell, "f")
        case int() | str() if len(str(cell)) <= _MAX_TEXT:
            return str(cell)
    raise RefusedError(f"a {type(cell).__name__} of it is no number and no short text")


def _bound() -> None:
    """Let the system end the process beyond its memory, where it knows how."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_PROCESS, MAX_PROCESS))


if __name__ == "__main__":
    _bound()
    json.dump(run(json.load(sys.stdin)), sys.stdout)
