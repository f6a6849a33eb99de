"""A process beside this one that loads the Markdown parser and reads documents, while this one
loads all else and checks the document before: loading is most of what a short run takes.
"""

from __future__ import annotations

import gc
import marshal
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO, NoReturn

    from mirage_lint.documents.flat import Flat
    from mirage_lint.documents.source import Source

_LENGTH = 8
"""Bytes that tell how long a message is."""
_MOST = 65_536
"""Characters of a document that is read there: of a longer one, working out all that is shown,
which is seldom asked for, may take longer than loading does.
"""
_KILL = 9


class Beside:
    """The other process, by what is sent there and what comes back. It is asked for one document
    at a time: two that wait for each other to read would wait for ever.
    """

    def __init__(self, process: int, questions: BinaryIO, answers: BinaryIO) -> None:
        self._process = process
        self._questions = questions
        self._answers = answers
        self._asked: list[Source] = []
        self._is_last = False

    def ask(self, source: Source) -> None:
        """Let a document be read, when those are that were asked for before."""
        if len(source.text) <= _MOST and not self._is_last:
            self._asked.append(source)
            if len(self._asked) == 1:
                self._go_on()

    def answer(self, source: Source) -> Flat | None:
        """The document that was asked for first; None where it is another, or cannot be read."""
        if not self._asked or self._asked[0] is not source:
            return None
        told: Flat | None = _receive(self._answers)
        del self._asked[0]
        self._go_on()
        return told

    def end(self) -> None:
        """Ask for nothing more; the process ends when all is answered."""
        self._is_last = True
        if not self._asked:
            self._go_on()

    def stop(self) -> None:
        """End the process at once, and leave nothing of it."""
        try:
            os.kill(self._process, _KILL)
            os.waitpid(self._process, 0)
        except OSError:
            pass  # somebody else has done so

    def _go_on(self) -> None:
        try:
            if self._asked:
                _send(self._questions, tuple(self._asked[0]))
            elif self._is_last:
                self._questions.close()
        except OSError:
            pass  # it is gone, and answers nothing


_started: Beside | None = None


def start() -> None:
    """Start the process, where it can run at the same time as this one."""
    global _started  # noqa: PLW0603 (there is one, and it is started before all else is loaded)
    if not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2:
        return
    ends: list[int] = []
    try:
        ends += os.pipe()
        ends += os.pipe()
        process = os.fork()
    except OSError:  # no room for one
        for end in ends:
            os.close(end)
        return
    questions, to_ask, to_answer, answers = ends
    if not process:
        os.close(to_ask)
        os.close(to_answer)
        _work(os.fdopen(questions, "rb"), os.fdopen(answers, "wb"))
    os.close(questions)
    os.close(answers)
    _started = Beside(process, os.fdopen(to_ask, "wb"), os.fdopen(to_answer, "rb"))


def ask(source: Source) -> None:
    """Let the process read a document, if there is one."""
    if _started:
        _started.ask(source)


def answer(source: Source) -> Flat | None:
    """A document that the process was asked for; None where it is to be read here."""
    return _started.answer(source) if _started else None


def end() -> None:
    """No document is left to be asked for."""
    if _started:
        _started.end()


def stop() -> None:
    """Leave nothing of the process."""
    if _started:
        _started.stop()


def _work(questions: BinaryIO, answers: BinaryIO) -> NoReturn:
    """Answer until nobody asks. Nothing is told from here: what fails is tried again where it was
    asked for, and fails there.
    """
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        gc.disable()  # as in the other process
        from mirage_lint.documents import flat, markdown, reading
        from mirage_lint.documents.source import Source

        markdown.parser()
        while question := _receive(questions):
            try:
                told = flat.flatten(reading.here(Source(*question)))
            except Exception:
                told = None
            _send(answers, told)
    finally:
        os._exit(0)


def _send(stream: BinaryIO, value: Any) -> None:
    data = marshal.dumps(value)
    stream.write(len(data).to_bytes(_LENGTH, "little"))
    stream.write(data)
    stream.flush()


def _receive(stream: BinaryIO) -> Any:
    """The next message; None where there is none, or it breaks off."""
    length = int.from_bytes(stream.read(_LENGTH), "little")
    data = stream.read(length)
    return marshal.loads(data) if data and len(data) == length else None
