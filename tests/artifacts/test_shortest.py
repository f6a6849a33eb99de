"""The shortest text of numbers that are stored in fewer than 64 bits."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirage_lint.artifacts.values import shortest


@given(st.floats(width=32, allow_nan=False))
def test_the_text_of_a_single_stands_for_its_bits(value: float) -> None:
    text = shortest(value, "<f")
    assert struct.pack("<f", float(text)) == struct.pack("<f", value)


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        (0.1, "0.1"),
        (0.30000001192092896, "0.3"),
        (16777216.0, "16777216.0"),
        (3.4028234663852886e38, "3.4028235e+38"),
        (1.401298464324817e-45, "1e-45"),
        (1e-7, "1e-07"),
        (-0.0, "-0.0"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
    ],
)
def test_a_single_is_told_shortly(stored: float, text: str) -> None:
    (single,) = struct.unpack("<f", struct.pack("<f", stored))
    assert shortest(single, "<f") == text
