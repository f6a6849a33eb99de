"""Numbers that git alone shows to be outdated: ``python benchmarks/outdated.py DIR [--only NAME]``.

DIR holds the git directories of the repositories that ``results/outdated.json`` names, with their
histories, as ``<owner>+<name>/repo``. Each is cloned at the commit there into a temporary folder,
and checked with what `mirage-lint init` drafts. Looked at are the findings that say what their fact
was before ("it was 0.81 until ..."): each was judged by eye.

Printed is how many are known to be right, known to be wrong, and new, as `unseen.py` does, and how
many are right and no longer found.
"""

import argparse
import json
import os
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from checkouts import linted
from unseen import Finding, Told, compare

JUDGED = Path(__file__).parent / "results" / "outdated.json"
CUE = "; it was "


def outdated(folder: Path) -> list[Finding]:
    """The findings in a clone that rest on what its artifacts said before."""
    for name in ("claims.toml", "claims.lock"):
        (folder / name).unlink(missing_ok=True)
    if linted(folder, "init").returncode:
        return []
    told = linted(folder, "check", ".", "--output-format", "json").stdout
    return [one for one in json.loads(told or "[]") if CUE in one["message"]]


def clone(repository: Path, commit: str, folder: Path) -> None:
    """A repository with its history at a commit; nothing is fetched, and large files stay away."""
    environment = {**os.environ, "GIT_LFS_SKIP_SMUDGE": "1", "GIT_NO_LAZY_FETCH": "1"}
    steps = (
        ("clone", "-q", "--shared", "--no-checkout", str(repository), str(folder)),
        ("-C", str(folder), "checkout", "-q", "-f", commit),
    )
    for step in steps:
        subprocess.run(["git", *step], env=environment, check=False, capture_output=True)


def measure(repository: dict[str, Any], repositories: Path) -> list[Told]:
    """What became of the findings of one repository."""
    name = repository["repository"].replace("/", "+")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / name.rpartition("+")[2]
        clone(repositories / name / "repo", repository["commit"], folder)
        return list(compare(outdated(folder), repository["findings"], "init"))


def main() -> None:
    """Print what became of each finding that is not known to be right, and the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repositories", type=Path)
    parser.add_argument("--only", default="", help="part of a repository's name")
    arguments = parser.parse_args()
    counts = Counter[str]()
    for repository in json.loads(JUDGED.read_text(encoding="utf-8"))["repositories"]:
        name = repository["repository"]
        folder = arguments.repositories / name.replace("/", "+")
        if arguments.only not in name or not folder.exists():
            continue
        told = measure(repository, arguments.repositories)
        counts.update(one.verdict for one in told)
        print(f"{name}: {dict(Counter(one.verdict for one in told))}", flush=True)
        for one in told:
            if one.verdict != "right":
                print(f"  {one.verdict}: {one.key} {one.message}")
    print(f"all: {dict(counts)}")


if __name__ == "__main__":
    main()
