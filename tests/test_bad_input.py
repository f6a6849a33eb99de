"""Bad input: one line with file, place and mend, exit status 2, nothing written."""

import io
import os
import tarfile

import pytest
from cli_world import CLAIMS, World

BUILD = "run `mirage-lint build`"
COMMANDS = {
    "check": ("check", "doc.md"),
    "claims": ("claims", "doc.md"),
    "selftest": ("selftest", "doc.md"),
    "facts": ("facts",),
    "suggest": ("suggest", "doc.md"),
    "build": ("build",),
    "build --check": ("build", "--check"),
}
NEED_LOCK = ("check", "claims", "selftest", "facts", "suggest")
every_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
every_reader_of_the_lock = pytest.mark.parametrize(
    "command", [COMMANDS[name] for name in NEED_LOCK], ids=NEED_LOCK
)


@every_command
def test_no_registry(bare: World, command: tuple[str, ...]) -> None:
    assert bare.refused(*command) == (
        ".: no claims.toml here or in a folder above; run `mirage-lint init` to draft one"
    )


@every_reader_of_the_lock
def test_no_lock(unbuilt: World, command: tuple[str, ...]) -> None:
    assert unbuilt.refused(*command) == f"claims.lock: is absent; {BUILD}"


@every_command
def test_a_registry_that_is_not_there(built: World, command: tuple[str, ...]) -> None:
    assert built.refused(*command, "--claims", "other.toml") == (
        "other.toml: cannot be read (No such file or directory); "
        "name a claims.toml that can be read"
    )


@every_command
def test_a_directory_as_the_registry(built: World, command: tuple[str, ...]) -> None:
    (built.root / "folder").mkdir()
    assert built.refused(*command, "--claims", "folder") == (
        "folder: is not a regular file; name a claims.toml"
    )


@every_command
def test_a_pipe_as_the_registry(built: World, command: tuple[str, ...]) -> None:
    os.mkfifo(built.root / "pipe.toml")
    assert built.refused(*command, "--claims", "pipe.toml") == (
        "pipe.toml: is not a regular file; name a claims.toml"
    )


BROKEN_CLAIMS = {
    "broken TOML": (
        f"{CLAIMS}x = [\n",
        "claims.toml:6: is not valid TOML: Invalid value; correct that line",
    ),
    "an unknown key": (
        f'{CLAIMS}alias = ["x"]\n',
        "claims.toml:6: family.run.alias: unknown key; did you mean 'aliases'?",
    ),
    "a missing key": (
        "version = 1\n[family.run]\n",
        "claims.toml:2: family.run.title: is missing; add `title = …`",
    ),
    "an empty file": ("", "claims.toml: version: is missing; add `version = …`"),
    "a newer version": (
        "version = 2\n",
        "claims.toml:1: version 2 is newer than this mirage-lint reads version 1; "
        "upgrade mirage-lint",
    ),
    "not UTF-8": (b"version = 1\n\xff", "claims.toml:2: is not UTF-8; save it as UTF-8"),
    "too large": (
        "#" * (2**20 + 1),
        "claims.toml: is larger than 1,048,576 bytes, the most that is read",
    ),
}


@every_command
@pytest.mark.parametrize(("claims", "told"), BROKEN_CLAIMS.values(), ids=BROKEN_CLAIMS)
def test_a_broken_registry(
    built: World, command: tuple[str, ...], claims: str | bytes, told: str
) -> None:
    built.write("claims.toml", claims)
    assert built.refused(*command) == told


BROKEN_LOCKS = {
    "an empty file": ("", f"claims.lock: is cut short; restore it, or delete it and {BUILD}"),
    "no lock": (
        "{}\n",
        f"claims.lock:1: is no line of a lock; restore it, or delete it and {BUILD}",
    ),
    "a newer version": (
        '{"claims": "", "lock": 2}\n',
        "claims.lock: is version 2, newer than this mirage-lint reads (1); upgrade mirage-lint",
    ),
    "not UTF-8": (b"\xff\n", f"claims.lock: is not UTF-8; restore it, or delete it and {BUILD}"),
    "a merge conflict": (
        "<<<<<<< ours\n",
        "claims.lock:1: holds merge conflict markers; "
        f"keep one side (git checkout --ours claims.lock), then {BUILD}",
    ),
}


@every_command
@pytest.mark.parametrize(("lock", "told"), BROKEN_LOCKS.values(), ids=BROKEN_LOCKS)
def test_a_broken_lock(
    built: World, command: tuple[str, ...], lock: str | bytes, told: str
) -> None:
    built.write("claims.lock", lock)
    assert built.refused(*command) == told


