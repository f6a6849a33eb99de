"""Which family, population and dimensions a claim speaks of, from the nearest context that tells.

The layers, nearest first: the claim's clause, its sentence, the cells to its left, the head of its
column, the table's corner (or the code block), the rest of its paragraph, what leads into it, the
headings, each behind what a comment says of its section, the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from mirage_lint.binding.index import DIMENSION, FAMILY, POPULATION, Phrase
from mirage_lint.binding.mentions import Mention, is_run, metrics_of
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import Claim
from mirage_lint.core.cached import cached_property
from mirage_lint.core.record import NamedTuple
from mirage_lint.core.spans import Span
from mirage_lint.documents.passages import Passage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Reader(Protocol):
        """What knows a passage's document."""

        def view(self, passage: Passage) -> View:
            """A passage, read."""

        def headings(self, passage: Passage) -> tuple[Passage, ...]:
            """The headings that it stands under, outermost first."""

        def behind(self, passage: Passage) -> View | None:
            """The paragraph behind the passage's table."""

        def block(self, text: str) -> Layer:
            """What the lines of a code block mention."""

        def families(self, passage: Passage) -> frozenset[str]:
            """The families that are the document's, or the section's, own."""

        def runs(self, passage: Passage) -> frozenset[str]:
            """The families that its block is known to be of by its numbers alone."""

        @property
        def housemates(self) -> frozenset[str]:
            """The family whose artifacts lie beside the document."""

        def said(self, passage: Passage) -> Mapping[int, Layer]:
            """What comments say of its sections, by how many headings they stand under."""


CLAUSE, SENTENCE, ROW, COLUMN, CORNER, BLOCK, PARAGRAPH, INTRO, SAID, HEADING, DOCUMENT, FOLDER = (
    "clause",
    "sentence",
    "row",
    "column head",
    "table's corner",
    "code block",
    "paragraph",
    "introducing line",
    "comment",
    "heading",
    "document",
    "folder",
)
NUMBERS = "numbers"
"""What tells the run of a table, a list or a paragraph that names none."""
FILE = "file"
"""What names the run of a claim that is said to be from its artifact."""
HEADS = frozenset({ROW, COLUMN, CORNER})
NAMING = frozenset({CLAUSE, SENTENCE, ROW, COLUMN})
"""Layers that name the run of a claim itself; a heading may be the name of all that there is."""
_WEAK = frozenset({PARAGRAPH, INTRO})
"""Layers that may speak of something else: they add readings and rule none out."""
_MOST_LEFT = 100
"""Cells of a row, from its first, among which its heads are: more are no table for people."""
_LONGEST_OF = 60
_PARAGRAPH_REACH = 2_000
"""Characters before and behind a sentence that count as its paragraph."""
_OF = re.compile(r"\s+(?:of|on|over|across|among|for|in)\s")
# As text, what few documents need: it is compiled where it is used.
_NUMERIC = r"[\d.]+"
_OF_ENDS = r"[,.;:()]|\s(?:as|is|are|was|were|with|and|but|while|against)\s"


class Layer(NamedTuple):
    """A layer of a claim's context: its name, what it mentions, and its text."""

    name: str
    mentions: tuple[Mention, ...]
    text: str


class Slot(NamedTuple):
    """What fills a slot: its possible values (empty: open), the layer, and the words.

    ``certain`` are the values that are named as such; a claim is held against these only.
    """

    values: frozenset[object]
    layer: str = ""
    text: str = ""
    certain: frozenset[object] = frozenset()


class Heads(NamedTuple):
    """What tells of a cell: cells to its left, its column's head, and the head of the first."""

    row: tuple[View, ...] = ()
    column: View | None = None
    corner: View | None = None


