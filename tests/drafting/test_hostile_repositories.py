"""Repositories that are made to harm who drafts a registry for them."""

import subprocess
import tarfile
import zipfile

import pytest
from cli_world import PEFT, World

HOSTILE = {
    "JSON that is deep": (
        "results.json",
        "[" * 5000 + "]" * 5000,
        "is nested too deeply to be read",
    ),
    "JSON that says a key twice": (
        "results.json",
        '{"acc": 0.5, "acc": 0.6}',
        "says the key 'acc' twice in one object",
    ),
    "YAML that doubles": (
        "results.yaml",
        "a0: &a0 [1]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]\n" for n in range(40)),
        "holds more than 500,000 values, the most read",
    ),
    "a table with ragged rows": ("results.csv", "a,b\n1\n", "has 1 cells where the head has 2"),
    "another encoding": ("results.csv", b"\xff\xfea\0", "is UTF-16, not UTF-8"),
    "a damaged archive": (
        "run.tar.gz",
        b"\x1f\x8bnone",
        "is in a damaged archive, or in none of tar, tar.gz, tar.bz2, tar.xz, tar.zst, zip",
    ),
    "a large table": ("results.csv", "a\n" * 2**23 + "1\n", "larger than 16 MB: raw data"),
}


@pytest.mark.parametrize(("name", "data", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_read_is_left_out(
    bare: World, name: str, data: str | bytes, reason: str
) -> None:
    bare.write(name, data)
    bare.write("adapter_config.json", PEFT)
    status, out, _ = bare.run("init")
    assert (status, out.splitlines()[1]) == (0, f"left out: {name}: {reason}")


def test_an_archive_that_swells_is_left_out(bare: World) -> None:
    with zipfile.ZipFile(bare.root / "run.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("adapter_config.json", b" " * 2**27)
    assert bare.run("init").out.splitlines()[1] == (
        "left out: run.zip: is larger than 67,108,864 bytes, the most that is read"
    )


def test_links_in_an_archive_are_not_followed(bare: World) -> None:
    with tarfile.open(bare.root / "run.tar", "w") as archive:
        link = tarfile.TarInfo("../adapter_config.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert bare.run("init").status == 1


def test_names_are_quoted_and_steer_nothing(bare: World) -> None:
    folder = "a'\"]\\[family.x]"
    bare.write(f"{folder}/adapter_config.json", PEFT)
    bare.write("b\nc/adapter_config.json", PEFT)
    assert bare.run("init").out.startswith("claims.toml: 1 family, 1 artifact, 2 facts\n")
    assert bare.run("build", "--check").status == 0


def test_what_a_repository_configures_git_to_run_is_not_run(bare: World) -> None:
    bare.write("monitor.sh", f"#!/bin/sh\ntouch {bare.root}/ran\n")
    (bare.root / "monitor.sh").chmod(0o755)
    for command in (("init", "--quiet"), ("config", "core.fsmonitor", "./monitor.sh")):
        subprocess.run(("git", *command), cwd=bare.root, check=True)
    bare.write("adapter_config.json", PEFT)
    assert bare.run("init").status == 0
    assert "ran" not in bare.files()


def test_a_repository_without_git_is_walked(bare: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    bare.write("adapter_config.json", PEFT)
    assert bare.run("init").status == 0
