"""What was measured: results of a Trainer, and of lm-evaluation-harness."""

import pytest

from mirage_lint.core.facts import Datum


def plain(told: tuple[Datum, ...]) -> list[tuple[object, ...]]:
    return [(one.metric, one.value, one.pointer, dict(one.dimensions)) for one in told]


def test_measures_of_a_split_are_told_under_its_name(read_json) -> None:
    results = {
        "eval_exact_match": 81.25,
        "eval_matthews_correlation": -0.125,
        "eval_samples_per_second": 12.5,
        "eval_mem_cpu_alloc_delta": 5,
        "eval_model_preparation_time": 0.5,
        "eval_report": {"f1": 1},
        "eval_note": "good",
        "eval_length": 12,
        "perplexity": 6.5,
        "lr": 0.1,
        "eval_": 1,
    }
    reading = read_json("eval_results.json", results)
    assert plain(reading.content.told) == [
        ("evaluation exact match", "81.25", "/eval_exact_match", {}),
        ("evaluation Matthews correlation", "-0.125", "/eval_matthews_correlation", {}),
        ("evaluation length", "12", "/eval_length", {}),
        ("perplexity", "6.5", "/perplexity", {}),
    ]
    assert reading.content.told[2].names == ("eval_length", "validation length")
    assert reading.content.told[0].names == (
        *("eval_exact_match", "evaluation EM", "evaluation exact_match"),
        *("validation exact match", "validation EM", "validation exact_match"),
        *("exact match", "EM", "exact_match"),
    )


@pytest.mark.parametrize(
    ("name", "results"),
    [
        ("my_results.json", {"eval_loss": 1}),
        ("all_results.json", {"accuracy": 1}),
        ("all_results.json.json", {"eval_loss": 1}),
    ],
)
def test_files_of_other_names_or_keys_are_plain_json(read_json, name: str, results: object) -> None:
    reading = read_json(name, results)
    assert (reading.name, reading.content.told) == ("JSON", ())


def test_odd_values_of_results_are_not_told(read) -> None:
    odd = '{"train_loss": NaN, "eval_loss": -1, "train_samples": [3], "eval_f1": Infinity}'
    assert read("all_results.json", odd).content.told == ()


HARNESS = {
    "results": {
        "birds": {
            "alias": "birds",
            "exact_match,strict-match": 0.5,
            "exact_match,flexible-extract": 0.625,
            "exact_match_stderr,strict-match": "N/A",
            "exact_match_stderr,flexible-extract": 0.0125,
            "pass@1,none": 0.25,
        },
        "a/b": {"acc,none": 0.75, "n": 3},
        "odd": 3,
    },
    "n-shot": {"birds": 5, "a/b": "5"},
    "n-samples": {"birds": {"original": 1319, "effective": 100}, "a/b": 3},
    "config": {"model_num_parameters": -1, "random_seed": 0},
    "model_name": "./out/merged",
    "total_evaluation_time_seconds": "12.5",
}


def test_results_of_the_harness_are_told_by_task_and_filter(read_json) -> None:
    reading = read_json("results_2026-01-02T03-04-05.json", HARNESS)
    strict, flexible = (
        {"filter": kind, "task": "birds"} for kind in ("strict-match", "flexible-extract")
    )
    birds = "/results/birds"
    assert reading.name == "lm-evaluation-harness results"
    assert plain(reading.content.told) == [
        ("evaluation seed", "0", "/config/random_seed", {}),
        ("evaluation time", "12.5", "/total_evaluation_time_seconds", {}),
        ("exact match", "0.5", f"{birds}/exact_match,strict-match", strict),
        ("exact match", "0.625", f"{birds}/exact_match,flexible-extract", flexible),
        (
            *("exact match standard error", "0.0125"),
            *(f"{birds}/exact_match_stderr,flexible-extract", flexible),
        ),
        ("pass@1", "0.25", f"{birds}/pass@1,none", {"task": "birds"}),
        ("accuracy", "0.75", "/results/a~1b/acc,none", {"task": "a/b"}),
        ("shots", "5", "/n-shot/birds", {"task": "birds"}),
        ("shots", "5", "/n-shot/a~1b", {"task": "a/b"}),
        ("evaluation examples", "100", "/n-samples/birds/effective", {"task": "birds"}),
    ]


@pytest.mark.parametrize(
    "results",
    [
        {"results": {"birds": {"acc": 0.5}}},
        {"scores": {"birds": {"acc,none": 0.5}}},
        {"results": [1]},
    ],
)
def test_results_of_other_tools_are_plain_json(read_json, results: object) -> None:
    assert read_json("results.json", results).name == "JSON"
