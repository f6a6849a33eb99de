"""What each command takes, for argparse; imported only where there is more than a list of paths."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

from mirage_lint import __version__
from mirage_lint.commands.completion import SHELLS
from mirage_lint.commands.delivery import Output, read_output
from mirage_lint.coverage.formats import FORMATS as COVERED_AS
from mirage_lint.reports.formats import FOR_PEOPLE, FORMATS
from mirage_lint.reports.printable import printable
from mirage_lint.settings.options import (
    BY_PATH,
    CODES,
    GLOBS,
    PATH,
    SEVERITIES,
    SWITCH,
    ByPath,
    Settings,
    key,
    options,
)

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_HELP_WIDTH = 92
_FAILED = 2

_EPILOG = """\
start here:
  mirage-lint init                  draft claims.toml from the artifacts of this repository
  mirage-lint build                 read the artifacts that claims.toml names, write claims.lock
  mirage-lint check README.md docs  hold the documents against the lock; no artifact is needed
  mirage-lint explain MIR103        what a rule finds, why it is bad, a bad and a good example
  mirage-lint explain README.md:12  what the numbers of a line were read as, and why
  mirage-lint check --help          what a command takes; `man mirage-lint` tells of all

exit status: 0 nothing found, 1 findings, 2 the work could not be done
"""
_STATUS = {
    "init": "0 written, 1 no artifact found, 2 it could not be written",
    "build": "0 written (--check: up to date), 1 stale (--check only), 2 it could not be built",
    "check": "0 nothing found, 1 findings, 2 something could not be read",
    "watch": "130 ended by Ctrl-C, 2 there is nothing that can be watched",
    "baseline": "0 written, 2 something could not be read or written",
    "claims": "0 listed, 2 something could not be read",
    "facts": "0 listed, 1 none found, 2 the registry could not be read",
    "suggest": "0 proposed or written, 1 nothing fits, 2 something could not be read or written",
    "coverage": "0 counted, 1 under --fail-under, 2 something could not be read",
    "explain": "0 explained, 2 no such rule or place",
    "selftest": "0 tried, 2 something could not be read",
    "lsp": "0 ended by the editor, 1 the editor went away, 2 the extra 'lsp' is absent",
    "completion": "0 printed, 2 the extra 'completion' is absent",
    "model": "0 read, or the two agree, 1 they differ, 2 bad usage",
}


class _Parser(argparse.ArgumentParser):
    """Tells bad usage in one line, as all that cannot be done is told."""

    def error(self, message: str) -> NoReturn:
        self.exit(_FAILED, f"mirage-lint: {printable(message)}; see `{self.prog} --help`\n")

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        (file or sys.stderr).write(message)  # argparse's passes over what cannot be written


def read(given: Sequence[str]) -> SimpleNamespace:
    """What the words of a command line mean; SystemExit where help is asked for or needed."""
    command = given[0] if given else ""
    made = parser(command)
    if not given:
        made.print_help(sys.stderr)
        made.exit(_FAILED)
    if command not in _COMMANDS and not command.startswith("-"):
        made.error(f"'{command}' is no command{_near(command, _COMMANDS)}")
    arguments, rest = made.parse_known_args(given, SimpleNamespace())
    if rest:
        _take(rest, arguments)
    return arguments


def _take(rest: list[str], arguments: SimpleNamespace) -> None:
    """Add the paths that stand behind an option: argparse takes those of one place only."""
    end = rest.index("--") if "--" in rest else len(rest)
    words = [*rest[:end], *rest[end + 1 :]]
    if any(map(_is_option, rest[:end])) or (words and "paths" not in vars(arguments)):
        _refuse(arguments.command, words)
    arguments.paths += words


def _refuse(command: str, words: Sequence[str]) -> NoReturn:
    """Tell which of the words that a command does not know is wrong."""
    made = _Parser(prog=f"mirage-lint {command}")
    _COMMANDS[command][1](made)
    strange = next(filter(_is_option, words), "")
    if not strange:
        made.error(f"'{words[0]}' is one argument too many")
    names = [name for action in made._actions for name in action.option_strings]
    made.error(f"'{strange}' is no option of {command}{_near(strange.partition('=')[0], names)}")


def _is_option(word: str) -> bool:
    return word.startswith("-")


def _near(word: str, names: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, names, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def parser(wanted: str) -> argparse.ArgumentParser:
    """The parser; where a command is asked for by name, of that command alone."""
    made = _Parser(
        prog="mirage-lint",
        description="Checks the numbers and model names in documentation against the artifacts "
        "they came from.",
        epilog=_EPILOG,
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    made.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = made.add_subparsers(prog=made.prog, dest="command", required=True, metavar="COMMAND")
    for name in (wanted,) if wanted in _COMMANDS else _COMMANDS:
        summary, add_arguments = _COMMANDS[name]
        command = commands.add_parser(
            name,
            help=summary,
            epilog=f"exit status: {_STATUS[name]}",
            formatter_class=_formatter,
            allow_abbrev=False,
        )
        add_arguments(command)
    return made


def _formatter(prog: str) -> argparse.HelpFormatter:
    # The default asks for the terminal's width by way of costly imports, help or not.
    return argparse.RawDescriptionHelpFormatter(prog, width=_HELP_WIDTH)


def _add_facts(facts: argparse.ArgumentParser) -> None:
    facts.description = (
        "Lists facts with their sources. Words are looked for in the names of facts and families;\n"
        "a number is looked for in values, on any scale: 0.27% finds 1/371, 0.0027 and 0.27."
    )
    facts.add_argument(
        "query", nargs="*", metavar="QUERY", help='"top-1 accuracy", val_loss, 0.27%%, "rank 8"'
    )
    _add_common(facts)


def _add_explain(explain: argparse.ArgumentParser) -> None:
    explain.description = (
        "Prints what a rule finds, or how the claims of a line were read: what each says, what it\n"
        "may be about, why, the verdict, and what makes that certain, or would."
    )
    explain.add_argument(
        "subject",
        metavar="CODE|FILE:LINE",
        help="a rule's code or name, or a place: MIR103, denominator-mixup, README.md:12",
    )
    _add_claims(explain)


def _add_model(model: argparse.ArgumentParser) -> None:
    model.description = (
        "Prints the parts that NAME states. With two names the first line is the answer: same,\n"
        "compatible (one says less) or different."
    )
    model.add_argument("name", nargs="+", metavar="NAME", help="one or two model names")


def _add_init(init: argparse.ArgumentParser) -> None:
    init.description = (
        "Finds the artifacts of a repository (adapter configurations, trainer states, result\n"
        "tables and so on), groups them into run families by folder, lineage and model, and\n"
        "drafts claims.toml with its lock. Files that git ignores are not looked at. What it was\n"
        "unsure of is printed, and what it left out stands at the end of the draft."
    )
    init.add_argument("path", nargs="?", default=".", metavar="PATH", help="default: this folder")
    init.add_argument("--force", action="store_true", help="write over a claims.toml")


def _add_suggest(suggest: argparse.ArgumentParser) -> None:
    suggest.description = (
        "Looks for the values of numbers that no fact covers in the artifacts of the repository,\n"
        "and proposes the lines of claims.toml that would cover them, the best first. A value\n"
        "alone never is enough: its name must stand in the text, and the fewer digits a number\n"
        "has, the more of the name."
    )
    suggest.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="default: .")
    suggest.add_argument(
        "--write", metavar="NUMBERS", help="add these proposals, as 1,3, and build the lock"
    )
    _add_claims(suggest)
    suggest.set_defaults(stdin_filename=None)


def _add_lsp(lsp: argparse.ArgumentParser) -> None:
    lsp.description = (
        "Serves an editor over standard input and output, which starts it itself. Settings for\n"
        "editors: docs/editors.md"
    )


def _add_watch(watch: argparse.ArgumentParser) -> None:
    watch.description = (
        "Checks the documents, and again what changes touch: a document that is saved, or all of\n"
        "them where claims.toml, claims.lock or an artifact changed. They are held against what\n"
        "the artifacts tell now: change a CSV file, and see which sentences are wrong by it. No\n"
        "file is written. Needs the extra 'watch': pip install 'mirage-lint[watch]'"
    )
    watch.add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="Markdown files, notebooks or folders; default: this folder",
    )
    _add_claims(watch)
    watch.add_argument(
        "--output-format", choices=sorted(FOR_PEOPLE), default="full", help="default: full"
    )
    _add_untrusted(watch)
    _add_settings(watch)


def _add_completion(completion: argparse.ArgumentParser) -> None:
    completion.description = "Prints a script for a shell. Where to put it: docs/completion.md"
    completion.add_argument("shell", choices=SHELLS)


def _add_build(build: argparse.ArgumentParser) -> None:
    build.description = (
        "Reads the artifacts that claims.toml names and writes every fact to claims.lock beside\n"
        "it. Facts of artifacts that are absent here are kept as they stand."
    )
    build.add_argument("--check", action="store_true", help="write nothing; tell what is stale")
    _add_untrusted(build)
    _add_claims(build)


def _add_untrusted(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--untrusted",
        action="store_true",
        help="read nothing outside the repository, as for the pull request of a fork",
    )


def _add_documents(command: argparse.ArgumentParser) -> None:
    """Documents of which no finding is told: settings only say which files these are."""
    _add_paths(command)
    _add_common(command)
    _add_settings(command, _OF_FILES)


def _add_listed(claims: argparse.ArgumentParser) -> None:
    claims.description = (
        "Lists every number, model name and path that is read as a claim: its place, whether the\n"
        "facts bear it out, its kind, its text, and the facts that it was read against. Why it\n"
        "was read so is told by `mirage-lint explain FILE:LINE`."
    )
    _add_documents(claims)


def _add_paths(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="Markdown files, notebooks or folders; - for standard input",
    )
    command.add_argument(
        "--stdin-filename", type=Path, metavar="PATH", help="where the text of - belongs"
    )


def _add_check(check: argparse.ArgumentParser) -> None:
    check.description = (
        "Holds what documents say against claims.lock, and tells what is wrong, what is true,\n"
        "where that is written, and why the text was read so. No artifact is read."
    )
    _add_paths(check)
    _add_claims(check)
    _add_outputs(check.add_argument_group("reports"))
    _add_choices(check.add_argument_group("what is told"))
    _add_changes(check.add_argument_group("what is done about it"))
    _add_settings(check)


def _add_choices(check: argparse._ArgumentGroup) -> None:
    which = check.add_mutually_exclusive_group()
    which.add_argument(
        "--changed", action="store_true", help="tell only of what changed since the last commit"
    )
    which.add_argument(
        "--since",
        metavar="REV",
        help="tell only of lines that changed since a revision of git, and of claims anywhere "
        "whose facts changed in claims.lock since then",
    )


def _add_changes(check: argparse._ArgumentGroup) -> None:
    instead = check.add_mutually_exclusive_group()
    instead.add_argument("--show-files", action="store_true", help="list the documents, check none")
    instead.add_argument(
        "--show-settings", action="store_true", help="print the documents' settings, check none"
    )
    instead.add_argument("--fix", action="store_true", help="mend what has one right answer")
    check.add_argument(
        "--diff", action="store_true", help="show what --fix would do, write nothing"
    )
    check.add_argument(
        "--unsafe-fixes",
        action="store_true",
        help="with --fix and --diff: mend what may have been meant otherwise, too",
    )
    instead.add_argument(
        "--add-ignore", action="store_true", help="write comments that silence what is found"
    )
    check.add_argument("--reason", metavar="TEXT", help="why, for the comments of --add-ignore")


def _add_outputs(check: argparse._ArgumentGroup) -> None:
    check.add_argument(
        "--output-format", choices=FORMATS, default="full", help="on standard output, default: full"
    )
    check.add_argument(
        "--output",
        action="append",
        default=[],
        type=_output,
        metavar="FORMAT=PATH",
        help="write a file in that format as well; may be given more than once",
    )


def _output(text: str) -> Output:
    try:
        return read_output(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _add_baseline(baseline: argparse.ArgumentParser) -> None:
    baseline.description = (
        "Counts the findings by document and rule in a file beside claims.toml. A check is then\n"
        "silent where a document has no more of a rule than that."
    )
    _add_paths(baseline)
    _add_claims(baseline)
    _add_settings(baseline)


_OF_FILES = ("include", "exclude", "extend_exclude", "respect_gitignore", "force_exclude")
"""Settings that say which files are documents."""


def _add_settings(
    command: argparse.ArgumentParser, names: Sequence[str] = Settings._fields
) -> None:
    """The options that a file of settings has as well, and where that file is."""
    group = command.add_argument_group("settings, over those of a file")
    group.add_argument("--config", type=Path, metavar="FILE", help="the file of settings for all")
    group.add_argument("--isolated", action="store_true", help="heed no file of settings")
    for name, option in options():
        if name not in names:
            continue
        told = option.help.replace("%", "%%")
        flag = f"--{key(name)}"
        if option.kind == SWITCH:
            group.add_argument(flag, action=argparse.BooleanOptionalAction, help=told)
        elif option.kind == PATH and name != "claims":
            group.add_argument(flag, metavar="FILE", help=told)
        elif option.kind in _LISTS:
            metavar, read = _LISTS[option.kind]
            group.add_argument(flag, metavar=metavar, type=read, action=_Listed, help=told)


class _Listed(argparse.Action):
    """Gathers the values of an option that is given more than once."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        setattr(namespace, self.dest, (getattr(namespace, self.dest) or ()) + values)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(_read("code", one) for one in text.split(","))


