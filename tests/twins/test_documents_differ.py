"""What two documents tell differently, and what is no such thing."""

import json

import pytest
from cli_world import World

from mirage_lint.twins import paths

HEAD = "| Model | Params (M) | Top-1 (%) | Download |\n|---|---|---|---|\n"
ROWS = (
    "| Net-18 | 11.7 | 69.9 | [model](https://x.org/net18.pth) |",
    "| Net-34 | 21.8 | 73.6 | [model](https://x.org/net34.pth) |",
    "| Net-50 | 25.6 | 76.5 | [model](https://x.org/net50.pth) |",
    "| Net-101 | 44.6 | 78.0 | [model](https://x.org/net101.pth) |",
)
TABLE = HEAD + "\n".join(ROWS) + "\n"
PAGE = f"# Nets\n\n{TABLE}"
SENTENCE = "We train for 300 epochs with a batch of 1,024, a rate of 0.004 and 20 warm-up epochs.\n"


def found(world: World, documents: dict[str, str], *options: str) -> list[str]:
    """``path:line message`` of every MIR302."""
    for name, text in documents.items():
        world.write(name, text)
    names = options or documents
    out = world.run("check", *names, "--output-format", "json").out
    return [
        f"{one['path']}:{one['line']} {one['message']}"
        for one in json.loads(out)
        if one["code"] == "MIR302"
    ]


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


ZH = changed(
    PAGE, ("# Nets", "# 网络"), ("Model", "模型"), ("Params", "参数量"), ("[model]", "[模型]")
)
WRONG = ("76.5", "76.8")
TOLD = "'76.8' here, but README.md:7 has '76.5', where all around it is the same"
DIFFER = {
    "a translation": (
        {"README.md": PAGE, "README_zh-CN.md": changed(ZH, WRONG)},
        "README_zh-CN.md:7",
    ),
    "a translation in a folder": (
        {"docs/en/a.md": PAGE, "docs/zh_cn/a.md": changed(ZH, WRONG)},
        "docs/zh_cn/a.md:7",
    ),
    "a copy": ({"README.md": PAGE, "docs/zoo.md": changed(PAGE, WRONG)}, "docs/zoo.md:7"),
    "one of several copies": (
        {**{f"nets/{at}.md": PAGE for at in range(4)}, "nets/b.md": changed(PAGE, WRONG)},
        "nets/b.md:7",
    ),
    "a table of HTML": (
        {
            "a.md": "<table>" + "".join(f"<tr><td>n{x}<td>{x}.5<td>7{x}.1</tr>" for x in range(5)),
            "b.md": "<table>"
            + "".join(f"<tr><td>n{x}<td>{x}.5<td>7{x}.{1 + (x == 3)}</tr>" for x in range(5)),
        },
        "b.md:1",
    ),
    "one document": ({"a.md": f"{PAGE}\n\n{changed(TABLE, WRONG)}", "b.md": ""}, "a.md:15"),
    "two numbers of a cell": (
        {
            "a.md": PAGE.replace("76.5", "76.5 / 93.1"),
            "a_ja.md": PAGE.replace("76.5", "76.8 / 93.4"),
        },
        "a_ja.md:7",
    ),
    "a translation in a folder in capitals": (
        {"docs/EN/a.md": PAGE, "docs/CN/a.md": changed(ZH, WRONG)},
        "docs/CN/a.md:7",
    ),
    "a text in two languages": (
        {"a.md": SENTENCE, "a_de.md": "Wir lernen 300 Epochen, je 1.024, Rate 0.004, 20 und 5.\n"},
        None,
    ),
    "a table of one row": (
        {
            "a.md": "| A | B | C | D |\n|---|---|---|---|\n| 1.5 | 2.5 | 3.5 | 4.5 |\n",
            "a_zh.md": "| 甲 | 乙 | 丙 | 丁 |\n|---|---|---|---|\n| 1.5 | 2.5 | 3.6 | 4.5 |\n",
        },
        "a_zh.md:3",
    ),
    "the same text": (
        {"en/a.md": SENTENCE, "de/a.md": changed(SENTENCE, ("0.004", "0.04"))},
        "de/a.md:1",
    ),
    "numbers in one order": (
        {
            "a.md": "From 12.5% to 13.5%, of 371 and 29 rows: 7.\n",
            "a_zh.md": "从 12.5% 到 13.5%，371、28、7。\n",
        },
        "a_zh.md:1",
    ),
}


