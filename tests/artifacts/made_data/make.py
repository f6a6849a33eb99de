"""Writes the files of this folder by the software whose formats they have.

    pip install dvc huggingface_hub mlflow openpyxl pyarrow tensorboard tensorboardX
    python tests/artifacts/made_data/make.py

Only made again where a format changes: the tests read what is committed here.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent

TRAIN = """\
import csv, json, yaml
params = yaml.safe_load(open("params.yaml"))
json.dump({"accuracy": 0.875}, open("metrics.json", "w"))
open("model.bin", "w").write("weights" * 100)
"""


def model_card(folder: Path) -> None:
    """A card with results, and a file of evaluation results, by huggingface_hub."""
    import yaml
    from huggingface_hub import (
        EvalResult,
        EvalResultEntry,
        ModelCardData,
        eval_result_entries_to_yaml,
    )

    results = [
        EvalResult("text-classification", "org/birds", "Birds", metric, value, **more)
        for metric, value, more in [
            ("accuracy", 0.9125, {"dataset_split": "test", "metric_name": "Accuracy"}),
            ("f1", 0.9, {"dataset_split": "test", "verified": True, "verify_token": "secret"}),
        ]
    ]
    card = ModelCardData(base_model="org/finch-7B", model_name="finch-tuned", eval_results=results)
    (folder / "README.md").write_text(f"---\n{card}\n---\n\n# Finch, tuned\n")
    entries = [
        EvalResultEntry("org/birdsong", "songs", 20.90, date="2025-01-15", notes="with tools"),
        EvalResultEntry("org/nests", "default", 0.412, verify_token="secret"),
    ]
    (folder / ".eval_results").mkdir()
    text = yaml.safe_dump(eval_result_entries_to_yaml(entries), sort_keys=False)
    (folder / ".eval_results" / "birds.yaml").write_text(text)


def dvc(folder: Path) -> None:
    """The lock of a pipeline of one stage, and the file of one data set."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "train.py").write_text(TRAIN)
        (work / "rows.csv").write_text("id,ok\n1,yes\n")
        (work / "params.yaml").write_text("lr: 1e-4\ntrain: {epochs: 3, batch_size: 16}\n")
        for line in (
            "init --no-scm --quiet",
            "add --quiet rows.csv",
            "stage add --quiet -n train -d rows.csv -p lr,train -o model.bin -M metrics.json"
            f" {sys.executable} train.py",
            "repro --quiet",
        ):
            environment = {**os.environ, "DVC_NO_ANALYTICS": "1"}
            command = [sys.executable, "-m", "dvc", *line.split()]
            subprocess.run(command, cwd=work, check=True, env=environment)
        for made in ("dvc.lock", "dvc.yaml", "rows.csv.dvc"):
            text = (work / made).read_text().replace(sys.executable, "python")
            (folder / made).write_text(text)


def mlflow(folder: Path) -> None:
    """The metrics and parameters of one run in a file store."""
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    import mlflow as library

    with tempfile.TemporaryDirectory() as name:
        library.set_tracking_uri(Path(name).as_uri())
        library.set_experiment("made")
        with library.start_run() as run:
            library.log_params({"learning_rate": 1e-4, "num_train_epochs": 3, "optimizer": "adam"})
            for step, loss in enumerate((2.5, 0.75, 1.125)):
                library.log_metric("train_loss", loss, step=step * 10)
            library.log_metric("eval/accuracy", 0.875)
        place = Path(run.info.artifact_uri.removeprefix("file://")).parent
        for part in ("metrics", "params"):
            shutil.copytree(place / part, folder / "mlruns" / "0" / ("ab" * 16) / part)


def tensorboard(folder: Path) -> None:
    """Scalars stored plainly by tensorboardX, and as tensors by tensorboard itself."""
    from tensorboard.summary import Writer
    from tensorboardX import SummaryWriter

    plain = SummaryWriter(str(folder / "plain"), filename_suffix=".made")
    for step, loss in enumerate((2.5, 0.1, 0.3)):
        plain.add_scalar("train/loss", loss, step)
    plain.add_scalar("accuracy", 0.875, 2)
    plain.add_histogram("weights", [1, 2, 3], 2)
    plain.add_text("note", "a text", 2)
    plain.close()
    tensors = Writer(str(folder / "tensors"))
    for step in (1, 2):
        tensors.add_scalar("eval/loss", 0.7 / step, step)
    tensors.close()
    for part in ("plain", "tensors"):
        (file,) = (folder / part).iterdir()
        file.rename(folder / f"events.out.tfevents.1700000000.host.{part}")
        (folder / part).rmdir()


def parquet(folder: Path) -> None:
    """A table with a column of each kind."""
    import pyarrow
    import pyarrow.parquet

    columns = {
        "model": pyarrow.array(["finch", "wren"]).dictionary_encode(),
        "accuracy": pyarrow.array([0.1, None], pyarrow.float32()),
        "rate": pyarrow.array([2 / 3, 3.0]),
        "half": pyarrow.array([0.1, 1.5], pyarrow.float16()),
        "price": [Decimal("1.50"), Decimal("20.25")],
        "count": [12, 2**40],
        "ok": [True, None],
        "day": pyarrow.array([0, 1], pyarrow.date32()),
        "tags": [["a"], ["b"]],
        "raw": [b"\xff", b"x"],
    }
    pyarrow.parquet.write_table(pyarrow.table(columns), folder / "rows.parquet")


def excel(folder: Path) -> None:
    """Two sheets: one with a title's empty row above, a formula and a date; one of notes."""
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Results"
    rows = [
        [],
        ["model", "accuracy", "n", "day", "double", None],
        ["finch", 0.27, 371, datetime.date(2025, 1, 15), "=B3*2", "aside"],
        ["wren", 2 / 3, 400, None, None, None],
    ]
    for row in rows:
        sheet.append(row)
    sheet["B3"].number_format = "0%"
    notes = book.create_sheet("Notes")
    notes.append(["key", "value"])
    notes.append(["seeds", 5])
    book.save(folder / "results.xlsx")


MAKERS: tuple[Callable[[Path], None], ...] = (model_card, dvc, mlflow, tensorboard, parquet, excel)

if __name__ == "__main__":
    for maker in MAKERS:
        made = HERE / maker.__name__
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        maker(made)
