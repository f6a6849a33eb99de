"""Documents about the files in ``tests/artifacts/made``: true ones with all that surrounds such
figures in practice, and one that is false. The cards are true of models of usual sizes, and tell
what cards tell besides: other sizes, rounded names, stretched contexts, settings of samples.
"""

import json
import shutil
import struct
from pathlib import Path
from typing import Any

import pytest
from cli_world import World

HERE = Path(__file__).parent / "artifacts"
TRUE = sorted(path.name for path in (HERE / "prose").glob("*.md") if path.name != "false.md")


@pytest.fixture
def built(bare: World) -> World:
    """The made files, and the documents about them."""
    for folder in ("made", "prose"):
        shutil.copytree(HERE / folder, bare.root, dirs_exist_ok=True)
    assert bare.run("build").status == 0
    return bare


@pytest.mark.parametrize("name", TRUE)
def test_nothing_is_found_in_a_true_document(built: World, name: str) -> None:
    status, out, _ = built.run("check", name)
    assert (status, out.partition(" Looked at ")[0]) == (0, "All right.")
    claims = json.loads(built.run("claims", name, "--output-format", "json").out)
    assert sum(bool(claim["facts"]) for claim in claims) > 1


def test_all_that_is_false_is_found(built: World) -> None:
    findings = json.loads(built.run("check", "false.md", "--output-format", "json").out)
    assert [(one["line"], one["code"], one["claim"]["text"]) for one in findings] == [
        (3, "MIR101", "3 layers"),
        (3, "MIR101", "6 attention heads"),
        (3, "MIR101", "4 KV heads"),
        (3, "MIR101", "16"),
        (5, "MIR101", "2,300 parameters"),
        (5, "MIR201", "32 tokens"),
        (5, "MIR101", "64 tokens"),
        (7, "MIR101", "0.9"),
        (11, "MIR101", "3"),
        (12, "MIR101", "16"),
        (13, "MIR201", "32"),
        (17, "MIR101", "61.2%"),
        (17, "MIR101", "5-shot"),
        (21, "MIR101", "16"),
        (21, "MIR101", "32"),
        (21, "MIR101", "5 epochs"),
        (21, "MIR201", "1e-4"),
        (23, "MIR201", "2048"),
        (23, "MIR101", "12"),
        (23, "MIR201", "8-bit"),
        (27, "MIR101", "48 tokens"),
        (31, "MIR101", "16"),
        (31, "MIR101", "16"),
        (35, "MIR105", "1 epoch"),
        (37, "MIR101", "4 epochs"),
        (37, "MIR101", "15 steps"),
        (37, "MIR201", "0.01"),
        (37, "MIR101", "3.4681"),
        (39, "MIR101", "5"),
        (39, "MIR101", "64 trainable parameters"),
        (39, "MIR101", "50 training examples"),
        (41, "MIR101", "40%"),
        (46, "MIR101", "3.4698"),
    ]


MODELS: dict[str, tuple[int, dict[str, Any]]] = {
    "encoder": (
        109_482_240,
        {
            **{"num_hidden_layers": 12, "num_attention_heads": 12, "hidden_size": 768},
            **{"intermediate_size": 3072, "vocab_size": 30522, "max_position_embeddings": 512},
        },
    ),
    "experts": (
        46_702_792_704,
        {
            **{"num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8},
            **{"num_local_experts": 8, "num_experts_per_tok": 2, "sliding_window": None},
            **{"max_position_embeddings": 32768, "vocab_size": 32000, "rope_theta": 1e6},
        },
    ),
    "chat": (
        7_615_616_512,
        {
            **{"num_hidden_layers": 28, "num_attention_heads": 28, "num_key_value_heads": 4},
            **{"max_position_embeddings": 32768, "vocab_size": 152064, "hidden_size": 3584},
            **{"use_sliding_window": False, "sliding_window": 131072},
        },
    ),
    "long": (
        8_030_261_248,
        {
            **{"num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8},
            **{"max_position_embeddings": 131072, "vocab_size": 128256, "hidden_size": 4096},
            "rope_scaling": {"rope_type": "llama3", "factor": 8.0},
        },
    ),
    "sentences": (
        22_713_216,
        {
            **{"num_hidden_layers": 6, "num_attention_heads": 12, "hidden_size": 384},
            **{"intermediate_size": 1536, "vocab_size": 30522, "max_position_embeddings": 512},
        },
    ),
}
BESIDES = {
    "chat/generation_config.json": {
        **{"transformers_version": "4.45.0", "temperature": 0.7, "top_p": 0.8, "top_k": 20},
        "repetition_penalty": 1.05,
    },
    "sentences/sentence_bert_config.json": {"max_seq_length": 256},
    "sentences/1_Pooling/config.json": {"word_embedding_dimension": 384},
}


def weights(parameters: int) -> bytes:
    """The header of a model of so many parameters, which stand in a file that ends with it."""
    told = {"w": {"dtype": "BF16", "shape": [parameters], "data_offsets": [0, 2 * parameters]}}
    header = json.dumps(told).encode()
    return struct.pack("<Q", len(header)) + header


@pytest.fixture
def cards(bare: World) -> World:
    """A repository for each model, its card beside its files."""
    claims = "version = 1\n"
    for path, content in BESIDES.items():
        bare.write(path, json.dumps(content))
    for name, (parameters, config) in MODELS.items():
        bare.write(f"{name}/model.safetensors", weights(parameters))
        bare.write(f"{name}/config.json", json.dumps({"model_type": "finch", **config}))
        bare.write(f"{name}/README.md", (HERE / "cards" / f"{name}.md").read_bytes())
        besides = [path for path in BESIDES if path.startswith(f"{name}/")]
        listed = [f"{name}/config.json", f"{name}/model.safetensors", *besides]
        claims += f'[family.{name}]\ntitle = "The {name} model"\nartifacts = {listed}\n'
    bare.write("claims.toml", claims)
    assert bare.run("build").status == 0
    return bare


@pytest.mark.parametrize("name", MODELS)
def test_nothing_is_found_in_a_card_as_people_write_them(cards: World, name: str) -> None:
    status, out, _ = cards.run("check", f"{name}/README.md")
    assert (status, out.partition(" Looked at ")[0]) == (0, "All right.")
    claims = json.loads(cards.run("claims", f"{name}/README.md", "--output-format", "json").out)
    assert sum(bool(claim["facts"]) for claim in claims) > 1


def test_a_card_of_another_size_is_found_out(cards: World) -> None:
    cards.write(
        "encoder/README.md",
        "# An encoder\n\nThe encoder model has 24 layers, 16 heads, a hidden size of 1024 "
        "and 335.1M parameters. Its vocabulary size is 50,265.\n",
    )
    findings = json.loads(cards.run("check", "encoder/README.md", "--output-format", "json").out)
    assert [one["claim"]["text"] for one in findings] == [
        *("24 layers", "16 heads", "1024", "335.1M parameters", "50,265")
    ]