@pytest.mark.parametrize(("documents", "place"), DIFFER.values(), ids=DIFFER)
def test_what_differs(built: World, documents: dict[str, str], place: str | None) -> None:
    told = found(built, documents)
    assert [one.partition(" ")[0] for one in told] == ([place] if place else [])


def test_both_places_are_named_and_neither_is_accused(built: World) -> None:
    documents = {"README.md": PAGE, "README_zh-CN.md": changed(ZH, WRONG)}
    assert found(built, documents) == [f"README_zh-CN.md:7 {TOLD}"]
    out = built.run("check", "README.md", "README_zh-CN.md").out
    assert "warning" not in out
    assert "MIR302" in out


def test_the_one_that_differs_from_most_is_told_once(built: World) -> None:
    documents = {"README.md": changed(PAGE, WRONG), "README_ja.md": PAGE, "README_ko.md": PAGE}
    (told,) = found(built, documents)
    assert told == (
        "README.md:7 '76.8' here, but README_ja.md:7 and 1 more place have '76.5', "
        "where all around it is the same"
    )


SAME = {
    "nothing differs": {"a.md": PAGE, "a_zh.md": ZH},
    "rounded": {"a.md": PAGE, "a_zh.md": changed(ZH, ("76.5", "76.51"))},
    "a dot between thousands": {
        "a.md": PAGE.replace("76.5", "76,512"),
        "a_zh.md": changed(ZH, ("76.5", "76.512")),
    },
    "another unit": {"a.md": PAGE, "a_zh.md": changed(ZH, ("76.5", "76.8%"))},
    "nothing there": {"a.md": PAGE, "a_zh.md": changed(ZH, ("76.5", "-"))},
    "the head of a row": {"a.md": PAGE, "b.md": changed(PAGE, ("Net-50", "Net-51"))},
    "two cells of a row": {"a.md": PAGE, "a_zh.md": changed(ZH, WRONG, ("25.6", "25.9"))},
    "many rows": {
        "a.md": PAGE,
        "a_zh.md": changed(ZH, WRONG, ("73.6", "73.9"), ("69.9", "69.1")),
    },
    "other columns": {"a.md": PAGE, "b.md": changed(PAGE, WRONG, ("Top-1", "Top-5"))},
    "other words": {
        "a.md": PAGE,
        "b.md": changed(PAGE, WRONG, ("[model](https://x.org/net50", "[m](https://x.org/net50")),
    },
    "other files": {"a.md": PAGE, "b.md": changed(PAGE, WRONG, ("net50.pth", "net50_v2.pth"))},
    "other files of a translation": {
        "a.md": PAGE,
        "a_zh.md": changed(ZH, WRONG, ("net50.pth", "net50_v2.pth")),
    },
    "reports of two runs": {"runs/a/all.md": PAGE, "runs/b/all.md": changed(PAGE, WRONG)},
    "a number that the other leaves out": {
        "a.md": "From 12.5% to 13.5%, of 371 and 3 rows: 7.\n",
        "a_zh.md": "从 12.5% 到 13.5%，371、100、7。\n",
    },
    "pages of one form, each of another thing": {
        f"nets/{at}.md": PAGE.replace("76.5", f"76.{at}") for at in range(4)
    },
    "another version": {"docs/v1/a.md": PAGE, "docs/v2/a.md": changed(PAGE, WRONG)},
    "a changelog": {"README.md": PAGE, "CHANGELOG.md": changed(PAGE, WRONG)},
    "a record by its front matter": {
        "a.md": f"---\nmirage-lint: record\n---\n{PAGE}",
        "a_zh.md": changed(ZH, WRONG),
    },
    "a row that stands in one only": {
        "a.md": "| A | B | C | D |\n|---|---|---|---|\n| 1.5 | 2.5 | 3.5 | 4.5 |\n",
        "a_zh.md": "| A | B | C | D |\n|---|---|---|---|\n| 1.5 | 2.5 | 3.6 | 4.5 |\n"
        "| 1.5 | 2.5 | 3.7 | 4.5 |\n",
    },
    "a small table of a page of its own": {
        "a.md": "| A | B | C | D |\n|---|---|---|---|\n| 1.5 | 2.5 | 3.5 | 4.5 |\n",
        "b.md": "| A | B | C | D |\n|---|---|---|---|\n| 1.5 | 2.5 | 3.6 | 4.5 |\n",
    },
    "a little in each of many tables": {
        "a.md": "\n\n".join(TABLE.replace(".", f".{at}") for at in range(4)),
        "b.md": "\n\n".join(changed(TABLE, WRONG).replace(".", f".{at}") for at in range(4)),
    },
    "a folder that only looks like a language": {
        "docs/a.md": HEAD + "\n".join(ROWS[:3]),
        "docs/ES/a.md": changed(HEAD + "\n".join(ROWS[:3]), WRONG),
    },
    "few rows": {
        "a.md": HEAD + "\n".join(ROWS[1:3]),
        "b.md": changed(HEAD + "\n".join(ROWS[1:3]), WRONG),
    },
    "a sentence of pages of their own": {
        "a.md": SENTENCE,
        "b.md": changed(SENTENCE, ("300", "100")),
    },
    "a sentence that stands twice": {
        "en/a.md": SENTENCE + "\n" + changed(SENTENCE, ("300", "100")),
        "de/a.md": SENTENCE,
    },
    "texts of few numbers": {"a.md": "With 3 of 5, and 7.\n", "a_zh.md": "3/5、8。\n"},
    "cells of prose": {
        "a.md": PAGE.replace("76.5", "about 76.5 of all"),
        "a_zh.md": ZH.replace("76.5", "about 76.8 of some"),
    },
}


