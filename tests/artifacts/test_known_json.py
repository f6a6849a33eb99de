"""Adapter configs and trainer states: known fields under their canonical names."""

import pytest

from mirage_lint import vocabulary
from mirage_lint.artifacts import pointers
from mirage_lint.artifacts.content import Reading
from mirage_lint.core.facts import METADATA, Datum
from mirage_lint.errors import MirageError


def known(metric: str, value: str, pointer: str) -> Datum:
    field = vocabulary.load("fields")[metric]
    kind = field.get("kind", "number")
    return Datum(metric, value, pointer, kind, field["unit"], tuple(field["names"]))


PEFT = {
    "peft_type": "LORA",
    "base_model_name_or_path": "some-org/Base-7B-Instruct",
    "r": 8,
    "lora_alpha": 16,
    "lora_dropout": 0.05,
    "target_modules": ["q_proj", "v_proj"],
}


def test_a_peft_adapter_tells_rank_alpha_dropout_and_base_model(read_json) -> None:
    reading = read_json("adapter_config.json", PEFT)
    assert reading == Reading(reading.content, METADATA, "PEFT adapter config")
    assert reading.content.told == (
        known("rank", "8", "/r"),
        known("alpha", "16", "/lora_alpha"),
        known("dropout", "0.05", "/lora_dropout"),
        known("base model", "some-org/Base-7B-Instruct", "/base_model_name_or_path"),
    )


def test_other_values_of_a_known_format_are_found_by_their_pointer(read_json) -> None:
    content = read_json("adapter_config.json", PEFT).content
    assert pointers.at(content, "/r") == known("rank", "8", "/r")
    assert pointers.at(content, "/peft_type") == Datum("peft_type", "LORA", "/peft_type", "text")
    assert pointers.at(content, "/target_modules/1").value == "v_proj"
    assert pointers.at(content, "/target_modules") is None


@pytest.mark.parametrize(
    "base",
    [
        None,
        "",
        [],
        ["a/b"],
        "/home/me/model",
        "./model",
        "../org/model",
        "~/m",
        "models/base",
        "a/b/c",
        "C:/models",
        "output",
        7,
        "org/" + "x" * 300,
        {"name": "a/b"},
        True,
    ],
)
def test_a_base_model_that_is_no_hub_id_is_unknown(read_json, base: object) -> None:
    config = {"peft_type": "LORA", "base_model_name_or_path": base}
    assert read_json("adapter_config.json", config).content.told == ()


MLX = {
    "model": "some-org/base-2b-it-4bit",
    "iters": 600,
    "batch_size": 1,
    "learning_rate": 1e-05,
    "num_layers": -1,
    "seed": 42,
    "lora_parameters": {"rank": 8, "dropout": 0.0, "scale": 20.0},
}


def test_an_mlx_adapter_of_the_same_file_name_is_told_by_its_keys(read_json) -> None:
    expected = (
        known("base model", "some-org/base-2b-it-4bit", "/model"),
        known("training steps", "600", "/iters"),
        known("batch size", "1", "/batch_size"),
        known("learning rate", "1e-05", "/learning_rate"),
        known("seed", "42", "/seed"),
        known("rank", "8", "/lora_parameters/rank"),
        known("lora scale", "20.0", "/lora_parameters/scale"),
        known("dropout", "0.0", "/lora_parameters/dropout"),
    )
    reading = read_json("adapter_config.json", MLX)
    assert reading == Reading(reading.content, METADATA, "MLX adapter config")
    assert reading.content.told == expected


def test_a_full_fine_tune_of_mlx_has_no_rank(read_json) -> None:
    config = {"fine_tune_type": "full", "iters": 5, "lora_parameters": {"rank": 8}}
    reading = read_json("adapter_config.json", config)
    assert reading.content.told == (known("training steps", "5", "/iters"),)


def test_a_trainer_state_tells_what_was_reached_and_its_last_losses(read) -> None:
    state = """{"epoch": 0.96, "global_step": 1200, "max_steps": 3750, "num_train_epochs": 3,
      "best_metric": null, "log_history": [
        {"loss": 1.5, "step": 10}, {"loss": 0.25, "grad_norm": NaN, "step": 20},
        {"eval_loss": 0.50, "step": 20}, {"train_loss": 0.75}, 3]}"""
    expected = (
        known("epoch reached", "0.96", "/epoch"),
        known("training steps", "1200", "/global_step"),
        known("planned steps", "3750", "/max_steps"),
        known("training loss", "0.25", "/log_history/1/loss"),
        known("evaluation loss", "0.50", "/log_history/2/eval_loss"),
        known("training loss", "0.75", "/log_history/3/train_loss"),
    )
    reading = read("trainer_state.json", state)
    assert reading == Reading(reading.content, METADATA, "trainer state")
    assert reading.content.told == expected


@pytest.mark.parametrize("log", ['"none"', "null", "{}", "[null]"])
def test_a_trainer_state_without_a_usable_log_tells_the_rest(read, log: str) -> None:
    reading = read("trainer_state.json", f'{{"global_step": 5, "log_history": {log}}}')
    assert reading.content.told == (known("training steps", "5", "/global_step"),)


def test_a_known_file_that_is_no_object_is_told_in_one_line(read) -> None:
    with pytest.raises(MirageError) as error:
        read("trainer_state.json", "[1]")
    assert str(error.value) == (
        "trainer_state.json: holds no JSON object; check that it is the right file"
    )
