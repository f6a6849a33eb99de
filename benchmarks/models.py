"""How well model names are read and compared, on labelled sets of names that people wrote.

The folder of the data is the argument: ``models/pairs.jsonl`` (two names of one model),
``models/near_miss.jsonl`` (names that differ in one part), ``models/gguf_component_gold.json``
(names with their parts) and ``models/quant_variants.jsonl`` (ids with size and quantisation). Names
are split by a hash: the code was written with one half (``dev``) in view, the other is ``held``.
Counts go into ``benchmarks/results/models.json``; ``--list`` prints what falls short in ``dev``.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from mirage_lint.core.modelname import ModelName, difference, parse, states_as_much

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
RESULT = Path(__file__).parent / "results" / "models.json"
TUNING = {"instruct", "it", "chat", "base"}
Row = dict[str, Any]
Count = tuple[str, str, bool, str]
"""Set, half, whether it is as it should be, and the case in words."""


def measure(data: Path) -> Iterator[Count]:
    """Every case of every set."""
    yield from _pairs(_rows(data / "models" / "pairs.jsonl"))
    yield from _near_misses(_rows(data / "models" / "near_miss.jsonl"))
    gold = json.loads((data / "models" / "gguf_component_gold.json").read_text(encoding="utf-8"))
    yield from _components(dict(zip(gold["fields"], case, strict=True)) for case in gold["cases"])
    yield from _quantised(_rows(data / "models" / "quant_variants.jsonl"))


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def half(name: str) -> str:
    """Which half of the data a name is in."""
    return "held" if sha256(name.encode()).digest()[0] % 2 else "dev"


def _pairs(rows: Iterable[Row]) -> Iterator[Count]:
    """One model under two names must not be called different."""
    for row in rows:
        part = _answer(row["display"], row["hub_id"])
        case = f"{row['display']} | {row['hub_id']}: {part}"
        yield "pairs: not different", half(row["display"]), part in ("same", "compatible"), case


def _near_misses(rows: Iterable[Row]) -> Iterator[Count]:
    """Where the text states the part that differs: never the same, and different where both do."""
    for row in rows:
        if row["display_states_it"] is not True:
            continue
        part, where = row["differs_in"], half(row["display"])
        answer = _answer(row["display"], row["other"])
        both = bool(row["gold_token"] and row["other_token"])
        case = f"{row['display']} | {row['other']} ({row['gold_token']}, {row['other_token']}): "
        case += answer
        yield "near misses: not same", where, answer != "same", case
        is_different = answer not in ("same", "compatible")
        if both:
            yield f"near misses: {part} different, both state it", where, is_different, case
        if part in ("size", "version"):
            yield f"near misses: {part} different", where, is_different, case


def _answer(left: str, right: str) -> str:
    """ "same", "compatible", or the part in which they differ."""
    names = parse(left), parse(right)
    return difference(*names) or ("same" if states_as_much(*names) else "compatible")


def _components(rows: Iterable[Row]) -> Iterator[Count]:
    """Names with their parts, as llama.cpp's tests have them; those parts that we have, too."""
    for row in rows:
        name = parse(row["input"])
        wrong = [part for part, right in _checks(name, row) if not right]
        case = f"{row['input']}: {', '.join(wrong)} not as in {row}"
        yield "components", "all", not wrong, case


def _checks(name: ModelName, row: Row) -> Iterator[tuple[str, bool]]:
    if row["org"]:
        yield "organisation", row["input"].startswith(f"{row['org']}/") and bool(name.organisation)
    if row["basename"]:
        yield "family", name.family in row["basename"].lower().replace("-", "")
    if not (row["size_label"] or row["total_params"]):
        yield "size", not name.size
    # Thousands are a size only by the count that the test gives beside the name.
    if row["size_label"] and row["size_label"][-1] != "K":
        stated = {name.size, f"{name.size}-a{name.active}", f"a{name.active}", *name.variants}
        yield "size", row["size_label"].lower() in stated
    if row["version"] and row["version"].lower().startswith("iter"):
        yield "version", row["version"].lower() in "".join(name.words)
    elif row["version"]:
        version = row["version"].lower().removeprefix("v").replace("-", ".")
        yield "version", version in (name.version, name.date)
    tuning = TUNING.intersection((row["finetune"] or "").lower().split("-"))
    if tuning:
        yield "variant", ("base" in tuning) == ("base" in name.variants) and bool(name.variants)


def _quantised(rows: Iterable[Row]) -> Iterator[Count]:
    """What a row tells of its model, where its name tells it too."""
    for row in rows:
        text = row["file"].rpartition("/")[2] if row["file"] else row["hub_id"]
        name = parse(text)
        case = f"{text}: {name.size}, {name.quantisation}, {name.format} not as in {row}"
        if name.size and "x" not in name.size:
            whole = str(row["size_b"]).replace("_", ".")
            yield "variants of one model: size", half(text), _is_size(name.size, whole), case
        if row["quant"] not in ("none", "Int4", "Int8"):
            yield (
                "variants of one model: quantisation",
                half(text),
                _squeezed(row["quant"]) in _squeezed(name.quantisation),
                case,
            )


def _is_size(size: str, billions: str) -> bool:
    """Whether a size is so many billions, or rounds to them."""
    scale = {"k": 10**6, "m": 1000, "b": 1, "t": 1 / 1000}[size[-1]]
    return abs(float(size[:-1]) / scale - float(billions)) < (0.5 if billions.isdigit() else 0.05)


def _squeezed(text: str) -> str:
    return text.lower().replace("-", "").replace(" ", "").removesuffix("s")


def table(counts: Iterable[Count]) -> dict[str, dict[str, list[int]]]:
    """Set to half to how many are as they should be, and of how many."""
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for name, where, is_right, _ in counts:
        total[name, where] += 1
        right[name, where] += is_right
    found: dict[str, dict[str, list[int]]] = {}
    for name, where in sorted(total):
        found.setdefault(name, {})[where] = [right[name, where], total[name, where]]
    return found


def main(arguments: list[str]) -> None:
    """Measure, print, and write the result."""
    folders = [Path(one) for one in arguments if one != "--list"]
    counts = list(measure(folders[0] if folders else DATA))
    if "--list" in arguments:
        print(*(f"{n}: {c}" for n, where, ok, c in counts if not ok and where != "held"), sep="\n")
    result = table(counts)
    for name, halves in result.items():
        for where, (right, total) in halves.items():
            print(f"{name:50} {where:5} {right:5} of {total:5}  {right / total:7.2%}")
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
