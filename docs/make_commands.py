"""Makes ``man/mirage-lint.1``, the manual page, and ``docs/commands.md`` of the parser's help."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mirage_lint import __version__
from mirage_lint.commands import usage

ROOT = Path(__file__).parent.parent
MANUAL, PAGE = ROOT / "man" / "mirage-lint.1", ROOT / "docs" / "commands.md"

_FILES = (
    (
        "claims.toml",
        "what is true, and where that is written; the nearest in a folder above counts",
    ),
    ("claims.lock", "every fact with its source, beside it; written by build"),
    ("mirage-lint.toml, .mirage-lint.toml, pyproject.toml", "settings; the nearest one counts"),
    ("mirage-lint-baseline.json", "findings that are known, counted by document and rule"),
)
_ENVIRONMENT = (
    ("NO_COLOR, FORCE_COLOR", "turn colours off, or on where there is no terminal"),
    ("XDG_CACHE_HOME", "where build --check notes what it found up to date"),
    ("GITHUB_STEP_SUMMARY", "the file that --output-format github adds a summary to"),
    ("GITHUB_WORKSPACE, CI_PROJECT_DIR", "the root of the repository, in a CI"),
)
_COUNTED = {"*": "[{}...]", "+": "{}...", "?": "[{}]"}
_INTRO = """\
# Commands

Made by `docs/make_commands.py` from the command line's own parser: `mirage-lint COMMAND --help`
tells the same, and so does `man mirage-lint`.
"""
_MAN_INTRO = """\
.TH MIRAGE-LINT 1 "" "mirage-lint {version}" "User Commands"
.SH NAME
mirage\\-lint \\- {about}
.SH SYNOPSIS
.B mirage\\-lint
.I COMMAND
[\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]
.br
.B mirage\\-lint \\-\\-version
.br
.B mirage\\-lint
[\\fICOMMAND\\fR] \\fB\\-\\-help\\fR"""


class Command(NamedTuple):
    """A command: how it is called, what it does at length, its arguments and options each with
    what it says, and its exit status.
    """

    name: str
    call: str
    about: str
    options: list[tuple[str, str]]
    status: str


def commands() -> list[Command]:
    """All commands, in the order of ``--help``."""
    (found,) = _actions(usage.parser(""), argparse._SubParsersAction)
    summaries = {one.dest: one.help for one in found._choices_actions}
    return [_command(name, one, summaries[name]) for name, one in found.choices.items()]


def _actions(parser: argparse.ArgumentParser, kind: type) -> list:
    return [one for one in parser._actions if isinstance(one, kind)]


def _command(name: str, parser: argparse.ArgumentParser, summary: str) -> Command:
    told = [one for one in parser._actions if not isinstance(one, argparse._HelpAction)]
    places = [_counted(one) for one in told if not one.option_strings]
    call = " ".join([f"mirage-lint {name}", *(["[OPTION...]"] if len(told) > len(places) else [])])
    about = " ".join((parser.description or f"{summary[0].upper()}{summary[1:]}.").split())
    options = [(_written(one), _told(one)) for one in told]
    return Command(name, " ".join([call, *places]), about, options, parser.epilog)


def _counted(action: argparse.Action) -> str:
    return _COUNTED.get(str(action.nargs), "{}").format(_value(action))


def _value(action: argparse.Action) -> str:
    """What stands for the value of an argument."""
    return str(action.metavar or action.dest.rpartition("_")[2].upper())


def _told(action: argparse.Action) -> str:
    """What an argument says, and which values it has."""
    told = [(action.help or "").replace("%%", "%")]
    told += [f"one of {', '.join(action.choices)}"] if action.choices else []
    return "; ".join(filter(None, told))


def _written(action: argparse.Action) -> str:
    """An argument or option as it is typed."""
    flags = ", ".join(action.option_strings)
    takes = action.nargs != 0
    return " ".join([*([flags] if flags else []), *([_value(action)] if takes else [])])


def manual() -> str:
    """The manual page, in the language of roff."""
    whole = usage.parser("")
    about = whole.description.rstrip(".")
    lines = [_MAN_INTRO.format(version=__version__, about=_roff(about[0].lower() + about[1:]))]
    lines += [".SH COMMANDS", *(line for one in commands() for line in _man_command(one))]
    lines += [".SH EXIT STATUS", *_man_list(_statuses(whole.epilog))]
    lines += [".SH FILES", *_man_list(_FILES), ".SH ENVIRONMENT", *_man_list(_ENVIRONMENT)]
    lines += [".SH EXAMPLES", *_man_list(_examples(whole.epilog))]
    return "\n".join(lines) + "\n"


def _man_command(command: Command) -> Iterator[str]:
    yield f".SS {_roff(command.call)}"
    yield _roff(command.about)
    yield from _man_list(command.options)
    yield ".PP"
    yield _roff(f"{command.status[0].upper()}{command.status[1:]}.")


def _man_list(pairs: list[tuple[str, str]]) -> Iterator[str]:
    for term, text in pairs:
        yield f".TP\n.B {_roff(term)}"
        yield _roff(f"{text[:1].upper()}{text[1:]}.")


def _roff(text: str) -> str:
    """Text that roff sets as it stands, with code in bold."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    text = re.sub(r"`([^`]+)`", r"\\fB\1\\fR", text)
    return f"\\&{text}" if text.startswith((".", "'")) else text


def _statuses(epilog: str) -> list[tuple[str, str]]:
    """The exit statuses that the help of all commands tells."""
    return re.findall(r"(\d) ([^,\n]+)", epilog.partition("exit status: ")[2])


def _examples(epilog: str) -> list[tuple[str, str]]:
    return re.findall(r"^  (mirage-lint .*?)  +(.+)$", epilog, re.MULTILINE)


def page() -> str:
    """The page of all commands, in Markdown."""
    return _INTRO + "".join(_section(one) for one in commands())


def _section(command: Command) -> str:
    rows = [f"| {_code(term)} | {text} |" for term, text in command.options]
    table = ["", "| Argument | What it says |", "|---|---|", *rows] if rows else []
    about = re.sub(r"\b(claims\.(?:toml|lock)|docs/[\w.]+)", r"`\1`", command.about)
    lines = [f"## {command.name}", "", "```text", command.call, "```", "", about, *table]
    return "\n" + "\n".join([*lines, "", f"{command.status[0].upper()}{command.status[1:]}.", ""])


def _code(term: str) -> str:
    """Code in a cell of a table, where a bar would end the cell."""
    return f"<code>{term.replace('|', '&#124;')}</code>" if "|" in term else f"`{term}`"


if __name__ == "__main__":
    MANUAL.write_text(manual(), encoding="utf-8", newline="\n")
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
