"""All pages of a report: an overview, the artifacts, and each document with its claims."""

import hashlib
import re
from base64 import b64encode
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from posixpath import normpath
from typing import Any, NamedTuple

from mirage_lint import __version__
from mirage_lint.binding.binding import Binding
from mirage_lint.core.facts import TIER_NAMES, Artifact
from mirage_lint.coverage.bound import Bound
from mirage_lint.coverage.counts import Counts, by_family, counts
from mirage_lint.documents.source import Source
from mirage_lint.pages import body
from mirage_lint.pages.cards import STATUSES, Card, cards
from mirage_lint.pages.links import Link, Links
from mirage_lint.pages.marks import Marks, Spot
from mirage_lint.pages.raw import Raw
from mirage_lint.pages.writer import Writer

INDEX, ARTIFACTS = "index.html", "artifacts.html"
_TEMPLATES = Path(__file__).parent / "templates"
_LONGEST_NAME = 60


class Row(NamedTuple):
    """A line of a table: its name, its page, what is counted."""

    name: str
    href: str
    counts: Counts
    aside: str = ""


class Page(NamedTuple):
    """A document that is ready to be shown."""

    row: Row
    html: str
    cards: list[Card]
    linked: dict[int, Link]
    anchors: dict[int, int]
    """Of each claim that readers see, the number of the claim that shows there."""


class Place(NamedTuple):
    """Where a claim stands."""

    href: str
    document: str
    card: Card


class Held(NamedTuple):
    """An artifact, and the claims that rest on it."""

    row: Row
    anchor: str
    digest: str
    size: int
    tier: str
    places: list[Place]


def pages(told: Sequence[Bound]) -> Iterator[tuple[str, str]]:
    """The name of each page with its HTML, the overview last."""
    names = {one.source.path: _name(one.source.path) for one in told}
    artifacts = _artifacts(told)
    made = [_page(one, names, artifacts) for one in told]
    shared = _Shared()
    for before, page, after in _neighbours(made):
        yield page.row.href, shared.page("document", page=page, before=before, after=after)
    held = list(_held(told, made, artifacts))
    yield ARTIFACTS, shared.page("artifacts", held=held)
    bindings = [binding for one in told for binding in one.bindings]
    rows = {
        "documents": [page.row for page in made],
        "families": [
            Row(name, "", one, _title(told, name)) for name, one in by_family(bindings).items()
        ],
        "artifacts": [one.row for one in held],
    }
    yield INDEX, shared.page("index", whole=counts(bindings), **rows)


class _Shared:
    """What all pages share; imported only here, as the library is an extra."""

    def __init__(self) -> None:
        import jinja2
        from markupsafe import Markup

        self._markup = Markup
        style, script = (_TEMPLATES / name for name in ("style.css", "script.js"))
        self._common = {
            "statuses": STATUSES,
            "version": __version__,
            "style": Markup(style.read_text("utf-8")),
            "script": Markup(script.read_text("utf-8")),
        }
        policy = {f"{name}_hash": _hash(str(self._common[name])) for name in ("style", "script")}
        self._common |= policy
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, template: str, **values: Any) -> str:
        """A page of HTML."""
        made = self._templates.get_template(f"{template}.html")
        return made.render(self._common, kind=template, markup=self._markup, **values)


def _hash(text: str) -> str:
    """What the policy of a page calls a text by."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _name(path: str) -> str:
    """The file of a document's page: letters and digits of its path, and what makes it one."""
    digest = hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    kept = re.sub(r"[^a-z0-9]+", "-", path.lower())[-_LONGEST_NAME:].strip("-")
    return f"{kept}-{digest}.html" if kept else f"{digest}.html"


def _page(told: Bound, names: dict[str, str], artifacts: dict[tuple[str, str], str]) -> Page:
    source = told.source
    hrefs = {path: href for (root, path), href in artifacts.items() if root == told.root}
    made = cards(source, told.bindings, told.known, hrefs)
    shown, spots = _spots(told)
    out = Writer(Marks(spots), [card.label for card in made])
    links = Links(source.path, {normpath(path): name for path, name in names.items()})
    body.write(shown, Raw(out, links))
    row = Row(source.path, names[source.path], counts(told.bindings))
    return Page(row, out.done(), made, links.claimed, _anchors(out))


