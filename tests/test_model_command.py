"""``mirage-lint model``: the answer is the first word, and 1 means different."""

import pytest
from cli_world import World


@pytest.mark.parametrize(
    ("left", "right", "first", "status"),
    [
        ("Llama 3 8B", "org/Llama-3-8B", "same", 0),
        ("Foo Bar 2 7B", "acme/foobar2-7b", "same", 0),
        ("Llama 3", "Llama 3 8B", "compatible", 0),
        ("Llama 3 8B", "Llama 3 70B", "different", 1),
        ("Foo 7B", "Quux 7B", "different", 1),
    ],
)
def test_two_names(bare: World, left: str, right: str, first: str, status: int) -> None:
    for names in ((left, right), (right, left)):
        result = bare.run("model", *names)
        assert (result.out.split()[0], result.status) == (first, status)


def test_the_part_that_differs_and_the_parts_of_both(bare: World) -> None:
    assert bare.run("model", "Foo 2 7B", "acme/foo-3-7b-it").out == (
        "different in version\n"
        "  Foo 2 7B: family foo, version 2, size 7b\n"
        "  acme/foo-3-7b-it: organisation acme, family foo, version 3, size 7b, variants chat\n"
    )


def test_one_name_is_no_question(bare: World) -> None:
    assert bare.run("model", "Qwen3-235B-A22B") == (
        0,
        "  Qwen3-235B-A22B: family qwen, version 3, size 235b, active 22b\n",
        "",
    )


def test_control_signs_are_not_printed(bare: World) -> None:
    assert "\x1b" not in bare.run("model", "foo-\x1b[31m7b").out


def test_three_names_are_refused(bare: World) -> None:
    result = bare.run("model", "a", "b", "c")
    assert (result.status, "give one or two" in result.err) == (2, True)
