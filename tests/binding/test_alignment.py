"""Tables as a whole: rows find their records, columns their metrics, neighbours bear witness."""

from collections.abc import Iterator

import pytest

from mirage_lint.binding.alignment import align
from mirage_lint.binding.grid import Grid
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import Reader, bind_document
from mirage_lint.claims import lexicon
from mirage_lint.claims.claim import QUANTITIES
from mirage_lint.core.facts import METADATA, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

ROWS = {
    ("finch-small_8gpu", "Meadow"): {"Parameters": "11690000", "Hit Rate 1": "69.90"},
    ("finch-base_8gpu", "Meadow"): {"Parameters": "25560000", "Hit Rate 1": "76.55"},
    ("finch-large_8gpu", "Meadow"): {"Parameters": "44550000", "Hit Rate 1": "77.97"},
    ("finch-large_8gpu-long", "Meadow"): {"Parameters": "44550000", "Hit Rate 1": "80.12"},
    ("finch-small_8gpu", "Harbour"): {"Parameters": "11690000", "Hit Rate 1": "94.82"},
    ("wren-base_8gpu", "Harbour"): {"Parameters": "25580000", "Hit Rate 1": "95.34"},
}


def _facts() -> Iterator[Fact]:
    for (model, dataset), metrics in ROWS.items():
        slots = (("dataset", dataset), ("model", model))
        for metric, value in (metrics | {"Epochs": "90"}).items():
            place = Source("rows.json", f"{model}/{metric}", METADATA)
            unit = "epoch" if metric == "Epochs" else ""
            yield Fact("zoo", metric, (metric,), "", slots, "number", unit, value, "", "", place)


INDEX = Index(Registry((Family("zoo", "", ("zoo",), (), ()),), (), (), tuple(_facts()), ""))
LEXICON = lexicon.make([], [])


def read(text: str, index: Index = INDEX) -> list[tuple[str, str, str]]:
    document = markdown.read(source.make("README.md", text))
    found = bind_document(document, LEXICON, index, lambda path: False)
    numbers = [one for one in found if one.claim.kind in QUANTITIES]
    return [(one.claim.text, one.status, one.change) for one in numbers]


def table(*rows: str, head: str = "| Model | Params (M) | Hit-1 (%) |") -> str:
    rule = "|" + "---|" * (head.count("|") - 1)
    return "\n".join(("## Results on Meadow", "", head, rule, *rows, ""))


TRUE = (
    "| `finch-small_8gpu`\\* | 11.69 | 69.90 |",
    "| [base](configs/finch-base_8gpu.py) | 25.56 | 76.55 |",
    "| finch-large_8gpu | 44.55 | 77.97 |",
)


def test_rows_are_found_by_name_code_and_link_and_columns_by_part_of_a_name_and_scale() -> None:
    assert {status for _, status, _ in read(table(*TRUE))} == {"verified"}


@pytest.mark.parametrize(
    ("right", "wrong", "change"),
    [
        ("76.55", "76.65", "value"),
        ("76.55", "77.97", "dimension"),
        ("44.55", "44.65", "value"),
        ("25.56", "2.556", "value"),
    ],
)
def test_a_cell_is_wrong_where_its_neighbours_are_right(
    right: str, wrong: str, change: str
) -> None:
    found = [one for one in read(table(*TRUE).replace(right, wrong)) if one[1] != "verified"]
    assert found == [(wrong, "contradicted", change)]


def test_of_a_change_the_second_number_is_what_is_now() -> None:
    found = read(table(*TRUE).replace("76.55", "76.65 -> **76.55**"))
    assert ("76.55", "verified", "") in found
    assert {status for _, status, _ in found} == {"verified", "unbound"}


def test_a_table_of_columns_for_records_is_read_across() -> None:
    text = table(
        "| Params (M) | 11.69 | 25.56 | 44.55 |",
        "| Hit-1 (%) | 69.90 | 76.55 | 77.79 |",
        head="| | finch-small_8gpu | finch-base_8gpu | finch-large_8gpu |",
    )
    assert [one for one in read(text) if one[1] != "verified"] == [
        ("77.79", "contradicted", "value")
    ]


