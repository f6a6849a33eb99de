"""Model names: parts, and agreement by parts."""

import pytest

from mirage_lint.core.modelname import difference, parse


@pytest.mark.parametrize(
    ("left", "right", "part"),
    [
        ("Qwen 2.5", "Qwen/Qwen2.5-7B-Instruct", ""),
        ("Qwen 2.5 14B", "Qwen/Qwen2.5-7B-Instruct", "size"),
        ("Gemma-2 2B", "mlx-community/gemma-2-2b-it-4bit", ""),
        ("Gemma 2 2B it", "google/gemma-2-2b-it", ""),
        ("Llama 3 8B", "meta-llama/Llama-3.1-8B-Instruct", "version"),
        ("Mistral 7B v0.3", "mistralai/Mistral-7B-Instruct-v0.3", ""),
        ("Phi-3-Mini", "microsoft/Phi-3-medium-14b", "variant"),
        ("Mixtral 8x7B", "mistralai/Mixtral-8x22B-v0.1", "size"),
        ("Llama 3.1 8B", "Qwen/Qwen2.5-7B", "family"),
        ("Foo-Bar 3B", "acme/foo-3b", ""),
        ("Llama-3-8B base", "Llama-3-8B-Instruct", "variant"),
    ],
)
def test_names_differ_only_in_a_part_that_both_state(left: str, right: str, part: str) -> None:
    assert difference(parse(left), parse(right)) == part
    assert difference(parse(right), parse(left)) == part


def test_parts_of_a_hub_id() -> None:
    name = parse("mlx-community/gemma-2-2b-it-4bit")
    assert (name.organisation, name.family, name.version, name.size) == (
        "mlx-community",
        "gemma",
        "2",
        "2b",
    )
    assert (set(name.variants), name.quantisation) == ({"instruct"}, "4bit")
