"""A document to bindings: every claim read in its context, against the index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import chain, islice

from mirage_lint.binding import (
    arithmetic,
    known_runs,
    names,
    played,
    quantities,
    roles,
    strangers,
)
from mirage_lint.binding.agreement import is_telling
from mirage_lint.binding.alignment import ALONE, Aligned, align
from mirage_lint.binding.binding import (
    ARITHMETIC,
    CONTRADICTED,
    DIMENSION,
    PATH,
    UNBOUND,
    VALUE,
    Binding,
)
from mirage_lint.binding.blankets import is_blanket
from mirage_lint.binding.changes import is_setting
from mirage_lint.binding.grid import Grid
from mirage_lint.binding.index import FAMILY, Index
from mirage_lint.binding.sections import Section, Sections, block_of
from mirage_lint.binding.slots import (
    BLOCK,
    DOCUMENT,
    FILE,
    FOLDER,
    HEADING,
    NUMBERS,
    Around,
    Layer,
    joined,
)
from mirage_lint.binding.views import View
from mirage_lint.claims import claim as claims
from mirage_lint.claims.claim import CHECKSUM, MODEL, POINTS, QUANTITIES, Claim, Equation
from mirage_lint.claims.extract import extract
from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.core.cached import cached_property
from mirage_lint.core.facts import Fact
from mirage_lint.documents.passages import Document, Passage

_Series = tuple[object, tuple[Fact, ...], str, str, str]
_SHARED_LETTER = r"\s?[/–-]\s?\d[\d.]{0,9}[kKMBT]\b"
_SPECIAL = frozenset("?[]")
_SMALLEST_SERIES = 3
_MOST_BLOCK_LINES = 200
"""Lines of a code block that are looked at for what one of them is about."""
_SMALLEST_JUDGED_TABLE = 3
"""Contradicted cells from which on a table that agrees nowhere is taken to be about other runs."""


def bind_document(
    document: Document,
    lexicon: Lexicon,
    index: Index,
    exists: Callable[[str], bool],
    said: Sequence[Section] = (),
) -> list[Binding]:
    """All bindings of a document, in order of place; ``exists`` tells whether a path that the
    document names is a file, ``said`` what it says of its sections itself.
    """
    reader = Reader(document, lexicon, index, exists, said)
    passages = document.passages
    found = list(map(reader.bind, passages))
    if reader.know_runs(chain.from_iterable(found)):
        again = (reader.bind(one) if reader.runs(one) else () for one in passages)
        found = list(map(reader.with_runs, found, again))
    return settled(chain.from_iterable(found), index, passages, reader.is_to_be_made)


def settled(
    bindings: Iterable[Binding],
    index: Index,
    passages: Sequence[Passage],
    is_to_be_made: Callable[[Claim], bool],
) -> list[Binding]:
    """The bindings of all ``passages``, less what the whole document shows to be about others;
    ``is_to_be_made`` tells of a path whether its passage says so.
    """
    found = list(bindings)
    if any(one.status == CONTRADICTED for one in found):
        found = _without_strange_files(_without_written(found, is_to_be_made))
        found = _without_strange_tables(_without_series(_without_told(found)))
    found = strangers.without(found, index.families_with_others)
    if any(one.status == CONTRADICTED for one in found):
        from mirage_lint.binding import derived, told_apart  # most pages have no finding

        found = told_apart.without(found, index.families_with_others)
        found = [derived.explained(one, index) or one for one in found]
    found = played.without(found, index.families_with_others, passages)
    return arithmetic.without_overruled(found)


class Reader:
    """Binds the passages of one document, one by one."""

    def __init__(
        self,
        document: Document,
        lexicon: Lexicon,
        index: Index,
        exists: Callable[[str], bool],
        said: Sequence[Section],
    ) -> None:
        self.document = document
        self._sections = Sections(said, document.passages)
        self.lexicon = lexicon
        self.index = index
        self.exists = exists
        self.directory = document.path.rpartition("/")[0]
        self.views: dict[int, View] = {}
        self._block_layers: dict[str, Layer] = {}
        self._aligned: dict[int, Aligned] = {}
        self._sums: dict[int, dict[int, list[Binding]]] = {}
        self._retolds: dict[int, dict[Claim, Binding]] = {}
        self._runs: dict[object, frozenset[str]] = {}

    def know_runs(self, bindings: Iterable[Binding]) -> bool:
        """Tell from what was bound which run blocks that name none are about; whether any is."""
        self._runs = known_runs.of_blocks(bindings, self.index.families_with_others)
        self._aligned = {}
        return bool(self._runs)

    def with_runs(self, found: Sequence[Binding], again: Sequence[Binding]) -> Sequence[Binding]:
        """The bindings of a passage; where its block's run is known since, those that were bound
        again for what was left open, if that run tells of it.
        """
        others = self.index.families_with_others
        return [
            other if other.facts and known_runs.is_open(one, others) else one
            for one, other in zip(found, again or found, strict=True)
        ]

    def runs(self, passage: Passage) -> frozenset[str]:
        """The families that its block is known to be of by its numbers alone."""
        return self._runs.get(block_of(passage), frozenset())

    def bind(self, passage: Passage) -> Sequence[Binding]:
        """What a passage says; `settled` then looks at all together."""
        view = self.view(passage)
        return [*self._bound(passage, view)] if view.claims or view.equations else ()

    def _bound(self, passage: Passage, view: View) -> Iterator[Binding]:
        wrong: set[int] = set()
        for number, equation in enumerate(view.equations, 1):
            if not equation.left.overlaps(equation.right) and not self._is_misread(equation):
                wrong.add(number)
                yield arithmetic.wrong(equation)
        yield from arithmetic.of_passage(passage, view.claims)
        if passage.table:
            yield from self._sums_of(passage.table).get(id(passage), ())
        around = Around(passage, self)
        aligned = self._table(passage, around) if passage.table else ALONE
        for claim in view.claims:
            # A calculation that is wrong in itself is told once, and nothing besides.
            is_told = claim.group in wrong
            yield Binding(claim, UNBOUND) if is_told else self._judged(claim, view, around, aligned)

    def _is_misread(self, equation: Equation) -> bool:
        """Whether a calculation that does not hold may be none, or, where not all is known, not
        that of the result beside it.
        """
        is_open = bool(self.index.families_with_others) and arithmetic.is_of_other(equation)
        return is_open or arithmetic.is_torn(equation) or arithmetic.is_turned(equation)

    def _judged(self, claim: Claim, view: View, around: Around, aligned: Aligned) -> Binding:
        """What its table, or else its context, says of a claim."""
        binding = aligned.bindings.get(claim) or self._claim(claim, view, around)
        if binding.status == UNBOUND:
            if claim.kind == claims.MODEL:
                binding = self._retold(view.passage, view).get(claim, binding)
            elif not binding.facts and claim in aligned.denied:
                binding = binding._replace(facts=aligned.denied[claim])
        if binding.status == CONTRADICTED and _is_strange(binding, aligned):
            return Binding(claim, UNBOUND)
        if binding.status == CONTRADICTED and claim.kind in QUANTITIES:
            from mirage_lint.binding import beside  # most pages have no finding

            if beside.is_told(binding, self.directory, self.index) or beside.is_led_away(
                binding, around.files, self.index
            ):
                return Binding(claim, UNBOUND, binding.facts)
        return binding

    def _sums_of(self, table: int) -> dict[int, list[Binding]]:
        """The cells of a table that its other cells show to be wrong."""
        found = self._sums.get(table)
        if found is None:
            found = self._sums[table] = arithmetic.of_table(self._tables[table])
        return found

    def _claim(self, claim: Claim, view: View, around: Around) -> Binding:
        if claim.kind == POINTS:
            from mirage_lint.binding import apart  # few documents tell any

            return apart.bind(claim, view, self.index)
        if claim.kind in QUANTITIES:
            return quantities.bind(claim, view, around, self.index)
        if claim.kind == claims.MODEL:
            if not self.index.model_facts:
                return Binding(claim, UNBOUND)  # none to hold it against
            if not (self.index.base_facts or self.index.role_facts or view.names_runs):
                return names.bind_lone_model(claim, view, self.index)
            if is_blanket(claim, view) and roles.is_base(claim, view, around):
                return names.bind_blanket_model(claim, view, self.index)
            return names.bind_model(claim, view, around, self.index)
        if claim.kind == claims.CHECKSUM:
            return names.bind_checksum(claim, view, around, self.index, self.exists)
        return names.bind_path(claim, view, around, self.index, self._exists)

    def is_to_be_made(self, path: Claim) -> bool:
        """Whether its passage tells that a path is yet to be written."""
        return names.is_to_be_made(path, self.view(path.passage), self._exists)

    def _exists(self, path: str) -> bool:
        return self.exists(path) or self.exists(f"{self.directory}/{path}")

    def _retold(self, passage: Passage, view: View) -> dict[Claim, Binding]:
        """The models that the text itself names otherwise, right beside."""
        found = self._retolds.get(id(passage))
        if found is None:
            from mirage_lint.binding import retold  # most pages name no model

            found = self._retolds[id(passage)] = retold.in_passage(view)
            if passage.kind == "code" and passage.intro:
                lines = [self.view(line) for line in self._blocks[passage.block]]
                found |= retold.in_sample(self.view(passage.intro), lines)
        return found

    def view(self, passage: Passage) -> View:
        """A passage, read."""
        # Passages are kept by the document, so their ids stay theirs.
        view = self.views.get(id(passage))
        if view is None:
            view = self.views[id(passage)] = self.see(passage)
        return view

    def see(self, passage: Passage) -> View:
        """Read a passage."""
        return View(passage, extract(passage, self.lexicon), self.index, self.directory)

    def said(self, passage: Passage) -> dict[int, Layer]:
        """What comments say of its sections, by how many headings they stand under."""
        return self._sections.of(passage)

    def _table(self, passage: Passage, around: Around) -> Aligned:
        """What the passage's table as a whole says of its cells."""
        found = self._aligned.get(passage.table)
        if found is None:
            grid = Grid(self._tables[passage.table], self.view, self.index)
            found = self._aligned[passage.table] = align(grid, around.far, self.index, around.files)
        return found

    @cached_property
    def _tables(self) -> dict[int, list[Passage]]:
        found: dict[int, list[Passage]] = {}
        for passage in self.document.passages:
            found.setdefault(passage.table, []).append(passage)
        return found

    def behind(self, passage: Passage) -> View | None:
        """The paragraph behind the passage's table, of the same section."""
        found = self._behind.get(passage.table)
        return self.view(found) if found and found.headings == passage.headings else None

    @cached_property
    def _behind(self) -> dict[int, Passage]:
        """What stands right behind each table, and leads into nothing else."""
        passages = self.document.passages
        after = (*passages[2:], None)
        threes = zip(passages, passages[1:], after, strict=False)
        return {
            one.table: other
            for one, other, after in threes
            if one.table and other.kind == "paragraph" and not (after and after.intro is other)
        }

    def headings(self, passage: Passage) -> tuple[Passage, ...]:
        """The enclosing headings; front matter stands over the first of all."""
        return self.first_heading if passage.kind == "matter" else passage.headings

    @cached_property
    def first_heading(self) -> tuple[Passage, ...]:
        return tuple(islice((one for one in self.document.passages if one.kind == "heading"), 1))

    def block(self, text: str) -> Layer:
        """What the lines of a code block mention."""
        layer = self._block_layers.get(text)
        if layer is None:
            lines = tuple(self.view(line) for line in self._blocks[text])
            layer = self._block_layers[text] = _of_first(joined(BLOCK, lines), lines[0])
        return layer

    @cached_property
    def first_lines(self) -> frozenset[int]:
        """The ids of the lines that stand for all that tell the same."""
        return frozenset(id(line) for lines in self._blocks.values() for line in lines)

    @cached_property
    def _blocks(self) -> dict[str, list[Passage]]:
        """The lines of each code block, the first of each, since they tell the same."""
        found: dict[str, list[Passage]] = {}
        for passage in self.document.passages:
            if passage.block:
                lines = found.setdefault(passage.block, [])
                if len(lines) < _MOST_BLOCK_LINES:
                    lines.append(passage)
        return found

    def families(self, passage: Passage) -> frozenset[str]:
        """The families that ``claims.toml`` gives the document, or the section, as its own."""
        found = {name for name, section in self._own if not section}
        if any(section for _, section in self._own):
            slugs = {slug(heading.text) for heading in passage.headings}
            found |= {name for name, section in self._own if section in slugs}
        return frozenset(found)

    @cached_property
    def _own(self) -> list[tuple[str, str]]:
        """Families, each with the section of the document that is theirs, or with ""."""
        return [
            (family.name, pattern.partition("#")[2])
            for family in self.index.registry.families
            for pattern in family.documents
            if _fits(self.document.path, pattern.partition("#")[0])
        ]

    @cached_property
    def housemates(self) -> frozenset[str]:
        """The one family whose artifacts lie beside the document."""
        beside = {
            family
            for artifact in self.index.registry.artifacts
            if self.directory and artifact.path.rpartition("/")[0] == self.directory
            for family in artifact.families
        }
        return frozenset(beside) if len(beside) == 1 else frozenset()