def test_a_column_without_a_known_name_is_told_by_its_agreement() -> None:
    rows = (*TRUE, "| finch-large_8gpu-long | 44.55 | 80.12 |")
    text = table(*rows, head="| Model | Size (M) | Quality |").replace("76.55", "76.65")
    assert [one for one in read(text) if one[1] != "verified"] == [
        ("76.65", "contradicted", "value")
    ]


@pytest.mark.parametrize(
    "text",
    [
        # The same models, run elsewhere: most cells differ.
        table(
            "| finch-small_8gpu | 11.69 | 69.41 |",
            "| finch-base_8gpu | 25.56 | 76.55 |",
            "| finch-large_8gpu | 44.55 | 77.12 |",
        ).replace("Results on Meadow", "Results on other hardware"),
        # Another data set, that no fact is of: sizes are alike on all, and vouch for nothing.
        table("| finch-base_8gpu | 25.56 | 61.30 |").replace("Meadow", "Quarry"),
        # Models that the registry does not know.
        table("| finch-tiny_8gpu | 5.10 | 60.30 |", "| finch-huge_8gpu | 90.10 | 81.30 |"),
        # A column of what the models were made from.
        table(
            *(row.replace("| 11.69", "| Robin 800-Epochs | 11.69") for row in TRUE[:1]),
            head="| Model | Made from | Params (M) | Hit-1 (%) |",
        ),
        # A column of something else.
        table(*(row.replace("11.69", "3.14") for row in TRUE), head="| Model | Hours | Hit-1 |"),
    ],
    ids=["other runs", "other data", "other models", "other things", "other metric"],
)
def test_what_is_about_something_else_is_silent(text: str) -> None:
    assert not [one for one in read(text) if one[1] == "contradicted"]


def test_a_record_of_another_run_than_the_column_is_of_may_be_one_of_this_too() -> None:
    place = Source("old.json", "x", METADATA)
    slots = (("dataset", "Meadow"), ("model", "robin-small"))
    other = Fact("aviary", "Hit Rate 1", (), "", slots, "number", "", "55.13", "", "", place)
    families = (Family("zoo", "", ("zoo",), (), ()), Family("aviary", "", ("aviary",), (), ()))
    index = Index(Registry(families, (), (), (*_facts(), other), ""))
    found = read(table(*TRUE, "| robin-small | - | 68.20 |"), index)
    assert not [one for one in found if one[1] == "contradicted"]


def test_the_longer_of_two_names_is_its_own_row() -> None:
    rows = (*TRUE, "| finch-large_8gpu-long | 44.55 | 80.12 |")
    assert {status for _, status, _ in read(table(*rows))} == {"verified"}
    found = [one for one in read(table(*rows).replace("80.12", "77.97")) if one[1] != "verified"]
    assert found == [("77.97", "contradicted", "dimension")]


def test_a_heading_that_names_other_data_of_the_registry_is_heard() -> None:
    text = table("| finch-small_8gpu | 11.69 | 94.82 |").replace("Meadow", "Harbour")
    assert {status for _, status, _ in read(text)} == {"verified"}


def judged(text: str) -> list[tuple[str, str, str]]:
    return [one for one in read(text) if one[1] == "contradicted"]


HEAD = "| Model | Params (M) | Hit-1 (miss) |"


def test_a_head_of_two_things_tells_each_number_of_a_cell_its_own() -> None:
    rows = (
        "| finch-small_8gpu | 11.69 | 69.90 (30.10) |",
        "| finch-base_8gpu | 25.56 | 76.55 (23.45) |",
        "| finch-large_8gpu | 44.55 | 77.97 (22.03) |",
    )
    assert judged(table(*rows, head=HEAD)) == []
    wrong = table(*rows, head=HEAD).replace("76.55", "76.65")
    assert judged(wrong) == [("76.65", "contradicted", "value")]


def test_the_scale_of_a_head_may_be_that_of_the_stored_numbers_or_not() -> None:
    told = table(*TRUE, head="| Model | Params (M) | Hit-1 (K) |")
    assert {status for _, status, _ in read(told)} == {"verified"}


def test_a_row_is_the_record_that_its_link_is_nearest_to() -> None:
    linked = "| [long](configs/finch-large_gpu-long.py) | 44.55 | 80.12 |"
    assert {status for _, status, _ in read(table(*TRUE, linked))} == {"verified"}
    wrong = table(*TRUE, linked).replace("80.12", "80.21")
    assert judged(wrong) == [("80.21", "contradicted", "value")]


