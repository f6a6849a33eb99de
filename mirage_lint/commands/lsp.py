"""``lsp``: serve editors over standard input and output."""

import logging
import os
import sys
from types import SimpleNamespace
from typing import TextIO

from mirage_lint.artifacts import extras

_SWITCH = 0.0005
"""Seconds after which a check lets an answer go first."""


def run(arguments: SimpleNamespace, out: TextIO) -> int:
    """Serve until the editor ends it: 0, or 1 where it went away without a word."""
    extras.module("pygls", "lsp", "lsp")
    from mirage_lint.lsp import features

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
    sys.setswitchinterval(_SWITCH)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # whatever else is printed is no answer
    server = features.make()
    try:
        server.start_io(sys.stdin.buffer, answers)
    finally:
        server.close()
        sys.stdout = out
    return 0 if server.protocol._shutdown else 1
