"""Results in one nested file: which of several things each is of."""

import json

import pytest
from cli_world import World

SCORES = {"accuracy": 0.9375, "recall": 0.875}
OTHERS = {"accuracy": 0.8125, "recall": 0.75}
MORE = {"accuracy": 0.6875, "recall": 0.625}


def tables(world: World, results: object) -> list[str]:
    """The lines of each table that is drafted, without its family and artifact."""
    world.write("README.md", "# Wren\n")
    world.write("results/metrics.json", json.dumps(results))
    assert world.run("init", "--force").status == 0
    text = world.files()["claims.toml"].decode()
    found = text.split("[[family.wren.table]]\n")[1:]
    return [
        "; ".join(
            line
            for line in one.splitlines()
            if line.split(" = ")[0] not in ("artifact", "columns") and " = " in line
        )
        for one in found
    ]


def test_a_long_text_of_each_of_a_few_named_things_makes_them_no_raw_data(bare: World) -> None:
    report = "precision recall " * 40
    few = {name: {**SCORES, "report": report} for name in ("dense", "conv", "tree")}
    assert tables(bare, few) == ['rows = "@"; keys = ["name"]']
    many = {f"{chr(97 + at)}bc": {**SCORES, "report": report} for at in range(20)}
    bare.write("results/metrics.json", json.dumps(many))
    assert "20 rows that no names tell apart: raw data" in bare.run("init", "--force").out


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ({"metrics": SCORES, "seed": 3}, ['rows = "metrics"']),
        (
            {"zero_shot": SCORES, "tuned": {"evaluation": OTHERS, "hours": 3.5}},
            [
                'rows = "tuned.evaluation"; dimensions = { name = "tuned" }',
                'rows = "zero_shot"; dimensions = { name = "zero_shot" }',
            ],
        ),
        (
            {"framings": {"leaky": {"results": SCORES}, "clean": {"results": OTHERS}}, "n": 4},
            [
                'rows = "framings.clean.results"; dimensions = { framing = "clean" }',
                'rows = "framings.leaky.results"; dimensions = { framing = "leaky" }',
            ],
        ),
        (
            {
                kind: {"name": f"The {kind}", **scores, "per_class": {"a": scores, "b": MORE}}
                for kind, scores in (("baseline", OTHERS), ("main", SCORES))
            },
            [
                'rows = "@"; keys = ["group"]',
                'rows = "baseline.per_class"; keys = ["class"]; dimensions = { name = "baseline" }',
                'rows = "main.per_class"; keys = ["class"]; dimensions = { name = "main" }',
            ],
        ),
        (
            {
                "cv_results": {"a": {"cv_accuracy": 0.5}, "b": {"cv_accuracy": 0.75}},
                "test_results": {"a": SCORES, "b": OTHERS},
            },
            ['rows = "cv_results"; keys = ["name"]', 'rows = "test_results"; keys = ["name"]'],
        ),
    ],
    ids=["one", "unlike", "under one name", "with their own names", "of other measures"],
)
def test_objects_that_tell_the_same_are_told_apart(
    bare: World, results: object, expected: list[str]
) -> None:
    assert sorted(tables(bare, results)) == expected


def test_prose_about_one_of_them_is_held_against_that_alone(bare: World) -> None:
    zero, few = {**SCORES, "precision": 0.6875}, {**OTHERS, "precision": 0.5625}
    tables(bare, {"zero_shot": zero, "few_shot": few})
    right = "Wren zero-shot: accuracy 0.9375, recall 0.875, precision 0.6875."
    bare.write("README.md", f"# Wren\n\n{right} Few-shot: accuracy 0.9375.\n")
    found = json.loads(bare.run("check", "README.md", "--output-format", "json").out)
    assert [(one["claim"]["text"], one["line"]) for one in found] == [("0.9375", 3)]
    assert found[0]["column"] > 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("metric,value\naccuracy,0.9561\nf1_score,0.9\n", {"accuracy", "f 1 score"}),
        ("Metric,Value\nTest accuracy,0.9561\n", {"test accuracy"}),
        (
            "model,metric,score,std\na,acc,0.5,0.1\nb,acc,0.6,0.1\n",
            {"acc{model=a}", "acc{model=b}"},
        ),
        ("metric,value\naccuracy,0.9561\naccuracy,0.9\n", set()),
        ("metric,value\naccuracy,high\nf1_score,low\n", set()),
    ],
    ids=["lower case", "title case", "with a key", "told twice", "no numbers"],
)
def test_a_file_that_names_its_measures_is_a_long_table(
    bare: World, text: str, expected: set[str]
) -> None:
    bare.write("README.md", "# Wren\n")
    bare.write("results/metrics.csv", text)
    bare.run("init")
    told = bare.run("facts", "--output-format", "json").out if expected else "[]"
    assert {one["id"].removeprefix("wren.") for one in json.loads(told)} == expected


