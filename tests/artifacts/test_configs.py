"""Configurations of models and of training: what is in force, and what says less than it seems."""

import pytest

from mirage_lint.artifacts.content import Reading
from mirage_lint.core.facts import Datum
from mirage_lint.errors import MirageError


def plain(told: tuple[Datum, ...]) -> dict[str, str]:
    return {one.metric: one.value for one in told}


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ({"rope_scaling": None}, {"context length": "4096"}),
        ({"rope_parameters": {"rope_type": "default"}}, {"context length": "4096"}),
        ({"rope_scaling": {"rope_type": "llama3", "factor": 8.0}}, {"context length": "4096"}),
        ({"rope_scaling": {"rope_type": "yarn", "factor": 4.0}}, {}),
        ({"rope_scaling": {"type": "linear", "factor": 2.0}}, {}),
        ({"rope_parameters": {"rope_type": ["odd"]}}, {}),
        ({"model_type": "roberta"}, {}),
        ({"model_type": ["odd"]}, {"context length": "4096"}),
    ],
)
def test_a_context_length_counts_where_nothing_stretches_or_pads_it(
    read_json, config: dict[str, object], told: dict[str, str]
) -> None:
    whole = {"model_type": "finch", "max_position_embeddings": 4096, **config}
    assert plain(read_json("config.json", whole).content.told) == told


def test_a_model_tells_its_shape_whatever_its_keys_are_called(read_json) -> None:
    old = {"model_type": "a", "n_layer": 12, "n_head": 12, "n_embd": 768, "n_positions": 1024}
    assert plain(read_json("config.json", old).content.told) == {
        "layers": "12",
        "attention heads": "12",
        "hidden size": "768",
        "context length": "1024",
    }
    inner = {"num_hidden_layers": 28, "vocab_size": 152064}
    assert plain(
        read_json("config.json", {"model_type": "b", "text_config": inner}).content.told
    ) == {
        "layers": "28",
        "vocabulary size": "152064",
    }


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ({"use_sliding_window": False, "sliding_window": 4096}, {}),
        ({"use_sliding_window": True, "sliding_window": 4096}, {"sliding window": "4096"}),
        ({"sliding_window": None}, {}),
        ({"quantization_config": {"bits": 4}}, {"quantisation bits": "4"}),
        ({"quantization_config": {"load_in_4bit": True}}, {"quantisation bits": "4"}),
        ({"quantization_config": {"load_in_8bit": False}}, {}),
        ({"_name_or_path": "some-org/Finch-7B"}, {"model": "some-org/Finch-7B"}),
        ({"_name_or_path": "./out"}, {}),
        ({"num_hidden_layers": -1, "vocab_size": "many", "hidden_size": [8]}, {}),
        ({"num_attention_heads": True, "n_head": None, "d_model": {}}, {}),
    ],
)
def test_what_a_model_does_not_use_or_tell_is_no_fact(
    read_json, config: dict[str, object], told: dict[str, str]
) -> None:
    assert plain(read_json("config.json", {"model_type": "finch", **config}).content.told) == told


def test_a_config_of_another_tool_is_plain_json(read_json) -> None:
    assert read_json("config.json", {"num_hidden_layers": 8}).name == "JSON"
    assert read_json("my_config.json", {"model_type": "finch"}).name == "JSON"


def test_a_sentence_model_of_an_older_version_tells_its_length_and_dimension(
    read_json, tmp_path
) -> None:
    content = read_json("sentence_bert_config.json", {"max_seq_length": 256}).content
    assert plain(content.told) == {"maximum sequence length": "256"}
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "2_Dense").mkdir()
    content = read_json("1_Pooling/config.json", {"word_embedding_dimension": 384}).content
    assert plain(content.told) == {"embedding dimension": "384"}
    content = read_json("2_Dense/config.json", {"in_features": 768, "out_features": 512}).content
    assert plain(content.told) == {"embedding dimension": "512"}


AXOLOTL = "base_model: some-org/Finch-7B\nmicro_batch_size: 2\n"
FACTORY = "model_name_or_path: some-org/Finch-7B\ncutoff_len: 512\n"


def settings(reading: Reading) -> dict[str, str]:
    told = plain(reading.content.told)
    return {name: value for name, value in told.items() if name not in ("base model", "batch size")}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("num_epochs: 3\nmax_steps: 0\n", {"training epochs": "3"}),
        ("num_epochs: 3\nmax_steps: -1\n", {"training epochs": "3"}),
        ("num_epochs: 3\nmax_steps: 500\n", {"planned steps": "500"}),
        ("warmup_steps: 10\nwarmup_ratio: 0.1\n", {"warmup steps": "10"}),
        ("warmup_steps: 0.03\n", {"warmup ratio": "0.03"}),
        ("warmup_steps: 5%\nwarmup_ratio: .nan\n", {}),
        ("lora_r: 8\nlora_alpha: 16\nadapter:\n", {}),
        ("lora_r: 8\nadapter: lora\n", {"rank": "8"}),
        ("load_in_8bit: yes\n", {}),
        ("load_in_8bit: true\n", {"quantisation bits": "8"}),
        ("batch_size: 64\n", {"effective batch size": "64"}),
        ("learning_rate: [1]\nseed: {}\nnum_epochs: -2\n", {}),
    ],
)
def test_of_a_training_configuration_what_is_in_force_is_told(
    read, lines: str, told: dict[str, str]
) -> None:
    reading = read("train.yml", AXOLOTL + lines)
    assert (reading.name, settings(reading)) == ("Axolotl config", told)


def test_a_full_tuning_has_no_rank(read) -> None:
    lora = read("sft.yaml", f"{FACTORY}lora_rank: 8\n")
    full = read("sft.yaml", f"{FACTORY}lora_rank: 8\nfinetuning_type: full\n")
    assert (lora.name, full.name) == ("LLaMA-Factory config",) * 2
    assert settings(lora) == {"sequence length": "512", "rank": "8"}
    assert settings(full) == {"sequence length": "512"}


@pytest.mark.parametrize(
    "source",
    [
        "base_model: some-org/Finch-7B\n",
        "micro_batch_size: 2\n",
        "model_name_or_path: a/b\n",
        "run:\n  base_model: a/b\n  micro_batch_size: 2\n",
        "# base_model: a\n# micro_batch_size: 2\n",
    ],
)
def test_other_yaml_is_plain_yaml(read, source: str) -> None:
    assert read("train.yaml", source).name == "YAML"


def test_a_broken_training_configuration_is_told_in_one_line(read) -> None:
    with pytest.raises(MirageError) as error:
        read("a.yaml", f"{AXOLOTL}---\nb: 1\n")
    assert str(error.value) == "a.yaml: holds no YAML mapping; check that it is the right file"
    with pytest.raises(MirageError) as error:
        read("b.yaml", f"{FACTORY}cutoff_len: 1\n")
    assert str(error.value) == (
        "b.yaml:3: says the key 'cutoff_len' twice in one mapping; mend that line"
    )
