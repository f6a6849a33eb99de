"""The vocabulary as the grammar looks it up; a registry's own words are added to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from mirage_lint import vocabulary
from mirage_lint.core.record import NamedTuple

Units = tuple[tuple[str, tuple[str, ...]], ...]
"""A registry's own units, each with the words for it."""
_LETTERS = re.compile(r"[^\W\d_]+")


class Lexicon(NamedTuple):
    """Tables that the grammar reads.

    ``units`` maps words to unit keys; ``hedges`` maps phrases before a number to "about", "least"
    or "most", ``hedge_ends`` holds their last words, and ``hedge_tails`` maps phrases behind it;
    ``keys`` are one-word metrics, which make "rank-8" a claim and leave "phase-8" a label;
    ``weak_families`` are those of ``model_families`` that are ordinary words; ``family_cues`` are
    the letters that families start with, ``number_cues`` the words that numbers start with, and
    ``cues`` both, all in bytes: a passage with none of them names no model and no number in words;
    ``grades`` are those of ``variants`` that follow a name in lower case, too; ``versioned`` is
    what a number behind it is the version or the name of; ``scores`` are what a rank belongs to;
    ``lengths`` are the units of a run's length.
    """

    units: dict[str, str]
    numbers: dict[str, int]
    hedges: dict[str, str]
    hedge_ends: frozenset[str]
    hedge_tails: dict[str, str]
    labels: frozenset[str]
    versioned: frozenset[str]
    scores: frozenset[str]
    lengths: frozenset[str]
    keys: frozenset[str]
    months: frozenset[str]
    ordinals: frozenset[str]
    phrase_ends: frozenset[str]
    definite: frozenset[str]
    model_families: frozenset[str]
    weak_families: frozenset[str]
    family_cues: frozenset[bytes]
    number_cues: frozenset[bytes]
    cues: frozenset[bytes]
    variants: frozenset[str]
    grades: frozenset[str]


def make(
    model_families: Iterable[str] = (), keys: Iterable[str] = (), units: Units = ()
) -> Lexicon:
    """The vocabulary with a registry's own model families, one-word metrics and units."""
    return _make(frozenset(model_families), frozenset(keys), units)


@cache
def _make(model_families: frozenset[str], keys: frozenset[str], own: Units) -> Lexicon:
    words = vocabulary.load("words")
    units = (*vocabulary.load("units").items(), *own)
    models = vocabulary.load("models")
    hedges = dict.fromkeys(words["approximations"], "about")
    hedges |= dict.fromkeys(words["lower_bounds"], "least")
    hedges |= dict.fromkeys(words["upper_bounds"], "most")
    tails = dict.fromkeys(words["or_more"], "least") | dict.fromkeys(words["or_less"], "most")
    families = frozenset(models["families"]) | model_families
    first_letters = filter(None, map(_LETTERS.match, families))
    family_cues = frozenset(found.group().encode() for found in first_letters)
    number_cues = frozenset(map(str.encode, (*words["numbers"], *words["denominators"])))
    return Lexicon(
        units={word: key for key, forms in units for word in forms},
        numbers=words["numbers"],
        hedges=hedges,
        hedge_ends=frozenset(phrase.rpartition(" ")[2] for phrase in hedges),
        hedge_tails=tails,
        labels=frozenset(words["label_nouns"]),
        versioned=frozenset(words["versioned"]),
        scores=frozenset(words["scores"]),
        lengths=frozenset(words["lengths"]),
        keys=keys.union(_settings()),
        months=frozenset(words["months"]),
        ordinals=frozenset(words["ordinals"]),
        phrase_ends=frozenset(words["phrase_ends"]),
        definite=frozenset(words["definite"]),
        model_families=families,
        family_cues=family_cues,
        number_cues=number_cues,
        cues=family_cues | number_cues,
        weak_families=frozenset(models["ambiguous"]) - model_families,
        variants=frozenset(models["variants"]),
        grades=frozenset(models["grades"]),
    )


def _settings() -> Iterator[str]:
    """One-word names of what runs are set to: "rank", "seed"."""
    for field in vocabulary.load("fields").values():
        yield from (name.lower() for name in field["names"] if name.isalpha())
