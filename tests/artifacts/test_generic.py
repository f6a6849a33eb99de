"""JSON, JSON Lines, CSV, TSV, TOML and YAML of no known format."""

import pytest

from mirage_lint.artifacts import pointers, values
from mirage_lint.artifacts.content import Content, Reading
from mirage_lint.core.facts import METADATA, Datum
from mirage_lint.errors import MirageError


def test_json_leaves_are_kept_as_written_by_pointer(read) -> None:
    source = """{"acc": 0.9920, "task/a": {"n~": 12, "note": "fine", "ok": true, "none": null},
      "rows": [{"rate": "36/164"}, 1E-4, NaN, "99.2%"], "empty": {}}"""
    expected = (
        Datum("acc", "0.9920", "/acc"),
        Datum("n~", "12", "/task~1a/n~0"),
        Datum("note", "fine", "/task~1a/note", "text"),
        Datum("ok", "true", "/task~1a/ok", "text"),
        Datum("rate", "36/164", "/rows/0/rate"),
        Datum("rows", "1E-4", "/rows/1"),
        Datum("rows", "99.2%", "/rows/3"),
    )
    reading = read("s.json", source)
    assert pointers.every(reading.content, "s.json") == expected
    assert reading == Reading(Content(root=reading.content.root), METADATA, "JSON")


def test_a_json_list_of_objects_is_a_table_as_well(read) -> None:
    source = '[{"id": 1, "ok": false, "why": null, "more": [1]}, {"id": 2}]'
    content = read("rows.json", source).content
    assert pointers.every(content, "rows.json") == (
        Datum("id", "1", "/0/id"),
        Datum("ok", "false", "/0/ok", "text"),
        Datum("more", "1", "/0/more/0"),
        Datum("id", "2", "/1/id"),
    )
    assert content.records == ({"id": "1", "ok": "false", "why": ""}, {"id": "2"})


@pytest.mark.parametrize("number", ["1e9999", "-1E+9999", "9" * 101, "0." + "0" * 200 + "1"])
def test_numbers_too_long_to_compare_are_text(read, number: str) -> None:
    content = read("n.json", f'{{"n": {number}}}').content
    assert pointers.at(content, "/n") == Datum("n", number, "/n", "text")


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("a.json", '{"a": 1, "a": 2}', "a.json: says the key 'a' twice in one object; keep one"),
        (
            "a.json",
            '{"a": 1,\n "b" 2}',
            "a.json:2:6: is not JSON (Expecting ':' delimiter); write the file again",
        ),
        ("a.json", "[" * 100_000, "a.json: is nested too deeply to be read; make it flatter"),
        ("a.json", b'{"a":\n "\xff"}', "a.json:2: is not UTF-8; save it as UTF-8"),
        ("a.json", '{"a": 1}'.encode("utf-16"), "a.json: is UTF-16, not UTF-8; save it as UTF-8"),
        (
            "a.jsonl",
            '{"a": 1}\n\n{"a": }\n',
            "a.jsonl:3:7: is not JSON (Expecting value); write the file again",
        ),
        (
            "a.jsonl",
            '{"a": 1}\n[1]\n',
            "a.jsonl:2: holds no JSON object; check that it is the right file",
        ),
        (
            "a.csv",
            "a,b\n1,2\n\n3\n",
            "a.csv:4: has 1 cells where the head has 2; write the row again",
        ),
        ("a.csv", "a,b,a\n", "a.csv:1: names two columns 'a'; name each differently"),
        ("a.csv", "a,,b\n", "a.csv:1: has no name for column 2; name every column"),
        ("a.csv", "a,b\n1,\0\n", "a.csv:2: holds a NUL character; remove it"),
        ("a.csv", "a,b\n1,\xe9\n".encode("latin-1"), "a.csv:2: is not UTF-8; save it as UTF-8"),
        ("a.csv", 'a,b\n"1"2,3\n', "a.csv:2: is not CSV (',' expected after '\"'); mend it"),
        ("a.csv", 'a,b\n"1,3\n', "a.csv:2: is not CSV (unexpected end of data); mend it"),
        (
            "a.csv",
            "a\n" + "x" * 200_000,
            "a.csv:2: is not CSV (field larger than field limit (131072)); mend it",
        ),
        (
            "a.toml",
            "a = 1\na = 2\n",
            "a.toml: is not TOML (Cannot overwrite a value (at line 2, column 6)); mend it",
        ),
        ("a.toml", "a = " + "[" * 5000, "a.toml: is nested too deeply to be read; make it flatter"),
    ],
)
def test_broken_files_are_told_in_one_line(read, name: str, source: str, message: str) -> None:
    with pytest.raises(MirageError) as error:
        read(name, source)
    assert str(error.value) == message


