"""Every format, as a whole, against a reviewed file. To write them anew, and review the changes:
``MIRAGE_GOLDEN=write pytest tests/reports/test_golden.py``.
"""

import json
import os
import subprocess
import sys

import pytest
from cli_world import World
from reports_world import FORMATS, GOLDEN, golden

from mirage_lint.reports import formats


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_as_it_was_reviewed(hostile: World, name: str) -> None:
    status, out, err = hostile.run("check", "docs", "--output-format", name)
    assert (status, err) == (1, "")
    if name == "sarif":  # the rules are their manual pages, and change with them
        log = json.loads(out)
        del log["runs"][0]["tool"]["driver"]
        out = json.dumps(log, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("MIRAGE_GOLDEN") == "write":
        golden(name).write_text(out, encoding="utf-8", newline="\n")
    assert out == golden(name).read_text(encoding="utf-8")


def test_every_format_has_a_reviewed_file() -> None:
    assert {*FORMATS, "text"} == set(formats.FORMATS)
    assert {path.name for path in GOLDEN.iterdir()} == {golden(name).name for name in FORMATS}


def test_text_is_another_name_of_full(hostile: World) -> None:
    text = hostile.run("check", "docs", "--output-format", "text")
    assert text == hostile.run("check", "docs", "--output-format", "full")
    assert text == hostile.run("check", "docs")


@pytest.mark.parametrize(
    ("options", "module"), [((), "full"), (("--output-format", "junit"), "junit")]
)
def test_only_the_chosen_reporter_is_imported(
    hostile: World, options: tuple[str, ...], module: str
) -> None:
    program = (
        "import sys; from mirage_lint import cli; cli.main(sys.argv[1:]); "
        "print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, "check", "docs", *options],
        cwd=hostile.root,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    modules = {f"mirage_lint.reports.{name}": name for name in set(formats.FORMATS.values())}
    assert [modules[name] for name in run.stderr.split() if name in modules] == [module]
