"""A report in a browser: it is read by keyboard and without scripts, asks for nothing, and nothing
that documents say runs in it.
"""

import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import chromium
import pytest
from chromium import DESK, PHONE, Browser
from cli_world import World
from pages_world import BITS, report, shown

from mirage_lint.documents import source as sources

REQUIRED = os.environ.get("MIRAGE_LINT_BROWSERS_AND_EDITORS") == "required"
pytestmark = pytest.mark.skipif(
    not REQUIRED and chromium.programs() is None, reason="chromium and chromedriver are absent"
)

DOCUMENT = """\
# Runs

Run A has rank 8, and it took 40 boxes. See [the notes](notes.md#more).

Run A has rank 16. The base model of run A is Llama 3 70B.

| run | rank |
|---|---|
| run a | 32 |
"""
NOTES = "# Notes\n\n## More\n\nRun A has rank 8.\n"


@pytest.fixture(scope="module")
def shared() -> Iterator[Browser]:
    with chromium.browser() as browser:
        yield browser


@pytest.fixture
def desk(shared: Browser) -> Browser:
    """The browser, of a desk's width."""
    shared.scripts(True)
    shared.looks(*DESK)
    return shared


@pytest.fixture
def folder(built: World) -> Path:
    """A report on two documents."""
    built.write("doc.md", DOCUMENT)
    built.write("notes.md", NOTES)
    return report(built)


def page(folder: Path, start: str) -> Path:
    """The page whose name starts so."""
    (found,) = folder.glob(f"{start}*.html")
    return found


def chosen(browser: Browser) -> Any:
    """The words of the claim that is chosen, and of the reading that is shown."""
    return browser.run(
        "return [document.querySelector('.c[aria-current]')?.textContent,"
        " document.querySelector('.card:target .said')?.textContent]"
    )


def seen(browser: Browser, what: str) -> list[str]:
    """The words of the elements that are seen."""
    return browser.run(
        "return [...document.querySelectorAll(arguments[0])]"
        ".filter(one => one.getClientRects().length).map(one => one.textContent.trim())",
        what,
    )


def test_pages_open_without_a_word_or_a_request(desk: Browser, folder: Path) -> None:
    for one in sorted(folder.glob("*.html")):
        desk.open(one)
        assert desk.driver.title.endswith(" · mirage-lint")
        assert (desk.told(), desk.asked()) == ([], {one.as_uri()})


def test_keys_move_from_finding_to_finding_and_from_claim_to_claim(
    desk: Browser, folder: Path
) -> None:
    desk.open(page(folder, "doc-"))
    findings = seen(desk, ".c.contradicted")
    assert len(findings) > 1
    for finding in findings:
        desk.press("n")
        assert chosen(desk) == [finding, finding]
        assert desk.run("return document.activeElement.textContent") == finding
    desk.press("p")
    assert chosen(desk) == [findings[-2]] * 2
    desk.press("k")
    claims = seen(desk, ".c")
    assert chosen(desk)[0] == claims[claims.index(findings[-2]) - 1]
    desk.press("j")
    assert chosen(desk)[0] == findings[-2]
    desk.press("n" * len(findings))
    assert seen(desk, "#told") == ["No more in this document."]
    assert "Next document" in desk.run("return document.activeElement.textContent")
    assert desk.told() == []


def test_keys_can_be_turned_off(desk: Browser, folder: Path) -> None:
    desk.open(page(folder, "doc-"))
    desk.press("?")
    assert seen(desk, "dialog h2") == ["Keyboard"]
    desk.driver.find_element("id", "single").click()
    desk.press("\ue00c")
    desk.press("n")
    assert chosen(desk) == [None, None]
    desk.run("localStorage.clear()")


def test_claims_are_filtered_by_status(desk: Browser, folder: Path) -> None:
    desk.open(page(folder, "doc-"))
    before = seen(desk, ".card")
    desk.driver.find_element("css selector", "label:has(#f-verified)").click()
    left = seen(desk, ".card")
    assert 0 < len(left) < len(before)
    assert seen(desk, ".card.verified") == []
    style = "return getComputedStyle(document.querySelector('.c.verified')).textDecorationLine"
    assert desk.run(style) == "none"


