"""When values came to be what they are: by the lines of artifacts that tell them, and by the lock,
which has one fact a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from mirage_lint.core.facts import Artifact, Fact
from mirage_lint.core.record import NamedTuple
from mirage_lint.history import locked
from mirage_lint.history.lines import is_said
from mirage_lint.history.locked import Told
from mirage_lint.history.repository import Repository, Version
from mirage_lint.history.touched import NOW, Evidence, evidence, touch
from mirage_lint.history.trace import Spot, Trace, traces
from mirage_lint.rules.finding import Touch

_MOST_LINES = 1000
"""Of an artifact, that may hold a value's text."""
_MOST_STEPS = 4
"""How often a line of the lock may have changed in what is no value."""


class Held(NamedTuple):
    """What a lock tells of a fact or of an artifact's digest: how its line begins, its value, and
    the pointer to it.

    ``lock`` and ``artifact`` are paths from the root of the repository, empty where git can know
    nothing of them.
    """

    start: str
    told: Told
    pointer: str
    lock: str
    artifact: str


def held(of: Fact | Artifact, lock: str, artifact: str) -> Held:
    """What a lock tells of that."""
    pointer = of.source.pointer if isinstance(of, Fact) else ""
    return Held(locked.beginning(of), locked.told(of), pointer, lock, artifact)


def found(repository: Repository, asked: Iterable[Held]) -> dict[Held, Evidence]:
    """Since when the values are known to be what they are: the older evidence is the truer one,
    as a file may be written anew, and a lock be built late.
    """
    wanted = list(dict.fromkeys(asked))
    paths = {path for one in wanted for path in (one.lock, one.artifact) if path}
    texts = repository.texts((repository.head, path) for path in sorted(paths))
    known = dict(_in_artifacts(repository, wanted, texts))
    for one, of_lock in _in_locks(repository, wanted, texts):
        known[one] = _older(known.get(one, of_lock), of_lock)
    return known


def _older(one: Evidence, of_lock: Evidence) -> Evidence:
    """The older of two; of one commit, the surer. The lock knows what was there before."""
    if one.touch.commit != of_lock.touch.commit:
        return min(one, of_lock, key=lambda each: each.seconds)
    return one._replace(was=of_lock.was) if one.touch.is_exact else of_lock


def _in_artifacts(
    repository: Repository, asked: Iterable[Held], texts: Mapping[Version, str]
) -> Iterator[tuple[Held, Evidence]]:
    spots = {}
    for one in asked:
        version = (repository.head, one.artifact)
        if number := _line_of(one, texts.get(version, "")):
            spots[one] = Spot(version, number)
    traced = traces(repository, spots.values())
    for one, spot in spots.items():
        if trace := traced.get(spot):
            yield one, evidence(trace, one.told.text)


def _line_of(one: Held, text: str) -> int:
    """The number of the one line that tells the value, with a name that its pointer has; 0 where
    there is none, or more than one, or where the value stands all over the text.
    """
    lines = list(islice(_lines_with(text, one.told.text), _MOST_LINES))
    if len(lines) == _MOST_LINES:
        return 0
    names = _names(one.pointer)
    starts = [
        start
        for start, line in lines
        if is_said(line, one.told.text) and any(is_said(line, name) for name in names)
    ]
    return text.count("\n", 0, starts[0]) + 1 if len(starts) == 1 else 0


def _lines_with(text: str, part: str) -> Iterator[tuple[int, str]]:
    """The lines that hold ``part``, if that is any, each with its start."""
    end, at = 0, text.find(part) if part else -1
    while at >= 0 and end >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        yield start, text[start : end if end >= 0 else None]
        at = text.find(part, end)


def _names(pointer: str) -> list[str]:
    """The last key of ``/eval/loss``, ``system=tuned,size=7B/loss``, and what tells the row."""
    rows, _, last = pointer.rpartition("/")
    values = (part.partition("=")[2] for part in rows.replace(",", "/").split("/"))
    return [name for name in (last, *values) if name]


def _in_locks(
    repository: Repository, asked: Iterable[Held], texts: Mapping[Version, str]
) -> Iterator[tuple[Held, Evidence]]:
    spots = {}
    for one in asked:
        version = (repository.head, one.lock)
        known = locked.told_in(texts.get(version, ""), one.start)
        if same := _same(known, one):
            spots[one] = Spot(version, same[0])
        elif known:
            yield one, Evidence(NOW, Touch("", ""), one.lock, _was(known.values()))
    yield from _followed(repository, spots)


def _followed(repository: Repository, spots: dict[Held, Spot]) -> Iterator[tuple[Held, Evidence]]:
    """The lines of the lock, traced to where they told another value, if they ever did."""
    for step in range(_MOST_STEPS):
        traced, further = traces(repository, spots.values()), dict[Held, Spot]()
        for one, spot in spots.items():
            if trace := traced.get(spot):
                before = _before(trace, one)
                same = _same(before, one)
                if same and trace.origin.before and step + 1 < _MOST_STEPS:
                    further[one] = Spot(trace.origin.before, same[0])
                else:
                    yield one, _changed(trace, one, [] if same else list(before.values()))
        spots = further


def _before(trace: Trace, one: Held) -> dict[int, Told]:
    """What the lines told for which a line of the lock came."""
    if not trace.change:
        return {}
    told = locked.told_in(trace.change.before, one.start)
    lost = trace.change.lost.keys() | set(trace.change.stood(trace.origin.line))
    return {number: each for number, each in told.items() if number in lost}


def _same(known: Mapping[int, Told], one: Held) -> list[int]:
    """The numbers of the lines that tell the same value, however it is written."""
    return [number for number, told in known.items() if told.value == one.told.value]


def _changed(trace: Trace, one: Held, others: list[Told]) -> Evidence:
    """What a commit changed in a lock that told ``others`` before; where it told none, nothing is
    known of how old the value is.
    """
    is_exact = bool(others)
    return Evidence(trace.origin.seconds, touch(trace, is_exact=is_exact), one.lock, _was(others))


def _was(others: Iterable[Told]) -> str:
    texts = {told.text for told in others}
    return texts.pop() if len(texts) == 1 else ""
