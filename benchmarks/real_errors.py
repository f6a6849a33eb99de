"""Errors that really happened: ``python benchmarks/real_errors.py REPOSITORIES``.

REPOSITORIES holds the git directories of the repositories that ``../shared/data/real_errors.jsonl``
names, as ``<owner>+<name>/repo``. Each document is checked as it stood before its error was mended,
in a temporary folder: once with what `mirage-lint init` drafts, where there is such a command, and
once with the registry that stands in ``real/<name>/``: ``<commit>.toml`` where the artifacts lay
elsewhere at a commit, else ``claims.toml``. Those were written by hand, from the documents as they
were, by what docs/registry.md says, of at most five entries (a table, a fact, a family's artifacts,
its aliases or its dimension is one; version, title and units are none).

A row is *found* where a finding stands on the wrong text, and found *under the right code* where it
is one of `CODES`. All findings of the document that stand elsewhere are told, too.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from checkouts import Git, linted

HERE = Path(__file__).parent
RESULT = HERE / "results" / "real_errors.json"
CODES = {
    "value": {"MIR101", "MIR102", "MIR105"},
    "stale_count": {"MIR101"},
    "denominator": {"MIR101", "MIR103"},
    "lineage_family": {"MIR202"},
    "lineage_model": {"MIR202", "MIR302"},
    "arithmetic": {"MIR301"},
}
"""The rules that tell rightly of a class of errors: a value may be a neighbour's; where only the
right value is known, a wrong denominator is a wrong value."""
MOST_ENTRIES = 5
_SHORT = 8
Row = dict[str, Any]


class Told(NamedTuple):
    """What became of a row: found (with its codes), silent, or why it could not be tried."""

    row: Row
    outcome: str
    codes: tuple[str, ...] = ()
    message: str = ""

    @property
    def is_right(self) -> bool:
        """Whether it was found under the right code."""
        return bool(CODES[self.row["error_class"]].intersection(self.codes))


def documents(rows: list[Row]) -> dict[tuple[str, str, str], list[Row]]:
    """The rows by repository, commit and document."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row["repo"], row["prefix_commit"], row["doc"]), []).append(row)
    return found


def drafted(folder: Path) -> str:
    """Draft a registry as `mirage-lint init` does; why there is none, empty where there is."""
    if "init" not in linted(folder, "--help").stdout.split():
        return "there is no command init"
    return _problem(linted(folder, "init"))


def by_hand(folder: Path, name: str, commit: str) -> str:
    """Copy the registry that was written by hand; why there is none, empty where there is."""
    own = HERE / "real" / name / f"{commit[:_SHORT]}.toml"
    path = own if own.exists() else HERE / "real" / name / "claims.toml"
    if not path.exists():
        return "no registry can tell it"
    entries = count_entries(tomllib.loads(path.read_text(encoding="utf-8")))
    if entries > MOST_ENTRIES:
        sys.exit(f"{path}: {entries} entries")
    shutil.copy(path, folder / "claims.toml")
    return ""


def count_entries(registry: dict[str, Any]) -> int:
    """How much of a registry was written by hand."""
    count = 0
    for family in registry["family"].values():
        for key, value in family.items():
            if key != "title":
                count += len(value) if key in ("table", "fact", "population") else 1
    return count


def check(folder: Path, document: str, rows: list[Row]) -> tuple[list[Told], list[str]]:
    """What the check makes of the rows of a document, and what else it finds there."""
    if problem := _problem(linted(folder, "build")):
        return [Told(row, problem) for row in rows], []
    done = linted(folder, "check", document, "--output-format", "json")
    if problem := _problem(done):
        return [Told(row, problem) for row in rows], []
    findings = json.loads(done.stdout)
    lines = (folder / document).read_text(encoding="utf-8").split("\n")
    told, hits = [], set()
    for row in rows:
        here = [at for at, one in enumerate(findings) if _is_at(one, row, lines)]
        hits |= set(here)
        codes = tuple(sorted({findings[at]["code"] for at in here}))
        messages = "; ".join(findings[at]["message"] for at in here)
        told.append(Told(row, "found" if here else "silent", codes, messages))
    others = [
        f"{document}:{one['line']}:{one['column']} {one['code']} {one['message']}"
        for at, one in enumerate(findings)
        if at not in hits
    ]
    return told, others


def _is_at(finding: dict[str, Any], row: Row, lines: list[str]) -> bool:
    """Whether a finding stands on a row's wrong text."""
    if not finding["line"] <= row["line"] <= finding["end_line"]:
        return False
    text, wrong = lines[row["line"] - 1], row["wrong"]
    start = text.find(wrong)
    if start < 0:
        sys.exit(f"{row['id']}: {wrong!r} does not stand on line {row['line']}: {text!r}")
    first = finding["column"] - 1 if finding["line"] == row["line"] else 0
    last = finding["end_column"] - 1 if finding["end_line"] == row["line"] else len(text)
    spans = [start]
    while (start := text.find(wrong, start + 1)) >= 0:
        spans.append(start)
    return any(first < at + len(wrong) and at < last for at in spans)


def runs(
    rows: list[Row], repositories: Path, how: str
) -> Iterator[tuple[str, list[Told], list[str]]]:
    """Each document with what was told of its rows, and of the rest of it."""
    for (repository, commit, document), many in documents(rows).items():
        git = Git(repositories / repository.replace("/", "+") / "repo")
        name = repository.partition("/")[2]
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / name
            git.write(commit, folder)
            problem = drafted(folder) if how == "init" else by_hand(folder, name, commit)
            if problem:
                yield repository, [Told(row, problem) for row in many], []
            else:
                yield repository, *check(folder, document, many)


def measure(rows: list[Row], repositories: Path, how: str) -> dict[str, Any]:
    """Print what became of each row; the figures."""
    print(f"with {how}")
    all_told: list[Told] = []
    all_others = 0
    for repository, told, others in runs(rows, repositories, how):
        for one in told:
            row, right = one.row, "right code" if one.is_right else ""
            place = f"{row['doc']}:{row['line']}"
            said = f"{row['wrong']} -> {row['right']}"
            print(f"  {row['id']} {repository} {place} {said}: {one.outcome} {right}")
            if one.message:
                print(f"      {one.message}")
        for other in others:
            print(f"      also {other}")
        all_told += told
        all_others += len(others)
    outcomes = Counter(one.outcome for one in all_told)
    return {
        "rows": len(rows),
        "found": outcomes["found"],
        "right": sum(one.is_right for one in all_told),
        "silent": outcomes["silent"],
        "not_tried": len(rows) - outcomes["found"] - outcomes["silent"],
        "found_percent": round(100 * outcomes["found"] / len(rows), 1),
        "other_findings": all_others,
        "each": {one.row["id"]: one.outcome for one in all_told},
    }


def _problem(done: "subprocess.CompletedProcess[str]") -> str:
    """Why a command could not do its work, in one line."""
    return done.stderr.strip().replace("\n", " ") if done.returncode == 2 else ""


def main() -> None:
    """Print the figures, and keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repositories", type=Path)
    data = HERE.parent.parent / "shared" / "data"
    parser.add_argument("--rows", type=Path, default=data / "real_errors.jsonl")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.rows.read_text(encoding="utf-8").splitlines()]
    found = {how: measure(rows, arguments.repositories, how) for how in ("init", "hand")}
    RESULT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8", newline="\n")
    for how, figures in found.items():
        print(how, {key: value for key, value in figures.items() if key != "each"})


if __name__ == "__main__":
    main()
