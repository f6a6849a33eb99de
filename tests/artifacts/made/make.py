"""Makes the files beside it with the software that writes such files in the field.

Run by hand where a format changes: the tests read what it made, and need none of this software.

    pip install torch transformers peft accelerate safetensors gguf sentence-transformers lm-eval
    HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false python tests/artifacts/made/make.py

Nothing is downloaded: models are tiny and random, and so are their data. ``axolotl.yaml`` and
``llama_factory.yaml`` are written by hand after those tools' documentation, for both need a
graphics card to be installed; so is the MLX adapter of the tests, which needs Apple's hardware.
"""

import contextlib
import json
import shutil
import tempfile
from pathlib import Path

import gguf
import numpy as np
import torch
from lm_eval import simple_evaluate
from lm_eval.loggers import EvaluationTracker
from lm_eval.models.huggingface import HFLM
from peft import LoraConfig, get_peft_model
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import modules
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import (
    BertConfig,
    BertModel,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
    Trainer,
    TrainingArguments,
    set_seed,
)

HERE = Path(__file__).parent
WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *["the", "a", "red", "blue", "bird", "nest", "sings", "is", "yes", "no", "and"],
]
TASK = {
    "task": "bird_songs",
    "dataset_path": "json",
    "output_type": "multiple_choice",
    "test_split": "test",
    "fewshot_split": "test",
    "doc_to_text": "the {{text}}",
    "doc_to_choice": ["yes", "no"],
    "doc_to_target": "label",
    "num_fewshot": 2,
    "metric_list": [{"metric": "acc"}, {"metric": "acc_norm"}],
}


def llama() -> LlamaForCausalLM:
    """A language model of one layer."""
    config = LlamaConfig(
        vocab_size=32,
        hidden_size=8,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=64,
    )
    return LlamaForCausalLM(config)


def tokenizer() -> PreTrainedTokenizerFast:
    """One token a word."""
    words = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, "[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    return PreTrainedTokenizerFast(
        tokenizer_object=words, unk_token="[UNK]", pad_token="[PAD]", eos_token="[SEP]"
    )


def keep(source: Path, target: str, *names: str) -> None:
    """Copies files of a folder to a folder here."""
    for name in names:
        place = HERE / target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, place)


def accuracy(predictions: tuple[np.ndarray, np.ndarray]) -> dict[str, float]:
    """The share of tokens that are foreseen."""
    logits, labels = predictions
    return {"accuracy": float((logits.argmax(-1)[:, :-1] == labels[:, 1:]).mean())}


def trainer(work: Path) -> None:
    """An adapter that a Trainer tuned, with its state, arguments and results."""
    model = llama()
    model.name_or_path = "some-org/Finch-1B"
    settings = LoraConfig(r=2, lora_alpha=4, lora_dropout=0.05, target_modules=["q_proj", "v_proj"])
    model = get_peft_model(model, settings)
    ids = torch.randint(0, 32, (52, 8))
    rows = [{"input_ids": row, "labels": row} for row in ids]
    arguments = TrainingArguments(
        str(work),
        num_train_epochs=2.5,
        per_device_train_batch_size=4,
        gradient_accumulation_steps=2,
        learning_rate=0.02,
        weight_decay=0.01,
        eval_strategy="steps",
        eval_steps=5,
        logging_steps=5,
        save_steps=5,
        load_best_model_at_end=True,
        metric_for_best_model="accuracy",
        report_to=[],
        use_cpu=True,
    )
    run = Trainer(model, arguments, None, rows[:40], rows[40:], compute_metrics=accuracy)
    trained = run.train().metrics
    run.save_metrics("train", trained | {"train_samples": 40})
    run.save_model()
    run.save_state()
    run.save_metrics("eval", run.evaluate() | {"eval_samples": 12})
    run.save_metrics("predict", run.predict(rows[40:]).metrics)
    results = [f"{split}_results.json" for split in ("train", "eval", "predict", "all")]
    keep(work, "trainer", *results, "trainer_state.json", "training_args.bin")
    keep(work, "trainer", "adapter_config.json", "adapter_model.safetensors")