def _globs(text: str) -> tuple[str, ...]:
    return (_read("glob", text),)


def _severities(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (one.partition("=") for one in text.split(","))
    return tuple((_read("code", code), _read("severity", grade)) for code, _, grade in pairs)


def _by_path(text: str) -> tuple[ByPath, ...]:
    pattern, sign, codes = text.rpartition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"{text!r} tells no rules; write it as 'docs/old/=MIR2'")
    return (ByPath(_read("glob", pattern), _codes(codes)),)


def _read(what: str, text: str) -> str:
    """A value as a file of settings would have it."""
    from mirage_lint.settings import read

    try:
        return str(getattr(read, what)(text.strip()))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


_LISTS: dict[str, tuple[str, Callable[[str], object]]] = {
    CODES: ("CODES", _codes),
    GLOBS: ("GLOB", _globs),
    SEVERITIES: ("CODE=SEVERITY", _severities),
    BY_PATH: ("GLOB=CODES", _by_path),
}


def _add_coverage(coverage: argparse.ArgumentParser) -> None:
    coverage.description = (
        "Counts claims by status, for each document and each family, and lists those that are not\n"
        "judged, what looks most like a measured result first. As html, it writes a folder of\n"
        "pages that show each document with its claims marked; as badge, an SVG that counts them."
    )
    _add_paths(coverage)
    _add_claims(coverage)
    _add_places(coverage)
    _add_settings(coverage)
    coverage.add_argument(
        "--fail-under",
        type=_percent,
        metavar="PERCENT",
        help="exit with 1 where a smaller share of the claims is verified",
    )


