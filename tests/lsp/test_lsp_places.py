"""Places of texts, of values in artifacts, and of entries in claims.toml."""

import random
from pathlib import Path

import pytest
from lsprotocol import types

from mirage_lint.core.facts import Fact, Source
from mirage_lint.lsp import entries, values
from mirage_lint.lsp.pages import path_of
from mirage_lint.lsp.positions import Lines, clean, edited
from mirage_lint.registry import lock

WORLD = Path(__file__).parent.parent.parent / "examples" / "mirage"
UNITS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
SIZES = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
TEXT = "aé\U0001f680\r\nline\fstill\u2028it\rthird\n\nlast \U0001f680"


@pytest.mark.parametrize("encoding", UNITS)
def test_every_place_is_told_and_found_again(encoding: str) -> None:
    lines = Lines(TEXT, encoding)
    for offset in range(len(TEXT) + 1):
        if TEXT[max(offset - 1, 0) : offset + 1] == "\r\n":
            continue  # there is no place between the two
        position = lines.position(offset)
        head = TEXT[lines.starts[position.line] : offset]
        assert position.character == len(head.encode(UNITS[encoding])) // SIZES[encoding]
        assert lines.offset(position) == offset


@pytest.mark.parametrize("encoding", [*UNITS, "utf-7"])
@pytest.mark.parametrize(("line", "character"), [(99, 0), (0, 99), (2**31 - 1, 2**31 - 1), (4, 7)])
def test_places_that_are_not_there_are_the_nearest(
    encoding: str, line: int, character: int
) -> None:
    lines = Lines(TEXT, encoding)
    offset = lines.offset(types.Position(line, character))
    assert 0 <= offset <= len(TEXT)
    assert lines.offset(lines.position(offset)) == offset


def test_half_a_character_is_none() -> None:
    lines = Lines("a\U0001f680b", "utf-16")
    assert lines.offset(types.Position(0, 2)) == 1
    assert lines.offset(types.Position(0, 3)) == 2


def test_a_byte_order_mark_is_counted_as_the_editor_has_it() -> None:
    lines = Lines("ab\ncd", "utf-8", had_mark=True)
    assert lines.position(1) == types.Position(0, 4)
    assert lines.offset(types.Position(0, 4)) == 1
    assert lines.offset(types.Position(0, 0)) == 0
    assert lines.position(4) == types.Position(1, 1)


@pytest.mark.parametrize("encoding", UNITS)
def test_edits_make_what_the_editor_has(encoding: str) -> None:
    choose, text = random.Random(1), TEXT
    for _ in range(300):
        lines = Lines(text, encoding)
        start, end = sorted(choose.randrange(len(text) + 1) for _ in "12")
        span = lines.range(start, end)
        start, end = lines.offset(span.start), lines.offset(span.end)
        new = choose.choice(["", "x", "\n", "\r", "\r\n", "\U0001f680", "é\n"])
        change = types.TextDocumentContentChangePartial(text=new, range=span)
        wanted = text[:start] + new + text[end:]
        assert edited(text, [change], encoding) == wanted
        text = wanted or TEXT


def test_a_range_that_ends_before_it_starts_takes_nothing_out() -> None:
    span = types.Range(types.Position(0, 3), types.Position(0, 1))
    change = types.TextDocumentContentChangePartial(text="X", range=span)
    assert edited("abcdef", [change], "utf-16") == "abcXdef"


def test_halves_of_characters_are_told_as_such() -> None:
    assert clean("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a/b%20c.md", "/a/b c.md"),
        ("file:///a/b;c.md", "/a/b;c.md"),
        ("file://localhost/a.md", "/a.md"),
        ("untitled:Untitled-1", None),
        ("https://example.org/a.md", None),
        ("file:///a%00b.md", None),
        ("file://host/share/a.md", None),
        ("file://[", None),
        ("file:a.md", None),
        ("", None),
    ],
)
@pytest.mark.skipif("sys.platform == 'win32'", reason="these are paths of POSIX")
def test_paths_of_uris(uri: str, path: str | None) -> None:
    found = path_of(uri)
    assert (None if found is None else found.as_posix()) == path


