"""Long and repetitive text is read in time that grows with its length: these would not end."""

from itertools import pairwise

import pytest

from mirage_lint.claims import lexicon
from mirage_lint.claims.extract import extract
from mirage_lint.documents.passages import Passage, Piece

LENGTH = 40_000
UNITS = [
    *("a", "1", " ", "a ", "1 ", "1,", "1,000,", "1.", "1-", "1/", "1:", "-1 ", "~1 ", "1% ", "1±"),
    *("1 ± 1 ", "1 to ", "1 of ", "1 in ", "(1 ", "[1, ", "[1,1] ", "one-", "hundred and ", "½"),
    *("two thirds ", "1e5", "k=1 ", "--k 1 ", "k: 1, ", "a_", "a-1 ", "a/b", "a.b", "a://1 "),
    *("x 10^", "1 x 10^-4 ", "1 + 1 = ", "1*1=2 ", "1% (1/2) ", "Qwen ", "qwen-", "Qwen/Qwen"),
    *(
        "1 (95% CI 1-1) ",
        "between 1 and ",
        "in 2020, ",
        "Table 1 ",
        "more than ",
        "\u0301 1",
        "=$1 ",
    ),
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_line_is_read_to_its_end(unit: str) -> None:
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH] + ". It took 7 epochs"
    passage = Passage("paragraph", text, (Piece(0, len(text), 0, len(text)),))
    claims = [one for one in extract(passage, lexicon.make()).claims if one.said is not None]
    assert claims[-1].text.endswith("7 epochs")
    assert all(left.end <= right.start for left, right in pairwise(claims))
