"""The pages for people tell what is so: formats, keys, commands and recipes."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from cli_world import World

from mirage_lint.commands import usage
from mirage_lint.coverage.formats import FORMATS as COVERED_AS
from mirage_lint.reports import contract
from mirage_lint.reports.formats import FORMATS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = ("ci.md", "output-formats.md", "completion.md", "coverage.md")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(
    r"^(?:\s*(?:-\s)?(?:run:\s)?)(mirage-lint .*?)(?:\s*(?:\|\||#|>|\\\n).*)?$", re.M
)


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_format_is_told() -> None:
    table = page("output-formats.md").partition("\n## ")[0]
    told = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert told == [name for name in FORMATS if name != "text"]


def test_every_format_of_coverage_is_told() -> None:
    table = page("coverage.md").partition("| Format |")[2].partition("\n\n")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == COVERED_AS


def test_every_picture_is_there() -> None:
    pages = [page("coverage.md"), (DOCS.parent / "README.md").read_text(encoding="utf-8")]
    named = {name for text in pages for name in re.findall(r"pictures/([\w.-]+)", text)}
    assert named == {one.name for one in (DOCS / "pictures").iterdir()}


def test_every_key_of_a_finding_is_told() -> None:
    table = page("output-formats.md").partition("## json\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"`(\w+)`", table))
    keys = {
        key
        for kind in (contract.Finding, contract.Fact, contract.Source, contract.Said, contract.Fix)
        for key in kind.__annotations__
    }
    assert keys <= told


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_a_page_is_one(name: str) -> None:
    commands = [
        line
        for kind, text in BLOCK.findall(page(name))
        if kind != "text"
        for line in COMMAND.findall(text)
    ]
    assert commands
    for command in commands:
        _, *words = shlex.split(command, comments=True)
        usage.parser(words[0]).parse_args(words)


@pytest.mark.parametrize("name", ["ci.md"])
def test_every_recipe_is_yaml(name: str) -> None:
    recipes = [text for kind, text in BLOCK.findall(page(name)) if kind == "yaml"]
    assert len(recipes) == 8
    for recipe in recipes:
        assert yaml.safe_load(recipe)


def test_no_recipe_runs_a_fork_with_secrets() -> None:
    for recipe in (text for kind, text in BLOCK.findall(page("ci.md")) if kind == "yaml"):
        assert "pull_request_target" not in recipe
        runs = [line for line in recipe.splitlines() if "run:" in line]
        assert not any("${{" in line for line in runs)


def test_every_input_of_the_action_is_told() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    rows = re.findall(r"^\| `([\w-]+)` \| (.*?) \| (?:`(.*?)`)? ?\|$", page("ci.md"), re.MULTILINE)
    told = [(name, f"{text[0].upper()}{text[1:]}", default) for name, text, default in rows]
    assert told == [
        (name, one["description"], one["default"]) for name, one in action["inputs"].items()
    ]


def test_every_page_is_in_the_navigation() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = re.findall(r"[\w-]+\.md", text.partition("\nnav:\n")[2])
    assert sorted(named) == sorted(path.name for path in DOCS.glob("*.md"))


def test_what_the_guide_says_that_numbers_say_is_so(built: World) -> None:
    table = page("how-it-reads.md").partition("| Text | Says |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \|$", table, re.MULTILINE)
    assert len(rows) > 10
    built.write("doc.md", "".join(f"- accuracy of run a: {text}\n" for text, _ in rows))
    for line, (text, says) in enumerate(rows, start=1):
        out = built.run("explain", f"doc.md:{line}").out
        assert f"  says:     {says}\n" in out, text
