"""Model names: their parts by shape and by vocabulary, and agreement by parts."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirage_lint import vocabulary
from mirage_lint.core.modelname import (
    MAX_LENGTH,
    PARTS,
    describe,
    difference,
    parse,
    states_as_much,
)

SAME = [
    ("Gemma 2 2B it", "google/gemma-2-2b-it"),
    ("Gemma 2 2B Instruct", "google/gemma-2-2b-it"),
    ("Google Gemma 2 9B", "google/gemma-2-9b"),
    ("Gemma 2B", "google/gemma-2b"),
    ("Mistral 7B v0.3", "mistralai/Mistral-7B-v0.3"),
    ("Llama3.1 8B", "Llama 3.1 8B"),
    ("llama-3_1-8b", "Llama 3.1 8B"),
    ("Llama-3-1-8B-Instruct", "Llama 3.1 8B Instruct"),
    ("llama3:8b", "Llama 3 8B"),
    ("llama_2_7b", "Llama 2 7B"),
    ("Llama-2-7B", "meta-llama/Llama-2-7b-hf"),
    ("Llama 2 7B", "TheBloke/Llama-2-7B"),
    ("Phi-3.0", "phi 3"),
    ("Code Llama 7B", "codellama/CodeLlama-7b-hf"),
    ("InternLM-XComposer2 7B", "internlm/internlm-xcomposer2-7b"),
    ("InternLM XComposer2 7B", "InternLMXComposer2-7B"),
    ("Mixtral 8×7B", "mixtral-8x7b"),
    ("Gervásio 7B", "gervasio-7b"),
    ("BLOOM 7.1B", "bigscience/bloom-7b1"),
    ("StableLM 2 1.6B", "stabilityai/stablelm-2-1_6b"),
    ("Foo 0.5B", "foo-500M"),
    ("Foo 7 billion", "Foo-7.0B"),
    ("Foo 4-bit", "foo-4bits"),
    ("Qwen3 235B-A22B", "Qwen/Qwen3-235B-A22B"),
    ("GPT-4o (2024-08-06)", "gpt-4o-20240806"),
    ("Command R+", "command-r-plus"),
    ("ViT-B/16", "vit-b-16"),
    ("ResNet50", "ResNet-50"),
    ("Foo-7B f16", "foo-7b-f16"),
    ("o1-mini", "openai/o1-mini"),
    ("c4ai-command-r", "Command R"),
    # Families that nobody has heard of
    ("Zorblax-2.5 7B", "acme/zorblax2.5-7b"),
    ("Foo Bar 2 7B", "acme/FooBar2-7B"),
    ("360Zorb2-7B", "360zorb-2-7b"),
]
COMPATIBLE = [
    ("Qwen 2.5", "Qwen/Qwen2.5-7B-Instruct"),
    ("Gemma-2 2B", "mlx-community/gemma-2-2b-it-4bit"),
    ("Foo-Bar 3B", "acme/foo-3b"),
    ("Llama 3.2 (1.23B)", "Llama-3.2-1B"),
    ("Mixtral 46.7B", "Mixtral-8x7B"),
    ("Qwen3 235B", "Qwen/Qwen3-235B-A22B"),
    ("Hunyuan 80B", "tencent/Hunyuan-A13B"),
    ("Mistral Large", "Mistral-Large-2407"),
    ("GPT-4o", "gpt-4o-2024-08-06"),
    ("Llama-3.1-8B-4bit", "Llama-3.1-8B-Q4_K_M"),
    ("Llama-3.1-8B", "bartowski/Meta-Llama-3.1-8B-GGUF"),
    ("Phi-3 mini", "microsoft/Phi-3-mini-4k-instruct"),
    ("Phi-3 7B Instruct", "microsoft/Phi-3-small-instruct"),
    ("Tulu 3 8B", "allenai/Llama-3.1-Tulu-3-8B"),
    ("OpenHermes 2.5", "teknium/OpenHermes-2.5-Mistral-7B"),
    ("DeepSeek-R1 7B Distill", "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"),
    ("Foo-1B Thinking", "acme/foo-1b-chat"),
    ("Foo 1B Chat", "acme/foo-1b-sft"),
    ("Foo 1B Instruct", "acme/foo-1b-dpo"),
    ("Foo 1B Chat", "acme/foo-1b-chat-rl"),
    ("acme/foo-1b", "zeta/foo-1b"),
    ("zorblax 7B", "acme/zorblax-7b-chat-awq"),
    ("", "Foo 7B"),
    ("GPT-4 Turbo", "gpt-4-1106-preview"),
    ("Foo 2 Flash (Experimental)", "foo-2-flash-exp"),
    ("Qwen-based", "Qwen/Qwen2.5-Coder-7B"),
    ("qwen-lora-r16", "Qwen 2.5 7B"),
    ("Llama 3 8B", "Zorb-2-Llama-3-8B"),
]
DIFFERENT = [
    ("Llama 3.1 8B", "Qwen/Qwen2.5-7B", "family"),
    ("Mistral 7B", "Mixtral-8x7B", "family"),
    ("Zorblax", "Quuxer", "family"),
    ("Zorblax 7B", "Llama 2 7B", "family"),
    ("Foo-Qwen-7B", "Foo-Llama-7B", "family"),
    ("Chinese-Llama-2-7B", "chinese-alpaca-2-7b", "family"),
    ("Claude 3.5 Sonnet", "claude-3-5-haiku-20241022", "family"),
    ("GPT-OSS 20B", "gpt-4", "family"),
    ("Qwen 2.5 14B", "Qwen/Qwen2.5-7B-Instruct", "size"),
    ("Mixtral 8x7B", "mistralai/Mixtral-8x22B-v0.1", "size"),
    ("Mixtral 7B", "mistralai/Mixtral-8x7B", "size"),
    ("Qwen3 235B-A22B", "Qwen3-235B-A3B", "size"),
    ("Hunyuan 7B", "tencent/Hunyuan-A13B", "size"),
    ("Foo 1.5B", "foo-1b", "size"),
    ("Foo 1.23B", "foo-2b", "size"),
    ("Foo 125M", "foo-125b", "size"),
    ("Llama 3 8B", "meta-llama/Llama-3.1-8B-Instruct", "version"),
    ("Tulu 2 8B", "allenai/Llama-3.1-Tulu-3-8B", "version"),
    ("DeepSeek-V3", "DeepSeek-R1", "version"),
    ("GPT-4", "GPT-4o", "version"),
    ("Gemma 2 2B", "google/gemma-2b-it", "version"),
    ("Foo Bar 2", "FooBar-3", "version"),
    ("ResNet-50", "ResNet-101", "version"),
    ("all-MiniLM-L6-v2", "all-MiniLM-L12-v2", "version"),
    ("Foo-GPTQ-Int8", "Foo-GPTQ-Int4", "quantisation"),
    ("Foo-AWQ", "Foo-FP8", "quantisation"),
    ("Foo-AWQ", "mlx-community/foo-4bit", "quantisation"),
    ("Foo-Q4_K_M", "foo-q4_k_s", "quantisation"),
    ("Foo bf16", "foo-fp16", "quantisation"),
    ("Foo-GGUF", "foo-mlx", "format"),
    ("Mistral-Large-2407", "Mistral-Large-2411", "date"),
    ("Phi-3-mini-128k", "Phi-3-mini-4k-instruct", "context"),
    ("Phi-3-Mini", "microsoft/Phi-3-medium-14b", "variant"),
    ("Llama-3-8B base", "Llama-3-8B-Instruct", "variant"),
    ("Gemma-3-4B-pt", "gemma-3-4b-it", "variant"),
    ("BERT-base", "bert-large", "variant"),
    ("Foo-Instruct", "foo-thinking", "variant"),
    ("Foo-SFT", "foo-dpo", "variant"),
    ("Foo-Instruct-RL", "foo-sft", "variant"),
    ("Foo-DPO", "foo-base", "variant"),
    ("Foo-1B-Instruct", "foo-coder-1b", "variant"),
    ("Llama 4 Scout", "Llama-4-Maverick-17B", "name"),
    ("Mistral Nemo", "Mistral-Small", "name"),
    ("Zorb-2-Llama-3-8B", "Quux-1-Llama-3-8B", "name"),
    ("Foo-3B-mix-224", "Foo-3B-mix-448", "name"),
]
HOSTILE = [
    "",
    "/",
    "a/",
    "-._ ",
    "7" * 10_000,
    "a" * 10_000,
    "1." * 5_000,
    "1_" * 5_000,
    "q4_" * 4_000,
    "1." + "0" * 100 + "b 2b",
    "8x" * 5_000,
    "v1-" * 4_000,
    "ab" * 50 + "1" * 50,
    "模型-7B",
    "Модель 7Б",
    "x²-٣b",
    "ﬁne-７Ｂ",
    "\ud800-7b",
    "a\x00b\n7B",
    "7 BILLION",
    "+++",
]


def answer(left: str, right: str) -> str:
    names = parse(left), parse(right)
    return difference(*names) or ("same" if states_as_much(*names) else "compatible")


@pytest.mark.parametrize(("left", "right"), SAME, ids=" = ".join)
def test_same(left: str, right: str) -> None:
    assert (answer(left, right), answer(right, left)) == ("same", "same")


@pytest.mark.parametrize(("left", "right"), COMPATIBLE, ids=" ~ ".join)
def test_one_says_less(left: str, right: str) -> None:
    assert (answer(left, right), answer(right, left)) == ("compatible", "compatible")


@pytest.mark.parametrize(
    ("left", "right", "part"), DIFFERENT, ids=[f"{a} / {b}: {part}" for a, b, part in DIFFERENT]
)
def test_different_in_a_part_that_both_state(left: str, right: str, part: str) -> None:
    assert (answer(left, right), answer(right, left)) == (part, part)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "mlx-community/gemma-2-2b-it-4bit",
            "organisation mlx-community, family gemma, version 2, size 2b, variants chat, "
            "quantisation 4bit, format mlx",
        ),
        (
            "Qwen3-235B-A22B-Thinking-2507-GPTQ-Int4",
            "family qwen, version 3, size 235b, variants thinking, quantisation gptq int4, "
            "active 22b, date 2507",
        ),
        ("Foo-7B.UD-Q4_K_XL.gguf", "family foo, size 7b, quantisation ud-q4_k_xl, format gguf"),
        (
            "THUDM/glm-4-9b-chat-1m",
            "organisation zai-org, family glm, version 4, size 9b, variants chat, name 1m",
        ),
        ("Phi-3-mini-128k", "family phi, version 3, variants mini, context 128k"),
        ("internlm2_5-7b", "family internlm, version 2.5, size 7b"),
        ("Hermes-2-Theta-Llama-3-8B", "family hermes, version 2, size 8b, name llama+theta"),
        ("Zorb-2-Llama-3-8B", "family zorb, version 2, size 8b, name llama"),
        ("Chinese-Llama-2-7B", "family llama, version 2, size 7b, name chinese"),
        ("neural-chat-7b-v3-1", "family neural, version 3.1, size 7b, variants chat"),
        ("llama-161M-100B", "family llama, size 161m, name 100b"),
        ("https://example.org/acme/foo-7b/", "organisation acme, family foo, size 7b"),
        ("7B", "size 7b"),
        ("Foo-2-8B/70B", "family foo, version 2, size 8b, name 70b"),
        ("", "nothing that names a model"),
    ],
    ids=lambda text: text.replace("/", "|"),
)
def test_parts(text: str, told: str) -> None:
    assert describe(parse(text)) == told


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_read_at_once(text: str) -> None:
    started = perf_counter()
    name = parse(text)
    assert difference(name, name) == ""
    assert states_as_much(name, name)
    assert describe(name)
    assert perf_counter() - started < 0.1


def test_only_so_much_of_a_name_is_read() -> None:
    long = "foo-" * MAX_LENGTH
    assert parse(f"{long}7b")[1:] == parse(long)[1:]


def test_a_name_has_every_part() -> None:
    assert all(hasattr(parse("foo"), part) for part in PARTS)


def test_the_vocabulary_holds_together() -> None:
    tables = vocabulary.load("models")
    variants = set(tables["variants"].values())
    assert set(tables["ambiguous"]) <= set(tables["families"])
    assert set(tables["family_variants"]) | set(tables["first_releases"]) <= set(tables["families"])
    assert set(tables["grades"]) | set(tables["covers"]) <= variants
    assert {one for narrow in tables["covers"].values() for one in narrow} <= variants
    assert len(tables["families"]) == len(set(tables["families"]))
    assert not set(tables["families"]) & set(tables["variants"])


@pytest.mark.parametrize("family", vocabulary.load("models")["families"])
def test_every_family_is_read_as_itself(family: str) -> None:
    name = parse(f"{family}-7b")
    assert (name.family, name.size, name.known) == (family, "7b", {family})


PIECES = [
    *("foo", "llama", "qwen", "code", "it", "awq", "gguf", "é", "+", "/", "-", "_", " "),
    *("7b", "1.23b", "8x7b", "a3b", "a0.5b7", "7 billion", "v1", "3-1", "2_5", "r1"),
    *("4bit", "q4_k_m", "f16", "2407", "128k"),
]
NAMES = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(NAMES | st.text(max_size=40), NAMES)
def test_names_agree_with_themselves_and_either_way_round(left: str, right: str) -> None:
    one, other = parse(left), parse(right)
    assert (difference(one, one), states_as_much(one, one)) == ("", True)
    assert difference(one, other) == difference(other, one)
    assert states_as_much(one, other) == states_as_much(other, one)
