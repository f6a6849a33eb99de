"""What the resolver found out about a claim: plain values for rules and reports."""

from __future__ import annotations

from fractions import Fraction

from mirage_lint.claims.claim import Claim, Equation
from mirage_lint.core.facts import Artifact, Fact
from mirage_lint.core.interval import Interval
from mirage_lint.core.record import NamedTuple

VERIFIED, CONTRADICTED, AMBIGUOUS, UNBOUND = "verified", "contradicted", "ambiguous", "unbound"

VALUE, ROUNDING, POPULATION, UNIT, DIMENSION, FAMILY, MODEL, BLANKET = (
    "value",
    "rounding",
    "population",
    "unit",
    "dimension",
    "family",
    "model",
    "blanket",
)
CHECKSUM, PATH, ARITHMETIC = "checksum", "path", "arithmetic"


MEAN, MEDIAN, LEAST, GREATEST, SUM, POOLED, DIFFERENCE = (
    "mean",
    "median",
    "least",
    "greatest",
    "total",
    "pooled",
    "difference",
)
"""In which ways several facts give one number."""


class Derived(NamedTuple):
    """A number that several facts of one metric give together: ``exact``, and all that it may be,
    since its parts were rounded where they are stored; ``keys`` are the dimensions in which these
    differ, none where they are of several files.
    """

    way: str
    exact: Fraction
    interval: Interval
    keys: tuple[str, ...] = ()


class Binding(NamedTuple):
    """A claim with its status and the facts that it is about.

    ``change`` names the slot whose smallest change would make a contradicted claim true, and
    ``others`` holds the facts that would then bear it out. ``because`` tells what in the text the
    reading rests on, one phrase a slot; ``populations`` are those that the text names. ``fits``
    says of a claim that is not judged that some reading of it agrees with its facts: too little to
    call it verified, which is said only where a wrong value would have been caught. ``against`` is
    what the document itself says against it, where no fact does. ``run_by`` is the layer of the
    text that names its run. ``is_lone`` says that it would be judged if the rest of the document
    agreed with its run, ``doubt`` what in the text lets it be about something else (see `doubts`).
    ``was`` tells what its fact was before, and until when, where the text tells that still.
    ``derived`` is what its facts give together, where it is held against that.
    """

    claim: Claim
    status: str
    facts: tuple[Fact, ...] = ()
    change: str = ""
    others: tuple[Fact, ...] = ()
    because: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    equation: Equation | None = None
    fits: bool = False
    against: str = ""
    run_by: str = ""
    is_lone: bool = False
    doubt: str = ""
    was: str = ""
    derived: Derived | None = None

    def left_open(self) -> Binding:
        """The same, not judged, since too little beside it agrees with its run."""
        fits = self.status != CONTRADICTED
        return Binding(self.claim, UNBOUND, self.facts, fits=fits, is_lone=True)

    @property
    def is_borne_out(self) -> bool:
        """Whether its facts agree with it, surely or not."""
        return self.status == VERIFIED or self.fits
