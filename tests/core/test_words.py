"""Identifiers and prose, reduced to the same stems."""

import pytest

from mirage_lint.core import words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ft_wrong_answers", "FT wrong answer"),
        ("pivotPreserved", "pivot preservation"),
        ("degradation flagging rate", "degraded flag"),
        ("top1_acc", "Top-1 accuracies"),
        ("lr", "learning rate"),
        ("gradient_accumulation_steps", "accumulate gradient step"),
        ("val-loss", "val loss"),
    ],
)
def test_names_and_prose_meet(left: str, right: str) -> None:
    assert sorted(words.key(left)) == sorted(words.key(right))


@pytest.mark.parametrize(
    ("left", "right"), [("r", "accuracy"), ("n", "normal"), ("loss", "los"), ("rank", "ranking_x")]
)
def test_whole_words_only(left: str, right: str) -> None:
    assert words.key(left) != words.key(right)


def test_generic_words_are_dropped_unless_they_are_all_there_is() -> None:
    assert words.key("silent error rate") == words.key("silent error")
    assert words.key("rate") == ("rat",)


@pytest.mark.parametrize(
    ("one", "other"),
    [("mass", "masses"), ("loss", "losses"), ("pass", "passed"), ("plan", "planned")],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert words.stem(one) == words.stem(other)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nDCG@5", ["ndcg", "5"]),
        ("bbox_mAP", ["bbox", "map"]),
        ("nEvents", ["n", "events"]),
        ("fooBAR", ["foo", "bar"]),
    ],
)
def test_an_acronym_may_start_with_a_small_letter(text: str, told: list[str]) -> None:
    assert words.split(text) == told


def test_a_measure_alone_is_no_name() -> None:
    assert words.key("total_ms") == ("total", "ms")
    assert words.key("total_rows") == ("row",)
