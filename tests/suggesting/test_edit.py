"""Proposals put into a registry as people write it."""

import pytest

from mirage_lint.errors import MirageError
from mirage_lint.suggesting.edit import added
from mirage_lint.suggesting.offers import ARTIFACT, FACT, TABLE, Entry
from mirage_lint.suggesting.proposals import Proposal

BEFORE = """\
version = 1

# family a
[family.a]  # here
title = "A"
artifacts = ["x.json"]  # more to come

# about the table
[[family.a.table]]
artifact = "t.csv"
keys = ["k"]

# family b
[family.b]
title = "B"
fact = [{ metric = "z", artifact = "t.csv", pointer = "/z" }]

# the end
"""
AFTER = """\
version = 1

# family a
[family.a]  # here
title = "A"
artifacts = ["x.json", "y.json"]  # more to come

# about the table
[[family.a.table]]
artifact = "t.csv"
keys = ["k"]

[[family.a.table]]
artifact = "n.csv"
keys = ["m"]

[[family.a.fact]]
metric = "q"
artifact = "n.json"
pointer = "/q"

# family b
[family.b]
title = "B"
fact = [{ metric = "z", artifact = "t.csv", pointer = "/z" }, \
{metric = "q", artifact = "n.json", pointer = "/q"}]

[family.new]
title = "new"

[[family.new.fact]]
metric = "q"
artifact = "n.json"
pointer = "/q"

# the end
"""


def test_lines_go_where_they_belong_and_comments_stay() -> None:
    fact = Entry(FACT, "n.json", (("metric", "q"), ("pointer", "/q")))
    chosen = [
        Proposal("a", False, Entry(TABLE, "n.csv", (("keys", ("m",)),)), ()),
        Proposal("a", False, fact, ()),
        Proposal("a", False, Entry(ARTIFACT, "y.json"), ()),
        Proposal("b", False, fact, ()),
        Proposal("new", True, fact, ()),
    ]
    assert added(BEFORE, chosen, "claims.toml") == AFTER


def test_a_family_that_a_pattern_makes_is_not_replaced() -> None:
    text = 'version = 1\n[families.runs]\neach = "runs/*"\ntitle = "{name}"\n'
    proposal = Proposal("small", False, Entry(ARTIFACT, "y.json"), ())
    with pytest.raises(MirageError) as error:
        added(text, [proposal], "claims.toml")
    assert str(error.value) == (
        "claims.toml: family 'small' is made by a pattern, whose lines fit all its runs; "
        "write the lines into [families] by hand"
    )
