"""How long ``mirage-lint check`` takes on one document of 10 KB, against ``python -c pass``.

Three documents: a page with as many claims as pages of a real repository have (13,278 in 1.93 MB),
a dense one with nothing but claims, and one of a single sentence, which is what starting up costs.
Importing the Markdown parser is timed, too: it is the largest part, and not ours. Where there are
two cores, a process beside the check does that meanwhile; ``one_core`` is the page on a single one.
All commands are run in turn, so that whatever slows the machine slows all. Medians of the ratios go
into ``benchmarks/results/startup.json``.
"""

import compileall
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parent.parent
WORLD = ROOT / "examples" / "mirage"
RESULT = Path(__file__).parent / "results" / "startup.json"
BYTES = 10_240
CLAIMS = 70
"""Claims of an ordinary page of that size."""
PAIRS = 30
WARM_UP = 3
FILLER = b"What follows tells in plain words how the work was done, and why it was done so.\n"

ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
SCRIPT = str(Path(sys.executable).with_name("mirage-lint"))
PASS = [sys.executable, "-c", "pass"]
COMMANDS = {
    "page": [SCRIPT, "check", "docs/page.md"],
    "dense": [SCRIPT, "check", "docs/dense.md"],
    "sentence": [SCRIPT, "check", "docs/sentence.md"],
    "one_core": ["taskset", "-c", "0", SCRIPT, "check", "docs/page.md"],
    "parser_import": [sys.executable, "-c", "import markdown_it"],
}


def measure() -> dict[str, float]:
    """The ratios, rounded to what another run would also give, or nearly."""
    compileall.compile_dir(ROOT / "mirage_lint", quiet=1)  # as an installed package is
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        _make_world(world)
        found = {name: len(json.loads(_claims(name, world))) for name in ("page", "dense")}
        rounds = [_round(world) for _ in range(WARM_UP + PAIRS)][WARM_UP:]
    ratios = {
        f"ratio_{name}": round(median(times[name] / times["pass"] for times in rounds), 1)
        for name in COMMANDS
    }
    python_ms = round(median(times["pass"] for times in rounds) * 1000, 1)
    claims = {f"claims_{name}": number for name, number in found.items()}
    return {**ratios, "python_ms": python_ms, "rounds": PAIRS, "bytes": BYTES, **claims}


def _round(world: Path) -> dict[str, float]:
    times = {name: _time(command, world) for name, command in COMMANDS.items()}
    return {"pass": _time(PASS, world), **times}


def _claims(name: str, world: Path) -> str:
    return _run([SCRIPT, "claims", f"docs/{name}.md", "--output-format=json"], world)


def _make_world(world: Path) -> None:
    """The registry of the example and the documents beside it."""
    for name in ("claims.toml", "claims.lock"):
        shutil.copy(WORLD / name, world / name)
    folder = world / "docs"
    folder.mkdir()
    dense = b"".join(_lines())[:BYTES]
    (folder / "dense.md").write_bytes(dense)
    (folder / "sentence.md").write_bytes(FILLER)
    claims = json.loads(_claims("dense", world))
    line = claims[CLAIMS]["line"] - 1
    told = b"".join(dense.splitlines(keepends=True)[:line])
    page = told + b"\n" + FILLER * (BYTES // len(FILLER))
    (folder / "page.md").write_bytes(page[:BYTES])


def _lines() -> Iterator[bytes]:
    """Lines of the example's true pages."""
    for page in sorted((WORLD / "docs" / "true").glob("*.md")):
        yield from page.read_bytes().splitlines(keepends=True)


def _run(command: list[str], place: Path) -> str:
    """What a command prints; findings (status 1) are no failure."""
    done = subprocess.run(
        command, cwd=place, capture_output=True, text=True, check=False, env=ENVIRONMENT
    )
    if done.returncode not in (0, 1) or done.stderr:
        raise SystemExit(f"{' '.join(command)}: {done.stderr}")
    return done.stdout


def _time(command: list[str], place: Path) -> float:
    start = perf_counter()
    _run(command, place)
    return perf_counter() - start


if __name__ == "__main__":
    text = json.dumps(measure(), indent=2) + "\n"
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text, encoding="utf-8", newline="\n")
    print(text, end="")
