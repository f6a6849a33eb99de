"""Runs of which the examples of the rules speak."""

from cli_world import World

CLAIMS = """\
version = 1

[family.short]
title = "The short run"
aliases = ["short run"]
artifacts = [
  "short/adapter_config.json", "short/trainer_state.json", "results/scores.csv",
  "results/rows.csv",
]

[family.short.population]
all  = { size = 400 }
hard = { size = 371, within = "all" }

[[family.short.fact]]
metric = "accuracy"
artifact = "results/scores.csv"
pointer = "metric=accuracy/value"

[[family.short.fact]]
metric = "wrong"
population = "hard"
artifact = "results/rows.csv"
count = "wrong"
of = "hard"

[[family.short.fact]]
metric = "wrong"
population = "all"
artifact = "results/rows.csv"
count = "wrong"

[family.long]
title = "The long run"
aliases = ["long run"]
artifacts = ["long/adapter_config.json", "long/trainer_state.json"]

[family.adapter]
title = "The adapter"
aliases = ["adapter"]
artifacts = ["mlx/adapter_config.json"]

[family.sweep]
title = "The sweep over retention"
artifacts = ["results/sweep.csv"]

[[family.sweep.table]]
artifact = "results/sweep.csv"
keys = ["retention"]
"""
PEFT = '{"peft_type": "LORA", "r": 8, "base_model_name_or_path": "org/llama-3-8b"}'
MLX = (
    '{"fine_tune_type": "lora", "model": "org/gemma-2-2b", "iters": 600, "batch_size": 4, '
    '"lora_parameters": {"rank": 8}}'
)
STATE = '{"num_train_epochs": N, "epoch": N.0, "global_step": 0, "log_history": []}'
ROWS = ["yes,yes", *["yes,no"] * 370, *["no,yes"] * 2, *["no,no"] * 27]
FILES = {
    "claims.toml": CLAIMS,
    "short/adapter_config.json": PEFT,
    "long/adapter_config.json": PEFT,
    "mlx/adapter_config.json": MLX,
    "short/trainer_state.json": STATE.replace("N", "1"),
    "long/trainer_state.json": STATE.replace("N", "3"),
    "results/scores.csv": "metric,value\naccuracy,0.99191\n",
    "results/rows.csv": "\n".join(["hard,wrong", *ROWS, ""]),
    "results/sweep.csv": "retention,recall\n0.1,0.0833\n0.3,0.1667\n1.0,1.0\n",
}


def fill(world: World) -> World:
    """Write the runs, and build their lock."""
    for name, content in FILES.items():
        world.write(name, content)
    assert world.run("build").status == 0
    return world
