"""Files of a git directory at one commit, written to a folder: what benchmarks run on.

Files that are neither documents nor artifacts are written empty, as documents name them. A git
directory may be partial: files that it lists and does not hold are left out, and told.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ENDINGS = frozenset(
    {
        *(".md", ".markdown", ".ipynb", ".csv", ".tsv", ".json", ".jsonl", ".toml"),
        *(".yml", ".yaml", ".py", ".sh", ".txt", ".cfg", ".rst"),
    }
)
"""What documents and artifacts end in."""
LARGEST = 16 * 2**20
_REGULAR = "100"


class Git:
    """A git directory; nothing is fetched for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def commit(self, name: str = "HEAD") -> str:
        """The commit that ``name`` means."""
        return self._run("rev-parse", f"{name}^{{commit}}").decode().strip()

    def write(self, commit: str, target: Path) -> list[str]:
        """Write the documents and artifacts of a commit below ``target``; those that are absent."""
        entries, others = self._entries(commit)
        for path in others:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).touch()
        missing = []
        texts = self._texts([one.digest for one in entries])
        for entry, text in zip(entries, texts, strict=True):
            if text is None:
                missing.append(entry.path)
                continue
            path = target / entry.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        return missing

    def _entries(self, commit: str) -> tuple[list["_Entry"], list[str]]:
        """The documents and artifacts, and the paths of all other files."""
        wanted, others = list["_Entry"](), list[str]()
        for line in self._run("ls-tree", "-r", "-z", commit).decode().split("\0")[:-1]:
            what, path = line.split("\t", 1)
            mode, kind, digest = what.split()
            place = Path(path)
            if kind != "blob" or not mode.startswith(_REGULAR):
                continue
            if place.suffix in ENDINGS or place.name == ".gitignore":
                wanted.append(_Entry(path, digest))
            else:
                others.append(path)
        return wanted, others

    def _texts(self, digests: list[str]) -> Iterator[bytes | None]:
        """The files by their digests, None for what is absent or too large."""
        asked = "".join(f"{digest}\n" for digest in digests).encode()
        sizes = self._run("cat-file", "--batch-check", given=asked).decode().splitlines()
        held = [_is_held(size) for size in sizes]
        wanted = [digest for digest, is_held in zip(digests, held, strict=True) if is_held]
        told = self._run(
            "cat-file", "--batch", given="".join(f"{one}\n" for one in wanted).encode()
        )
        at = 0
        for is_held in held:
            if not is_held:
                yield None
                continue
            start = told.index(b"\n", at) + 1
            at = start + int(told[at:start].split()[2]) + 1
            yield told[start : at - 1]

    def _run(self, *words: str, given: bytes = b"") -> bytes:
        command = ["git", "-C", str(self.folder), *words]
        environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1"}
        done = subprocess.run(
            command, input=given, capture_output=True, check=True, env=environment
        )
        return done.stdout


class _Entry(NamedTuple):
    path: str
    digest: str


def _is_held(line: str) -> bool:
    """Whether a line of `cat-file --batch-check` tells of a file that is there, not too large."""
    words = line.split()
    return words[-1] != "missing" and int(words[-1]) <= LARGEST


def linted(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """What a command of mirage-lint did in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "mirage_lint", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
