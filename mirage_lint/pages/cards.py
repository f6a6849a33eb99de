"""What is told of one claim beside its document: the verdict, what it may be about, and why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, UNBOUND, VERIFIED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.core.facts import TIER_NAMES, Fact
from mirage_lint.documents.source import Source
from mirage_lint.explaining import claims as explaining
from mirage_lint.explaining.certainty import certain
from mirage_lint.pages.writer import Label
from mirage_lint.rules import wording
from mirage_lint.rules.judge import judge

STATUSES = {
    VERIFIED: "Verified",
    CONTRADICTED: "Contradicted",
    AMBIGUOUS: "Ambiguous",
    UNBOUND: "Not judged",
}
"""What each status is called, in the order in which they are told."""

_MOST_IN_TIP, _MOST_UNJUDGED = 2, 3
_LONGEST = 160


class Reading(NamedTuple):
    """A fact that a claim may be about: its value, and where that is written."""

    how: str
    fact: str
    value: str
    source: str
    pointer: str
    tier: str
    href: str


class Card(NamedTuple):
    """A claim's ``number`` in its document, from 1, and what is told of it; ``lines`` are labels
    with texts.
    """

    number: int
    status: str
    name: str
    text: str
    line: int
    code: str
    rule: str
    message: str
    says: str
    readings: tuple[Reading, ...]
    more: int
    lines: tuple[tuple[str, str], ...]

    @property
    def label(self) -> Label:
        """How the claim shows in its document."""
        return Label(self.status, f"{self.text}: {self.name.lower()}", "\n".join(self._tip()))

    def _tip(self) -> Iterator[str]:
        yield f"{self.name} · {self.code} {self.rule}" if self.code else self.name
        if self.message:
            yield self.message
        for one in self.readings[:_MOST_IN_TIP]:
            yield f"{one.fact} = {one.value}"
            yield f"in {one.source} {one.pointer}".rstrip()
        if not self.readings and not self.message:
            yield "The text tells no fact of the registry."


def cards(
    source: Source, bindings: Sequence[Binding], index: Index, hrefs: Mapping[str, str]
) -> list[Card]:
    """The cards of a document's claims, in order; ``hrefs`` are places of artifacts by path."""
    return [
        _card(number, source, binding, index, hrefs) for number, binding in enumerate(bindings, 1)
    ]


def _card(
    number: int, source: Source, binding: Binding, index: Index, hrefs: Mapping[str, str]
) -> Card:
    claim = binding.claim
    start, _ = claim.passage.source_span(claim.start, claim.end)
    found = next(judge("", [binding]), None)
    told = explaining.readings(binding)
    most = _MOST_UNJUDGED if binding.status == UNBOUND else explaining.MOST_READINGS
    shown = tuple(_reading(one, how, hrefs) for one, how in told[:most])
    return Card(
        number,
        binding.status,
        STATUSES[binding.status],
        _short(" ".join(claim.text.split())),
        source.position(start)[0],
        found.code if found else "",
        found.rule if found else "",
        found.message if found else "",
        explaining.said(claim),
        (*shown, *_files(binding, hrefs)),
        max(len(told) - len(shown), 0),
        tuple(_lines(binding, index)),
    )


def _reading(fact: Fact, how: str, hrefs: Mapping[str, str]) -> Reading:
    source = fact.source
    href = hrefs.get(source.artifact, "")
    tier = TIER_NAMES[source.tier]
    value = wording.value(fact)
    return Reading(how, fact.id, value, source.artifact, source.pointer, tier, href)


def _files(binding: Binding, hrefs: Mapping[str, str]) -> Iterator[Reading]:
    """The artifacts that a checksum or a path is about."""
    how = "not so" if binding.status == CONTRADICTED else "so"
    for one in binding.artifacts[: explaining.MOST_READINGS]:
        value = f"SHA-256 {one.digest}" if one.digest else "is there"
        href = hrefs.get(one.path, "")
        yield Reading(how, "artifact", value, one.path, "", TIER_NAMES[one.tier], href)


def _lines(binding: Binding, index: Index) -> Iterator[tuple[str, str]]:
    if binding.because:
        yield "Read so by", "; ".join(binding.because)
    if binding.status == UNBOUND and not binding.facts:
        yield "Certain", "no: the text tells no fact of the registry"
        return
    for label, text in certain(binding, index):
        yield label.capitalize(), text


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
