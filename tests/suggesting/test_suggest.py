"""``suggest``: which registry lines it proposes for claims that no fact covers, and writes."""

import pytest
from cli_world import World

from mirage_lint.commands import suggest

CLAIMS = """\
# ours
version = 1

[family.sorter]  # the only one
title = "Sorter"

# the end
"""
RESULTS = """\
{"baseline_seconds": 84.6, "fast_seconds": 23.5, "passed": 371, "cases": 400}
"""
ROWS = """\
id,hard,correct
1,True,True
2,True,False
3,True,True
4,False,True
5,False,True
6,True,True
7,False,False
"""
TABLE = "model,accuracy\nbert,0.8731\ngpt,0.9142\n"


@pytest.fixture
def world(bare: World) -> World:
    """A registry that knows nothing yet."""
    (bare.root / "doc.md").unlink()
    bare.write("claims.toml", CLAIMS)
    assert bare.run("build").status == 0
    return bare


def proposed(world: World, text: str) -> list[str]:
    """The lines of each proposal for a document, without what tells of them."""
    world.write("doc.md", text)
    shown = world.run("suggest").out.split("\n\n")
    blocks = [[line.strip() for line in one.splitlines() if line[:7].isspace()] for one in shown]
    return ["; ".join(lines) for lines in blocks if lines]


def test_a_proposal_says_what_it_fits_and_why(world: World) -> None:
    world.write("results.json", RESULTS)
    world.write("doc.md", "Of the cases, 371 passed.\n")
    assert world.run("suggest", "doc.md") == (
        0,
        "1. results.json fits 1 claim\n"
        "   doc.md:1:15: '371': /passed is 371; the text says \"passed\"\n"
        "       [[family.sorter.fact]]\n"
        '       metric = "passed"\n'
        '       artifact = "results.json"\n'
        '       pointer = "/passed"\n'
        "\n"
        "No fact covers 1 number; 1 fits a proposal.\n"
        "Add some with --write and their numbers, as in: --write 1,2\n",
        "",
    )


FITS = {
    "a cell, by its column and its row": (
        "table.csv",
        TABLE,
        "GPT reaches an accuracy of 0.914.\n",
        '[[family.sorter.table]]; artifact = "table.csv"; keys = ["model"]',
    ),
    "a percentage of a rate": (
        "table.csv",
        TABLE,
        "GPT reaches an accuracy of 91.4%.\n",
        '[[family.sorter.table]]; artifact = "table.csv"; keys = ["model"]',
    ),
    "a share of two counts": (
        "results.json",
        RESULTS,
        "That is 92.75% of the cases passed.\n",
        '[[family.sorter.fact]]; metric = "passed"; artifact = "results.json"; '
        'expression = "passed / cases"',
    ),
    "a relative change": (
        "results.json",
        RESULTS,
        "The reduction of the seconds from baseline to fast is 72.2%.\n",
        '[[family.sorter.fact]]; metric = "fast seconds"; artifact = "results.json"; '
        'expression = "(baseline_seconds - fast_seconds) / baseline_seconds"',
    ),
    "a share of rows": (
        "rows.csv",
        ROWS,
        "Of the hard questions, 75% are correct.\n",
        '[[family.sorter.fact]]; metric = "correct"; artifact = "rows.csv"; '
        'count = "correct"; of = "hard"',
    ),
    "a number of names": (
        "rows.csv",
        "item,seed,ok\na,1,True\nb,2,True\nc,1,False\nd,2,True\n",
        "We used 2 seeds.\n",
        '[[family.sorter.fact]]; metric = "seed"; artifact = "rows.csv"; distinct = "seed"; '
        'unit = "seed"',
    ),
    "a value in a unit": (
        "results.json",
        '{"seeds": 12}',
        "We used 12 seeds.\n",
        '[[family.sorter.fact]]; metric = "seeds"; artifact = "results.json"; '
        'pointer = "/seeds"; unit = "seed"',
    ),
    "a setting of a known format": (
        "adapter_config.json",
        '{"peft_type": "LORA", "r": 16, "lora_alpha": 32}',
        "It has rank 16.\n",
        '[family.sorter]; artifacts = ["adapter_config.json"]',
    ),
}


@pytest.mark.parametrize(("name", "text", "prose", "lines"), FITS.values(), ids=FITS)
def test_what_fits_is_proposed_and_covers_the_claim(
    world: World, name: str, text: str, prose: str, lines: str
) -> None:
    world.write(name, text)
    assert proposed(world, prose)[0] == lines
    assert world.run("suggest", "--write", "1").status == 0
    assert world.run("build", "--check").status == 0
    assert "1 verified" in world.run("check", "doc.md").out


MISSES = {
    "the value alone": "There are 371 apples.\n",
    "few digits and half of the name": "It took 24 seconds.\n",
    "a row that the text does not name": "An accuracy of 0.91.\n",
    "a percentage that is a count": "The cases passed are 400%.\n",
}


@pytest.mark.parametrize("prose", MISSES.values(), ids=MISSES)
def test_what_does_not_fit_is_not_proposed(world: World, prose: str) -> None:
    world.write("results.json", RESULTS)
    world.write("table.csv", TABLE)
    world.write("doc.md", prose)
    assert world.run("suggest", "doc.md") == (
        1,
        "No fact covers 1 number; 0 fit a proposal.\n",
        "",
    )


def test_several_numbers_of_one_object_are_one_table(world: World) -> None:
    world.write("results.json", RESULTS)
    prose = "Cases: 400. Passed: 371. Fast seconds: 23.5.\n"
    assert proposed(world, prose)[0] == (
        '[[family.sorter.table]]; artifact = "results.json"; rows = "@"'
    )


