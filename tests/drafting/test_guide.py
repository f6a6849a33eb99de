"""``docs/getting-started.md``: its repository, its draft and its screens are true."""

import re
import shlex
from pathlib import Path

from cli_world import World
from watched_process import saved, watching

PAGE = Path(__file__).parents[2] / "docs" / "getting-started.md"
FILE = re.compile(r"^`([\w./-]+)`:\n\n(`{3,4})\w+\n(.*?\n)\2$", re.DOTALL | re.MULTILINE)
DRAFT = re.compile(r"^```toml\n(.*?)```$", re.DOTALL | re.MULTILINE)
SCREEN = re.compile(r"^```text\n(\$ .*?)```$", re.DOTALL | re.MULTILINE)
COMMAND = "$ mirage-lint "
CLOCK = re.compile(r"^\d\d:\d\d:\d\d ", re.MULTILINE)
CSV_ROW = re.compile(r"`(sorter,.*)`:$", re.MULTILINE)


def test_the_page_is_true(bare: World) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, _, text in FILE.findall(page):
        bare.write(name, text)
    (bare.root / "doc.md").unlink()
    *screens, watched = SCREEN.findall(page)
    shown = []
    for screen in screens:
        commands = [line for line in screen.splitlines() if line.startswith(COMMAND)]
        blocks = []
        for command in commands:
            arguments = shlex.split(command.removeprefix(COMMAND))
            blocks.append(f"{command}\n{bare.run(*arguments).out}")
            if arguments == ["init"]:
                assert DRAFT.findall(page) == [bare.files()["claims.toml"].decode()]
        shown.append("\n".join(blocks))
    assert shown == screens
    assert len(screens) == 6
    scores = bare.root / "results" / "scores.csv"
    command, _, rest = watched.partition("\n")
    with watching(bare.root, *shlex.split(command.removeprefix(f"{COMMAND}watch "))) as watch:
        first = watch.told()
        saved(scores, re.sub("(?m)^sorter,.*$", CSV_ROW.findall(page)[0], scores.read_text()))
        assert f"{first}\n{watch.told()}" == CLOCK.sub("", rest)
