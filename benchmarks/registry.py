"""How the registry scales: ``python benchmarks/registry.py [NAME…]``.

- ``facts``: a table of 100,000 cells is built, and its lock is loaded.
- ``unchanged``: ``build --check`` of 500 MB of artifacts, with and without a memory of the last.
- ``rows``: counts, sums and means over a CSV of 1 GB, which must not fill the memory.

Inputs are made in a folder that is removed again. Seconds are the wall's, megabytes the most that
the process held. What counts are ratios and bounds: seconds are the machine's as much as ours. The
figures go into ``benchmarks/results/registry.json``.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

RESULT = Path(__file__).parent / "results" / "registry.json"
SCRIPT = str(Path(sys.executable).with_name("mirage-lint"))
HEAD = 'version = 1\n[family.run]\ntitle = "A run"\n'
LONG_AGO = 1_600_000_000

TABLE_ROWS, TABLE_COLUMNS = 10_000, 10
FILES, FILE_BYTES = 50, 10_000_000
CSV_BYTES = 1_000_000_000
LOAD = (
    "import sys, time; from pathlib import Path; from mirage_lint.registry import lock; "
    "start = time.perf_counter(); lock.load(Path('claims.lock')); "
    "print(time.perf_counter() - start)"
)


class Run(NamedTuple):
    """What a command took, and printed."""

    seconds: float
    megabytes: float
    out: str


def facts(folder: Path) -> dict[str, float]:
    """Building and loading 100,000 facts."""
    names = [f"metric{'abcdefghij'[column]}" for column in range(TABLE_COLUMNS)]
    rows = (
        f"{row}," + ",".join(f"0.{row:05d}{column}" for column in range(TABLE_COLUMNS))
        for row in range(TABLE_ROWS)
    )
    text = "\n".join([f"id,{','.join(names)}", *rows]) + "\n"
    (folder / "table.csv").write_text(text, encoding="utf-8")
    claims = f'{HEAD}[[family.run.table]]\nartifact = "table.csv"\nkeys = ["id"]\n'
    (folder / "claims.toml").write_text(claims, encoding="utf-8")
    built = _run([SCRIPT, "build"], folder)
    loaded = [float(_run([sys.executable, "-c", LOAD], folder).out) for _ in range(5)]
    return {
        "facts": int(built.out.split()[1]),
        "build_seconds": round(built.seconds, 1),
        "build_megabytes": round(built.megabytes),
        "load_seconds": round(min(loaded), 2),
    }


def unchanged(folder: Path) -> dict[str, float]:
    """A check that reads everything, and one that remembers."""
    for number in range(FILES):
        place = folder / f"weights{number}.bin"
        place.write_bytes(os.urandom(1000) * (FILE_BYTES // 1000))
        os.utime(place, (LONG_AGO, LONG_AGO))
    (folder / "claims.toml").write_text(f'{HEAD}artifacts = ["*.bin"]\n', encoding="utf-8")
    time.sleep(2.5)  # what was written in the last two seconds is not trusted
    command = [SCRIPT, "build", "--check"]
    _run([SCRIPT, "build"], folder)
    quick = min(_run(command, folder).seconds for _ in range(5))
    nowhere = str(folder / "claims.toml")  # no folder, and so no cache
    full = min(_run(command, folder, XDG_CACHE_HOME=nowhere).seconds for _ in range(3))
    return {
        "artifact_megabytes": FILES * FILE_BYTES // 10**6,
        "full_seconds": round(full, 2),
        "quick_seconds": round(quick, 3),
        "ratio": round(full / quick),
    }


def rows(folder: Path) -> dict[str, float]:
    """Three facts over the rows of a large CSV."""
    block = "".join(
        f"{row},hard,{row % 7 == 0},0.{row:04d},some words that nobody counts\n"
        for row in range(1000, 10_000)
    )
    with (folder / "rows.csv").open("w", encoding="utf-8") as file:
        file.write("id,kind,wrong,loss,note\n")
        for _ in range(CSV_BYTES // len(block) + 1):
            file.write(block)
    entry = '[[family.run.fact]]\nmetric = "{}"\nartifact = "rows.csv"\n{}\n'
    entries = (
        entry.format("errors", 'count = "wrong"\nof = "kind == \'hard\'"'),
        entry.format("total", 'sum = "id"'),
        entry.format("loss", 'mean = "loss"\nwhere = "not wrong"'),
    )
    (folder / "claims.toml").write_text(HEAD + "".join(entries), encoding="utf-8")
    built = _run([SCRIPT, "build"], folder)
    return {
        "csv_megabytes": (folder / "rows.csv").stat().st_size // 10**6,
        "facts": int(built.out.split()[1]),
        "build_seconds": round(built.seconds),
        "build_megabytes": round(built.megabytes),
    }


def _run(command: list[str], folder: Path, **environment: str) -> Run:
    """Run a command to its end; its peak of memory is the child's own, as the system tells it."""
    cache = {"XDG_CACHE_HOME": str(folder / "cache")}
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(
            command, cwd=folder, stdout=out, env={**os.environ, **cache, **environment}
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        out.seek(0)
        text = out.read().decode()
    if child.returncode:
        raise SystemExit(f"{' '.join(command)}: status {child.returncode}\n{text}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Run(seconds, kilobytes / 1024, text)


MEASURES: dict[str, Callable[[Path], dict[str, float]]] = {
    "facts": facts,
    "unchanged": unchanged,
    "rows": rows,
}


def main(names: list[str]) -> None:
    """Measure what is named, or all, and keep the other figures as they are."""
    found = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    for name in names or MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            found[name] = MEASURES[name](Path(folder))
    text = json.dumps(found, indent=2) + "\n"
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text, encoding="utf-8", newline="\n")
    print(text, end="")


if __name__ == "__main__":
    main(sys.argv[1:])
