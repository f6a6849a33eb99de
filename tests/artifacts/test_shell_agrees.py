"""Our reading of shell scripts against that of a real parser of the language.

The parser, tree-sitter-bash, stays out of the package: twenty kilobytes of hostile input cost it a
gigabyte, and a lock must not depend on what is installed.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter
import tree_sitter_bash
from test_scripts import SHELL

from mirage_lint.artifacts.readers import shell_script

ROOT = Path(__file__).parent.parent.parent
LANGUAGE = tree_sitter.Language(tree_sitter_bash.language())
LEFT_OUT = ("heredoc_body", "comment")
ASSIGNMENT = "variable_assignment"
ENDS = ("command", "declaration_command", ASSIGNMENT, "array", "test_command")


def commands(source: str) -> Iterator[list[str]]:
    """The words of each command, in the order of the script."""
    tree = tree_sitter.Parser(LANGUAGE).parse(source.encode())
    assert not tree.root_node.has_error
    waiting = [tree.root_node]
    while waiting:
        node = waiting.pop()
        if node.type in LEFT_OUT:
            continue
        parent = node.parent.type if node.parent else ""
        if node.type in ENDS and not (node.type == ASSIGNMENT and parent in ENDS):
            parts = [node] if node.type == ASSIGNMENT else node.children
            yield [word for part in parts for word in words(part)]
        waiting.extend(reversed(node.children))


def words(node: tree_sitter.Node) -> list[str]:
    if node.type == ASSIGNMENT and node.children[-1].type == "array":
        return []
    return [text(node)]


def text(node: tree_sitter.Node) -> str:
    """A word without its quotes."""
    raw = (node.text or b"").decode()
    if node.type == "raw_string":
        return raw[1:-1]
    if node.type == "string":
        return re.sub(r'\\(["\\])', r"\1", raw[1:-1])
    if node.type in ("concatenation", ASSIGNMENT, "command_name"):
        return "".join(map(text, node.children))
    return re.sub(r"\\(.)", r"\1", raw) if node.type == "word" else raw


def settings(lists: Iterator[list[str]]) -> list[tuple[str, str]]:
    """Those of plain values: what depends on a run is cut in pieces by one and not by the other."""
    pairs = {pair for found in lists for pair in shell_script._settings(found)}
    return sorted(pair for pair in pairs if pair[1] and not {"$", "`"} & set(pair[1]))


SCRIPTS = {
    "variables": "A=1; B='two words' C=\"x$A\" run\nexport D=4\nlocal_=5\n",
    "defaults": ': "${STEPS:=600}"\nEPOCHS=${1:-3}\nLR="${LR:-1e-4}"\n',
    "options": "run --lr=1e-4 --seed 7 --flag --name 'a b' && other --k 5 | tee --append log\n",
    "redirections": "run --quiet 2>/dev/null\nrun --steps 3 > log 2>&1\nrun --steps 4 >log\n",
    "tests": 'if [ "$1" = --check ]; then A=1; fi\n[[ $x == --all ]] && B=2\n',
    "here documents": "python - <<'PY'\nHIDDEN=5\nrun --hidden 1\nPY\nA=1\n",
    "comments and continuations": "# A=1 --b 2\nrun \\\n  --steps 3 \\\n  --last # --no 4\n",
    "substitutions": "A=$(run --steps 3)\nB=$((1 + 2))\nC=`date`\n",
    "arrays": 'SIZES=(1 2)\nARGS=(--lr 1e-4 --seed 7)\nrun "${ARGS[@]}"\n',
    "functions and loops": "f() { local k=3; run --k 3; }\nfor x in 1 2; do run --x 4; done\n",
}


@pytest.mark.parametrize("case", SCRIPTS)
def test_both_find_the_same_settings_of(case: str) -> None:
    source = SCRIPTS[case]
    assert settings(shell_script._commands(source)) == settings(commands(source))


@pytest.mark.parametrize(
    "script", sorted(ROOT.glob("examples/**/*.sh")), ids=lambda path: path.name
)
def test_both_find_the_same_settings_of_our_example(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    found = settings(shell_script._commands(source))
    assert found == settings(commands(source))
    assert found


def test_both_find_the_same_settings_of_the_tested_script() -> None:
    assert settings(shell_script._commands(SHELL)) == settings(commands(SHELL))