def test_a_row_may_be_wrong_as_a_whole_where_its_columns_are_right() -> None:
    rows = (*TRUE, "| finch-large_8gpu-long | 99.10 | 99.20 |")
    assert judged(table(*rows)) == [
        ("99.10", "contradicted", "value"),
        ("99.20", "contradicted", "value"),
    ]


def test_a_column_may_be_wrong_as_a_whole_where_its_rows_are_right() -> None:
    text = table(
        "| finch-small_8gpu | 11.69 | 90 | 61.1 |",
        "| finch-base_8gpu | 25.56 | 90 | 62.2 |",
        head="| Model | Params (M) | Epochs | Hit Rate 1 |",
    )
    assert [one[0] for one in judged(text)] == ["61.1", "62.2"]


def test_many_rows_that_are_right_in_nothing_are_of_something_else() -> None:
    strange = ("| finch-large_8gpu-long | 99.10 | 99.20 |", "| finch-large_8gpu | 98.10 | 98.20 |")
    assert judged(table(*TRUE, strange[0]))
    assert judged(table(*TRUE[:2], *strange)) == []


def test_rows_that_tell_of_one_record_are_told_apart_by_what_is_not_known() -> None:
    head = "| Device | Model | Params (M) | Hit-1 (%) |"
    rows = [f"| one {row}" for row in TRUE]
    wrong = "| one | finch-large_8gpu-long | 44.55 | 71.30 |"
    assert judged(table(*rows, wrong, head=head)) == [("71.30", "contradicted", "value")]
    other = "| two | finch-large_8gpu-long | 44.55 | 72.30 |"
    assert judged(table(*rows, wrong, other, head=head)) == []


def test_a_row_without_what_names_the_others_is_of_nothing_known() -> None:
    head = "| Model | Data | Params (M) | Hit-1 (%) |"
    rows = [row.replace(" | ", " | Meadow | ", 1) for row in TRUE]
    assert judged(table(*rows, "| gull-base | Harbour | 25.50 | 95.10 |", head=head)) == []


def test_a_row_with_a_name_that_is_not_known_is_no_other_of_its_data() -> None:
    text = "| Model | Data | Hit Rate 1 |\n|--|--|--|\n| {0} | Harbour | 95.10 |\n"
    assert judged(text.format("gull-base")) == []


def test_a_name_with_a_number_in_it_is_the_head_of_its_row() -> None:
    row = "| [Finch 128](configs/finch-small_8gpu.py) | 11.69 | 69.90 |"
    assert {status for _, status, _ in read(table(row, *TRUE[1:])) if _ != "128"} >= {"verified"}
    wrong = table(row, *TRUE[1:]).replace("69.90", "69.30")
    assert judged(wrong) == [("69.30", "contradicted", "value")]


def test_a_head_that_spans_rows_is_that_of_each() -> None:
    cells = "<tr>{0}<td>{1}</td><td>{2}</td></tr>"
    head = "<tr><th>Data</th><th>Model</th><th>Hit Rate 1</th></tr>"
    first = cells.format('<td rowspan="3">Meadow</td>', "finch-small_8gpu", "69.90")
    rows = (("finch-base_8gpu", "76.55"), ("finch-large_8gpu", "71.30"))
    text = f"<table>{head}{first}{''.join(cells.format('', *row) for row in rows)}</table>\n"
    assert [(what, status) for what, status, _ in read(text)] == [
        ("69.90", "verified"),
        ("76.55", "verified"),
        ("71.30", "contradicted"),
    ]


def test_what_leads_into_a_table_names_its_data_where_no_row_does() -> None:
    led = table(*TRUE, "| finch-large_8gpu-long | 44.55 | 61.30 |")
    assert judged(led) == [("61.30", "contradicted", "value")]
    assert judged(led.replace("## Results on Meadow", "Results on Harbour, all runs")) == []


def test_a_part_of_a_longer_name_is_no_setting() -> None:
    """The last part of "finch-small-harbour" is a part of the model's name."""
    row = "| [finch-small-harbour](configs/finch-small_8gpu.py) | 11.69 | 69.90 |"
    assert {status for _, status, _ in read(table(row, *TRUE[1:]))} == {"verified"}


