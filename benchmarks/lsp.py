"""How soon an editor is answered: ``python benchmarks/lsp.py``.

A real server over pipes, warm, with the registry of the example and a table of a model zoo beside
it, 1,000 facts or more. Two documents of 50 KB: the example's true pages, one after another, which
is as dense with claims as pages get, and one single table, which is read as a whole. At random
places a character is typed, and taken out again.

- ``diagnostics``: from the change until they are told, the wait for more to be typed included.
- ``hover``: from the question about a claim until the answer.

These are times of the wall, for which the machine should be quiet: its load is told. ``cpu`` is
what the server itself worked for a change, as Linux counts it, without the wait. The figures go
into ``benchmarks/results/lsp.json``.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).parent.parent
WORLD = ROOT / "examples" / "mirage"
RESULT = Path(__file__).parent / "results" / "lsp.json"
SCRIPT = str(Path(sys.executable).with_name("mirage-lint"))
BYTES = 51_200
ROWS, COLUMNS = 120, 7
EDITS, HOVERS = 200, 300
TYPED = "7a 0.%e3"
PAUSE = 0.15
"""Seconds between two keys, as fast hands type."""


class Client:
    """An editor, as far as it is needed."""

    def __init__(self, folder: Path) -> None:
        self.server = subprocess.Popen(
            [SCRIPT, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self.number = 0
        told = {"general": {"positionEncodings": ["utf-16"]}}
        root = {"rootUri": folder.as_uri(), "processId": os.getpid(), "capabilities": told}
        self.ask("initialize", root)
        self.tell("initialized", {})

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        return next(one for one in self._messages() if one.get("id") == self.number)["result"]

    def diagnostics(self, version: int) -> list[Any]:
        """Those of a version, when they come."""
        for one in self._messages():
            params = one.get("params") or {}
            is_told = one.get("method") == "textDocument/publishDiagnostics"
            if is_told and params["version"] == version:
                return list(params["diagnostics"])
        raise SystemExit("the server went away")

    def worked(self) -> float:
        """Seconds for which the server worked so far; 0 where the system does not tell."""
        tasks = Path("/proc", str(self.server.pid), "task").glob("*/schedstat")
        return sum(int(one.read_text().split()[0]) for one in tasks) / 1e9

    def close(self) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.server.wait(10)

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def _messages(self) -> Iterator[dict[str, Any]]:
        out = self.server.stdout
        assert out
        while head := out.readline():
            size = int(head.partition(b":")[2])
            while out.readline().strip():
                pass
            yield json.loads(out.read(size))


def make_world(world: Path) -> int:
    """The example with a model zoo in its registry; how many facts there are."""
    shutil.copytree(WORLD, world, ignore=shutil.ignore_patterns("docs"))
    names = [f"metric{'abcdefg'[column]}" for column in range(COLUMNS)]
    rows = "".join(f"{','.join(_row(number))}\n" for number in range(ROWS))
    (world / "zoo.csv").write_text(f"name,{','.join(names)}\n{rows}", encoding="utf-8")
    with (world / "claims.toml").open("a", encoding="utf-8") as claims:
        claims.write('\n[family.zoo]\ntitle = "Model zoo"\n[[family.zoo.table]]\n')
        claims.write('artifact = "zoo.csv"\nkeys = ["name"]\n')
    done = subprocess.run([SCRIPT, "build"], cwd=world, check=True, capture_output=True, text=True)
    (world / "docs" / "true").mkdir(parents=True)
    return int(done.stdout.split()[1])


def _row(number: int) -> list[str]:
    random_ = random.Random(number)
    values = [f"{random_.randrange(1000, 9999) / 100:.2f}" for _ in range(COLUMNS)]
    return [f"net-{number:03d}", *values]


def pages() -> str:
    """The example's true pages, over and over."""
    told = [path.read_text(encoding="utf-8") for path in sorted(WORLD.glob("docs/true/*.md"))]
    text = "\n".join(told)
    return (text * (BYTES // len(text) + 1)).encode()[:BYTES].decode(errors="ignore")


def table() -> str:
    """One table of the zoo, with a link in each row, as such tables have them."""
    names = [f"metric{'abcdefg'[column]}" for column in range(COLUMNS)]
    text = f"# Model zoo\n\n| Name | {' | '.join(names)} | Log |\n|{'---|' * (COLUMNS + 2)}\n"
    rows = [_row(number) for number in range(ROWS)]
    short = sum(len(" | ".join(row)) + len("|  | [log]() |\n") for row in rows)
    link = "log/" * ((BYTES - len(text) - short) // ROWS // len("log/"))
    return text + "".join(f"| {' | '.join(row)} | [log]({link}) |\n" for row in rows)


def measure(client: Client, place: Path, text: str) -> dict[str, float]:
    """The figures of one document."""
    uri, choose = place.as_uri(), random.Random(1)
    start = time.perf_counter()
    document = {"uri": uri, "languageId": "markdown", "version": 0, "text": text}
    client.tell("textDocument/didOpen", {"textDocument": document})
    client.diagnostics(0)
    opened = time.perf_counter() - start
    changes, work = zip(*_edits(client, uri, text, choose), strict=True)
    claims = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    hovers = [_hover(client, uri, choose.choice(claims)) for _ in range(HOVERS)]
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    return {
        "claims": len(claims),
        "open_ms": round(opened * 1000),
        **_figures("diagnostics", changes),
        **_figures("cpu", work),
        **_figures("hover", hovers),
    }


def _edits(
    client: Client, uri: str, text: str, choose: random.Random
) -> Iterator[tuple[float, float]]:
    """Type a character at some place, and take it out again; how long each took to be judged, and
    how much of that was work.
    """
    lines = text.split("\n")
    for number in range(EDITS // 2):
        line = choose.randrange(len(lines))
        at = choose.randrange(len(lines[line]) + 1)
        column = len(lines[line][:at].encode("utf-16-le")) // 2
        here = {"line": line, "character": column}
        behind = {"line": line, "character": column + 1}
        yield _change(client, uri, 2 * number + 1, here, here, choose.choice(TYPED))
        yield _change(client, uri, 2 * number + 2, here, behind, "")


def _change(
    client: Client, uri: str, version: int, start: Any, end: Any, text: str
) -> tuple[float, float]:
    time.sleep(PAUSE)
    begun, worked = time.perf_counter(), client.worked()
    change = {"range": {"start": start, "end": end}, "text": text}
    document = {"uri": uri, "version": version}
    client.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
    client.diagnostics(version)
    return time.perf_counter() - begun, client.worked() - worked


def _hover(client: Client, uri: str, claim: Any) -> float:
    begun = time.perf_counter()
    place = {"textDocument": {"uri": uri}, "position": claim["range"]["start"]}
    if not client.ask("textDocument/hover", place):
        raise SystemExit(f"nothing is told of {claim}")
    return time.perf_counter() - begun


def _figures(name: str, seconds: Sequence[float]) -> dict[str, float]:
    found = sorted(one * 1000 for one in seconds)
    return {
        f"{name}_ms_median": round(median(found), 1),
        f"{name}_ms_p95": round(quantiles(found, n=20)[-1], 1),
        f"{name}_ms_most": round(found[-1], 1),
    }


def main() -> None:
    """Print the figures, and keep them."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder).resolve() / "world"
        facts = make_world(world)
        client = Client(world)
        documents = {"pages": pages(), "table": table()}
        found = {
            name: measure(client, world / "docs" / "true" / f"{name}.md", text)
            for name, text in documents.items()
        }
        client.close()
    size = {"facts": facts, "bytes": BYTES, "edits": EDITS, "hovers": HOVERS}
    load = round(os.getloadavg()[0], 1)
    text = json.dumps({**size, "load": load, **found}, indent=2) + "\n"
    RESULT.write_text(text, encoding="utf-8", newline="\n")
    print(text, end="")


if __name__ == "__main__":
    main()
