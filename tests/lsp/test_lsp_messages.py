"""Nothing that is sent ends the server, and nothing but answers comes out of it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-m", "mirage_lint", "lsp"]
SECONDS = 120
"""After which a server that does not answer is ended."""
FAR = {"line": 2**31 - 1, "character": 2**31 - 1}
QUESTIONS = (
    *("hover", "definition", "declaration", "references", "completion"),
    *("documentSymbol", "inlayHint", "codeAction", "diagnostic"),
)
TEXTS = {
    "long line": "0.27% " * 50_000,
    "deep": "> " * 20_000 + "8 epochs",
    "brackets": "[" * 50_000 + "](" * 1_000,
    "comments": "<!-- claim: balanced.rank " * 5_000,
    "stray halves": "\ud800 8 epochs \udfff",
    "noughts": "\0\r\r\n\f\v\u2028 rank 8",
    "markdown": "| `<script>alert(1)</script>` | rank = 8 |\n|---|---|\n| **[x](y)** | 8 |",
}


class Wire:
    """Bytes to a server, and what it answers."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
        )
        self.clock = threading.Timer(SECONDS, self.process.kill)
        self.clock.start()
        self.number = 0
        self.told: list[Any] = []

    def raw(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def tell(self, method: str, **params: Any) -> None:
        self.send(method=method, params=params)

    def ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        self.send(id=self.number, method=method, params=params)
        for one in self.answers():
            self.told.append(one)
            if one.get("id") == self.number:
                return one
        raise AssertionError(f"no answer to {method}")

    def answers(self) -> Iterator[Any]:
        """All messages: whatever is no message fails."""
        out = self.process.stdout
        assert out
        while head := out.readline():
            assert head.startswith(b"Content-Length: "), head
            size = int(head.partition(b":")[2])
            while out.readline().strip():
                pass
            yield json.loads(out.read(size))

    def end(self) -> int:
        assert self.ask("shutdown")["result"] is None
        self.send(method="exit")
        return self.process.wait(30)


@pytest.fixture
def wire(example: Path) -> Iterator[Wire]:
    """A server that was introduced to the example."""
    made = Wire(example)
    made.ask("initialize", processId=None, rootUri=example.as_uri(), capabilities={})
    made.tell("initialized")
    yield made
    made.clock.cancel()
    made.process.kill()
    made.process.communicate()


def _all_questions(wire: Wire, uri: str, start: Any, end: Any) -> None:
    for name in QUESTIONS:
        wire.ask(
            f"textDocument/{name}",
            textDocument={"uri": uri},
            position=start,
            range={"start": start, "end": end},
            context={"diagnostics": [], "includeDeclaration": True, "triggerKind": 1},
        )


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_documents_are_read(wire: Wire, example: Path, name: str) -> None:
    uri = (example / "docs" / "new.md").as_uri()
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": TEXTS[name]}
    wire.tell("textDocument/didOpen", textDocument=document)
    _all_questions(wire, uri, {"line": 0, "character": 3}, {"line": 0, "character": 5})
    _all_questions(wire, uri, FAR, FAR)
    assert wire.end() == 0


def test_places_and_documents_that_are_not_there_have_answers(wire: Wire, example: Path) -> None:
    known = (example / "docs" / "new.md").as_uri()
    document = {"uri": known, "languageId": "markdown", "version": 1, "text": "rank 8\n"}
    wire.tell("textDocument/didOpen", textDocument=document)
    far = {"start": FAR, "end": {"line": 0, "character": 0}}
    identifier = {"uri": known, "version": 2}
    changes = [{"range": far, "text": "x"}, {"range": far, "text": "\ud83d"}]
    wire.tell("textDocument/didChange", textDocument=identifier, contentChanges=changes)
    odd = ("file:///none/at/all.md", "untitled:Untitled-1", "git:/a.md?{}", "file://[", "", "%00")
    for uri in (known, *odd):
        _all_questions(wire, uri, FAR, {"line": 0, "character": 0})
        gone = {"uri": uri, "version": 3}
        wire.tell("textDocument/didChange", textDocument=gone, contentChanges=[{"text": "8"}])
        wire.tell("textDocument/didSave", textDocument=gone)
        wire.tell("textDocument/didClose", textDocument=gone)
        wire.tell("textDocument/didOpen", textDocument={**document, "uri": uri})
    assert wire.end() == 0


def test_messages_that_are_none_are_passed_over(wire: Wire) -> None:
    for body in (b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 5000, b'{"jsonrpc":"2.0"}'):
        wire.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    wire.raw(b"Strange: header\r\nContent-Length: 2\r\n\r\n{}")
    assert "error" in wire.ask("textDocument/hover", position="nowhere")
    assert "error" in wire.ask("no/such/method")
    wire.tell("$/cancelRequest", id=99)
    wire.tell("$/setTrace", value="off")
    wire.tell("workspace/didChangeConfiguration", settings=[None])
    wire.tell("workspace/didChangeWatchedFiles", changes=[{"uri": "x:y", "type": 1}])
    assert wire.end() == 0


def test_a_question_can_be_taken_back(wire: Wire, example: Path) -> None:
    uri = (example / "docs" / "new.md").as_uri()
    text = (example / "docs" / "false" / "epochs.md").read_text(encoding="utf-8")
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text * 10}
    wire.tell("textDocument/didOpen", textDocument=document)
    span = {"start": {"line": 0, "character": 0}, "end": FAR}
    params = {"textDocument": {"uri": uri}, "range": span, "context": {"diagnostics": []}}
    wire.send(id="slow", method="textDocument/codeAction", params=params)
    wire.tell("$/cancelRequest", id="slow")
    wire.ask("textDocument/documentSymbol", textDocument={"uri": uri})
    (answer,) = [one for one in wire.told if one.get("id") == "slow"]
    assert "error" in answer
    assert wire.end() == 0


def test_a_document_that_is_too_large_for_a_check_is_no_end(wire: Wire, example: Path) -> None:
    uri = (example / "docs" / "new.md").as_uri()
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": "word\n" * 400_000}
    wire.tell("textDocument/didOpen", textDocument=document)
    wire.tell("textDocument/didClose", textDocument={"uri": uri})
    wire.tell("textDocument/didOpen", textDocument={**document, "text": "rank 8\n"})
    assert wire.ask("textDocument/documentSymbol", textDocument={"uri": uri})["result"]
    assert wire.end() == 0


def test_an_editor_that_goes_away_ends_it(example: Path) -> None:
    for ends in (b"", b"Content-Length: 33\r\n\r\n" + b'{"jsonrpc":"2.0","method":"exit"}'):
        process = subprocess.run(
            COMMAND, input=ends, cwd=example, capture_output=True, timeout=60, check=False
        )
        assert process.returncode == 1
        assert process.stdout == b""


def test_without_the_extra_it_says_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ImportError\n", encoding="utf-8")
    process = subprocess.run(
        COMMAND,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 2
    assert process.stdout == ""
    assert process.stderr == (
        "mirage-lint: lsp: needs the extra 'lsp', which is not installed; "
        "run `pip install 'mirage-lint[lsp]'`\n"
    )