def test_a_score_is_a_measure(bare: World) -> None:
    assert tables(bare, {"recall": 0.5, "f1_score": 0.75}) == ['rows = "@"']
    assert {one["id"] for one in json.loads(bare.run("facts", "--output-format", "json").out)} == {
        "wren.recall",
        "wren.f 1 score",
    }


LONG = (
    "This one was run twice, since the first time the machine went down before the last epoch. " * 2
)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([{"model": "a", **SCORES}, {"model": "b", **OTHERS, "note": LONG}], ['keys = ["model"]']),
        ([{"model": "a", **SCORES, "note": LONG}, {"model": "b", **OTHERS, "note": LONG}], []),
        (
            [
                {"model": name, **scores, "setting": "{" + LONG + "}"}
                for name, scores in (("a", SCORES), ("b", OTHERS))
            ],
            ['keys = ["model"]'],
        ),
        ({**SCORES, "note": LONG}, ['rows = "@"']),
    ],
    ids=["a note on one row", "texts to read", "settings", "one object"],
)
def test_long_texts_make_data_of_rows_that_all_have_them(
    bare: World, results: object, expected: list[str]
) -> None:
    bare.write("adapter_config.json", '{"peft_type": "LORA", "r": 8}')
    assert tables(bare, results) == expected


def test_a_key_of_a_split_deep_within_makes_no_trainer_results(bare: World) -> None:
    rows = [
        {"model": "a", "train_time": 3.5, **SCORES},
        {"model": "b", "train_time": 4.5, **OTHERS},
    ]
    bare.write("README.md", "# Wren\n")
    bare.write("results/all_results.json", json.dumps({"runs": rows}))
    assert bare.run("init").status == 0
    assert 'rows = "runs"\nkeys = ["model"]' in bare.files()["claims.toml"].decode()


def test_objects_four_deep_are_told_apart(bare: World) -> None:
    splits = {"dev": SCORES, "test": OTHERS}
    models = {"net": splits, "tree": {**splits, "dev": MORE}}
    found = tables(bare, {seed: {"fast": models, "slow": models} for seed in "01"})
    shared = 'dimensions = { group = "1", entry = "fast", item = "tree" }'
    assert f'rows = "\\"1\\".fast.tree"; keys = ["name"]; {shared}' in found
    assert len(found) == 8


UNTOLD = {
    "numbers of one object": (
        {f"accuracy_{one}{other}": 0.5 for one in "abcdefgh" for other in "abcdefgh"},
        ", rows = '@': 64 numbers of one object: settings, or data",
    ),
    "nests of runs": (
        {
            f"seed {seed}": {f"set {data}": {"net": SCORES, "tree": OTHERS} for data in range(9)}
            for seed in range(4)
        },
        ", rows within: 36 sets of rows: name those that documents tell of",
    ),
    "more nests than are opened": (
        {"runs": {"seeds": {"one": {"sets": {"birds": {"net": SCORES}}}}}},
        ": numbers that are no rows of results: settings, or data",
    ),
    "a list of numbers": (
        {"accuracies": [0.5, 0.75]},
        ": numbers that are no rows of results: settings, or data",
    ),
}


@pytest.mark.parametrize(("results", "reason"), UNTOLD.values(), ids=UNTOLD)
def test_results_that_are_not_drafted_are_told(bare: World, results: object, reason: str) -> None:
    bare.write("results/metrics.json", json.dumps(results))
    assert bare.run("init").out.count("left out: ") == 1
    assert f"left out: results/metrics.json{reason}\n" in bare.run("init").out


@pytest.mark.parametrize("results", [{"names": ["a", "b"]}, {"a": {"b": {"c": {}}}}])
def test_a_file_without_numbers_is_passed_over(bare: World, results: object) -> None:
    bare.write("results/metrics.json", json.dumps(results))
    assert "left out: " not in bare.run("init").out


def test_what_is_left_out_of_a_drafted_file_is_told(bare: World) -> None:
    others = {f"accuracy_{one}{other}": 0.5 for one in "abcdefgh" for other in "abcdefgh"}
    assert len(tables(bare, {"results": SCORES, "scores": others})) == 1
    told = "results/metrics.json, rows = 'scores': 64 numbers of one object: settings, or data"
    assert f"#   {told}\n" in bare.files()["claims.toml"].decode()


def test_numbers_beside_a_table_are_told_too(bare: World) -> None:
    sizes = {size: {"median_ttft": 0.25, "tokens": int(size)} for size in ("256", "512")}
    results = {
        "cold": {"ttft": 2.4375, "wall": 2.4414},
        "args": {"repeats": 3, "warm": 5},
        "notes": {"seen": "on a cold day", "degrees": 3},
        "prefill": {"sizes": [256, 512], "per_size": sizes},
    }
    assert tables(bare, results) == [
        'rows = "cold"',
        'rows = "prefill.per_size"; keys = ["size"]',
    ]
