"""Checks within other programs, in the programs themselves: they tell what the command line tells,
fail where they are asked to, and say what they could not do.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cli_world import FALSE, TRUE, World

from mirage_lint.documents.comments import MOST

FOUND = "index.md:1:16: MIR101 '16': the rank of run is 8"
LOOKED = "Looked at 2 documents, 2 claims: 1 verified, 1 contradicted, 0 not judged."
MKDOCS, SPHINX, PYTEST = "mkdocs", "sphinx", "pytest"
PLUGIN = "mirage_lint.plugins.pytest"
COMMANDS = {
    MKDOCS: ("mkdocs", "build", "--site-dir=out"),
    SPHINX: ("sphinx", "-b", "dummy", "a site", "out"),
    PYTEST: ("pytest", "-pno:cacheprovider", f"-p{PLUGIN}", "--mirage", "-v", "-rP", "a site"),
}
ENVIRONMENT = {"PYTHONUTF8": "1", "COLUMNS": "200", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
STRICT = {MKDOCS: ("--strict",), SPHINX: ("-W",), PYTEST: ()}
SILENT = '<!-- mirage-lint: ignore MIR101 reason="a test" -->\n'


def run(world: World, program: str, *more: str) -> tuple[int, str]:
    """Exit status and all that is printed."""
    done = subprocess.run(
        [sys.executable, "-m", *COMMANDS[program], *more],
        cwd=world.root,
        env={**os.environ, **ENVIRONMENT},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def toctree(*names: str) -> str:
    """What Sphinx wants of a page above others."""
    return "\n```{toctree}\n" + "\n".join(names) + "\n```\n"


def sample(language: str) -> str:
    """The first sample in a language that the page about plugins has."""
    page = (Path(__file__).parent.parent / "docs" / "plugins.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def site(built: World) -> World:
    """A site of a false page and a true one, in a folder whose name has a space."""
    built.write("mkdocs.yml", f"site_name: S\ndocs_dir: a site\n{sample('yaml')}")
    built.write("a site/conf.py", f'{sample("python")}suppress_warnings = ["toc"]\n')
    built.write("a site/index.md", FALSE + toctree("größer"))
    built.write("a site/größer.md", TRUE)
    return built


@pytest.mark.parametrize("program", COMMANDS)
def test_what_is_false_is_told_at_its_place_and_fails(site: World, program: str) -> None:
    status, out = run(site, program, *STRICT[program])
    assert (status, out.count("MIR101 ")) == (1, 1), out
    assert site.run("check", "a site", "--output-format", "concise").out.startswith(
        f"a site/{FOUND}\nFound 1 finding. {LOOKED}"
    )
    place = FOUND.replace(": MIR", ": WARNING: MIR") if program == SPHINX else FOUND
    assert f"a site/{place}" in out
    if program == PYTEST:
        assert re.search(r"größer\.md::mirage PASSED", out)
        assert "  = fact: run.rank = 8, in adapter_config.json /r (run metadata)" in out
        assert "pytest_documents.py" not in out
    else:
        assert LOOKED in out


def test_a_build_that_is_not_strict_goes_on(site: World) -> None:
    status, out = run(site, MKDOCS)
    assert (status, out.count("MIR101 ")) == (0, 1), out


@pytest.mark.parametrize("program", COMMANDS)
def test_silences_settings_and_git_hold(site: World, program: str) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=site.root, check=True)
    site.write(".gitignore", "ignored.md\n")
    site.write(
        "mirage-lint.toml", 'exclude = ["left-out.md"]\nper-path."old.md".ignore = ["MIR1"]\n'
    )
    names = ("größer", "ignored", "left-out", "old")
    site.write("a site/index.md", f"{SILENT}{FALSE}{toctree(*names)}")
    for name in names[1:]:
        site.write(f"a site/{name}.md", FALSE)
    status, out = run(site, program, *STRICT[program])
    assert (status, out.count("MIR101 "), out.count("WARNING")) == (0, 0, 0), out
    assert ("3 passed, 2 deselected" if program == PYTEST else "Looked at 3 documents") in out


@pytest.mark.parametrize("program", COMMANDS)
def test_what_could_not_be_done_is_told_in_a_line(site: World, program: str) -> None:
    (site.root / "claims.lock").write_bytes(b"broken\n")
    told = site.run("check", "a site").err.removeprefix("mirage-lint: ").strip()
    status, out = run(site, program)
    assert status == {MKDOCS: 1, SPHINX: 2, PYTEST: 1}[program]
    assert told in out
    assert "Traceback" not in out


@pytest.mark.parametrize("program", COMMANDS)
def test_a_document_that_cannot_be_read_stops_no_other(site: World, program: str) -> None:
    site.write("a site/bad.ipynb", "{")
    site.write("a site/many.md", "<!-- mirage-lint: ignore -->\n" * (MOST + 1))
    told = site.run("check", "a site").err.replace("mirage-lint: ", "").splitlines()
    status, out = run(site, program)
    assert status == {MKDOCS: 1, SPHINX: 2, PYTEST: 1}[program], out
    assert FOUND in out.replace(": WARNING: MIR", ": MIR")
    for line in told if program == PYTEST else told[1:]:  # others know no notebooks here
        assert line in out
    assert "Traceback" not in out


@pytest.mark.parametrize("program", [MKDOCS, PYTEST])
def test_a_stale_lock_is_told(site: World, program: str) -> None:
    claims = (site.root / "claims.toml").read_text(encoding="utf-8")
    site.write("claims.toml", f"{claims}# changed\n")
    site.write("a site/index.md", TRUE + toctree("größer"))
    status, out = run(site, program, *STRICT[program])
    assert (status, bool(re.search(r"claims\.toml:1:1: (WARNING: )?MIR901", out))) == (1, True), out


def test_mkdocs_can_be_told_to_leave_it(site: World) -> None:
    site.write(
        "mkdocs.yml",
        "site_name: S\ndocs_dir: a site\nplugins:\n  - mirage-lint:\n      enabled: false\n",
    )
    status, out = run(site, MKDOCS, "--strict")
    assert (status, "mirage-lint" in out) == (0, False)


def test_mkdocs_checks_pages_alone(site: World) -> None:
    config = (site.root / "mkdocs.yml").read_text(encoding="utf-8")
    site.write("mkdocs.yml", f"{config}exclude_docs: index.md\n")
    status, out = run(site, MKDOCS, "--strict")
    assert (status, "Looked at 1 document, 1 claim: 1 verified" in out) == (0, True), out


def test_sphinx_knows_findings_by_their_rules(site: World) -> None:
    config = (site.root / "a site/conf.py").read_text(encoding="utf-8")
    site.write("a site/conf.py", config.replace('"toc"', '"toc", "mirage.MIR101"'))
    status, out = run(site, SPHINX, "-W")
    assert (status, LOOKED in out) == (0, True), out


def test_sphinx_goes_on_and_checks_again_what_it_has_read(site: World) -> None:
    status, out = run(site, SPHINX)
    assert (status, out.count("MIR101 ")) == (0, 1), out
    status, out = run(site, SPHINX, "-W")
    assert (status, "0 added, 0 changed" in out, out.count("MIR101 ")) == (1, True, 1)


def test_pytest_holds_documents_against_each_other(site: World) -> None:
    site.write("mirage-lint.toml", 'ignore = ["MIR101"]\n')
    table = "| Model | Accuracy | F1 | Recall |\n|---|---|---|---|\n"
    numbers = "".join(f"| m{n} | 8{n}.37 | 7{n}.11 | 6{n}.59 |\n" for n in range(1, 7))
    site.write("a site/index.md", f"# Scores\n\n{table}{numbers}")
    site.write("a site/größer.md", f"# Scores\n\n{table}{numbers.replace('73.11', '73.71')}")
    told = site.run("check", "a site", "--output-format", "concise").out
    site.write("a site/binary.md", b"\xff")  # which keeps the others from nothing
    status, out = run(site, PYTEST)
    assert ("MIR302" in told, status, "MIR302" in out) == (True, 1, True), told
    assert "2 failed, 1 passed" in out


def test_pytest_without_the_option_imports_nothing_of_us(site: World) -> None:
    site.write(
        "test_imports.py",
        "import sys\n\ndef test_it():\n"
        "    ours = {one for one in sys.modules if one.startswith('mirage_lint')}\n"
        "    assert ours == {'mirage_lint', 'mirage_lint.plugins', 'mirage_lint.plugins.pytest'}\n",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=site.root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout


def test_settings_that_are_broken_stop_pytest(site: World) -> None:
    site.write("mirage-lint.toml", 'ignroe = ["MIR101"]\n')
    status, out = run(site, PYTEST)
    assert (status, "did you mean" in out, "Traceback" in out) == (4, True, False), out
