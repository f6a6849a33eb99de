"""How far words reach: sentences, clauses, denials."""

import re

import pytest

from mirage_lint.binding import segments


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It is 0.5. Then it is 3.", 2),
        ("See e.g. Table 3 or Fig. 4 for it.", 1),
        ("A vs. B at 1.5 x. Next one.", 2),
        ("One, et al. Two said so.", 1),
        ("Really? Yes! Good.", 3),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(segments.sentences(text)) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On the test set, A is 1% and B is 2%", ["On the test set, A is 1% ", "and B is 2%"]),
        ("A and B are 1% and 2%", ["A and B are 1% and 2%"]),
        ("A is 1%, on old data, while B is 2%", ["A is 1%, on old data, ", "while B is 2%"]),
        ("A: 99% (B: 41%)", ["A: 99% ", "(B: 41%)"]),
    ],
)
def test_clauses_have_a_number_and_a_name_of_their_own(text: str, expected: list[str]) -> None:
    numbers = [match.span() for match in re.finditer(r"\d+%", text)]
    names = [match.span() for match in re.finditer(r"\b[AB]\b", text)]
    found = segments.clauses(text, (0, len(text)), numbers, names)
    assert [text[low:high] for low, high in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It took 1 epoch, not 3 epochs.", ["not 3 epochs."]),
        ("It uses 7B rather than 14B, as told.", ["rather than 14B"]),
        ("No more than 5 steps are needed.", []),
        ("Is it 3 epochs?", ["Is it 3 epochs?"]),
        (
            "The 3 epochs are inconsistent with the log.",
            ["The 3 epochs are inconsistent with the log."],
        ),
    ],
)
def test_denials(text: str, expected: list[str]) -> None:
    found = segments.denied(text, (0, len(text)))
    assert [text[low:high] for low, high in found] == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ours (20 layers, tied) has 30%", ["ours (20 layers, tied) has 30%"]),
        ("recall 40%, lane width 94.8", ["recall 40%", ", lane width 94.8"]),
        ("recall 40%, rising to 50%", ["recall 40%, rising to 50%"]),
    ],
)
def test_asides_and_numbers_with_labels_of_their_own(text: str, parts: list[str]) -> None:
    numbers = [match.span() for match in re.finditer(r"\d[\d.]*%?(?: layers)?", text)]
    names = [match.span() for match in re.finditer("ours|recall", text)]
    found = segments.clauses(text, (0, len(text)), numbers, names)
    assert [text[slice(*span)] for span in found] == parts
