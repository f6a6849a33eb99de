"""The JSON of ``check`` and ``claims``: a contract, to which fields are added and none renamed."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli_world import FALSE, TRUE, World

from mirage_lint.documents import source

WORLD = Path(__file__).parent.parent / "examples" / "mirage"
RANK = {
    "id": "run.rank",
    "family": "run",
    "metric": "rank",
    "population": None,
    "dimensions": {},
    "value": "8",
    "unit": None,
    "source": {"artifact": "adapter_config.json", "pointer": "/r", "tier": 1},
}
PLACE = {"path": "doc.md", "line": 1, "column": 16, "end_line": 1, "end_column": 18}
FINDING_KEYS = {
    *("path", "line", "column", "end_line", "end_column"),
    *("code", "rule", "severity", "message", "claim", "facts", "fix", "history"),
}
CLAIM_KEYS = {
    *("path", "line", "column", "end_line", "end_column"),
    *("text", "kind", "status", "facts"),
}
FACT_KEYS = set(RANK)
SOURCE_KEYS = {"artifact", "pointer", "tier"}


def listed(world: World, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Exit status and the array that is printed."""
    status, out, err = world.run(*arguments, "--output-format", "json")
    assert err == ""
    return status, json.loads(out)


def test_a_finding(built: World) -> None:
    finding = PLACE | {
        "code": "MIR101",
        "rule": "value-mismatch",
        "severity": "error",
        "message": "'16': the rank of run is 8",
        "claim": {"text": "16", "kind": "number"},
        "facts": [RANK],
        "fix": {
            "safe": True,
            "edits": [{"line": 1, "column": 16, "end_line": 1, "end_column": 18, "text": "8"}],
        },
        "history": None,
    }
    assert listed(built, "check", "doc.md") == (1, [finding])


def test_a_finding_about_the_registry_has_no_claim(built: World) -> None:
    built.write("doc.md", TRUE)
    built.write("claims.toml", (built.root / "claims.toml").read_text() + "# more\n")
    finding = {
        "path": "claims.toml",
        **{"line": 1, "column": 1, "end_line": 1, "end_column": 1},
        "code": "MIR901",
        "rule": "stale-lock",
        "severity": "error",
        "message": "claims.lock was built from another claims.toml: run 'mirage-lint build'",
        **{"claim": None, "facts": [], "fix": None, "history": None},
    }
    assert listed(built, "check", "doc.md") == (1, [finding])


def test_a_claim(built: World) -> None:
    claim = PLACE | {
        "text": "16",
        "kind": "number",
        "status": "contradicted",
        "facts": [RANK],
    }
    assert listed(built, "claims", "doc.md") == (0, [claim])


def test_nothing_is_an_empty_array(built: World) -> None:
    built.write("doc.md", TRUE)
    assert listed(built, "check", "doc.md") == (0, [])
    built.write("doc.md", "")
    assert listed(built, "claims", "doc.md") == (0, [])


def test_facts(built: World) -> None:
    assert listed(built, "facts", "rank") == (0, [RANK])


@pytest.fixture
def example(bare: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.chdir(WORLD)
    return bare


def text_at(item: dict[str, Any]) -> str:
    """What the document says at an item's span, which is told in lines and columns from 1."""
    text = source.load(WORLD / item["path"], item["path"]).text
    lines = text.split("\n")[item["line"] - 1 : item["end_line"]]
    lines[-1] = lines[-1][: item["end_column"] - 1]
    lines[0] = lines[0][item["column"] - 1 :]
    return "\n".join(lines)


def test_the_source_at_every_claims_span_is_its_text(example: World) -> None:
    _, claims = listed(example, "claims", "docs")
    assert claims
    assert [claim for claim in claims if text_at(claim) != claim["text"]] == []
    assert all(claim.keys() == CLAIM_KEYS for claim in claims)
    assert {claim["status"] for claim in claims} == {
        "verified",
        "contradicted",
        "ambiguous",
        "unbound",
    }


def test_the_source_at_every_findings_span_is_its_claims_text(example: World) -> None:
    status, findings = listed(example, "check", "docs")
    assert (status, bool(findings)) == (1, True)
    assert [one for one in findings if text_at(one) != one["claim"]["text"]] == []
    assert all(one.keys() == FINDING_KEYS for one in findings)
    assert all(one["claim"].keys() == {"text", "kind"} for one in findings)
    facts = [fact for one in findings for fact in one["facts"]]
    assert all(fact.keys() == FACT_KEYS for fact in facts)
    assert all(fact["source"].keys() == SOURCE_KEYS for fact in facts)


def test_spans_are_the_same_whatever_the_line_ends(built: World) -> None:
    text = f"{FALSE}\n| a | b |\n|---|---|\n| 1 | rank 16 |\n"
    built.write("doc.md", text)
    plain = listed(built, "claims", "doc.md")
    built.write("doc.md", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert listed(built, "claims", "doc.md") == plain
