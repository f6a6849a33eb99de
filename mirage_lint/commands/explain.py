"""``explain``: a rule's manual page."""

from difflib import get_close_matches
from inspect import getdoc
from typing import TextIO

from mirage_lint.errors import MirageError
from mirage_lint.rules.catalog import RULES


def run(code: str, out: TextIO) -> int:
    """Print what the rule finds, why it is bad, a bad and a good example."""
    pages = {name: rule for rule in RULES for name in (rule.CODE, rule.NAME)}
    names = {name.lower(): name for name in pages}
    name = names.get(code.lower())
    if name is None:
        near = get_close_matches(code.lower(), names, n=1)
        mend = f"did you mean {names[near[0]]}?" if near else ""
        known = ", ".join(rule.CODE for rule in RULES)
        raise MirageError(code, "no such rule", mend or f"the rules are {known}")
    out.write(f"{getdoc(pages[name])}\n")
    return 0
