"""All mutants of a document."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import zip_longest
from random import Random
from typing import TypeVar

from mirage_lint.binding.binding import UNBOUND, VERIFIED, Binding
from mirage_lint.claims.claim import MODEL, NUMBER, QUANTITIES
from mirage_lint.claims.numerals import plain
from mirage_lint.core.facts import Fact
from mirage_lint.core.modelname import difference, parse
from mirage_lint.documents.source import Source
from mirage_lint.fixing.numerals import Written, rendered, written
from mirage_lint.mutation import names, numerals
from mirage_lint.mutation.donors import Told, donors
from mirage_lint.mutation.mutant import (
    CODES,
    FIRST,
    LAST,
    NOUN,
    ROUNDING,
    TRANSPOSED,
    Edit,
    Mutant,
)
from mirage_lint.mutation.nouns import renamed
from mirage_lint.mutation.truth import Facts, Truth, truths, value_of

T = TypeVar("T")

_DIGITS = (
    (LAST, numerals.last_digit),
    (FIRST, numerals.first_digit),
    (TRANSPOSED, numerals.transposed),
)


def mutants(
    source: Source, bindings: Iterable[Binding], facts: Facts, seed: int
) -> Iterator[Mutant]:
    """The mutants of each claim that is verified, or that nothing is known of, in order of place;
    the same for the same seed, whatever else is changed.
    """
    bound = [one for one in bindings if one.status in (VERIFIED, UNBOUND)]
    told = {
        id(one): truths(one.claim, sorted(one.facts, key=_id))
        for one in bound
        if one.status == VERIFIED and one.claim.kind in QUANTITIES
    }
    tables = Told(
        (one.claim.passage.table, truth) for one in bound for truth in told.get(id(one), ())
    )
    for one in bound:
        start = one.claim.passage.source_span(one.claim.start, one.claim.end)[0]
        random = Random(f"{seed} {source.path} {start}")
        if one.claim.kind == MODEL:
            yield from _of_model(one, source, facts, random)
        elif one.claim.kind in QUANTITIES:
            yield from _of_number(one, told.get(id(one), ()), source, tables, facts, random)


def sample(found: Iterable[tuple[T, Mutant]], count: int, seed: int) -> list[tuple[T, Mutant]]:
    """At most ``count`` of the mutants at random, each with what it came with: of each kind as
    many as of any other, as far as there are; in order of kind.
    """
    kinds: dict[str, list[tuple[T, Mutant]]] = {kind: [] for kind in CODES}
    for one in found:
        kinds[one[1].kind].append(one)
    for kind, many in kinds.items():
        Random(f"{seed} {kind}").shuffle(many)
    rounds = zip_longest(*kinds.values())
    chosen = [one for turn in rounds for one in turn if one is not None][:count]
    order = list(CODES)
    return sorted(chosen, key=lambda one: order.index(one[1].kind))


def _id(fact: Fact) -> str:
    return fact.id


def _of_number(
    one: Binding,
    told: tuple[Truth, ...],
    source: Source,
    tables: Told,
    facts: Facts,
    random: Random,
) -> Iterator[Mutant]:
    claim, form = one.claim, written(one.claim, source)
    is_verified = one.status == VERIFIED
    if form is None or is_verified != bool(told):
        return
    changes = [(kind, change(form.text, random)) for kind, change in _DIGITS]
    if told and _is_decimal(form):
        beside = tables.beside(claim.passage.table)
        found = _swaps(form, told[0], beside, facts, random)
        changes += [one for one in found if one[0] != ROUNDING or not claim.hedge]
    for kind, new in changes:
        value = value_of(claim, new) if new and new != form.text else None
        if value is not None and not any(truth.allows(value) for truth in told):
            yield Mutant(
                kind,
                Edit(form.start, form.text, new),
                frozenset(facts.codes(kind, claim, value, told)),
                is_verified,
                bool(claim.passage.table),
                facts.anywhere(value),
            )
    if claim.kind == NUMBER and claim.unit and told:
        for edit in renamed(claim, one.facts, source, facts, random):
            yield _plain(NOUN, edit, one, known=True)


def _is_decimal(form: Written) -> bool:
    return plain(form.text).replace(".", "").isdecimal()


def _swaps(
    form: Written, truth: Truth, beside: list[Truth], facts: Facts, random: Random
) -> list[tuple[str, str]]:
    """Kinds with the numerals of other values, as they would be written here."""
    written = Fraction(plain(form.text))
    if not truth.exact or not written:
        return []
    # What the numeral leaves to its surroundings: the hundredth of "%", the million of "M".
    unit = Fraction(10) ** _power(written / truth.exact)
    found = [(ROUNDING, numerals.misrounded(form.text, abs(truth.exact) * unit))]
    others = donors(truth, beside, facts, random)
    return found + [(name, rendered(form, value * unit)) for name, value in others]


def _power(ratio: Fraction) -> int:
    """The power of ten that is nearest to a ratio."""
    powers = range(-12, 13)
    return min(powers, key=lambda power: abs(abs(ratio) / Fraction(10) ** power - 1))


def _of_model(one: Binding, source: Source, facts: Facts, random: Random) -> Iterator[Mutant]:
    if one.status != VERIFIED:
        return
    start, end = one.claim.passage.source_span(one.claim.start, one.claim.end)
    text = source.text[start:end]
    families = {fact.family for fact in one.facts}
    models = [fact for fact in facts.registry.facts if fact.kind == "model"]
    own = [fact for fact in models if fact.family in families]
    for kind, new in names.changed(text, own, random):
        yield _plain(kind, Edit(start, text, new), one, _is_known(new, models))


def _is_known(name: str, models: list[Fact]) -> bool:
    return any(not difference(parse(name), parse(fact.value)) for fact in models)


def _plain(kind: str, edit: Edit, one: Binding, known: bool) -> Mutant:
    codes = frozenset({CODES[kind]})
    return Mutant(kind, edit, codes, True, bool(one.claim.passage.table), known)
