"""The example world: its artifacts can be made again, and hold the counts told of them."""

import csv
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from mirage_lint import cli

WORLD = Path(__file__).parent.parent / "examples" / "mirage"
MADE = ("figures", "release", "results")
WRITTEN = ("claims.toml", "scripts", "src")
PACKAGE = "mirage_aware_package.tar.gz"
EXPECT = re.compile(r"expect: (MIR\d{3}(?:, MIR\d{3})*)(?: -->|$)", re.MULTILINE)


def run(arguments: list[str], home: Path, place: Path) -> str:
    """Standard output of a Python command run in ``place``, which must succeed."""
    environment = {**os.environ, "HOME": str(home), "USERPROFILE": str(home)}
    command = [sys.executable, "-B", *arguments]
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def remake(place: Path, home: Path) -> None:
    """A second world in ``place``: what people wrote is copied, the rest is made."""
    for name in WRITTEN:
        source = WORLD / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, place / name)
    downloads = home / "Downloads"
    run([str(WORLD / "make.py"), "--into", ".", "--downloads", str(downloads)], home, place)


@pytest.fixture
def second_world(tmp_path: Path) -> Path:
    """A world made again in ``tmp_path/world``, its home in ``tmp_path/home``."""
    place = tmp_path / "world"
    place.mkdir()
    remake(place, tmp_path / "home")
    return place


def made_files(world: Path) -> dict[str, bytes]:
    """Path to bytes of all that make.py makes."""
    files = [world / PACKAGE]
    files += [file for name in MADE for file in (world / name).rglob("*") if file.is_file()]
    return {file.relative_to(world).as_posix(): file.read_bytes() for file in files}


