"""Dicts, fields of dataclasses, and options of click and typer in Python scripts, never run."""

import sys

import pytest
from fields_told import known

from mirage_lint.core.facts import Datum

DICTS = """
SEED = 7
CONFIG = {
    "optimizer": {"lr": 1.50e-4, "alpha": 0.5, **other},
    "seeds": SEED,
    3: 4,
    "layers": [1, 2],
    name: 5,
}

def local():
    HIDDEN = {"lr": 1}
"""
FIELDS = """
@dataclass
class Args:
    epochs: int = 3
    rank: int = field(default=8, metadata={"help": "text"})
    names: list = field(default_factory=list)
    noise: float = Field(0.30, gt=0)
    needed: int = Field(...)
"""
TYPER = """
def main(
    path: str,
    folds: int = typer.Argument(4, help="how many"),
    epochs: int = typer.Option(3, "-e", help="how long"),
    max_rows: int = Option(default=400),
    rate: float = typer.Option(1e-4, "--learning-rate", "-l"),
    seeds: Annotated[int, typer.Option("--n-seeds", min=1)] = 5,
    steps: Annotated[int, typer.Option()] = 600,
    plain: int = 2,
): ...
"""
CLICK = """
@click.command()
@click.option("-e", "--epochs", "epochs", default=3, show_default=True)
@click.argument("path", default="here")
@click.option("--rows/--no-rows", default=True)
@click.option("--n-seeds", default=DEFAULT, type=int)
def main(epochs, rows, n_seeds): ...
DEFAULT = 5
"""


def data(read, source: str) -> list[Datum]:
    return sorted(read("train.py", source).content.data)


def test_the_values_of_dicts_stand_under_their_keys(read) -> None:
    assert data(read, DICTS) == sorted(
        (
            known("seed", "7", "SEED"),
            known("learning rate", "1.50e-4", "CONFIG.optimizer.lr"),
            Datum("alpha value", "0.5", "CONFIG.optimizer.alpha"),
            Datum("seeds", "7", "CONFIG.seeds"),
        )
    )


def test_the_defaults_of_fields_are_told(read) -> None:
    assert data(read, FIELDS) == sorted(
        (
            known("training epochs", "3", "Args.epochs"),
            Datum("rank value", "8", "Args.rank"),
            Datum("noise", "0.30", "Args.noise"),
        )
    )


def test_the_defaults_of_typer_are_options(read) -> None:
    assert data(read, TYPER) == sorted(
        (
            known("training epochs", "3", "--epochs"),
            Datum("folds", "4", "main.folds"),
            Datum("max_rows", "400", "--max-rows"),
            known("learning rate", "1e-4", "--learning-rate"),
            Datum("n_seeds", "5", "--n-seeds"),
            Datum("steps", "600", "--steps"),
            Datum("plain", "2", "main.plain"),
        )
    )


def test_the_defaults_of_click_are_options(read) -> None:
    assert data(read, CLICK) == sorted(
        (
            known("training epochs", "3", "--epochs"),
            Datum("rows", "true", "--rows", "text"),
            Datum("n_seeds", "5", "--n-seeds"),
            Datum("default", "5", "DEFAULT"),
        )
    )


@pytest.mark.parametrize("depth", [50, sys.getrecursionlimit()])
def test_dicts_nested_deeply_are_left_or_told_in_one_line(read, refusal, depth: int) -> None:
    source = "N = 1\nC = " + '{"a": ' * depth + "1" + "}" * depth
    if depth == 50:
        assert data(read, source) == [Datum("n", "1", "N")]
    else:
        assert refusal("train.py", source).startswith("train.py")