def transformers(work: Path) -> None:
    """A model as one file, and as several with an index."""
    model = llama()
    model.generation_config.update(do_sample=True, temperature=0.7, top_p=0.9, max_new_tokens=48)
    model.save_pretrained(work / "one")
    keep(work / "one", "model", "config.json", "generation_config.json", "model.safetensors")
    model.save_pretrained(work / "parts", max_shard_size="2KB")
    parts = sorted(path.name for path in (work / "parts").glob("model*safetensors*"))
    keep(work / "parts", "model_in_parts", *parts)


def sentences(work: Path) -> None:
    """A model that gives sentences vectors."""
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(work / "bert")
    tokenizer().save_pretrained(work / "bert")
    transformer = modules.Transformer(str(work / "bert"), max_seq_length=24)
    pooling = modules.Pooling(transformer.get_embedding_dimension())
    model = SentenceTransformer(modules=[transformer, pooling], device="cpu")
    model.save(str(work / "sbert"))
    names = ["config_sentence_transformers.json", "sentence_bert_config.json", "config.json"]
    keep(work / "sbert", "sentences", *names, "1_Pooling/config.json")


def evaluation(work: Path) -> None:
    """A task with a file of questions of its own."""
    questions = Path("questions.jsonl")
    lines = [{"text": f"{word} bird sings", "label": at % 2} for at, word in enumerate(WORDS[4:])]
    questions.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    files = {"dataset_kwargs": {"data_files": {"test": str(questions)}}}
    model = HFLM(pretrained=llama(), tokenizer=tokenizer(), device="cpu", batch_size=2)
    tracker = EvaluationTracker(output_path=str(work / "results"))
    results = simple_evaluate(
        model=model, tasks=[TASK | files], limit=8, evaluation_tracker=tracker, bootstrap_iters=100
    )
    results.pop("samples")
    tracker.save_results_aggregated(results=results, samples=None)
    made = json.loads(next((work / "results").rglob("results_*.json")).read_text())
    made["model_name"] = "some-org/Finch-1B"  # a model in memory has no name
    for passing in ("git_hash", "pretty_env_info", "date", "model_name_sanitized"):
        made.pop(passing, None)
    for config in made["configs"].values():
        config.pop("dataset_kwargs", None)
    (HERE / "lm_eval").mkdir(exist_ok=True)
    (HERE / "lm_eval" / "results.json").write_text(json.dumps(made, indent=2) + "\n")


def packed() -> None:
    """A model as GGUF, in eight bits."""
    (HERE / "gguf").mkdir(exist_ok=True)
    writer = gguf.GGUFWriter(HERE / "gguf" / "finch-1b-q8_0.gguf", "llama")
    writer.add_name("Finch 1B Instruct")
    writer.add_base_model_count(1)
    writer.add_base_model_repo_url(0, "https://hub.example/some-org/Finch-1B")
    writer.add_context_length(64)
    writer.add_block_count(1)
    writer.add_embedding_length(32)
    writer.add_feed_forward_length(64)
    writer.add_head_count(4)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_token_list([f"token {number}" for number in range(100)])
    writer.add_token_scores([0.0] * 100)
    eight = gguf.quantize(np.ones((100, 32), np.float32), gguf.GGMLQuantizationType.Q8_0)
    writer.add_tensor("token_embd.weight", eight, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    writer.add_tensor("output_norm.weight", np.ones(32, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> None:
    """All of it, from the same random numbers each time."""
    for make in (trainer, transformers, sentences, evaluation):
        set_seed(0)
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            make(Path("run"))  # relative: the files tell this path, and no machine's
    packed()


if __name__ == "__main__":
    main()
