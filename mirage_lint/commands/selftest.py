"""``selftest``: what a check would catch of these documents, tried on claims made wrong."""

import gc
from types import SimpleNamespace
from typing import TextIO

from mirage_lint.checking import engine
from mirage_lint.checking.session import Session
from mirage_lint.commands import delivery
from mirage_lint.mutation.mutant import CODES
from mirage_lint.mutation.trial import Subject, Tally, Trial, subjects, tally, trials
from mirage_lint.reports import items
from mirage_lint.reports.printable import printable
from mirage_lint.reports.summary import Summary

_MOST_MISSED = 10


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Change verified claims one at a time, check again, and print what was found."""
    gc.enable()  # thousands of checks in one run
    session = Session(arguments)
    tried = subjects(session, session.named())
    told = list(trials(tried, arguments.mutants, arguments.seed))
    looked_at = engine.summary(subject.before for subject in tried)
    if arguments.output_format == "json":
        out.write(_json(told, looked_at, arguments.seed))
    else:
        out.write(_text(told, looked_at))
    return delivery.concluded(session.unread, 0)


def _text(told: list[tuple[Subject, Trial]], looked_at: Summary) -> str:
    lines = [f"{'change':<20}{'tried':>7}{'found':>7}{'code':>7}{'other':>7}"]
    for kind in CODES:
        counts = tally(trial for _, trial in told if trial.mutant.kind == kind)
        if counts.tried:
            lines.append(_line(kind, counts))
    lines += [_line("all", tally(trial for _, trial in told)), ""]
    missed = [(subject, trial) for subject, trial in told if not trial.told]
    lines += ["not found, for example:"] if missed else []
    lines += [_example(*one) for one in missed[:: len(missed) // _MOST_MISSED + 1]]
    lines += [""] if missed else []
    lines += [
        "found: something was told at the change; code: under the right rule; other: something",
        "new was told elsewhere.",
        f"Looked at {looked_at}.",
        "Claims that are not judged were left as they are: wrong ones among them pass.",
        "",
    ]
    return "\n".join(lines)


def _line(name: str, counts: Tally) -> str:
    return (
        f"{name:<20}{counts.tried:>7}{_percent(counts.found, counts.tried):>7}"
        f"{_percent(counts.right, counts.tried):>7}{counts.elsewhere:>7}"
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else "-"


def _example(subject: Subject, trial: Trial) -> str:
    source, edit = subject.before.source, trial.mutant.edit
    line, column = source.position(edit.start)
    change = f"{edit.old} -> {edit.new}"
    return printable(f"  {source.path}:{line}:{column}: {trial.mutant.kind}: {change}")


def _json(told: list[tuple[Subject, Trial]], looked_at: Summary, seed: int) -> str:
    """The counts by kind, and one item a change."""
    kinds = {
        kind: tally(trial for _, trial in told if trial.mutant.kind == kind)._asdict()
        for kind in CODES
    }
    changes = [_item(subject, trial) for subject, trial in told]
    whole = {"seed": seed, "looked_at": looked_at._asdict(), "kinds": kinds, "changes": changes}
    return items.dump(whole)


def _item(subject: Subject, trial: Trial) -> dict[str, object]:
    source, mutant = subject.before.source, trial.mutant
    line, column = source.position(mutant.edit.start)
    return {
        "path": source.path,
        "line": line,
        "column": column,
        "kind": mutant.kind,
        "old": mutant.edit.old,
        "new": mutant.edit.new,
        "expected": sorted(mutant.codes),
        "found": sorted(trial.told),
        "elsewhere": [one.code for one in trial.elsewhere],
    }
