"""How right findings are, and how much is caught: ``python benchmarks/accuracy.py [SET...]``.

The sets are the example world, the model zoo of ``../shared/data/mmpretrain``, and the newest
commit of a public repository, of which ``--mirage`` names a git directory. Each is copied to a
temporary folder, with the registry that stands in ``real/``.

*As they are*: every finding is printed, to be judged by eye, and what became of all claims. *Held
cells*: of the cells of the model zoo's tables whose value its metafiles hold, told apart by a small
reader of its own (`metafiles.py`), how many are judged. *Mutated*: one claim at a time is made
wrong, as `mirage-lint selftest` does it; beside it stands a baseline that looks the value up
and finds it wrong where no fact at all has it, on any usual scale.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any, NamedTuple

from checkouts import Git
from metafiles import Cell, cells

from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, VERIFIED
from mirage_lint.checking import engine
from mirage_lint.checking.collect import Target, targets
from mirage_lint.checking.engine import Checked
from mirage_lint.checking.session import Session
from mirage_lint.mutation.mutant import CODES
from mirage_lint.mutation.trial import Subject, Trial, subjects, tally, trials

HERE = Path(__file__).parent
ROOT = HERE.parent
RESULT = HERE / "results" / "accuracy.json"
SETS = ("example", "mmpretrain", "mirage")
_OTHERS = 5
"""Of claims that were not verified a fifth as many are changed."""
Figures = dict[str, Any]


class World(NamedTuple):
    """A folder with a registry, and what of it is checked."""

    folder: Path
    documents: str


# -- the sets ----------------------------------------------------------------------------------


def worlds(names: list[str], data: Path, mirage: Path, into: Path) -> Iterator[tuple[str, World]]:
    """The sets, each in a folder of its own, built."""
    for name in names:
        folder = into / name
        if name == "example":
            shutil.copytree(ROOT / "examples" / "mirage", folder)
            world = World(folder, "docs/true")
        elif name == "mmpretrain":
            shutil.copytree(data / "mmpretrain", folder)
            world = World(folder, ".")
        else:
            Git(mirage).write("HEAD", folder)
            world = World(folder, ".")
        for path in [folder, *folder.rglob("*")]:  # the data may be a copy of what is read-only
            path.chmod(path.stat().st_mode | 0o200)
        if name != "example":
            shutil.copy(HERE / "real" / name / "claims.toml", folder)
        build(folder)
        yield name, world


def build(folder: Path) -> None:
    """Write the lock."""
    command = [sys.executable, "-m", "mirage_lint", "build"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)


def documents(world: World) -> list[Target]:
    """The documents of a set, shown by their path in it."""
    paths = [str(world.folder / world.documents)]
    found = targets(SimpleNamespace(paths=paths, stdin_filename=None, claims=None))
    return [one._replace(shown=one.path.relative_to(world.folder).as_posix()) for one in found]


# -- as they are -------------------------------------------------------------------------------


def as_they_are(checked: list[Checked]) -> Figures:
    """What became of the claims; prints each finding."""
    for one in checked:
        for finding in one.findings:
            line, column = one.source.position(finding.start)
            print(f"  {one.source.path}:{line}:{column} {finding.code} {finding.message}")
            print(f"      {one.source.line(line).strip()[:160]}")
    return {**engine.summary(checked)._asdict(), "findings": sum(len(c.findings) for c in checked)}


def held_cells(folder: Path, checked: list[Checked]) -> Figures:
    """Of the cells that a metafile holds, how many are verified, contradicted, not judged."""
    counts: Counter[str] = Counter()
    for document in checked:
        status = _status_at(document)
        path = folder / document.source.path
        for cell in cells(path, document.source.text):
            told = status.get((cell.line, cell.text), "not read")
            counts[told] += 1
            if told not in (VERIFIED, CONTRADICTED):
                print(f"  {told}: {_shown(document, cell)}")
    judged = counts[VERIFIED] + counts[CONTRADICTED]
    return {"cells": counts.total(), **counts, "judged_percent": _percent(judged, counts.total())}


def _shown(document: Checked, cell: Cell) -> str:
    return f"{document.source.path}:{cell.line} {cell.text} ({cell.head} of {cell.model})"


def _status_at(document: Checked) -> dict[tuple[int, str], str]:
    """What became of the cells of tables, by line and text; the best where a line has two."""
    order = (VERIFIED, CONTRADICTED, AMBIGUOUS)
    found: dict[tuple[int, str], str] = {}
    for one in document.bindings:
        passage = one.claim.passage
        if passage.table:
            start, _ = passage.source_span(one.claim.start, one.claim.end)
            key = document.source.position(start)[0], one.claim.digits
            if one.status in order or key not in found:
                found[key] = one.status
    return found


# -- mutated -----------------------------------------------------------------------------------


def mutated(tried: list[Subject], count: int, seed: int, shown: bool) -> Figures:
    """What a check makes of mutants, of verified claims and of others."""
    start = perf_counter()
    verified = list(trials(tried, count, seed, verified=True))
    others = list(trials(tried, count // _OTHERS, seed, verified=False))
    if shown:
        for name, trial in verified:
            _show(name, trial)
    told = [one for _, one in verified]
    return {
        "verified": _figures(told),
        "in_tables": _figures([one for one in told if one.mutant.table]),
        "in_prose": _figures([one for one in told if not one.mutant.table]),
        "kinds": {
            kind: _figures([one for one in told if one.mutant.kind == kind])
            for kind in CODES
            if any(one.mutant.kind == kind for one in told)
        },
        "not_verified": _figures([one for _, one in others]),
        "seconds": round(perf_counter() - start),
    }


def _show(subject: Subject, trial: Trial) -> None:
    mutant = trial.mutant
    if trial.is_right and not trial.elsewhere:
        return
    source = subject.before.source
    line, column = source.position(mutant.edit.start)
    what = "missed" if not trial.told else "wrong code" if not trial.is_right else "elsewhere"
    where = "table" if mutant.table else "prose"
    codes = f"{sorted(trial.told)} for {sorted(mutant.codes)}"
    change = f"{mutant.edit.old} -> {mutant.edit.new}"
    print(f"  {what}, {where}: {source.path}:{line}:{column} {mutant.kind}: {change} {codes}")
    print(f"      {source.line(line).strip()[:200]}")
    for finding in trial.elsewhere:
        print(f"      also {finding.code} {finding.message}")


def _figures(many: list[Trial]) -> Figures:
    counts = tally(many)
    unknown = sum(not one.mutant.known for one in many)
    return {
        **counts._asdict(),
        "found_percent": _percent(counts.found, counts.tried),
        "right_percent": _percent(counts.right, counts.tried),
        "elsewhere_percent": _percent(counts.elsewhere, counts.tried),
        "baseline_percent": _percent(unknown, counts.tried),
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def table(figures: Figures) -> str:
    """The figures of mutants, for people."""
    rows = {
        **figures["kinds"],
        **{f"all, {name}": figures[name] for name in ("verified", "in_tables", "in_prose")},
        "claims not verified": figures["not_verified"],
    }
    lines = [f"  {'kind':<22}{'tried':>7}{'found':>8}{'code':>8}{'other':>8}{'baseline':>10}"]
    for name, row in rows.items():
        percents = (row[f"{one}_percent"] for one in ("found", "right", "elsewhere", "baseline"))
        found, right, other, baseline = percents
        lines.append(f"  {name:<22}{row['tried']:>7}{found:>8}{right:>8}{other:>8}{baseline:>10}")
    return "\n".join(lines)


# -- all of it ---------------------------------------------------------------------------------


def measure(name: str, world: World, arguments: argparse.Namespace) -> Figures:
    """All figures of a set."""
    print(f"{name}: as it is")
    tried = subjects(Session(SimpleNamespace()), documents(world))
    checked = [one.before for one in tried]
    figures: Figures = {"as_it_is": as_they_are(checked)}
    print(f"  {engine.summary(checked)}")
    if name == "mmpretrain":
        print(f"{name}: cells that a metafile holds")
        figures["held_cells"] = held_cells(world.folder, checked)
        print(f"  {figures['held_cells']}")
        other = [one for one in checked if one.source.path.endswith("npu.md")]
        figures["npu_findings"] = sum(len(one.findings) for one in other)
    print(f"{name}: mutated")
    figures["mutated"] = mutated(tried, arguments.mutants, arguments.seed, arguments.show)
    print(table(figures["mutated"]))
    return figures


def main() -> None:
    """Print the figures, and keep them."""
    arguments = _arguments()
    kept = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        made = worlds(arguments.sets, arguments.data, arguments.mirage, Path(folder))
        for name, world in made:
            kept[name] = measure(name, world, arguments)
    RESULT.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8", newline="\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"some of: {', '.join(SETS)}")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--mirage", type=Path, help="a git directory of jack-chaudier/mirage")
    parser.add_argument("--mutants", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print what was missed")
    arguments = parser.parse_args()
    if strange := set(arguments.sets) - set(SETS):
        parser.error(f"no such set: {', '.join(sorted(strange))}")
    arguments.sets = arguments.sets or [one for one in SETS if one != "mirage" or arguments.mirage]
    return arguments


if __name__ == "__main__":
    main()
