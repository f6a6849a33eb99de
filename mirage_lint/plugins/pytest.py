"""The pytest plugin: with ``pytest --mirage`` each document is a test, see `pytest_documents`.

pytest imports this module at every start, with the option or without, so it imports nothing more.
"""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option."""
    told = "make each document a test, which fails where its numbers are not those of its artifacts"
    parser.getgroup("mirage-lint").addoption("--mirage", action="store_true", help=told)


def pytest_configure(config: pytest.Config) -> None:
    """Join the run where that is asked for."""
    if config.getoption("mirage"):
        from mirage_lint.plugins.pytest_documents import Documents

        config.pluginmanager.register(Documents(), "mirage-lint-documents")
