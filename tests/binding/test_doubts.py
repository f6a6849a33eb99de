"""What a text may be about beside the one run that it names."""

import pytest

from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import METADATA, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

PLACE = Source("runs/run.yaml", "/x", METADATA)
LENGTH = (*("sequence length", ("context length",), "", (), "number", "token", "2048", "", ""),)
BASE = (*("base model", (), "", (), "model", "", "org/ffm-1-3b", "", ""),)
HEADS = (*("attention heads", ("heads",), "", (), "number", "head", "16", "", ""),)
SCORE = (*("psnr", (), "", (("data", "kodak"),), "number", "", "27.7", "", ""),)
REGISTRY = Registry(
    (
        Family("small", "", ("small run",), (), (("data", "kodak", ()),)),
        Family("ffm_2", "ffm_2", (), (), ()),
    ),
    (),
    (),
    tuple(Fact("small", *one, PLACE) for one in (LENGTH, BASE, SCORE)),
    "",
)
LEXICON = lexicon.make(["ffm", "robin"], [])
ALONE = Registry(
    (Family("small", "", (), (), ()),),
    (),
    (),
    tuple(Fact("small", *one, PLACE) for one in (LENGTH, HEADS, BASE)),
    "",
)


def contradicted(text: str, registry: Registry = REGISTRY, path: str = "README.md") -> list[str]:
    document = markdown.read(source.make(path, text))
    bindings = bind_document(document, LEXICON, Index(registry), lambda path: False)
    return [one.claim.text for one in bindings if one.status == "contradicted"]


@pytest.mark.parametrize(
    ("told", "doubted"),
    [
        (
            "The small run has a sequence length of 519 tokens.",
            "The small run has a sequence length of 2k @ 519 tokens/second.",
        ),
        (
            "The small run has a context length of 1k tokens.",
            "The small run has a context length of 1M tokens.",
        ),
        (
            "The small run: its foundation model is FFM3.",
            "The small run has a Fine Foundation Model 3 (FFM3).",
        ),
        ("# Small run\n\n## Loading FFM-3", "# Small run\n\n## Loading FFM-2"),
        (
            "The small run on kodak is 31.5 PSNR.",
            "The gap of the small run on kodak is 31.5 PSNR.",
        ),
        (
            "The small run on kodak has a PSNR of 31.5%, versus 20 before.",
            "The small run on kodak has a PSNR of 31.5% versus the other.",
        ),
        (
            "# Small run\n\n## Results\n\nOn kodak: 31.5 PSNR.",
            "# Small run\n\n## 7. References\n\nOn kodak: 31.5 PSNR.",
        ),
        (
            "The small run on kodak is 31.5 PSNR.",
            "The small run on kodak is 31.5 PSNR [arXiv:1234.56789].",
        ),
        (
            "# Small run\n\n| Data | PSNR |\n|--|--|\n| kodak | 35.8 |",
            "# Small run\n\n| Model | Data | PSNR |\n|-|-|-|\n| net_x2_kodak | kodak | 35.8 |",
        ),
    ],
)
def test_what_may_be_of_something_else_is_left_alone(told: str, doubted: str) -> None:
    assert len(contradicted(told)) == 1
    assert contradicted(doubted) == []


def test_what_is_told_is_no_choice_of_its_own_name() -> None:
    names = (("psnr", "27.7"), ("ssim", "31.5"))
    facts = tuple(
        Fact("small", *SCORE[:3], (("best", name), *SCORE[3]), *SCORE[4:6], value, "", "", PLACE)
        for name, value in names
    )
    told = (("data", "kodak", ()), ("best", "psnr", ()), ("best", "ssim", ()))
    known = Registry((Family("small", "", ("small run",), (), told),), (), (), facts, "")
    assert contradicted("On kodak, the small run reaches psnr=31.5.", known) == []


def test_a_number_behind_words_of_its_own_is_not_of_the_metric_before() -> None:
    text = "The small run, on kodak (psnr 28.7, FK integrity 0.744)."
    assert contradicted(text) == ["28.7"]
    assert contradicted(text.replace("FK integrity 0.744", "psnr 0.744")) == ["28.7", "0.744"]


@pytest.mark.parametrize(
    ("told", "doubted"),
    [
        ("The model has 12 heads.", "`robin-base`: a Robin. The model has 12 heads."),
        ("# Robust\n\nIt has 12 heads.", "# Robin 3B\n\nIt has 12 heads."),
        ("It has 12 heads.", "It has n - 12 heads."),
        ("| | Value |\n|--|--|\n| heads | 12 |", "| | Value |\n|--|--|\n| heads, goal | 12 |"),
        ("| | Value |\n|--|--|\n| heads | 12 |", "| | Sharded |\n|--|--|\n| heads | 12 |"),
    ],
)
def test_where_no_run_is_named_another_may_be_meant(told: str, doubted: str) -> None:
    assert len(contradicted(told, ALONE)) == 1
    assert contradicted(doubted, ALONE) == []


@pytest.mark.parametrize("path", ["README.md", "docs/a.md", "runs/a.md"])
def test_a_text_without_a_run_is_of_the_one_that_there_is(path: str) -> None:
    assert contradicted("It has 12 heads.", ALONE, path) == ["12 heads"]


def test_but_not_in_the_folder_of_another_project() -> None:
    assert contradicted("It has 12 heads.", ALONE, "other/README.md") == []
