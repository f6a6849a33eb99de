"""Quick fixes: each smallest change that leaves a finding no more, silencing it, binding by hand.

Every one is tried in memory before it is offered.
"""

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lsprotocol import types

from mirage_lint.binding.binding import UNBOUND, VERIFIED, Binding
from mirage_lint.byhand.exact import fits
from mirage_lint.checking.session import Judged, Session
from mirage_lint.claims.claim import MODEL, QUANTITIES
from mirage_lint.core.edits import Edit
from mirage_lint.core.facts import Fact
from mirage_lint.core.spans import Span
from mirage_lint.documents.passages import CODE
from mirage_lint.editing import mending
from mirage_lint.editing.trying import Trial
from mirage_lint.explaining.certainty import by_value
from mirage_lint.fixing.words import guesses
from mirage_lint.lsp.diagnostics import diagnostic
from mirage_lint.lsp.reading import Reading
from mirage_lint.rules import unused_suppression, wording
from mirage_lint.rules.finding import Change, Finding
from mirage_lint.silencing import write

FIX_ALL = "source.fixAll.mirage-lint"
KINDS = [types.CodeActionKind.QuickFix, FIX_ALL]
REASON = "say why"
"""What stands for a reason until one is written."""
_MOST_FINDINGS = 10
_MOST_GUESSES = 8
_MOST_FACTS = 5
_SHORT = 60
_LONGEST = 1.5
"""Seconds after which nothing more is tried: of a large document, few changes can be."""


class Action(NamedTuple):
    """What is offered: its title, its edits, the finding that it is for, and whether it is safe."""

    title: str
    edits: tuple[Edit, ...]
    finding: Finding | None = None
    is_safe: bool = False


def quick_fixes(reading: Reading, session: Session, start: int, end: int) -> list[Action]:
    """What may be done about what stands from ``start`` to ``end``."""
    told, clock = reading.judged.told.findings, _Clock()
    here = [one for one in told if one.start <= end and start <= one.end][:_MOST_FINDINGS]
    found = [action for one in here for action in _of_finding(one, reading, session, clock)]
    known = {id(one.binding) for one in here}
    claim = reading.at(start) if end - start < _SHORT else None
    if claim and id(claim[1]) not in known:
        found += _bindings(claim[1], claim[0], None, reading, session, clock)
    return found


def fix_all(reading: Reading, session: Session) -> Action | None:
    """All safe fixes of a document at once."""
    found = mending.fixes(reading.judged, session, unsafe=False)
    edits = tuple(edit for _, fix in found for edit in fix.edits)
    return Action("Mend all that has one right answer", edits, is_safe=True) if edits else None


def as_code_action(action: Action, reading: Reading, uri: str, kind: str) -> types.CodeAction:
    """What the editor shows."""
    lines = reading.lines
    edits = [types.TextEdit(lines.range(one.start, one.end), one.text) for one in action.edits]
    finding = action.finding
    return types.CodeAction(
        title=action.title,
        kind=kind,
        diagnostics=[diagnostic(finding, lines)] if finding else None,
        is_preferred=action.is_safe or None,
        edit=types.WorkspaceEdit(changes={uri: edits}),
    )


class _Clock:
    """Tells when enough was tried."""

    def __init__(self) -> None:
        self._end = time.monotonic() + _LONGEST

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self._end


def _of_finding(
    finding: Finding, reading: Reading, session: Session, clock: _Clock
) -> Iterator[Action]:
    seen = set[tuple[Edit, ...]]()
    told = reading.judged.told._replace(findings=(finding,))
    for _, fix in mending.fixes(reading.judged._replace(told=told), session):
        seen.add(fix.edits)
        yield Action(_title(fix.edits, reading.source.text), fix.edits, finding, fix.safe)
    span, binding = (finding.start, finding.end), finding.binding
    if binding:
        guessed = dict[str, tuple[Edit, ...]]()
        for title, edits in guesses(binding, reading.source, reading.index.registry):
            guessed.setdefault(title, edits)
        for title, edits in list(guessed.items())[:_MOST_GUESSES]:
            if clock.is_over:
                return
            if edits not in seen and _works(edits, finding, reading.judged, session):
                yield Action(title, edits, finding)
        yield from _bindings(binding, span, finding, reading, session, clock)
    if finding.code != unused_suppression.CODE:
        yield from _silence(finding, reading, session)


