"""Facts of what run trackers, model cards and spreadsheets hold, as claims.toml asks for them."""

import shutil
from pathlib import Path

import pytest
from registry_world import World

MADE = Path(__file__).parent.parent / "artifacts" / "made_data"


def table(artifact: str, *lines: str) -> str:
    return "\n".join(["[[family.run.table]]", f'artifact = "{artifact}"', *lines, ""])


LAST = ('rows = "last.*"', 'keys = ["metric"]', 'value = "value"')
TRACKED = 'artifacts = ["mlruns/0/*/params/*", "mlruns/0/*/metrics/*"]\n'
TWO_TABLES = """\
| model | acc |
|---|---|
| finch | 0.9 |

| model | acc |
|---|---|
| **wren** | 0.8 |
"""
CASES = {
    "what MLflow logged last": (
        "mlflow",
        TRACKED + table("mlruns/0/*/metrics/**/*", *LAST),
        {
            "learning rate": "0.0001",
            "training epochs": "3",
            "training loss": "1.125",
            "train loss": "1.125",
            "eval accuracy": "0.875",
        },
    ),
    "what TensorBoard has by step": (
        "tensorboard",
        table("*.tensors", 'keys = ["metric", "step"]', 'value = "value"'),
        {"eval loss{step=1}": "0.7", "eval loss{step=2}": "0.35"},
    ),
    "the least that TensorBoard has": (
        "tensorboard",
        table("*.plain", 'rows = "min.*"', 'keys = ["metric"]', 'value = "value"'),
        {"train loss": "0.1", "accuracy": "0.875"},
    ),
    "a model card": (
        "model_card",
        'artifacts = ["README.md"]\n'
        + table("README.md", 'keys = ["model", "dataset", "metric"]', 'value = "value"'),
        {
            "base model": "org/finch-7B",
            "accuracy{dataset=Birds,model=finch-tuned}": "0.9125",
            "f 1{dataset=Birds,model=finch-tuned}": "0.9",
        },
    ),
    "evaluation results": (
        "model_card",
        table(".eval_results/*.yaml", 'keys = ["dataset"]', 'value = "value"'),
        {"org birdsong": "20.9", "org nests": "0.412"},
    ),
    "a sheet of a workbook": (
        "excel",
        table("results.xlsx", 'rows = "Results"', 'keys = ["model"]', 'columns = ["accuracy"]'),
        {"accuracy{model=finch}": "0.27", "accuracy{model=wren}": "0.6666666666666666"},
    ),
    "Parquet": (
        "parquet",
        table("rows.parquet", 'keys = ["model"]', 'columns = ["count"]'),
        {"count{model=finch}": "12", "count{model=wren}": "1099511627776"},
    ),
    "one table of a Markdown file": (
        "model_card",
        table("two.md", 'rows = "tables[1].rows"', 'keys = ["model"]'),
        {"acc{model=wren}": "0.8"},
    ),
    "a lock of DVC": (
        "dvc",
        'artifacts = ["dvc.lock"]\n'
        + table("dvc.lock", 'keys = ["kind", "path"]', 'columns = ["size"]'),
        {
            "learning rate": "0.0001",
            "training epochs": "3",
            "batch size": "16",
            "size{kind=dep,path=rows.csv}": "12",
            "size{kind=out,path=metrics.json}": "19",
            "size{kind=out,path=model.bin}": "700",
        },
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_claims_toml_asks_for(world: World, case: str) -> None:
    folder, claims, expected = CASES[case]
    shutil.copytree(MADE / folder, world.root, dirs_exist_ok=True)
    (world.root / "two.md").write_text(TWO_TABLES)
    assert world.write(claims).values() == expected