def test_a_threshold_is_told_as_a_share_or_in_percent() -> None:
    source_of = Source("rows.json", "", METADATA)
    values = {"a": ("41.2", "60.3"), "b": ("43.5", "63.9"), "c": ("47.1", "65.8")}
    facts = [
        Fact(
            "zoo",
            metric,
            (name,),
            "",
            (("model", f"finch-{key}"),),
            "number",
            "",
            value,
            "",
            "",
            source_of,
        )
        for key, told in values.items()
        for metric, name, value in zip(("ap", "ap 0 5"), ("AP", "AP@0.5"), told, strict=True)
    ]
    index = Index(Registry((Family("zoo", "", ("zoo",), (), ()),), (), (), tuple(facts), ""))
    rows = [f"| finch-{key} | {one} | {other} |" for key, (one, other) in values.items()]
    text = table(*rows, head="| Model | AP | AP<sup>50</sup> |")
    for head in ("AP<sup>50</sup>", "AP50", "AP@.5", "AP@0.50"):
        told = text.replace("AP<sup>50</sup>", head)
        assert {status for _, status, _ in read(told, index)} == {"verified"}
        wrong = told.replace("63.9", "63.4")
        assert [one for one in read(wrong, index) if one[1] == "contradicted"] == [
            ("63.4", "contradicted", "value")
        ]


@pytest.mark.parametrize("name", ["Total", "`stress`", "another run"])
def test_a_row_of_nothing_known_is_not_held_against_the_others(name: str) -> None:
    assert judged(table(*TRUE, f"| {name} | 3.21 | 12.34 |")) == []


def test_a_flipped_rounding_is_told_on_the_scale_of_the_head() -> None:
    assert judged(table(*TRUE).replace("25.56", "25.6").replace("25.6 ", "25.5 ")) == [
        ("25.5", "contradicted", "rounding")
    ]


def test_a_row_that_is_of_another_file_is_not_held_against_a_table_of_this() -> None:
    def cell(file: str, metric: str, value: str, **rows: str) -> Fact:
        slots = tuple(sorted(rows.items()))
        return Fact(
            "zoo", metric, (), "", slots, "number", "", value, "", "", Source(file, metric, 1)
        )

    pooled = [
        cell("pooled.csv", metric, value, method=way)
        for way, values in (("way-a", ("17.25", "31.5")), ("way-b", ("18.5", "32.75")))
        for metric, value in zip(("misses", "hits"), values, strict=True)
    ]
    other = [
        cell("apart.csv", "pairs", "2909", method=way, kind="semantic")
        for way in ("way-a", "way-b")
    ]
    page = "## Semantic pairs\n\n| method | misses | hits | pairs |\n|---|---|---|---|\n"
    page += "| way-a | 17.25 | {} | {} |\n| way-b | 18.5 | 32.75 | {} |\n"
    index = Index(Registry((Family("zoo", "", ("zoo",), (), ()),), (), (), (*pooled, *other), ""))
    for told, wrong in ((("31.5", "1647", "1647"), []), (("31.9", "2909", "2909"), ["31.9"])):
        found = read(page.format(*told), index)
        assert [text for text, status, _ in found if status == "contradicted"] == wrong


def test_a_row_that_has_more_words_than_the_name_in_it_may_be_that_of_a_longer_name() -> None:
    def cell(model: str, metric: str, value: str) -> Fact:
        place = Source("all.csv", f"{model}/{metric}", METADATA)
        slots = (("model", model),)
        return Fact("zoo", metric, (), "", slots, "number", "", value, "", "", place)

    told = {
        "finchling": ("36.87", "64.51"),
        "tuned_finchling_v2": ("39.97", "65.96"),
        "wren": ("50.0", "65.6"),
    }
    facts = tuple(
        cell(model, metric, value)
        for model, values in told.items()
        for metric, value in zip(("hits", "finds"), values, strict=True)
    )
    index = Index(Registry((Family("zoo", "", ("zoo",), (), ()),), (), (), facts, ""))
    page = "| model | hits | finds |\n|---|---|---|\n| wren | 50.0 | 65.6 |\n| {} |\n"
    for row, wrong in (
        ("finchling ft-all | 39.97 | 65.96", []),
        ("finchling | 39.97 | 64.51", ["39.97"]),
    ):
        found = read(page.format(row), index)
        assert [text for text, status, _ in found if status == "contradicted"] == wrong


