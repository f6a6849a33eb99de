"""``coverage``: claims counted by document and family, what is not judged by what it looks like."""

import json
import subprocess
import sys

import pytest
from cli_world import CLAIMS, World

from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, UNBOUND, VERIFIED, Binding
from mirage_lint.claims.extract import extract
from mirage_lint.claims.lexicon import make
from mirage_lint.coverage.badge import badge
from mirage_lint.coverage.counts import Counts, counts
from mirage_lint.coverage.likeness import SIGNS, likeness
from mirage_lint.documents import markdown
from mirage_lint.documents import source as sources

DOCUMENT = """\
Run A has rank 8.

Run A has rank 16.

It took 40 boxes and reached an accuracy of 91.25%.
"""
TEXT = """\
document  claims  verified  contradicted  ambiguous  not judged  verified %
doc.md         4         1             1          0           2        25.0

family  claims  verified  contradicted  ambiguous  not judged  verified %
run          2         1             1          0           0        50.0

not judged, what looks most like a measured result first:
doc.md:5:45: 91.25% (8: a percentage or a fraction, decimals, two decimals or more, \
a metric in its sentence)
doc.md:5:9: 40 (2: a metric in its sentence)

1 of 4 claims are verified: 25.0%.
"""


@pytest.fixture
def told(built: World) -> World:
    """With a document of claims that are right, wrong, and not judged."""
    built.write("doc.md", DOCUMENT)
    return built


def test_claims_are_counted_by_document_and_family(told: World) -> None:
    assert told.run("coverage", "doc.md") == (0, TEXT, "")


@pytest.mark.parametrize(("asked", "status"), [("25", 0), ("25.0%", 0), ("25.01", 1), ("100", 1)])
def test_a_share_can_be_asked_for(told: World, asked: str, status: int) -> None:
    found = told.run("coverage", "doc.md", "--fail-under", asked)
    under = f"That is under the {asked}% asked for.\n" if status else ""
    assert found == (status, TEXT + under, "")
    for_programs = told.run("coverage", "doc.md", "--fail-under", asked, "--output-format", "json")
    assert for_programs.status == status


@pytest.mark.parametrize("asked", ["x", "-1", "100.5", ".", "", "1e1"])
def test_no_percentage_is_bad_usage(told: World, asked: str) -> None:
    status, out, err = told.run("coverage", "doc.md", f"--fail-under={asked}")
    assert (status, out, "is not a percentage from 0 to 100" in err) == (2, "", True)


def test_json_tells_counts_and_every_claim_that_is_not_judged(told: World) -> None:
    found = json.loads(told.run("coverage", ".", "--output-format", "json").out)
    some = {"claims": 2, "verified": 1, "contradicted": 1, "ambiguous": 0, "unbound": 0}
    every = {"claims": 4, "verified": 1, "contradicted": 1, "ambiguous": 0, "unbound": 2}
    not_judged = found.pop("not_judged")
    assert found == {
        **every,
        "verified_percent": 25.0,
        "fail_under": None,
        "documents": [{"path": "doc.md", **every, "verified_percent": 25.0}],
        "families": [{"family": "run", **some, "verified_percent": 50.0}],
    }
    assert [(one["text"], one["points"]) for one in not_judged] == [("91.25%", 8), ("40", 2)]
    assert [one["status"] for one in not_judged] == ["unbound"] * 2


def test_a_document_without_claims_leaves_nothing_to_verify(told: World) -> None:
    told.write("doc.md", "Nothing.\n")
    status, out, _ = told.run("coverage", "doc.md", "--fail-under", "100")
    assert (status, out.splitlines()[-1]) == (0, "0 of 0 claims are verified: 100.0%.")


def test_what_cannot_be_read_is_told(told: World) -> None:
    assert told.refused("coverage", "no.md") == (
        "no.md: is absent; name Markdown files or folders of them"
    )


def test_no_path_commands_a_runner(told: World) -> None:
    told.write("::error::x.md", DOCUMENT)
    out = told.run("coverage", "::error::x.md").out
    assert "./::error::x.md" in out
    assert not any(line.lstrip().startswith("::") for line in out.splitlines())


def test_a_family_of_several_registries_is_one_row(told: World) -> None:
    told.write("inner/claims.toml", CLAIMS)
    told.write("inner/adapter_config.json", '{"peft_type": "LORA", "r": 16}')
    told.write("inner/doc.md", "Run A has rank 16.\n")
    assert told.run("build", "--claims", "inner/claims.toml").status == 0
    out = told.run("coverage", "doc.md", "inner").out.splitlines()
    assert [line.split()[:3] for line in out if line.startswith("run ")] == [["run", "3", "2"]]


def test_a_percent_is_never_rounded_up() -> None:
    assert str(Counts(verified=9999, unbound=1).percent) == "99.9"
    assert str(Counts(verified=2, unbound=1).percent) == "66.6"
    assert str(Counts(verified=3).percent) == "100.0"


def test_every_status_is_counted() -> None:
    (claim,) = extract(markdown.read(sources.make("a.md", "8 rows")).passages[0], LEXICON).claims
    statuses = (VERIFIED, CONTRADICTED, CONTRADICTED, AMBIGUOUS, UNBOUND)
    assert counts(Binding(claim, status) for status in statuses) == (1, 2, 1, 1)


LEXICON = make((), (), ())
LIKE = {
    "a metric and a percentage": ("The accuracy is 91.3%.", 7),
    "a percentage": ("It is 91%.", 3),
    "a fraction": ("It is 3 of 12 boxes.", 3),
    "decimals": ("It is 0.913 long.", 3),
    "a count": ("There are 4 boxes.", 0),
    "a count with a unit": ("It took 400 steps.", 1),
    "a cell": ("| box | long |\n|---|---|\n| a | 4 |", 1),
    "a cell under a metric": ("| box | F1 score |\n|---|---|\n| a | 0.82 |", 7),
    "a cell beside a metric": ("| box | a |\n|---|---|\n| exact match | 82 |", 4),
    "a word that only begins like a metric": ("The accurate box is 4 long.", 0),
    "a setting": ("`rank=8`", -2),
    "a model": ("Llama 3 8B", 0),
}


@pytest.mark.parametrize(("text", "points"), LIKE.values(), ids=LIKE)
def test_results_look_like(text: str, points: int) -> None:
    found = [
        claim
        for passage in markdown.read(sources.make("a.md", f"{text}\n")).passages
        for claim in extract(passage, LEXICON).claims
    ]
    like = likeness(found[-1])
    assert like.points == points
    assert like.points == sum(worth for sign, worth, _ in SIGNS if sign in like.signs)


def test_counting_imports_nothing_of_pages(told: World) -> None:
    program = (
        "import sys; from mirage_lint import cli; cli.main(['coverage', 'doc.md']); "
        "print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=told.root, capture_output=True, text=True, check=True
    )
    loaded = run.stderr.split()
    assert "mirage_lint.coverage.counts" in loaded
    assert not [name for name in loaded if name.startswith(("jinja2", "mirage_lint.pages"))]


STATES = {
    "what is wrong": (Counts(9, 1, 1, 1), "#b3261e"),
    "what is doubtful": (Counts(9, 0, 1, 1), "#8a5a00"),
    "what is right": (Counts(9, 0, 0, 1), "#1b7a4d"),
    "what nobody knows": (Counts(0, 0, 0, 1), "#59626b"),
}


@pytest.mark.parametrize(("found", "colour"), STATES.values(), ids=STATES)
def test_a_badge_shows_by_its_colour(found: Counts, colour: str) -> None:
    assert f'fill="{colour}"' in badge(found)
