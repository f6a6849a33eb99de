"""Parts, totals and means without a registry, and with one that knows better."""

import pytest
from test_resolve import readings

FILES = "| File | Lines |\n|--|--|\n| a | 1201 |\n| b | 3040 |\n| c | 777 |\n| Total | {} |\n"
EPOCHS = (
    "| Run | Epochs |\n|--|--|\n| Fine-grained run | {} |\n| Coarse run | 12 |\n| Other | 105 |\n"
)


def found(text: str) -> list[tuple[str, str]]:
    return [(what, change) for what, status, change in readings(text) if status == "contradicted"]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("45% of the 7 cases fail.", "45% of the 7 cases"),
        ("41/40 tasks pass.", "41/40 tasks"),
        (FILES.format(5118), "5118"),
    ],
)
def test_what_cannot_be_is_found_without_a_registry(text: str, claim: str) -> None:
    assert found(text) == [(claim, "arithmetic")]


def test_what_differs_by_its_sign_alone_is_taken_off() -> None:
    assert found("194 trades × 5 cents = 990") == [("194 trades × 5 cents = 990", "arithmetic")]
    assert found("194 trades × 5 cents = -970") == []


def test_what_is_right_is_silent() -> None:
    assert found("43% of the 7 cases fail, 39/40 tasks pass.\n\n" + FILES.format(5018)) == []


def test_what_the_registry_denies_is_told_once() -> None:
    text = "In the fine-grained run the miss rate is 10.5% of the 120 night images."
    assert found(text) == [("10.5%", "value")]


@pytest.mark.parametrize(("epochs", "change"), [("30", "arithmetic"), ("31", "value")])
def test_a_total_is_not_accused_of_what_its_part_did(epochs: str, change: str) -> None:
    rows = EPOCHS.format(epochs)
    assert [one[1] for one in found(f"{rows}| Total | 152 |\n")] == [change]