@pytest.mark.parametrize(("file", "status"), [("new.csv", "unbound"), ("all.csv", "contradicted")])
def test_a_name_of_more_words_than_the_row_in_another_file_may_be_of_that(
    file: str, status: str
) -> None:
    def cell(model: str, metric: str, value: str, place: str) -> Fact:
        slots = (("model", model),)
        at = Source(place, f"{model}/{metric}", METADATA)
        return Fact("zoo", metric, (), "", slots, "number", "", value, "", "", at)

    rows = {"finch": ("36.87", "64.51"), "wren": ("50.21", "65.63"), "tern": ("41.32", "60.12")}
    facts = [
        cell(model, metric, value, "all.csv")
        for model, values in rows.items()
        for metric, value in zip(("hits", "finds"), values, strict=True)
    ]
    facts.append(cell("tern (new)", "hits", "44.44", file))
    facts.append(cell("tern (new)", "finds", "60.12", file))
    index = Index(Registry((Family("zoo", "", ("zoo",), (), ()),), (), (), tuple(facts), ""))
    page = "| model | hits | finds |\n|---|---|---|\n" + "".join(
        f"| {model} | {hits} | {finds} |\n" for model, (hits, finds) in rows.items()
    )
    found = read(page.replace("| tern |", "| tern *(new)* |"), index)
    assert [one for text, one, _ in found if text == "41.32"] == [status]


def column(metric: str, key: str, *rows: tuple[str, str]) -> Index:
    """A registry of one metric, by the values of one key."""
    facts = tuple(
        Fact("zoo", metric, (), "", ((key, name),), "number", "", value, "", "", place)
        for name, value in rows
        if (place := Source("a.csv", name, METADATA))
    )
    return Index(Registry((Family("zoo", "", ("zoo",), (), ()),), (), (), facts, ""))


def test_a_row_that_tells_its_metric_is_not_held_against_another() -> None:
    rows = ("finch", "61.5"), ("wren", "75.3"), ("heron", "63.1")
    index = column("base acc", "set", *rows)
    page = (
        "| set | metric | base |\n|---|---|---|\n| finch | Acc. | 61.5 |\n| wren | Acc. | 75.3 |\n"
    )
    for metric, wrong in (("Acc.", ["48.33"]), ("macro-F1", [])):
        found = read(f"{page}| heron | {metric} | 48.33 |\n", index)
        assert [text for text, status, _ in found if status == "contradicted"] == wrong


def test_one_letter_is_a_name_where_its_column_tells_of_what() -> None:
    rows = ("A", "417"), ("B", "542"), ("C", "603")
    index = column("calls", "kind", *rows)
    for head, wrong in (("kind", ["418"]), ("run", [])):
        page = f"| {head} | calls |\n|---|---|\n| A | 418 |\n| B | 542 |\n| C | 603 |\n"
        found = read(page, index)
        assert [text for text, status, _ in found if status == "contradicted"] == wrong


@pytest.mark.parametrize(("steps", "is_chance"), [(20, False), (300, True)])
def test_a_row_that_may_be_any_of_hundreds_is_none(steps: int, is_chance: bool) -> None:
    facts = tuple(
        Fact(
            "zoo",
            "loss",
            (),
            "",
            (("model", model), ("step", str(at))),
            "number",
            "",
            f"{at + shift}.25",
            "",
            "",
            Source("log.csv", f"{model}/{at}", METADATA),
        )
        for shift, model in enumerate(("finch-a", "wren-b"))
        for at in range(steps)
    )
    index = Index(Registry((Family("zoo", "", ("zoo",), (), ()),), (), (), facts, ""))
    page = "| model | loss |\n|---|---|\n| finch-a | 7.25 |\n| wren-b | 8.25 |\n"
    document = markdown.read(source.make("README.md", page))
    reader = Reader(document, LEXICON, index, lambda path: False, ())
    aligned = align(Grid(document.passages, reader.view, index), (), index)
    assert bool(aligned.bindings) != is_chance


