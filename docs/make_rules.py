"""Makes ``docs/rules.md`` of the rules' docstrings, which are their manual pages."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from mirage_lint.rules.catalog import RULES
from mirage_lint.rules.manual import manual

PAGE = Path(__file__).parent / "rules.md"

_INTRO = """\
# Rules

Made by `docs/make_rules.py` from the docstrings of `mirage_lint/rules`. `mirage-lint explain CODE`
prints the same.

One mechanism finds most of them: where every way to read a number makes it false, look for the
smallest change of one slot that would make it true. That slot names the rule.
"""


def text() -> str:
    """The whole page."""
    sections = (line for rule in RULES for line in _section(rule))
    return "\n".join([_INTRO, *_table(), *sections]).rstrip() + "\n"


def _table() -> Iterator[str]:
    yield "| Code | Name | Severity |"
    yield "|---|---|---|"
    for rule in RULES:
        anchor = manual(rule).title.lower().replace(" ", "-")
        yield f"| [{rule.CODE}](#{anchor}) | {rule.NAME} | {rule.SEVERITY} |"
    yield ""


def _section(rule: ModuleType) -> Iterator[str]:
    title, what, why, bad, good, _ = manual(rule)
    what, why = what.replace("``", "`"), why.replace("``", "`")
    yield f"## {title}\n\n{what}\n\nWhy it is bad: {why}\n"
    yield f"```text\nBad:  {_indented(bad)}\nGood: {_indented(good)}\n```\n"


def _indented(sample: str) -> str:
    """A sample whose further lines stand below its first."""
    lines = sample.replace("``", "").splitlines()
    return "\n      ".join(line.strip() for line in lines)


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8", newline="\n")
