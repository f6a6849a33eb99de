"""Run mirage-lint on a checkout of the public repository ``jack-chaudier/mirage``.

    git clone <the repository> mirage && git -C mirage checkout bd11b7e^
    python benchmarks/real/mirage/run.py mirage --expect before
    git -C mirage checkout bd11b7e
    python benchmarks/real/mirage/run.py mirage --expect after

Commit bd11b7e mended wrong claims. At its parent all of them are to be found, at the commit itself
nothing. Documents and artifacts are copied to a temporary folder; the checkout is left as it is.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
ENDINGS = {".md", ".csv", ".json", ".ipynb", ".py", ".sh", ".txt", ".png", ".pdf", ".tex"}
"""What documents and artifacts end in, and what documents name."""

EXPECTED = {
    "before": [
        ("README.md", 45, "MIR101"),  # prose: 0% at 10% retention; the summary has 0.0833
        ("README.md", 49, "MIR101"),  # the same in an image's text
        ("README.md", 66, "MIR202"),  # table head: Base (Qwen 2.5 14B); the notebook has the 7B
        ("README.md", 117, "MIR202"),  # code: the Gemma adapter on Qwen2.5-14B, model
        ("README.md", 119, "MIR202"),  # the same, tokenizer
        # Base model family: Qwen 2.5 Instruct; adapter_config.json has Gemma 2 2B
        ("endogenous_context_theory/release/adapters/README.md", 12, "MIR202"),
    ],
    "after": [],
}


def main() -> int:
    """Copy, build, check; 1 where an expectation is not met."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "mirage"
        shutil.copytree(arguments.checkout, copy, symlinks=True, ignore=_ignored)
        shutil.copy(HERE / "claims.toml", copy)
        _run(copy, "build", check=True)
        report = _run(copy, "check", ".", "--output-format", "json")
        told = _run(copy, "check", ".")
    print(told.stdout, end="")
    if not arguments.expect:
        return 0
    found = Counter((f["path"], f["line"], f["code"]) for f in json.loads(report.stdout))
    expected = Counter(EXPECTED[arguments.expect])
    for place in sorted((expected - found).elements()):
        print("missing:", *place)
    for place in sorted((found - expected).elements()):
        print("not expected:", *place)
    hits = (expected & found).total()
    print(f"{hits} of {expected.total()} expected, {(found - expected).total()} others")
    return int(found != expected)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Runs mirage-lint on a real repository.")
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--expect", choices=sorted(EXPECTED), help="compare with what stands here")
    return parser.parse_args()


def _ignored(folder: str, names: list[str]) -> set[str]:
    here = Path(folder)
    return {
        name
        for name in names
        if name == ".git" or ((here / name).is_file() and Path(name).suffix not in ENDINGS)
    }


def _run(folder: Path, *command: str, check: bool = False) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, "-m", "mirage_lint", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 2 or (check and done.returncode):
        sys.exit(done.stderr or done.stdout)
    return done


if __name__ == "__main__":
    raise SystemExit(main())