def _of_first(layer: Layer, first: View) -> Layer:
    """A code block's layer less its families by name, where its first line names others or none:
    further down they are values, or lead to other parts.
    """
    own = {value for one in first.told if one.kind == FAMILY for value in one.values}
    named = [one for one in layer.mentions if one.kind == FAMILY and one.by == "name"]
    if all(own.issuperset(one.values) for one in named):
        return layer
    return layer._replace(mentions=tuple(one for one in layer.mentions if one not in named))


def _fits(path: str, pattern: str) -> bool:
    """Whether a path is what a glob says; most are told apart by how they end."""
    end = pattern.rpartition("*")[2]
    is_plain = _SPECIAL.isdisjoint(end)
    return not (is_plain and not path.endswith(end)) and fnmatchcase(path, pattern)


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = (c for c in heading.lower().strip() if c.isalnum() or c in "- _")
    return "".join(kept).replace(" ", "-")


def _without_series(bindings: list[Binding]) -> list[Binding]:
    """One fact cannot be many values: where a column, a sentence or a block tells several of it,
    and one of them is right or they are three, the others are settings, steps or trials. So are
    values that are several, and none of them right, on a page that names no run where they stand.
    """
    told: dict[_Series, set[str]] = {}
    right: set[_Series] = set()
    for one in bindings:
        for key in _series_of(one):
            # What is right is one value, however it is written: "1e-4", "0.0001".
            told.setdefault(key, set()).add("" if one.is_borne_out else _told(one.claim))
            if one.is_borne_out:
                right.add(key)
    return [
        Binding(one.claim, UNBOUND)
        if one.status == CONTRADICTED
        and any(len(told[key]) >= _fewest(key, key in right) for key in _series_of(one))
        else one
        for one in bindings
    ]


