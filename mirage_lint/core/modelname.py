"""Model names as partial records: what a name states, and whether two names agree.

A name contradicts another only in a part that both state.
"""

import re
from functools import cache
from typing import NamedTuple

from mirage_lint import vocabulary

_TOKEN = re.compile(
    r"\d+(?:\.\d+)?x\d+(?:\.\d+)?[bm](?![a-z\d])"  # 8x7b
    r"|\d+(?:[._]\d+)?[bm](?![a-z\d])"  # 7b, 1.5b, 125m
    r"|\d+-?bit|(?:int|fp|bf|nf)\d+|q\d(?:_[a-z\d]+)*"  # 4bit, bf16, q4_k_m
    r"|v?\d+(?:\.\d+)*(?:[ac-jln-wyz](?![a-z\d]))?(?![\d])"  # 2.5, v0.3, 4o
    r"|[^\W\d_]+(?:\d(?=[^\d.\-_ ]|$)[^\W\d_]*)*"
)
_SIZE = re.compile(r"(?:\d+(?:\.\d+)?x)?\d+(?:[._]\d+)?[bm]")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*[ac-jln-wyz]?")
_QUANTISATION = re.compile(r"\d+-?bit|(?:int|fp|bf|nf)\d+|q\d(?:_[a-z\d]+)*")
PARTS = ("organisation", "family", "version", "size", "variants", "quantisation", "format")


class ModelName(NamedTuple):
    """The parts that a name states; empty where it does not."""

    text: str
    organisation: str = ""
    family: str = ""
    version: str = ""
    size: str = ""
    variants: frozenset[str] = frozenset()
    quantisation: str = ""
    format: str = ""


@cache
def parse(text: str) -> ModelName:
    """Read a name as people or hubs write it: "Qwen 2.5 14B", "org/phi-3-medium-4bit"."""
    organisation, _, rest = text.rpartition("/")
    fields: dict[str, str] = {"organisation": organisation.rpartition("/")[2].lower()}
    variants: set[str] = set()
    tables = vocabulary.load("models")
    for token in _TOKEN.findall(rest.lower()):
        if token in tables["variants"]:
            variants.add(tables["variants"][token])
        elif part := _part(token, tables, fields):
            fields.setdefault(part, _normal(part, token))
    return ModelName(text=text, variants=frozenset(variants), **fields)


def _part(token: str, tables: dict[str, list[str]], fields: dict[str, str]) -> str:
    """Which part ``token`` states; a first word that is nothing else names the family."""
    if _SIZE.fullmatch(token):
        return "size"
    if token in tables["quantisations"] or _QUANTISATION.fullmatch(token):
        return "quantisation"
    if token in tables["formats"]:
        return "format"
    if _VERSION.fullmatch(token):
        return "version" if "family" in fields else ""
    return "" if "family" in fields else "family"


def _normal(part: str, token: str) -> str:
    if part == "version":
        return token.removeprefix("v").removesuffix(".0")
    if part == "size":
        return token.replace("_", ".")
    return token.replace("-", "")


def difference(left: ModelName, right: ModelName) -> str:
    """The first part in which two names differ, empty where they agree.

    Organisations are not held against each other: re-uploads keep the model. Sizes, versions and
    variants count only between names of one family.
    """
    if left.family and right.family and left.family != right.family:
        return "family"
    for part in ("size", "version", "quantisation"):
        mine, theirs = getattr(left, part), getattr(right, part)
        if mine and theirs and mine != theirs:
            return part
    if left.variants and right.variants and _opposed(left.variants, right.variants):
        return "variant"
    return ""


def _opposed(left: frozenset[str], right: frozenset[str]) -> bool:
    tuning, sizes = {"instruct", "base"}, {"mini", "small", "medium", "large", "tiny", "nano"}
    return any(
        left & group and right & group and left & group != right & group
        for group in (tuning, sizes)
    )


def states_as_much(left: ModelName, right: ModelName) -> bool:
    """Whether two names that agree state the same parts."""
    parts = PARTS[1:]
    return all(bool(getattr(left, part)) == bool(getattr(right, part)) for part in parts)


def describe(name: ModelName) -> str:
    """One line: each part that the name states."""
    parts = []
    for part in PARTS:
        value = getattr(name, part)
        if value:
            parts.append(f"{part} {'+'.join(sorted(value)) if part == 'variants' else value}")
    return ", ".join(parts) or "nothing that names a model"
