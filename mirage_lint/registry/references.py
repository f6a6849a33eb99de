"""What ``claims.toml`` refers to must be there: populations, dimension values, units."""

from mirage_lint.errors import MirageError
from mirage_lint.registry.places import Path, did_you_mean, dotted
from mirage_lint.registry.schema import Claims, FactEntry, FamilyEntry, PopulationEntry, TableEntry
from mirage_lint.registry.units import Units


def check(claims: Claims) -> None:
    """Raise MirageError at the first population, dimension value or unit that is not known."""
    for name, family in sorted(claims.file.family.items()):
        at: Path = ("family", name)
        for population, entry in family.population.items():
            _population((*at, "population", population), population, entry, family, claims)
        for index, table in enumerate(family.table):
            _entry((*at, "table", index), table, family, claims)
        for index, fact in enumerate(family.fact):
            _entry((*at, "fact", index), fact, family, claims)
            _dimensions((*at, "fact", index, "dimensions"), fact, family, claims)


def _population(
    at: Path, name: str, entry: PopulationEntry, family: FamilyEntry, claims: Claims
) -> None:
    _unit(at, entry.unit, claims)
    _declared((*at, "within"), entry.within, family, claims)
    seen, outer = {name}, entry.within
    while outer:
        if outer in seen:
            raise _error((*at, "within"), f"'{name}' lies within itself", "correct it", claims)
        seen.add(outer)
        outer = family.population[outer].within if outer in family.population else ""


def _entry(at: Path, entry: TableEntry | FactEntry, family: FamilyEntry, claims: Claims) -> None:
    _declared((*at, "population"), entry.population, family, claims)
    _unit(at, entry.unit, claims)


def _dimensions(at: Path, entry: FactEntry, family: FamilyEntry, claims: Claims) -> None:
    for key, value in entry.dimensions.items():
        known = family.dimension.get(key)
        if known is not None and value not in known:
            problem = f"'{value}' is no value of dimension '{key}'"
            raise _error((*at, key), problem, did_you_mean(value, known), claims)


def _declared(at: Path, population: str, family: FamilyEntry, claims: Claims) -> None:
    if population and population not in family.population:
        mend = did_you_mean(population, family.population) or "add it to the family's populations"
        raise _error(at, f"no population '{population}' in this family", mend, claims)


def _unit(at: Path, name: str, claims: Claims) -> None:
    units = Units(claims.file.unit)
    if units.named(name) is None:
        near, own = did_you_mean(name, units.all()), f'{name} = ["{name}", "{name}s"]'
        mend = f"{near} Else add {own} to [unit]" if near else f"add {own} to [unit]"
        raise _error((*at, "unit"), f"'{name}' is no known unit", mend, claims)


def _error(at: Path, problem: str, mend: str, claims: Claims) -> MirageError:
    return MirageError(claims.places.at(*at), f"{dotted(at)}: {problem}", mend)
