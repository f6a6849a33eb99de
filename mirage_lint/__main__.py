"""``python -m mirage_lint`` is the command line."""

from mirage_lint.cli import run

if __name__ == "__main__":
    run()
