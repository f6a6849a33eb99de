"""``suggest``: registry lines for claims that no fact covers."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TextIO

from mirage_lint import writing
from mirage_lint.collect import targets
from mirage_lint.core.facts import Registry
from mirage_lint.engine import Checker
from mirage_lint.errors import MirageError
from mirage_lint.registry import lock
from mirage_lint.registry.build import built
from mirage_lint.registry.units import Units
from mirage_lint.reports.printable import printable
from mirage_lint.suggesting import edit
from mirage_lint.suggesting.asked import Asked, asked
from mirage_lint.suggesting.fitting import Fitter
from mirage_lint.suggesting.offers import offers
from mirage_lint.suggesting.proposals import Proposal, proposals

_MOST_SHOWN = 3


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Print the proposals, or write those that are chosen; 1 where there is none."""
    claims, checker, open_claims = _read(arguments)
    registry = checker.index.registry
    fitter = Fitter(offers(checker.root, registry), Units(dict(registry.units)))
    found = proposals([(one, fitter.fits(one)) for one in open_claims], registry)
    if arguments.write:
        return _write(claims, registry, _chosen(arguments.write, found), out)
    for number, proposal in enumerate(found, start=1):
        out.write(_shown(number, proposal))
    fitting = {one.place for proposal in found for one, _ in proposal.covers}
    told = f"Of {len(open_claims)} numbers that no fact covers, {len(fitting)} fit something.\n"
    out.write(told)
    if found:
        out.write("Add some with --write and their numbers, as in: --write 1,2\n")
    return 0 if found else 1


def _read(arguments: SimpleNamespace) -> tuple[Path, Checker, list[Asked]]:
    """The registry of the documents, which must be one, and their claims that it lacks."""
    documents = targets(arguments)
    registries = sorted({str(one.claims) for one in documents})
    if len(registries) > 1:
        problem = f"are held against {len(registries)} registries"
        raise MirageError("the documents", problem, f"give --claims, as {registries[0]}")
    claims = documents[0].claims
    checker = Checker(claims)
    found: list[Asked] = []
    for target in documents:
        source = target.read()
        found += asked(source, checker.bind(source, target.path))
    return claims, checker, found


def _chosen(numbers: str, found: Sequence[Proposal]) -> list[Proposal]:
    chosen = []
    for text in numbers.split(","):
        if not text.strip().isdecimal() or not 0 < int(text) <= len(found):
            problem = f"'{text.strip()}' is no number of a proposal"
            mend = f"give some of 1 to {len(found)}, as in 1,2" if found else "there is none"
            raise MirageError("--write", problem, mend)
        chosen.append(found[int(text) - 1])
    return list(dict.fromkeys(chosen))


def _write(claims: Path, registry: Registry, chosen: list[Proposal], out: TextIO) -> int:
    """Put proposals into claims.toml and build its lock; nothing where that fails."""
    text = claims.read_text(encoding="utf-8")
    text = edit.added(text, chosen, str(claims))
    made = built(text.encode(), claims, registry).registry
    writing.replace(claims, text)
    writing.replace(claims.with_suffix(".lock"), lock.dump(made))
    more = len(made.facts) - len(registry.facts)
    told = f"{_count(len(chosen), 'proposal')} added, {_count(more, 'fact')} more"
    out.write(f"{claims}: {told}\n")
    return 0


def _shown(number: int, proposal: Proposal) -> str:
    """A proposal: what it covers and why, and its lines."""
    count = len(proposal.covers)
    lines = [f"{number}. {proposal.entry.artifact} fits {_count(count, 'claim')}"]
    for one, fit in proposal.covers[:_MOST_SHOWN]:
        said = ", ".join(f'"{word}"' for word in fit.said)
        lines.append(f"   {one.place}: '{one.claim.text}': {fit.offer.how}; the text says {said}")
    if count > _MOST_SHOWN:
        lines.append(f"   and {count - _MOST_SHOWN} more")
    shown = [f"{printable(line)}\n" for line in lines]
    shown += [f"       {printable(line)}\n" for line in edit.lines(proposal).splitlines()]
    return "".join([*shown, "\n"])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
