"""``init``: what it finds in a repository, how it groups it, and what it writes."""

import io
import json
import os
import subprocess
import sys
import tarfile
import textwrap

import pytest
from cli_world import FALSE, PEFT, World

from mirage_lint.drafting import finds
from mirage_lint.drafting.families import grouped
from mirage_lint.drafting.found import Finds
from mirage_lint.drafting.keys import Shape
from mirage_lint.drafting.pools import Draft

HEAD = """\
# Drafted by `mirage-lint init`; from here on it is yours. Rename families, give them the aliases
# that prose has for them, take out what no document tells. Take `others = true` from a family
# where no document tells of other runs: then no section of them need agree with it to be held
# against it. Then: mirage-lint build

version = 1

"""
NOTHING = "No artifact was found whose facts are known; nothing was written.\n"
NEXT = "Next: read claims.toml, then run `mirage-lint check` on your documents.\n"
CARD = """\
---
base_model: org/llama-3-8b
---
# Sorter

A fine-tuned [org/llama-3-8b](https://example.org) of rank 8. It reaches an accuracy of 0.9142.

| Training Loss | Epoch | Step | Validation Loss | Accuracy |
|:-------------:|:-----:|:----:|:---------------:|:--------:|
| 0.5512        | 1.0   | 250  | 0.4011          | 0.8731   |
| 0.3921        | 2.0   | 500  | 0.3312          | 0.9142   |
"""
LOG = [
    {"epoch": 1.0, "loss": 0.5512, "step": 250},
    {"epoch": 1.0, "eval_loss": 0.4011, "eval_accuracy": 0.8731, "step": 250},
    {"epoch": 2.0, "loss": 0.3921, "step": 500},
    {"epoch": 2.0, "eval_loss": 0.3312, "eval_accuracy": 0.9142, "step": 500},
]
STATE = {"epoch": 2.0, "global_step": 500, "max_steps": 500, "log_history": LOG}
METAFILE = """\
Models:
- Name: {0}
  In Collection: Nets
  Metadata: {{Parameters: {1}}}
  Results:
  - {{Dataset: Birds, Task: Sorting, Metrics: {{Top 1: {2}}}}}
  - {{Dataset: Birds, Task: Finding, Metrics: {{Top 1: {3}}}}}
"""


def drafted(world: World, *arguments: str) -> str:
    """The text of the draft below its head, less that each family may have others beside it; the
    lock that it gives is up to date.
    """
    assert world.run("init", *arguments).status == 0
    text = world.files()["claims.toml"].decode()
    assert world.run("build", "--check").status == 0
    assert text.startswith(HEAD)
    told = text.removeprefix(HEAD)
    assert told.count("\nothers = true\n") == f"\n{told}".count("\n[family.")
    return told.replace("\nothers = true\n", "\n")


def test_a_published_model_needs_no_editing(bare: World) -> None:
    bare.write("doc.md", CARD)
    bare.write("README.md", CARD)
    bare.write("adapter_config.json", PEFT)
    bare.write("trainer_state.json", json.dumps(STATE))
    bare.write("all_results.json", '{"epoch": 2.0, "eval_accuracy": 0.91423, "eval_loss": 0.3312}')
    bare.write("tokenizer_config.json", '{"model_max_length": 4096}')
    text = drafted(bare)
    assert '; base model org/llama-3-8b\n[family.sorter]\ntitle = "Sorter"\n' in text
    assert text.count("[family.sorter]") == 1
    for name in ("adapter_config", "trainer_state", "all_results"):
        assert f'"{name}.json"' in text
    assert "tokenizer" not in text
    assert bare.run("check", "README.md").out.startswith("All right.")
    bare.write("README.md", CARD.replace("0.3921", "0.3291").replace("rank 8", "rank 16"))
    found = json.loads(bare.run("check", "README.md", "--output-format", "json").out)
    assert [one["claim"]["text"] for one in found] == ["16", "0.3291"]


def test_a_log_becomes_a_table_where_the_format_does_not_tell_it_by_step(bare: World) -> None:
    bare.write("run/adapter_config.json", PEFT)
    bare.write("run/trainer_state.json", json.dumps(STATE))
    assert drafted(bare).count(".table]]") == 0
    log = [{"epoch": 0.4, "loss": 0.7, "step": 100}, *LOG]
    bare.write("run/trainer_state.json", json.dumps({**STATE, "log_history": log}))
    assert drafted(bare, "--force").count('rows = "log_history[?loss]"') == 1


