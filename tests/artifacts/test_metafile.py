"""Metafiles of model zoos: a row for each result of each model."""

from mirage_lint.artifacts import pointers
from mirage_lint.core.facts import METADATA

METAFILE = """\
Collections:
  - Name: Finch
    Metadata: {Epochs: 100, Architecture: [Nest]}
Models:
  - Name: finch-small_8gpu
    In Collection: Finch
    Metadata:
      Training Data: Meadow
      Parameters: 11690000
      FLOPs: 1.82e9
    Results:
      - Dataset: Meadow
        Task: Bird Song
        Metrics: {Hit Rate 1: 69.90, Note: best}
      - {Dataset: Harbour, Metrics: {Hit Rate 1: 94.82}}
    Config: configs/finch/small.py
  - Name: finch-base_8gpu
    In Collection: Finch
    Metadata: {Parameters: 25560000}
    Results:
"""
SMALL = {
    "model": "finch-small_8gpu",
    "collection": "Finch",
    "config": "configs/finch/small.py",
    "Parameters": "11690000",
    "FLOPs": "1.82e9",
}


def test_a_metafile_has_a_row_for_each_result(read) -> None:
    reading = read("metafile.yml", METAFILE)
    assert (reading.name, reading.tier) == ("model metafile", METADATA)
    assert reading.content.records == (
        SMALL | {"dataset": "Meadow", "task": "Bird Song", "Hit Rate 1": "69.90"},
        SMALL | {"dataset": "Harbour", "Hit Rate 1": "94.82"},
        {"model": "finch-base_8gpu", "collection": "Finch", "Parameters": "25560000"},
    )


def test_the_rest_of_a_metafile_is_found_by_pointer(read) -> None:
    content = read("metafile.yml", METAFILE).content
    assert pointers.at(content, "/Collections/0/Metadata/Epochs").value == "100"


def test_odd_metafiles_have_the_rows_that_they_have(read) -> None:
    head = "# In Collection: none\n"
    assert read("m.yml", f"{head}Models:\n").content.records == ()
    assert read("m.yml", f"{head}Models: [3, {{Name: [x]}}]\n").content.records == ({},)
    single = read("m.yml", f"{head}Models: {{Name: a, Results: {{Metrics: {{x: 1}}}}}}\n")
    assert single.content.records == ({"model": "a", "x": "1"},)


def test_other_yaml_is_no_metafile(read) -> None:
    assert read("models.yml", "Models: []\n").name == "YAML"
