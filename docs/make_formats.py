"""Makes ``docs/formats.md`` of the readers' docstrings, which are their manual pages."""

import re
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

from mirage_lint.artifacts import READERS
from mirage_lint.artifacts.content import Reader
from mirage_lint.core.facts import METADATA, NARRATIVE, SCRIPT

PAGE = Path(__file__).parent / "formats.md"

_INTRO = """\
# Formats of artifacts

Made by `docs/make_formats.py` from the docstrings of `mirage_lint/artifacts/readers`. How
`claims.toml` names artifacts, their rows and their values is told in
[Writing a registry](registry.md).

A file is of the first format here that it fits, by its path and its first bytes. It may be a member
of a tar or zip archive, too. Nothing that is read is run, imported or unpickled. A file that is
broken, too large or nested too deeply ends the build with one line that names the place and the
bound.

Where two files of a family differ, the stronger wins: run metadata over defaults of scripts, those
over what people wrote.
"""
_TIERS = {METADATA: "run metadata", SCRIPT: "defaults of a script", NARRATIVE: "written by people"}


def text() -> str:
    """The whole page."""
    sections = (line for reader in READERS for line in _section(reader))
    return "\n".join([_INTRO, *_table(), *sections]).rstrip() + "\n"


def _table() -> Iterator[str]:
    yield "| Format | Strength |"
    yield "|---|---|"
    for reader in READERS:
        anchor = re.sub(r"[^\w -]", "", reader.NAME.lower()).replace(" ", "-")
        yield f"| [{reader.NAME}](#{anchor}) | {_TIERS[reader.TIER]} |"
    yield ""


def _section(reader: Reader) -> Iterator[str]:
    about, _, source = _markdown(reader.__doc__).partition("Source: ")
    yield f"## {reader.NAME}\n\n{about.strip()}\n"
    yield f"- Known {_lower(_markdown(reader.matches.__doc__))}"
    gives, *further = (
        " ".join(one.split()) for one in _markdown(reader.read.__doc__).split("\n\n")
    )
    yield from (f"- {one}" for one in (f"Gives {_lower(gives)}", *further))
    if source:
        link = re.sub(r"https://[^\s,]+", r"<\g<0>>", source.strip())
        yield f"- Source: {link}"
    yield ""


def _markdown(doc: str | None) -> str:
    return cleandoc(doc or "").replace("``", "`")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8", newline="\n")
