"""The two Qwen packages and the MLX adapter: configurations, trainer states, summaries."""

from collections.abc import Mapping
from typing import NamedTuple

from making.archive import tar_gz
from making.pickled import IntervalStrategy, SchedulerType, training_arguments
from making.rows import as_json

_BASE = "Qwen/Qwen2.5-7B-Instruct"
_PEAK_RATE = 0.0002


class Run(NamedTuple):
    """What differs between the two packages; ``planned`` is the steps of the whole schedule."""

    folder: str
    summary: str
    epochs: int
    epoch: float
    step: int
    planned: int
    save_steps: int
    figures: Mapping[str, str]


_BASE_FIGURES = {
    "Base pivot accuracy (all)": "40.5%",
    "Base pivot accuracy (degraded)": "41.0%",
    "Base silent mirage rate (degraded)": "59.0%",
    "Base degradation flag (degraded)": "0.0%",
    "Base false alarm (strong)": "0.0%",
    "Base format adherence": "0.0%",
}
_BALANCED = Run(
    folder="mirage_aware_adapter_balanced",
    summary="mirage_aware_balanced_eval_summary.json",
    epochs=1,
    epoch=1.0,
    step=250,
    planned=250,
    save_steps=50,
    figures={
        "FT pivot accuracy (all)": "99.2%",
        "FT pivot accuracy (degraded)": "99.2%",
        "FT silent mirage rate (degraded)": "0.3%",
        "FT degradation flag (degraded)": "95.4%",
    },
)
_ALTERNATE = Run(
    folder="mirage_aware_adapter",
    summary="mirage_aware_eval_summary.json",
    epochs=3,
    epoch=0.96,
    step=1200,
    planned=3750,
    save_steps=100,
    figures={
        "FT pivot accuracy (all)": "100.0%",
        "FT pivot accuracy (degraded)": "100.0%",
        "FT silent mirage rate (degraded)": "0.0%",
        "FT degradation flag (degraded)": "100.0%",
    },
)


def _adapter_config() -> dict[str, object]:
    return {
        "auto_mapping": None,
        "base_model_name_or_path": _BASE,
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
        "init_lora_weights": True,
        "lora_alpha": 16,
        "lora_dropout": 0.05,
        "modules_to_save": None,
        "peft_type": "LORA",
        "r": 8,
        "rank_pattern": {},
        "revision": None,
        "target_modules": ["k_proj", "o_proj", "q_proj", "v_proj"],
        "task_type": "CAUSAL_LM",
        "use_dora": False,
        "use_rslora": False,
    }


def _log(run: Run) -> list[dict[str, float]]:
    """One entry a saved step; the loss falls as one over the steps, the rate in a line."""
    steps = range(run.save_steps, run.step + 1, run.save_steps)
    return [
        {
            "epoch": round(run.epoch * step / run.step, 4),
            "grad_norm": round(0.4 + 20 / step, 4),
            "learning_rate": round(_PEAK_RATE * (run.planned - step) / run.planned, 8),
            "loss": round(0.05 + 40 / (step + 20), 4),
            "step": step,
        }
        for step in steps
    ]


def _trainer_state(run: Run) -> dict[str, object]:
    return {
        "best_metric": None,
        "best_model_checkpoint": None,
        "epoch": run.epoch,
        "eval_steps": 500,
        "global_step": run.step,
        "is_hyper_param_search": False,
        "is_local_process_zero": True,
        "is_world_process_zero": True,
        "log_history": _log(run),
        "logging_steps": run.save_steps,
        "max_steps": run.planned,
        "num_input_tokens_seen": 0,
        "num_train_epochs": run.epochs,
        "save_steps": run.save_steps,
        "total_flos": 0.0,
        "train_batch_size": 2,
        "trial_name": None,
        "trial_params": None,
    }


def _arguments(run: Run) -> dict[str, object]:
    return {
        "output_dir": run.folder,
        "do_train": True,
        "eval_strategy": IntervalStrategy("no"),
        "per_device_train_batch_size": 2,
        "per_device_eval_batch_size": 8,
        "gradient_accumulation_steps": 4,
        "learning_rate": _PEAK_RATE,
        "weight_decay": 0.0,
        "max_grad_norm": 1.0,
        "num_train_epochs": run.epochs,
        "max_steps": -1,
        "lr_scheduler_type": SchedulerType("linear"),
        "warmup_ratio": 0.0,
        "warmup_steps": 0,
        "logging_steps": run.save_steps,
        "save_strategy": IntervalStrategy("steps"),
        "save_steps": run.save_steps,
        "save_total_limit": 3,
        "seed": 42,
        "bf16": True,
        "fp16": False,
        "report_to": [],
        "push_to_hub": False,
        "hub_token": "a-dummy-that-must-never-be-shown",
        "_n_gpu": 1,
    }


def _summary(run: Run) -> dict[str, object]:
    shared = {"FT false alarm (strong)": "0.0%", "FT format adherence": "100.0%"}
    sizes = {"Total examples": 400, "Degraded examples": 371, "Strong examples": 29}
    return {**sizes, **_BASE_FIGURES, **run.figures, **shared}


def _package(run: Run) -> bytes:
    return tar_gz(
        {
            f"{run.folder}/adapter_config.json": as_json(_adapter_config()),
            f"{run.folder}/checkpoint-{run.step}/trainer_state.json": as_json(_trainer_state(run)),
            f"{run.folder}/training_args.bin": training_arguments(_arguments(run)),
            run.summary: as_json(_summary(run)),
        }
    )


def balanced() -> bytes:
    """The package at the root of the repository."""
    return _package(_BALANCED)


def alternate() -> bytes:
    """The package of the other lineage, of the same file name, kept elsewhere."""
    return _package(_ALTERNATE)


def mlx_adapter() -> bytes:
    """``adapter_config.json`` as ``mlx_lm lora`` writes it: every option of the run."""
    return as_json(
        {
            "adapter_path": "adapters/mirage_aware_v1",
            "batch_size": 4,
            "data": "data/processed",
            "fine_tune_type": "lora",
            "grad_accumulation_steps": 1,
            "grad_checkpoint": False,
            "iters": 600,
            "learning_rate": 0.0001,
            "lora_parameters": {"rank": 8, "dropout": 0.0, "scale": 20.0},
            "lr_schedule": None,
            "mask_prompt": False,
            "max_seq_length": 2048,
            "model": "mlx-community/gemma-2-2b-it-4bit",
            "num_layers": 8,
            "optimizer": "adam",
            "resume_adapter_file": None,
            "save_every": 100,
            "seed": 42,
            "steps_per_eval": 50,
            "steps_per_report": 10,
            "test": False,
            "train": True,
            "val_batches": 25,
        }
    )
