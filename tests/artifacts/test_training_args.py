"""training_args.bin: a pickle that is looked at and never run."""

import io
import os
import pickle
import zipfile
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from mirage_lint import vocabulary
from mirage_lint.artifacts import pickled
from mirage_lint.core.facts import METADATA, Datum
from mirage_lint.errors import MirageError


class Strategy(StrEnum):
    STEPS = "steps"


class TrainingArguments:
    """Pickles as the real one does: a class, and a dict of its attributes."""

    def __init__(self, **settings: Any) -> None:
        self.__dict__.update(settings)


class Bomb:
    """Writes a file if it is ever unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"touch {self.path}",)


SETTINGS: dict[str, Any] = {
    "output_dir": "out",
    "eval_strategy": Strategy.STEPS,
    "per_device_train_batch_size": 2,
    "gradient_accumulation_steps": 4,
    "learning_rate": 5e-05,
    "num_train_epochs": 3.0,
    "max_steps": -1,
    "warmup_steps": 0,
    "hub_token": "hf_secret",
    "label_names": ["kind"],
    "callbacks": None,
    "Push_To_Hub_Token": {"value": "hf_secret"},
    "fsdp_config": {"min_num_params": 0, "xla": False},
}


def pickle_of(settings: dict[str, Any], protocol: int = 2) -> bytes:
    data = pickle.dumps(TrainingArguments(**settings), protocol=protocol)
    if protocol > 2:
        return data
    module = f"c{TrainingArguments.__module__}\n".encode()
    return data.replace(module, b"ctransformers.training_args\n")  # cannot be imported here


def torch_zip(data: bytes, name: str = "training_args/data.pkl") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, data)
        archive.writestr("training_args/version", "3\n")
    return stream.getvalue()


def legacy(data: bytes) -> bytes:
    heads = (0x1950A86A20F9469CFC6C, 1001, {"little_endian": True})
    return (
        b"".join(pickle.dumps(head, 2) for head in heads) + data + pickle.dumps([], 2) + b"\x01\x02"
    )


def known(metric: str, value: str, pointer: str) -> Datum:
    field = vocabulary.load("fields")[metric]
    return Datum(metric, value, pointer, "number", field["unit"], tuple(field["names"]))


EXPECTED = (
    known("training epochs", "3.0", "num_train_epochs"),
    known("batch size", "2", "per_device_train_batch_size"),
    known("gradient accumulation", "4", "gradient_accumulation_steps"),
    known("learning rate", "5e-05", "learning_rate"),
)


PLAIN = {
    "output_dir": "out",
    "eval_strategy": "steps",
    "per_device_train_batch_size": "2",
    "gradient_accumulation_steps": "4",
    "learning_rate": "5e-05",
    "num_train_epochs": "3.0",
    "max_steps": "-1",
    "warmup_steps": "0",
    "fsdp_config/min_num_params": "0",
    "fsdp_config/xla": "false",
    "label_names/0": "kind",
}
"""All that is plain, less the token."""


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_pickle_protocol_gives_the_training_settings(read, protocol: int) -> None:
    reading = read("training_args.bin", torch_zip(pickle_of(SETTINGS, protocol)))
    assert (reading.tier, reading.name) == (METADATA, "training arguments")
    assert reading.content.told == EXPECTED
    assert {datum.pointer: datum.value for datum in reading.content.data} == PLAIN


@pytest.mark.parametrize("wrap", [bytes, legacy], ids=["bare", "legacy"])
def test_files_older_than_the_zip_form_are_read_too(read, wrap: Any) -> None:
    assert read("training_args.bin", wrap(pickle_of(SETTINGS))).content.told == EXPECTED


def test_a_limit_in_steps_overrides_the_number_of_epochs(read) -> None:
    reading = read("training_args.bin", pickle_of({"num_train_epochs": 3.0, "max_steps": 500}))
    assert reading.content.told == (known("planned steps", "500", "max_steps"),)


@pytest.mark.parametrize(
    ("warmup", "expected"),
    [
        ({"warmup_steps": 0, "warmup_ratio": 0.03}, known("warmup ratio", "0.03", "warmup_ratio")),
        ({"warmup_steps": 50, "warmup_ratio": 0.0}, known("warmup steps", "50", "warmup_steps")),
        ({"warmup_steps": 0.1}, known("warmup ratio", "0.1", "warmup_steps")),
    ],
    ids=["by ratio", "by steps", "by steps that are a ratio"],
)
def test_warmup_is_what_counts_of_its_two_settings(read, warmup: Any, expected: Datum) -> None:
    reading = read("training_args.bin", pickle_of({"num_train_epochs": None, **warmup}))
    assert reading.content.told == (expected,)


def test_a_pickle_that_would_run_a_command_runs_nothing(read, tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    settings = {"num_train_epochs": 1, "bomb": Bomb(trap)}
    reading = read("training_args.bin", torch_zip(pickle_of(settings)))
    assert reading.content.told == (known("training epochs", "1", "num_train_epochs"),)
    with pytest.raises(MirageError, match="holds no training arguments"):
        read("training_args.bin", pickle.dumps(Bomb(trap)))
    assert not trap.exists()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\x80\x02}", "is not a whole pickle"),
        (b"}}.", "holds no training arguments"),
        (b".", "is not a whole pickle"),
        (b"u.", "is not a whole pickle"),
        (b"h\x05.", "is not a whole pickle"),
        (b"I" + b"9" * 5000 + b"\n.", "is not a whole pickle"),
        (b"\x8d" + b"\xff" * 8 + b".", "is not a whole pickle"),
        (b"(" * 1000 + b"t" * 1000 + b".", "holds no training arguments"),
        (b"}(]]u.", "holds no training arguments"),
        (b"}(]u.", "is not a whole pickle"),
        (b"cos\n\\e\n)R", "is not a whole pickle"),
        (b"not a pickle", "is not a whole pickle"),
        (torch_zip(b"")[:40], "is a damaged zip"),
        (torch_zip(b"", "other"), "is a zip without the data.pkl that torch.save writes"),
        (b"0" * (pickled.MAX_PICKLE + 1), "is a pickle of more than 4,194,304 bytes"),
        (b"N0" * pickled.MAX_OPCODES + b".", "is a pickle of more than 500,000 opcodes"),
    ],
)
def test_broken_and_hostile_pickles_are_told_in_one_line(read, data: bytes, problem: str) -> None:
    with pytest.raises(MirageError) as error:
        read("training_args.bin", data)
    assert str(error.value).startswith(f"training_args.bin: {problem}")


def test_settings_that_hold_themselves_are_bounded(read) -> None:
    settings: dict[str, Any] = {"num_train_epochs": 1}
    settings["around"] = settings
    with pytest.raises(MirageError, match="nested more than 64 deep"):
        read("training_args.bin", pickle.dumps(settings))
    twice: list[Any] = []
    for _ in range(60):
        twice = [twice, twice]
    with pytest.raises(MirageError, match="holds more than 1,000,000 values"):
        read("training_args.bin", pickle.dumps({"num_train_epochs": 1, "laughs": twice}))
