"""The GitHub Action: its file is what GitHub takes, its scripts hold nothing that others write, and
its steps are run as GitHub runs them, in a scratch repository.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from cli_world import CLAIMS, FALSE, PEFT, TRUE

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
SCRIPTS = {step["id"]: step for step in STEPS if "run" in step}
CODE = ("mirage_lint", "man", "pyproject.toml", "README.md", "LICENSE")
EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")
PYTHON = {"steps.python.outputs.python-path": sys.executable}


class Done(NamedTuple):
    """What a step gave: exit status, what is in its log, its outputs, the summary of its job."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str


def test_github_takes_the_file() -> None:
    program = Path(sys.executable).parent / "check-jsonschema"
    done = subprocess.run(
        [program, "--builtin-schema", "vendor.github-actions", ROOT / "action.yml"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_that_others_write_is_part_of_a_script(name: str) -> None:
    assert "${{" not in SCRIPTS[name]["run"]
    assert "$PYTHON" not in re.sub(r'"\$PYTHON" -I ', "", SCRIPTS[name]["run"])


@pytest.mark.parametrize("name", SCRIPTS)
def test_shellcheck_finds_nothing(name: str, tmp_path: Path) -> None:
    script = tmp_path / "step.sh"
    script.write_text(f"#!/usr/bin/env bash\n{SCRIPTS[name]['run']}", encoding="utf-8")
    program = Path(sys.executable).parent / "shellcheck"
    done = subprocess.run(
        [program, script],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_every_input_is_used() -> None:
    used = set(re.findall(r"\binputs\.([\w-]+)", yaml.safe_dump(STEPS)))
    assert used == set(ACTION["inputs"])
    assert all(one["description"] and "default" in one for one in ACTION["inputs"].values())


def test_every_action_that_it_uses_has_a_version_and_is_githubs() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used
    assert all(re.fullmatch(r"(actions|github)/[\w/-]+@v\d+", one) for one in used)


def test_no_secret_is_asked_for() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert not re.search(r"secrets\.|github\.token|GITHUB_TOKEN", text)
    upload = STEPS[-1]
    assert "upload-sarif" in upload["uses"]
    assert "!github.event.pull_request.head.repo.fork" in upload["if"]


class Runner(NamedTuple):
    """A machine that runs steps: the action's checkout, the repository, a folder that passes."""

    action: Path
    workspace: Path
    temp: Path

    def step(self, name: str, given: dict[str, str]) -> Done:
        """One step, with what its expressions stand for, inputs by their defaults."""
        step = SCRIPTS[name]
        known = {f"inputs.{key}": one["default"] for key, one in ACTION["inputs"].items()}
        known |= PYTHON | given
        script, output, summary = (self.temp / one for one in ("step.sh", "output", "summary"))
        script.write_text(step["run"], encoding="utf-8")
        for file in (output, summary):
            file.write_text("", encoding="utf-8")
        folder = filled(step.get("working-directory", "."), known)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            cwd=self.workspace / folder,
            env=self._environment({key: filled(one, known) for key, one in step["env"].items()}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        lines = output.read_text(encoding="utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        return Done(done.returncode, done.stdout, outputs, summary.read_text(encoding="utf-8"))

    def _environment(self, own: dict[str, str]) -> dict[str, str]:
        return {
            **os.environ,
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_OUTPUT": str(self.temp / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
            **own,
        }

    def write(self, name: str, text: str) -> None:
        path = self.workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def filled(text: str, known: dict[str, str]) -> str:
    """A text with what its expressions stand for."""
    return EXPRESSION.sub(lambda one: known[one[1]], text)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the first steps give, which install the action's own code."""
    place = tmp_path_factory.mktemp("a runner")
    runner = Runner(place / "the action", place / "workspace", place / "temp")
    for folder in runner:
        folder.mkdir()
    for name in CODE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, runner.action / name)
    for name in ("venv.py", "pip.py", "hashlib.py", "pathlib.py"):  # of a hostile pull request
        runner.write(name, "raise SystemExit('the code of the pull request was run')\n")
    wanted = runner.step("wanted", {})
    assert wanted.status == 0, wanted.log
    assert set(wanted.outputs) == {"requirement", "digest", "month"}
    requirement = wanted.outputs["requirement"]
    assert requirement == f"mirage-lint @ {runner.action.as_uri()}"
    done = runner.step("install", {"steps.wanted.outputs.requirement": requirement})
    assert (done.status, "mirage-lint 0.1.0" in done.log) == (0, True), done.log
    assert (runner.temp / "mirage-lint" / "share" / "man" / "man1" / "mirage-lint.1").is_file()
    return {"steps.install.outputs.program": done.outputs["program"]}


@pytest.fixture
def runner(tmp_path: Path, installed: dict[str, str]) -> Runner:
    """A machine with a repository that has a lock, a true page and a false one."""
    made = Runner(tmp_path / "action", tmp_path / "the repository", tmp_path / "temp")
    for folder in made:
        folder.mkdir()
    made.write("claims.toml", CLAIMS)
    made.write("adapter_config.json", PEFT)
    made.write("docs/größer als.md", TRUE)
    made.write("docs/false.md", FALSE)
    program = installed["steps.install.outputs.program"]
    subprocess.run([program, "build"], cwd=made.workspace, capture_output=True, check=True)
    return made


def test_a_release_can_be_asked_for(runner: Runner) -> None:
    (runner.action / "pyproject.toml").write_text("", encoding="utf-8")
    given = {"inputs.version": "0.1.0", "inputs.extras": "excel,parquet"}
    done = runner.step("wanted", given)
    assert done.outputs["requirement"] == "mirage-lint[excel,parquet]==0.1.0"
    assert done.outputs["digest"] != runner.step("wanted", {}).outputs["digest"]


def test_findings_are_annotated_and_summed_up(runner: Runner, installed: dict[str, str]) -> None:
    done = runner.step("check", installed)
    assert (done.status, done.outputs) == (1, {"status": "1"}), done.log
    assert "::error file=docs/false.md,line=1,endLine=1,col=16" in done.log
    assert "claims.lock: 2 facts of 1 family from 1 artifact, up to date" in done.log
    assert "docs/false.md" in done.summary


def test_what_is_true_passes(runner: Runner, installed: dict[str, str]) -> None:
    done = runner.step("check", {**installed, "inputs.paths": "docs/größer als.md\n"})
    assert (done.status, done.outputs) == (0, {"status": "0"}), done.log
    assert "Looked at 1 document, 1 claim: 1 verified" in done.log


def test_options_and_reports_are_handed_on(runner: Runner, installed: dict[str, str]) -> None:
    given = {
        "inputs.paths": "größer als.md\nfalse.md\n",
        "inputs.working-directory": "docs",
        "inputs.args": "--ignore MIR101",
        "inputs.outputs": "junit=a report.xml\njson=found.json\n",
        "inputs.upload-sarif": "true",
    }
    done = runner.step("check", installed | given)
    assert done.status == 0, done.log
    assert "Not told: 1 of rules that are not selected" in done.log
    assert {one.name for one in (runner.workspace / "docs").iterdir()} > {
        "a report.xml",
        "found.json",
    }
    assert Path(done.outputs["sarif"]).read_text(encoding="utf-8").startswith("{")


def test_a_lock_that_is_stale_fails(runner: Runner, installed: dict[str, str]) -> None:
    runner.write("adapter_config.json", PEFT.replace("8,", "12,"))
    given = {"inputs.paths": "docs/größer als.md"}
    done = runner.step("check", installed | given)
    assert (done.status, done.outputs["status"]) == (1, "1"), done.log
    assert "::error title=mirage-lint::The lock could not be confirmed: see the log" in done.log
    assert runner.step("check", {**installed, **given, "inputs.registry": "false"}).status == 0


def test_what_could_not_be_done_is_2(runner: Runner, installed: dict[str, str]) -> None:
    done = runner.step("check", {**installed, "inputs.paths": "absent.md"})
    assert (done.status, done.outputs) == (2, {"status": "2"}), done.log


@pytest.mark.parametrize("key", ["paths", "args", "since", "outputs"])
def test_what_others_write_is_never_run(
    runner: Runner, installed: dict[str, str], key: str
) -> None:
    hostile = """$(touch hacked)`touch hacked`"; touch hacked; '; touch hacked; \\"""
    given = {"inputs.registry": "false", f"inputs.{key}": hostile}
    done = runner.step("check", installed | given)
    assert done.status == 2, done.log
    assert "hacked" not in {one.name for one in runner.workspace.rglob("*")}


def test_a_path_is_no_option_and_no_pattern(runner: Runner, installed: dict[str, str]) -> None:
    given = {"inputs.registry": "false", "inputs.paths": "--fix\n*.md"}
    done = runner.step("check", installed | given)
    assert (done.status, "--fix: is absent" in done.log) == (2, True), done.log
