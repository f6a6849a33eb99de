"""How long ``mirage-lint check`` takes on one document of 10 KB, against ``python -c pass``.

Both are run in turn, so that whatever slows the machine slows both. The medians go into
``benchmarks/results/startup.json``.
"""

import json
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
DOCUMENT = Path("docs") / "startup.md"
BYTES = 10_240
PAIRS = 30
WARM_UP = 3

CHECK = [sys.executable, "-m", "mirage_lint", "check", str(DOCUMENT)]
PASS = [sys.executable, "-c", "pass"]


def measure() -> dict[str, float]:
    """The figures, rounded to what another run would also give, or nearly."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        document = _make_world(world)
        claims = json.loads(_run([*CHECK[:3], "claims", *CHECK[4:], "--output-format=json"], world))
        pairs = [(_time(CHECK, world), _time(PASS, world)) for _ in range(WARM_UP + PAIRS)]
    pairs = pairs[WARM_UP:]
    return {
        "ratio_median": round(median(check / bare for check, bare in pairs), 1),
        "check_ms_median": round(median(check for check, _ in pairs) * 1000),
        "python_ms_median": round(median(bare for _, bare in pairs) * 1000, 1),
        "pairs": PAIRS,
        "document_bytes": len(document),
        "claims": len(claims),
    }


def _make_world(world: Path) -> bytes:
    """The registry of the example and one document beside it; the document's bytes."""
    for name in ("claims.toml", "claims.lock"):
        shutil.copy(WORLD / name, world / name)
    document = b"".join(_lines())
    (world / DOCUMENT).parent.mkdir()
    (world / DOCUMENT).write_bytes(document)
    return document


def _lines() -> Iterator[bytes]:
    """Lines of the example's true pages, up to the size wanted."""
    size = 0
    for page in sorted((WORLD / "docs" / "true").glob("*.md")):
        for line in page.read_bytes().splitlines(keepends=True):
            size += len(line)
            if size > BYTES:
                return
            yield line


def _run(command: list[str], place: Path) -> str:
    """What a command prints; findings (status 1) are no failure."""
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
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