def test_parts_of_one_model_with_files_of_one_name_are_one_run(bare: World) -> None:
    bare.write("net/config.json", '{"model_type": "bert", "num_hidden_layers": 2}')
    bare.write(
        "net/1_Pooling/config.json", '{"word_embedding_dimension": 8, "pooling_mode": "cls"}'
    )
    assert 'artifacts = ["net/1_Pooling/config.json", "net/config.json"]' in drafted(bare)


def test_many_metafiles_are_one_table(bare: World) -> None:
    for number, name in enumerate(("small", "large", "huge", "vast"), start=1):
        metafile = METAFILE.format(f"net-{name}", f"{number}000000", f"7{number}.5", f"6{number}.5")
        bare.write(f"configs/{name}/metafile.yml", metafile)
    assert drafted(bare) == (
        '# model metafile\n[family.metafile]\ntitle = "metafile"\n\n'
        "# 8 rows of 4 files: Parameters, Top 1\n[[family.metafile.table]]\n"
        'artifact = "configs/*/metafile.yml"\nkeys = ["model", "dataset", "task"]\n'
    )


def test_it_says_what_it_wrote_and_what_it_was_unsure_of(bare: World) -> None:
    bare.write("runs/a/adapter_config.json", PEFT)
    bare.write("runs/b/adapter_config.json", PEFT)
    bare.write("train.py", "epochs = 3\nlearning_rate = 0.1\n")
    assert bare.run("init") == (
        0,
        "claims.toml: 2 families, 2 artifacts, 4 facts\n"
        "unsure: 2 runs (a, b): give each the aliases that prose has for it\n"
        "left out: train.py: a script that sets training epochs, learning rate: of which run?\n"
        + NEXT,
        "",
    )


def test_a_claims_toml_is_written_over_by_force_alone(built: World) -> None:
    assert built.refused("init") == (
        "claims.toml: is there already; edit it, see `mirage-lint suggest`, or give --force to "
        "write it anew"
    )
    assert drafted(built, "--force").startswith(
        "# PEFT adapter config; base model org/llama-3-8b\n"
    )


def test_where_nothing_is_found_nothing_is_written(bare: World) -> None:
    before = bare.files()
    status, out, err = bare.run("init")
    assert (status, out.startswith(NOTHING), err) == (1, True, "")
    assert bare.files() == before


def test_where_nothing_is_found_the_next_step_can_be_taken(bare: World) -> None:
    _, _, sample = bare.run("init").out.partition("`mirage-lint build`:\n")
    bare.write("claims.toml", textwrap.dedent(sample))
    bare.write("results.json", '{"accuracy": 0.9}')
    bare.write("train.py", "RANK = 8\n")
    assert bare.run("build").status == 0


def test_another_folder_can_be_named(bare: World) -> None:
    bare.write("sub/adapter_config.json", PEFT)
    bare.write("sub/doc.md", FALSE.replace("Run A", "It"))
    assert bare.run("init", "sub").out.startswith(
        "sub/claims.toml: 1 family, 1 artifact, 2 facts\n"
    )
    assert (
        bare.refused("init", "nowhere") == "nowhere: is no folder; name the folder of a repository"
    )


def test_the_same_repository_gives_the_same_draft(bare: World) -> None:
    for name in ("b", "a", "c"):
        bare.write(f"runs/{name}/adapter_config.json", PEFT)
        bare.write(f"results/{name}.csv", f"model,acc,loss\nx{name},0.5,1.5\ny{name},0.25,2.5\n")
    first = drafted(bare)
    assert drafted(bare, "--force") == first
    assert first.count("\n[family.") == 4


NOISE = {
    "a package": ("package.json", '{"version": 1, "size": 20}'),
    "a lock of packages": ("package-lock.json", '{"lockfileVersion": 3}'),
    "a set-up": ("config/report.json", '{"width": 20, "height": 10}'),
    "an installed package": ("node_modules/x/results.json", '{"score": 0.5, "loss": 2}'),
    "a fixture": ("tests/results.json", '{"score": 0.5, "loss": 2}'),
    "a workflow": (".github/workflows/bench.yml", "jobs: {bench: {timeout: 20, score: 3}}"),
    "an object without results": ("colours.json", '{"red": 20, "green": 10}'),
    "prose": ("results.md", "| model | acc |\n|---|---|\n| x | 0.5 |\n| y | 0.25 |\n"),
}


@pytest.mark.parametrize(("name", "text"), NOISE.values(), ids=NOISE)
def test_noise_is_passed_over(bare: World, name: str, text: str) -> None:
    bare.write(name, text)
    assert bare.run("init").out.startswith(f"{NOTHING}Next: ")


