"""What runs logged: DVC, MLflow's file store and TensorBoard's event files."""

import struct

import pytest
from fields_told import known

from mirage_lint.artifacts import pointers, tfrecords, values
from mirage_lint.artifacts.content import Content
from mirage_lint.artifacts.readers import mlflow_metric
from mirage_lint.core.facts import METADATA, Datum

STORE = "mlflow/mlruns/0/" + "ab" * 16
EVENTS = "tensorboard/events.out.tfevents.1700000000.host"
NAME = "events.out.tfevents.1.host"


def test_a_lock_of_dvc_tells_parameters_and_files(made) -> None:
    reading = made("dvc/dvc.lock")
    assert (reading.name, reading.tier) == ("DVC lock", METADATA)
    params = "/stages/train/params/params.yaml"
    assert reading.content.told == (
        known("learning rate", "0.0001", f"{params}/lr"),
        known("training epochs", "3", f"{params}/train/epochs"),
        known("batch size", "16", f"{params}/train/batch_size"),
    )
    files = [
        ("dep", "rows.csv", "c53d6a890c04a86d4b495973e87f42d5", "12"),
        ("out", "metrics.json", "85d7e80a57fc6cffa21ff8d4a3e61d7f", "19"),
        ("out", "model.bin", "a92e036717ab9e63172fdfa2a37c9ddd", "700"),
    ]
    assert reading.content.records == tuple(
        {"stage": "train", "kind": kind, "path": path, "hash": "md5", "md5": md5, "size": size}
        for kind, path, md5, size in files
    )
    size = pointers.at(reading.content, "/stages/train/outs/1/size")
    assert size == Datum("size", "700", "/stages/train/outs/1/size")


def test_a_data_file_of_dvc_has_a_row_for_what_it_stands_for(made) -> None:
    reading = made("dvc/rows.csv.dvc")
    md5 = "c53d6a890c04a86d4b495973e87f42d5"
    row = {"stage": "", "kind": "out", "md5": md5, "size": "12", "hash": "md5", "path": "rows.csv"}
    assert (reading.name, reading.content.records) == ("DVC lock", (row,))


def test_the_parameters_of_a_pipeline_file_are_found_by_pointer(read) -> None:
    source = "vars:\n  - lr: 1e-4\nstages: {train: {cmd: train}}\n"
    content = read("dvc.yaml", source).content
    assert pointers.at(content, "/vars/0/lr") == Datum("lr", "1e-4", "/vars/0/lr")


def test_odd_locks_of_dvc_have_what_they_have(read, refusal) -> None:
    assert refusal("dvc.lock", "[]\n") == (
        "dvc.lock: holds no stages; run `dvc repro`, or fetch it again"
    )
    assert read("dvc.lock", "stages: 3\n").content.records == ()
    odd = "stages: {a: 3, b/c: {params: {p~q: {train.lr: 1e-4, note: x}}, outs: {path: x}}}\n"
    content = read("dvc.lock", odd).content
    assert content.told == (known("learning rate", "1e-4", "/stages/b~1c/params/p~0q/train.lr"),)
    assert content.records == ({"stage": "b/c", "kind": "out", "path": "x"},)


def test_a_metric_of_mlflow_is_told_by_step_last_least_and_greatest(made) -> None:
    reading = made(f"{STORE}/metrics/train_loss")
    content = reading.content
    assert (reading.name, reading.tier) == ("MLflow metric", METADATA)
    rows = [(row["metric"], row["step"], row["value"]) for row in content.records]
    steps = [("0", "2.5"), ("10", "0.75"), ("20", "1.125")]
    assert rows == [("train_loss", step, value) for step, value in steps]
    assert content.told == (known("training loss", "1.125", "/last/train_loss/value"),)
    found = {name: content.root[name]["train_loss"]["step"] for name in content.root}
    assert found == {"last": "20", "min": "10", "max": "0"}


def test_a_metric_of_mlflow_may_stand_in_folders(made) -> None:
    content = made(f"{STORE}/metrics/eval/accuracy").content
    pointer = "/last/eval~1accuracy/value"
    assert pointers.at(content, pointer) == Datum("value", "0.875", pointer)


def test_the_parameters_of_mlflow_are_settings(made) -> None:
    rate = made(f"{STORE}/params/learning_rate")
    assert (rate.name, rate.tier) == ("MLflow parameter", METADATA)
    assert rate.content.told == (known("learning rate", "0.0001", "learning_rate"),)
    optimizer = made(f"{STORE}/params/optimizer").content
    assert (optimizer.told, optimizer.data) == (
        (),
        (Datum("optimizer", "adam", "optimizer", "text"),),
    )


def test_what_mlflow_logged_late_comes_by_its_step(read) -> None:
    lines = "1700000000002 3 1\n1700000000001 2 1\n1700000000003 nan 0\n1700000000004 1/3 -1\n"
    content = read("run/metrics/x", lines).content
    assert [row["value"] for row in content.records] == ["1/3", "nan", "2", "3"]
    found = {name: content.root[name]["x"]["value"] for name in content.root}
    assert found == {"last": "3", "min": "2", "max": "3"}


@pytest.mark.parametrize("line", ["1700000000000 GET /x", "1700000000 1.5 2", "loss 1", "17"])
def test_other_files_in_a_folder_of_metrics_are_no_metrics_of_mlflow(refusal, line: str) -> None:
    assert refusal("metrics/x", f"{line}\n").startswith("metrics/x: is of no known format; ")


