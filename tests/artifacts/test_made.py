"""What the readers tell of files made by the software that writes them; see ``made/make.py``."""

import random
from pathlib import Path

import pytest

from mirage_lint import artifacts
from mirage_lint.artifacts import files, pointers
from mirage_lint.artifacts.content import Reading
from mirage_lint.artifacts.files import Stored
from mirage_lint.core.facts import Datum
from mirage_lint.errors import MirageError

MADE = Path(__file__).parent / "made"


def read(name: str) -> Reading:
    stored = files.load(name, MADE)
    assert stored is not None
    return artifacts.read(stored)


def line(datum: Datum) -> str:
    """``metric{key=value} = value unit at pointer``."""
    pairs = ",".join(f"{key}={value}" for key, value in datum.dimensions)
    place = f"{{{pairs}}}" if pairs else ""
    unit = f" {datum.unit}" if datum.unit else ""
    return f"{datum.metric}{place} = {datum.value}{unit} at {datum.pointer}"


TOLD = {
    "trainer/trainer_state.json": (
        "trainer state",
        """\
epoch reached = 2.6 epoch at /epoch
training steps = 13 step at /global_step
planned steps = 13 step at /max_steps
batch size of all devices = 4 at /train_batch_size
training FLOPs = 4552704.0 flop at /total_flos
best step = 5 step at /best_global_step
best metric = 0.011904761904761904 at /best_metric
training loss = 3.465276336669922 at /log_history/2/loss
evaluation loss = 3.467736005783081 at /log_history/4/eval_loss
training loss = 3.465551523061899 at /log_history/5/train_loss
evaluation accuracy = 0.011904761904761904 at /log_history/1/eval_accuracy
best evaluation accuracy = 0.011904761904761904 at /log_history/1/eval_accuracy
evaluation loss = 3.46768856048584 at /log_history/1/eval_loss
evaluation accuracy = 0.011904761904761904 at /log_history/4/eval_accuracy
training loss{step=5} = 3.465727615356445 at /log_history/0/loss
evaluation accuracy{step=5} = 0.011904761904761904 at /log_history/1/eval_accuracy
evaluation loss{step=5} = 3.46768856048584 at /log_history/1/eval_loss
epoch reached{step=5} = 1.0 epoch at /log_history/1/epoch
training loss{step=10} = 3.465276336669922 at /log_history/2/loss
evaluation accuracy{step=10} = 0.011904761904761904 at /log_history/3/eval_accuracy
evaluation loss{step=10} = 3.4677934646606445 at /log_history/3/eval_loss
epoch reached{step=10} = 2.0 epoch at /log_history/3/epoch
training loss{step=13} = 3.465276336669922 at /log_history/2/loss
evaluation accuracy{step=13} = 0.011904761904761904 at /log_history/4/eval_accuracy
evaluation loss{step=13} = 3.467736005783081 at /log_history/4/eval_loss
epoch reached{step=13} = 2.6 epoch at /log_history/4/epoch
""",
    ),
    "trainer/all_results.json": (
        "trainer results",
        """\
epoch reached = 2.6 epoch at /epoch
training FLOPs = 4552704.0 flop at /total_flos
training loss = 3.465551523061899 at /train_loss
training time = 1.0588 second at /train_runtime
training examples = 40 example at /train_samples
evaluation loss = 3.46768856048584 at /eval_loss
evaluation time = 0.0307 second at /eval_runtime
evaluation examples = 12 example at /eval_samples
test loss = 3.46768856048584 at /test_loss
evaluation accuracy = 0.011904761904761904 at /eval_accuracy
test accuracy = 0.011904761904761904 at /test_accuracy
""",
    ),
    "trainer/train_results.json": (
        "trainer results",
        """\
epoch reached = 2.6 epoch at /epoch
training FLOPs = 4552704.0 flop at /total_flos
training loss = 3.465551523061899 at /train_loss
training time = 1.0588 second at /train_runtime
training examples = 40 example at /train_samples
""",
    ),
    "trainer/eval_results.json": (
        "trainer results",
        """\
epoch reached = 2.6 epoch at /epoch
evaluation loss = 3.46768856048584 at /eval_loss
evaluation time = 0.0307 second at /eval_runtime
evaluation examples = 12 example at /eval_samples
evaluation accuracy = 0.011904761904761904 at /eval_accuracy
""",
    ),
    "trainer/predict_results.json": (
        "trainer results",
        """\
test loss = 3.46768856048584 at /test_loss
test accuracy = 0.011904761904761904 at /test_accuracy
""",
    ),
    "trainer/training_args.bin": (
        "training arguments",
        """\
training epochs = 2.5 epoch at num_train_epochs
batch size = 4 at per_device_train_batch_size
gradient accumulation = 2 step at gradient_accumulation_steps
learning rate = 0.02 at learning_rate
weight decay = 0.01 at weight_decay
seed = 42 at seed
""",
    ),
    "trainer/adapter_config.json": (
        "PEFT adapter config",
        """\
rank = 2 at /r
alpha = 4 at /lora_alpha
dropout = 0.05 at /lora_dropout
base model = some-org/Finch-1B at /base_model_name_or_path
""",
    ),
    "trainer/adapter_model.safetensors": (
        "safetensors",
        """\
trainable parameters = 56 parameter at sum of shapes
""",
    ),
    "model/config.json": (
        "transformers config",
        """\
layers = 1 layer at /num_hidden_layers
attention heads = 4 head at /num_attention_heads
key-value heads = 2 head at /num_key_value_heads
head dimension = 2 at /head_dim
hidden size = 8 at /hidden_size
intermediate size = 16 at /intermediate_size
vocabulary size = 32 token at /vocab_size
context length = 64 token at /max_position_embeddings
RoPE base = 10000.0 at /rope_parameters/rope_theta
""",
    ),
    "model/generation_config.json": (
        "transformers config",
        """\
temperature = 0.7 at /temperature
top-p = 0.9 at /top_p
max new tokens = 48 token at /max_new_tokens
""",
    ),
    "model/model.safetensors": (
        "safetensors",
        """\
model parameters = 1112 parameter at sum of shapes
""",
    ),
    "model_in_parts/model-00001-of-00003.safetensors": (
        "safetensors",
        """\
""",
    ),
    "model_in_parts/model.safetensors.index.json": (
        "safetensors index",
        """\
model parameters = 1112 parameter at /metadata/total_parameters
""",
    ),
    "sentences/config_sentence_transformers.json": (
        "sentence-transformers config",
        """\
""",
    ),
    "sentences/sentence_bert_config.json": (
        "sentence-transformers config",
        """\
""",
    ),
    "sentences/1_Pooling/config.json": (
        "sentence-transformers config",
        """\
embedding dimension = 8 dimension at /embedding_dimension
""",
    ),
    "lm_eval/results.json": (
        "lm-evaluation-harness results",
        """\
model = some-org/Finch-1B at /model_name
model parameters = 1112 parameter at /config/model_num_parameters
evaluation seed = 1234 at /config/fewshot_seed
evaluation seed = 0 at /config/random_seed
evaluation time = 5.285482681000076 second at /total_evaluation_time_seconds
accuracy{task=bird_songs} = 0.5 at /results/bird_songs/acc,none
accuracy standard error{task=bird_songs} = 0.1889822365046136 at /results/bird_songs/acc_stderr,none
normalized accuracy{task=bird_songs} = 0.5 at /results/bird_songs/acc_norm,none
normalized accuracy standard error{task=bird_songs} = 0.1889822365046136 at /results/bird_songs/acc_norm_stderr,none
shots{task=bird_songs} = 2 shot at /n-shot/bird_songs
evaluation examples{task=bird_songs} = 8 example at /n-samples/bird_songs/effective
""",  # noqa: E501
    ),
    "gguf/finch-1b-q8_0.gguf": (
        "GGUF",
        """\
context length = 64 token at /llama.context_length
layers = 1 layer at /llama.block_count
hidden size = 32 at /llama.embedding_length
intermediate size = 64 at /llama.feed_forward_length
attention heads = 4 head at /llama.attention.head_count
key-value heads = 2 head at /llama.attention.head_count_kv
RoPE base = 10000.0 at /llama.rope.freq_base
quantisation bits = 8 bit at /general.file_type
base model = some-org/Finch-1B at /general.base_model.0.repo_url
base model = Finch 1B Instruct at /general.name
model = Finch 1B Instruct at /general.name
vocabulary size = 100 token at /tokenizer.ggml.tokens/length
model parameters = 3232 parameter at sum of shapes
""",
    ),
    "axolotl.yaml": (
        "Axolotl config",
        """\
base model = some-org/Finch-1B at /base_model
rank = 32 at /lora_r
alpha = 16 at /lora_alpha
dropout = 0.05 at /lora_dropout
training epochs = 3 epoch at /num_epochs
learning rate = 2e-4 at /learning_rate
batch size = 2 at /micro_batch_size
gradient accumulation = 4 step at /gradient_accumulation_steps
sequence length = 4096 token at /sequence_len
warmup ratio = 0.1 ratio at /warmup_ratio
weight decay = 0.0 at /weight_decay
seed = 7 at /seed
quantisation bits = 4 bit at /load_in_4bit
""",
    ),
    "llama_factory.yaml": (
        "LLaMA-Factory config",
        """\
base model = some-org/Finch-1B at /model_name_or_path
rank = 8 at /lora_rank
planned steps = 500 step at /max_steps
learning rate = 1.0e-4 at /learning_rate
batch size = 1 at /per_device_train_batch_size
gradient accumulation = 8 step at /gradient_accumulation_steps
sequence length = 2048 token at /cutoff_len
warmup ratio = 0.1 ratio at /warmup_ratio
""",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_a_made_file_tells_what_it_holds(name: str) -> None:
    reading = read(name)
    told = "".join(f"{line(datum)}\n" for datum in reading.content.told)
    assert (reading.name, told) == TOLD[name]


def test_every_made_file_is_read() -> None:
    paths = (path.relative_to(MADE).as_posix() for path in MADE.rglob("*") if path.is_file())
    made = {path for path in paths if not path.endswith((".py", ".pyc"))}
    parts = {f"model_in_parts/model-0000{part}-of-00003.safetensors" for part in (2, 3)}
    assert made == set(TOLD) | parts | {"sentences/config.json"}


@pytest.mark.parametrize("name", TOLD)
def test_a_damaged_file_is_read_or_told_in_one_line(name: str) -> None:
    chance = random.Random(name)
    data, told = (MADE / name).read_bytes(), []
    for _ in range(150):
        damaged = bytearray(data[: chance.randrange(1, 2 * len(data))])
        for place in chance.sample(range(len(damaged)), min(3, len(damaged))):
            damaged[place] = chance.randrange(256)
        stored = Stored(name, "", len(damaged), bytes(damaged))
        try:
            pointers.every(artifacts.read(stored).content, name)
        except MirageError as error:
            told.append(str(error))
    assert [message for message in told if "\n" in message] == []


def test_the_evaluations_of_a_trainer_are_rows() -> None:
    rows = read("trainer/trainer_state.json").content.records
    shown = [{key: row[key] for key in ("step", "epoch", "loss", "eval_loss")} for row in rows]
    assert shown == [
        {"step": "5", "epoch": "1.0", "loss": "3.465727615356445", "eval_loss": "3.46768856048584"},
        {
            "step": "10",
            "epoch": "2.0",
            "loss": "3.465276336669922",
            "eval_loss": "3.4677934646606445",
        },
        {
            "step": "13",
            "epoch": "2.6",
            "loss": "3.465276336669922",
            "eval_loss": "3.467736005783081",
        },
    ]
