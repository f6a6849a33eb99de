"""Edits of the words around a number: what a quick fix may do where the number stays."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from mirage_lint.checking import collect
from mirage_lint.checking.session import Session
from mirage_lint.core.edits import applied
from mirage_lint.documents import source
from mirage_lint.fixing.words import guesses

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "mirage"


BALANCED = "# Balanced package\n\n"


def texts(text: str) -> list[str]:
    """What a text with one finding would become by each guess."""
    session = Session(SimpleNamespace())
    named = SimpleNamespace(
        paths=[str(EXAMPLE / "docs" / "true" / "faq.md")], claims=None, stdin_filename=None
    )
    (target,) = collect.targets(named)
    judged = session.judge(target, source.make("docs/true/new.md", text))
    (finding,) = judged.told.findings
    assert finding.binding
    registry = session.checker(target).index.registry
    found = guesses(finding.binding, judged.checked.source, registry)
    return [applied(text, edits) for _, edits in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "In the balanced package, after fine-tuning, 0.75% of the degraded inputs are wrong.",
            "In the balanced package, after fine-tuning, 0.75% of the overall are wrong.",
        ),
        (
            f"{BALANCED}After fine-tuning, silent mirages make up 0.27% of all 400 rows.",
            f"{BALANCED}After fine-tuning, silent mirages make up 0.27% of degraded 371 rows.",
        ),
        (
            "The MLX adapter was trained for 600 epochs.",
            "The MLX adapter was trained for 600 steps.",
        ),
        (
            "# KV-cache sweep\n\nAt 10% retention, pivot preservation is 16.7%.",
            "# KV-cache sweep\n\nAt 30% retention, pivot preservation is 16.7%.",
        ),
        (
            "Training took 3 epochs.",
            "Training took 3 epochs (alternate package).",
        ),
        (
            "The canonical package was trained for 600 iterations.",
            "The MLX adapter was trained for 600 iterations.",
        ),
        (
            "The base model of the MLX adapter is Qwen 2.5 7B.",
            "The base model of the balanced package is Qwen 2.5 7B.",
        ),
    ],
)
def test_the_smallest_change_of_words_is_among_the_guesses(text: str, wanted: str) -> None:
    assert wanted in texts(text)


def test_a_size_and_a_name_of_rows_change_together() -> None:
    text = f"{BALANCED}After fine-tuning, it is wrong on 0.75% of the 371 degraded inputs."
    found = texts(text)
    assert found
    for one in found:
        assert ("371" in one) == ("degraded" in one)


def test_a_wrong_value_has_no_words_to_blame() -> None:
    assert texts("The rank of the MLX adapter is 9.") == []
