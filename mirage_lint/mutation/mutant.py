"""A document with one claim made wrong."""

from typing import NamedTuple

LAST, FIRST, TRANSPOSED, ROUNDING = (
    "last digit",
    "first digit",
    "digits transposed",
    "flipped rounding",
)
COLUMN, ROW, FAMILY, POPULATION = (
    "same column",
    "same row",
    "another family",
    "another population",
)
NOUN, SIZE, VERSION, VARIANT = "unit's noun", "model's size", "model's version", "model's variant"

CODES = {
    LAST: "MIR101",
    FIRST: "MIR101",
    TRANSPOSED: "MIR101",
    ROUNDING: "MIR102",
    COLUMN: "MIR105",
    ROW: "MIR101",
    FAMILY: "MIR201",
    POPULATION: "MIR103",
    NOUN: "MIR104",
    SIZE: "MIR202",
    VERSION: "MIR202",
    VARIANT: "MIR202",
}
"""Every kind, with the rule that tells of it."""


class Edit(NamedTuple):
    """``old`` at ``start`` of a source's text becomes ``new``."""

    start: int
    old: str
    new: str

    @property
    def end(self) -> int:
        """Where ``old`` ends."""
        return self.start + len(self.old)


class Mutant(NamedTuple):
    """One change to a document.

    ``codes`` are the rules that tell of it rightly: the kind's own, and those of what the new text
    comes to mean by chance. ``verified`` says whether the claim was borne out before, ``table``
    whether it stands in one. ``known`` says whether the new value is that of any fact at all.
    """

    kind: str
    edit: Edit
    codes: frozenset[str]
    verified: bool
    table: bool
    known: bool

    def applied(self, text: str) -> str:
        """The document's text with the change."""
        return text[: self.edit.start] + self.edit.new + text[self.edit.end :]