class Around:
    """What surrounds a passage: each part is worked out once, when the first claim asks for it."""

    def __init__(self, passage: Passage, reader: Reader) -> None:
        self._passage, self._reader = passage, reader

    @cached_property
    def table(self) -> Heads:
        """What tells of the passage as a cell."""
        view, passage = self._reader.view, self._passage
        left = [view(cell) for cell in passage.row[:_MOST_LEFT]]
        heads = [cell for at, cell in enumerate(left) if not at or cell.is_head]
        if passage.section:
            heads.append(view(passage.section))
        corner = left[0].passage.column if left else None
        return Heads(
            tuple(heads),
            view(passage.column) if passage.column else None,
            view(corner) if corner else None,
        )

    @cached_property
    def intro(self) -> View | None:
        """What leads into the passage."""
        intro = self._passage.intro
        return self._reader.view(intro) if intro else None

    @cached_property
    def headings(self) -> tuple[View, ...]:
        """The headings that it stands under, outermost first."""
        return tuple(map(self._reader.view, self._reader.headings(self._passage)))

    @cached_property
    def files(self) -> frozenset[str]:
        """The artifact that what leads into a table or a list, or stands behind it, says that its
        numbers are from.
        """
        if not (self._passage.table or self._passage.kind == "item"):
            return frozenset()
        lead = self.intro or (self.headings[-1] if self.headings else None)
        behind = self._reader.behind(self._passage)
        return (lead.led if lead else None) or (behind.backed if behind else frozenset())

    @cached_property
    def heads(self) -> tuple[View, ...]:
        """The heads of row and column."""
        return (*self.table.row, *((self.table.column,) if self.table.column else ()))

    @cached_property
    def near(self) -> tuple[Layer, ...]:
        """The layers of the table's heads or the code block."""
        row, column, corner = self.table
        found = (
            joined(ROW, row),
            joined(COLUMN, (column,) if column else ()),
            joined(CORNER, (corner,) if corner else ()),
            *((self._reader.block(self._passage.block),) if self._passage.block else ()),
        )
        return tuple(layer for layer in found if layer.mentions or layer.text)

    @cached_property
    def far(self) -> tuple[Layer, ...]:
        """The layers of the introducing line, the headings and the document."""
        said = self._reader.said(self._passage)
        found = [joined(INTRO, (self.intro,))] if self.intro else []
        for depth, heading in reversed([*enumerate(self.headings, start=1)]):
            found += filter(None, [said.get(depth)])
            found.append(joined(HEADING, (heading,)))
        found += filter(None, [said.get(0)])
        if families := self._reader.families(self._passage):
            mention = Mention(FAMILY, 0, 0, families)
            found.append(Layer(DOCUMENT, (mention,), "documents of claims.toml"))
        elif families := self._reader.runs(self._passage):
            found.append(Layer(NUMBERS, (Mention(FAMILY, 0, 0, families),), "numbers beside it"))
        elif families := self._reader.housemates:
            found.append(Layer(FOLDER, (Mention(FAMILY, 0, 0, families),), "artifacts beside it"))
        return tuple(found)

    @cached_property
    def near_runs(self) -> tuple[Layer, ...]:
        """Those of the near layers that name runs, with these alone."""
        return _naming_runs(self.near)

    @cached_property
    def far_runs(self) -> tuple[Layer, ...]:
        """Those of the far layers that name runs, with these alone."""
        return _naming_runs(self.far)

    @cached_property
    def metrics(self) -> frozenset[Phrase]:
        """The metrics that any of it names, heads also by all of their text."""
        told = (mention for layer in (*self.near, *self.far) for mention in layer.mentions)
        return metrics_of(told).union(*(head.metrics_called for head in self.heads))


