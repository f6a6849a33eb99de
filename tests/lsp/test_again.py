"""What the server remembers changes nothing: after any edit, it tells what a check tells."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mirage_lint.checking import engine
from mirage_lint.checking.engine import Checked, Checker
from mirage_lint.documents import source
from mirage_lint.lsp.remembering import Remembering

WORLD = Path(__file__).parent.parent.parent / "examples" / "mirage"
PAGES = sorted((WORLD / "docs").glob("*/*.md"))
PLAIN = Checker(WORLD / "claims.toml")
PARTS = (
    *("\n", " ", "#", "# Balanced run\n", "## KV-cache sweep\n", "\n\n", "|", "7", "0.27%", "600"),
    *("```\n", "```yaml\nr: 8\nepochs: 3\n```\n", "- ", "> ", "1. ", "    ", "\t", "<!-- ", " -->"),
    *("[x]: results/kv_cache/results.csv\n", "[x]", "`", "**", "MLX adapter", "Qwen 2.5 14B", ":"),
    *("<table><tr><td>8</td></tr></table>", "| Metric | Value |\n|---|---|\n| rank | 8 |\n"),
    *(
        "rank = 9\n",
        "99.2% of the 371 degraded",
        "docs/none.md",
        "[^1]",
        "\n[^1]: 600 iterations\n",
    ),
    *("<!-- claim: balanced.rank -->", "<!-- mirage-lint: family=balanced -->\n", "\0"),
    *("<!-- mirage-lint: ignore MIR101 -->", "---\nmirage-lint: {family: mlx}\nrank: 8\n---\n"),
    *("Load Qwen2.5 7B:\n\n```python\nload('Qwen/Qwen2.5-14B')\n```\n\n",) * 2,
    *("![8 epochs](x.png)", "99.2%", "&nbsp;", "\f", "\u2028", "="),
)


def told(checked: Checked) -> list[object]:
    """All that is known of a document, in places of its text."""
    bound = [
        (
            one.claim.passage.source_span(one.claim.start, one.claim.end),
            one.claim.text,
            *one[1:8],
            *one[9:],
        )
        for one in checked.bindings
    ]
    found = [(one.start, one.end, one.code, one.message) for one in checked.findings]
    return [*bound, *found]


def edited(text: str, choose: random.Random) -> str:
    """A text with one edit, of a kind that people or programs make."""
    at, lines = choose.randrange(len(text) + 1), text.split("\n")
    here = choose.randrange(len(lines))
    match choose.randrange(6):
        case 0 | 1:
            return text[:at] + choose.choice(PARTS) + text[at:]
        case 2:
            return text[:at] + text[at + choose.randrange(1, 40) :]
        case 3:
            there = choose.randrange(len(lines))
            lines[here], lines[there] = lines[there], lines[here]
        case 4:
            lines[here:here] = lines[here : here + choose.randrange(1, 8)]
        case _:
            del lines[here : here + choose.randrange(1, 4)]
    return "\n".join(lines)


def differing(page: Path, seed: int, edits: int) -> str | None:
    """The text at which the two differ, if they do."""
    choose, text = random.Random(seed), page.read_text(encoding="utf-8")
    remembering = Remembering(WORLD / "claims.toml", lambda: None)
    for _ in range(edits):
        document = source.make(str(page.relative_to(WORLD)), text)
        again = engine.check(remembering, document, page)
        if told(again) != told(engine.check(PLAIN, document, page)):
            return text
        text = edited(text, choose)
    return None


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(page=st.sampled_from(PAGES), seed=st.integers(0, 2**32))
def test_after_any_edit_it_tells_what_a_check_tells(page: Path, seed: int) -> None:
    assert differing(page, seed, edits=8) is None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_a_text_told_twice_is_told_alike(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    remembering = Remembering(WORLD / "claims.toml", lambda: None)
    document = source.make("docs/true/x.md", text)
    first = told(engine.check(remembering, document, page))
    moved = source.make("docs/true/x.md", f"Some words.\n\n{text}")
    shift = len(moved.text) - len(text)
    assert told(engine.check(remembering, document, page)) == first
    again = engine.check(remembering, moved, page)
    assert told(again) == told(engine.check(PLAIN, moved, page))
    assert not first or shift


def test_a_file_that_comes_and_goes_is_seen(tmp_path: Path) -> None:
    for name in ("claims.toml", "claims.lock"):
        (tmp_path / name).write_bytes((WORLD / name).read_bytes())
    checker = Remembering(tmp_path / "claims.toml", lambda: None)
    text = "The rows lie in `results/kv_cache/summary_by_retentions.csv`, for the KV-cache sweep.\n"
    document, place = source.make("x.md", text), tmp_path / "x.md"

    def codes() -> list[str]:
        return [one.code for one in engine.check(checker, document, place).findings]

    assert codes() == ["MIR402"]
    found = tmp_path / "results" / "kv_cache" / "summary_by_retentions.csv"
    found.parent.mkdir(parents=True)
    found.touch()
    assert codes() == []
    found.unlink()
    assert codes() == ["MIR402"]


def test_the_head_of_a_column_changes_what_the_heads_of_rows_say() -> None:
    page = WORLD / "docs" / "true" / "kv-cache.md"
    text = page.read_text(encoding="utf-8")
    remembering = Remembering(WORLD / "claims.toml", lambda: None)

    def both(text: str) -> list[list[object]]:
        document = source.make("docs/true/kv-cache.md", text)
        return [told(engine.check(one, document, page)) for one in (remembering, PLAIN)]

    before, after = both(text), both(text.replace("| Retention |", "| Part |"))
    assert before[0] == before[1]
    assert after[0] == after[1]
    assert after != before
