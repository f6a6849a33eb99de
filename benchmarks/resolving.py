"""How long claims take to resolve: ``python benchmarks/resolving.py [FOLDER]``.

The documents below FOLDER (default: ``../shared/data/mmpretrain`` beside the project) are read,
searched for claims and resolved, as a check does it, on one core, in that core's time; the registry
is what ``init`` drafts there, and is read before. ``ratio`` is what resolving takes by reading and
finding claims in the same run. Then once more with a hundred times the facts, the others of rows or
runs that no document names; ``growth`` is how many times as long resolving takes then.
"""

import argparse
import codecs
import gc
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, NamedTuple
from unittest.mock import patch

from checkouts import linted

from mirage_lint.binding import resolve
from mirage_lint.checking.engine import Checker
from mirage_lint.claims.extract import extract
from mirage_lint.core.facts import Fact, Registry
from mirage_lint.documents import markdown, source
from mirage_lint.documents.passages import Document

ROOT = Path(__file__).parent.parent
RESULT = Path(__file__).parent / "results" / "resolving.json"
ROUNDS = 7
TIMES = 100


class Texts(NamedTuple):
    """The documents of a folder, each with its path."""

    folder: Path
    texts: list[tuple[str, str]]

    def documents(self) -> Iterator[Document]:
        """Each document, read."""
        for path, text in self.texts:
            yield markdown.read(source.make(path, text))._replace(path=path)


def measure(folder: Path) -> dict[str, float]:
    """All figures."""
    paths = sorted(folder.rglob("*.md"))
    texts = Texts(folder, [(p.relative_to(folder).as_posix(), p.read_text("utf-8")) for p in paths])
    checker = Checker(folder / "claims.toml")
    registry = checker.index.registry
    gc.disable()
    seconds, ratio = _resolving(texts, checker)
    figures = {"facts": len(registry.facts), "claims": _claims(texts, checker), "ratio": ratio}
    for name in ("rows", "runs"):
        more, _ = _resolving(texts, checker.holding(_many(registry, name)))
        figures[f"growth_{name}"] = more / seconds
    return {name: round(figure, 2) for name, figure in figures.items()}


def _resolving(texts: Texts, checker: Checker) -> tuple[float, float]:
    """Seconds, and how often as long as extracting: medians of the rounds."""
    _bind(texts, checker)  # what is worked out once for a registry
    rounds = [_bind(texts, checker) for _ in range(ROUNDS)]
    return (
        median(resolved for _, resolved in rounds),
        median(resolved / extracted for extracted, resolved in rounds),
    )


def _bind(texts: Texts, checker: Checker) -> tuple[float, float]:
    """Seconds in which all documents are read and searched for claims, and these are resolved."""
    gc.collect()
    extracting = _Timed(extract)
    with patch.object(resolve, "extract", extracting):
        reading = _Timed(texts.documents().__next__)
        start = process_time()
        for _ in texts.texts:
            resolve.bind_document(reading(), checker.lexicon, checker.index, checker.exists)
        every = process_time() - start
    extracted = reading.seconds + extracting.seconds
    return extracted, every - extracted


class _Timed:
    """A function that knows how long it took, all calls together."""

    def __init__(self, work: Callable[..., Any]) -> None:
        self._work = work
        self.seconds = 0.0

    def __call__(self, *given: object) -> Any:
        start = process_time()
        done = self._work(*given)
        self.seconds += process_time() - start
        return done


def _claims(texts: Texts, checker: Checker) -> int:
    passages = (passage for one in texts.documents() for passage in one.passages)
    return sum(len(extract(passage, checker.lexicon).claims) for passage in passages)


def _many(registry: Registry, of: str) -> Registry:
    """The registry with many times its facts, of other rows of its tables, or of other runs."""
    others = (_other(fact, at, of) for at in range(1, TIMES) for fact in registry.facts)
    families = [
        one._replace(name=_renamed(one.name, at), title="", aliases=(_renamed(one.name, at),))
        for at in range(1, TIMES)
        for one in (registry.families if of == "runs" else ())
    ]
    return registry._replace(
        facts=(*registry.facts, *others), families=(*registry.families, *families)
    )


def _other(fact: Fact, at: int, of: str) -> Fact:
    """A fact with other dimensions and another value, and perhaps of another family."""
    is_model = fact.kind == "model"
    return fact._replace(
        family=_renamed(fact.family, at) if of == "runs" else fact.family,
        dimensions=tuple((key, _renamed(value, at)) for key, value in fact.dimensions),
        value=_renamed(fact.value, at) if is_model else f"{at}{fact.value}",
    )


def _renamed(name: str, at: int) -> str:
    """A name of other words, that no document has."""
    return f"{codecs.encode(name, 'rot13')}-zq{at}"


def main() -> None:
    """Print the figures, and keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    data = ROOT.parent / "shared" / "data" / "mmpretrain"
    parser.add_argument("folder", type=Path, nargs="?", default=data)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "copy"
        shutil.copytree(parser.parse_args().folder, folder)
        if not (folder / "claims.toml").exists():
            linted(folder, "init")
        text = json.dumps(measure(folder), indent=2) + "\n"
    RESULT.write_text(text, encoding="utf-8", newline="\n")
    print(text, end="")


if __name__ == "__main__":
    main()
