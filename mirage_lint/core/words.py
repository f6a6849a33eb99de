"""Words as the matcher sees them: identifiers and prose reduced to the same stems."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mirage_lint import vocabulary
from mirage_lint.core.conversions import is_measure

WORD = re.compile(
    r"(?<![A-Za-z])[a-z][A-Z]{2,}+(?![a-z])|[A-Z]{2,}s(?![A-Za-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\dA-Za-z_]+|\d+"
)
"""A word of prose, or of an identifier."""
_SHARE = re.compile(r"(?<![\d.])0?\.(\d\d?)(?!\d)")
_SUFFIXES = (
    "ations",
    "ation",
    "ating",
    "ated",
    "ates",
    "ate",
    "ings",
    "ing",
    "ions",
    "ion",
    "ies",
    "ed",
    "es",
    "s",
    "e",
    "y",
)
_SHORTEST_STEM = 3


def split(text: str) -> list[str]:
    """Lower-case words of prose or of an identifier: ``nEvents``, ``n_events`` and "N events".

    Splits on case, underscores, punctuation, and between letters and digits.
    """
    return [word.lower() for word in WORD.findall(text)]


def thresholds(text: str) -> str:
    """``text`` with its shares as percent: "AP@0.5" is "AP@50", and "mAP@.5:.95" "mAP@50:95"."""
    return _SHARE.sub(lambda match: match[1].ljust(2, "0"), text) if "." in text else text


def lower(text: str) -> str:
    """``text`` in lower case, each character at its place."""
    small = text.lower()
    return small if len(small) == len(text) else text


@cache
def stem(word: str) -> str:
    """A lower-case English word without its ending: "preserved", "preservation" -> "preserv".

    Crude on purpose: it joins forms of a word, and it is applied alike to both sides.
    """
    if word.endswith("ss"):
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            root = word[: -len(suffix)]
            is_doubled = len(root) > _SHORTEST_STEM and root[-1] == root[-2] != "s"
            return root[:-1] if is_doubled else root
    return word


@cache
def canonical(word: str) -> tuple[str, ...]:
    """The stems of a lower-case word, its synonym's where it has one: "acc" -> ("accurac",),
    "lr" -> ("learn",), for the rate of "learning rate" is generic.
    """
    parts = vocabulary.load("words")["synonyms"].get(word, word).split()
    telling = [part for part in parts if part not in _generic_words()]
    return tuple(stem(part) for part in telling or parts)


def written(stem: str) -> frozenset[str]:
    """Letters one of which stands in every word, in lower case, that has this stem: its own, or
    those of a synonym.
    """
    known = vocabulary.load("words")["synonyms"]
    return frozenset({stem, *(word for word in known if stem in canonical(word))})


@cache
def telling(word: str) -> tuple[str, ...]:
    """The stems of a word as it is written; none where it is generic."""
    small = word.lower()
    return () if small in _generic_words() else canonical(small)


def located(text: str) -> list[tuple[str, int, int]]:
    """The words of `split` with their places, generic ones left out."""
    generic = _generic_words()
    found = []
    for match in WORD.finditer(text):
        word = match[0].lower()
        if word not in generic:
            found.append((word, *match.span()))
    return found


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """Stems of ``text`` in order, synonyms replaced: "FT acc" -> ("fin", "tun", "accurac")."""
    return tuple(part for word in split(text) for part in canonical(word))


@cache
def _generic_words() -> frozenset[str]:
    return frozenset(vocabulary.load("words")["generic"])


@cache
def _measures() -> frozenset[str]:
    """How units that measure are written, as words."""
    spelled = vocabulary.load("units").items()
    return frozenset(word for unit, all_of in spelled if is_measure(unit) for word in all_of)


@cache
def key(name: str) -> tuple[str, ...]:
    """What must be found for ``name`` to be mentioned: its stems less those of generic words.

    A name of generic words alone keeps them all, and so does one that has but a measure besides:
    not every "ms" is of ``total_ms``.
    """
    own = [word for word in split(name) if word not in _generic_words()]
    if not _measures().issuperset(own):
        return tuple(part for word in own for part in canonical(word))
    return stems(name)