def _anchors(out: Writer) -> dict[int, int]:
    """Where each claim is seen: itself, or what shows in its place, as they may overlap."""
    anchors = {}
    for number, spot in enumerate(out.marks.spots):
        shows = [number, *out.marks.within(spot.start, spot.end)]
        if found := [one for one in shows if one in out.placed]:
            anchors[number] = found[0]
    return anchors


def _spots(told: Bound) -> tuple[Source, list[Spot]]:
    """The text that is shown, which of a notebook is that of its cells, and where claims stand."""
    source = told.source
    spots = []
    for one in told.bindings:
        start, end = one.claim.passage.source_span(one.claim.start, one.claim.end)
        spots.append(Spot(start, end, one.status))
    if not source.path.endswith(".ipynb"):
        return source, spots
    from mirage_lint.documents import notebook

    cells, place = notebook.cells(source)
    places = range(len(cells.text))

    def at(offset: int) -> int:
        return bisect_left(places, offset, key=lambda number: place(number, number + 1)[0])

    return cells, [Spot(at(start), at(end), status) for start, end, status in spots]


def _neighbours(made: list[Page]) -> Iterator[tuple[Row | None, Page, Row | None]]:
    """Each page with those before and behind it."""
    rows = [None, *(page.row for page in made), None]
    for page, (before, _), (_, after) in zip(
        made, pairwise(rows[:-1]), pairwise(rows[1:]), strict=True
    ):
        yield before, page, after


# -- artifacts -----------------------------------------------------------------------------------


def _artifacts(told: Sequence[Bound]) -> dict[tuple[str, str], str]:
    """The place of each artifact, by the folder of its registry and its path."""
    known = {
        (one.root, artifact.path): None for one in told for artifact in one.known.registry.artifacts
    }
    return {key: f"{ARTIFACTS}#a{number}" for number, key in enumerate(sorted(known), 1)}


def _held(
    told: Sequence[Bound], made: list[Page], artifacts: dict[tuple[str, str], str]
) -> Iterator[Held]:
    """Each artifact with the claims that rest on it."""
    known = {(one.root, each.path): each for one in told for each in one.known.registry.artifacts}
    resting: dict[tuple[str, str], list[tuple[Binding, Place]]] = {key: [] for key in artifacts}
    for one, page in zip(told, made, strict=True):
        for binding, card in zip(one.bindings, page.cards, strict=True):
            place = Place(f"{page.row.href}#r{card.number}", page.row.name, card)
            for path in _rests_on(binding):
                if (one.root, path) in resting:
                    resting[one.root, path].append((binding, place))
    many = len({root for root, _ in artifacts}) > 1
    for (root, path), href in artifacts.items():
        name = f"{root}/{path}" if many else path
        yield _holds(known[root, path], Row(name, href, Counts()), resting[root, path])


def _rests_on(binding: Binding) -> list[str]:
    """The paths of artifacts that a claim's facts are written in."""
    facts = (fact.source.artifact for fact in binding.facts)
    return list(dict.fromkeys([*facts, *(one.path for one in binding.artifacts)]))


def _holds(artifact: Artifact, row: Row, resting: list[tuple[Binding, Place]]) -> Held:
    found = counts(binding for binding, _ in resting)
    anchor = row.href.partition("#")[2]
    tier = TIER_NAMES[artifact.tier]
    row = row._replace(counts=found, aside=tier)
    places = [place for _, place in resting]
    return Held(row, anchor, artifact.digest, artifact.size, tier, places)


def _title(told: Sequence[Bound], name: str) -> str:
    """What a family is called."""
    families = (family for one in told for family in one.known.registry.families)
    return next((one.title for one in families if one.name == name), "")
