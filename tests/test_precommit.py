"""Both hooks through the real pre-commit and through prek, in a scratch repository: commits that
must pass, and commits that must fail.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
CHECKOUT = (
    *("mirage_lint", "man", "pyproject.toml", "README.md", "LICENSE"),
    ".pre-commit-hooks.yaml",
)
CONFIG = """\
repos:
  - repo: {checkout}
    rev: {revision}
    hooks:
      - id: mirage-lint
      - id: mirage-lint-registry
"""
CLAIMS = """\
version = 1
[family.run]
title = "The run"
aliases = ["run"]
artifacts = ["adapter_config.json"]
"""
ARTIFACT = '{"peft_type": "LORA", "r": 8, "lora_alpha": 16}\n'
TRUE, FALSE = "# The run\n\nThe run has rank 8.\n", "# The run\n\nThe run has rank 16.\n"


class Repository(NamedTuple):
    """A git repository, the environment in which its commands run, and what runs its hooks."""

    root: Path
    environment: dict[str, str]
    hooks: str = "pre_commit"

    def run(self, *command: str) -> tuple[int, str]:
        """Exit status and all that is printed."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout

    def do(self, *command: str) -> str:
        """What a command prints that must succeed."""
        status, out = self.run(*command)
        assert status == 0, out
        return out

    def start(self) -> None:
        self.do("git", "init", "--quiet", "--initial-branch=main")
        self.do("git", "config", "user.name", "Somebody")
        self.do("git", "config", "user.email", "somebody@example.org")
        self.do("git", "config", "commit.gpgsign", "false")

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8", newline="\n")

    def commit(self) -> tuple[int, str]:
        """Commit all that is there."""
        self.do("git", "add", "--all")
        return self.run("git", "commit", "--quiet", "--message", "Change")

    def commits(self) -> int:
        return int(self.do("git", "rev-list", "--count", "--all"))


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home and a cache of hooks for all tests of this file, and no trace of an outer git."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    home = tmp_path_factory.mktemp("home")
    caches = {"PRE_COMMIT_HOME": str(home / "pre-commit"), "PREK_HOME": str(home / "prek")}
    return inherited | caches | {"HOME": str(home)}


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> str:
    """A configuration that names this checkout, as it is, by path and revision."""
    checkout = Repository(tmp_path_factory.mktemp("checkout"), environment)
    for name in CHECKOUT:
        source, target = ROOT / name, checkout.root / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    checkout.start()
    assert checkout.commit() == (0, "")
    revision = checkout.do("git", "rev-parse", "HEAD").strip()
    return CONFIG.format(checkout=checkout.root, revision=revision)


@pytest.fixture(params=["pre_commit", "prek"])
def repository(
    request: pytest.FixtureRequest, tmp_path: Path, config: str, environment: dict[str, str]
) -> Repository:
    """A repository with both hooks, a registry and a true document, not committed yet."""
    made = Repository(tmp_path, environment, request.param)
    made.start()
    made.write(".pre-commit-config.yaml", config)
    made.write("claims.toml", CLAIMS)
    made.write("adapter_config.json", ARTIFACT)
    made.write("README.md", TRUE)
    made.do(sys.executable, "-m", "mirage_lint", "build")
    made.do(sys.executable, "-m", made.hooks, "install")
    return made


def test_a_true_document_and_a_fresh_lock_pass(repository: Repository) -> None:
    status, out = repository.commit()
    assert (status, out.count("Passed"), repository.commits()) == (0, 2, 1), out


def test_a_false_number_fails(repository: Repository) -> None:
    repository.write("README.md", FALSE)
    status, out = repository.commit()
    assert (status, out.count("Passed"), out.count("Failed"), repository.commits()) == (1, 1, 1, 0)
    assert "README.md:3:18: MIR101 '16': the rank of run is 8" in out


def test_a_false_number_in_what_is_not_markdown_passes(repository: Repository) -> None:
    repository.write("notes.txt", FALSE)
    status, out = repository.commit()
    assert (status, repository.commits()) == (0, 1), out


def test_an_artifact_that_changed_fails_until_the_lock_is_built(repository: Repository) -> None:
    repository.write("adapter_config.json", ARTIFACT.replace("16", "32"))
    status, out = repository.commit()
    assert (status, out.count("Passed"), out.count("Failed"), repository.commits()) == (1, 1, 1, 0)
    assert "MIR901 claims.lock is stale; run `mirage-lint build`" in out
    assert "run.alpha: 16 -> 32 (adapter_config.json /lora_alpha)" in out
    repository.do(sys.executable, "-m", "mirage_lint", "build")
    status, out = repository.commit()
    assert (status, repository.commits()) == (0, 1), out


def test_what_settings_leave_out_is_left_out_though_it_is_named(repository: Repository) -> None:
    repository.write("mirage-lint.toml", 'exclude = ["README.md"]\n')
    repository.write("README.md", FALSE)
    status, out = repository.commit()
    assert (status, repository.commits()) == (0, 1), out


@pytest.mark.parametrize("repository", ["pre_commit"], indirect=True)  # it installs anew
def test_both_hooks_can_be_tried_before_they_are_installed(
    repository: Repository, config: str
) -> None:
    checkout = re.search("repo: (.+)", config)
    assert checkout
    repository.write("README.md", FALSE)
    repository.do("git", "add", "--all")
    trial = ("-m", repository.hooks, "try-repo", checkout[1], "--all-files")
    status, out = repository.run(sys.executable, *trial)
    assert (status, out.count("Passed"), out.count("Failed")) == (1, 1, 1), out
    assert "README.md:3:18: MIR101 '16': the rank of run is 8" in out


def test_what_a_new_lock_makes_false_is_found_by_the_recipe(repository: Repository) -> None:
    assert repository.commit()[0] == 0
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (recipe,) = (one for one in re.findall(r"```yaml\n(.*?)```", readme, re.S) if "args:" in one)
    config = (repository.root / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    repository.write(".pre-commit-config.yaml", config + recipe)
    assert repository.commit()[0] == 0
    repository.write("adapter_config.json", ARTIFACT.replace("8", "12"))
    repository.do(sys.executable, "-m", "mirage_lint", "build")
    status, out = repository.commit()
    assert (status, repository.commits()) == (1, 2), out
    assert "README.md:3:18: MIR101 '8': the rank of run is 12; run.rank was 8 at HEAD" in out