def _title(edits: Sequence[Edit], text: str) -> str:
    """What the edits do, in words."""
    first = min(edits)
    old, new = text[first.start : first.end], first.text
    more = " and what goes with it" if len(edits) > 1 else ""
    if not new:
        return f"Take out '{_short(old)}'{more}"
    return f"Change '{_short(old)}' to '{_short(new)}'{more}" if old else f"Add '{_short(new)}'"


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= _SHORT else f"{told[:_SHORT]}…"


def _works(
    edits: tuple[Edit, ...], finding: Finding | None, judged: Judged, session: Session
) -> bool:
    """Whether edits leave the finding no more, and bring no other."""
    about = (finding,) if finding else ()
    trial = Trial(judged, session, lambda one: one.checked.findings)
    return bool(trial.working([Change(edits, about)]))


def _silence(finding: Finding, reading: Reading, session: Session) -> Iterator[Action]:
    """A comment that silences a finding, if it does."""
    made = write.comments(reading.source, [finding], REASON)
    for one in Trial(reading.judged, session, lambda each: each.told.findings).working(made):
        yield Action(f"Ignore {finding.code} here, with a reason", one.edits, finding)


def _bindings(
    binding: Binding,
    span: Span,
    finding: Finding | None,
    reading: Reading,
    session: Session,
    clock: _Clock,
) -> Iterator[Action]:
    """Comments that bind a claim to a fact that bears it out."""
    claim = binding.claim
    is_open = finding is not None or binding.status == UNBOUND
    if not is_open or claim.passage.kind in CODE or reading.source.path.endswith(".ipynb"):
        return
    if binding.equation or claim.kind not in {*QUANTITIES, MODEL}:
        return
    for fact in _candidates(binding, reading)[:_MOST_FACTS]:
        for edit in _comments(fact, span, reading.source.text, reading.source.path):
            if clock.is_over:
                return
            if _binds(edit, fact, finding, reading, session):
                title = f"Bind by hand to {fact.id} = {wording.value(fact, claim)}"
                yield Action(title, (edit,), finding)
                break


def _candidates(binding: Binding, reading: Reading) -> list[Fact]:
    """Facts that a claim may be, the likeliest first."""
    told = (*binding.others, *binding.facts)
    if binding.status == UNBOUND and binding.claim.kind in QUANTITIES:
        told += tuple(by_value(binding.claim, reading.index))
    return [one for one in dict.fromkeys(told) if fits(binding.claim, one)]


def _comments(fact: Fact, span: Span, text: str, path: str) -> Iterator[Edit]:
    """Where a comment may stand: before the claim, or at the end of its line."""
    opening, closing = ("{/*", "*/}") if path.endswith(".mdx") else ("<!--", "-->")
    told = f"{opening} claim: {fact.id} {closing}"
    if closing in fact.id or "\n" in fact.id:
        return
    yield Edit(span[0], span[0], told)
    end = text.find("\n", span[1])
    end = len(text[: end if end >= 0 else None].rstrip())
    yield Edit(end, end, f" {told}")


def _binds(
    edit: Edit, fact: Fact, finding: Finding | None, reading: Reading, session: Session
) -> bool:
    """Whether a comment bears a claim out, and does no harm."""
    from mirage_lint.core.edits import applied
    from mirage_lint.documents import source

    if not _works((edit,), finding, reading.judged, session):
        return False
    target = reading.judged.target
    changed = source.make(target.shown, applied(reading.source.text, [edit]))
    bindings = session.judge(target, changed).checked.bindings
    return any(
        one.status == VERIFIED and one.facts == (fact,) and "bound by a comment" in one.because
        for one in bindings
    )
