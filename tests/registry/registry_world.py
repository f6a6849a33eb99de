"""A world of files around a claims.toml, and the build of it."""

import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from mirage_lint.commands import build as command
from mirage_lint.core.facts import Registry
from mirage_lint.registry.build import Built, build

HEAD = 'version = 1\n[family.run]\ntitle = "A run"\n'
ROWS = """\
id,hard,tuned_ok,base_ok
1,True,True,False
2,True,False,False
3,True,True,True
4,False,True,True
"""
PEFT = '{"peft_type": "LORA", "r": 8, "base_model_name_or_path": "org/name-7B"}'


def run(
    claims: Path, check: bool, write: Callable[[str], object], *, untrusted: bool = False
) -> int:
    """The exit status of ``mirage-lint build``; ``write`` gets each line that it prints."""
    out = io.StringIO()
    status = command.run(SimpleNamespace(claims=claims, check=check, untrusted=untrusted), out)
    for line in out.getvalue().splitlines(keepends=True):
        write(line)
    return status


class World:
    """A directory with a claims.toml in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.claims = root / "claims.toml"
        self.lock = root / "claims.lock"

    def write(self, claims: str, **files: str) -> "World":
        """Write claims.toml below `HEAD`, and files whose names spell "." as "__"."""
        self.claims.write_text(HEAD + claims, encoding="utf-8", newline="\n")
        for name, text in files.items():
            path = self.root / name.replace("__", ".")
            path.write_text(text, encoding="utf-8", newline="\n")
        return self

    def build(self, old: Registry | None = None) -> Built:
        return build(self.claims, old)

    def values(self) -> dict[str, str]:
        """Values by id, without the family."""
        facts = self.build().registry.facts
        return {fact.id.removeprefix("run."): fact.value for fact in facts}