def test_claims_are_searched(desk: Browser, folder: Path) -> None:
    desk.open(page(folder, "doc-"))
    desk.press("/")
    desk.press("mir202 llama")
    assert len(seen(desk, ".card")) == 1
    assert seen(desk, "#told") == [f"1 of {len(seen(desk, '.c[id]'))} found"]
    desk.press("n")
    assert chosen(desk) == [None, None]
    desk.press("\ue00c")
    assert len(seen(desk, ".card")) == len(seen(desk, ".c[id]"))


def test_the_overview_is_filtered_and_searched(desk: Browser, folder: Path) -> None:
    desk.open(folder / "index.html")
    rows = "#documents tbody th"
    assert seen(desk, rows) == ["doc.md", "notes.md"]
    desk.driver.find_element("css selector", "label:has(#f-found)").click()
    assert seen(desk, rows) == ["doc.md"]
    desk.driver.find_element("css selector", "label:has(#f-found)").click()
    desk.press("/")
    desk.press("NOTES")
    assert seen(desk, rows) == ["notes.md"]


def test_links_lead_to_readings_and_to_other_documents(desk: Browser, folder: Path) -> None:
    desk.open(page(folder, "doc-"))
    desk.driver.find_element("link text", "the notes").click()
    assert desk.driver.current_url.endswith("#s-more")
    assert desk.run("return document.querySelector(':target').textContent") == "More"
    desk.open(page(folder, "artifacts"))
    desk.driver.find_element("css selector", ".places a.contradicted").click()
    assert None not in chosen(desk)


def test_what_a_claim_rests_on_shows_on_focus_and_goes_on_escape(
    desk: Browser, folder: Path
) -> None:
    desk.open(page(folder, "doc-"))
    desk.run("document.querySelector('.c.verified').focus({focusVisible: true})")
    tip = "return getComputedStyle(document.querySelector('.c.verified'), '::after').content"
    assert "run.rank = 8" in desk.run(tip)
    assert "adapter_config.json /r" in desk.run(tip)
    desk.press("\ue00c")
    assert desk.run(tip) == "none"


def test_a_theme_is_switched_and_kept(desk: Browser, folder: Path) -> None:
    paper = "return getComputedStyle(document.body).backgroundColor"
    desk.open(folder / "index.html")
    light = desk.run(paper)
    desk.looks(*DESK, "dark")
    dark = desk.run(paper)
    assert light != dark
    desk.driver.find_element("id", "theme").click()
    assert desk.run(paper) == light
    desk.open(page(folder, "doc-"))
    assert desk.run(paper) == light
    assert desk.run("return document.getElementById('theme').ariaPressed") == "false"
    desk.run("localStorage.clear()")


def test_it_is_read_without_scripts(desk: Browser, folder: Path) -> None:
    desk.scripts(False)
    desk.open(page(folder, "doc-"))
    assert seen(desk, ".find, .top button") == []
    desk.driver.find_element("css selector", ".c.contradicted").click()
    assert len(seen(desk, ".card:target .message")) == 1
    desk.driver.find_element("css selector", "label:has(#f-contradicted)").click()
    assert seen(desk, ".card.contradicted") == []
    desk.driver.find_element("css selector", ".card.verified .said a").click()
    assert desk.run("return document.querySelector(':target').className") == "c verified"
    desk.scripts(True)


@pytest.mark.parametrize("name", ["index", "artifacts", "doc-"])
def test_no_page_is_wider_than_the_window(desk: Browser, built: World, name: str) -> None:
    built.write("doc.md", DOCUMENT + "\nRun A has rank 8, and rank 16.\n" * 40)
    opened = page(report(built), name)
    for width in (320, PHONE[0], 768, 1280, DESK[0]):
        desk.looks(width, 800)
        desk.open(opened)
        assert desk.run("return document.documentElement.scrollWidth") <= width


