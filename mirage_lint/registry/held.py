"""Facts of artifacts that are absent here, as the old lock holds them."""

from mirage_lint import vocabulary
from mirage_lint.core.facts import Fact, Registry
from mirage_lint.errors import MirageError
from mirage_lint.registry.derive import MARK
from mirage_lint.registry.naming import Named


class Held:
    """What an old lock says, by family and artifact, with overruled values as facts again."""

    def __init__(self, old: Registry | None) -> None:
        self._facts: dict[tuple[str, str], list[Fact]] = {}
        for fact in old.facts if old else ():
            if not fact.source.pointer.startswith(MARK):
                self._add(fact._replace(overruled=()))
            for loser in fact.overruled:
                self._add(
                    fact._replace(
                        value=loser.value,
                        source=loser.source,
                        numerator="",
                        denominator="",
                        overruled=(),
                    )
                )

    def known(self, family: str, path: str) -> list[Fact]:
        """The facts that a reader which knows the format had named."""
        canonical = vocabulary.load("fields")
        return [fact for fact in self._of(family, path) if fact.metric in canonical]

    def table(self, family: str, path: str, keys: tuple[str, ...], where: str) -> list[Fact]:
        """The facts of a table; raises MirageError if the lock holds none."""
        found = [
            fact
            for fact in self._of(family, path)
            if all(f"{key}=" in fact.source.pointer for key in keys)
        ]
        if not found:
            raise _missing(path, "facts of this table", where)
        return found

    def single(self, family: str, path: str, pointer: str, named: Named, where: str) -> Fact:
        """The fact of one ``[[fact]]`` entry; raises MirageError if the lock lacks it."""
        for fact in self._of(family, path):
            mine = Named(fact.metric, fact.population, fact.dimensions)
            if fact.source.pointer == pointer and mine == named:
                return fact
        raise _missing(path, f"'{named.metric}' at {pointer}", where)

    def _add(self, fact: Fact) -> None:
        self._facts.setdefault((fact.family, fact.source.artifact), []).append(fact)

    def _of(self, family: str, path: str) -> list[Fact]:
        return self._facts.get((family, path), [])


def _missing(path: str, what: str, where: str) -> MirageError:
    problem = f"artifact '{path}' is not read here, and claims.lock holds no {what}"
    return MirageError(where, problem, "run the build where the artifact is")
