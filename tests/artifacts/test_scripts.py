"""Defaults in scripts, which are parsed and never run."""

import pytest
from fields_told import known

from mirage_lint.artifacts.content import Reading
from mirage_lint.core.facts import SCRIPT, Datum
from mirage_lint.errors import MirageError

PYTHON = r'''
"""A sweep: \d is no escape."""
import argparse
raise SystemExit("never run")
N_EVENTS = 1_000
threshold: float = -.5e-3
BASE_MODEL = "some-org/Base-7B"
OTHER, MIXED = 1, 2
HEX = 0x10
DEFAULT_SEEDS = 100

class Config:
    n_events: int = 200
    seed = 7

def sweep(name, k=3, *, epsilon=0.30, verbose=True, nothing=None):
    return run(trace, n_events=200, rate=rate) + [run(n_events=200), run(n_events=50)]

parser.add_argument("-s", "--seeds", type=int, default=DEFAULT_SEEDS)
parser.add_argument("--num-train-epochs", default=3)
parser.add_argument("--no-default")
parser.add_argument("positional", default=4)
model = LoraConfig(r=8, lora_alpha=16)
plot(alpha=0.5, **extra)
'''


def test_a_python_script_tells_constants_options_and_keywords(read) -> None:
    expected = (
        Datum("n_events", "1000", "N_EVENTS"),
        Datum("threshold", "-.5e-3", "threshold"),
        known("base model", "some-org/Base-7B", "BASE_MODEL"),
        Datum("hex", "16", "HEX"),
        Datum("default_seeds", "100", "DEFAULT_SEEDS"),
        Datum("n_events", "200", "Config.n_events"),
        known("seed", "7", "Config.seed"),
        Datum("k", "3", "sweep.k"),
        Datum("epsilon", "0.30", "sweep.epsilon"),
        Datum("verbose", "true", "sweep.verbose", "text"),
        Datum("seeds", "100", "--seeds"),
        known("training epochs", "3", "--num-train-epochs"),
        known("rank", "8", "LoraConfig.r"),
        known("alpha", "16", "LoraConfig.lora_alpha"),
        Datum("alpha value", "0.5", "plot.alpha"),
        Datum("n_events", "200", "run.n_events"),
        Datum("n_events", "50", "run.n_events"),
    )
    reading = read("sweep.py", PYTHON)
    assert sorted(reading.content.data) == sorted(expected)
    assert reading == Reading(reading.content, SCRIPT, "Python script")


LISTS = """
CATALOGUE = {"red": [{"dose": 5}, {"dose": 1_000}], "blue": [{"dose": f()}]}
ROWS: list[dict[str, float]] = [{"model": "m", "acc": .87}]
PAIRS = (("x", -1), ("y", 1e-4))
GROWN = [*PAIRS, 3]
PLAIN = {"a": {"b": 3}}
ODD = {1: [2], **PLAIN}
"""


def test_constants_with_lists_are_nested_values_as_they_are_written(read) -> None:
    assert read("data.py", LISTS).content.root == {
        "CATALOGUE": {
            "red": [{"dose": "5"}, {"dose": "1000"}],
            "blue": [{"dose": None}],
        },
        "ROWS": [{"model": "m", "acc": ".87"}],
        "PAIRS": [["x", "-1"], ["y", "1e-4"]],
    }


def test_what_is_nested_too_deeply_is_left_out(read) -> None:
    inner, depth = read("data.py", "DEEP = " + "[" * 60 + "]" * 60).content.root["DEEP"], 1
    while inner and inner[0] is not None:
        inner, depth = inner[0], depth + 1
    assert depth == 20


def test_only_settings_of_known_meaning_are_facts_unasked(read) -> None:
    told = read("sweep.py", "N_EVENTS = 5\nEPOCHS = 3\n").content.told
    assert told == (known("training epochs", "3", "EPOCHS"),)


def test_a_script_without_an_ending_is_told_by_its_first_line(read) -> None:
    assert read("sweep", "#!/usr/bin/env python3\nN = 1\n").name == "Python script"
    assert read("train", "#!/usr/bin/env bash\nN=1\n").name == "shell script"
    assert read("start", "#!/bin/sh\nN=1\n").name == "shell script"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "x = 1\ny = (\n",
            "s.py:2: cannot be parsed ('(' was never closed); mend it, or use the Python it is for",
        ),
        ("x = " + "9" * 5000, "s.py:1: cannot be parsed"),
        ("x = " + "-" * 100_000 + "1", "s.py: is nested too deeply to be parsed"),
        ("x = " + "(" * 10_000, "s.py:1: cannot be parsed (too many nested"),
        ("# " + "x" * 2**20, "s.py: is a script of more than 1,048,576 bytes, the most read"),
        ("x = 1\0", "s.py:1: holds a NUL character; remove it"),
    ],
)
def test_python_that_cannot_be_parsed_is_told_in_one_line(read, source: str, message: str) -> None:
    with pytest.raises(MirageError) as error:
        read("s.py", source)
    assert str(error.value).startswith(message)