@pytest.mark.parametrize("documents", SAME.values(), ids=SAME)
def test_what_does_not_differ(built: World, documents: dict[str, str]) -> None:
    assert found(built, documents) == []


def test_one_document_alone_is_held_against_none(built: World) -> None:
    documents = {"README.md": PAGE, "README_zh-CN.md": changed(ZH, WRONG)}
    assert found(built, documents, "README_zh-CN.md") == []


def test_it_can_be_silenced_and_is_not_told_unused_alone(built: World) -> None:
    silenced = changed(ZH, ("| 76.5", "| 76.8 <!-- mirage-lint: ignore MIR302 -->"))
    assert found(built, {"README.md": PAGE, "README_zh-CN.md": silenced}) == []
    status, out, _ = built.run("check", "README_zh-CN.md")
    assert (status, "MIR904" in out) == (0, False)


def test_a_baseline_holds_it_and_does_not_shrink_by_less_documents(built: World) -> None:
    built.write("README.md", PAGE)
    built.write("README_zh-CN.md", changed(ZH, WRONG))
    built.run("baseline", "README.md", "README_zh-CN.md")
    assert built.run("check", "README.md", "README_zh-CN.md").status == 0
    assert "can shrink" not in built.run("check", "README_zh-CN.md").out


PAGES = {
    "README_zh-CN.md": "readme.md",
    "README.ja.md": "readme.md",
    "docs/zh_CN/a_en.md": "docs/a.md",
    "docs/en/de.md": "docs/de.md",
    "docs/ES/a.md": "*/docs/a.md",
    "docs/code.md": "docs/code.md",
    "it/model-card.md": "model-card.md",
}


@pytest.mark.parametrize(("path", "page"), PAGES.items())
def test_pages_in_several_languages(path: str, page: str) -> None:
    assert paths.page(path) == page


@pytest.mark.parametrize(
    "path",
    [
        "docs/v1/a.md",
        "versioned_docs/version-1.0/a.md",
        "1.x/a.md",
        "LB_history/Dec.2.2021/a.md",
        "docs/2023/a.md",
        "old_docs/a.md",
    ],
)
def test_versions(path: str) -> None:
    assert paths.is_versioned(path)
    assert not paths.is_versioned("docs/vision2/a.md")


SILENCED = {
    "a row": (PAGE, changed(ZH, WRONG), "[model](https://x.org/net50.pth) <!-- {} --> |"),
    "a text": (SENTENCE, changed(SENTENCE, ("0.004", "0.04")), "warm-up epochs. <!-- {} -->"),
    "a line of one": (
        f"Of it:\n\n- {SENTENCE}",
        f"Of it:\n\n- {changed(SENTENCE, ('0.004', '0.04'))}",
        "warm-up epochs. <!-- {} -->",
    ),
}


@pytest.mark.parametrize(("text", "other", "told"), SILENCED.values(), ids=SILENCED)
def test_comments_are_added_for_it(built: World, text: str, other: str, told: str) -> None:
    documents = {"a.md": text, "a_zh.md": other}
    assert len(found(built, documents)) == 1
    done = built.run("check", *documents, "--add-ignore")
    assert done == (0, "a_zh.md: 1 finding silenced\n", "")
    assert told.format("mirage-lint: ignore MIR302") in (built.root / "a_zh.md").read_text()
    assert built.run("check", *documents).status == 0