def rows(name: str) -> list[dict[str, str]]:
    with (WORLD / "results" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def count(records: list[dict[str, str]], **wanted: str) -> int:
    return sum(all(row[key] == value for key, value in wanted.items()) for row in records)


def test_making_again_gives_the_committed_bytes(second_world: Path) -> None:
    assert made_files(second_world) == made_files(WORLD)


def test_building_gives_the_committed_lock(second_world: Path) -> None:
    home = second_world.parent / "home"
    run(["-m", "mirage_lint", "build"], home, second_world)
    assert (second_world / "claims.lock").read_bytes() == (WORLD / "claims.lock").read_bytes()


def test_building_without_the_alternate_package_holds_its_facts(second_world: Path) -> None:
    shutil.copy(WORLD / "claims.lock", second_world)
    told = run(["-m", "mirage_lint", "build"], second_world, second_world)
    assert told.count(": MIR903 is absent here; ") == 4
    assert (second_world / "claims.lock").read_bytes() == (WORLD / "claims.lock").read_bytes()


def test_the_balanced_rows_have_the_counts_that_the_documents_tell() -> None:
    everything = rows("balanced/eval_rows.csv")
    degraded = [row for row in everything if row["degraded"] == "1"]
    strong = [row for row in everything if row["degraded"] == "0"]
    assert {
        "rows": (len(everything), len(degraded), len(strong)),
        "base right": (count(everything, base_correct="1"), count(degraded, base_correct="1")),
        "base silent": count(degraded, base_correct="0", base_flag="0"),
        "tuned right": count(degraded, ft_correct="1"),
        "tuned silent": count(degraded, ft_correct="0", ft_flag="0"),
        "tuned wrong": count(everything, ft_correct="0"),
        "tuned flagged": count(degraded, ft_flag="1"),
        "false alarms": count(strong, ft_flag="1"),
    } == {
        "rows": (400, 371, 29),
        "base right": (162, 152),
        "base silent": 219,
        "tuned right": 368,
        "tuned silent": 1,
        "tuned wrong": 3,
        "tuned flagged": 354,
        "false alarms": 0,
    }


def test_the_ntsb_trials_have_the_counts_that_the_documents_tell() -> None:
    trials = rows("ntsb/naive_trials.csv")
    grid = [len({row[key] for row in trials}) for key in ("incident_id", "seed", "budget")]
    assert (len(trials), grid) == (180, [12, 5, 3])
    assert count(trials, degraded="1") == 164
    assert count(trials, degraded="1", silent_mirage="1") == 36
    assert count(trials, silent_mirage="1") == 36
    assert count(trials, attribution_shift="1") == 103


def test_one_task_in_twelve_keeps_its_pivot_at_a_tenth_of_the_cache() -> None:
    tasks = rows("kv_cache/results.csv")
    kept = {row["retention"]: 0 for row in tasks}
    for row in tasks:
        kept[row["retention"]] += int(row["pivot_preserved"])
    assert kept == {"1.0": 12, "0.7": 7, "0.5": 6, "0.3": 2, "0.1": 1}
    summary = rows("kv_cache/summary_by_retention.csv")
    assert [(row["pivot_preserved"], row["raw_validity"]) for row in summary] == [
        ("1.0", "0.9625"),
        ("0.5833333333333334", "0.7033333333333334"),
        ("0.5", "0.5083333333333333"),
        ("0.16666666666666666", "0.6291666666666667"),
        ("0.08333333333333333", "0.68"),
    ]


def test_the_streaming_traps_add_up_to_2306_of_4200() -> None:
    cells = rows("streaming/trap_rates.csv")
    assert (len({row["epsilon"] for row in cells}), len({row["k"] for row in cells})) == (7, 3)
    assert {row["seeds"] for row in cells} == {"200"}
    assert (sum(int(row["trapped"]) for row in cells), 200 * len(cells)) == (2306, 4200)


def test_the_blackbox_summary_is_the_mean_of_its_rows() -> None:
    for summary in rows("blackbox_bf16_5model/summary_by_model.csv"):
        name = re.sub(r"[-.]", "_", summary["model_name"].lower())
        mine = rows(f"blackbox_bf16_5model/{name}_results.csv")
        assert len(mine) == 36
        for column in ("raw_validity", "pivot_preserved"):
            exact = sum((Fraction(row[column]) for row in mine), Fraction(0)) / 36
            assert summary[column] == repr(float(exact))


def test_the_witness_loses_seven_twentieths() -> None:
    code = "from compression import witness_loss; print(witness_loss())"
    assert run(["-c", code], WORLD, WORLD / "src") == "7/20\n"


def expectations() -> Iterator[tuple[str, str, str]]:
    """Document, line and code of each wrong line."""
    for path in sorted((WORLD / "docs" / "false").glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for found in EXPECT.finditer(line):
                yield from ((path.name, line, code) for code in found[1].split(", "))


def test_every_code_that_judges_prose_is_expected_in_more_than_one_place() -> None:
    codes = Counter(code for _, _, code in expectations())
    values, lineages = {"MIR101", "MIR102", "MIR103", "MIR104", "MIR105"}, {"MIR201", "MIR202"}
    assert set(codes) == values | lineages | {"MIR203", "MIR301", "MIR401", "MIR402"}
    assert min(codes.values()) >= 3


def test_every_expectation_is_written_so_that_it_is_read() -> None:
    text = "".join(path.read_text("utf-8") for path in (WORLD / "docs" / "false").glob("*.md"))
    assert len(EXPECT.findall(text)) == text.count("expect:")


def test_values_are_told_of_what_they_are_of(capsys: pytest.CaptureFixture[str]) -> None:
    """And not those of all trials, or of each budget, as of the degraded ones, or of a budget."""
    page = str(WORLD / "docs" / "false" / "ntsb.md")
    cli.main(["check", page, "--output-format", "concise"])
    told = capsys.readouterr().out
    assert "over trials is 103/180 (57.22%), and nothing is known over degraded\n" in told
    assert "at budget 0.5; at budget 0.3 it is 76.67%\n" in told


def test_of_two_digests_that_start_alike_it_is_told_where_they_part(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = str(WORLD / "docs" / "false" / "package-variant.md")
    cli.main(["check", page, "--output-format", "concise"])
    told = re.findall(
        r"(\w+)… is not the SHA-256 of \S+?(?: from character (\d+) on)?: ", capsys.readouterr().out
    )
    assert ("ad4d1247b9ed", "64") in told
    assert ("d09a254918d5", "") in told
