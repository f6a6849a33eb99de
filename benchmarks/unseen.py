"""Findings on repositories that nobody had run the linter on: ``python benchmarks/unseen.py DIR``.

DIR holds the git directories of the repositories that ``results/unseen.json`` names, as
``<owner>+<name>/repo``. Each is checked at the commit there, in a temporary folder, with what
`mirage-lint init` drafts, and once more with the registry in ``unseen/``, where there is one:
written by hand, of at most six entries. Every finding of the linter as it was when they were first
run was judged by eye, with the document and the artifact open: *right* where the document is wrong,
or document and artifact disagree about the same thing, *wrong* where neither. The file tells them
with their reasons, and some that were right and not found then.

Printed are, for each repository and registry, how many findings are known to be right, known to be
wrong, and new: those nobody has judged. What is right and no longer found is told as well.
Repositories that are not there are left out.
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
from typing import Any, NamedTuple

from checkouts import Git, linted

HERE = Path(__file__).parent
JUDGED = HERE / "results" / "unseen.json"
REGISTRIES = HERE / "unseen"
RIGHT, WRONG, NEW, LOST = "right", "wrong", "new", "right, and not found"
Finding = dict[str, Any]
Key = tuple[str, int, str, str]
"""Path, line, code and text of a finding."""


class Told(NamedTuple):
    """What became of a finding: known to be right, or wrong, new, or right and not found."""

    verdict: str
    key: Key
    message: str = ""


def key_of(finding: Finding) -> Key:
    """What tells a finding of a check from others; a text is told without its line breaks."""
    text = " ".join((finding["claim"] or {"text": ""})["text"].split())
    return finding["path"], finding["line"], finding["code"], text


def compare(found: list[Finding], judged: list[Finding], run: str) -> Iterator[Told]:
    """Each finding with its verdict, and then what is right and was not found."""
    verdicts = {_judged_key(one): one["verdict"] for one in judged}
    right = {_place(key) for key, verdict in verdicts.items() if verdict == RIGHT}
    for one in found:
        key = key_of(one)
        # What is right at a place is so under whichever rule; what is wrong is that message.
        verdict = verdicts.get(key, RIGHT if _place(key) in right else NEW)
        yield Told(verdict, key, one["message"])
    places = {_place(key_of(one)) for one in found}
    for one in judged:
        key = _judged_key(one)
        if one["run"] == run and one["verdict"] == RIGHT and _place(key) not in places:
            yield Told(LOST, key)


def _judged_key(one: Finding) -> Key:
    return one["path"], one["line"], one["code"], one["text"]


def _place(key: Key) -> tuple[str, int, str]:
    path, line, _, text = key
    return path, line, text


def check(folder: Path, run: str, repository: str) -> list[Finding]:
    """What is found in a checkout with a registry; nothing where `init` drafts none."""
    if run == "init":
        if linted(folder, "init").returncode:
            return []
    else:
        shutil.copy(registry(repository), folder / "claims.toml")
        built = linted(folder, "build")
        if built.returncode:
            sys.exit(f"{repository}: {built.stderr.strip()}")
    done = linted(folder, "check", ".", "--output-format", "json")
    if done.returncode == 2:  # perhaps of one document only, and the others are told
        print(f"{repository}: {done.stderr.strip()}")
    found: list[Finding] = json.loads(done.stdout or "[]")
    return found


def registry(repository: str) -> Path:
    """Where the registry that was written by hand is, or would be."""
    return REGISTRIES / f"{repository.replace('/', '+')}.toml"


def measure(repository: dict[str, Any], repositories: Path) -> Counter[str]:
    """Print what became of the findings of one repository; their counts by verdict."""
    name, counts = repository["repository"], Counter[str]()
    git = Git(_folder(repositories, name))
    for run in ("init", "hand"):
        if run == "hand" and not registry(name).exists():
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / name.rpartition("/")[2]
            folder.mkdir()
            git.write(repository["commit"], folder)
            for words in (["init", "-q"], ["add", "-f", "."]):  # for what it ignores
                subprocess.run(["git", "-C", str(folder), *words], check=True)
            told = list(compare(check(folder, run, name), repository["findings"], run))
        own = Counter(one.verdict for one in told)
        counts += own
        print(f"{name} {run}: {_shown(own)}", flush=True)
        for one in told:
            if one.verdict != RIGHT:
                path, line, code, text = one.key
                print(f"  {one.verdict}: {path}:{line} {code} {text!r} {one.message}")
    return counts


def _folder(repositories: Path, name: str) -> Path:
    return repositories / name.replace("/", "+") / "repo"


def _shown(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in (RIGHT, WRONG, NEW, LOST))


def main() -> None:
    """Print the counts of each repository, and of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repositories", type=Path)
    parser.add_argument("--only", default="", help="part of a repository's name")
    arguments = parser.parse_args()
    known = json.loads(JUDGED.read_text(encoding="utf-8"))["repositories"]
    counts = Counter[str]()
    for repository in known:
        name = repository["repository"]
        if arguments.only in name and _folder(arguments.repositories, name).exists():
            counts += measure(repository, arguments.repositories)
    print(f"all: {_shown(counts)}")


if __name__ == "__main__":
    main()