def _add_places(coverage: argparse.ArgumentParser) -> None:
    coverage.add_argument(
        *("--output-format", "--format"), choices=COVERED_AS, default="text", help="default: text"
    )
    coverage.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="[FORMAT=]PATH",
        help="write there instead, html into a folder; with FORMAT= in that format as well",
    )


def _percent(text: str) -> Fraction:
    number = text.removesuffix("%")
    if not number.replace(".", "", 1).isdecimal() or Fraction(number) > 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a percentage from 0 to 100")
    return Fraction(number)


def _add_selftest(selftest: argparse.ArgumentParser) -> None:
    selftest.description = (
        "Makes verified claims wrong, one at a time and in memory only, checks the document\n"
        "again, and prints how many were found, by kind of change: what the registry catches."
    )
    _add_documents(selftest)
    selftest.add_argument(
        "--mutants", type=_count, default=500, metavar="N", help="changes at most (default: 500)"
    )
    selftest.add_argument(
        "--seed", type=int, default=1, metavar="N", help="of the random choice (default: 1)"
    )


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 up")
    return int(text)


def _add_common(command: argparse.ArgumentParser) -> None:
    _add_claims(command)
    command.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="default: text"
    )


def _add_claims(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--claims", type=Path, metavar="FILE", help="the claims.toml (default: the nearest above)"
    )


_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "init": ("draft claims.toml from the artifacts of a repository", _add_init),
    "build": ("read the artifacts, write claims.lock", _add_build),
    "check": ("lint documents against claims.lock", _add_check),
    "watch": ("check, and check again whenever something changes", _add_watch),
    "baseline": ("count what is found now, so that a check tells what is new", _add_baseline),
    "claims": ("list every claim with its span, reading and status", _add_listed),
    "facts": ("list the facts of the registry", _add_facts),
    "suggest": ("propose registry lines for claims that no fact covers", _add_suggest),
    "selftest": ("try what a check would catch, on claims made wrong", _add_selftest),
    "coverage": ("count how much of the documents is verified", _add_coverage),
    "explain": ("explain a rule, or how a line was read", _add_explain),
    "lsp": ("serve editors: the Language Server Protocol", _add_lsp),
    "completion": ("print the script by which a shell completes commands", _add_completion),
    "model": ("show how a model name is read, or whether two agree", _add_model),
}
