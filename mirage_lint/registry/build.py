"""The registry from ``claims.toml`` and the artifacts that it names."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from mirage_lint import artifacts
from mirage_lint.artifacts import plugins
from mirage_lint.artifacts.content import Reader
from mirage_lint.core.digest import mark
from mirage_lint.core.facts import Datum, Fact, Family, Population, Registry
from mirage_lint.errors import MirageError
from mirage_lint.registry import (
    entries,
    family,
    lock,
    paths,
    patterns,
    populations,
    references,
    schema,
    tables,
)
from mirage_lint.registry.derive import derived
from mirage_lint.registry.family import Workshop
from mirage_lint.registry.held import Held
from mirage_lint.registry.precedence import settle
from mirage_lint.registry.reach import Reach
from mirage_lint.registry.schema import Claims, FamilyEntry
from mirage_lint.registry.shelf import Shelf
from mirage_lint.registry.units import Units

MAX_FACTS = 1_000_000
"""Facts of the largest registry."""


class Built(NamedTuple):
    """A registry, and what its making has to tell.

    ``held`` are the artifacts that are absent here, or ``closed`` for want of an extra, with how
    many facts the old lock gave for each; ``unread`` are the files that no reader knows, kept by
    digest alone; ``pointers`` are the artifacts of which only a Git-LFS pointer is here.
    ``is_lasting`` is whether the same content of claims.toml and of the artifacts makes the same
    again: the code of plugins may change, and what a pointer stands for tells more. ``excluded``
    are the entries of ``exclude``, each with how many files it left out; ``odd`` is what stands
    where a value should, by path; ``silent`` are the listed artifacts that no fact comes from.
    """

    registry: Registry
    held: tuple[tuple[str, int], ...]
    unread: tuple[str, ...]
    pointers: tuple[str, ...]
    is_lasting: bool
    excluded: tuple[tuple[str, int], ...] = ()
    odd: tuple[tuple[str, Datum], ...] = ()
    silent: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


def odd_value(odd: Datum) -> str:
    """What is wrong with a value, and what becomes of it."""
    return f"{odd.pointer} is {odd.value}, where the {odd.metric} should stand; it is passed over"


def build(claims_path: Path, old: Registry | None, reach: Reach | None = None) -> Built:
    """Make the registry; ``old`` is the last one, which gives the facts of absent artifacts.

    Artifacts are looked up within ``reach``, or else from the directory of ``claims_path``, which
    is trusted. Raises MirageError, and writes nothing.
    """
    return built(_read(claims_path), claims_path, old, reach)


def built(
    data: bytes, claims_path: Path, old: Registry | None, reach: Reach | None = None
) -> Built:
    """As `build`, from the bytes that ``claims_path`` holds or would hold."""
    reach = reach or Reach(claims_path.parent)
    known = [artifact.path for artifact in old.artifacts] if old else []
    claims = patterns.expanded(schema.parse(data, str(claims_path)), reach, known)
    references.check(claims)
    shelf = Shelf(reach, old, _readers(claims, reach))
    people, found = _of_families(claims, shelf, Held(old), claims_path.name)
    registry = Registry(
        families=tuple(
            _family(name, claims.file.family[name]) for name in sorted(claims.file.family)
        ),
        populations=tuple(sorted(people, key=lambda each: (each.family, each.name))),
        artifacts=shelf.artifacts(),
        facts=tuple(sorted(found, key=lock.order)),
        claims_digest=mark(data),
        units=tuple(sorted(claims.file.unit.items())),
    )
    pointers = shelf.pointers()
    return Built(
        registry,
        held=_held_counts(registry, shelf),
        unread=shelf.unread(),
        pointers=pointers,
        is_lasting=not (pointers or claims.file.plugins or shelf.closed()),
        excluded=shelf.excluded(),
        odd=shelf.odd(),
        silent=_silent(claims, shelf, found),
        closed=shelf.closed(),
    )


def _of_families(
    claims: Claims, shelf: Shelf, held: Held, name_of_claims: str
) -> tuple[list[Population], list[Fact]]:
    """The populations and the facts of all families."""
    people: list[Population] = []
    found: list[Fact] = []
    units = Units(claims.file.unit)
    for name in sorted(claims.file.family):
        entry = claims.file.family[name]
        workshop = Workshop(name, entry, family.namer(entry), shelf, held, claims.places, units)
        sizes = populations.size_facts(workshop, name_of_claims)
        workshop = _sized(workshop, sizes)
        people += family.populations(name, entry, workshop.sizes)
        found += _facts(workshop, sizes)
    return people, found


def _silent(claims: Claims, shelf: Shelf, facts: list[Fact]) -> tuple[str, ...]:
    """The artifacts of lines that no fact comes from, though they are of formats that are read."""
    telling = {fact.source.artifact for fact in facts}
    telling |= {loser.source.artifact for fact in facts for loser in fact.overruled}
    entries = ((line, one.exclude) for one in claims.file.family.values() for line in one.artifacts)
    return tuple(sorted({path for each in entries for path in shelf.silent(*each, telling)}))


def _readers(claims: Claims, reach: Reach) -> tuple[Reader, ...]:
    """Those of plugins, and then our own; raises MirageError for code that may not be run."""
    names, where = claims.file.plugins, claims.places.at("plugins")
    if names and not reach.is_trusted:
        raise MirageError(where, "names plugins, and --untrusted runs none", "remove them")
    return (*(plugins.load(name, where) for name in names), *artifacts.READERS)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(schema.MAX_BYTES + 1)
    except FileNotFoundError:
        raise MirageError(
            str(path), "is absent", "run `mirage-lint init`, or give --claims"
        ) from None
    except OSError as error:
        raise MirageError(str(path), f"cannot be read ({error.strerror or error})") from None


def _sized(workshop: Workshop, facts: list[Fact]) -> Workshop:
    sizes = {fact.population: int(fact.value) for fact in facts}
    workshop = workshop._replace(sizes=dict.fromkeys(workshop.entry.population) | sizes)
    populations.refuse_larger_parts(workshop)
    return workshop


def _facts(workshop: Workshop, sizes: list[Fact]) -> list[Fact]:
    """The settled facts of one family, with what follows from them."""
    found = list(sizes)
    for line in workshop.entry.artifacts:
        found += entries.known(line, workshop)
    for index, table in enumerate(workshop.entry.table):
        found += tables.facts(index, table, workshop)
    for index, entry in enumerate(workshop.entry.fact):
        found.append(entries.fact(index, entry, workshop))
    if len(found) > MAX_FACTS:
        where = workshop.where()
        raise MirageError(where, f"holds more than {MAX_FACTS:,} facts", "name fewer columns")
    _refuse_contradictions(found, workshop)
    settled = settle(found)
    return settled + derived(settled)


def _refuse_contradictions(facts: list[Fact], workshop: Workshop) -> None:
    """A rate of a population must be over as many rows as the population has."""
    for fact in facts:
        size = workshop.sizes.get(fact.population)
        if size is not None and fact.denominator and int(fact.denominator) != size:
            told = f"{fact.numerator}/{fact.denominator} ({fact.source})"
            problem = f"{fact.id} is {told}, and population '{fact.population}' has {size} rows"
            where = workshop.where("population", fact.population)
            raise MirageError(where, problem, "correct the size, the population or 'of'")


def _family(name: str, entry: FamilyEntry) -> Family:
    dimensions = tuple(
        (key, value, aliases)
        for key, named in sorted(entry.dimension.items())
        for value, aliases in sorted(named.items())
    )
    return Family(name, entry.title, entry.aliases, entry.documents, dimensions, entry.others)


def _held_counts(registry: Registry, shelf: Shelf) -> tuple[tuple[str, int], ...]:
    """Held artifacts with their facts; an archive is told by its members."""
    counts = Counter(fact.source.artifact for fact in registry.facts)
    held = shelf.held()
    archives = {paths.archive_of(path) for path in held}
    return tuple((path, counts[path]) for path in sorted(held - archives))