def folds(*told: tuple[str, str, str]) -> Index:
    """A registry of hits by method and fold."""
    facts = tuple(
        Fact(
            "zoo",
            "hits",
            (),
            "",
            (("fold", fold), ("method", way)),
            "number",
            "",
            value,
            "",
            "",
            at,
        )
        for way, fold, value in told
        if (at := Source("folds.json", f"{way}/{fold}", METADATA))
    )
    return Index(Registry((Family("zoo", "", ("zoo",), (), ()),), (), (), facts, ""))


@pytest.mark.parametrize(("rest", "wrong"), [("82.47", ["70.52"]), ("99.25", [])])
def test_what_is_the_same_in_all_folds_tells_of_none(rest: str, wrong: list[str]) -> None:
    index = folds(
        *(
            (way, str(at), value)
            for way in ("way-b", "way-c")
            for at, value in enumerate(("99.25", rest))
        ),
        *(("way-a", str(at), value) for at, value in enumerate(("70.51", "71.62"))),
    )
    page = "| method | hits |\n|---|---|\n| way-b | 99.25 |\n| way-c | 99.25 |\n| way-a | 70.52 |\n"
    assert [text for text, status, _ in read(page, index) if status == "contradicted"] == wrong


def test_a_row_may_tell_the_value_of_another_name_in_it() -> None:
    index = folds(
        *(
            (way, "0", value)
            for way, value in (("way-a", "7.51"), ("way-b", "8.62"), ("way-c", "9.73"))
        )
    )
    page = "| method | best of | hits |\n|---|---|---|\n| way-c | | 9.73 |\n| way-b | | 8.62 |\n"
    page += "| way-a | {} | 8.62 |\n"
    for beside, wrong in (("all", ["8.62"]), ("way-b and others", [])):
        found = read(page.format(beside), index)
        assert [text for text, status, _ in found if status == "contradicted"] == wrong


def scores(metrics: dict[str, tuple[str, ...]]) -> Index:
    """A registry of metrics of three models, told apart by one key each, as several files do."""
    facts = tuple(
        Fact("zoo", metric, (), "", slots, "number", "", value, "", "", Source(key, model, 1))
        for name, values in metrics.items()
        for metric, _, key in (name.partition(" by "),)
        for model, value in zip(("finch", "wren", "tern"), values, strict=True)
        for slots in (((key, model),) if key != "model" else (("model", model), ("name", "all")),)
    )
    return Index(Registry((Family("zoo", "", ("zoo",), (), ()),), (), (), facts, ""))


def contradicted(text: str, index: Index) -> list[str]:
    return [text for text, status, _ in read(text, index) if status == "contradicted"]


def test_of_several_keys_that_a_cell_may_name_any_is_meant() -> None:
    page = "| | MAE |\n|---|---|\n| finch | 5.55 |\n| wren | 9.76 |\n| tern | {} |\n"
    metrics = {"mae by name": ("5.55", "9.76", "8.47"), "mae by model": ("5.55", "9.76", "8.46")}
    for value, wrong in (("8.46", []), ("8.47", []), ("8.45", ["8.45"])):
        assert contradicted(page.format(value), scores(metrics)) == wrong
    parts = [("name", "b"), ("model", "tern")]
    more = Fact("zoo", "mae", (), "", tuple(parts), "number", "", "8.4", "", "", Source("c", "", 1))
    registry = scores(metrics).registry
    index = Index(registry._replace(facts=(*registry.facts, more)))
    assert contradicted(page.format("8.46"), index) == ["8.46"]  # the model's names tell of parts


def test_a_cell_that_lists_several_things_is_not_read_by_its_head() -> None:
    page = "| | MAE |\n|---|---|\n| finch | 5.55 |\n| wren | 9.76 |\n| tern | {} |\n"
    index = scores({"mae by name": ("5.55", "9.76", "8.47")})
    for cell, status in (("8.47 (owl 8.92)", "verified"), ("• 8.47 (owl)<br>• 8.92", "unbound")):
        assert ("8.47", status, "") in read(page.format(cell), index)