LEFT_OUT = {
    "rows by number alone": (
        "answers.csv",
        "id,right\n" + "".join(f"{number},{number % 2}\n" for number in range(50)),
        "50 rows that no names tell apart: raw data",
    ),
    "texts to read": (
        "answers.csv",
        "question,score\n" + "".join(f"{'why ' * 40}{n},0.{n}\n" for n in range(9)),
        "9 rows that no names tell apart: raw data",
    ),
    "a data set": (
        "data/train.csv",
        "word,length\nhouse,5\ntree,4\nflower,6\n",
        "3 rows that no names tell apart: raw data",
    ),
    "more rows than people read": (
        "results.csv",
        "model,acc\n" + "".join(f"net {chr(97 + n % 26)}{n},0.{n}\n" for n in range(2001)),
        "more than 2,000 rows that no names tell apart: raw data",
    ),
    "what is not checked out": (
        "results.csv",
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n",
        "is a Git-LFS pointer, not checked out",
    ),
    "what was logged for each step": (
        "runs/log.csv",
        "metric,step,value\nacc,1,0.5\nacc,2,0.75\n",
        "what was logged in the course of a run: name what documents tell of it",
    ),
    "what is broken": ("results.json", "{", "is not JSON (Expecting property name enclosed in"),
}


@pytest.mark.parametrize(("name", "text", "reason"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_left_out_is_told(bare: World, name: str, text: str, reason: str) -> None:
    bare.write(name, text)
    bare.write("adapter_config.json", PEFT)
    assert f"# Left out:\n#   {name}: {reason}" in drafted(bare)
    assert f"left out: {name}: {reason}" in bare.run("init", "--force").out


def test_what_is_left_out_of_a_draft_that_is_not_written_is_told_as_it_would_be(
    bare: World,
) -> None:
    for number in range(14):
        bare.write(f"part{number}.csv", "id,right\n1,1\n2,0\n")
    told = bare.run("init").out
    assert told.count(" rows that no names tell apart: raw data\n") == 12
    assert "\nleft out: 2 more\nNext: " in told
    bare.write("adapter_config.json", PEFT)
    assert "\nleft out: 9 more, see the end of claims.toml\nNext: " in bare.run("init").out


def test_of_a_run_the_last_checkpoint_counts(bare: World) -> None:
    bare.write("run/adapter_config.json", PEFT)
    for step in (500, 1000):
        bare.write(f"run/checkpoint-{step}/adapter_config.json", PEFT)
        state = json.dumps({"global_step": step, "epoch": 1.0})
        bare.write(f"run/checkpoint-{step}/trainer_state.json", state)
    text = drafted(bare)
    assert text.count("[family.") == 1
    assert (
        'artifacts = ["run/adapter_config.json", "run/checkpoint-1000/trainer_state.json"]' in text
    )
    assert "#   run/checkpoint-500/trainer_state.json: an earlier state of the run\n" in text


def test_a_script_belongs_to_the_run_of_its_model(bare: World) -> None:
    bare.write("runs/a/adapter_config.json", PEFT)
    bare.write("runs/b/adapter_config.json", PEFT.replace("llama-3-8b", "llama-3-70b"))
    bare.write("train.sh", "python train.py --model org/llama-3-70b --epochs 3\n")
    assert 'artifacts = ["runs/b/adapter_config.json", "train.sh"]' in drafted(bare)


def test_an_archive_is_looked_into(bare: World) -> None:
    with tarfile.open(bare.root / "pkg.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("fine/adapter_config.json")
        info.size = len(PEFT)
        archive.addfile(info, io.BytesIO(PEFT.encode()))
    assert drafted(bare) == (
        "# PEFT adapter config; base model org/llama-3-8b\n[family.fine]\n"
        'title = "fine"\nartifacts = ["pkg.tar.gz::fine/adapter_config.json"]\n'
    )


def test_runs_that_only_their_folders_tell_apart_are_one_table(bare: World) -> None:
    for name in ("small", "large", "huge"):
        bare.write(
            f"runs/{name}/metrics.json", f'{{"accuracy": 0.11{len(name)}, "loss": 1.11{len(name)}}}'
        )
    bare.write("README.md", "# Nets\n")
    assert drafted(bare) == (
        '# JSON\n[family.nets]\ntitle = "Nets"\n\n'
        "# 3 rows of 3 files: accuracy, loss\n[[family.nets.table]]\n"
        'artifact = "runs/*/metrics.json"\nrows = "@"\nkeys = ["run"]\n'
    )
    told = (
        "The huge run has an accuracy of 0.114, the large one 0.115, the small one a loss of"
        " 1.115.\n"
    )
    bare.write("doc.md", f"{told}\nThe huge run has a loss of 1.116.\n")
    found = json.loads(bare.run("check", "doc.md", "--output-format", "json").out)
    assert [one["claim"]["text"] for one in found] == ["1.116"]


def test_files_of_one_folder_that_tell_the_same_are_families_of_their_own(bare: World) -> None:
    for name in ("birds", "trees"):
        bare.write(f"results/{name}.csv", f"model,acc\nx,0.{ord(name[0])}\ny,0.5\n")
    text = drafted(bare)
    assert text.count("[[family.birds_results.table]]") == 1
    assert text.count("[[family.trees_results.table]]") == 1


def test_what_git_ignores_is_not_looked_at(bare: World) -> None:
    subprocess.run(("git", "init", "--quiet"), cwd=bare.root, check=True)
    bare.write(".gitignore", "old/\n")
    bare.write("old/adapter_config.json", PEFT)
    bare.write("new/adapter_config.json", PEFT)
    assert '\nartifacts = ["new/adapter_config.json"]\n' in drafted(bare)


def test_links_and_pipes_are_passed_over(bare: World) -> None:
    bare.write("adapter_config.json", PEFT)
    os.symlink(bare.root, bare.root / "circle")
    os.symlink("/etc", bare.root / "etc")
    os.symlink("adapter_config.json", bare.root / "link.json")
    os.mkfifo(bare.root / "results.json")
    assert 'artifacts = ["adapter_config.json"]\n' in drafted(bare)


def test_a_large_repository_is_looked_at_near_its_root(
    bare: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finds, "MAX_OPENED", 2)
    bare.write("adapter_config.json", PEFT)
    bare.write("deep/down/adapter_config.json", PEFT)
    assert bare.run("init").out.splitlines()[1] == (
        "unsure: the repository is large: only the files near its root were looked at"
    )


def test_what_is_left_out_alike_is_told_once(bare: World) -> None:
    bare.write("adapter_config.json", PEFT)
    for name in "abc":
        bare.write(f"results/{name}.json", "{")
        bare.write(f"runs/{name}/eval.json", "[")
    out = bare.run("init").out
    assert out.splitlines()[1:3] == [
        "left out: results (3 files): is not JSON (Expecting property name enclosed in double "
        "quotes), and so on",
        "left out: */eval.json (3 files): is not JSON (Expecting value), and so on",
    ]


def test_what_can_be_installed_is_wanted_once(bare: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    bare.write("adapter_config.json", PEFT)
    for name in ("a/one", "b/two", "c/three"):
        bare.write(f"{name}.xlsx", b"PK\3\4")
    assert bare.run("init").out.splitlines()[1] == (
        "left out: a/one.xlsx and 2 more: needs the extra 'excel', which is not installed"
    )


ONE_ROW = "Models:\n- {{Name: {0}, In Collection: Nets, Results: [{{Metrics: {{Top 1: {1}}}}}]}}\n"


def test_a_broken_file_is_left_out_of_the_table_of_the_others(bare: World) -> None:
    for number, name in enumerate(("small", "large", "huge", "vast"), start=1):
        bare.write(f"configs/{name}/metafile.yml", ONE_ROW.format(f"net-{name}", f"7{number}.5"))
    bare.write("configs/broken/metafile.yml", 2 * ONE_ROW.format("net-broken", "75.5"))
    reason = "configs/broken/metafile.yml: says the key 'Models' twice in one mapping"
    assert drafted(bare) == (
        '# model metafile\n[family.metafile]\ntitle = "metafile"\n\n'
        "# 4 rows of 4 files: Top 1\n[[family.metafile.table]]\n"
        'artifact = "configs/*/metafile.yml"\nexclude = ["configs/broken/metafile.yml"]\n'
        f'keys = ["model"]\n\n# Left out:\n#   {reason}\n'
    )
    assert f"left out: {reason}\n" in bare.run("init", "--force").out
    told = "configs/broken/metafile.yml: 'exclude' leaves out 1 file\n"
    assert told in bare.run("build").out


def test_metafiles_of_one_model_are_tables(bare: World) -> None:
    bare.write("configs/small/metafile.yml", ONE_ROW.format("net-small", "71.5"))
    assert 'artifact = "configs/small/metafile.yml"\nkeys = ["model"]\n' in drafted(bare)
    bare.write("configs/large/metafile.yml", ONE_ROW.format("net-large", "72.5"))
    text = drafted(bare, "--force")
    assert 'artifact = "configs/*/metafile.yml"\nkeys = ["model"]\n' in text
    assert text.count("artifact = ") == 1


def test_files_that_are_long_together_are_one_table(bare: World) -> None:
    for digit, name in enumerate(("birds", "birds-night", "birds-rain")):
        rows = "".join(f"net {chr(97 + n % 26)}{n},{n % 97}.{digit}\n" for n in range(900))
        bare.write(f"results/{name}.csv", f"model,accuracy\n{rows}")
    assert 'artifact = "results/*.csv"\nkeys = ["model", "run"]\n' in drafted(bare)


def test_rows_of_names_are_not_told_apart_by_a_count_beside_others(bare: World) -> None:
    bare.write("results/by_task.csv", "model,task,n,acc\na,x,9,1.0\na,y,8,0.3\nb,x,7,0.4\n")
    bare.write("results/on_dev.csv", "model,n,acc\na,21,0.5\nb,20,0.6\n")
    bare.write("results/on_test.csv", "model,n,acc\na,11,0.7\nb,10,0.7\n")
    told = 'artifact = "results/*.csv"\nkeys = ["model", "task", "run"]\n'
    assert told in drafted(bare)


def test_objects_by_name_are_no_rows_beside_files_of_one_each(bare: World) -> None:
    small, large = {"recall": 0.5, "hits": 3}, {"recall": 0.25, "hits": 7}
    bare.write("results/both.json", json.dumps({"small": small, "large": large}))
    bare.write("results/small.json", json.dumps({"model": "net-small", **small}))
    bare.write("results/large.json", json.dumps({"model": "net-large", **large}))
    text = drafted(bare)
    assert 'artifact = "results/both.json"\nrows = "@"\nkeys = ["name"]\n' in text
    assert "# Left out" not in text


def test_tables_of_other_rows_are_one_family(bare: World) -> None:
    bare.write("results/early.csv", "model,recall,f1\nnet-a,0.5,0.2\nnet-b,0.7,0.4\n")
    bare.write("results/late.tsv", "model\trecall\tf1\nnet-c\t0.6\t0.3\nnet-d\t0.8\t0.5\n")
    assert drafted(bare).count("title = ") == 1
    bare.write("results/late.tsv", "model\trecall\tf1\nnet-a\t0.6\t0.3\nnet-d\t0.8\t0.5\n")
    assert drafted(bare, "--force").count("title = ") == 2


def test_a_measure_that_an_earlier_table_tells_otherwise_is_told_once(bare: World) -> None:
    bare.write("results/a.csv", "model,size,recall,hits\nnet-a,3.2,0.5,2\nnet-b,4.1,0.7,4\n")
    bare.write(
        "results/b.tsv", "model\tsize\tacc\tloss\nnet-a\t3.5\t0.6\t1.2\nnet-c\t5\t0.8\t1.4\n"
    )
    text = drafted(bare)
    assert text.count("title = ") == 1
    assert 'artifact = "results/b.tsv"\nkeys = ["model"]\ncolumns = ["acc", "loss"]\n' in text
    told = "#   results/b.tsv: size: told otherwise by another table"
    assert told in text


def test_a_value_that_is_passed_over_is_told(bare: World) -> None:
    bare.write("adapter_config.json", PEFT.replace("8", "NaN", 1))
    told = "unsure: adapter_config.json: /r is NaN, where the rank should stand"
    assert told in bare.run("init").out


def test_a_log_of_many_steps_is_left_out_and_told(bare: World) -> None:
    steps = [{"epoch": n / 9, "learning_rate": 1 / n, "loss": 9 / n, "step": n} for n in (1, 2, 3)]
    evaluated = {"epoch": 0.5, "eval_loss": 0.75, "step": 3}
    bare.write("README.md", "# Sorter\n")
    bare.write("trainer_state.json", json.dumps({**STATE, "log_history": [*steps, evaluated]}))
    assert drafted(bare).endswith(
        "# 3 rows: epoch, loss\n[[family.sorter.table]]\n"
        'artifact = "trainer_state.json"\nrows = "log_history[?loss]"\nkeys = ["step"]\n'
        'columns = ["epoch", "loss"]\nnames = { loss = ["training loss", "train loss"] }\n'
    )
    many = [{"epoch": n / 9, "loss": 9 / n, "step": n} for n in range(1, 60)]
    bare.write("trainer_state.json", json.dumps({**STATE, "log_history": many}))
    assert ".table]]" not in drafted(bare, "--force")
    told = (
        "left out: trainer_state.json: 59 steps that were logged: name what documents tell of them"
    )
    assert told in bare.run("init", "--force").out


@pytest.mark.parametrize("folder", ["last-checkpoint", "best_checkpoint", "checkpoint-best"])
def test_a_checkpoint_by_a_word_is_a_state_of_the_run(bare: World, folder: str) -> None:
    bare.write("trainer_state.json", json.dumps(STATE))
    bare.write(f"{folder}/trainer_state.json", json.dumps({**STATE, "global_step": 250}))
    assert 'artifacts = ["trainer_state.json"]' in drafted(bare)
    told = f"left out: {folder}/trainer_state.json: an earlier state of the run\n"
    assert told in bare.run("init", "--force").out


def test_a_comment_in_a_code_block_is_no_title(bare: World) -> None:
    bare.write("README.md", "```bash\n# 1. Clone the repo\n```\n\n# Sorter\n")
    bare.write("adapter_config.json", PEFT)
    assert 'title = "Sorter"\n' in drafted(bare)


def test_numbers_of_one_of_many_runs_are_called_by_their_path(bare: World) -> None:
    names = ["finch", "wren", "tern", "gull", "owl", "duck", "crow", "ibis", "heron", "robin"]
    for at, name in enumerate(names):
        metrics = {f"{name}_recall": 0.111 + at / 100, f"{name}_accuracy": 0.5 + at / 1000}
        bare.write(f"{name}s/results/fold_{at}.json", json.dumps(metrics))
    bare.write("README.md", "# Nets\n")
    text = drafted(bare)
    assert '[family.gulls_results_fold_3]\ntitle = "gulls/results/fold_3"\n' in text
    told = "gull recall is 0.999, the gull accuracy 0.503."
    bare.write(
        "doc.md", f"In Fold 3 the {told}\n\n# Again\n\n`gulls/results/fold_3.json`: the {told}\n"
    )
    found = json.loads(bare.run("check", "doc.md", "--output-format", "json").out)
    assert [(one["line"], one["claim"]["text"]) for one in found] == [(5, "0.999")]


def test_a_table_of_many_runs_is_drafted_beside_a_file_of_each() -> None:
    def draft(path: str, rows: int, value: str) -> Draft:
        shape = Shape(("model",), ("accuracy",), has_others=False)
        cells = frozenset(((f"net {at}",), "accuracy", value) for at in range(rows))
        return Draft(path, "", shape, "JSON", rows, 1, cells=cells)

    lone = [draft(f"results/{name}.json", 1, name) for name in "abcdefghijklmn"]
    many = draft("results/final.csv", 8, "0.5")
    found = grouped(Finds((), (), (), (), (), True, frozenset()), [*lone, many], "Nets")
    assert [one.artifact for family in found.families for one in family.tables] == [many.artifact]
    reason = "14 runs that no column tells apart: name those that documents tell of"
    assert found.left_out == (("results", reason),)


LONE = json.dumps({"red": 20, "green": 10.5})


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("colours.json", LONE, "See `colours.json`."),
        ("art/colours.json", LONE, "See [them](../art/colours.json#L3)."),
        ("release_manifest.json", LONE, "All of `release_manifest.json` counts."),
        ("a/submission.json", json.dumps({"val_loss": 1.25, "bytes": 10}), ""),
        ("a/submission.json", json.dumps({"top1_accuracy": 0.5, "bytes": 10}), ""),
    ],
    ids=["named", "linked", "a manifest", "a loss", "an accuracy"],
)
def test_one_object_that_is_told_of_or_tells_measures_is_drafted(
    bare: World, name: str, text: str, told: str
) -> None:
    bare.write(name, text)
    bare.write("docs/guide.md", f"# Guide\n\n{told}\n")
    assert bare.run("init").status == 0
    assert f'artifact = "{name}"' in bare.files()["claims.toml"].decode()


@pytest.mark.parametrize("name", ["config/colours.json", "manifest.json", "other.json"])
def test_one_object_that_is_a_set_up_or_not_told_of_is_not(bare: World, name: str) -> None:
    bare.write(name, LONE)
    bare.write("README.md", "# Guide\n\nSee `colours.json`, `ther.json` and `x-manifest.json`.\n")
    assert bare.run("init").status == 1
