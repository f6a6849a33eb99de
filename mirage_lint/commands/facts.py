"""``facts``: the registry's facts, found by name, family or value."""

import re
from fractions import Fraction
from types import SimpleNamespace
from typing import NamedTuple, TextIO

from mirage_lint import vocabulary
from mirage_lint.checking import collect
from mirage_lint.claims.claim import NUMBER, PERCENT, POINTS
from mirage_lint.claims.numbers import Number, joined, numbers
from mirage_lint.core import words
from mirage_lint.core.facts import TIER_NAMES, Fact, Family
from mirage_lint.core.interval import stored
from mirage_lint.registry import home
from mirage_lint.reports.printable import printable
from mirage_lint.rules.wording import counted, decimal

_HUNDRED, _SAME = Fraction(100), Fraction(1)
_RATES = (_SAME, _HUNDRED, 1 / _HUNDRED)
_LARGE = tuple(Fraction(1, 10**power) for power in (3, 6, 9))
"""Scales on which a rate, and a large count, are written as well: 0.5 is 50, 7.2 is 7200 (k)."""
_RATE_UNITS = ("ratio", "percent")
_FEWEST_DIGITS = 2
_PLACES = 4


_NAME = re.compile(r"\S*[^\W\d_]\S*")
_SIGNS = re.compile(r"[\d_/.:-]")
_BREAKS = re.compile(r"[-_/:\s]+")
_DIGEST = re.compile(r"[0-9a-f]{7,64}")
_EDGES = "\"'`.,;:!?()"


class Query(NamedTuple):
    """What is looked for: stems of names, and numbers. Each of ``names`` is a name as it stands,
    with what it says where nothing is called so: "resnet-50" may be the 50 of "ResNet".
    """

    stems: frozenset[str]
    numbers: tuple[Number, ...]
    names: tuple[tuple[str, "Query"], ...] = ()


class Told(NamedTuple):
    """What is known about where facts stand: stems and names of each family, digests by path."""

    stems: dict[str, frozenset[str]]
    names: dict[str, str]
    digests: dict[str, str]


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """List the facts that the query fits; 1 where there is none."""
    claims = collect.registry(arguments)
    query = read(" ".join(arguments.query))
    registry = home.open_at(claims).registry
    told = Told(
        {family.name: _stems_of(family) for family in registry.families},
        {family.name: " ".join((family.title, *family.aliases)) for family in registry.families},
        {artifact.path: artifact.digest for artifact in registry.artifacts},
    )
    found = [one for one in registry.facts if fits(query, one, told)]
    if arguments.output_format == "json":
        from mirage_lint.reports import items

        out.write(items.facts(found))
    else:
        out.writelines(_line(fact, query) for fact in found)
        out.write(f"{counted(len(found), 'fact')}.\n")
    return 0 if found else 1


def read(text: str) -> Query:
    """The words and the numbers of a query: "what is the 0.27%?" asks for a value alone."""
    spoken = [word.strip(_EDGES) for word in text.split()]
    names = [word for word in spoken if _NAME.fullmatch(word) and _SIGNS.search(word)]
    plain = _plain(" ".join(word for word in spoken if word not in names))
    return plain._replace(names=tuple((name.lower(), _plain(name)) for name in names))


def _plain(text: str) -> Query:
    found = joined(text, numbers(text, in_words=False))
    names, end = "", 0
    for number in found:
        names += f"{text[end : number.start]} "
        end = number.end
    asking = vocabulary.load("words")["asking"]
    told = [word for word, _, _ in words.located(names + text[end:]) if word not in asking]
    stems = frozenset(stem for word in told for stem in words.canonical(word))
    return Query(stems, tuple(found))


def fits(query: Query, fact: Fact, told: Told) -> bool:
    """Whether a fact has all words of the query in its names or those of its family, all its
    numbers in its value, its counts or its names, and all its names in any of its texts.
    """
    stems = _stems(fact) | told.stems.get(fact.family, frozenset())
    return (
        query.stems <= stems
        and all(_holds(number, fact) or _names(number, fact) for number in query.numbers)
        and all(_is_called(name, fact, told) or fits(own, fact, told) for name, own in query.names)
    )


def _is_called(name: str, fact: Fact, told: Told) -> bool:
    """Whether a fact is called so, or its artifact has the digest that begins so."""
    if _DIGEST.fullmatch(name) and told.digests.get(fact.source.artifact, "").startswith(name):
        return True
    value = fact.value if fact.kind != "number" else ""
    texts = (fact.id, *fact.names, value, told.names.get(fact.family, ""), str(fact.source))
    parts = _BREAKS.sub(" ", name).split()
    pattern = rf"(?<![^\W_]){'[-_/: ]?'.join(map(re.escape, parts))}(?![^\W_])"
    return re.search(pattern, "\n".join(texts).lower()) is not None


def _stems_of(family: Family) -> frozenset[str]:
    names = (family.title, *family.aliases)
    return frozenset(stem for name in names for stem in words.stems(name))


def _stems(fact: Fact) -> set[str]:
    return {stem for name in (fact.id, *fact.names) for stem in words.stems(name)}


def _names(number: Number, fact: Fact) -> bool:
    """Whether a plain number is a word of the metric's name, or the value of a dimension."""
    if number.kind != NUMBER:
        return False
    settings = {value for _, value in fact.dimensions}
    names = {word for name in (fact.metric, *fact.names) for word in words.split(name)}
    return number.digits in settings | names


def _holds(number: Number, fact: Fact) -> bool:
    """Whether the written number holds the fact's value, on any scale that prose uses."""
    if fact.kind != "number":
        return False
    if number.digits in {fact.numerator, fact.denominator} - {""} and number.is_whole:
        return True
    exact, _ = stored(fact.value, fact.unit)
    return any(number.value.holds(exact * scale) for scale in _scales(number, fact, exact))


def _scales(number: Number, fact: Fact, exact: Fraction) -> tuple[Fraction, ...]:
    """A percentage is a ratio, or stored as percent; a number may be any of these, or in
    thousands, where its digits are more than chance.
    """
    is_count = bool(fact.unit) and fact.unit not in _RATE_UNITS
    if number.kind in (PERCENT, POINTS):
        bare = not fact.unit and not fact.value.endswith("%")
        return (_SAME, 1 / _HUNDRED) if bare and exact > 1 else (_SAME,)
    rates = (_SAME,) if is_count or number.is_whole else _RATES
    digits = number.digits.replace(".", "").strip("0")
    return rates + (_LARGE if len(digits) > _FEWEST_DIGITS and exact.denominator == 1 else ())


def _line(fact: Fact, query: Query) -> str:
    unit = {"ratio": "", "percent": "" if fact.value.endswith("%") else "%"}.get(
        fact.unit, f" {fact.unit}".rstrip()
    )
    line = f"{fact.id} = {fact.value}{unit}{_as_asked(fact, query)}"
    line += f", in {fact.source} ({TIER_NAMES[fact.source.tier]})"
    lost = "".join(f"; overrules {one.value} in {one.source}" for one in fact.overruled)
    return f"{printable(line + lost)}\n"


def _as_asked(fact: Fact, query: Query) -> str:
    """The value of a rate in percent, where a percentage was asked for."""
    if fact.kind != "number" or not any(one.kind in (PERCENT, POINTS) for one in query.numbers):
        return ""
    exact, _ = stored(fact.value, fact.unit)
    is_told = fact.value.endswith("%") or exact > 1
    return "" if is_told else f" ({decimal(exact * _HUNDRED, _PLACES)}%)"
