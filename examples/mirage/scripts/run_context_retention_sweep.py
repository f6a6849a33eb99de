"""Retention sweep over synthetic traces: how often a kept context still holds its pivot."""

import argparse
import random
from typing import NamedTuple

RETENTIONS = (1.0, 0.7, 0.5, 0.3, 0.1)


class Event(NamedTuple):
    """One event of a trace; the focal event of largest weight is the pivot."""

    number: int
    weight: float
    focal: bool


def make_trace(seed: int, n_events: int = 200, focal_share: float = 0.15) -> list[Event]:
    """A trace of ``n_events`` events, the same for the same seed."""
    chance = random.Random(seed)
    return [
        Event(number, chance.random(), chance.random() < focal_share) for number in range(n_events)
    ]


def pivot(trace: list[Event]) -> int:
    """The number of the heaviest focal event, -1 where there is none."""
    focal = [event for event in trace if event.focal]
    return max(focal, key=lambda event: event.weight).number if focal else -1


def keeps_pivot(seed: int, retention: float) -> bool:
    """Whether a random share of a trace has the pivot of the whole."""
    trace = make_trace(seed)
    kept = random.Random(seed + 1).sample(trace, round(retention * len(trace)))
    return pivot(kept) == pivot(trace)


def parse_arguments() -> argparse.Namespace:
    """The command line: ``--seeds`` is the number of sequences, one trace a seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, help="number of sequences")
    parser.add_argument("--retentions", type=float, nargs="+", default=list(RETENTIONS))
    return parser.parse_args()


def main() -> None:
    """Prints one line a retention."""
    arguments = parse_arguments()
    for retention in arguments.retentions:
        kept = sum(keeps_pivot(seed, retention) for seed in range(arguments.seeds))
        print(f"retention {retention}: pivot kept in {kept} of {arguments.seeds} sequences")


if __name__ == "__main__":
    main()
