"""The vocabulary as the grammar looks it up; a registry's own words are added to it."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import regex

from mirage_lint import vocabulary

_VERSION_OR_SIZE = r"v?\d+(?:[._]\d+)*(?:x\d+(?:\.\d+)?)?[bBmM]?(?![\p{L}\d])"


class Lexicon(NamedTuple):
    """Tables that the grammar reads.

    ``units`` maps words to unit keys; ``hedges`` maps phrases to "about", "least" or "most";
    ``keys`` are one-word metrics, which make "rank-8" a claim and leave "phase-8" a label;
    ``model`` finds model names in text.
    """

    units: dict[str, str]
    numbers: dict[str, int]
    multipliers: dict[str, int]
    hedges: dict[str, str]
    labels: frozenset[str]
    keys: frozenset[str]
    months: frozenset[str]
    phrase_ends: frozenset[str]
    definite: frozenset[str]
    model: "regex.Pattern[str]"


def make(model_families: Iterable[str] = (), keys: Iterable[str] = ()) -> Lexicon:
    """The vocabulary with a registry's own model families and one-word metrics."""
    return _make(frozenset(model_families), frozenset(keys))


@cache
def _make(model_families: frozenset[str], keys: frozenset[str]) -> Lexicon:
    words = vocabulary.load("words")
    units = vocabulary.load("units")
    hedges = dict.fromkeys(words["approximations"], "about")
    hedges |= dict.fromkeys(words["lower_bounds"], "least")
    hedges |= dict.fromkeys(words["upper_bounds"], "most")
    return Lexicon(
        units={word: key for key, forms in units.items() for word in forms},
        numbers=words["numbers"],
        multipliers=words["multipliers"],
        hedges=hedges,
        labels=frozenset(words["label_nouns"]),
        keys=keys,
        months=frozenset(words["months"]),
        phrase_ends=frozenset(words["phrase_ends"]),
        definite=frozenset(words["definite"]),
        model=_model_pattern(model_families),
    )


def _model_pattern(extra: frozenset[str]) -> "regex.Pattern[str]":
    """A hub id or a family's name with the versions, sizes and variants that follow it.

    Families that are ordinary words or Greek letters count only with a version or size.
    """
    tables = vocabulary.load("models")
    ambiguous = set(tables["ambiguous"]) - extra
    plain = "|".join(sorted((set(tables["families"]) | extra) - ambiguous, key=len, reverse=True))
    weak = "|".join(sorted(ambiguous, key=len, reverse=True))
    variants = sorted(tables["variants"], key=len, reverse=True)
    # Behind a space only as a name writes it: "Phi-3 Medium", not "Phi-3 it ...".
    titles = "|".join(variant.capitalize() for variant in variants if len(variant) > 2)
    more = (
        rf"(?:[\-_ ]?{_VERSION_OR_SIZE}|[\-_][\p{{L}}\d]+(?!\p{{L}})"
        rf"|\ (?-i:{titles})(?![\p{{L}}\d]))"
    )
    strong = rf"(?:{plain})(?!\p{{L}})(?:{more})*+"
    shaped = rf"(?:{weak})(?=[\-_ ]?{_VERSION_OR_SIZE})(?:{more})++"
    organisation = r"(?<![\p{L}\d_\-./])(?:[\w.\-]+/)?"
    return regex.compile(rf"{organisation}(?:{strong}|{shaped})", regex.IGNORECASE)
