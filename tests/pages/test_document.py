"""Documents as HTML: their claims at their exact places, and nothing else that they say at work."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_world import BITS, HOSTILE, Page, shown, spots

from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, UNBOUND, VERIFIED
from mirage_lint.checking.engine import Checker
from mirage_lint.documents import source as sources
from mirage_lint.pages.marks import Marks, Spot

ROOT = Path(__file__).parent.parent.parent
WORLD = ROOT / "examples" / "mirage"
DOCUMENTS = sorted(
    [
        *WORLD.rglob("*.md"),
        *(ROOT / "tests" / "documents" / "awkward").glob("*.md"),
        *ROOT.glob("docs/*.md"),
    ]
)
RAISED = {"10^6 rows": "106 rows", "99.2%": "99.21%"}
"""What readers see of powers and of raised marks of notes."""


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(WORLD / "claims.toml")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_claim_is_marked_at_its_exact_place(path: Path, checker: Checker) -> None:
    source = sources.load(path, path.name)
    bindings = checker.bind(source, path).bindings
    seen = Page(shown(source, bindings)).claims
    places = spots(bindings)
    for number, (binding, spot) in enumerate(zip(bindings, places, strict=True)):
        over = [other for at, other in enumerate(places) if at != number and meet(spot, other)]
        text = binding.claim.text
        if not over:
            assert squeezed(seen[number]) in (squeezed(text), squeezed(RAISED.get(text, text)))
        else:
            assert number in seen or {places.index(other) for other in over} & seen.keys()


def meet(one: Spot, other: Spot) -> bool:
    return one.start < other.end and other.start < one.end


OVERLAPS = {
    "the shorter of two": ([Spot(0, 9, VERIFIED), Spot(2, 4, VERIFIED)], "001100000"),
    "what is wrong": ([Spot(0, 9, CONTRADICTED), Spot(2, 4, VERIFIED)], "000000000"),
    "what is doubtful": ([Spot(2, 4, AMBIGUOUS), Spot(0, 9, VERIFIED)], "110011111"),
    "what is judged": ([Spot(0, 5, VERIFIED), Spot(3, 4, UNBOUND)], "00000...."),
    "what stands beside": ([Spot(0, 3, VERIFIED), Spot(3, 6, VERIFIED)], "000111..."),
    "one of two in the same place": ([Spot(1, 3, VERIFIED), Spot(1, 3, VERIFIED)], ".00......"),
    "nothing that has no width": ([Spot(3, 3, VERIFIED)], "........."),
}


@pytest.mark.parametrize(("found", "painted"), OVERLAPS.values(), ids=OVERLAPS)
def test_of_claims_that_overlap_there_shows(found: list[Spot], painted: str) -> None:
    cuts = Marks(found).cut(0, 9)
    got = "".join(
        ("." if number is None else str(number)) * (end - start) for start, end, number in cuts
    )
    assert got == painted


def html(text: str) -> str:
    return shown(sources.make("docs/page.md", text))


KEPT = {
    "a table": ("| a | b |\n|---|--:|\n| 1 | 2 |", '<td class="right">2</td>'),
    "an alert": (
        "> [!NOTE]\n> Text",
        '<blockquote class="alert note"><p><strong class="title">Note</strong>Text</p>',
    ),
    "a task": ("- [x] done", 'aria-label="Done">☑</span> done'),
    "a link": (
        "[a](https://a.b/c?d=e&f)",
        '<a href="https://a.b/c?d=e&amp;f" rel="noreferrer noopener">a</a>',
    ),
    "a link to a document": ("[a](other.md#Part%20B)", '<a href="other.html#s-partb">a</a>'),
    "a link to a part": (
        "# My part\n\n[a](#my-part)",
        '<h1 id="s-my-part">My part</h1><p><a href="#s-my-part">',
    ),
    "a link to a file": ("[a](b.csv)", "<p>a</p>"),
    "strikethrough": ("~~a~~", "<s>a</s>"),
    "a footnote": ("a[^1]\n\n[^1]: b", '<a href="#s-fn-1">1</a>'),
    "an image": (
        "![alt](a.png)",
        '<span class="image"><span class="unseen">Image: </span>alt</span>',
    ),
    "an image without words": (
        '<img src="a.png">',
        '<span class="image"><span>image</span></span>',
    ),
    "code": (
        "```python\na < b\n```",
        '<pre tabindex="0" data-info="python"><code>a &lt; b\n</code></pre>',
    ),
    "HTML": ('<p align="center"><b>a</b></p>', '<p class="center"><b>a</b></p>'),
    "what HTML leaves open": ("<div><b>a", "<div><b>a</b></div>"),
    "what HTML closes twice": ("<b>a</b></b></p> b", "<b>a</b>"),
    "what HTML would close of Markdown": (
        "> a</p></blockquote> b",
        "<blockquote><p>a b</p></blockquote>",
    ),
    "folded text": (
        "<details><summary>a</summary>b</details>",
        '<details open=""><summary>a</summary>b</details>',
    ),
}


@pytest.mark.parametrize(("text", "expected"), KEPT.values(), ids=KEPT)
def test_readers_see(text: str, expected: str) -> None:
    found = html(text)
    Page(found)
    assert expected in found


REFUSED = (
    *(
        "javascript:x",
        "JAVASCRIPT:x",
        " javascript:x",
        "java\tscript:x",
        "vbscript:x",
        "data:text/html,x",
    ),
    *(
        "file:///etc/passwd",
        "//a.b",
        "\\\\a.b\\c",
        "http://a b",
        "blob:x",
        "https:x",
        "x" * 3000,
        "/etc/passwd",
    ),
)


@pytest.mark.parametrize("address", REFUSED)
def test_no_page_links_to(address: str) -> None:
    assert "<a " not in html(f'x <a href="{address}">text</a>')
    assert "<a " not in html(f"[text](<{address}>)")


TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "details", "div", "dl"),
    *("dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins"),
    *("kbd", "li", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary"),
    *("sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var", "wbr"),
}
ATTRIBUTES = {
    *("href", "rel", "class", "id", "start", "tabindex", "role", "aria-label", "data-info"),
    *("colspan", "rowspan", "open", "data-tip", "aria-hidden", "data-of"),
}


def require_harmless(text: str) -> None:
    page = Page(html(text))
    for element in page.elements:
        assert element.tag in TAGS
        assert set(element.attributes) <= ATTRIBUTES
        assert element.attributes.get("id", "s-").startswith("s-")
    for address in page.addresses():
        assert re.match(r"https?://|mailto:|#|other\.html", address)


def test_a_hostile_document_is_harmless() -> None:
    require_harmless(HOSTILE)
    assert "window.hacked=1" not in "".join(re.findall(r"<[^>]*>", html(HOSTILE)))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(BITS), max_size=40).map("".join))
def test_any_text_is_harmless(text: str) -> None:
    require_harmless(text)


N = 20_000
LONG = {
    "elements in elements": "<div>" * N,
    "elements that nothing opened": "<div>" * N + "</p>" * N,
    "links that never end": "x " + "<a href=x>" * N,
    "links of HTML": "x " + "<a href=https://a.b>x</a>" * N,
    "links": "[a](https://a.b) " * N,
    "links in images": "![[a](b)](c) " * N,
    "images that are told elsewhere": "![a][b] " * N
    + "\n\n[b]: https://img.shields.io/badge/a-b-c",
    "footnotes": "a[^1] " * N,
    "headings of one name": "# a\n\n" * N,
    "rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * N,
    "lines of code": "```\n" + "a = 1\n" * N + "```\n",
    "what is not shown": "<svg>" * N + "<p>1" * N,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_document_takes_no_longer_than_it_is(text: str) -> None:
    Page(html(text))
