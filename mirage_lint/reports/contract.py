"""The values of JSON that programs rely on: fields are added, none is renamed."""

from typing import Any, TypedDict


class Span(TypedDict):
    """A stretch of a document: lines and columns from 1, in code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Edit(Span):
    """What is to stand there."""

    text: str


class Fix(TypedDict):
    """Edits that mend a finding; not ``safe`` where the author may have meant something else."""

    safe: bool
    edits: list[Edit]


class Source(TypedDict):
    """Where a value is written; tier 1 is run metadata, 2 a script's default, 3 narrative."""

    artifact: str
    pointer: str
    tier: int


class Fact(TypedDict):
    """One true value."""

    id: str
    family: str
    metric: str
    population: str | None
    dimensions: dict[str, str]
    value: str
    unit: str | None
    source: Source


class Touch(TypedDict):
    """The commit that touched something last, and its day, both None where that is not committed;
    not ``exact`` where what stands there may be older.
    """

    commit: str | None
    day: str | None
    exact: bool


class History(TypedDict):
    """When a finding's line was touched, and what it is held against: its fact's value, in the
    artifact, or in the ``lock`` where only that tells; or the line of the other document. ``was``
    is the value before, where that is known. ``newer`` is "line", "value", "other", or None where
    git does not tell.
    """

    line: Touch
    value: Touch | None
    other: Touch | None
    lock: str | None
    was: str | None
    newer: str | None


class Said(TypedDict):
    """What the document says."""

    text: str
    kind: str


class Finding(Span):
    """A broken rule; ``claim`` is None and ``facts`` are none where it is about the registry.
    ``history`` is None where git does not know of both sides.
    """

    path: str
    code: str
    rule: str
    severity: str
    message: str
    claim: Said | None
    facts: list[Fact]
    fix: Fix | None
    history: History | None


class Claim(Span):
    """What a document says at one place, and whether that is borne out."""

    path: str
    text: str
    kind: str
    status: str
    facts: list[Fact]


Item = dict[str, Any]
"""Values of other formats, which others have laid down."""
