"""Words as the matcher sees them: identifiers and prose reduced to the same stems."""

from functools import cache

import regex

from mirage_lint import vocabulary

_WORD = regex.compile(r"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{L}--[\p{Lu}\p{Ll}]]+|\d+", regex.V1)
_SUFFIXES = ("ations", "ation", "ings", "ing", "ions", "ion", "ies", "ed", "es", "s", "e", "y")
_SHORTEST_STEM = 3


def split(text: str) -> list[str]:
    """Lower-case words of prose or of an identifier: ``nEvents``, ``n_events`` and "N events".

    Splits on case, underscores, punctuation, and between letters and digits.
    """
    return [word.lower() for word in _WORD.findall(text)]


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
            return root[:-1] if len(root) > _SHORTEST_STEM and root[-1] == root[-2] else root
    return word


@cache
def _canonical(word: str) -> tuple[str, ...]:
    replacement = vocabulary.load("words")["synonyms"].get(word, word)
    return tuple(stem(part) for part in replacement.split())


def stems(text: str) -> tuple[str, ...]:
    """Stems of ``text`` in order, synonyms replaced: "FT acc" -> ("fine", "tun", "accurac")."""
    return tuple(part for word in split(text) for part in _canonical(word))


@cache
def generic_stems() -> frozenset[str]:
    """Stems that name no metric by themselves: rate, score, of, ..."""
    return frozenset(part for word in vocabulary.load("words")["generic"] for part in stems(word))


@cache
def key(name: str) -> tuple[str, ...]:
    """What must be found for ``name`` to be mentioned: its stems less the generic ones.

    A name of generic words alone keeps them all.
    """
    all_stems = stems(name)
    return tuple(part for part in all_stems if part not in generic_stems()) or all_stems
