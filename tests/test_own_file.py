"""A page that has a file of its own beside it is not held against files elsewhere, in a draft."""

import pytest
from cli_world import DRAFT, World

CLAIMS = f"""\
{DRAFT}[[family.zoo.table]]
artifact = "runs/all.csv"
keys = ["model"]
"""
ALL = "model,accuracy,recall\nfinch,0.8123,0.7012\ntern,0.8454,0.7333\ngull,0.7912,0.6841\n"
PAGE = """\
# Zoo

| Model | Accuracy | Recall |
|--|--|--|
| finch | 0.8123 | 0.7012 |
| tern | 0.8459 | 0.7333 |
| gull | 0.7912 | 0.6841 |
"""
WRONG = "0.8459"


def told(world: World, page: str, beside: str, claims: str = CLAIMS, text: str = PAGE) -> bool:
    """Whether the number is called wrong on a page with a file beside it."""
    world.write("claims.toml", claims)
    world.write("runs/all.csv", ALL)
    world.write(page, text)
    if beside:
        world.write(beside, "{}")
    assert world.run("build").status == 0
    return f"'{WRONG}'" in world.run("check", page).out


@pytest.mark.parametrize(
    ("page", "beside", "is_told"),
    [
        ("docs/ranking.md", "", True),
        ("docs/ranking.md", "docs/ranking.json", False),
        ("docs/ranking.md", "docs/ranking.csv", False),
        ("docs/ranking.md", "docs/ranking.svg", True),
        ("docs/ranking.md", "docs/speed.csv", True),
        ("docs/ranking.md", "ranking.csv", True),
        ("docs/net_speed_report.md", "docs/net_speed_summary.csv", False),
        ("docs/net_speed_zh.md", "docs/net-speed.csv", False),
        ("docs/net_speed_a.md", "docs/net_size_a.csv", True),
        ("docs/net.md", "docs/net_speed.csv", True),
        ("ranking.md", "ranking.csv", False),
        ("runs/all.md", "", True),
    ],
)
def test_a_file_of_the_same_name_is_that_of_the_page(
    bare: World, page: str, beside: str, is_told: bool
) -> None:
    assert told(bare, page, beside) == is_told


def test_it_is_asked_for_in_drafts_alone(bare: World) -> None:
    known = CLAIMS.replace("others = true\n", "")
    assert told(bare, "docs/ranking.md", "docs/ranking.csv", known)


def test_a_file_that_the_text_names_is_meant(bare: World) -> None:
    named = PAGE.replace("# Zoo\n", "# Zoo\n\nAll numbers are from `runs/all.csv`:\n")
    assert told(bare, "docs/ranking.md", "docs/ranking.csv", text=named)


def test_a_number_that_is_wrong_in_itself_is_told(bare: World) -> None:
    text = f"{PAGE}\nIn all, 36/164 (32%) fell.\n"
    assert not told(bare, "docs/ranking.md", "docs/ranking.csv", text=text)
    assert "MIR301" in bare.run("check", "docs/ranking.md").out