def test_secrets_among_parameters_stay_there(read) -> None:
    assert read("mlruns/1/run/params/hub_token", "secret").content == Content()


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        (
            "metrics/x",
            "1700000000000 1 0\njunk\n",
            "metrics/x:2: is no line of time, value and step; log the metric again",
        ),
        (
            "metrics/x",
            f"1700000000000 1 0\n1700000000000 1 {'9' * 19}\n",
            "metrics/x:2: is no line of time, value and step; log the metric again",
        ),
        (
            "mlruns/0/r/params/x",
            "9" * 8001,
            "mlruns/0/r/params/x: is a parameter of more than 8,000 characters, the most that is "
            "read; point at another",
        ),
        ("mlruns/0/r/params/x", b"\xff", "mlruns/0/r/params/x:1: is not UTF-8; save it as UTF-8"),
    ],
)
def test_a_broken_file_of_mlflow_is_told_in_one_line(
    refusal, name: str, source: str, message: str
) -> None:
    assert refusal(name, source) == message


def test_a_metric_of_too_many_values_is_told(refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mlflow_metric, "MAX_VALUES", 1)
    assert refusal("metrics/x", "1700000000000 1 0\n" * 2) == (
        "metrics/x: holds more than 1 values, the most read"
    )


def test_plain_scalars_of_tensorboard_are_told_by_their_bits(made) -> None:
    reading = made(f"{EVENTS}.plain")
    assert (reading.name, reading.tier) == ("TensorBoard events", METADATA)
    rows = [("train/loss", "0", "2.5"), ("train/loss", "1", "0.1"), ("train/loss", "2", "0.3")]
    assert reading.content.records == tuple(
        {"metric": metric, "step": step, "value": value}
        for metric, step, value in (*rows, ("accuracy", "2", "0.875"))
    )
    assert reading.content.told == (known("training loss", "0.3", "/last/train~1loss/value"),)
    assert reading.content.root["min"]["train/loss"]["step"] == "1"


def test_scalars_that_tensorboard_stores_as_tensors_are_told_alike(made) -> None:
    content = made(f"{EVENTS}.tensors").content
    assert content.records == (
        {"metric": "eval/loss", "step": "1", "value": "0.7"},
        {"metric": "eval/loss", "step": "2", "value": "0.35"},
    )


def framed(content: bytes, *, damage: int = 0) -> bytes:
    """A record around ``content``; its checksum is off by ``damage``."""
    head = struct.pack("<Q", len(content))
    sums = [tfrecords._masked(part) for part in (head, content)]
    return b"%b%b%b%b" % (
        *(head, struct.pack("<I", sums[0])),
        *(content, struct.pack("<I", sums[1] ^ damage)),
    )


def inner(number: int, content: bytes) -> bytes:
    """A field of bytes, all shorter than 128."""
    return bytes([number << 3 | 2, len(content)]) + content


def event(value: bytes) -> bytes:
    """An event at step 5 with one value, whose tag is x."""
    return b"\x10\x05" + inner(5, inner(1, inner(1, b"x") + value))


PLAIN = b"\x15" + struct.pack("<f", 3.4028234663852886e38)
DOUBLE = inner(8, b"\x08\x02" + inner(6, struct.pack("<d", 2 / 3)))
VECTOR = inner(8, b"\x08\x02" + inner(2, inner(2, b"\x08\x01")) + inner(6, bytes(8)))
TEXT = inner(8, b"\x08\x07" + inner(8, b"a text"))


@pytest.mark.parametrize(
    ("value", "texts"),
    [(PLAIN, ["3.4028235e+38"]), (DOUBLE, ["0.6666666666666666"]), (VECTOR, []), (TEXT, [])],
    ids=["the greatest of 32 bits", "64 bits", "a vector is passed over", "a text is passed over"],
)
def test_a_scalar_is_told_by_the_shortest_text(read, value: bytes, texts: list[str]) -> None:
    content = read(NAME, framed(event(value))).content
    expected = tuple({"metric": "x", "step": "5", "value": text} for text in texts)
    assert content.records == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (framed(event(PLAIN))[:-3], "is cut short at byte 0; fetch it again, or log the run anew"),
        (b"\0" * 8, "is cut short at byte 0; fetch it again, or log the run anew"),
        (b"\0" * 40, "has no record at byte 0; fetch it again, or log the run anew"),
        (
            framed(b"") + framed(event(PLAIN), damage=1),
            "has a damaged record at byte 16; fetch it again, or log the run anew",
        ),
        (
            framed(b"\xff" * 20),
            "holds no event at byte 0; check that it is the right file",
        ),
        (
            framed(event(b"\x15\0")),
            "holds no event at byte 0; check that it is the right file",
        ),
        (
            framed(event(inner(2, b"\0"))),
            "holds no event at byte 0; check that it is the right file",
        ),
        (
            framed(b"\x2c" + event(PLAIN)),
            "holds no event at byte 0; check that it is the right file",
        ),
    ],
    ids=[
        *("the end is missing", "a head is missing", "another format", "a damaged record"),
        *("a number without end", "a field cut short", "a scalar of one byte", "an old group"),
    ],
)
def test_broken_event_files_are_told_in_one_line(refusal, data: bytes, message: str) -> None:
    assert refusal(NAME, data) == f"{NAME}: {message}"


def test_an_event_file_of_too_many_values_is_told(refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "MAX_VALUES", 1)
    assert refusal(NAME, framed(event(PLAIN)) * 2) == (
        f"{NAME}: holds more than 1 values, the most read"
    )