def _without_written(
    bindings: list[Binding], is_to_be_made: Callable[[Claim], bool]
) -> list[Binding]:
    """A path that the page somewhere tells to write to need not be there, nor what lies below."""
    missing = [one for one in bindings if one.change == PATH]
    if not missing:
        return bindings
    known = [one.claim for one in bindings if one.claim.kind == claims.PATH and not one.artifacts]
    made = {one.digits.rstrip("/") for one in known if is_to_be_made(one)}
    dead = {id(one) for one in missing if not made.isdisjoint(_folders(one.claim.digits))}
    return [Binding(one.claim, UNBOUND) if id(one) in dead else one for one in bindings]


def _folders(path: str) -> list[str]:
    """A path, and each folder that it lies in."""
    return [path, *(path[: found.start()] for found in re.finditer("/", path))]


def _without_told(bindings: list[Binding]) -> list[Binding]:
    """What a fact is told right of, beside, is not told again with another value: "on 92 rows, and
    not on the 46 of the test set". Nor is it where that value stands once more.
    """
    right: dict[object, set[Fact]] = {}
    for one in bindings:
        if one.is_borne_out and not one.derived:
            right.setdefault(_way(one), set()).update(one.facts)
    judged = (one for one in bindings if one.status == CONTRADICTED and one.facts)
    wrong = [one for one in judged if not one.derived]
    others = {
        (one.claim.digits, one.facts)
        for one in wrong
        if one.change == VALUE and right.get(_way(one), set()).issuperset(one.facts)
    }
    return [
        Binding(one.claim, UNBOUND)
        if one.status == CONTRADICTED and (one.claim.digits, one.facts) in others
        else one
        for one in bindings
    ]


