"""Numbers that tell a value in another way than it is stored: no finding, and no proof either."""

import pytest

from mirage_lint.binding.binding import CONTRADICTED, UNBOUND, VERIFIED
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

LEXICON = lexicon.make()
NETS = ("wren", "finch", "tern", "gull")
VALUES = {
    "accuracy": ("81.23", "79.45", "77.61", "70.12"),
    "drawdown": ("-2.94462", "-3.67935", "-3.82197", "-5.24528"),
    "max drawdown": ("0.00358", "0.00183", "0.00254", "0.00612"),
    "ratio": ("3.901904791", "4.144427725", "1.111111111", "2.718281828"),
    "delta": ("0.71702", "-0.38241", "1.21512", "2.18411"),
    "drop": ("0.5512", "0.1538", "1", "0.2217"),
    "collapsed": ("0", "3", "1", "2"),
    "wait": ("147.31", "4598.67579", "456.08383", "1564.43350"),
    "weights": ("1.53", "0.28", "2.61", "0.75"),
    "parameters": ("1.53", "11.18", "4.02", "1.26"),
    "share": ("0.2218", "0.0027", "0.3512", "0.4123"),
}


def fact(metric: str, net: str, value: str) -> Fact:
    place = Source("results.csv", f"/{metric}", 1)
    unit = "parameter" if metric == "parameters" else ""
    return Fact("nets", metric, (), "", (("net", net),), "number", unit, value, "", "", place)


FACTS = tuple(
    fact(metric, net, value)
    for metric, values in VALUES.items()
    for net, value in zip(NETS, values, strict=True)
)


def told(
    column: str, cells: tuple[str, ...], others: bool = False, facts: tuple[Fact, ...] = FACTS
) -> list[str]:
    """What becomes of the cells of a column, beside one that agrees."""
    rows = zip(NETS, VALUES["accuracy"], cells, strict=True)
    lines = "".join(f"| {net} | {right} | {cell} |\n" for net, right, cell in rows)
    text = f"# Nets\n\n| net | accuracy | {column} |\n|---|---|---|\n{lines}"
    registry = Registry((Family("nets", "", ("nets",), (), (), others),), (), (), facts, "")
    document = markdown.read(source.make("README.md", text))
    found = bind_document(document, LEXICON, Index(registry), lambda path: False)
    return [one.status for one in found][1::2]


@pytest.mark.parametrize(
    ("column", "right", "wrong", "status"),
    [
        ("drawdown", ("-2.94%", "-3.68%", "-3.82%", "-5.25%"), "-3.52%", VERIFIED),
        ("delta", ("0.717", "-0.38%", "1.215", "2.184"), "-0.52%", ""),
        ("drop", ("0.551", "-0.154", "1", "0.222"), "-0.174", ""),
        ("collapsed", ("0", "3/9", "1", "2"), "5/9", ""),
        ("max drawdown", ("-0.36%", "-0.18%", "0.25%", "0.61%"), "-0.17%", ""),
        ("ratio", ("3.901904791", "4.144427726", "1.111111111", "2.718"), "4.144427736", ""),
        ("wait", ("147 ms", "4.6 s", "456 ms", "1564 ms"), "4592 ms", ""),
        ("wait", ("147 ms", "4.6 s", "456 ms", "1564 ms"), "4.9 s", ""),
        ("weights", ("1.53", "0.28M", "2.61", "0.75"), "0.29", ""),
        ("weights", ("1.53", "0.28M", "2.61", "0.75"), "0.29M", ""),
        ("parameters", ("1.53M", "11.18M", "4.02M", "1.26M"), "11.81M", ""),
    ],
    ids=[
        *("percent below nought", "points", "a drop with a sign", "a count of a total"),
        *("a drawdown with a sign", "the last figure of many", "seconds", "no such seconds"),
        *("a letter", "a letter of no such number", "parts of what is counted"),
    ],
)
def test_another_way_to_tell_a_value_is_no_error(
    column: str, right: tuple[str, ...], wrong: str, status: str
) -> None:
    found = told(column, right)
    assert CONTRADICTED not in found
    assert not status or set(found) == {status}
    assert told(column, (right[0], wrong, *right[2:]))[1] == CONTRADICTED


def test_a_sign_is_an_error_where_the_name_tells_no_direction() -> None:
    assert told("delta", ("0.717", "0.382", "1.215", "2.184"))[1] == CONTRADICTED


