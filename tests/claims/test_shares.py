"""Parts of a whole in prose that cannot be, and wordings that only look like it."""

import pytest

from mirage_lint.claims import lexicon, shares
from mirage_lint.claims.extract import extract
from mirage_lint.documents.passages import Passage


def told(text: str, intro: str = "") -> list[tuple[str, str]]:
    """What is called wrong, and what it was said to be."""
    passage = Passage("paragraph", text, intro=Passage("paragraph", intro) if intro else None)
    claims = extract(passage, lexicon.make()).claims
    return [(one.text, one.stated) for one in shares.equations(passage, claims)]


@pytest.mark.parametrize(
    ("text", "wrong", "stated"),
    [
        ("It solves 41/40 tasks.", "41/40 tasks", "41"),
        ("12 of 9 runs failed.", "12 of 9 runs", "12"),
        ("12 of the 9 failed runs", "12 of the 9 failed runs", "12"),
        ("In 12 out of 9 cases it fails.", "12 out of 9 cases", "12"),
        ("5 + 9 of 12 runs failed.", "5 + 9 of 12 runs", "14"),
        ("5 + 13 of 12 runs failed.", "5 + 13 of 12 runs", "18"),
        ("It solves 45% of the 7 cases.", "45% of the 7 cases", "45%"),
        ("45.3% of 20 examples are wrong.", "45.3% of 20 examples", "45.3%"),
        ("0.27% of the 400 examples", "0.27% of the 400 examples", "0.27%"),
        ("This was seen in 45% (n = 7).", "45% (n = 7)", "45%"),
        (
            "371 of the 400 rows are degraded, and of the remaining 28 none are.",
            "371 of the 400 rows are degraded, and of the remaining 28",
            "28",
        ),
    ],
)
def test_what_cannot_be(text: str, wrong: str, stated: str) -> None:
    assert told(text) == [(wrong, stated)]


@pytest.mark.parametrize(
    "text",
    [
        "It solves 39/40 tasks, and 40/40 tasks with tools.",
        "9 of 12 runs failed.",
        "3 + 4 of 7 runs failed.",
        "It solves 43% of the 7 cases.",
        "It solves 42.9% of the 7 cases, 42.86% of all 7 cases.",
        "13% of 8 cases, 12% of the 8 cases, and 12.5% of all 8 cases",
        "0.25% of the 400 examples",
        "This was seen in 43% (n = 7).",
        "371 of the 400 rows are degraded, and of the remaining 29 none are.",
    ],
)
def test_what_can_be(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We crop 16/9 images and 21/9 videos.",
        "N ≈ 988 / 1962 / 1940 balanced samples",
        "N = 1962 / 1940 / 988 samples",
        "60000/10000 images are in the train/test split.",
        "The 12/10 tests were those of October.",
        "On 11/06 tests were added.",
        "It scored 5/4 tests.",
        "Export as an 90/10 split of the rows.",
        "The benchmark has 1000 of 20 reasoning tasks.",
        "It has 1000 samples of 20 tasks.",
        "a batch size of 64 of 32 examples",
        "best of 12 of 9 runs",
        "page 16 of 9 documents",
        "We ran 64 nodes of 4 devices.",
        "the ratio of right to wrong, 41/40 tasks",
        "the 41/40-task results",
        "1770 / 1378 tasks of the two",
    ],
)
def test_what_is_no_part_of_a_whole(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "On average, it solves 45% of the 7 cases.",
        "A mean of 45% of the 7 cases over 5 seeds.",
        "Macro accuracy is 45% of the 7 cases.",
        "pass@1 is 45.3% of the 20 problems.",
        "About 45% of the 7 cases fail.",
        "Over 45% of the 7 cases fail.",
        "45 ± 3% of the 7 cases",
        "50% of the 7 cases",
        "80% of the 23 examples are used.",
        "45% of the 7 cases' tokens",
        "45% of the 24 GB",
        "45% of the 7 layers",
        "45% of the 7 days",
        "45% of the 1234 examples",
        "grew by 45% (n = 7)",
        "a confidence of 95% (n = 7)",
        "Accuracy is 87.3% (n = 5).",
        "Accuracy is 87.3% (n = 5 seeds).",
        "87.3% (n = 5 runs)",
        "45% of users (n = 9) agreed.",
        "a dropout of 45% (n = 7)",
        "100% of the 7 cases",
    ],
)
def test_percentages_that_are_no_certain_shares(text: str) -> None:
    assert told(text) == []


def test_what_leads_into_a_passage_may_speak_of_means() -> None:
    assert told("It solves 45% of the 7 cases.", "Solved, of 7 cases:")
    assert told("It solves 45% of the 7 cases.", "Averaged over 3 seeds:") == []


@pytest.mark.parametrize(
    "text",
    [
        "12 of 9 runs failed; 3 are open.",
        "5 of 9 runs failed by 3 timeouts, and the remaining 2 by chance.",
        "5 of 9 runs failed. The remaining 2 are open.",
        "5 of 9 runs failed, and the remaining 2 hours were idle.",
    ],
)
def test_what_remains_of_something_else(text: str) -> None:
    assert all("remain" not in wrong for wrong, _ in told(text))
