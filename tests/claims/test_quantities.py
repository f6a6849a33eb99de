"""What numbers a passage claims: span, kind, value, unit."""

from fractions import Fraction

import pytest

from mirage_lint.claims import lexicon
from mirage_lint.claims.claim import Claim
from mirage_lint.claims.extract import extract
from mirage_lint.documents import markdown, source
from mirage_lint.documents.passages import Passage, Piece

LEXICON = lexicon.make(keys=("rank", "r"))


def claims(text: str, kind: str = "paragraph") -> list[Claim]:
    passage = Passage(kind, text, (Piece(0, len(text), 0, len(text)),))
    return [claim for claim in extract(passage, LEXICON).claims if claim.value is not None]


def told(text: str, kind: str = "paragraph") -> list[tuple[str, str, str]]:
    return [(claim.text, claim.kind, claim.unit) for claim in claims(text, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It took 3 epochs.", [("3 epochs", "number", "epoch")]),
        ("a 3-epoch run", [("3-epoch", "number", "epoch")]),
        ("2,000 training examples", [("2,000 training examples", "number", "example")]),
        ("12\u202f000 rows", [("12\u202f000 rows", "number", "example")]),
        ("five models", [("five models", "number", "model")]),
        ("twenty-five tasks", [("twenty-five tasks", "number", "task")]),
        ("0.27% of them", [("0.27%", "percent", "")]),
        ("0.27 per cent", [("0.27 per cent", "percent", "")]),
        ("gains +58.2 points", [("+58.2 points", "points", "")]),
        ("−3.2 pp", [("−3.2 pp", "points", "")]),
        ("368/371 were right", [("368/371", "fraction", "")]),
        ("3 of the 20 tasks", [("3 of the 20 tasks", "fraction", "task")]),
        ("1 in 371", [("1 in 371", "fraction", "")]),
        ("3.2M parameters", [("3.2M parameters", "number", "parameter")]),
        ("`r=8`", [("r=8", "number", "")]),
        ("rank-8 LoRA", [("rank-8", "number", "")]),
        ("num_train_epochs: 3", [("num_train_epochs: 3", "number", "")]),
        ("lr 1e-4", [("1e-4", "number", "")]),
        ("200 random event sequences", [("200 random event sequences", "number", "sequence")]),
        ("~2,000 steps", [("~2,000 steps", "number", "step")]),
        ("69.1% → 78.2%", [("69.1%", "percent", ""), ("78.2%", "percent", "")]),
        ("0.6 B parameters", [("0.6 B parameters", "number", "parameter")]),
        ("82 M parameters", [("82 M parameters", "number", "parameter")]),
        ("340 k synthetic frames", [("340 k synthetic frames", "number", "frame")]),
        ("2 T tokens", [("2 T tokens", "number", "token")]),
        (
            "0.3 B, 1.2 B and 6.7 B parameters",
            [
                ("0.3 B", "number", ""),
                ("1.2 B", "number", ""),
                ("6.7 B parameters", "number", "parameter"),
            ],
        ),
        (
            "0.3B and 6.7B parameters",
            [("0.3B", "number", ""), ("6.7B parameters", "number", "parameter")],
        ),
        ("Number of parameters: 7B", [("7B", "number", "")]),
        ("has parameters of 13.2B", [("13.2B", "number", "")]),
        ("Model: 7B", []),
        ("over 3 k values", [("3 k values", "number", "value")]),
        ("held at 300 K with care", [("300", "number", "")]),
        ("a 3 T scanner", [("3", "number", "")]),
        ("mass changes by ±20%", [("±20%", "percent", "")]),
        ("varies by ± 0.2", [("± 0.2", "number", "")]),
        ("74.0 ± 0.4 per cent", [("74.0 ± 0.4 per cent", "percent", "")]),
        ("a third less than before", [("a third", "fraction", "")]),
        ("a third test", []),
        ("on one A10G", [("one", "number", "")]),
        ("a 95% bootstrap interval", []),
        ("removed in 1.1.", []),
        ("where x <>30 holds", []),
        ("x =>30", []),
        ("x >=30", [(">=30", "number", "")]),
        ("0.5 => 30", [("0.5", "number", ""), ("30", "number", "")]),
        ("deprecated since 1.1", []),
        ("dropped to 1.1", [("1.1", "number", "")]),
        ("GPU 3 is broken", []),
        ("SQL (PostgreSQL 15 dialect)", []),
        ("8xV100 cards", [("8", "number", "")]),
        ("2x A100 80GB", [("2", "number", "")]),
        ("1.9G", [("1.9G", "number", "")]),
        ("one L4 GPU", [("one L4 GPU", "number", "gpu")]),
        ("three people spent it", [("three people", "number", "person")]),
        ("2.8B active", [("2.8B", "number", "")]),
        ("errors are 1.8 x as high", [("1.8 x", "number", "time")]),
        ("one of the nine runs", [("nine runs", "number", "run")]),
        ("87.5% (84.9–89.8)", [("87.5% (84.9–89.8)", "percent", "")]),
        ("Python 63.0, Java 70.4", [("63.0", "number", ""), ("70.4", "number", "")]),
        ("共 371 与 28 行", [("371", "number", ""), ("28", "number", "")]),
    ],
)
def test_quantities(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "version 1.2.3",
        "on 2026-11-22",
        "at 12:30",
        "v0.3",
        "see Table 9",
        "Section 4.2",
        "[12]",
        "[3, 14]",
        "GPT-4 and CIFAR-10",
        "checkpoint-250",
        "the 1st run",
        "in 2024",
        "May 3, 2025",
        "issue #41",
        "ImageNet1k",
        "0.4/0.5/0.6",
        "1000/1100/1200",
        "one of the models",
        "95% CI",
        "Fig. 3",
        "x86",
        "5 September",
        "see row 2 of it",
        "part 3.",
        "in run 17",
        "thread no. 5591",
        "around update 900",
        "Python: 3.11",
        "python 3.9 | 3.10",
        "1.3 or earlier",
        "version=2",
        "GPT\u20115.1",
        "images of 512×512",
        "crops of 640 x 640 pixels",
        "the ICDAR 2015 dataset",
        "a Raspberry Pi 4 core",
        "an 80% interval",
        "+49 30 0550 1234",
        "rows 1 and 2",
        "Runs 12 to 15 diverged",
        "steps 61,200 and 84,500",
        "lines 10–14",
        "Wikipedia (20230601)",
        "contact 123456789",
        "ICCV'23",
        "NVLink 3.0",
    ],
)
def test_numbers_that_claim_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("about 2,000 steps", "1800", "2200"),
        ("~0.12%", "0.00115", "0.00125"),
        ("at most 5 GPUs", None, "5.5"),
        ("over 3,250 runs", "3249.5", None),
        ("averaged over 200 runs", "199.5", "200.5"),
        ("3.2M", "3150000", "3250000"),
        ("−3.2 pp", "-0.0325", "-0.0315"),
    ],
)
def test_hedges_scales_and_signs(text: str, low: str | None, high: str | None) -> None:
    [claim] = claims(text)
    assert claim.value is not None
    assert claim.value.low == (None if low is None else Fraction(low))
    assert claim.value.high == (None if high is None else Fraction(high))