@pytest.mark.parametrize(
    ("stored", "cell", "status"),
    [
        ("0.99998", "0.999", VERIFIED),
        ("99.98", "99.9%", VERIFIED),
        ("0.99998", "0.998", CONTRADICTED),
        ("0.99998", "0.99", CONTRADICTED),
        ("0.9989", "0.999", VERIFIED),
        ("0.9984", "0.999", CONTRADICTED),
    ],
)
def test_nines_tell_how_near_a_rate_comes_to_all(stored: str, cell: str, status: str) -> None:
    facts = (fact("share", "wren", stored), *FACTS[:4], *(one for one in FACTS[-3:]))
    shown = ("22.18%", "0.27%", "35.12%", "41.23%")
    assert told("share", (cell, *shown[1:]), facts=facts)[0] == status


def test_of_several_values_that_one_is_told_which_is_rounded_wrong() -> None:
    parts = (("a", "0.2198"), ("b", "0.9182"))
    facts = [one for one in FACTS if one.metric != "share" or one.dimensions != (("net", "wren"),)]
    facts += [
        fact("share", "wren", value)._replace(dimensions=(("net", "wren"), ("part", part)))
        for part, value in parts
    ]
    told = zip(NETS, VALUES["accuracy"], ("0.219", "0.003", "0.351", "0.412"), strict=True)
    rows = "".join(f"| {net} | {right} | {cell} |\n" for net, right, cell in told)
    registry = Registry((Family("nets", "", ("nets",), (), ()),), (), (), tuple(facts), "")
    text = f"# Nets\n\n| net | accuracy | share |\n|---|---|---|\n{rows}"
    document = markdown.read(source.make("README.md", text))
    found = bind_document(document, LEXICON, Index(registry), lambda path: False)
    (wrong,) = (one for one in found if one.status == CONTRADICTED)
    assert (wrong.change, [fact.value for fact in wrong.facts]) == ("rounding", ["0.2198"])


@pytest.mark.parametrize(("cell", "status"), [("4/6", VERIFIED), ("3/6", CONTRADICTED)])
def test_a_fraction_may_be_what_a_percentage_was_rounded_from(cell: str, status: str) -> None:
    share = fact("share", "wren", "67")._replace(unit="percent")
    others = ((name, value) for name, value in zip(NETS[1:], ("50", "33", "83"), strict=True))
    facts = [share, *(share._replace(value=v, dimensions=(("net", n),)) for n, v in others)]
    found = told("share", (cell, "3/6", "2/6", "5/6"), facts=(*FACTS[:4], *facts))
    assert found == [status, VERIFIED, VERIFIED, VERIFIED]


def test_nought_is_no_value_in_points() -> None:
    assert told("share", ("22.18%", "0.00%", "35.12%", "41.23%"))[1] == CONTRADICTED


@pytest.mark.parametrize(("other", "status"), [("runs.csv", UNBOUND), ("all.csv", CONTRADICTED)])
def test_a_value_of_one_of_several_runs_is_no_error_of_all(other: str, status: str) -> None:
    def loss(net: str, value: str, file: str, *more: tuple[str, str]) -> Fact:
        place = Source(file, "/loss", 1)
        slots = (("net", net), *more)
        return Fact("nets", "loss", (), "", slots, "number", "", value, "", "", place)

    known = ("0.3456", "0.4567", "0.5678", "0.6789")
    facts = [loss(net, value, "all.csv") for net, value in zip(NETS, known, strict=True)]
    facts += [loss(net, "0.3333", other, ("run", "second")) for net in NETS]
    # What is called like a net is a run as well, so that the row tells of that run.
    facts += [loss(net, "0.1111", "more.csv")._replace(dimensions=(("run", net),)) for net in NETS]
    rows = "".join(f"| {net} | {cell} |\n" for net, cell in zip(NETS, known, strict=True))
    text = f"# Nets\n\n| net | loss |\n|---|---|\n{rows}".replace("0.4567", "0.3333")
    registry = Registry((Family("nets", "", ("nets",), (), (), True),), (), (), tuple(facts), "")
    document = markdown.read(source.make("README.md", text))
    found = bind_document(document, LEXICON, Index(registry), lambda path: False)
    assert [one.status for one in found][1] == status
