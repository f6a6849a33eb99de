"""mirage-lint checks the numbers and model names in documentation against their artifacts."""

__version__ = "0.1.0"
