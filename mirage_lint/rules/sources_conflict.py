"""MIR902 sources-conflict

Two artifacts of a family tell different values of one fact. The stronger has won: run metadata
over the defaults of scripts, scripts over narrative. The loser is named.

Why it is bad: who reads the weaker source will write the value that was not used, and a later run
by it will not give what was published.

Bad:  ``--iters 500`` in ``train.sh``, where ``adapter_config.json`` says 600.

Good: 600 in both; or, where the weaker source is another run's, that source in a family of its own.
"""

from mirage_lint.core.facts import TIER_NAMES, Fact, Overruled, Source

CODE = "MIR902"
NAME = "sources-conflict"
SEVERITY = "warning"


def message(fact: Fact, loser: Overruled) -> str:
    """Both values with their sources, the winner first."""
    winner = f"{fact.value} ({_told(fact.source)})"
    return f"{fact.id}: {winner} wins over {loser.value} ({_told(loser.source)})"


def _told(source: Source) -> str:
    return f"{source}, {TIER_NAMES[source.tier]}"
