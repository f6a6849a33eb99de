"""Findings to those that are still told, and to findings about the silences themselves."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import NamedTuple

from mirage_lint.core.edits import Edit
from mirage_lint.documents.source import Source
from mirage_lint.rules import unused_suppression as rule
from mirage_lint.rules.finding import ACROSS, Finding, Fix
from mirage_lint.silencing.orders import HERE, START
from mirage_lint.silencing.silences import Said, Silence

_Hits = dict[str, list[int]]
"""Of each beginning of codes, which findings have it, by their place in order."""

Today = Callable[[], str]
"""Tells the day as ISO 8601 has it; asked only where a silence ends on some day."""


class Left(NamedTuple):
    """The findings that are left, with those about silences, and how many were silenced."""

    findings: tuple[Finding, ...]
    silenced: int


def apply(findings: Iterable[Finding], said: Said, source: Source, today: Today) -> Left:
    """Silence what the document says is to be silenced."""
    every = _Findings(findings)
    expired, hits = list[Silence](), list[tuple[Silence, _Hits]]()
    for one in said.silences:
        if one.order.until and one.order.until < today():
            expired.append(one)
        else:
            hits.append((one, every.hits(one)))
    silenced = {at for _, codes in hits for found in codes.values() for at in found}
    left = every.without(silenced)
    about = [
        *((rule.expired(one.order.until), one.place, None) for one in expired),
        *((problem.text, problem.place, None) for problem in said.problems),
        *(_unused(codes, one, source, left) for one, codes in hits),
    ]
    new = (
        Finding(source.path, *place, rule.CODE, rule.NAME, rule.SEVERITY, text, fix=fix)
        for text, place, fix in about
        if text
    )
    order = sorted([*left.sorted, *new], key=lambda one: (one.start, one.code))
    return Left(tuple(order), len(silenced))


class _Findings:
    """Findings of a document by place."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.sorted = sorted(findings, key=_start)

    def hits(self, silence: Silence) -> _Hits:
        """What a silence covers."""
        first, last = (bisect_left(self.sorted, at, key=_start) for at in silence.covers)
        return {
            code: [at for at in range(first, last) if self.sorted[at].code.startswith(code)]
            for code in silence.order.codes or ("",)
        }

    def without(self, silenced: set[int]) -> "_Findings":
        """Those that are left."""
        return _Findings(one for at, one in enumerate(self.sorted) if at not in silenced)

    def behind(self, silence: Silence, codes: tuple[str, ...], text: str) -> Finding | None:
        """The finding that a silence may be meant for: further down in the same paragraph."""
        if silence.order.kind != HERE:
            return None
        last = text.find("\n\n", max(silence.covers[1] - 1, 0))
        for at in range(bisect_left(self.sorted, silence.covers[1], key=_start), len(self.sorted)):
            one = self.sorted[at]
            if 0 <= last < one.start:
                break
            if one.code.startswith(codes):
                return one
        return None


def _start(finding: Finding) -> int:
    return finding.start


def _unused(
    codes: _Hits, silence: Silence, source: Source, left: _Findings
) -> tuple[str, tuple[int, int], Fix | None]:
    """What to say of a silence some of whose codes silence nothing, if so, and the way out."""
    unused = [code for code, found in codes.items() if not found and code not in ACROSS]
    if not unused:
        return "", silence.place, None
    near = left.behind(silence, tuple(unused), source.text)
    if near is not None:
        line, _ = source.position(near.start)
        return rule.misplaced(near.code, line), silence.place, None
    is_whole = len(unused) == len(codes)
    fix = Fix(True, (_without(silence.place, source.text),))
    told = rule.unused(unused, is_whole=is_whole)
    return told, silence.place, fix if is_whole and _is_one(silence) else None


def _is_one(silence: Silence) -> bool:
    """Whether all of it is one comment, which can be taken out."""
    return silence.order.kind != START


def _without(place: tuple[int, int], text: str) -> Edit:
    """The edit that takes a comment out, with its line where nothing else stands on it."""
    start, end = place
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    if last >= 0 and not (text[first:start] + text[end:last]).strip():
        return Edit(first, last + 1, "")
    return Edit(len(text[:start].rstrip(" ")) if text[first:start].strip() else start, end, "")
