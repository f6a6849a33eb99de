"""Every option, declared once: files of settings, the command line's help and the page in
``docs/`` are all made of `Settings`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mirage_lint import vocabulary
from mirage_lint.core.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated

CODES, GLOBS, SEVERITIES, PATH, SWITCH, BY_PATH = (
    "codes",
    "globs",
    "severities",
    "path",
    "switch",
    "by path",
)
"""Kinds of options: each is validated, and given on the command line, in a way of its own."""


class Option(NamedTuple):
    """How an option is given, and what it does."""

    kind: str
    help: str
    example: str


class ByPath(NamedTuple):
    """What holds for the documents that a pattern matches; ``select`` is None where not given."""

    pattern: str
    ignore: tuple[str, ...] = ()
    select: tuple[str, ...] | None = None
    severity: tuple[tuple[str, str], ...] = ()


class Settings(NamedTuple):
    """All options with their defaults; a key in a file is the field's name with hyphens."""

    select: Annotated[
        tuple[str, ...],
        Option(CODES, "rules that are told, by code or beginning of code", '["MIR1", "MIR203"]'),
    ] = ("MIR1", "MIR2", "MIR3", "MIR4", "MIR9")
    extend_select: Annotated[
        tuple[str, ...], Option(CODES, "rules that are told besides those of `select`", '["MIR5"]')
    ] = ()
    ignore: Annotated[
        tuple[str, ...],
        Option(CODES, "rules that are not told; the longer of two beginnings wins", '["MIR203"]'),
    ] = ()
    severity: Annotated[
        tuple[tuple[str, str], ...],
        Option(SEVERITIES, "`error` or `warning`, by rule", '{ MIR203 = "error" }'),
    ] = ()
    per_path: Annotated[
        tuple[ByPath, ...],
        Option(
            BY_PATH,
            "`ignore`, `select` and `severity` for the documents that a pattern matches; on the "
            "command line, what to ignore in them",
            '{ "docs/old/" = { ignore = ["MIR2"] } }',
        ),
    ] = ()
    include: Annotated[
        tuple[str, ...],
        Option(GLOBS, "which files of a folder are documents", '["*.md", "*.mdx"]'),
    ] = ("*.md", "*.markdown", "*.ipynb")
    exclude: Annotated[
        tuple[str, ...],
        Option(GLOBS, "files and folders that are left out", '["vendor/"]'),
    ] = (".*/", "node_modules/", "__pycache__/", "venv/")
    extend_exclude: Annotated[
        tuple[str, ...],
        Option(GLOBS, "files and folders that are left out besides", '["tests/data/"]'),
    ] = ()
    records: Annotated[
        tuple[str, ...],
        Option(
            GLOBS,
            "documents that tell of the past or of plans, in any case of letters: read, and "
            "nothing told of them",
            '["CHANGELOG.md", "journal/"]',
        ),
    ] = tuple(vocabulary.load("records"))
    respect_gitignore: Annotated[
        bool, Option(SWITCH, "leave out what git ignores in a folder", "false")
    ] = True
    force_exclude: Annotated[
        bool, Option(SWITCH, "leave out what is excluded though it is named, too", "true")
    ] = False
    claims: Annotated[
        str,
        Option(PATH, "the registry (default: the nearest claims.toml above)", '"data/claims.toml"'),
    ] = ""
    baseline: Annotated[
        str,
        Option(
            PATH,
            "the file of known findings (default: mirage-lint-baseline.json beside the registry)",
            '"lint/known.json"',
        ),
    ] = ""


def options() -> Iterator[tuple[str, Option]]:
    """Every field of `Settings` with its option."""
    from typing import Annotated, get_type_hints

    told = get_type_hints(Settings, localns={"Annotated": Annotated}, include_extras=True)
    for name, annotation in told.items():
        yield name, annotation.__metadata__[0]


def key(name: str) -> str:
    """A field's name as files and the command line write it."""
    return name.replace("_", "-")