def test_what_covers_most_comes_first(world: World) -> None:
    world.write("table.csv", TABLE)
    world.write("results.json", RESULTS)
    prose = "371 passed.\n\n| model | accuracy |\n|---|---|\n| bert | 0.8731 |\n| gpt | 0.9142 |\n"
    assert [one.partition("; ")[0] for one in proposed(world, prose)] == [
        "[[family.sorter.table]]",
        "[[family.sorter.fact]]",
    ]


def test_comments_and_order_of_the_registry_are_kept(world: World) -> None:
    world.write("results.json", RESULTS)
    world.write("doc.md", "Of the cases, 371 passed.\n")
    assert world.run("suggest", "--write", "1").out == (
        "claims.toml: 1 proposal added, 1 fact more\n"
    )
    assert world.files()["claims.toml"].decode() == CLAIMS.replace(
        "# the end\n",
        '[[family.sorter.fact]]\nmetric = "passed"\nartifact = "results.json"\n'
        'pointer = "/passed"\n\n# the end\n',
    )


def test_what_the_registry_has_is_not_proposed(world: World) -> None:
    world.write("results.json", RESULTS)
    world.write("doc.md", "Of the cases, 371 passed.\n")
    world.run("suggest", "--write", "1")
    assert world.run("suggest").status == 1


def test_an_artifact_of_no_family_gets_one(world: World) -> None:
    world.write("claims.toml", f'{CLAIMS}\n[family.other]\ntitle = "Other"\n')
    world.run("build")
    world.write("runs/fine/scores.json", '{"passed": 371}')
    assert proposed(world, "371 passed.\n") == [
        '[family.fine]; title = "fine"; ; [[family.fine.fact]]; metric = "passed"; '
        'artifact = "runs/fine/scores.json"; pointer = "/passed"'
    ]


@pytest.mark.parametrize("numbers", ["0", "2", "x", "1,9"])
def test_a_number_of_no_proposal(world: World, numbers: str) -> None:
    world.write("results.json", RESULTS)
    world.write("doc.md", "Of the cases, 371 passed.\n")
    wrong = numbers.rpartition(",")[2]
    assert world.refused("suggest", "--write", numbers) == (
        f"--write: '{wrong}' is no number of a proposal; give some of 1 to 1, as in 1,2"
    )


def test_documents_of_several_registries_are_refused(world: World) -> None:
    world.write("doc.md", "371 passed.\n")
    world.write("inner/doc.md", "371 passed.\n")
    world.write("inner/claims.toml", CLAIMS)
    assert world.refused("suggest") == (
        "the documents: are held against 2 registries; give --claims, as claims.toml"
    )


def test_what_would_not_cover_the_claim_is_not_proposed(world: World) -> None:
    world.write("results.json", '{"passed": 371, "q": 0.5183}')
    prose = "Of the cases, 371 passed. The q of the other model is 0.5183.\n"
    lines = '[[family.sorter.fact]]; metric = "passed"; artifact = "results.json"; '
    assert proposed(world, prose) == [f'{lines}pointer = "/passed"']


def test_a_second_run_proposes_nothing_that_is_written(world: World) -> None:
    world.write("results.json", RESULTS)
    world.write("table.csv", TABLE)
    world.write("rows.csv", ROWS)
    world.write(
        "doc.md", "The best accuracy is 0.9142. 371 passed. Of the hard, 75% are correct.\n"
    )
    found = world.run("suggest").out
    assert found.count(" fits ") > 2
    numbers = ",".join(str(number + 1) for number in range(found.count(" fits ")))
    assert world.run("suggest", "--write", numbers).status == 0
    assert world.run("suggest") == (
        1,
        "No fact covers 0 numbers; 0 fit a proposal.\n",
        "",
    )


def test_a_proposal_that_cannot_be_built_is_none(world: World) -> None:
    world.write("results.json", RESULTS)
    claims = '[family.sorter.population]\nall = { size = 400, unit = "case" }\n'
    world.write("claims.toml", CLAIMS.replace("# the end\n", f"{claims}# the end\n"))
    world.run("build")
    world.write("claims.toml", CLAIMS.replace("# the end\n", claims.replace("case", "csae")))
    world.write("doc.md", "Of the cases, 371 passed.\n")
    assert world.run("suggest").status == 1


def test_a_claim_that_would_still_not_be_judged_is_told(world: World) -> None:
    world.write("timing.json", '{"baseline_seconds": 84.6, "fast_seconds": 23.5}')
    table = '[[family.sorter.table]]\nartifact = "timing.json"\nrows = "@"\n'
    world.write("claims.toml", f"{CLAIMS}{table}")
    world.run("build")
    sure, unsure = (
        "The fast mode takes 27.8% of the seconds of the baseline.\n",
        "It needs 27.8% of the seconds of the baseline (fast: 23.5 seconds).\n",
    )
    for text, is_sure in ((sure, True), (unsure, False)):
        world.write("doc.md", f"# Sorter\n\n{text}")
        (line,) = (one for one in world.run("suggest").out.splitlines() if "'27.8%'" in one)
        assert line.endswith("; still not judged then") is not is_sure


def test_that_there_may_be_more_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest, "MAX_PROPOSALS", 1)
    world.write("results.json", RESULTS)
    world.write("doc.md", "Of the cases, 371 passed. There are 400 cases.\n")
    told = "Only the first 1 are shown: add some, and ask again.\n"
    assert told in world.run("suggest").out
