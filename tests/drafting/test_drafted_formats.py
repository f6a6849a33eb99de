"""``init``: formats of trackers, weights and cards, each drafted as a person would write it."""

import json
import struct

import pytest
from cli_world import World

from mirage_lint.drafting import finds

RUN = f"mlruns/0/{'ab' * 16}"
CARD = """\
---
base_model: org/sorter-8b
model-index:
- name: sorter
  results:
  - dataset: {name: Birds, type: birds}
    metrics:
    - {type: acc, name: Accuracy, value: 61.2}
    - {type: f1, name: F1, value: 55.1}
  - dataset: {name: Fish, type: fish}
    metrics: [{type: acc, name: Accuracy, value: 48.3}]
  - dataset: {name: Trees, type: trees}
    metrics: [{type: acc, name: Accuracy, value: 57.4}]
---
# Sorter

| Dataset | Accuracy |
|---|---|
| Birds | 61.2 |
| Fish | 48.3 |
| Trees | 57.4 |
"""


def drafted(world: World) -> str:
    """The families of the draft, whose lock is up to date."""
    assert world.run("init").status == 0
    assert world.run("build", "--check").status == 0
    return world.files()["claims.toml"].decode().partition("version = 1\n\n")[2]


def test_parameters_of_a_pipeline_are_facts(bare: World) -> None:
    lock = "schema: '2.0'\nstages:\n  train:\n    cmd: t\n    params:\n      p.yaml: {epochs: 3}\n"
    bare.write("dvc.lock", lock)
    assert drafted(bare).endswith('artifacts = ["dvc.lock"]\n')
    assert "training epochs = 3 epoch" in bare.run("facts").out


def test_a_list_of_files_is_no_result(bare: World) -> None:
    bare.write("rows.csv.dvc", "outs:\n- md5: 0c1a\n  size: 17\n  path: rows.csv\n")
    told = "left out: rows.csv.dvc: files that went into a run and came out: "
    assert told in bare.run("init").out


def test_a_run_of_a_file_store_is_a_family_by_its_name(bare: World) -> None:
    bare.write(f"{RUN}/meta.yaml", "lifecycle_stage: active\n")
    bare.write(f"{RUN}/tags/mlflow.runName", "bold-fox-12")
    bare.write(f"{RUN}/params/learning_rate", "0.0001")
    bare.write(f"{RUN}/params/optimizer", "adam")
    bare.write(f"{RUN}/metrics/accuracy", "1700000000000 0.5 1\n1700000001000 0.75 2\n")
    bare.write(f"{RUN}/metrics/f1", "1700000000000 0.625 2\n")
    bare.write(f"{RUN}/metrics/system/cpu", "1700000000000 97.5 2\n")
    assert drafted(bare) == (
        '# MLflow run, MLflow metric\n[family.bold_fox_12]\ntitle = "bold-fox-12"\nothers = true\n'
        f'artifacts = ["{RUN}/params/*"]\n\n'
        "# 2 rows: accuracy, f1\n[[family.bold_fox_12.table]]\n"
        f'artifact = "{RUN}/metrics/*"\nrows = "last.*"\nkeys = ["metric"]\nvalue = "value"\n'
    )
    assert "accuracy = 0.75" in bare.run("facts", "accuracy").out


def test_a_run_that_was_deleted_is_none(bare: World) -> None:
    bare.write(f"{RUN}/meta.yaml", "lifecycle_stage: deleted\n")
    bare.write(f"{RUN}/params/learning_rate", "0.0001")
    assert bare.run("init").status == 1


def test_an_index_alone_tells_the_parameters(bare: World) -> None:
    index = {"metadata": {"total_size": 100, "total_parameters": 7241732096}, "weight_map": {}}
    bare.write("model.safetensors.index.json", json.dumps(index))
    assert drafted(bare).endswith('artifacts = ["model.safetensors.index.json"]\n')


def test_an_index_of_bytes_alone_tells_nothing(bare: World) -> None:
    index = {"metadata": {"total_size": 100}, "weight_map": {"a": "model-1.safetensors"}}
    bare.write("results/model.safetensors.index.json", json.dumps(index))
    assert bare.run("init").status == 1


