"""What is true: facts with their sources, and the registry that holds them.

Named tuples rather than dataclasses: `check` pays for every import, and these cost least.
"""

from __future__ import annotations

from mirage_lint.core.record import NamedTuple

METADATA, SCRIPT, NARRATIVE = 1, 2, 3
"""Tiers of artifacts, strongest first."""

TIER_NAMES = {METADATA: "run metadata", SCRIPT: "script default", NARRATIVE: "narrative"}

ODD = "odd"


class Datum(NamedTuple):
    """One value of an artifact, before it belongs to a family.

    ``value`` is exact text as stored: ``8``, ``0.0026954``, ``1/371``, ``99.2%``, ``org/name-7B``.
    ``kind`` is ``number``, ``model`` or ``text``, or ``odd`` where the value only tells what stands
    in the place of a number. ``unit`` is a key of the vocabulary's units,
    ``ratio`` (0 to 1), ``percent`` (0 to 100), or empty where the artifact does not tell.
    ``names`` are further names of the metric in prose.
    """

    metric: str
    value: str
    pointer: str
    kind: str = "number"
    unit: str = ""
    names: tuple[str, ...] = ()
    dimensions: tuple[tuple[str, str], ...] = ()


class Source(NamedTuple):
    """Where a value is written: artifact path (``archive::member``), pointer in it, tier."""

    artifact: str
    pointer: str
    tier: int

    def __str__(self) -> str:
        return f"{self.artifact} {self.pointer}".rstrip()


class Overruled(NamedTuple):
    """A value that a stronger tier's value won over."""

    value: str
    source: Source


class Fact(NamedTuple):
    """One true value. ``population`` is empty where the value is no rate or count of rows.

    ``kind`` is ``number`` or ``model``; ``value`` and ``unit`` as in `Datum`; ``numerator`` and
    ``denominator`` are integers as text, empty where unknown.
    """

    family: str
    metric: str
    names: tuple[str, ...]
    population: str
    dimensions: tuple[tuple[str, str], ...]
    kind: str
    unit: str
    value: str
    numerator: str
    denominator: str
    source: Source
    overruled: tuple[Overruled, ...] = ()

    @property
    def id(self) -> str:
        """``family.metric[population]{key=value}``, unique in a registry."""
        population = f"[{self.population}]" if self.population else ""
        pairs = ",".join(f"{key}={value}" for key, value in self.dimensions)
        return f"{self.family}.{self.metric}{population}" + (f"{{{pairs}}}" if pairs else "")


class Population(NamedTuple):
    """A named set of rows of a family; ``size`` is None where no artifact tells it."""

    family: str
    name: str
    size: int | None
    within: str
    aliases: tuple[str, ...]


class Family(NamedTuple):
    """The artifacts of one lineage. ``documents`` are globs, with ``#heading-slug`` or without.

    ``dimensions`` holds, per key and value, the value's aliases in prose. ``others`` says that
    there may be runs beside it that no artifact tells of.
    """

    name: str
    title: str
    aliases: tuple[str, ...]
    documents: tuple[str, ...]
    dimensions: tuple[tuple[str, str, tuple[str, ...]], ...]
    others: bool = False


class Artifact(NamedTuple):
    """A file or archive member that facts rest on; ``digest`` is SHA-256 in hex."""

    path: str
    families: tuple[str, ...]
    digest: str
    size: int
    tier: int


class Registry(NamedTuple):
    """All that `check` knows: read from ``claims.lock``, written by `build`."""

    families: tuple[Family, ...]
    populations: tuple[Population, ...]
    artifacts: tuple[Artifact, ...]
    facts: tuple[Fact, ...]
    claims_digest: str
    units: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Its own units, each with the words for it."""
