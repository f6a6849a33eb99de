#!/usr/bin/env bash
# Trains a mirage-aware LoRA adapter with MLX. The released adapter was trained with more
# iterations than the default below: see release/adapters/mirage_aware_v1/adapter_config.json.
set -euo pipefail

MODEL_ID="mlx-community/gemma-2-2b-it-4bit"
DATA_DIR="data/processed"
ADAPTER_DIR="adapters/mirage_aware_v1"

python -m mlx_lm lora \
  --model "${MODEL_ID}" \
  --data "${DATA_DIR}" \
  --train \
  --batch-size 4 \
  --num-layers 8 \
  --iters 500 \
  --learning-rate 1e-4 \
  --max-seq-length 2048 \
  --steps-per-eval 50 \
  --save-every 100 \
  --adapter-path "${ADAPTER_DIR}" \
  --seed 42