def test_a_json_file_nested_too_deep_for_its_leaves_is_told(read) -> None:
    content = read("a.json", "[" * 70 + "1" + "]" * 70).content
    with pytest.raises(MirageError) as error:
        pointers.every(content, "a.json")
    assert str(error.value) == "a.json: is nested more than 64 deep, the most that is read"


def test_a_json_file_of_too_many_values_is_told(read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "MAX_VALUES", 3)
    content = read("a.json", "[1, 2, 3, 4]").content
    with pytest.raises(MirageError) as error:
        pointers.every(content, "a.json")
    assert str(error.value) == "a.json: holds more than 3 values, the most read"


def test_json_lines_are_rows(read) -> None:
    reading = read("r.jsonl", '\ufeff{"id": 1, "loss": 0.50}\r\n\r\n{"id": "b", "t": [1]}\r\n')
    expected = Content(records=({"id": "1", "loss": "0.50"}, {"id": "b"}))
    assert reading == Reading(expected, METADATA, "JSON Lines")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("r.csv", '\ufeffretention,note\r\n0.10,"a, ""b""\nc"\r\n\r\n1.0,\r\n'),
        ("r.tsv", 'retention\tnote\n0.10\t"a, ""b""\nc"\n1.0\t\n'),
    ],
)
def test_csv_and_tsv_cells_are_text_as_it_stands(read, name: str, source: str) -> None:
    expected = ({"retention": "0.10", "note": 'a, "b"\nc'}, {"retention": "1.0", "note": ""})
    assert read(name, source) == Reading(Content(records=expected), METADATA, "CSV or TSV")


def test_the_unnamed_first_column_of_pandas_is_kept(read) -> None:
    assert read("r.csv", ",acc\n0,0.5\n").content == Content(records=({"": "0", "acc": "0.5"},))


def test_toml_leaves_are_kept_as_written_by_pointer(read) -> None:
    source = "[train]\nlr = 1e-4\nsteps = 1_000\nlayers = [1]\nwhen = 2020-01-01\nname = 'x'\n"
    expected = (
        Datum("lr", "1e-4", "/train/lr"),
        Datum("steps", "1000", "/train/steps"),
        Datum("layers", "1", "/train/layers/0"),
        Datum("name", "x", "/train/name", "text"),
    )
    reading = read("c.toml", source)
    assert pointers.every(reading.content, "c.toml") == expected
    assert reading == Reading(Content(root=reading.content.root), METADATA, "TOML")


@pytest.mark.parametrize("head", ["# made by a script\n#\n#v2\n", "#made\n", ""])
def test_comments_before_the_head_of_a_csv_do_not_count(read, head: str) -> None:
    assert read("r.csv", f"{head}#net,acc\n0,0.5\n").content == Content(
        records=({"#net": "0", "acc": "0.5"},)
    )


def test_a_head_may_start_with_a_number_sign(read) -> None:
    assert read("r.csv", "# params,acc\n7,0.5\n").content == Content(
        records=({"# params": "7", "acc": "0.5"},)
    )
