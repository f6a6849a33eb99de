"""`mirage-lint watch` as people run it: a process, files that change, and Ctrl-C."""

import os
import pty
import signal
import subprocess
import sys

import pytest
from cli_world import CLAIMS, FALSE, PEFT, TRUE, World
from watched_process import saved, watching

from mirage_lint.artifacts import extras

FOUND = "doc.md:1:16: MIR101 '16': the rank of run is 8\n"
ONE = "Looked at 1 document, 1 claim: 0 verified, 1 contradicted, 0 not judged.\n"
RIGHT = "All right. Looked at 1 document, 1 claim: 1 verified, 0 contradicted, 0 not judged.\n"
START = f"watching; Ctrl-C ends\n{FOUND}Found 1 finding. {ONE}"
LINES = ("--output-format", "concise")


def test_a_whole_check_first_as_check_tells_it(built: World) -> None:
    with watching(built.root) as watch:
        assert watch.told() == f"watching; Ctrl-C ends\n{built.run('check', '.').out}"


def test_a_document_that_is_saved(built: World) -> None:
    with watching(built.root, *LINES) as watch:
        assert watch.told() == START
        saved(built.root / "doc.md", TRUE)
        assert watch.told() == f"changed: doc.md\n{RIGHT}"
        saved(built.root / "doc.md", FALSE)
        assert watch.told() == f"changed: doc.md\n{FOUND}Found 1 finding. {ONE}"


def test_an_artifact_and_which_sentences_now_lie(built: World) -> None:
    built.write("doc.md", TRUE)
    built.write("other.md", f"{TRUE}\n{FALSE}")
    with watching(built.root, *LINES) as watch:
        watch.told()
        before = built.files()
        saved(built.root / "adapter_config.json", PEFT.replace('"r": 8', '"r": 16'))
        told = watch.told()
    head, stale, artifact, *rest = told.splitlines()
    assert (head, stale) == (
        "changed: adapter_config.json",
        "MIR901 claims.lock is stale; run `mirage-lint build`",
    )
    assert artifact.startswith("  artifact adapter_config.json: ")
    assert rest == [
        "  run.rank: 8 -> 16 (adapter_config.json /r)",
        "doc.md:1:16: MIR101 '8': the rank of run is 16",
        "other.md:1:16: MIR101 '8': the rank of run is 16",
        "Found 2 findings. "
        "Looked at 2 documents, 3 claims: 1 verified, 2 contradicted, 0 not judged.",
    ]
    after = built.files()
    assert {name for name in after if after[name] != before.get(name)} == {"adapter_config.json"}


def test_a_lock_that_is_built(built: World) -> None:
    built.write("adapter_config.json", PEFT.replace('"r": 8', '"r": 12'))
    with watching(built.root, *LINES) as watch:
        assert "\nMIR901 claims.lock is stale; run `mirage-lint build`\n" in watch.told()
        assert built.run("build").status == 0
        assert watch.told() == (
            f"changed: claims.lock\nFound 1 finding, 1 of them as before. {ONE}"
        )


def test_a_registry_that_is_broken_for_a_while(built: World) -> None:
    with watching(built.root, *LINES) as watch:
        assert watch.told() == START
        saved(built.root / "claims.toml", f"{CLAIMS}x = ")
        broken = "claims.toml:6: is not valid TOML: Invalid value; correct that line\n"
        assert watch.told(r"claims.toml:\d.*\n") == f"changed: claims.toml\n{broken}"
        saved(built.root / "doc.md", TRUE)
        assert watch.told() == f"changed: doc.md\n{broken}{RIGHT}"
        saved(built.root / "claims.toml", CLAIMS)
        assert watch.told() == f"changed: claims.toml\n{RIGHT}"


def test_many_events_are_one_run(built: World) -> None:
    with watching(built.root, *LINES) as watch:
        watch.told()
        with watch.stopped():
            built.write("new.md", TRUE)
            for text in (TRUE, FALSE, TRUE):
                built.write("doc.md", text)
        assert watch.told() == (
            "changed: doc.md; new: new.md\nAll right. "
            "Looked at 2 documents, 2 claims: 2 verified, 0 contradicted, 0 not judged.\n"
        )
        (built.root / "doc.md").unlink()
        assert watch.told() == f"gone: doc.md\n{RIGHT}"
        assert watch.end() == 130
        assert watch.output.text == ""


def test_a_folder_that_goes_and_comes_again(built: World) -> None:
    built.write("docs/inner/page.md", TRUE)
    with watching(built.root, "docs", *LINES) as watch:
        assert watch.told() == f"watching; Ctrl-C ends\n{RIGHT}"
        os.rename(built.root / "docs", built.root / "away")
        assert watch.told("checked.\n") == (
            "gone: docs/inner/page.md\n"
            "docs: is absent; name Markdown files or folders of them\n"
            "1 document was not checked.\n"
        )
        built.write("away/inner/page.md", FALSE)
        os.rename(built.root / "away", built.root / "docs")
        assert watch.told() == (
            "new: docs/inner/page.md\n"
            f"docs/inner/page.md{FOUND.removeprefix('doc.md')}Found 1 finding. {ONE}"
        )


def test_ctrl_c_is_clean(built: World) -> None:
    with watching(built.root) as watch:
        watch.told()
        assert watch.end() == 130
        assert watch.output.text == ""


def test_on_a_terminal(built: World) -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "mirage_lint", "watch"],
        cwd=built.root,
        env={**os.environ, "TERM": "xterm"},
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    text = b""
    while b"not judged." not in text:
        text += os.read(leader, 65536)
    process.send_signal(signal.SIGINT)
    assert process.wait() == 130
    os.close(leader)
    assert text.startswith(b"\033[1m")
    assert b" watching; Ctrl-C ends\033[0m\r\n\033[1mdoc.md:1:16:\033[0m \033[31mMIR101" in text


def test_what_is_absent_is_told(bare: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", absent)
    assert bare.refused("watch", "doc.md") == (
        "watch: needs the extra 'watch', which is not installed; "
        "run `pip install 'mirage-lint[watch]'`"
    )


BAD = {
    "standard input": ("-", "-: cannot be watched; name documents or folders"),
    "a folder without documents": (
        "empty",
        "empty: holds no document; name some (.md, .markdown, .ipynb)",
    ),
    "no registry": ("--claims=no.toml", "no.toml: cannot be read (No such file or directory); "),
    "settings that are none": ("--config=no.toml", "no.toml: cannot be read"),
}


@pytest.mark.parametrize(("argument", "told"), BAD.values(), ids=BAD)
def test_bad_usage(built: World, argument: str, told: str) -> None:
    (built.root / "empty").mkdir()
    assert built.refused("watch", argument).startswith(told)
