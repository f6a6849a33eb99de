"""Per-example rows of the balanced evaluation and per-trial rows of the incident benchmark."""

from fractions import Fraction

from making.rows import Row, as_csv, mean, spread

_EXAMPLES, _STRONG = 400, 29
_DIFFICULTIES = (("easy", 88, 11), ("medium", 101, 6), ("hard", 86, 8), ("extreme", 96, 4))
_CATEGORIES = (("investment", 127, 12), ("incident", 135, 8), ("narrative", 109, 9))
_MIXING_STEP = 149
"""Prime to 400, so that stepping by it visits every row once, in a mixed order."""

_INCIDENTS = tuple(f"NTSB_{number:02d}" for number in range(1, 13))
_SEEDS = (11, 22, 33, 44, 55)
_BUDGETS = (("0.7", 51, 24, 12), ("0.5", 56, 33, 11), ("0.3", 57, 46, 13))
"""Per budget: degraded trials, trials whose attribution shifted, silent mirages."""


def _labels(parts: tuple[tuple[str, int, int], ...], column: int) -> list[str]:
    """Each label as often as its part says, in column 1 (degraded) or 2 (strong)."""
    return [part[0] for part in parts for _ in range(part[column])]


def _degraded_rows() -> list[dict[str, object]]:
    """The 371 degraded rows: 152 right at base, 368 when tuned, 354 flagged, 1 silent."""
    difficulties, categories = _labels(_DIFFICULTIES, 1), _labels(_CATEGORIES, 1)
    count = len(difficulties)
    base_right, wrong = spread(152, count), (40, 130, 250)
    unflagged = spread(16, count, start=5) | {40}
    return [
        {
            "difficulty": difficulties[place],
            "category": categories[place * _MIXING_STEP % count],
            "degraded": 1,
            "base_correct": int(place in base_right),
            "base_flag": 0,
            "ft_correct": int(place not in wrong),
            "ft_flag": int(place not in unflagged),
        }
        for place in range(count)
    ]


def _strong_rows() -> list[dict[str, object]]:
    """The 29 strong rows: 10 right at base, all when tuned, none flagged."""
    base_right, categories = spread(10, _STRONG), _labels(_CATEGORIES, 2)
    return [
        {
            "difficulty": difficulty,
            "category": categories[place * 12 % _STRONG],
            "degraded": 0,
            "base_correct": int(place in base_right),
            "base_flag": 0,
            "ft_correct": 1,
            "ft_flag": 0,
        }
        for place, difficulty in enumerate(_labels(_DIFFICULTIES, 2))
    ]


def balanced_rows() -> bytes:
    """400 rows, one an example, degraded and strong ones mixed."""
    rows = _degraded_rows() + _strong_rows()
    mixed = [rows[place * _MIXING_STEP % _EXAMPLES] for place in range(_EXAMPLES)]
    return as_csv([{"id": f"val-{place:04d}", **row} for place, row in enumerate(mixed)])


def _trials() -> list[dict[str, object]]:
    """180 trials under naive compression; shifts and silent mirages fall on degraded ones."""
    cells = [(incident, seed) for incident in _INCIDENTS for seed in _SEEDS]
    rows: list[dict[str, object]] = []
    for budget, degraded, shifted, silent in _BUDGETS:
        hit = sorted(spread(degraded, len(cells), start=7))
        shifts = {hit[place] for place in spread(shifted, degraded, start=3)}
        mirages = {hit[place] for place in spread(silent, degraded, start=1)}
        rows += [
            {
                "incident_id": incident,
                "method": "naive",
                "budget": budget,
                "seed": seed,
                "degraded": int(place in hit),
                "attribution_shift": int(place in shifts),
                "pivot_correct": int(place not in mirages),
                "flagged_degraded": 0,
                "silent_mirage": int(place in mirages),
            }
            for place, (incident, seed) in enumerate(cells)
        ]
    return rows


def ntsb_trials() -> bytes:
    """180 rows: 12 incidents, 5 seeds, 3 budgets."""
    return as_csv(_trials())


def _rate(rows: list[dict[str, object]], column: str) -> str:
    return mean(Fraction(str(row[column])) for row in rows)


def _budget_row(rows: list[dict[str, object]]) -> Row:
    degraded = [row for row in rows if row["degraded"]]
    return {
        "method": "naive",
        "budget": rows[0]["budget"],
        "n": len(rows),
        "n_degraded": len(degraded),
        "attribution_shift_rate": _rate(rows, "attribution_shift"),
        "pivot_accuracy": _rate(rows, "pivot_correct"),
        "silent_mirage_rate_degraded": _rate(degraded, "silent_mirage"),
    }


def ntsb_summary() -> bytes:
    """One row a budget, rates from the trials."""
    trials = _trials()
    size = len(trials) // len(_BUDGETS)
    starts = range(0, len(trials), size)
    return as_csv([_budget_row(trials[start : start + size]) for start in starts])
