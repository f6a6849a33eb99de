"""Pages of HTML as tests see them, and documents that try to run something in them."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from cli_world import World

from mirage_lint.binding.binding import Binding
from mirage_lint.documents.source import Source
from mirage_lint.pages import body
from mirage_lint.pages.links import Links
from mirage_lint.pages.marks import Marks, Spot
from mirage_lint.pages.raw import Raw
from mirage_lint.pages.writer import Label, Writer

VOID = frozenset({"br", "hr", "wbr", "meta", "input", "link"})


class Element(NamedTuple):
    """A start tag."""

    tag: str
    attributes: dict[str, str]


class Page(HTMLParser):
    """The elements of a page and the text of its claims; AssertionError where it is not
    well-formed.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.claims: dict[int, str] = {}
        self.text = ""
        self._open: list[str] = []
        self._claim = -1
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        assert len(attributes) == len(attrs)
        self.elements.append(Element(tag, attributes))
        if tag in VOID:
            return
        self._open.append(tag)
        if attributes.get("class", "").startswith("c "):
            assert self._claim < 0
            self._claim = int(attributes.get("data-of") or attributes["id"][1:]) - 1

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag == "a":
            self._claim = -1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._claim >= 0:
            self.claims[self._claim] = self.claims.get(self._claim, "") + data

    def addresses(self) -> Iterator[str]:
        """All that the page links to or loads."""
        for one in self.elements:
            yield from (one.attributes[name] for name in ("href", "src") if name in one.attributes)


def spots(bindings: list[Binding]) -> list[Spot]:
    """Where claims stand."""
    spans = (one.claim.passage.source_span(one.claim.start, one.claim.end) for one in bindings)
    return [Spot(*span, one.status) for span, one in zip(spans, bindings, strict=True)]


def shown(source: Source, bindings: list[Binding] | None = None) -> str:
    """A document's HTML."""
    found = bindings or []
    labels = [Label(one.status, "said", "why") for one in found]
    out = Writer(Marks(spots(found)), labels)
    body.write(source, Raw(out, Links(source.path, {"docs/other.md": "other.html"})))
    return out.done()


# ruff: noqa: E501 (documents as they might be)
RUNS = "window.hacked=1"
HOSTILE = f"""\
---
title: </pre></code><script>{RUNS}</script>
---

# Title <script>{RUNS}</script> <img src=x onerror="{RUNS}">

Run A has rank 8<script>{RUNS}</script>, and "rank" 8' onfocus='{RUNS}' autofocus x='.

</article></main></body></html><script>{RUNS}</script>

<script>
{RUNS}

{RUNS}
</script>

<svg onload="{RUNS}"><script>{RUNS}</script><a xlink:href="javascript:{RUNS}"><text>8</text></a></svg>

<iframe srcdoc="<script>parent.hacked=1</script>" src="https://example.invalid/frame"></iframe>

[run](javascript:{RUNS}) [tab](java&#x09;script:{RUNS}) [vb](vbscript:x) [d](data:text/html,<script>)
[ok](https://example.invalid/page) [case](JaVaScRiPt:{RUNS}) <javascript:{RUNS}>
[by name][bad] [rank 8](javascript:{RUNS}) ["](https://example.invalid/" onmouseover="{RUNS})

[bad]: javascript:{RUNS} "title"

<a href="javascript:{RUNS}">a</a> <a href=" &#106;avascript:{RUNS}">b</a> <a href="//example.invalid">c</a>
<a href='https://example.invalid/' onclick='{RUNS}' style="position:fixed;inset:0">d</a>

![pixel](https://example.invalid/pixel.png) <img src="https://example.invalid/2.png" alt="x">
<video src="https://example.invalid/v.mp4" autoplay></video> <link rel=stylesheet href=//example.invalid>

<style>body {{ display: none }} @import url(https://example.invalid/x.css);</style>

<p style="background:url(https://example.invalid/bg.png);position:fixed;inset:0" class="top" id="theme">x</p>

<form action="https://example.invalid"><input name=q autofocus onfocus="{RUNS}"><button>go</button></form>

<base href="https://example.invalid/"><meta http-equiv="refresh" content="0;url=https://example.invalid">

<math><mtext><table><mglyph><style><img src=x onerror="{RUNS}"></style></mglyph></table></mtext></math>

<noscript><p title="</noscript><img src=x onerror={RUNS}>"></noscript>

| a | b |
|---|---|
| <script>{RUNS}</script> | <td onmouseover={RUNS}> 8 |

```"><script>{RUNS}</script>
</code></pre><script>{RUNS}</script>
```

<details ontoggle="{RUNS}" open><summary>s</summary></details> <marquee onstart="{RUNS}">m</marquee>

<template><script>{RUNS}</script></template> <object data="data:text/html,<script>{RUNS}</script>">

<!--><script>{RUNS}</script>--> <![CDATA[<script>{RUNS}</script>]]> <xmp><script>{RUNS}</script></xmp>

<div id="search"><h1 id="main">clobbered</h1></div> {{{{ 7*7 }}}} {{% include "x" %}}

Run A has rank 16.
"""
NAME = "\"><script>window.hacked=1<!--'&.md"
TEXTS = ("</script><script>window.hacked=1</script>", "<img src=x onerror=window.hacked=1>")
CLAIMS = f"""\
version = 1
[family.run]
title = "{TEXTS[0]}"
aliases = ["run a"]
artifacts = ["adapter_config.json", "{TEXTS[1]}.json"]
[[family.run.fact]]
metric = "odd rate"
artifact = "{TEXTS[1]}.json"
pointer = "/<b onclick=1>"
"""


def fill(world: World) -> World:
    """Make a repository in which everything is hostile."""
    world.write("claims.toml", CLAIMS)
    world.write(f"{TEXTS[1]}.json", '{"<b onclick=1>": 3}')
    world.write("adapter_config.json", '{"peft_type": "LORA", "r": 8}')
    world.write("doc.md", HOSTILE)
    world.write(
        f"javascript:alert(1)/{NAME}", "Run A has rank 16, odd rate 3.\n\n[x](../doc.md#title)\n"
    )
    assert world.run("build").status == 0
    return world


def report(world: World, *paths: str) -> Path:
    """The folder of a report on these paths."""
    result = world.run("coverage", *(paths or (".",)), "--output", "html=report")
    assert (result.status, result.err) == (0, "")
    return world.root / "report"


BITS = [
    *(
        "<",
        ">",
        '"',
        "'",
        "=",
        "/",
        " ",
        "\n",
        "\n\n",
        "`",
        "```",
        "*",
        "**",
        "_",
        "[",
        "](",
        ")",
        "![",
    ),
    *(
        "<script>",
        "</script>",
        "<p>",
        "</p>",
        "<a href=",
        "</a>",
        "<table>",
        "<td>",
        "</table>",
        "<!--",
        "-->",
    ),
    *(
        "<svg>",
        "</svg>",
        "<b>",
        "</b>",
        "<div ",
        "onclick=",
        "javascript:",
        "&#106;",
        "&lt;",
        "| ",
        "|---|\n",
    ),
    *(
        "> ",
        "- ",
        "1. ",
        "    ",
        "a",
        "12%",
        "[^1]",
        "[^1]: ",
        ":::",
        "!!! note\n",
        "</article>",
        "<style>",
    ),
]
"""What texts at random are made of."""
