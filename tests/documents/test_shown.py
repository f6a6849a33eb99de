"""What a reader sees of raised text, badges, code and addresses."""

import pytest

from mirage_lint.documents import markdown, source
from mirage_lint.documents.passages import Passage


def read(text: str) -> tuple[Passage, ...]:
    return markdown.read(source.make("x.md", text)).passages


RAISED = {
    "AP<sup>50</sup>": "AP50",
    "AP<sub>50</sub>": "AP50",
    "R<sup>2</sup>": "R2",
    "10<sup>6</sup>": "10^6",
    "10<sup>-4</sup>": "10^-4",
    "H<sub>2</sub>O": "H2O",
    "21<sup>st</sup>": "21st",
    "77.1<sub>0.3</sub>": "77.1 0.3",
    "82.3<sup>+1.2</sup>": "82.3 +1.2",
    "word<sup>1</sup> on": "word on",
    "words<sup>12</sup>": "words",
    "words<sup>1,2</sup>": "words",
    "99.2<sup>1</sup>%": "99.2%",
    "99.2%<sup>†</sup>": "99.2%",
    "12<sup>[3]</sup>": "12",
    'here.<sup><a href="#n">1</a></sup>': "here.",
    "<sup>1</sup> University": "University",
    "open<sup>1": "open1",
    "one<br>two<br/>\nthree": "one two three",
}


@pytest.mark.parametrize(("text", "shown"), RAISED.items(), ids=RAISED)
def test_raised_and_lowered_text(text: str, shown: str) -> None:
    for document in (f"x {text}", f"<p>x {text}</p>"):
        assert read(document)[0].text.split() == ["x", *shown.split()]


BADGES = {
    "https://img.shields.io/badge/accuracy-99.2%25-green": "accuracy: 99.2%",
    "https://img.shields.io/badge/99.2%25-green": "99.2%",
    "https://img.shields.io/badge/top--1_acc-76__1-blue.svg?style=flat": "top-1 acc: 76_1",
    "https://img.shields.io/badge/a%20b-%E2%9C%93-blue": "a b: ✓",
    "https://img.shields.io/badge/just%20text": "just text",
    "https://img.shields.io/static/v1?label=F1+score&message=88.1%25&color=x": "F1 score: 88.1%",
    "https://img.shields.io/badge/?message=7&label=seven": "seven: 7",
    "https://badgen.net/badge/params/3.2M/green": "params: 3.2M",
    "https://img.shields.io/pypi/v/name": None,
    "https://example.org/badge/a-1-b": None,
}


@pytest.mark.parametrize(("address", "shown"), BADGES.items(), ids=BADGES)
def test_badges(address: str, shown: str | None) -> None:
    for text in (f"![x]({address})", f'<img src="{address}" alt="x">', f"![x](<{address}> 't')"):
        badges = [passage.text for passage in read(text) if passage.kind == "badge"]
        assert badges == ([shown] if shown else [])


@pytest.mark.parametrize(
    "info", ["", "yaml", "YAML", "{.python .x}", "python title='x'", "{code-block} json", "bash"]
)
def test_code_that_sets_values_is_read(info: str) -> None:
    assert [passage.text for passage in read(f"```{info}\nr = 8\n```")] == ["r = 8"]


@pytest.mark.parametrize(
    "info", ["css", "text", "output", "diff", "mermaid", "c", "html", "{math}"]
)
def test_other_code_is_not(info: str) -> None:
    assert read(f"```{info}\nr = 8\n```") == ()


def test_addresses_are_as_written() -> None:
    (passage,) = read("[a](x%20y.csv) [b](<ü b.csv>) <https://x.org/ü>")
    assert [mark.target for mark in passage.marks] == ["x%20y.csv", "ü b.csv", "https://x.org/ü"]


def test_what_a_terminal_printed_is_not_read() -> None:
    shown = "$ train \\\n  --epochs 3\nepochs: 4\n$ ls\n"
    texts = [passage.text for passage in read(f"```console\n{shown}```\n")]
    assert [text for text in texts if text] == ["$ train \\", "--epochs 3", "$ ls"]
    assert read("```console\nepochs: 4\n```\n")[0].text == "epochs: 4"
