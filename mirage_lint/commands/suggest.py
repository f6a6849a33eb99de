"""``suggest``: registry lines for claims that no fact covers."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, TextIO

from mirage_lint.binding.binding import Binding
from mirage_lint.checking.engine import Checker
from mirage_lint.checking.session import Session
from mirage_lint.commands import delivery
from mirage_lint.core.facts import Registry
from mirage_lint.documents.source import Source
from mirage_lint.errors import MirageError
from mirage_lint.registry import lock
from mirage_lint.registry.build import built
from mirage_lint.registry.units import Units
from mirage_lint.reports.printable import printable
from mirage_lint.rules.wording import counted
from mirage_lint.suggesting import edit, trial
from mirage_lint.suggesting.asked import asked, borne_out
from mirage_lint.suggesting.fitting import Fitter
from mirage_lint.suggesting.offers import offers
from mirage_lint.suggesting.proposals import Proposal, proposals
from mirage_lint.system import writing

MAX_PROPOSALS = 20

_MOST_SHOWN = 3


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Print the proposals, or write those that are chosen; 1 where there is none."""
    session = Session(arguments)
    status = _suggested(session, arguments, out)
    return delivery.concluded(session.unread, status)


def _suggested(session: Session, arguments: SimpleNamespace, out: TextIO) -> int:
    claims, checker, documents = _read(session)
    registry = checker.index.registry
    open_claims = [one for each in documents for one in asked(each.source, each.bindings)]
    fitter = Fitter(offers(checker.root, registry), Units(dict(registry.units)))
    ranked = proposals([(one, fitter.fits(one)) for one in open_claims], registry)
    found = list(islice(_proven(ranked, claims, checker, documents), MAX_PROPOSALS))
    if arguments.write:
        return _write(claims, registry, _chosen(arguments.write, found), out)
    for number, proposal in enumerate(found, start=1):
        out.write(_shown(number, proposal))
    fitting = {one.place for proposal in found for one, _ in proposal.covers}
    fits = f"{len(fitting)} fit{'s' if len(fitting) == 1 else ''} a proposal"
    out.write(f"No fact covers {counted(len(open_claims), 'number')}; {fits}.\n")
    if len(found) == MAX_PROPOSALS:
        out.write(f"Only the first {MAX_PROPOSALS} are shown: add some, and ask again.\n")
    if found:
        out.write("Add some with --write and their numbers, as in: --write 1,2\n")
    return 0 if found else 1


class _Document(NamedTuple):
    """A document's text, its claims as they are, and its place."""

    source: Source
    bindings: list[Binding]
    path: Path

    def bind(self, checker: Checker) -> list[Binding]:
        return checker.bind(self.source, self.path).bindings


def _proven(
    ranked: Iterable[Proposal], claims: Path, checker: Checker, documents: Iterable[_Document]
) -> Iterator[Proposal]:
    """The proposals that bear a claim out, once they stand in the registry, with those claims."""
    tree, registry = tomllib.loads(claims.read_text(encoding="utf-8-sig")), checker.index.registry
    for proposal in ranked:
        try:
            made = trial.tried(tree, claims, registry, proposal)
        except MirageError:
            continue  # what cannot be built covers nothing
        other = checker.holding(made)
        wanted = {one.place.rsplit(":", 2)[0] for one, _ in proposal.covers}
        read = [each for each in documents if each.source.path in wanted]
        borne: dict[str, bool] = {}
        for each in read:
            borne |= borne_out(each.source, each.bind(other))
        covers = tuple(one for one in proposal.covers if one[0].place in borne)
        verified = frozenset(place for place, is_sure in borne.items() if is_sure)
        if covers:
            yield proposal._replace(covers=covers, verified=verified)


def _read(session: Session) -> tuple[Path, Checker, list[_Document]]:
    """The registry of the documents, which must be one, and those that can be read."""
    named = session.named()
    registries = sorted({str(one.claims) for one in named})
    if len(registries) > 1:
        problem = f"are held against {len(registries)} registries"
        raise MirageError("the documents", problem, f"give --claims, as {registries[0]}")
    bound = session.bound(named)
    documents = [_Document(source, bindings, target.path) for target, source, bindings in bound]
    return named[0].claims, session.checker(named[0]), documents


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
    told = f"{counted(len(chosen), 'proposal')} added, {counted(more, 'fact')} more"
    out.write(f"{claims}: {told}\n")
    return 0


def _shown(number: int, proposal: Proposal) -> str:
    """A proposal: what it covers and why, and its lines."""
    count = len(proposal.covers)
    lines = [f"{number}. {proposal.entry.artifact} fits {counted(count, 'claim')}"]
    for one, fit in proposal.covers[:_MOST_SHOWN]:
        said = ", ".join(f'"{word}"' for word in fit.said)
        unsure = "" if one.place in proposal.verified else "; still not judged then"
        lines.append(
            f"   {one.place}: '{one.claim.text}': {fit.offer.how}; the text says {said}{unsure}"
        )
    if count > _MOST_SHOWN:
        lines.append(f"   and {count - _MOST_SHOWN} more")
    shown = [f"{printable(line)}\n" for line in lines]
    shown += [f"       {printable(line)}\n" for line in edit.lines(proposal).splitlines()]
    return "".join([*shown, "\n"])
