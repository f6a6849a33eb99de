"""``python -m mirage_lint`` is the command line."""

from mirage_lint.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
