"""``python -m mirage_lint``, and the command of the shell."""

from __future__ import annotations

import os
import sys

_INTERRUPTED = 130


def run() -> None:
    """The command line; who interrupts it while its modules are loaded is told no more of that
    than at any other time.
    """
    try:
        if sys.argv[1:2] == ["check"]:
            from mirage_lint.documents import beside

            beside.start()
        from mirage_lint import cli

        cli.run()
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)


if __name__ == "__main__":
    run()