def test_a_metric_of_more_words_that_differs_by_row_may_be_another() -> None:
    known = ("finch", ("264", "264")), ("wren", ("1070", "990")), ("owl", ("512", "511"))
    facts = tuple(
        Fact("zoo", "questions evaluated", (), "", (("data", data), ("name", name)), *rest)
        for data, values in (*known, ("tern", ("6", "7")))
        for name, value in zip("ab", values, strict=True)
        for rest in (("number", "", f"{value}", "", "", Source("a.json", f"{data}{name}", 1)),)
    )
    index = Index(Registry((Family("zoo", "", ("zoo",), (), (), True),), (), (), facts, ""))
    rows = "# Zoo\n\n| data | {} |\n|---|---|\n| finch | 264 |\n| wren | 1070 |\n"
    more = "| owl | 512 |\n"
    assert contradicted(f"{rows}{more}| tern | 20910 |\n".format("Questions evaluated"), index) == [
        "20910"
    ]
    assert contradicted(f"{rows}{more}| tern | 20910 |\n".format("Questions"), index) == []
    # One cell that tells which of several rows is meant may do so by chance.
    assert contradicted(f"{rows}| tern | 20910 |\n".format("Questions evaluated"), index) == []


def test_a_head_on_an_axis_is_no_name_of_several_keys() -> None:
    facts = [
        Fact("zoo", "loss", (), "", slots, "number", "", value, "", "", Source("a.csv", value, 1))
        for slots, value in (
            ((("size", "10"),), "3.14"),
            ((("size", "20"),), "2.71"),
            ((("m", "10"),), "9.81"),
            ((("name", "10"),), "6.67"),
        )
    ]
    index = Index(Registry((Family("zoo", "", ("zoo",), (), ()),), (), (), tuple(facts), ""))
    page = "# Zoo\n\n| | 10 | 20 |\n|---|---|---|\n| loss | 3.14 | 2.72 |\n"
    assert ("3.14", "verified", "") in read(page, index)


def test_a_plus_behind_a_name_makes_it_another() -> None:
    page = "| | MAE | loss |\n|---|---|---|\n| U-Net | 5.55 | 1.23 |\n| {} | 9.76 | 4.56 |\n"
    facts = tuple(
        Fact("zoo", metric, (), "", (("model", name),), "number", "", value, "", "", place)
        for name, values in (("unet", ("5.55", "1.23")), ("unetpp", ("9.76", "4.56")))
        for metric, value in zip(("mae", "loss"), values, strict=True)
        for place in (Source("a.csv", f"{name}/{metric}", METADATA),)
    )
    index = Index(Registry((Family("zoo", "", ("zoo",), (), ()),), (), (), facts, ""))
    for name in ("U-Net++", "UNetPP"):
        assert {status for _, status, _ in read(page.format(name), index)} == {"verified"}
    assert contradicted(page.format("U-Net+"), index) == []


def test_a_footnote_or_a_unit_in_the_head_may_tell_of_something_else() -> None:
    page = "| | MAE | {} |\n|---|---|---|\n| finch | 5.55 | {} |\n| wren | 9.76 | 7.51 |\n"
    index = scores({"mae by name": ("5.55", "9.76", "8"), "time by name": ("8121", "7.51", "6")})
    for head, cell, wrong in (
        ("Time", "8.12", ["8.12"]),
        ("Time (h)", "8.12", []),
        ("Time (h)", "8.13", ["8.13"]),
        ("Time", "8.13[^1]", []),
    ):
        assert contradicted(page.format(head, cell), index) == wrong


def test_where_no_head_tells_of_what_a_cell_of_words_may_be_of_another_thing() -> None:
    head = "| Model | What it holds |"
    rows = [
        f"| {model} | {row['Hit Rate 1']} of all |"
        for (model, dataset), row in ROWS.items()
        if dataset == "Meadow"
    ]
    assert {status for _, status, _ in read(table(*rows, head=head))} == {"verified"}
    told = read(table(*rows[:-1], "| finch-large_8gpu-long | in 69.3 fields |", head=head))
    assert [status for _, status, _ in told] == [*["verified"] * 3, "unbound"]
    alone = read(table(*rows[:-1], "| finch-large_8gpu-long | 69.3 |", head=head))
    assert [status for _, status, _ in alone] == [*["verified"] * 3, "contradicted"]
