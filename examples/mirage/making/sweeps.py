"""The five-model benchmark, the KV-cache sweep and the streaming traps, with their summaries."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from making.rows import Row, as_csv, mean, scatter, spread

_CATEGORIES = ("incident", "investment", "narrative")
_TASKS = tuple(f"{letter}{number:02d}" for letter in "ABC" for number in (1, 2, 3, 4))
_LEVELS = ("0.4", "0.5", "0.6")


class _Model(NamedTuple):
    """Per level: tasks with the pivot kept, tasks feasible at it, hundredths of validity."""

    name: str
    identifier: str
    preserved: tuple[int, int, int]
    feasible: tuple[int, int, int]
    validity: tuple[int, int, int]


_MODELS = (
    _Model("Gemma-2-9B-IT", "google/gemma-2-9b-it", (9, 6, 9), (1, 1, 1), (1076, 1062, 1047)),
    _Model(
        "Llama-3.1-8B-Instruct",
        "meta-llama/Llama-3.1-8B-Instruct",
        (5, 4, 6),
        (3, 3, 2),
        (1165, 1132, 1165),
    ),
    _Model(
        "Mistral-7B-Instruct-v0.3",
        "mistralai/Mistral-7B-Instruct-v0.3",
        (6, 8, 8),
        (2, 4, 2),
        (1107, 1120, 1106),
    ),
    _Model(
        "Phi-3-Medium-14B-Instruct",
        "microsoft/Phi-3-medium-4k-instruct",
        (7, 6, 3),
        (3, 3, 2),
        (1072, 1021, 912),
    ),
    _Model(
        "Qwen-2.5-14B-Instruct",
        "Qwen/Qwen2.5-14B-Instruct",
        (9, 8, 9),
        (3, 2, 1),
        (1140, 1134, 1159),
    ),
)
_RETENTIONS = (
    ("1.0", 11, 11, 12, 1155, 0),
    ("0.7", 6, 5, 7, 844, 384),
    ("0.5", 10, 6, 6, 610, 450),
    ("0.3", 5, 1, 2, 755, 450),
    ("0.1", 8, 0, 1, 816, 396),
)
"""Per retention: tasks with a header, of these with the pivot kept, of all with the pivot kept,
hundredths of validity and of regret over the tasks."""
_EPSILONS = ("0.05", "0.10", "0.15", "0.20", "0.30", "0.40", "0.50")
_TRAPPED = {
    1: (96, 84, 75, 66, 52, 41, 33),
    2: (148, 137, 126, 115, 98, 84, 73),
    3: (184, 177, 168, 160, 146, 130, 113),
}
_STREAMING_SEEDS = 200


def _hundredths(value: int) -> str:
    return f"{value // 100}.{value % 100:02d}"


def _category(place: int) -> str:
    return _CATEGORIES[place * len(_CATEGORIES) // len(_TASKS)]


def _level_rows(model: _Model, level: int) -> list[dict[str, object]]:
    preserved = spread(model.preserved[level], len(_TASKS), start=level)
    feasible = spread(model.feasible[level], len(_TASKS), start=level + 5)
    validity = scatter(model.validity[level], len(_TASKS))
    return [
        {
            "model_name": model.name,
            "model_id": model.identifier,
            "task_id": task,
            "category": _category(place),
            "compression_level": _LEVELS[level],
            "raw_validity": _hundredths(validity[place * 5 % len(_TASKS)]),
            "pivot_preserved": int(place in preserved),
            "fixed_pivot_feasible": int(place in feasible),
        }
        for place, task in enumerate(_TASKS)
    ]


def _means(rows: Iterable[Row]) -> dict[str, object]:
    kept = tuple(rows)
    columns = ("raw_validity", "pivot_preserved", "fixed_pivot_feasible")
    return {name: mean(Fraction(str(row[name])) for row in kept) for name in columns}


def _rows_of(model: _Model) -> list[dict[str, object]]:
    return [row for level in range(len(_LEVELS)) for row in _level_rows(model, level)]


def _summary_by_level() -> bytes:
    return as_csv(
        [
            {
                "model_name": model.name,
                "compression_level": name,
                **_means(_level_rows(model, level)),
            }
            for model in _MODELS
            for level, name in enumerate(_LEVELS)
        ]
    )


def _blackbox_readme() -> bytes:
    rows = ["| Model | Raw validity | Pivot preserved |", "|---|---:|---:|"]
    for model in _MODELS:
        kept, validity = sum(model.preserved), Fraction(sum(model.validity), 36)
        share = f"{float(validity):.1f}%"
        rows.append(f"| {model.name} | {share} | {kept}/36 ({kept / 0.36:.1f}%) |")
    head = (
        "# Blackbox sweep: five models\n\n"
        "Inference only, bf16, greedy decoding: 12 MirageBench tasks at compression levels 0.4,\n"
        "0.5 and 0.6, 36 rows a model, 180 rows in all. Nothing here was fine-tuned.\n\n"
    )
    return (head + "\n".join(rows) + "\n").encode()


def blackbox() -> Mapping[str, bytes]:
    """One CSV a model, the summaries over them, and the table that people read."""
    files = {
        f"{model.name.lower().replace('-', '_').replace('.', '_')}_results.csv": as_csv(
            _rows_of(model)
        )
        for model in _MODELS
    }
    files["summary_by_model.csv"] = as_csv(
        [
            {
                "model_name": model.name,
                "model_id": model.identifier,
                **_means(_rows_of(model)),
            }
            for model in _MODELS
        ]
    )
    files["summary_by_model_compression.csv"] = _summary_by_level()
    files["README.md"] = _blackbox_readme()
    return files


def _retention_rows(cell: tuple[str, int, int, int, int, int]) -> list[dict[str, object]]:
    """Twelve rows; tasks with a header come first, so do the kept pivots among them."""
    retention, headers, kept_headed, kept, validity, regret = cell
    unheaded = kept - kept_headed
    return [
        {
            "model_id": "meta-llama/Llama-3.1-8B-Instruct",
            "retention": retention,
            "task_id": task,
            "has_pivot_header": int(place < headers),
            "pivot_preserved": int(place < kept_headed or 0 <= place - headers < unheaded),
            "raw_validity": _hundredths(scatter(validity, len(_TASKS))[place]),
            "semantic_regret": _hundredths(scatter(regret, len(_TASKS))[place] if regret else 0),
        }
        for place, task in enumerate(_TASKS)
    ]


def _retention_summary(rows: list[dict[str, object]]) -> Row:
    def rate(column: str, over: list[dict[str, object]]) -> str:
        return mean(Fraction(str(row[column])) for row in over)

    return {
        "model_id": rows[0]["model_id"],
        "retention": rows[0]["retention"],
        "has_pivot_header": rate("has_pivot_header", rows),
        "pivot_preserved": rate("pivot_preserved", rows),
        "raw_validity": rate("raw_validity", rows),
        "semantic_regret": rate("semantic_regret", rows),
        "pivot_preserved_given_header": rate(
            "pivot_preserved", [row for row in rows if row["has_pivot_header"]]
        ),
    }


def kv_cache() -> Mapping[str, bytes]:
    """Sixty rows, one a task and retention, and the summary by retention."""
    cells = [_retention_rows(cell) for cell in _RETENTIONS]
    return {
        "results.csv": as_csv([row for rows in cells for row in rows]),
        "summary_by_retention.csv": as_csv([_retention_summary(rows) for rows in cells]),
    }


def streaming() -> bytes:
    """Trapped traces for each epsilon and k, one trace a seed."""
    return as_csv(
        [
            {"epsilon": epsilon, "k": k, "seeds": _STREAMING_SEEDS, "trapped": trapped}
            for k, counts in _TRAPPED.items()
            for epsilon, trapped in zip(_EPSILONS, counts, strict=True)
        ]
    )
