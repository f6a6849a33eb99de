"""`mirage-lint watch` as a process of its own, and what it prints."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PATIENCE = 60
"""Seconds after which a watch that says nothing has failed."""


def saved(path: Path, text: str) -> None:
    """As editors do, so that no half of a file is ever seen."""
    other = path.with_name(f".{path.name}.new")
    other.write_text(text)
    os.replace(other, path)


class Output:
    """What a stream has said so far, and a condition that tells when there is more."""

    def __init__(self) -> None:
        self.text = ""
        self.more = threading.Condition()

    def gather(self, stream) -> None:
        """Read a stream to its end."""
        while piece := stream.read1(65536):
            with self.more:
                self.text += piece.decode()
                self.more.notify_all()


class Watching(NamedTuple):
    """A watch that runs."""

    process: subprocess.Popen
    output: Output

    def told(self, pattern: str = r"Looked at .*\n") -> str:
        """What was printed since the last time, as far as a pattern; it is waited for."""
        regex = re.compile(pattern)
        with self.output.more:
            if not self.output.more.wait_for(lambda: regex.search(self.output.text), PATIENCE):
                raise AssertionError(f"{pattern!r} is not in {self.output.text!r}")
            found = regex.search(self.output.text)
            assert found
            said, self.output.text = (
                self.output.text[: found.end()],
                self.output.text[found.end() :],
            )
        return re.sub(r"(?m)^(\033\[1m)?\d\d:\d\d:\d\d ", r"\1", said).lstrip("\n")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """What happens within comes to the watch all at once."""
        self.process.send_signal(signal.SIGSTOP)
        yield
        self.process.send_signal(signal.SIGCONT)

    def end(self) -> int:
        """Break it off as Ctrl-C does; its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def watching(root: Path, *arguments: str) -> Iterator[Watching]:
    """A watch that runs in ``root``; it is gone afterwards."""
    command = [sys.executable, "-m", "mirage_lint", "watch", *arguments]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        output = Output()
        reader = threading.Thread(target=output.gather, args=(process.stdout,))
        reader.start()
        try:
            yield Watching(process, output)
        finally:
            process.kill()
            reader.join()