def _naming_runs(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    found = (one._replace(mentions=_runs(one.mentions)) for one in layers)
    return tuple(one for one in found if one.mentions)


def layers(claim: Claim, view: View, around: Around) -> list[Layer]:
    """The claim's context, nearest first, mentions within the claim itself left out."""
    text, sentence = view.passage.text, view.sentence(claim)
    return [
        Layer(CLAUSE, _reaching(claim, view, view.clause(claim)), text),
        Layer(SENTENCE, _untaken(claim, view, _reaching(claim, view, sentence)), text),
        *around.near,
        Layer(PARAGRAPH, tuple(_beyond(claim, view)), text),
        *around.far,
    ]


def lineage(claim: Claim, view: View, around: Around) -> Iterator[Layer]:
    """As `layers`, nearest first, with the runs alone that each layer names by other than a model,
    since models cannot vouch for one another; layers that name none are left out.
    """
    if view.names_runs:
        for name, span in ((CLAUSE, view.clause(claim)), (SENTENCE, view.sentence(claim))):
            yield Layer(name, _runs(_others(claim, view.within(span))), view.passage.text)
    yield from around.near_runs
    if view.names_runs:
        yield Layer(PARAGRAPH, _runs(_beyond(claim, view)), view.passage.text)
    yield from around.far_runs


def _runs(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(filter(is_run, mentions))


def _beyond(claim: Claim, view: View) -> list[Mention]:
    """What the rest of the claim's paragraph mentions."""
    start, end = view.sentence(claim)
    before = view.within((start - _PARAGRAPH_REACH, start))
    return before + view.within((end, end + _PARAGRAPH_REACH))


def joined(name: str, views: tuple[View, ...]) -> Layer:
    """One layer of what several passages mention."""
    mentions = tuple(
        mention for view in views for mention in (view.as_head if name in HEADS else view.told)
    )
    return Layer(name, mentions, " / ".join(view.passage.text for view in views))


def _reaching(claim: Claim, view: View, span: Span) -> tuple[Mention, ...]:
    """Mentions in ``span`` that may speak of the claim: a population or a setting beyond another
    number speaks of that ("falls from 100% at full retention to 8.3% at 10%").
    """
    asides = view.asides(span, claim)
    others = [
        one
        for one in view.numbers(span)
        if _counts(claim, one, view) and not asides.covers(one.start, one.end)
    ]
    apart = [one for one in others if not view.is_series(one, claim)]
    reach = {DIMENSION: _reach(claim, others), POPULATION: _reach(claim, apart)}
    return tuple(
        mention
        for mention in _others(claim, view.within(span))
        if mention.kind not in reach
        or (
            reach[mention.kind][0] < mention.end
            and mention.start <= reach[mention.kind][1]
            and not _is_compared(claim, view, mention)
        )
    )


def _reach(claim: Claim, others: list[Claim]) -> Span:
    """From the last number before the claim to the first one behind it."""
    before = [one.start for one in others if one.start < claim.start]
    behind = [one.start for one in others if one.start >= claim.end]
    return max(before, default=-1), min(behind, default=len(claim.passage.text))


def _is_compared(claim: Claim, view: View, mention: Mention) -> bool:
    """Whether the mention is only what the claim's subject is held against: "against its base"."""
    compared = view.comparisons.at(mention.start)
    return compared is not None and not compared[0] <= claim.start < compared[1]


def _untaken(claim: Claim, view: View, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Mentions less the populations and settings of other clauses with numbers of their own."""
    sentence, mine = view.sentence(claim), view.clause(claim)
    clauses, taken = view.clauses(sentence), view.taken(sentence) - {mine}
    return tuple(
        mention
        for mention in mentions
        if mention.kind not in (POPULATION, DIMENSION) or clauses.at(mention.start) not in taken
    )


def _counts(claim: Claim, other: Claim, view: View) -> bool:
    """Whether another number is a statement of its own, not a size, a setting or the same told
    in another form.
    """
    if other is claim or (claim.group and claim.group == other.group):
        return False
    return other.start not in view.contexts


def _others(claim: Claim, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions other than the claim itself being recognised as a model, path or size."""
    return tuple(
        one
        for one in mentions
        if one.by == "name" or not (claim.start <= one.start and one.end <= claim.end)
    )


def families(context: Iterable[Layer]) -> Slot:
    """The families that the claim may be about; a model's name or a weak layer only adds to what
    the next layer says. A model's bare family name ("Example") tells of no run by itself.
    """
    added: set[object] = set()
    told: Layer | None = None
    for layer in context:
        certain: set[object] = set()
        for mention in layer.mentions:
            if mention.kind == FAMILY:
                is_certain = mention.by != "model" and is_strong(layer)
                (certain if is_certain else added).update(mention.values)
                told = told or layer
        if certain:
            return Slot(frozenset(certain | added), layer.name, layer.text, frozenset(certain))
    return Slot(frozenset(added), told.name, told.text) if told else Slot(frozenset())


def populations(claim: Claim, view: View, context: list[Layer], within: frozenset[object]) -> Slot:
    """The populations (family, name) that the claim may be a rate of; what follows it with "of"
    rules out all others.
    """
    told = chain(view.told, *(layer.mentions for layer in context))
    if not any(one.kind == POPULATION for one in told):
        return Slot(frozenset())
    direct = Layer(CLAUSE, tuple(view.within(_of(claim, view))), view.passage.text)
    for layer in (direct, *(one for one in _telling(context) if one.name != BLOCK)):
        found = {
            value
            for mention in layer.mentions
            if mention.kind == POPULATION
            for value in mention.values
            if isinstance(value, tuple) and (not within or value[0] in within)
        }
        if found:
            return Slot(frozenset(found), layer.name, layer.text)
    return Slot(frozenset())


def _of(claim: Claim, view: View) -> Span:
    """The span right behind a claim that says of what it is: "of all 400 examples"."""
    text, start = view.passage.text, claim.end
    match = _OF.match(text, start)
    if not match:
        return start, start
    end = re.compile(_OF_ENDS).search(text, match.end(), match.end() + _LONGEST_OF)
    return start, end.start() if end else min(match.end() + _LONGEST_OF, len(text))


def dimensions(context: list[Layer], keys: Iterable[str]) -> dict[str, Slot]:
    """Per dimension key the values that the nearest layer mentions; a value that no fact has
    fills the slot with nothing that could match.
    """
    found: dict[str, Slot] = {}
    for layer in _telling(context):
        for key, told in settings(layer).items():
            # Names in code are keys of their own; only numbers set something there.
            is_code = layer.name == BLOCK
            values = {one for one in told if not is_code or re.fullmatch(_NUMERIC, str(one[1]))}
            if values and key not in found:
                found[key] = Slot(frozenset(values), layer.name, layer.text)
    return {key: found[key] for key in keys if key in found}


def _telling(context: list[Layer]) -> Iterator[Layer]:
    """Layers whose populations and settings hold for the claim: other sentences have their own,
    unless they lead into it with a colon.
    """
    for layer in context:
        if is_strong(layer):
            yield layer


def is_strong(layer: Layer) -> bool:
    """Whether a layer holds for the claim: it is near, or leads into it with a colon."""
    return layer.name not in _WEAK or (layer.name == INTRO and layer.text.rstrip().endswith(":"))


def settings(layer: Layer) -> dict[str, set[tuple[str, str]]]:
    """The values of each dimension that a layer names, each with its key."""
    found: dict[str, set[tuple[str, str]]] = {}
    for mention in layer.mentions:
        if mention.kind == DIMENSION:
            for value in mention.values:
                if isinstance(value, tuple):
                    found.setdefault(value[0], set()).add(value)
    return found
