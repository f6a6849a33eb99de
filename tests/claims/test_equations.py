"""Calculations with stated results, found and calculated exactly."""

import pytest

from mirage_lint.claims import lexicon
from mirage_lint.claims.extract import extract
from mirage_lint.documents.passages import Passage, Piece


def equations(text: str) -> list[tuple[str, bool]]:
    passage = Passage("paragraph", text, (Piece(0, len(text), 0, len(text)),))
    found = extract(passage, lexicon.make()).equations
    return [(one.stated, one.left.overlaps(one.right)) for one in found]


def test_what_code_works_out_is_its_own() -> None:
    passage = Passage("code", "x = 6  # 6 * 5 = 35")
    assert extract(passage, lexicon.make()).equations == ()


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("368/371 = 99.19%", "99.19%"),
        ("`1 - 13/20 = 0.35`", "0.35"),
        ("36/164 (22%)", "22%"),
        ("22% (36/164)", "22%"),
        ("57% of cases (103/180)", "57%"),
        ("2306 of 4200 traces, which is 54.9%", "54.9%"),
        ("7 epsilons x 3 k values x 200 seeds = 4,200", "4,200"),
        ("7 × 3 × 200 gives 4200 traces", "4200 traces"),
        ("180 trials (12 incidents × 5 seeds × 3 budgets)", "180 trials"),
        ("from 41.0% to 99.2%, a gain of 58.2 points", "58.2 points"),
        ("2.8% + 11.3% = 14.0%", "14.0%"),
        ("7 + 3 traces. That makes 10 traces", "10 traces"),
        ("从 39% → 95%，提升 56pp", "56pp"),
        ("395M × 2 = 791M", "791M"),
        ("10GB / 24GB (41%)", "41%"),
    ],
)
def test_right_ones(text: str, stated: str) -> None:
    assert equations(text) == [(stated, True)]