def _way(binding: Binding) -> object:
    """Where and in which way a number is told: of a file, in the whole table or list."""
    claim = binding.claim
    whole = claim.passage.table or id(claim.passage.intro)
    place = whole if binding.run_by == FILE else _place(claim)
    return place, claim.kind, claim.unit


def _fewest(series: _Series, is_right: bool) -> int:
    """How many different values make a series: one of a page may hold the run and a mistake."""
    return 2 if (series[0] is None) != is_right else _SMALLEST_SERIES


def _is_strange(binding: Binding, aligned: Aligned) -> bool:
    """Whether a wrong claim's table, row or neighbour shows that it is of something else."""
    claim = binding.claim
    is_other = claim in aligned.strange or aligned.is_of_others(binding)
    return is_other or _is_key(claim) or _shares_letter(claim)


def _shares_letter(claim: Claim) -> bool:
    """ "1.2 / 3.2B": whether the letter that says how many stands behind the next number."""
    return re.compile(_SHARED_LETTER).match(claim.passage.text, claim.end) is not None


def _is_key(claim: Claim) -> bool:
    """Whether a number is the head of a row, and so tells which row it is: as a setting does, and
    what looks measured does not.
    """
    is_number = claim.kind in QUANTITIES and claim.text == claim.passage.text
    is_measured = "." in claim.digits and is_telling(claim)
    return is_number and claim.passage.kind == "row" and not is_measured


