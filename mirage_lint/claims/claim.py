"""What a document says at one place."""

from __future__ import annotations

from mirage_lint.core.interval import Interval, Said, interval
from mirage_lint.core.modelname import ModelName
from mirage_lint.core.record import NamedTuple
from mirage_lint.documents.passages import Passage

NUMBER, PERCENT, POINTS, FRACTION = "number", "percent", "points", "fraction"
MODEL, CHECKSUM, PATH = "model", "checksum", "path"
QUANTITIES = frozenset({NUMBER, PERCENT, POINTS, FRACTION})


class Claim(NamedTuple):
    """A claim at visible characters ``start`` to ``end`` of its passage.

    ``said`` is what the number says (percentages on the scale of ratios). ``digits`` is the
    number as written, without sign, unit and separators. ``unit`` is a key of the units'
    vocabulary; ``words`` are the words between number and unit. ``key`` is what a number is
    assigned to (``r`` of ``r=8``). ``definite`` says that the text means the whole ("the 400
    examples", "12-task set"), not some of it. ``hedge`` is "", "about", "least" or "most".
    ``group`` joins the claims of one equation. ``number`` is where the number alone stands,
    without what it counts or is assigned to.
    """

    kind: str
    passage: Passage
    start: int
    end: int
    said: Said | None = None
    digits: str = ""
    unit: str = ""
    words: tuple[str, ...] = ()
    key: str = ""
    definite: bool = False
    hedge: str = ""
    numerator: int | None = None
    denominator: int | None = None
    model: ModelName | None = None
    group: int = 0
    number: tuple[int, int] = (0, 0)

    @property
    def value(self) -> Interval | None:
        """What the number says; None where it is no quantity."""
        return None if self.said is None else interval(self.said)

    def moved(self, passage: Passage) -> Claim:
        """The same claim in a passage with the same text."""
        # By hand, as `_replace` takes several times as long, and there are many.
        return Claim(self[0], passage, *self[2:])

    @property
    def text(self) -> str:
        """The visible text of the claim."""
        return self.passage.text[self.start : self.end]


class Equation(NamedTuple):
    """A calculation with its stated result: ``left`` and ``right`` must meet.

    ``reading`` tells what gives ``left``, with its verb, where no signs do: "the sum of the rows
    above is". Then what a registry says of its numbers is surer.
    """

    passage: Passage
    start: int
    end: int
    left: Interval
    right: Interval
    stated: str
    """The stated result as written."""
    reading: str = ""
    is_share: bool = False
    """Whether it is a fraction with a percentage, which may be that of something else beside it."""

    @property
    def text(self) -> str:
        """The visible text of the equation."""
        return self.passage.text[self.start : self.end]


class Extraction(NamedTuple):
    """All that a passage says."""

    claims: tuple[Claim, ...]
    equations: tuple[Equation, ...]
