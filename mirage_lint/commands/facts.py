"""``facts``: the registry's facts."""

from pathlib import Path
from types import SimpleNamespace
from typing import TextIO

from mirage_lint import home
from mirage_lint.core import words
from mirage_lint.core.facts import TIER_NAMES, Fact
from mirage_lint.reports.printable import printable


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """List the facts whose names have all words of the query; 1 where none has."""
    claims: Path = arguments.claims or home.find(Path())
    wanted = set(words.stems(" ".join(arguments.query)))
    found = [fact for fact in home.open_at(claims).registry.facts if wanted <= _stems(fact)]
    if arguments.output_format == "json":
        from mirage_lint.reports import json_report

        out.write(json_report.facts(found))
    else:
        out.writelines(map(_line, found))
        out.write(f"{len(found)} fact{'' if len(found) == 1 else 's'}.\n")
    return 0 if found else 1


def _stems(fact: Fact) -> set[str]:
    return {stem for name in (fact.id, *fact.names) for stem in words.stems(name)}


def _line(fact: Fact) -> str:
    unit = f" {fact.unit}" if fact.unit else ""
    line = f"{fact.id} = {fact.value}{unit}, in {fact.source} ({TIER_NAMES[fact.source.tier]})"
    lost = "".join(f"; overrules {one.value} in {one.source}" for one in fact.overruled)
    return f"{printable(line + lost)}\n"
