"""``init``: draft ``claims.toml`` and its lock from the artifacts of a repository."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import TextIO

from mirage_lint.drafting.draft import Draft, draft
from mirage_lint.drafting.written import MOST_LEFT_OUT, together
from mirage_lint.errors import MirageError
from mirage_lint.registry import lock
from mirage_lint.registry.home import CLAIMS
from mirage_lint.reports.printable import printable
from mirage_lint.system import writing

_MOST_TOLD = 5
_BY_HAND = """\
Next: name what your documents tell of in a claims.toml, as below, and run `mirage-lint build`:

  version = 1

  [family.main]
  title = "The main run"
  artifacts = ["results.json", "train.py"]
"""


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Write both files and say what was unsure; 1 where no artifact was found."""
    claims = Path(arguments.path) / CLAIMS
    if os.path.lexists(claims) and not arguments.force:
        mend = "edit it, see `mirage-lint suggest`, or give --force to write it anew"
        raise MirageError(str(claims), "is there already", mend)
    made = draft(claims)
    if not made.registry.facts:
        out.write("No artifact was found whose facts are known; nothing was written.\n")
        _write_notes(made, out, MOST_LEFT_OUT, "")  # no file tells the rest
        out.write(_BY_HAND)
        return 1
    writing.replace(claims, made.text)
    writing.replace(claims.with_suffix(".lock"), lock.dump(made.registry))
    out.write(f"{claims}: {_counts(made)}\n")
    _write_notes(made, out, _MOST_TOLD, f", see the end of {CLAIMS}")
    out.write("Next: read claims.toml, then run `mirage-lint check` on your documents.\n")
    return 0


def _counts(made: Draft) -> str:
    registry = made.registry
    counts = (
        (len(registry.families), "family", "families"),
        (len(registry.artifacts), "artifact", "artifacts"),
        (len(registry.facts), "fact", "facts"),
    )
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts)


def _write_notes(made: Draft, out: TextIO, most: int, where: str) -> None:
    """What a person should look at; of what is left out at most so many, and where the rest is."""
    for note in made.unsure:
        out.write(f"unsure: {printable(note)}\n")
    left_out = together(made.left_out)
    for path, reason in left_out[:most]:
        out.write(f"left out: {printable(f'{path}: {reason}')}\n")
    if len(left_out) > most:
        out.write(f"left out: {len(left_out) - most} more{where}\n")
