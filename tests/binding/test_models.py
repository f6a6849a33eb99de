"""A model's name finds all names that agree with it, and no other."""

import pytest

from mirage_lint.binding.models import Models
from mirage_lint.core.modelname import difference, parse

NAMES = [
    *("Qwen 2.5 14B", "Qwen/Qwen2.5-7B-Instruct", "Qwen", "Qwen2", "qwen-2.5-7b-gguf"),
    *(
        "mlx-community/gemma-2-2b-it-4bit",
        "Gemma-2 2B",
        "google/gemma-7b",
        "Code Gemma",
        "CodeGemma 7B",
    ),
    *("ResNet-50", "resnet50_8xb32_in1k", "resnet101_8xb32_in1k", "SE-ResNet-50", "seresnet50"),
    *("ViT-B/16", "vit-base-p16_in1k", "vit-large-p32", "DeiT", "deit-tiny_in1k", "in1k-net"),
    *("NousResearch/Hermes-2-Theta-Llama-3-8B", "Llama 3 8B", "Hermes 2", "Chinese-Llama-2"),
    *(
        "Foo Bar 2",
        "FooBar 2",
        "foobar-2-mini",
        "Foo",
        "Bar 2",
        "Finch Net",
        "finchnet",
        "7B",
        "4bit",
    ),
]


@pytest.mark.parametrize("name", NAMES)
def test_what_agrees_is_found(name: str) -> None:
    known = Models((parse(one), one) for one in NAMES)
    told = parse(name)
    alike = {one for one in NAMES if not difference(told, parse(one))}
    wordless = {one for one in NAMES if not parse(one).words}
    # A name without words agrees with all, and tells of none: it is found by its like alone.
    assert known.agreeing(told) == (alike & wordless if not told.words else alike - wordless)