def _series_of(binding: Binding) -> Iterator[_Series]:
    """What makes numbers a series: they stand together, tell of the same, and in the same way.
    Where no run is named, they are together on all of the page; settings and the sizes of models
    where only a heading names one, too.
    """
    claim = binding.claim
    is_judged = binding.is_borne_out or binding.status == CONTRADICTED
    if not is_judged or not _told(claim) or binding.equation is not None:
        return
    way = binding.derived.way if binding.derived else ""
    if claim.kind in QUANTITIES:
        yield _place(claim), binding.facts, way, claim.kind, claim.unit
    is_chosen = claim.kind == MODEL or all(map(is_setting, binding.facts))
    is_far = is_chosen and binding.run_by in (HEADING, DOCUMENT, FOLDER)
    if binding.run_by in ("", NUMBERS) or is_far:
        yield None, binding.facts, way, claim.kind, claim.unit


def _told(claim: Claim) -> str:
    """What must differ in a series: a model's size, or how a number is written."""
    if claim.kind == MODEL:
        return claim.model.size if claim.model else ""
    return claim.text if claim.kind in QUANTITIES else ""


def _place(claim: Claim) -> object:
    """What a series stands in: a column, a block of code, a passage, a list whose items say the
    same but for their numbers.
    """
    passage = claim.passage
    if passage.table and passage.column:
        return passage.table, id(passage.column)
    if passage.kind == "item":
        said = "".join("0" if sign.isdigit() else sign for sign in passage.text)
        return tuple(map(id, passage.headings[-1:])), re.sub("0+", "0", said)
    return passage.block or id(passage)


def _without_strange_tables(bindings: list[Binding]) -> list[Binding]:
    """Tables that agree with the registry nowhere are about something else: not judged."""
    numbers = [one for one in bindings if _is_cell(one)]
    agreeing = {one.claim.passage.table for one in numbers if one.is_borne_out}
    cells = [one for one in numbers if one.status == CONTRADICTED and one.run_by != FILE]
    # A cell that another slot explains shows that the table is about these runs after all.
    agreeing |= {one.claim.passage.table for one in cells if one.change != VALUE}
    denied = [one.claim.passage.table for one in cells]
    strange = {
        table for table in set(denied) - agreeing if denied.count(table) >= _SMALLEST_JUDGED_TABLE
    }
    shifted = _shifted_columns(numbers)
    return [_without_strange(one, strange, shifted) for one in bindings]


def _without_strange(one: Binding, strange: set[int], shifted: set[object]) -> Binding:
    if one.change == ARITHMETIC:
        return one
    if _place(one.claim) in shifted:
        return Binding(one.claim, UNBOUND)
    if one.claim.passage.table in strange:
        return one.left_open() if one.status == CONTRADICTED else Binding(one.claim, UNBOUND)
    return one


def _without_strange_files(bindings: list[Binding]) -> list[Binding]:
    """A table of several checksums none of which is that of a known file tells of files elsewhere
    that have the same names.
    """
    told = [one for one in bindings if one.claim.kind == CHECKSUM and one.claim.passage.table]
    often = Counter(one.claim.passage.table for one in told)
    right = {one.claim.passage.table for one in told if one.is_borne_out}
    strange = {table for table in often if often[table] >= _SMALLEST_JUDGED_TABLE} - right
    wrong = {id(one) for one in told if one.claim.passage.table in strange}
    return [Binding(one.claim, UNBOUND) if id(one) in wrong else one for one in bindings]


def _shifted_columns(numbers: list[Binding]) -> set[object]:
    """Columns all of whose numbers are right of other rows, and none of its own: they are of rows
    that are called like those known, as "without A" in a list of what was left out.
    """
    told: dict[object, list[Binding]] = {}
    for one in numbers:
        if one.is_borne_out or one.status == CONTRADICTED:
            told.setdefault(_place(one.claim), []).append(one)
    return {
        place
        for place, found in told.items()
        if len(found) >= _SMALLEST_JUDGED_TABLE
        and all(one.status == CONTRADICTED and one.change == DIMENSION for one in found)
    }


def _is_cell(binding: Binding) -> bool:
    is_number = binding.claim.kind in QUANTITIES and binding.change != ARITHMETIC
    return bool(binding.claim.passage.table) and is_number