@pytest.mark.parametrize("padding", [0, 2**17], ids=["a short header", "a long one"])
def test_of_large_weights_the_header_is_read(
    bare: World, monkeypatch: pytest.MonkeyPatch, padding: int
) -> None:
    monkeypatch.setattr(finds, "MAX_SIZE", 1000)
    tensor = {"dtype": "F32", "shape": [20, 50], "data_offsets": [0, 4000]}
    head = json.dumps({"weight": tensor, "__metadata__": {"x": " " * padding}}).encode()
    bare.write("model.safetensors", struct.pack("<Q", len(head)) + head + bytes(4000))
    assert drafted(bare).endswith('artifacts = ["model.safetensors"]\n')
    assert "= 1000 parameter" in bare.run("facts").out


def test_large_weights_that_are_broken_are_told(
    bare: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finds, "MAX_SIZE", 100)
    bare.write("model.safetensors", struct.pack("<Q", 500) + bytes(200))
    told = "left out: model.safetensors: is cut short within its header of 500 bytes\n"
    assert told in bare.run("init").out


def test_the_results_of_a_card_are_a_long_table(bare: World) -> None:
    bare.write("README.md", CARD)
    assert drafted(bare) == (
        '# model card\n[family.sorter]\ntitle = "Sorter"\nothers = true\n\n'
        '# 4 rows: Accuracy, F1\n[[family.sorter.table]]\nartifact = "README.md"\n'
        'keys = ["dataset", "metric"]\nvalue = "value"\n'
    )
    assert bare.run("check", "README.md").status == 0
    bare.write("README.md", CARD.replace("| 48.3 |", "| 49.3 |"))
    assert "'49.3'" in bare.run("check", "README.md").out


def test_the_tables_of_a_card_are_no_artifact(bare: World) -> None:
    bare.write("README.md", CARD.replace("model-index", "other"))
    assert bare.run("init").status == 1


def test_results_of_a_card_that_nothing_tells_apart_are_told(bare: World) -> None:
    bare.write("README.md", CARD.replace("Fish", "Birds"))
    assert "left out: README.md: results that no names tell apart\n" in bare.run("init").out


@pytest.mark.parametrize(
    ("head", "key"),
    [("", "name"), ("Unnamed: 0", "Unnamed: 0"), ("index", "index")],
    ids=["without a name", "read and written again", "reset"],
)
def test_the_row_labels_of_pandas_are_the_key(bare: World, head: str, key: str) -> None:
    bare.write("README.md", "# Sorter\n\nThe tuned sorter has a recall of 0.55.\n")
    bare.write("results/report.csv", f"{head},Sorter,Chance\nrecall,0.5,0.25\ngain,2.5,1.25\n")
    told = f'artifact = "results/report.csv"\nkeys = ["{key}"]\n'
    assert drafted(bare).endswith(f"# 2 rows: Sorter, Chance\n[[family.sorter.table]]\n{told}")


@pytest.mark.parametrize("head", ["", "Unnamed: 0", "index"])
def test_row_labels_that_are_numbers_are_none(bare: World, head: str) -> None:
    bare.write("results/report.csv", f"{head},recall,gain\n0,0.5,0.25\n1,2.5,1.25\n")
    assert "2 rows that no names tell apart: raw data" in bare.run("init").out


def test_settings_of_each_model_of_a_metafile_are_drafted(bare: World) -> None:
    models = (
        f"- Name: net_{name}\n  In Collection: Nets\n"
        f"  Metadata: {{Batch Size: 105, Epochs: {epochs}}}\n"
        f"  Results: [{{Dataset: Birds, Task: Sorting, Metrics: {{Accuracy: {accuracy}}}}}]\n"
        for name, epochs, accuracy in (("small", 90, 61.25), ("large", 100, 70.5))
    )
    bare.write("metafile.yml", f"Models:\n{''.join(models)}")
    assert "# 2 rows: Accuracy, Batch Size, Epochs\n" in drafted(bare)
    page = "| Model | Batch Size | Epochs | Accuracy |\n|---|---|---|---|\n"
    rows = "| net_small | 105 | 90 | 61.25 |\n| net_large | 64 | 100 | 70.5 |\n"
    bare.write("README.md", page + rows)
    told = json.loads(bare.run("check", "README.md", "--output-format", "json").out)
    assert [one["claim"]["text"] for one in told] == ["64"]
