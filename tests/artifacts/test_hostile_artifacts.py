"""Hostile and broken input to every reader: a reading or one line, in bounded time and memory."""

import io
import json
import os
import pickle
import subprocess
import sys
import tarfile
import time
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mirage_lint import artifacts
from mirage_lint.artifacts import archives, files, pointers
from mirage_lint.errors import MirageError

NAMES = (
    *("a.json", "a.jsonl", "a.csv", "a.tsv", "a.yaml", "a.toml", "a.ipynb", "a.py", "a.sh"),
    *("adapter_config.json", "trainer_state.json", "training_args.bin", "metafile.yml"),
    *("config.json", "all_results.json", "1_Pooling/config.json", "a.safetensors.index.json"),
    *("a.safetensors", "a.gguf", "a.parquet", "a.xlsx", "events.out.tfevents.1.host"),
    *("a.md", "Makefile", "dvc.lock", "a.dvc", ".eval_results/a.yaml"),
    *("mlruns/1/b/params/a", "mlruns/1/b/metrics/a"),
)
DEEP, LONG = 10_000, "9" * 5000
PAYLOADS = {
    "deep lists": "[" * DEEP + "]" * DEEP,
    "deep objects": '{"a":' * DEEP + "1" + "}" * DEEP,
    "deep brackets in a value": "a = " + "(" * DEEP + ")" * DEEP,
    "a long number": LONG,
    "a long number in an object": f'{{"r": {LONG}, "global_step": -{LONG}}}',
    "a long number in a list of objects": f'[{{"a": {LONG}}}]',
    "a long number in TOML or Python": f"a = {LONG}\n",
    "a long number in YAML": f"a: {LONG}\nb: 0x{LONG}\n",
    "a long number in a table": f"a,b\n1,{LONG}\n",
    "a long exponent": '{"a": 1e999999999, "r": 1E-999999999}',
    "NaN and Infinity": '{"r": NaN, "epoch": Infinity, "global_step": -Infinity}',
    "duplicate keys": '{"r": 8, "r": 16}',
    "ragged rows": "a,b\n1\n1,2,3\n",
    "NULs": "a,b\n\0,\0\n",
    "only NULs": "\0" * 100,
    "Latin-1": "a,b\n1,\xe9\n".encode("latin-1"),
    "UTF-16": '{"r": 8}'.encode("utf-16"),
    "UTF-32": '{"r": 8}'.encode("utf-32"),
    "half a character": b'{"r": "\xf0\x9f"}',
    "half a surrogate pair": '{"r": "\\ud800", "base_model_name_or_path": "\\ud800/x"}',
    "a list where an object should be": '[1, "x", null]',
    "objects of other types": '{"log_history": {"a": 1}, "lora_parameters": [], "cells": 3}',
    "many quotes": '"' * 100_001,
    "many brackets": "[{" * 5000,
    "one long line": '"' + "x" * 300_000 + '"',
    "many lines": "a\n" * 100_000,
    "many anchors": "".join(f"k{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60)),
    "a merge of itself": "a: &a\n  <<: *a\n",
    "a pickle that is cut": pickle.dumps({"num_train_epochs": 3})[:-5],
    "a pickle of a long number": pickle.dumps({"num_train_epochs": int("9" * 4000)}),
    "a pickle of deep lists": b"(l" * DEEP + b"." ,
    "a head alone": "a,b",
    "random bytes": bytes(range(256)) * 40,
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_reader_gives_a_reading_or_one_line(
    tmp_path: Path, name: str, payload: str | bytes
) -> None:
    data = payload if isinstance(payload, bytes) else payload.encode()
    assert _read(tmp_path, name, data)


VALID = {
    "a.json": json.dumps({"runs": [{"acc": 0.5, "name": "a \u00e9"}] * 5}),
    "a.jsonl": '{"acc": 0.5}\n{"acc": 1}\n',
    "a.csv": 'acc,name\n0.5,"a\nb"\n1,c\n',
    "a.yaml": "runs:\n- {acc: 0.5, name: 'a'}\n- &x [1, 2]\n- *x\n",
    "a.toml": '[run]\nacc = 0.5\nname = """a"""\n',
    "adapter_config.json": '{"peft_type": "LORA", "r": 8}',
    "trainer_state.json": '{"global_step": 3, "log_history": [{"loss": 0.5}]}',
    "a.py": 'import argparse\nparser.add_argument("--seeds", default=20)\n',
    "a.sh": 'ITERS=500\nrun --iters "$ITERS"\n',
    "Makefile": "ITERS = 500\nall:\n\trun --iters $(ITERS)\n",
    "a.md": "---\nbase_model: org/a-7b\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
}
BESIDE = Path(__file__).parent
MADE = {
    place.relative_to(BESIDE).as_posix(): place.read_bytes()
    for folder in ("made", "made_data")
    for place in sorted((BESIDE / folder).rglob("*"))
    if place.is_file() and place.suffix not in (".py", ".pyc")
}
CUTS = 40
"""How many times a file that software has made is cut."""


@pytest.mark.parametrize("name", VALID)
def test_a_file_that_is_cut_anywhere_is_told(tmp_path: Path, name: str) -> None:
    whole = VALID[name].encode()
    results = [_read(tmp_path, name, whole[:length]) for length in range(len(whole) + 1)]
    assert all(results)
    assert results[-1] == "read"
    assert results[0] == f"{name}: is empty; write the artifact again, or remove it from the list"


@pytest.mark.parametrize("name", MADE)
def test_a_made_file_that_is_cut_or_changed_anywhere_is_told(tmp_path: Path, name: str) -> None:
    whole = MADE[name]
    assert _read(tmp_path, name, whole)
    for cut in range(0, len(whole), len(whole) // CUTS + 1):
        assert _read(tmp_path, name, whole[:cut])
        assert _read(tmp_path, name, whole[:cut] + b"\xff" + whole[cut + 1 :])


def _read(folder: Path, name: str, data: bytes) -> str:
    """Whether it is read, or the one line about it; all of it is gone through."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    started = time.monotonic()
    try:
        stored = files.load(name, folder)
        assert stored is not None
        content = artifacts.read(stored).content
        assert pointers.every(content, name) is not None
        for row in content.records:
            assert row is not None
    except MirageError as error:
        told = str(error)
        assert told.startswith(name)
        assert "\n" not in told
    else:
        told = "read"
    assert time.monotonic() - started < 5
    return told


def test_a_long_number_keeps_its_text(tmp_path: Path) -> None:
    assert _read(tmp_path, "a.json", f'{{"r": {LONG}}}'.encode()) == "read"
    with pytest.raises(ValueError, match="4300 digits"):
        tomllib.loads(f"a = {LONG}")
    told = _read(tmp_path, "a.toml", f"a = {LONG}".encode())
    assert told.startswith("a.toml: is not TOML (")
    assert told.endswith("value has 5000 digits); mend it")


def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text("{}")

    def refuse(*given: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(MirageError) as error:
        files.load("a.json", tmp_path)
    assert str(error.value) == "a.json: cannot be read (Permission denied)"


def test_a_pipe_that_takes_the_place_of_a_file_makes_nobody_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    regular = (tmp_path / "regular").write_text("x") and (tmp_path / "regular").stat()
    os.mkfifo(tmp_path / "a.json")
    monkeypatch.setattr(Path, "stat", lambda place, **how: regular)
    with pytest.raises(MirageError, match=r"a.json: is not a regular file"):
        files.load("a.json", tmp_path)


@pytest.mark.parametrize("path", ["a.json", "a.tar::a.json"])
def test_a_file_that_changes_while_it_is_read_is_told(
    tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text('{"r": 8}')
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.add(tmp_path / "a.json", "a.json")
    outer = tmp_path / path.partition("::")[0]

    def then_change(through: Callable[..., object]) -> Callable[..., object]:
        def changed(*given: object) -> object:
            found = through(*given)
            with outer.open("ab") as file:
                file.write(b" ")
            return found

        return changed

    monkeypatch.setattr(files, "_read", then_change(files._read))
    monkeypatch.setattr(archives, "member", then_change(archives.member))
    with pytest.raises(MirageError) as error:
        files.load(path, tmp_path)
    assert str(error.value) == (
        f"{outer.name}: changed while it was read; run again when it is written"
    )


@pytest.mark.parametrize("name", ["../a.json", "/a.json", "x/../../a.json"])
@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_a_member_that_would_leave_its_archive_stays_in_it(
    tmp_path: Path, name: str, kind: str
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "a.json").write_text('{"outside": 1}')
    data = b'{"inside": 1}'
    if kind == "tar":
        info = tarfile.TarInfo(name)
        info.size = len(data)
        with tarfile.open(inner / "pkg", "w") as pack:
            pack.addfile(info, io.BytesIO(data))
    else:
        with zipfile.ZipFile(inner / "pkg", "w") as pack:
            pack.writestr(name, data)
    stored = files.load(f"pkg::{name}", inner)
    assert stored is not None
    assert stored.data == data
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "inner"]


CLAIMS = 'version = 1\n[family.run]\ntitle = "A run"\n'
FACT = '[[family.run.fact]]\nmetric = "m"\nartifact = "{}"\n{}\n'
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefghijklmno", "bcdefghijklmnop", strict=True)
)


def _bomb(place: Path) -> None:
    with tarfile.open(place, "w:gz") as archive:
        info = tarfile.TarInfo("zeros")
        info.size = 100 * 2**20
        with Path("/dev/zero").open("rb") as zeros:
            archive.addfile(info, zeros)


def _zip_bomb(place: Path) -> None:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", bytes(60 * 2**20))


def _sparse(head: bytes) -> Callable[[Path], None]:
    def write(place: Path) -> None:
        place.write_bytes(head)
        os.truncate(place, 200 * 2**20)

    return write


def _text(text: str) -> Callable[[Path], None]:
    return lambda place: place.write_text(text) and None


BOMBS = {
    "a tar that expands without end": (
        *("a.tar.gz", _bomb, FACT.format("a.tar.gz::a.json", 'pointer = "/a"')),
        "a.tar.gz::a.json: is in an archive that decompresses to more than 250 times its size;"
        " pack the artifacts by themselves",
    ),
    "a zip that expands without end": (
        *("a.zip", _zip_bomb, FACT.format("a.zip::a.json", 'pointer = "/a"')),
        "a.zip::a.json: is in an archive that decompresses to more than 250 times its size;"
        " pack the artifacts by themselves",
    ),
    "a billion laughs": (
        *("a.yaml", _text(LAUGHS), FACT.format("a.yaml", 'pointer = "/a"')),
        "a.yaml:6: holds more than 500,000 values, the most read; mend that line",
    ),
    "deep JSON": (
        *("a.json", _text("[" * DEEP + "]" * DEEP), FACT.format("a.json", 'pointer = "/0"')),
        "a.json: is nested too deeply to be read; make it flatter",
    ),
    "a line of JSON of 200 MB": (
        *("a.json", _sparse(b'{"a": 1}'), FACT.format("a.json", 'pointer = "/a"')),
        "claims.toml:4: 'a.json' is larger than 67,108,864 bytes, the most that is read; point at"
        " a smaller file",
    ),
    "a line of JSON Lines of 200 MB": (
        *("a.jsonl", _sparse(b'{"a": 1}'), FACT.format("a.jsonl", 'sum = "a"')),
        "a.jsonl:1: is a line of more than 8,388,608 bytes, the most that is read; write it in"
        " shorter lines",
    ),
    "a line of CSV of 200 MB": (
        *("a.csv", _sparse(b"a,b\n1,2\n3,"), FACT.format("a.csv", 'sum = "a"')),
        "a.csv:3: is a line of more than 8,388,608 bytes, the most that is read; write it in"
        " shorter lines",
    ),
    "a device": (
        *("a", _text("x"), FACT.format("/dev/zero", 'pointer = "/a"')),
        "/dev/zero: is not a regular file; name a file, not a folder or device",
    ),
    "a pipe": (
        *("a.csv", os.mkfifo, FACT.format("a.csv", 'sum = "a"')),
        "a.csv: is not a regular file; name a file, not a folder or device",
    ),
    "a link to itself": (
        *("a.csv", lambda place: place.symlink_to("a.csv"), FACT.format("a.csv", 'sum = "a"')),
        "a.csv: cannot be read (Too many levels of symbolic links)",
    ),
}  # fmt: skip
MOST_SECONDS, MOST_BYTES = 20, 400 * 2**20
BUILD = (
    f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({MOST_BYTES}, {MOST_BYTES})); "
    "from mirage_lint import cli; raise SystemExit(cli.main(['build']))"
)


@pytest.mark.parametrize(("name", "make", "claims", "told"), BOMBS.values(), ids=BOMBS)
def test_a_build_of_it_ends_soon_within_its_memory_and_in_one_line(
    tmp_path: Path, name: str, make: Callable[[Path], None], claims: str, told: str
) -> None:
    make(tmp_path / name)
    (tmp_path / "claims.toml").write_text(CLAIMS + claims)
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (2, f"mirage-lint: {told}\n")
    assert not (tmp_path / "claims.lock").exists()


def test_folders_that_link_to_themselves_are_gone_through_once(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "again").symlink_to(tmp_path / "runs")
    (tmp_path / "runs" / "adapter_config.json").write_text('{"peft_type": "LORA", "r": 8}')
    (tmp_path / "claims.toml").write_text(f'{CLAIMS}artifacts = ["**/adapter_config.json"]\n')
    command = [sys.executable, "-m", "mirage_lint", "build"]
    told = subprocess.check_output(command, cwd=tmp_path, text=True, timeout=20)
    assert told == "claims.lock: 1 fact of 1 family from 1 artifact\n"