@pytest.mark.parametrize(
    ("name", "text", "pointer", "line", "rest"),
    [
        ("a.csv", "name,acc,loss\nx,1,2\ny,3,4\n", "name=y/loss", 2, "4"),
        ("a.csv", 'name,acc\n"x, a",1\n"y\nz",3\n', "name=y\nz/acc", 2, '"y'),
        ("a.csv", "a,b,c\n1,2,3\n1,5,6\n", "a=1,b=5/c", 2, "6"),
        ("a.csv", "name,acc\nx,1\n", "count(acc)", 0, "acc"),
        ("a.tsv", "name\tacc\nx\t1\n", "name=x/acc", 1, "1"),
        ("a.json", '{"b": {"a": [1, {"c": 7}]}, "a": 2}', "/b/a/1/c", 0, '7}]}, "a": 2}'),
        ("a.json", '{\n "a/b": "}",\n "x": 3}', "/a~1b", 1, '"}",'),
        ("a.json", '[{"a": 1},\n{"a": 2}]', "/1/a", 1, "2}]"),
        ("a.json", "{broken", "/a", 0, "{broken"),
        ("a.yaml", "a:\n  - b: 1\n  - b: 2\n", "/a/1/b", 2, "2"),
        ("a.yaml", "a: [\n", "/a", 0, "a: ["),
        ("a.toml", "[x]\ny = 1\n", "/x/y", 1, "y = 1"),
        ("a.jsonl", '{"s": 1, "l": 2}\n{"s": 2, "l": 3}\n', "s=2/l", 1, '{"s": 2, "l": 3}'),
        ("a.py", "import x\n\nSEEDS = 100\n", "SEEDS", 2, "SEEDS = 100"),
        ("a.sh", "run \\\n  --iters 500\n", "--iters", 1, "--iters 500"),
    ],
)
def test_values_are_found_in_artifacts(
    tmp_path: Path, name: str, text: str, pointer: str, line: int, rest: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    found = values.find(Source(name, pointer, 1), tmp_path)
    assert found is not None
    assert (found.path, found.line, found.rest) == (tmp_path / name, line, rest)


@pytest.mark.parametrize(
    "pointer", ["/" + "a/" * 5000, "a=" * 3000 + "/b", "/", "", "=/", "(((", "\\"]
)
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.yaml", "a.toml", "a.jsonl", "a.py"])
def test_no_pointer_and_no_artifact_is_too_odd(tmp_path: Path, name: str, pointer: str) -> None:
    for text in ("", "[" * 100_000, "a: &a [*a, *a]\n", '"\n' * 50, "a,b\n1\n", "\ufeff{}", "\\\n"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        values.find(Source(name, pointer, 1), tmp_path)


def test_what_is_no_text_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(b"\0\1\2")
    for name in ("weights.bin", "none.csv", "pkg.tar.gz::a.json", "..", "a\0b"):
        assert values.find(Source(name, "/a", 1), tmp_path) is None


def test_every_fact_of_the_example_leads_to_its_entry_and_back() -> None:
    registry = lock.load(WORLD / "claims.lock")
    text = (WORLD / "claims.toml").read_text(encoding="utf-8")
    lines = text.split("\n")
    for fact in registry.facts:
        line = entries.line_of(fact, text)
        assert line
        assert fact in entries.facts_at(text, line, registry), (fact.id, lines[line])


def test_a_registry_that_is_broken_leads_nowhere() -> None:
    registry = lock.load(WORLD / "claims.lock")
    fact: Fact = registry.facts[0]
    for text in ("", "[[[", "family = 3\n", "x = " + "[" * 10_000):
        assert entries.line_of(fact, text) == 0
        assert entries.facts_at(text, 0, registry) == []
        assert entries.facts_at(text, 999, registry) == []
    text = "[[family.balanced.fact]]\nmetric = 3\n[family.balanced.fact]\n"
    assert entries.line_of(fact, text) == 0
    assert entries.facts_at(text, 1, registry) == []
