"""Adapter configs and trainer states: known fields under their canonical names."""

import pytest

from mirage_lint import vocabulary
from mirage_lint.artifacts import pointers
from mirage_lint.artifacts.content import Content, Reading
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


def test_ranks_and_alphas_of_single_modules_are_of_the_run_too(read_json) -> None:
    patterns = {"rank_pattern": {"q_proj": 32, "v_proj": 8}, "alpha_pattern": {"a/b": 64, "c": []}}
    told = read_json("adapter_config.json", PEFT | patterns).content.told
    ranks = [(item.value, item.pointer) for item in told if item.metric == "rank"]
    alphas = [(item.value, item.pointer) for item in told if item.metric == "alpha"]
    assert ranks == [("32", "/rank_pattern/q_proj"), ("8", "/r")]
    assert alphas == [("64", "/alpha_pattern/a~1b"), ("16", "/lora_alpha")]
    assert (
        read_json("adapter_config.json", PEFT | {"rank_pattern": [4]}).content.told[0].value == "8"
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
      "best_metric": null, "train_batch_size": 4, "log_history": [
        {"loss": 1.5, "step": 10}, {"loss": 0.25, "grad_norm": NaN, "step": 20},
        {"train_loss": 0.75}, 3]}"""
    expected = (
        known("epoch reached", "0.96", "/epoch"),
        known("training steps", "1200", "/global_step"),
        known("planned steps", "3750", "/max_steps"),
        known("batch size of all devices", "4", "/train_batch_size"),
        known("training loss", "0.25", "/log_history/1/loss"),
        known("training loss", "0.75", "/log_history/2/train_loss"),
    )
    reading = read("trainer_state.json", state)
    assert reading == Reading(Content(expected, root=reading.content.root), METADATA, reading.name)


@pytest.mark.parametrize(
    ("reached", "planned", "told"),
    [("3.0", "3", True), ("2.96", "3", False), ("3.0", "null", False), ("null", "3", False)],
)
def test_the_planned_epochs_are_told_where_the_run_came_to_them(
    read, reached: str, planned: str, told: bool
) -> None:
    state = f'{{"epoch": {reached}, "num_train_epochs": {planned}}}'
    found = read("trainer_state.json", state).content.told
    assert (known("training epochs", "3", "/num_train_epochs") in found) == told


EVALUATED = """{"best_metric": 0.75, "best_global_step": 10, "log_history": [
  {"loss": 2.5, "step": 5},
  {"epoch": 1.0, "eval_birds_f1": 0.75, "eval_loss": 0.50, "eval_runtime": 3.5, "step": 10},
  {"loss": 2.0, "step": 15},
  {"epoch": 2.0, "eval_birds_f1": 0.5, "eval_loss": 0.25, "step": 20},
  {"epoch": 2.0, "eval_birds_f1": 0.625, "eval_loss": 0.25, "step": 20},
  {"eval_loss": 0.125}]}"""


def test_a_trainer_state_tells_its_evaluations_by_step_the_best_and_the_last(read) -> None:
    content = read("trainer_state.json", EVALUATED).content
    told = [
        (one.metric, one.value, one.pointer, *(value for _, value in one.dimensions))
        for one in content.told
    ]
    assert told == [
        ("best step", "10", "/best_global_step"),
        ("best metric", "0.75", "/best_metric"),
        ("training loss", "2.0", "/log_history/2/loss"),
        ("evaluation loss", "0.125", "/log_history/5/eval_loss"),
        ("evaluation birds f1", "0.75", "/log_history/1/eval_birds_f1"),
        ("best evaluation birds f1", "0.75", "/log_history/1/eval_birds_f1"),
        ("evaluation loss", "0.50", "/log_history/1/eval_loss"),
        ("evaluation loss", "0.25", "/log_history/4/eval_loss"),
        ("training loss", "2.5", "/log_history/0/loss", "10"),
        ("evaluation birds f1", "0.75", "/log_history/1/eval_birds_f1", "10"),
        ("evaluation loss", "0.50", "/log_history/1/eval_loss", "10"),
        ("epoch reached", "1.0", "/log_history/1/epoch", "10"),
        ("training loss", "2.0", "/log_history/2/loss", "20"),
        ("evaluation loss", "0.25", "/log_history/4/eval_loss", "20"),
        ("epoch reached", "2.0", "/log_history/4/epoch", "20"),
    ]


def test_what_was_measured_twice_at_a_step_and_differs_is_an_empty_cell(read) -> None:
    first, second = read("trainer_state.json", EVALUATED).content.records
    assert first["eval_birds_f1"] == "0.75"
    assert second == {
        "step": "20",
        "loss": "2.0",
        "epoch": "2.0",
        "eval_birds_f1": "",
        "eval_loss": "0.25",
    }


@pytest.mark.parametrize(
    "log",
    [
        '"none"',
        "null",
        "{}",
        "[null]",
        '[{"eval_loss": "low", "step": 5}]',
        '[{"eval_loss": NaN, "step": []}]',
        '[{"eval_accuracy": [1], "step": null}]',
    ],
)
def test_a_trainer_state_without_a_usable_log_tells_the_rest(read, log: str) -> None:
    reading = read("trainer_state.json", f'{{"global_step": 5, "log_history": {log}}}')
    assert reading.content.told == (known("training steps", "5", "/global_step"),)


@pytest.mark.parametrize(
    "name",
    [
        "trainer_state.json",
        "sentence_bert_config.json",
        "model.safetensors.index.json",
    ],
)
def test_a_known_file_that_is_no_object_is_told_in_one_line(read, name: str) -> None:
    with pytest.raises(MirageError) as error:
        read(name, "[1]")
    assert str(error.value) == f"{name}: holds no JSON object; check that it is the right file"


@pytest.mark.parametrize(
    ("more", "name"),
    [({}, "trainer results"), ({"pixel_accuracy": 0.912, "fps": 10.9}, "JSON")],
)
def test_a_file_of_which_most_keys_are_of_no_split_is_not_a_trainers(
    read_json, more: dict[str, float], name: str
) -> None:
    reading = read_json("out/eval_results.json", {"epoch": 3.0, "test_miou": 0.71, **more})
    assert reading.name == name
