"""The command line: arguments to commands, errors to one line and exit status 2."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mirage_lint import __version__
from mirage_lint.errors import MirageError

CLEAN, FOUND, FAILED = 0, 1, 2

_EPILOG = """\
start here:
  mirage-lint build                 read the artifacts that claims.toml names, write claims.lock
  mirage-lint check README.md docs  hold the documents against the lock; no artifact is needed
  mirage-lint explain MIR103        what a rule finds, why it is bad, a bad and a good example

exit status: 0 nothing found, 1 findings, 2 the work could not be done
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    arguments = _parser().parse_args(argv)
    try:
        return _run(arguments)
    except MirageError as error:
        print(f"mirage-lint: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader went away (as `head` does); what is still to be flushed goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        return 130


def _run(arguments: argparse.Namespace) -> int:
    """Import and run the chosen command only."""
    match arguments.command:
        case "check":
            from mirage_lint.commands import check

            return check.run(arguments, sys.stdout)
        case "claims":
            from mirage_lint.commands import claims

            return claims.run(arguments, sys.stdout)
        case "build":
            from mirage_lint.commands import build

            claims_path = arguments.claims or _nearest_claims()
            return build.run(claims_path, arguments.check, sys.stdout.write)
        case "facts":
            from mirage_lint.commands import facts

            return facts.run(arguments, sys.stdout)
        case "explain":
            from mirage_lint.commands import explain

            return explain.run(arguments.code, sys.stdout)
        case _:
            from mirage_lint.commands import model

            return model.run(arguments.name, sys.stdout)


def _nearest_claims() -> Path:
    from mirage_lint.engine import find_claims

    return find_claims(Path())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mirage-lint",
        description="Checks the numbers and model names in documentation against the artifacts "
        "they came from.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_build(commands)
    _add_documents(commands, "check", "lint documents against claims.lock")
    _add_documents(commands, "claims", "list every claim with its span, reading and status")
    facts = commands.add_parser("facts", help="list the facts of the registry")
    facts.add_argument("query", nargs="?", default="", help="only facts whose id has these words")
    _add_common(facts)
    explain = commands.add_parser("explain", help="explain a rule")
    explain.add_argument("code", help="a rule's code or name: MIR103, denominator-mixup")
    model = commands.add_parser(
        "model",
        help="show how a model name is read, or whether two agree",
        description="Prints the parts that NAME states. With two names the first word is the "
        "answer: same, compatible (one says less) or different; exit status 1 for different.",
    )
    model.add_argument("name", nargs="+", metavar="NAME", help="one or two model names")
    return parser


def _add_build(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    build = commands.add_parser(
        "build",
        help="read the artifacts, write claims.lock",
        description="Reads the artifacts that claims.toml names and writes every fact to "
        "claims.lock beside it. Facts of artifacts that are absent here are kept as they stand.",
    )
    build.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if the lock is stale"
    )
    build.add_argument("--claims", type=Path, help="the claims.toml (default: the nearest above)")


def _add_documents(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, summary: str
) -> None:
    command = commands.add_parser(name, help=summary)
    command.add_argument(
        "paths", nargs="+", metavar="PATH", help="Markdown files or folders; - for standard input"
    )
    command.add_argument(
        "--stdin-filename", type=Path, metavar="PATH", help="where the text of - belongs"
    )
    _add_common(command)


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--claims", type=Path, help="the claims.toml (default: the nearest above)")
    command.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="default: text"
    )
