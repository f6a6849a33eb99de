"""The registry, turned so that text can be looked up in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from fractions import Fraction
from itertools import chain, combinations
from operator import attrgetter

from mirage_lint import vocabulary
from mirage_lint.binding.agreement import comparable, sort_of
from mirage_lint.binding.models import Models
from mirage_lint.binding.phrases import PhraseBook
from mirage_lint.binding.pool import Pool, make_room
from mirage_lint.binding.records import Records
from mirage_lint.claims.claim import Claim
from mirage_lint.core import words
from mirage_lint.core.cached import cached_property
from mirage_lint.core.facts import Artifact, Fact, Population, Registry
from mirage_lint.core.modelname import ModelName, parse
from mirage_lint.core.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mirage_lint.binding.mentions import Mention

FAMILY, METRIC, POPULATION, DIMENSION = "family", "metric", "population", "dimension"
BASE = "base model"
PLAIN = frozenset({BASE, "model"})
"""Metrics of models that no role of its own tells of."""
Phrase = tuple[str, ...]
Role = tuple[str, tuple[str, ...]]
"""What a model is to a run: the metric, and its further names."""
_MOST_WITH_STEM = 50
"""Metrics with a word in their names, from which on it tells little."""
_MOST_OF_ARTIFACT = 500
"""Numbers of an artifact, from which on that it holds one of them tells little."""
_MOST_TOLD = 4096
"""Heads of tables, or models, of which what they name is kept at once."""
_MOST_CUES = 16
"""Ways to write the names of runs, from which on looking for each takes longer than to read."""
_FIRST_OF_LETTERS = ("_a", "-a", " a")
"""How ``run_a`` ends beside ``run_b``: less its article it would be named by every "run"."""
_FEWEST_INITIALS = 2
"""Words of a name whose initials are too few to tell it."""


class Meaning(NamedTuple):
    """What a phrase names. ``value`` is a family; a metric's phrase; (family, population);
    (key, value) of a dimension.
    """

    kind: str
    value: object


class Index:
    """Look-ups over one registry; built once, each part when first needed."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.meanings: dict[Phrase, set[Meaning]] = defaultdict(set)
        self.names: dict[Phrase, set[Phrase]] = defaultdict(set)
        self.model_facts = [fact for fact in registry.facts if fact.kind == "model"]
        self._comparable: dict[tuple[object, ...], Pool] = {}
        self.mentioned: dict[tuple[str, bool], tuple[Mention, ...]] = {}
        """What texts without claims mention, in a table or not, for `View.mentions` to keep."""
        of_metric: dict[Phrase, list[Fact]] = defaultdict(list)
        numbers: dict[tuple[str, tuple[str, ...]], list[Fact]] = defaultdict(list)
        for fact in registry.facts:
            if fact.kind == "number":
                of_metric[words.key(fact.metric)].append(fact)
                numbers[fact.metric, fact.names].append(fact)
        self.facts = defaultdict(Pool, {metric: Pool(of_metric[metric]) for metric in of_metric})
        for (metric, names), facts in numbers.items():
            self._add_metric(metric, names, facts)
        self._add_families()
        self._add_populations()
        lettered = set(filter(_is_lettered, self.names))
        telling = {*filter(_is_telling, self.meanings), *lettered}
        self.book = PhraseBook(telling, self.names.keys() - lettered)

    # -- look-ups --------------------------------------------------------------------------------

    def may_name_run(self, text: str) -> bool:
        """Whether the letters of any run's name stand in a text, for most of which nothing more has
        to be looked at.
        """
        cues = self._run_cues
        return len(cues) > _MOST_CUES or any(cue in text.lower() for cue in cues)

    @cached_property
    def _run_cues(self) -> frozenset[str]:
        """Of each name of a run, what its longest word may be written with."""
        named = (name for name in self.meanings if self._means_run(name))
        return frozenset(cue for name in named for cue in words.written(max(name, key=len)))

    def _means_run(self, name: Phrase) -> bool:
        return any(name) and any(meaning.kind == FAMILY for meaning in self.meanings[name])

    def metrics_named(self, name: str) -> frozenset[Phrase]:
        """The metrics that ``name`` (a key of an assignment) is a name of."""
        return frozenset(self.names.get(words.key(name), ()))

    def metrics_ending(self, stems: Phrase) -> Iterator[tuple[Phrase, Phrase]]:
        """The metrics with a name of more words that ends with ``stems``, each with the words
        before them.
        """
        for name in self._names_by_end[stems[-1]]:
            if len(name) > len(stems) and name[-len(stems) :] == stems:
                yield from ((metric, name[: -len(stems)]) for metric in self.names[name])

    @cached_property
    def _names_by_end(self) -> dict[str, list[Phrase]]:
        found: dict[str, list[Phrase]] = defaultdict(list)
        for name in filter(None, self.names):
            found[name[-1]].append(name)
        return found

    def metrics_with(self, stem: str) -> frozenset[Phrase]:
        """The metrics that have a name with ``stem``, or those initials; none where they are many:
        then it tells little.
        """
        found = self._with_stem.get(stem, ())
        return frozenset(found if len(found) <= _MOST_WITH_STEM else ())

    @cached_property
    def _with_stem(self) -> dict[str, set[Phrase]]:
        found: dict[str, set[Phrase]] = defaultdict(set)
        for metric in self.facts:
            for stem in chain(*self.names_of(metric), self.initials_of(metric)):
                found[stem].add(metric)
        return found

    def names_of(self, metric: Phrase) -> Iterator[Phrase]:
        """The names of a metric."""
        return iter(self._names_of[metric])

    @cached_property
    def _names_of(self) -> dict[Phrase, set[Phrase]]:
        found: dict[Phrase, set[Phrase]] = defaultdict(set)
        for name, metrics in self.names.items():
            for metric in metrics:
                found[metric].add(name)
        return found

    def comparable(
        self, claim: Claim, metrics: Iterable[Phrase], named: Set[Phrase], percent: bool = False
    ) -> Pool:
        """The facts of metrics that a claim could be about, by kind and unit alone; ``named`` are
        the metrics that are, and ``percent`` is, as in `agreement.comparable`.
        """
        told = tuple((metric, metric in named) for metric in sorted(metrics))
        key = (told, percent, *sort_of(claim))
        if key not in self._comparable:
            make_room(self._comparable)
            self._comparable[key] = Pool(
                fact
                for metric, is_named in told
                for fact in self.facts[metric]
                if comparable(claim, fact, is_named, percent)
            )
        return self._comparable[key]

    def counts(self, units: frozenset[str]) -> Pool:
        """The facts that are whole numbers of some units."""
        if units not in self._counts:
            make_room(self._counts)
            self._counts[units] = Pool(
                fact
                for fact in self.registry.facts
                if fact.unit in units and fact.value.isdecimal()
            )
        return self._counts[units]

    @cached_property
    def _counts(self) -> dict[frozenset[str], Pool]:
        return {}

    @cached_property
    def base_facts(self) -> tuple[Fact, ...]:
        """Models that runs were built on."""
        return tuple(fact for fact in self.model_facts if fact.metric == BASE)

    @cached_property
    def role_facts(self) -> tuple[Fact, ...]:
        """Models with a role of their own, beside that of the base."""
        return tuple(fact for fact in self.model_facts if fact.metric not in PLAIN)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles of their own that models have."""
        return frozenset((fact.metric, fact.names) for fact in self.role_facts)

    def initials_of(self, metric: Phrase) -> frozenset[str]:
        """The initials of a metric's names of three words and more: "fpr"."""
        return self._initials.get(metric, frozenset())

    @cached_property
    def _initials(self) -> dict[Phrase, frozenset[str]]:
        found: dict[Phrase, set[str]] = defaultdict(set)
        for metric, facts in self.facts.items():
            for name in {name for fact in facts for name in (fact.metric, *fact.names)}:
                parts = words.split(name)
                if len(parts) > _FEWEST_INITIALS:
                    found[metric].add("".join(part[0] for part in parts))
        return {metric: frozenset(names) for metric, names in found.items()}

    def score(self, head: frozenset[str], metric: Phrase) -> Fraction:
        """How well a head of a table names a metric: 1 as a whole or by its initials ("FPR"), 0
        where each has words of its own.
        """
        if (head, metric) not in self._scores:
            make_room(self._scores, _MOST_TOLD)
            self._scores[head, metric] = self._score(head, metric)
        return self._scores[head, metric]

    def _score(self, head: frozenset[str], metric: Phrase) -> Fraction:
        best = Fraction(len(head) == 1 and not head.isdisjoint(self.initials_of(metric)))
        for name in self.names_of(metric):
            own = frozenset(name)
            if head and (head <= own or own <= head):
                best = max(best, Fraction(len(head & own), len(head | own)))
        return best

    @cached_property
    def _scores(self) -> dict[tuple[frozenset[str], Phrase], Fraction]:
        return {}

    def families_called(self, text: str) -> frozenset[str]:
        """Families whose key or title is the whole of ``text``, as heads of tables are."""
        return self._called.get(words.key(text), frozenset()) if text.strip() else frozenset()

    @cached_property
    def _called(self) -> dict[Phrase, frozenset[str]]:
        found: dict[Phrase, set[str]] = defaultdict(set)
        for family in self.registry.families:
            for name in (family.name, family.title):
                found[words.key(name)].add(family.name)
        return {phrase: frozenset(names) for phrase, names in found.items()}

    def families_with_model(self, name: ModelName) -> frozenset[str]:
        """Families whose model agrees with ``name``."""
        return self._model_families.agreeing(name)

    def facts_with_model(self, name: ModelName) -> tuple[Fact, ...]:
        """Models that agree with ``name``, as facts, in order of their ids."""
        if name not in self._with_model:
            make_room(self._with_model, _MOST_TOLD)
            found = self._model_facts.agreeing(name)
            self._with_model[name] = tuple(sorted(found, key=self._model_ranks.__getitem__))
        return self._with_model[name]

    @cached_property
    def _with_model(self) -> dict[ModelName, tuple[Fact, ...]]:
        return {}

    @cached_property
    def _model_ranks(self) -> dict[Fact, int]:
        """The place of each model in the order of their ids."""
        ordered = sorted(set(self.model_facts), key=attrgetter("id", "value", "source"))
        return {fact: rank for rank, fact in enumerate(ordered)}

    def settings_with_model(self, name: ModelName) -> frozenset[tuple[str, str]]:
        """Dimensions whose value is a model that agrees with ``name``."""
        return self._model_settings.agreeing(name)

    @cached_property
    def _model_facts(self) -> Models[Fact]:
        return Models((parse(fact.value), fact) for fact in self.model_facts)

    @cached_property
    def _model_families(self) -> Models[str]:
        return Models((parse(fact.value), fact.family) for fact in self.model_facts)

    @cached_property
    def _model_settings(self) -> Models[tuple[str, str]]:
        named = ((parse(value), (key, value)) for key, value in self._dimensions)
        return Models((name, pair) for name, pair in named if _is_model(name))

    def artifacts_at(self, path: str, directory: str = "") -> list[Artifact]:
        """Artifacts that a path in a document means: the file, its archive, or its folder.

        Tried from the document's ``directory``, from the root, then as the end of a path.
        """
        if (path, directory) not in self._meant:  # asked for what it names, and whether it is there
            make_room(self._meant)
            self._meant[path, directory] = self._artifacts_at(path, directory)
        return self._meant[path, directory]

    @cached_property
    def _meant(self) -> dict[tuple[str, str], list[Artifact]]:
        return {}

    def _artifacts_at(self, path: str, directory: str) -> list[Artifact]:
        path = path.strip("/") if not path.startswith("~") else path.rstrip("/")
        if not path:
            return []
        for candidate in (joined(directory, path), joined("", path)):
            if candidate and (found := self._places.get(candidate)):
                return found
        if self.archive_of(path):
            return []  # the archive is known, and has no such member
        return self._parts.get(path, [])

    def is_at(self, path: str, directory: str) -> bool:
        """Whether an artifact lies just there, seen from ``directory`` or from the root."""
        return any(joined(one, path) in self._places for one in (directory, ""))

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(one.path for one in self.registry.artifacts)

    @cached_property
    def _places(self) -> dict[str, list[Artifact]]:
        """Artifacts by their paths, their archives and their folders."""
        found: dict[str, list[Artifact]] = defaultdict(list)
        for one in self.registry.artifacts:
            for place in dict.fromkeys(one.path[: end.start()] for end in _borders(one.path)):
                found[place].append(one)
        return found

    @cached_property
    def _parts(self) -> dict[str, list[Artifact]]:
        """Artifacts by what their paths, archives and folders end with."""
        found: dict[str, list[Artifact]] = defaultdict(list)
        for one in self.registry.artifacts:
            borders = _borders(one.path)
            spans = ((low.end(), high.start()) for low, high in combinations(borders, 2))
            for part in dict.fromkeys(one.path[low:high] for low, high in spans):
                found[part].append(one)
        return found

    def beside(self, path: str) -> list[Artifact]:
        """Artifacts of the path's name, or in a folder of its folder's name."""
        return [one for place in _last_parts(path) for one in self._by_part.get(place, ())]

    @cached_property
    def _by_part(self) -> dict[tuple[str, str], list[Artifact]]:
        found: dict[tuple[str, str], list[Artifact]] = defaultdict(list)
        for one in self.registry.artifacts:
            for place in _last_parts(one.path):
                found[place].append(one)
        return found

    def archive_of(self, path: str) -> str:
        """The registered archive that ``path`` names a member of, as the root tells it."""
        archive, inside, _ = path.partition("::")
        return archive if inside and archive in self._paths else ""

    def sized(self, size: int) -> frozenset[tuple[str, str]]:
        """Populations, as (family, name), of that size."""
        return self._sizes.get(size, frozenset())

    def population(self, family: str, name: str) -> Population | None:
        """The population ``name`` of ``family``."""
        return self._populations.get((family, name))

    def dimension_keys(self, stems: Iterable[str]) -> Iterator[str]:
        """Keys of numeric dimensions that ``stems`` name: "retention" -> retention."""
        present = set(stems)
        for key in sorted(self.numeric_keys):
            phrase = words.key(key)
            if present.issuperset(phrase):
                yield key

    def dimension_value(self, key: str, values: Iterable[Fraction]) -> str | None:
        """The stored value of a numeric dimension that equals one of ``values``."""
        known = self._numeric_values[key]
        return next((known[value] for value in values if value in known), None)

    @cached_property
    def records(self) -> Records:
        """Its facts by the rows that they came from."""
        return Records(self.registry.facts)

    def values_of(self, family: str, key: str) -> frozenset[str]:
        """All values of a dimension in a family."""
        return self._values_of.get((family, key), frozenset())

    @cached_property
    def _values_of(self) -> dict[tuple[str, str], frozenset[str]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for fact in self.registry.facts:
            for key, value in fact.dimensions:
                found[fact.family, key].add(value)
        return {place: frozenset(values) for place, values in found.items()}

    @cached_property
    def families_with_others(self) -> frozenset[str]:
        """Families beside which there may be runs that no artifact tells of."""
        return frozenset(family.name for family in self.registry.families if family.others)

    def facts_of(self, artifact: str) -> Sequence[Fact]:
        """The numbers of an artifact; none of one that has very many."""
        found = self._by_artifact.get(artifact, ())
        return found if len(found) <= _MOST_OF_ARTIFACT else ()

    @cached_property
    def _by_artifact(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.registry.facts:
            if fact.kind == "number":
                found[fact.source.artifact].append(fact)
        return found

    def may_be_of_others(self, facts: Iterable[Fact]) -> bool:
        """Whether all of ``facts`` are of such families."""
        return all(fact.family in self.families_with_others for fact in facts)

    @cached_property
    def families_of_more(self) -> frozenset[str]:
        """Families whose rows tell of models beside those that are facts: a model of theirs may be
        any.
        """
        return frozenset(
            family
            for (family, _), values in self._values_of.items()
            for name in map(parse, values)
            if _is_model(name) and family not in self.families_with_model(name)
        )

    def has_statistic(self, fact: Fact) -> bool:
        """Whether a statistic, as a deviation, is known of the same thing in the same file."""
        return _thing(fact) in self._statistics

    @cached_property
    def _statistics(self) -> frozenset[tuple[object, ...]]:
        names = frozenset(vocabulary.load("words")["statistics"])
        told = (one for one in self.registry.facts if not names.isdisjoint(words.split(one.metric)))
        return frozenset(map(_thing, told))

    def is_size(self, fact: Fact) -> bool:
        """Whether a fact tells how many rows its population has."""
        one = self.population(fact.family, fact.population) if fact.population else None
        return one is not None and not fact.denominator and fact.value == str(one.size)

    # -- building --------------------------------------------------------------------------------

    def _add_metric(self, name: str, names: Iterable[str], facts: list[Fact]) -> None:
        """The names of a metric of ``facts``. The stems of a fact's population and dimension
        values are slots of their own, and leave them.
        """
        metric = words.key(name)
        phrases = [metric, *(phrase for one in names for phrase in _phrases(one))]
        self._add_thresholds(metric, names)
        further = {stem for phrase in phrases for stem in phrase}.difference(metric)
        for slots in {frozenset(further.intersection(_slot_stems(fact))) for fact in facts}:
            for phrase in phrases:
                bare = tuple(stem for stem in phrase if stem not in slots) or phrase
                self.names[phrase].add(metric)
                self.names[bare].add(metric)
                self.meanings[bare].add(Meaning(METRIC, metric))

    def _add_thresholds(self, metric: Phrase, names: Iterable[str]) -> None:
        """ "AP50" names what is stored as "AP@0.5"."""
        for name in names:
            if (told := words.thresholds(name)) != name:
                self.names[words.key(told)].add(metric)
                self.meanings[words.key(told)].add(Meaning(METRIC, metric))

    def _add_families(self) -> None:
        for family in self.registry.families:
            self._mean(family.aliases or (family.name,), Meaning(FAMILY, family.name))
            for key, value, aliases in family.dimensions:
                self._mean((value, *aliases), Meaning(DIMENSION, (key, value)))
        starts = {(key, words.key(value)[:-1]) for key, value in self._dimensions}
        for key, value in self._dimensions:
            is_first = value.lower().endswith(_FIRST_OF_LETTERS)
            if not (_number(value) or (is_first and (key, words.key(value)) in starts)):
                self._mean((value,), Meaning(DIMENSION, (key, value)))

    def _add_populations(self) -> None:
        for one in self.registry.populations:
            self._mean((one.name, *one.aliases), Meaning(POPULATION, (one.family, one.name)))

    def _mean(self, names: Iterable[str], meaning: Meaning) -> None:
        for name in names:
            for phrase in _phrases(name):
                self.meanings[phrase].add(meaning)

    @cached_property
    def _dimensions(self) -> list[tuple[str, str]]:
        return sorted({pair for fact in self.registry.facts for pair in fact.dimensions})

    @cached_property
    def _numeric_values(self) -> dict[str, dict[Fraction, str]]:
        values: dict[str, dict[Fraction, str]] = defaultdict(dict)
        for key, value in self._dimensions:
            number = _number(value)
            if number is not None:
                values[key][number] = value
        return values

    @cached_property
    def numeric_keys(self) -> frozenset[str]:
        """Dimensions whose values are numbers."""
        return frozenset(self._numeric_values)

    @cached_property
    def _populations(self) -> dict[tuple[str, str], Population]:
        return {(one.family, one.name): one for one in self.registry.populations}

    @cached_property
    def _sizes(self) -> dict[int, frozenset[tuple[str, str]]]:
        sizes: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for one in self.registry.populations:
            if one.size is not None:
                sizes[one.size].add((one.family, one.name))
        return {size: frozenset(found) for size, found in sizes.items()}


def _thing(fact: Fact) -> tuple[object, ...]:
    """What a fact tells a value of."""
    return fact.family, fact.dimensions, fact.source.artifact


def _phrases(name: str) -> set[Phrase]:
    """What is looked for where a name is told; in mixed case also in one: "XGBoost", "xgboost"."""
    return {words.key(name), words.key(name.lower())}


def _slot_stems(fact: Fact) -> Iterator[str]:
    for text in (fact.population, *(value for _, value in fact.dimensions)):
        yield from words.stems(text)


def _is_telling(phrase: Phrase) -> bool:
    """Whether prose can name it so: single letters and numbers only count as keys."""
    return any(len(stem) > 1 and not stem.isdigit() for stem in phrase)


def _is_lettered(phrase: Phrase) -> bool:
    """Whether a metric is called by a letter with a figure: "F1", "R2"."""
    return len(phrase) == 2 and phrase[0].isalpha() and len(phrase[0]) == 1 and phrase[1].isdigit()


def _is_model(name: ModelName) -> bool:
    return bool(name.family and (name.size or name.version))


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _borders(path: str) -> list[re.Match[str]]:
    """Where the parts of a path start and end: both its ends, slashes, and ``::``."""
    return list(re.finditer(r"\A|/|::|\Z", path))


def _last_parts(path: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The name of a file, and that of its folder, each as what it is."""
    *_, folder, name = ("", *path.replace("::", "/").split("/"))
    return ("file", name), ("folder", folder)


def joined(directory: str, path: str) -> str:
    """``path`` seen from ``directory``, ``.`` and ``..`` resolved by text alone."""
    parts = [] if path.startswith("~") else [part for part in directory.split("/") if part]
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)
