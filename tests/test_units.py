"""Units that a registry names itself: in its entries, in its lock, in its documents."""

import pytest
from cli_world import World

from mirage_lint.registry.units import Units

CLAIMS = """\
version = 1
[unit]
ticket = ["ticket", "tickets"]
[family.desk]
title = "The desk"
aliases = ["the desk"]
artifacts = ["desk.json"]
[[family.desk.fact]]
metric = "solved"
artifact = "desk.json"
pointer = "/solved"
unit = "ticket"
"""


def test_a_count_of_an_own_unit_is_checked(bare: World) -> None:
    bare.write("claims.toml", CLAIMS)
    bare.write("desk.json", '{"solved": 41}')
    assert bare.run("build").status == 0
    bare.write("true.md", "The desk solved 41 tickets.\n")
    bare.write("false.md", "The desk solved 48 tickets.\n")
    assert bare.run("check", "true.md").status == 0
    told = bare.run("check", "false.md")
    assert (told.status, "MIR101 '48 tickets'" in told.out) == (1, True)


def test_an_unknown_unit_is_refused_with_the_line_to_add(bare: World) -> None:
    bare.write(
        "claims.toml", CLAIMS.replace('ticket = ["ticket", "tickets"]', 'letter = ["letter"]')
    )
    bare.write("desk.json", '{"solved": 41}')
    assert 'add ticket = ["ticket", "tickets"] to [unit]' in bare.refused("build")


def test_a_unit_without_words_is_refused(bare: World) -> None:
    bare.write("claims.toml", CLAIMS.replace('["ticket", "tickets"]', "[]"))
    assert "unit.ticket" in bare.refused("build")


@pytest.mark.parametrize(
    ("name", "measured"),
    [
        ("compare_s", ("second", "compare")),
        ("time_s", ("second", "time")),
        ("epoch_s", ("second", "epoch")),
        ("latency_ms", ("millisecond", "latency")),
        ("tok_s", ("", "")),
        ("decode_req_s", ("", "")),
        ("images_s", ("", "")),
    ],
)
def test_a_name_that_ends_in_a_unit_is_measured_in_it_unless_it_counts_in_that_time(
    name: str, measured: tuple[str, str]
) -> None:
    assert Units({}).measured(name) == measured
