"""``coverage`` as a folder of pages: what is written, what is left alone, what is refused."""

import json
import os
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cli_world import TRUE, World
from pages_world import TEXTS, Page, report

from mirage_lint.pages import folder as folders

LIST = "mirage-lint-report.json"


def pages(folder: Path) -> dict[str, str]:
    return {one.name: one.read_text("utf-8") for one in folder.glob("*.html")}


def test_a_report_is_an_overview_the_artifacts_and_a_page_for_each_document(built: World) -> None:
    built.write("docs/true.md", TRUE)
    result = built.run("coverage", ".", "--output-format", "html", "--output", "report")
    overview = Path("report", "index.html")
    assert result == (0, f"Wrote 4 pages: open {overview}\n", "")
    found = pages(built.root / "report")
    (true,) = (name for name in found if name.startswith("docs-true-md-"))
    (false,) = (name for name in found if name.startswith("doc-md-"))
    assert found.keys() == {"index.html", "artifacts.html", true, false}
    overview_links = set(Page(found["index.html"]).addresses())
    assert {true, false, "artifacts.html#a1"} <= overview_links
    assert Page(found[true]).claims == {0: "8"}
    assert f"{true}#r1" in set(Page(found["artifacts.html"]).addresses())
    assert "MIR101 value-mismatch" in found[false]


def test_every_link_within_a_report_leads_somewhere(hostile: World) -> None:
    found = {name: Page(text) for name, text in pages(report(hostile)).items()}
    for name, page in found.items():
        ids = {one.attributes["id"] for one in page.elements if "id" in one.attributes}
        assert len(ids) == sum("id" in one.attributes for one in page.elements), name
    for name, page in found.items():
        for address in page.addresses():
            if address.startswith(("https://", "data:image/svg+xml,")):
                continue
            path, _, fragment = address.partition("#")
            there = found[path or name]
            ids = {one.attributes.get("id") for one in there.elements}
            assert not fragment or fragment in ids, (name, address)


def test_names_and_registries_say_nothing_in_markup(hostile: World) -> None:
    for text in pages(report(hostile)).values():
        assert TEXTS[0] not in text
        assert TEXTS[1] not in text
        assert text.count("<script") == 1
        names = {name for one in Page(text).elements for name in one.attributes}
        assert not [name for name in names if name.startswith(("on", "style", "srcdoc"))]


def test_a_page_allows_its_own_style_and_script_and_nothing_else(hostile: World) -> None:
    for text in pages(report(hostile)).values():
        policy = next(
            one.attributes["content"]
            for one in Page(text).elements
            if one.attributes.get("http-equiv") == "Content-Security-Policy"
        )
        parts = dict(part.split(" ", 1) for part in policy.split("; "))
        assert parts.pop("script-src").startswith("'sha256-")
        assert parts.pop("style-src").startswith("'sha256-")
        assert parts.pop("img-src") == "data:"  # the icon of a page
        assert set(parts.values()) == {"'none'"}
        assert not [one for one in Page(text).elements if one.tag == "img"]
        assert "style=" not in text


def test_a_second_report_is_the_same_and_takes_away_what_is_no_page_any_more(built: World) -> None:
    built.write("gone.md", TRUE)
    first = pages(report(built))
    assert pages(report(built)) == first
    (built.root / "gone.md").unlink()
    (gone,) = (name for name in first if name.startswith("gone-md-"))
    assert first.keys() - pages(report(built)).keys() == {gone}


def test_what_somebody_changed_or_added_stays(built: World) -> None:
    built.write("gone.md", TRUE)
    folder = report(built)
    (gone,) = folder.glob("gone-md-*")
    gone.write_text("mine")
    (folder / "CNAME").write_text("mine")
    (built.root / "gone.md").unlink()
    report(built)
    assert gone.read_text() == (folder / "CNAME").read_text() == "mine"


def test_other_folders_are_refused(built: World) -> None:
    built.write("mine/index.html", "mine")
    told = built.refused("coverage", "doc.md", "--output", "html=mine")
    assert told == "mine: holds what no report wrote (index.html); name a new or an empty folder"
    assert "is not a folder" in built.refused("coverage", "doc.md", "--output", "html=doc.md")
    assert "is absent" in built.refused("coverage", "doc.md", "--output", "html=no/report")


def test_a_page_of_somebody_else_is_not_written_over(built: World) -> None:
    folder = report(built)
    written = json.loads((folder / LIST).read_text())
    del written["index.html"]
    (folder / LIST).write_text(json.dumps(written))
    told = built.refused("coverage", "doc.md", "--output", "html=report")
    assert told.endswith("index.html: was written by no report; take it away")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"../doc.md": "x"}', '{"a.html": 1}', '{"x/a.html": ""}', "[" * 100_000],
)
def test_a_list_that_is_none_is_refused(built: World, text: str) -> None:
    folder = report(built)
    (folder / LIST).write_text(text)
    told = built.refused("coverage", "doc.md", "--output", "html=report")
    assert "is not the list of a report's files" in told


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights")
def test_nothing_is_written_through_a_link(built: World) -> None:
    folder = report(built)
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(built.root / "doc.md")
    told = built.refused("coverage", "doc.md", "--output", "html=report")
    assert "was written by no report" in told


