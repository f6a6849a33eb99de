"""Our own house: pages are made from the code, and tell our figures as the registry has them."""

import json
import re
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cli_world import World

from mirage_lint.registry import schema
from mirage_lint.rules.catalog import RULES
from mirage_lint.settings import read
from mirage_lint.settings.options import Settings, key, options

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "registry.md").read_text(encoding="utf-8")
ENTRIES = (schema.FamiliesEntry, schema.PopulationEntry, schema.TableEntry, schema.FactEntry)
FIGURES = (
    *(" times\nas long", " times as\nlong;", " times as long.", " commands:"),
    *(" formats of artifacts", " rules,"),
    *(
        " labelled claims",
        ", and\nprecision",
        ", with the exact place",
        " times as long as markdown",
    ),
)
"""What follows each of our figures in README.md."""
FIGURE = r"([\w.]+(%?))"


def script(path: str) -> dict[str, Any]:
    """The names of a script of this project."""
    return runpy.run_path(str(ROOT / path))


def test_the_rules_page_is_made_of_the_docstrings() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == script("docs/make_rules.py")[
        "text"
    ]()


def test_the_page_of_formats_is_made_of_the_docstrings() -> None:
    made = script("docs/make_formats.py")
    assert made["PAGE"].read_text(encoding="utf-8") == made["text"]()


def test_the_tutorial_tells_what_its_commands_print() -> None:
    made = script("docs/make_tutorial.py")
    for page in made["PAGES"]:
        text = page.read_text(encoding="utf-8")
        assert made["text"](text) == text


def test_the_page_of_settings_tells_every_option() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert script("docs/make_configuration.py")["text"](page) == page


def test_every_sample_of_settings_in_our_pages_is_valid() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    samples = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert len(samples) > 1
    for sample in samples:
        is_project = "[tool." in sample
        assert read.parsed(sample.encode(), "sample", is_project=is_project) is not None


def test_every_example_of_an_option_is_valid() -> None:
    for name, option in options():
        sample = f"{key(name)} = {option.example}"
        assert read.parsed(sample.encode(), "sample", is_project=False) != Settings()


def test_the_schema_of_claims_toml_is_current_in_docs_and_package() -> None:
    made = script("docs/make_schema.py")
    assert [copy.read_text(encoding="utf-8") for copy in made["COPIES"]] == [made["text"]()] * 2


def test_the_manual_and_the_page_of_commands_are_made_of_the_parser() -> None:
    made = script("docs/make_commands.py")
    assert made["MANUAL"].read_text(encoding="utf-8") == made["manual"]()
    assert made["PAGE"].read_text(encoding="utf-8") == made["page"]()


def test_the_manual_is_what_roff_can_read() -> None:
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    command = ("groff", "-man", "-Tascii", "-ww", ROOT / "man" / "mirage-lint.1")
    done = subprocess.run(command, capture_output=True, encoding="ascii", check=True)
    assert done.stderr == ""
    text = re.sub(".\b|\x1b\\[\\d+m", "", done.stdout)
    for command in script("docs/make_commands.py")["commands"]():
        assert command.call.split("[")[0] in text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.CODE)
def test_every_rule_says_what_why_bad_and_good(rule) -> None:
    manual = script("docs/make_rules.py")["manual"](rule)
    assert manual.title == f"{rule.CODE} {rule.NAME}"
    assert all(manual)


def test_rules_stand_in_the_order_of_their_codes() -> None:
    codes = [rule.CODE for rule in RULES]
    assert codes == sorted(set(codes))


def test_the_readme_lists_every_rule() -> None:
    listed = re.findall(r"^\| (MIR\d{3}) \| ([\w-]+) \| .+ \|$", README, re.MULTILINE)
    assert listed == [(rule.CODE, rule.NAME) for rule in RULES]


def test_the_readmes_screen_is_what_is_printed() -> None:
    assert script("docs/make_screen.py")["text"](README) == README


def test_the_counts_of_the_package_are_those_of_the_package() -> None:
    stored = (ROOT / "benchmarks" / "results" / "package.json").read_text(encoding="utf-8")
    assert stored == script("benchmarks/package.py")["text"]()


@pytest.fixture
def house(bare: World) -> World:
    """A copy of our registry and documents."""
    for name in ("claims.toml", "claims.lock", "README.md"):
        shutil.copy(ROOT / name, bare.root / name)
    for name in ("docs", "benchmarks/results"):
        shutil.copytree(ROOT / name, bare.root / name)
    return bare


def test_our_lock_is_up_to_date(house: World) -> None:
    assert house.run("build", "--check").status == 0


def test_our_documents_tell_our_figures(house: World) -> None:
    status, out, _ = house.run("check", "README.md", "docs")
    assert (status, out.partition(" Looked at ")[0]) == (0, "All right.")
    claims = json.loads(house.run("claims", "README.md", "--output-format", "json").out)
    verified = {
        claim["text"]
        for claim in claims
        if claim["status"] == "verified" and claim["kind"] != "path"
    }
    figures = {re.search(rf"{FIGURE}{re.escape(words)}", README) for words in FIGURES}
    assert {figure[1] for figure in figures if figure} == {text.split()[0] for text in verified}
    assert len(verified) == len(FIGURES)


@pytest.mark.parametrize("words", FIGURES)
def test_a_figure_of_ours_that_is_wrong_is_found(house: World, words: str) -> None:
    wrong = re.sub(rf"{FIGURE}{re.escape(words)}", rf"77\2{words}", README)
    house.write("README.md", wrong)
    findings = json.loads(house.run("check", "README.md", "--output-format", "json").out)
    assert [(finding["code"], finding["claim"]["text"][:2]) for finding in findings] == [
        ("MIR101", "77")
    ]


def test_every_sample_of_a_registry_in_our_pages_is_valid() -> None:
    samples = re.findall(r"```toml\n(.*?)```", README + GUIDE, re.DOTALL)
    assert samples
    for sample in samples:
        schema.parse(sample.encode(), "sample")


def test_the_guide_tells_every_key_of_the_registry() -> None:
    told = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| `.*? \|", GUIDE, re.MULTILINE))))
    assert {key for entry in ENTRIES for key in entry.model_fields} - told == set()


@pytest.mark.parametrize("path", sorted((ROOT / "mirage_lint" / "vocabulary").glob("*.json")))
def test_no_vocabulary_says_a_key_twice(path: Path) -> None:
    """The second would hide the first."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert len(dict(pairs)) == len(pairs), sorted(key for key, _ in pairs)
        return dict(pairs)

    json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)
