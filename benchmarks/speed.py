"""How fast documents become claims: ``python benchmarks/speed.py [FOLDER]``.

All Markdown files below FOLDER (default: ``../shared/data/mmpretrain`` beside the project) are
parsed by markdown-it-py alone, in full, and then read and searched for claims by us, in turn, on
one core, in that core's time. The ratio is what counts; megabytes a second are the machine's as
much as ours.
"""

import argparse
import gc
import json
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from markdown_it import MarkdownIt

from mirage_lint.claims import lexicon
from mirage_lint.claims.extract import extract
from mirage_lint.documents import markdown, source

ROOT = Path(__file__).parent.parent
RESULT = Path(__file__).parent / "results" / "speed.json"
ROUNDS = 15


def measure(folder: Path) -> dict[str, float]:
    """The median of the rounds' ratios, each round one after the other, and the best times."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]
    if not texts:
        raise SystemExit(f"{folder} holds no Markdown file")
    size = sum(len(text.encode()) for text in texts)
    gc.disable()
    rounds = [(_time(_parse, texts), _time(_claims, texts)) for _ in range(ROUNDS)]
    theirs, ours = (min(times) for times in zip(*rounds, strict=True))
    return {
        "files": len(texts),
        "megabytes": round(size / 1e6, 2),
        "claims": _claims(texts),
        "ratio": round(median(mine / other for other, mine in rounds), 2),
        "megabytes_a_second": round(size / ours / 1e6, 2),
        "parser_megabytes_a_second": round(size / theirs / 1e6, 2),
    }


def _time(work: Callable[[list[str]], int], texts: list[str]) -> float:
    gc.collect()
    start = process_time()
    work(texts)
    return process_time() - start


def _parse(texts: list[str]) -> int:
    """The full parse of markdown-it-py, with the rules that we use."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return sum(len(parser.parse(text)) for text in texts)


def _claims(texts: list[str]) -> int:
    """How many claims there are."""
    words = lexicon.make()
    documents = (markdown.read(source.make("x.md", text)) for text in texts)
    passages = (passage for document in documents for passage in document.passages)
    return sum(len(extract(passage, words).claims) for passage in passages)


def main() -> None:
    """Print the figures, and keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    data = ROOT.parent / "shared" / "data" / "mmpretrain"
    parser.add_argument("folder", type=Path, nargs="?", default=data)
    text = json.dumps(measure(parser.parse_args().folder), indent=2) + "\n"
    RESULT.write_text(text, encoding="utf-8", newline="\n")
    print(text, end="")


if __name__ == "__main__":
    main()