def test_a_run_that_fails_leaves_the_report_as_it_was(
    built: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = report(built)
    before = built.files()
    built.write("more.md", TRUE)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        status, _, err = built.run("coverage", ".", "--output", "html=report")
    assert (status, "No space left on device" in err) == (2, True)
    assert {name: data for name, data in built.files().items() if name != "more.md"} == before
    assert not list(folder.glob(".mirage*"))


def test_a_run_that_is_broken_off_can_be_made_again(
    built: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.write("gone.md", TRUE)
    report(built)
    (built.root / "gone.md").unlink()
    built.write("more.md", TRUE)
    replaced = []

    def breaks(*places: Path) -> None:
        replaced.append(places)
        if len(replaced) > 2:
            raise OSError(5, "Input/output error")
        rename(*places)

    rename = os.replace
    with monkeypatch.context() as patch:
        patch.setattr(folders.os, "replace", breaks)
        assert built.run("coverage", ".", "--output", "html=report").status == 2
    names = {name.split("-md-")[0] for name in pages(report(built))}
    assert names == {"index.html", "artifacts.html", "doc", "more"}


def test_a_share_that_is_asked_for_is_asked_of_pages_too(built: World) -> None:
    asked = ("coverage", "doc.md", "--fail-under", "50", "--output", "html=report")
    status, out, _ = built.run(*asked)
    assert status == 1
    assert "under the 50% asked for.\nWrote 3 pages" in out


def test_html_needs_a_folder(built: World) -> None:
    told = built.refused("coverage", "doc.md", "--output-format", "html")
    assert told == (
        "--output-format: html is a folder of pages; name it: --output-format html --output FOLDER"
    )


def test_html_needs_its_extra(built: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    told = built.refused("coverage", "doc.md", "--output", "html=report")
    assert "run `pip install 'mirage-lint[html]'`" in told


def test_a_document_without_claims_has_a_page(built: World) -> None:
    built.write("doc.md", "Nothing.\n")
    assert any("Nothing here is read as a claim." in text for text in pages(report(built)).values())


def test_a_notebook_shows_its_cells(built: World) -> None:
    cells = [
        {"cell_type": "code", "source": ["print('no')"]},
        {"cell_type": "markdown", "source": ['# A \\"b\\"\n', "Run A has *rank* 16.\n"]},
        {"cell_type": "markdown", "source": "Run A has rank 8 <b>ü</b>."},
    ]
    built.write("note.ipynb", json.dumps({"cells": cells}))
    (page,) = report(built, "note.ipynb").glob("note-*")
    found = Page(page.read_text("utf-8"))
    assert found.claims == {0: "16", 1: "8"}
    assert "print(" not in found.text


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_any_name_of_a_file_has_a_page(built: World) -> None:
    for name in (b"b\xff.md", b"a\nb.md", b"..md", b"%2e%2e.md", b"CON.md", b"x" * 240 + b".md"):
        (built.root / os.fsdecode(name)).write_text(TRUE)
    names = set(pages(report(built)))
    assert len(names) == 9
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}\.html", name) for name in names)


def test_a_badge_counts(built: World) -> None:
    status, out, err = built.run("coverage", "doc.md", "--output-format", "badge")
    assert (status, err) == (0, "")
    svg = ElementTree.fromstring(out)
    name = "{http://www.w3.org/2000/svg}"
    assert svg.tag == f"{name}svg"
    assert svg.findtext(f"{name}title") == "claims: 0 verified, 1 contradicted"
    texts = [one.text for one in svg.iter(f"{name}text")]
    assert texts == ["claims", "0 verified, 1 contradicted"]
    assert "href" not in out
    assert "url(" not in out.replace("url(#", "")


def test_several_places_are_written_at_once(built: World) -> None:
    result = built.run(
        *("coverage", "doc.md", "--output-format", "json"),
        *("--output", "html=report", "--output", "badge=claims.svg", "--output", "text=a.txt"),
    )
    assert result.status == 0
    assert json.loads(result.out)["contradicted"] == 1
    assert result.err.splitlines()[1:] == ["Wrote claims.svg", "Wrote a.txt"]
    assert (built.root / "claims.svg").read_text().startswith("<svg ")
    assert (built.root / "a.txt").read_text().startswith("document ")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("sarif=a", "--output: 'sarif' is no format; it is one of text, json, html, badge"),
        ("badge=", "--output: 'badge=' names no place; write badge=PATH"),
        ("badge=no/a.svg", "no/a.svg: lies in a directory that is absent; make that first"),
        ("badge=doc.md", "doc.md: is a document that was checked; name another file"),
    ],
)
def test_a_place_that_is_none_is_refused(built: World, given: str, told: str) -> None:
    assert built.refused("coverage", "doc.md", "--output", given) == told