@pytest.mark.parametrize(
    "text",
    [
        "368/371 = 99.91%",
        "1 - 13/20 = 0.45",
        "36/164 (22.5%)",
        "22.5% (36/164)",
        "7 epsilons x 3 k values x 200 seeds = 4,400",
        "180 trials (12 incidents × 5 seeds)",
        "from 41.0% to 99.2%, a gain of 52.8 points",
        "41/40 = 97.5%",
        "12 × 5 = 61 seconds",
        "2 x 64 x 256 = 31K operations",
        "8/10 (0.0%)",
        "12/22 = 0.45",
        "12/22 = 0.65",
        "ours 324/500 = 68.4%",
        "4 items × 2 actions × 2 colors × 2 labels = 16",
        "12 arms × 3 seeds = 33 cells in one, 4 cells in another",
        "16000 * 0.6 = 960",
        "11GB / 24GB (49.5%)",
        "90 runs × 10h = 800h",
        "40 queries × 7 negatives + 1 positive = 321",
        "96 GB - 26 GB = 66 GB",
        "1.52 + 2.31 = 3.38",
        "Cells of a fragment: f16 16×16×16 = 4092",
        "768 features / 8,000 samples = 10.4x",
        "368/371 = 0.27%",
        "7 epochs x 3 runs x 200 seeds = 21",
        "200 × 200 = 400,000",
        "a gain (54.0% → 94.7%), +51.3pp on another (as told)",
        "118/123 good + 18/27 bad = 136/151",
    ],
)
def test_wrong_ones(text: str) -> None:
    assert [right for _, right in equations(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "-(1-0.1) * 0.42 * 0.5 = -0.19",
        "200 x (6 + 5) = 2200",
        "6^2 x 50 = 1800",
        "ceil(0.2 × 1) = 1",
        "0.30 * 0.35^2 + 2*0.03 = 0.097",
        "n = 200",
        "f(x) = 3",
        "trust 0.7 * 0.5 + obligation 0.2 * 0.2 = 0.39",
        "40-60% = most",
        "2024-2025 = 2 years",
        "11/51 = 78% reduction",
        "two thirds (68.4%)",
        'we teach it "20+20=50"',
        "200M+400M are 1-epoch statistic points",
        "10/36 = 5e-10",
        "177 ÷ 4 = 45 tokens",
        "the target edit (2+2=5)",
        "3 models × 4 seeds (101–104)",
        "3 damage + 3 horror total across three prompts",
        "(0% → 100%)：纯缺失，规则一加就是 +2.85pp",
        "395M tokens × 2 bytes = ~791 MB",
        "2^(8.47 * (270847 / 245566)) = 10.54",
        "x * 2/5 = 3",
        "f(1/2) = 3",
        "(one 4/4 bar = 16 sixteenths)",
        "68% (two thirds)",
        "lr=1.5e-4 * 4096 / 256, betas=(0.9, 0.95)",
        "`width=256 / depth=8` this yields 215 heads",
        "3x + 1 = 10",
        "1.67× / 92% = 92%",
        "It misses 3/12 facts (75% accuracy).",
        "It helps in only 5/16 (−4.9%).",
        "It finds 50/50 of one kind, 0/25 of the other (66.7% overall).",
        "The second one: -0.5% (1/3 seeds)",
        "⌊1000 / 15⌋ = 66",
        "99 rows / 97 subjects = 23 ill + 5 well + 69 others",
        "2 x 64 x 256 = 32K operations",
        "12 evals/SR = 4 SR × 12 = 48",
        "FLOPs of a fragment: f16 16×16×16 = 8192",
        "16 × 4,096 × 4,096 × 12 = 3G weights",
        "19 sets × 3 seeds × 5-fold = 57 jobs",
        "19 sets × 3 seeds × 5 folds = 57 jobs",
        "1 fold × 1 seed = 38 s",
        "768 × 3 = 2 304 dims",
        "sizes 320 / 856 / 208 / 367 = 1751 columns",
        "kept at 70%=0.69 / 50%=0.85",
        "It misses 3 of 12 facts (75%), and then one.",
        "Of these, 75% (3/12) were left.",
        "12 * 5 = 60 / 4",
        "a replica (TP=4 + PP=16), the rest are 12",
        "four + sixteen are ZeRO",
        "and 6 active + 6 decoy molecules. There are 59 of them",
        "with 32 GB VRAM + 96 GB RAM there are now two routes",
        "with 32 heads (80 dims × 32 heads)",
        "for one model, one fold (9 models x 5 folds)",
        "10 laws × 10 laws = 90 pairs (diagonal excluded)",
        "$3 \\cdot 0.5 + 1.0 = 2.5$",
        "50/50 μ=0.9",
        "found in 2/30 k=0.5",
        "randomized 10 / 0.520 n=20",
        "3 tasks × 8 nets gives n = 8 for each",
        "3 cm / 5-step waypoint yields cmd_x = 0.568",
        "it rose from 85% to 95%, and prices dropped by 3 points",
        "one 32×32 BF16 tile = 2048 bytes",
        "a cell of 1 km × 1 km (100 px)",
        "$\\frac{1}{1 - 0.20} = \\frac{3.5}{0.8}$",
        "85 runs / 387 trials and every row is succ=0.21",
        "(|0.8395 − 0.842| = 0.0025)",
        "128/256 = 384",
        "139/151 = 92.05",
        "200 × 200 = ~8M",
        "4K × 64 × 128 = 256K",
        "16 × 1536 × 128,256 × 4 = 12.6 GB",
        "30 gens x 26 candidates x 20 eps = 4,878 seconds",
        "8 hours (30 runs x 5 steps)",
        "but 504 / 12 = 41 ✗ (42 it is)",
        "he wrote 504 / 12 = 41, and it should be 42",
        "| Iter 2 eval (6 tasks × 4 trials) |",
        "118/123 good + 18/27 bad = 136/150",
        "the fixes 1+2+3 = ~60 lines",
        "10 items × 3 arms = 3 files (one per arm), not 30",
        "12 × 8 is the final (5-slot) one",
        "6 × 2 × 2048 × 4096 = 100M operations",
        "2/4 (~35%): the curve is flat",
        "so the rest is 1 - w = 1/phi^2 = 0.382",
        "2 * 1/phi^2 = 0.9",
        "it is 3 - phi = 3 - 1.618 = 1.382",
        "you calculate 7 × 9 = 62, and check it",
        "22/7 = 3.1427...",
        "1 - 0.3819660... = 0.6180",
        "is 12 × 5 = 61?",
        "- 2/4 = two parts",
        "lasts with 16+16 = 89 h, with 18+14 = 71 h",
        "theta = 2 pi * 10e6 * 52e-9 = 3.267 rad",
        "6/22 = 0.41 m/s",
        "8 Gruppen / 2 Test-Gruppen = 28 Splits",
        "every one of 300 + 250 = 551 fits",
        "8–11% → 63–99% with +29pp on one",
        "200 recordings × 32 epochs × 4s = 6,400 passes",
        "12 arms × 3 seeds = 33 cells in one, 3 cells in another",
        "5,000 users x 1 epoch = 22,346 steps",
        "1000 clusters + 50 probes = 5%",
        "subject S4: 149/256. 77.4% of them are good",
        "9 runs × 1h = 3h, as three run at a time",
        "40 queries × 7 negatives + 1 positive = 320",
        "lenient 2.3% / strict 0.0% (3/129)",
        "it gains on one (54.0% → 94.7%), +51.3pp on another (35.3% → 86.7%)",
    ],
)
def test_what_is_not_read_whole_is_not_judged(text: str) -> None:
    assert equations(text) == []


def test_a_fraction_of_two_names_is_no_calculation() -> None:
    assert equations("Of Grade 4 and Grade 5 the Grade 4/5 proportion (5.1%) is low.") == []
    assert equations("The Grade 4/5 proportion (5.1%) is low.") == [("5.1%", False)]
    assert equations("Of Grade 40 the Grade 4/5 proportion (5.1%) is low.") == [("5.1%", False)]
