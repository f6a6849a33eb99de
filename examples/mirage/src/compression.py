"""Compression of weighted events, and the smallest case in which it changes the answer."""

from fractions import Fraction
from typing import NamedTuple

FULL_PIVOT_WEIGHT = 20
COMPRESSED_PIVOT_WEIGHT = 13


class Event(NamedTuple):
    """A named event with a weight, and whether it is a prerequisite of the next one."""

    name: str
    weight: int
    prerequisite: bool


WITNESS = (
    Event("prepare", 2, True),
    Event("rehearse", 3, True),
    Event("decide", FULL_PIVOT_WEIGHT, False),
    Event("report", COMPRESSED_PIVOT_WEIGHT, False),
)


def feasible_pivot(events: tuple[Event, ...], prerequisites: int) -> Event:
    """The heaviest event with at least so many prerequisites before it, else the last one."""
    candidates = [
        event
        for place, event in enumerate(events)
        if not event.prerequisite
        and sum(earlier.prerequisite for earlier in events[:place]) >= prerequisites
    ]
    return max(candidates, key=lambda event: event.weight, default=events[-1])


def semantic_loss(full: Event, compressed: Event) -> Fraction:
    """The share of the full pivot's weight that the compressed answer lost."""
    return 1 - Fraction(compressed.weight, full.weight)


def witness_loss() -> Fraction:
    """The deterministic witness: dropping the decision leaves a valid answer, 1 - 13/20 worse."""
    full = feasible_pivot(WITNESS, prerequisites=2)
    compressed = feasible_pivot(WITNESS[:2] + WITNESS[3:], prerequisites=2)
    return semantic_loss(full, compressed)