@pytest.mark.parametrize(
    ("head", "said"), [("SHA-256", []), ("Step", []), ("#", []), ("Share (%)", ["412"])]
)
def test_columns_of_labels_claim_nothing(head: str, said: list[str]) -> None:
    text = f"| Loss | {head} |\n|---|---|\n| 0.9 | 412 |\n"
    passages = markdown.read(source.make("x.md", text)).passages
    assert [one.text for one in extract(passages[-1], lexicon.make()).claims] == said


def test_a_cell_of_several_decimals() -> None:
    text = "| Test | dev/test |\n|---|---|\n| a | 24.5/44.8 |\n"
    passages = markdown.read(source.make("x.md", text)).passages
    claims = extract(passages[-1], lexicon.make()).claims
    assert [claim.text for claim in claims] == ["24.5", "44.8"]


def test_code_claims_only_what_it_sets() -> None:
    assert told("train(num_epochs=3, 7)  ", "code") == [("num_epochs=3", "number", "")]
    assert told("run --iters 600 20", "code") == [("iters 600", "number", "")]
    assert told("seeds = 1,000", "code") == []


def test_a_headings_own_number_claims_nothing() -> None:
    assert told("5.1 Results", "heading") == []
    assert told("3 epochs of training", "heading") == [("3 epochs", "number", "epoch")]


def test_every_span_is_the_claims_text() -> None:
    text = "From 41.0% to 99.2% (+58.2 points) over 371 rows, r=8, 1/371 = 0.27%."
    for claim in claims(text):
        assert text[claim.start : claim.end] == claim.text
        assert claim.text == claim.text.strip()


def test_items_of_a_list_in_code_are_set_each_at_its_place() -> None:
    found = claims("betas = [0.9, 0.999]", "code")
    assert [(one.text, one.key, one.hedge) for one in found] == [
        ("0.9", "betas[0]", ""),
        ("0.999", "betas[1]", ""),
    ]
    assert [one.key for one in claims('"milestones": [40, 60]', "code")] == [
        "milestones[0]",
        "milestones[1]",
    ]
    assert not claims("as shown in [40, 60]", "code")


@pytest.mark.parametrize(
    ("head", "expected"),
    [("LoRA rank / alpha", ["64", "16"]), ("passed / total", ["64 / 16"]), ("rank", ["64 / 16"])],
)
def test_a_row_that_names_two_things_has_a_number_of_each(head: str, expected: list[str]) -> None:
    text = f"| setting | value |\n|---|---|\n| {head} | 64 / 16 |\n"
    document = markdown.read(source.make("a.md", text))
    found = [one.text for cell in document.passages for one in extract(cell, LEXICON).claims]
    assert found == expected