def test_a_reading_on_a_phone_is_a_sheet_that_closes(desk: Browser, folder: Path) -> None:
    desk.looks(*PHONE)
    desk.open(page(folder, "doc-"))
    desk.driver.find_element("css selector", ".c.contradicted").click()
    bottom = "return document.querySelector('.card:target')?.getBoundingClientRect().bottom"
    assert desk.run(bottom) == PHONE[1]
    desk.driver.find_element("css selector", ".card:target .back").click()
    assert desk.run(bottom) is None


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", ["index", "artifacts", "doc-"])
def test_nothing_is_in_the_way_of_anybody(
    desk: Browser, folder: Path, name: str, size: tuple[int, int], theme: str
) -> None:
    from axe_core_python.selenium import Axe

    desk.looks(*size, theme)
    desk.open(page(folder, name))
    problems = Axe().run(desk.driver)["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in problems] == []


def test_nothing_that_a_document_says_runs(desk: Browser, hostile: World) -> None:
    folder = report(hostile)
    for one in sorted(folder.glob("*.html")):
        desk.open(one)
        desk.run(
            "for (const one of document.querySelectorAll('.prose *')) one.dispatchEvent("
            "new MouseEvent('mouseover', {bubbles: true}))"
        )
        assert desk.run("return [typeof window.hacked, document.scripts.length]") == [
            "undefined",
            1,
        ]
        assert desk.driver.title.endswith(" · mirage-lint")
        assert desk.asked() == {one.as_uri()}
        assert desk.told() == []
        kept = "return [...document.querySelectorAll('main, .prose, aside, #theme, #main')].length"
        assert desk.run(kept) == (4 if "-md-" in one.name else 2)


def test_no_link_of_a_document_runs(desk: Browser, hostile: World) -> None:
    folder = report(hostile)
    desk.open(page(folder, "doc-md"))
    schemes = "return [...document.querySelectorAll('.prose a, .card a')].map(one => one.protocol)"
    assert set(desk.run(schemes)) <= {"file:", "https:"}
    names = (
        "return [...document.querySelectorAll('.prose *')].flatMap(one => one.getAttributeNames())"
    )
    assert not [name for name in desk.run(names) if name.startswith(("on", "style", "src"))]
    tags = "return [...document.querySelectorAll('.prose *')].map(one => one.localName)"
    bad = {
        "script",
        "style",
        "iframe",
        "img",
        "svg",
        "math",
        "form",
        "input",
        "link",
        "meta",
        "base",
    }
    assert not bad & set(desk.run(tags))


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


def test_a_report_can_be_served(desk: Browser, folder: Path) -> None:
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/index.html"
        desk.go(address)
        desk.press("/")
        desk.press("notes")
        assert seen(desk, "#documents tbody th") == ["notes.md"]
        assert (desk.told(), desk.asked()) == ([], {address})
        server.shutdown()


def test_the_browsers_own_parser_keeps_any_text_in_its_place(desk: Browser, folder: Path) -> None:
    chance = Random(7)
    texts = ["".join(chance.choices(BITS, k=chance.randint(1, 60))) for _ in range(1500)]
    pages = [
        f"<main><article>{shown(sources.make('a.md', text))}</article><aside></aside></main>"
        for text in texts
    ]
    desk.open(folder / "index.html")
    left = """
        return arguments[0].map(page => {
          const found = new DOMParser().parseFromString(page, "text/html").body;
          const [main] = found.children, [article, aside] = main.children;
          const bad = article.querySelector("script, style, img, svg, math, iframe, form, input");
          return found.children.length === 1 && main.children.length === 2
            && article.localName === "article" && aside.localName === "aside" && !bad
            && found.childNodes.length === 1 && main.childNodes.length === 2;
        })
    """
    wrong = [text for text, is_in in zip(texts, desk.run(left, pages), strict=True) if not is_in]
    assert wrong == []