@every_command
@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_what_is_no_file_as_the_lock(built: World, command: tuple[str, ...], make) -> None:
    (built.root / "claims.lock").unlink()
    make(built.root / "claims.lock")
    assert built.refused(*command) == (
        f"claims.lock: cannot be read (no regular file); put a lock there, or {BUILD}"
    )


both_builds = pytest.mark.parametrize("command", [("build",), ("build", "--check")])


@both_builds
def test_a_missing_artifact(unbuilt: World, command: tuple[str, ...]) -> None:
    (unbuilt.root / "adapter_config.json").unlink()
    assert unbuilt.refused(*command) == (
        "claims.toml:5: artifact 'adapter_config.json' is absent, and no claims.lock holds its "
        "facts; put it there, or correct the path"
    )


@both_builds
def test_a_directory_as_an_artifact(unbuilt: World, command: tuple[str, ...]) -> None:
    (unbuilt.root / "adapter_config.json").unlink()
    (unbuilt.root / "adapter_config.json").mkdir()
    assert unbuilt.refused(*command) == (
        "claims.toml:5: artifact 'adapter_config.json' is a directory; "
        "name its files: adapter_config.json/*"
    )


@both_builds
def test_an_empty_artifact(unbuilt: World, command: tuple[str, ...]) -> None:
    unbuilt.write("adapter_config.json", "")
    assert unbuilt.refused(*command) == (
        "adapter_config.json: is empty; write the artifact again, or remove it from the list"
    )


@both_builds
def test_an_archive_without_the_member(unbuilt: World, command: tuple[str, ...]) -> None:
    with tarfile.open(unbuilt.root / "pkg.tar.gz", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("run/adapter_config.json"), io.BytesIO())
    unbuilt.write("claims.toml", CLAIMS.replace("adapter_config", "pkg.tar.gz::rum/adapter_config"))
    assert unbuilt.refused(*command) == (
        "pkg.tar.gz::rum/adapter_config.json: is not in the archive; "
        "did you mean run/adapter_config.json?"
    )


def test_an_unknown_rule(bare: World) -> None:
    assert bare.refused("explain", "denominator-mixpu") == (
        "denominator-mixpu: no such rule; did you mean denominator-mixup?"
    )
    assert bare.refused("explain", "").startswith(": no such rule; the rules are MIR101, ")


def test_too_many_model_names(bare: World) -> None:
    assert bare.refused("model", "a", "b", "c") == (
        "model: 3 names given; give one or two, in quotes"
    )


BAD_USAGE = {
    "an unknown command": ("lint",),
    "no document": ("check",),
    "no rule": ("explain",),
    "no model": ("model",),
    "an unknown option": ("check", "doc.md", "--mend"),
    "an unknown format": ("check", "doc.md", "--output-format", "yaml"),
}


@pytest.mark.parametrize("arguments", BAD_USAGE.values(), ids=BAD_USAGE)
def test_bad_usage(built: World, arguments: tuple[str, ...]) -> None:
    command = " ".join(["mirage-lint", *arguments[:1]]).removesuffix(" lint")
    assert built.refused(*arguments).endswith(f"; see `{command} --help`")


NEAR = {
    "a command": (("chek", "doc.md"), "'chek' is no command; did you mean check?"),
    "no command at all": (("zzz",), "'zzz' is no command;"),
    "an option": (
        ("check", "doc.md", "--ouput-format", "json"),
        "'--ouput-format' is no option of check; did you mean --output-format?",
    ),
    "an option with its value": (
        ("facts", "--claim=x"),
        "'--claim=x' is no option of facts; did you mean --claims?",
    ),
    "an option that is another command's": (
        ("claims", "doc.md", "--select", "MIR1"),
        "'--select' is no option of claims;",
    ),
    "a word too many": (("init", ".", "doc.md"), "'doc.md' is one argument too many;"),
}


@pytest.mark.parametrize(("arguments", "told"), NEAR.values(), ids=NEAR)
def test_what_was_likely_meant_is_told(built: World, arguments: tuple[str, ...], told: str) -> None:
    assert built.refused(*arguments).startswith(told)


def test_without_a_command_all_are_told(bare: World) -> None:
    status, out, err = bare.run()
    assert (status, out) == (2, "")
    assert err == bare.run("--help").out


def test_documents_may_stand_between_options(built: World) -> None:
    built.write("b.md", "Run A has rank 16.\n")
    built.write("-c.md", "Run A has rank 16.\n")
    options = ("--output-format", "concise", "b.md", "--isolated", "--", "-c.md")
    *lines, last = built.run("check", "doc.md", *options).out.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["doc.md", "b.md", "-c.md"]
    assert last.startswith("Found 3 findings.")
