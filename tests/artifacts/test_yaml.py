"""YAML: its numbers as they stand, its traps, and what is no YAML."""

import pytest

from mirage_lint.artifacts import pointers, yaml_text
from mirage_lint.artifacts.content import Content, Reading
from mirage_lint.core.facts import METADATA, Datum
from mirage_lint.errors import MirageError


def test_yaml_leaves_are_kept_as_written_by_pointer(read) -> None:
    source = """# a comment
train:
  lr: 1e-4            # no float to YAML 1.1
  steps: 1000
  name: 'x'
  mask: 0x10
  when: 2020-01-01
  bf16: true
  country: NO
  none: ~
  nan: .nan
rows: [{acc: 99.20}, 36/164]
"""
    reading = read("c.yaml", source)
    assert pointers.every(reading.content, "c.yaml") == (
        Datum("lr", "1e-4", "/train/lr"),
        Datum("steps", "1000", "/train/steps"),
        Datum("name", "x", "/train/name", "text"),
        Datum("mask", "16", "/train/mask"),
        Datum("when", "2020-01-01", "/train/when", "text"),
        Datum("bf16", "true", "/train/bf16", "text"),
        Datum("country", "NO", "/train/country", "text"),
        Datum("acc", "99.20", "/rows/0/acc"),
        Datum("rows", "36/164", "/rows/1"),
    )
    assert reading == Reading(Content(root=reading.content.root), METADATA, "YAML")


def test_a_yaml_list_of_mappings_is_a_table_as_well(read) -> None:
    content = read("rows.yml", "- {id: 1, ok: no, why: }\n- id: 2\n").content
    assert content.records == ({"id": "1", "ok": "no", "why": ""}, {"id": "2"})


def test_anchors_merge_keys_and_blocks_are_what_they_stand_for() -> None:
    source = """
base: &base {lr: 1e-4, epochs: 3}
run:
  <<: *base
  epochs: 4
both: {<<: [{a: 1, b: 1}, {a: 2, c: 2}]}
again: *base
text: |
  two
  lines
"""
    assert yaml_text.parse(source, "c.yaml") == {
        "base": {"lr": "1e-4", "epochs": "3"},
        "run": {"lr": "1e-4", "epochs": "4"},
        "both": {"a": "1", "b": "1", "c": "2"},
        "again": {"lr": "1e-4", "epochs": "3"},
        "text": "two\nlines\n",
    }


def test_several_documents_are_a_list_and_none_is_nothing() -> None:
    assert yaml_text.parse("a: 1\n---\nb: 2\n", "c.yaml") == [{"a": "1"}, {"b": "2"}]
    assert yaml_text.parse("# nothing\n", "c.yaml") is None


def test_tags_make_no_objects(tmp_path) -> None:
    trap = tmp_path / "ran"
    source = f"a: !!python/object/apply:os.mkdir ['{trap}']\nb: !!binary aGk=\nc: !!str 1\n"
    parsed = yaml_text.parse(source, "c.yaml")
    assert parsed == {"a": [str(trap)], "b": "aGk=", "c": "1"}
    assert not trap.exists()


BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a: 1\nb: [1\n", "c.yaml:3: is not YAML (did not find expected ',' or ']'); mend that"),
        ("a: 1\na: 2\n", "c.yaml:2: says the key 'a' twice in one mapping; mend that line"),
        ("? [a]\n: 1\n", "c.yaml:1: has a list or a mapping as a key; mend that line"),
        ("a: *b\n", "c.yaml:1: has no anchor &b before it; mend that line"),
        ("a: &a [*a]\n", "c.yaml:1: has no anchor &a before it; mend that line"),
        ("a: \x07\n", "c.yaml: is not YAML ("),
        ("[" * 100, "c.yaml:1: is nested more than 64 deep, the most that is read"),
        (BOMB, "c.yaml:6: holds more than 500,000 values, the most read"),
    ],
)
def test_broken_yaml_is_told_in_one_line(read, source: str, message: str) -> None:
    with pytest.raises(MirageError) as error:
        read("c.yaml", source)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)
