"""When lines of documents came to say what is wrong in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.source import Source
from mirage_lint.history.lines import Change
from mirage_lint.history.repository import Repository
from mirage_lint.history.touched import NOW, Evidence, evidence
from mirage_lint.history.trace import Spot, Trace, traces
from mirage_lint.rules.finding import Finding, Touch


class Said(NamedTuple):
    """Something that a document says: its path from the root of the repository, the document as it
    lies there, the numbers of the lines, and the words.
    """

    path: str
    source: Source
    lines: range
    text: str


def said(finding: Finding, path: str, source: Source) -> Said:
    """What a finding is about."""
    first, _ = source.position(finding.start)
    last, _ = source.position(max(finding.end - 1, finding.start))
    text = source.text[finding.start : finding.end]
    return Said(path, source, range(first, last + 1), text)


def found(repository: Repository, asked: Mapping[int, Said]) -> dict[int, Evidence]:
    """When the lines of each were last touched, of those that git knows; both by the same keys."""
    by_path: dict[str, dict[int, Said]] = defaultdict(dict)
    for key, one in asked.items():
        by_path[one.path][key] = one
    texts = repository.texts((repository.head, path) for path in by_path)
    known, spots = dict[int, Evidence](), dict[int, list[Spot]]()
    for version, text in texts.items():
        here = by_path[version[1]]
        change = Change(text, next(iter(here.values())).source.text)
        if "\r" in text or change.is_of_another:
            continue  # git counts or keeps its lines otherwise
        for key, one in here.items():
            numbers = [change.place(number) for number in one.lines]
            if 0 in numbers:
                is_new = not change.lost_tell(one.text)
                known[key] = Evidence(NOW, Touch("", "", is_new))
            elif None not in numbers:
                spots[key] = [Spot(version, number) for number in numbers if number]
    return known | _committed(repository, asked, spots)


def _committed(
    repository: Repository, asked: Mapping[int, Said], spots: Mapping[int, list[Spot]]
) -> dict[int, Evidence]:
    traced = traces(repository, (spot for each in spots.values() for spot in each))
    return {
        key: _newest(asked[key], [traced[spot] for spot in each])
        for key, each in spots.items()
        if all(spot in traced for spot in each)
    }


def _newest(one: Said, traced: list[Trace]) -> Evidence:
    """The last touch of several lines; what is said came with it only where all lines did."""
    newest = max(traced, key=lambda trace: trace.origin.seconds)
    told = evidence(newest, one.text)
    is_whole = all(trace.origin.commit == newest.origin.commit for trace in traced)
    return told if is_whole else told._replace(touch=told.touch._replace(is_exact=False))
