"""Headers of weights: counted without the weights, and what is broken or made to harm."""

import json
import struct
from collections.abc import Iterable
from pathlib import Path

import pytest

from mirage_lint import artifacts
from mirage_lint.artifacts import files, gguf_header, pointers
from mirage_lint.artifacts.content import Content
from mirage_lint.artifacts.readers import safetensors_file
from mirage_lint.core.facts import Datum
from mirage_lint.errors import MirageError


def safetensors(header: object) -> bytes:
    data = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(data)) + data


def tensors(*told: tuple[str, str, list[int]]) -> bytes:
    header = {
        name: {"dtype": dtype, "shape": shape, "data_offsets": [0, 0]}
        for name, dtype, shape in told
    }
    return safetensors({"__metadata__": {"format": "pt"}, **header})


def plain(told: Iterable[Datum]) -> list[tuple[str, str]]:
    return [(one.metric, one.value) for one in told]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            tensors(("w", "F32", [3, 4]), ("b", "BF16", [4]), ("s", "F16", [])),
            ("model parameters", "17"),
        ),
        (
            tensors(
                ("w", "F32", [3, 4]),
                ("bert.position_ids", "I64", [1, 512]),
                ("bn.running_mean", "F32", [64]),
                ("bn.num_batches_tracked", "I64", []),
            ),
            ("model parameters", "12"),
        ),
        (
            tensors(("a.q.lora_A.weight", "F32", [2, 8]), ("a.q.lora_B.weight", "F32", [8, 2])),
            ("trainable parameters", "32"),
        ),
        (tensors(("m.lora_a", "F32", [8, 2])), ("trainable parameters", "16")),
        (tensors(("a.lora_A.weight", "F32", [2, 8]), ("head.weight", "F32", [8])), None),
        (tensors(("w", "U32", [3, 4]), ("w.scales", "F16", [3])), None),
        (tensors(("w", "F8_E4M3", [3, 4]), ("w.scale", "F32", [1])), None),
        (tensors(("w", "F32", [10**18] * 8)), None),
        (tensors(("exploration_a", "F32", [2])), ("model parameters", "2")),
        (safetensors({}), None),
        (
            safetensors(b'{"w": {"dtype": "F32", "shape": [2]}}' + b" " * 9),
            ("model parameters", "2"),
        ),
    ],
    ids=[
        "all tensors",
        "less what the model counts itself",
        "an adapter of PEFT",
        "an adapter of MLX",
        "an adapter and what may be frozen",
        "packed in integers",
        "packed in eight bits with scales",
        "more than any model has",
        "no adapter by a part of a word",
        "no tensors",
        "a header with padding",
    ],
)
def test_parameters_are_counted_by_shapes(read, data: bytes, told: tuple[str, str] | None) -> None:
    assert plain(read("model.safetensors", data).content.told) == ([told] if told else [])


def test_one_file_of_several_tells_no_number(read) -> None:
    data = tensors(("w", "F32", [3]))
    assert read("model-00001-of-00002.safetensors", data).content.told == ()
    assert plain(read("model-00001-of-00001.safetensors", data).content.told) == [
        ("model parameters", "3")
    ]


def test_the_header_is_found_by_pointer(read) -> None:
    content = read("m.safetensors", tensors(("a.b", "F32", [3, 4]))).content
    assert pointers.at(content, "/a.b/shape/1") == Datum("1", "4", "/a.b/shape/1")
    assert pointers.at(content, "/__metadata__/format").value == "pt"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\x09", "is cut short within its header of 9 bytes; fetch it again"),
        (safetensors({"a": 1})[:-1], "is cut short within its header of 8 bytes; fetch it again"),
        (
            struct.pack("<Q", 2**63) + b"{}",
            "announces a header of 9,223,372,036,854,775,808 bytes, and 16,777,216 are the most "
            "read; check that it is a safetensors file",
        ),
        (
            b"\xff" * 64,
            "announces a header of 18,446,744,073,709,551,615 bytes, and 16,777,216 are the most "
            "read; check that it is a safetensors file",
        ),
        (safetensors([1]), "header: holds no JSON object; check that it is the right file"),
        (safetensors(b"{]"), "header:1:2: is not JSON (Expecting property name enclosed in"),
        (safetensors(b"\xff\xfe{}"), "header: is UTF-16, not UTF-8; save it as UTF-8"),
        (safetensors(b"[" * 100_000), "header: is nested too deeply to be read; make it flatter"),
        (safetensors(b'{"a": {}, "a": {}}'), "header: says the key 'a' twice in one object"),
        (safetensors({"a": 3}), "header: tensor 'a' has no type and shape; write the file again"),
        (safetensors({"a": {"dtype": "F32"}}), "header: tensor 'a' has no type and shape"),
        (tensors(("a", "F32", [-1])), "header: tensor 'a' has no type and shape"),
        (safetensors(b'{"a": {"dtype": "F32", "shape": [NaN]}}'), "header: tensor 'a' has no"),
        (safetensors(b'{"a": {"dtype": "F32", "shape": [1.5]}}'), "header: tensor 'a' has no"),
        (tensors(("a", "F32", [10**30])), "header: tensor 'a' has no type and shape"),
        (tensors(("a" * 500, "F32", [1] * 9)), f"header: tensor '{'a' * 80}' has no type and"),
        (safetensors({"a": {"dtype": None, "shape": []}}), "header: tensor 'a' has no type"),
    ],
    ids=[
        "a length that is cut",
        "a header that is cut",
        "a header of 2^63 bytes",
        "a file of another kind",
        "no object",
        "no JSON",
        "another encoding",
        "a hundred thousand deep",
        "a name twice",
        "a tensor that is a number",
        "no shape",
        "a negative size",
        "a size that is no number",
        "half a size",
        "a size beyond all measure",
        "a long name and many dimensions",
        "no type",
    ],
)
def test_a_broken_safetensors_is_told_in_one_line(read, data: bytes, problem: str) -> None:
    with pytest.raises(MirageError) as error:
        read("m.safetensors", data)
    assert str(error.value).startswith(f"m.safetensors: {problem}")
    assert "\n" not in str(error.value)


def text(value: str | bytes) -> bytes:
    data = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<Q", len(data)) + data


def entry(key: str, kind: int, value: bytes) -> bytes:
    return text(key) + struct.pack("<I", kind) + value


def listed(kind: int, length: int, items: bytes = b"") -> bytes:
    return struct.pack("<IQ", kind, length) + items


def tensor(name: str, *shape: int) -> bytes:
    dimensions = struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
    return text(name) + dimensions + struct.pack("<IQ", 0, 0)


def gguf(*entries: bytes, tensors: tuple[bytes, ...] = (), version: int = 3) -> bytes:
    counts = struct.pack("<IQQ", version, len(tensors), len(entries))
    return b"GGUF" + counts + b"".join(entries) + b"".join(tensors)


ARCHITECTURE = entry("general.architecture", 8, text("finch"))


def told(read, data: bytes, name: str = "m.gguf") -> list[tuple[str, str]]:
    return plain(read(name, data).content.told)


def test_kinds_of_values_are_read_as_they_are_stored(read) -> None:
    data = gguf(
        *(entry("u8", 0, b"\xff"), entry("i8", 1, b"\xff"), entry("yes", 7, b"\x01")),
        *(entry("f32", 6, struct.pack("<f", 1e-5)), entry("f64", 12, struct.pack("<d", 0.1))),
        entry("big", 10, struct.pack("<Q", 2**64 - 1)),
        entry("nan", 6, struct.pack("<f", float("nan"))),
        entry("inf", 12, struct.pack("<d", float("inf"))),
        entry("short", 9, listed(4, 2, struct.pack("<II", 7, 9))),
        entry("nested", 9, listed(9, 1, listed(8, 1, text("in")))),
        entry("words", 9, listed(8, 70, text("w") * 70)),
        entry("long", 9, listed(5, 70, bytes(280))),
        entry("odd", 8, text(b"\xff")),
    )
    data = b"GGUF" + struct.pack("<I", 2) + data[8:]
    assert read("m.gguf", data).content.root == {
        **{"u8": 255, "i8": -1, "yes": True, "f32": 1e-05, "f64": 0.1, "big": 2**64 - 1},
        **{"nan": None, "inf": float("inf"), "short": [7, 9], "nested": [["in"]]},
        **{"words": {"length": 70}, "long": {"length": 70}, "odd": "\ufffd"},
    }


def test_a_file_of_the_other_byte_order_is_read(read) -> None:
    name, key = b"finch", b"finch.block_count"
    data = b"GGUF" + struct.pack(">IQQ", 3, 0, 2)
    data += struct.pack(">Q", 20) + b"general.architecture" + struct.pack(">IQ", 8, 5) + name
    data += struct.pack(">Q", len(key)) + key + struct.pack(">II", 4, 32)
    assert told(read, data) == [("layers", "32")]


def test_tensors_are_counted_unless_the_file_is_a_part(read) -> None:
    weights = (tensor("w", 10, 4), tensor("rope_freqs.weight", 64))
    assert told(read, gguf(tensors=weights)) == [("model parameters", "40")]
    assert told(read, gguf(tensors=weights), "m-00001-of-00002.gguf") == []
    assert told(read, gguf(entry("split.count", 2, b"\x02\0"), tensors=weights)) == []
    assert told(read, gguf(tensors=(tensor("blk.q.lora_a", 4, 2),))) == [
        ("trainable parameters", "8")
    ]
    assert told(read, gguf(tensors=(tensor("w", *[2**60] * 8),))) == []


BASE = entry("general.base_model.0.repo_url", 8, text("https://hub.example/some-org/Finch-7B"))


@pytest.mark.parametrize(
    ("entries", "models"),
    [
        ([entry("general.name", 8, text("Finch 7B Chat"))], [("model", "Finch 7B Chat")]),
        ([entry("general.name", 8, text("my tuning"))], []),
        ([BASE], [("base model", "some-org/Finch-7B")]),
        ([BASE, entry("general.base_model.count", 4, b"\2\0\0\0")], []),
        ([entry("general.base_model.0.repo_url", 4, b"\2\0\0\0")], []),
        ([entry("general.base_model.0.repo_url", 8, text("out/merged"))], []),
    ],
)
def test_models_are_told_by_name_and_by_their_one_base(
    read, entries: list[bytes], models: list[tuple[str, str]]
) -> None:
    assert told(read, gguf(*entries)) == models


def test_negative_and_odd_values_are_no_facts(read) -> None:
    data = gguf(
        ARCHITECTURE,
        entry("finch.block_count", 5, struct.pack("<i", -1)),
        entry("finch.context_length", 8, text("long")),
        entry("finch.attention.head_count", 9, listed(4, 2, struct.pack("<II", 8, 4))),
        entry("finch.rope.freq_base", 6, struct.pack("<f", float("nan"))),
        entry("general.file_type", 4, struct.pack("<I", 999)),
    )
    assert told(read, data) == []


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"GGUF", "is cut short within its header, at byte 4; fetch it again"),
        (gguf(ARCHITECTURE)[:-3], "is cut short within its header, at byte 66; fetch it again"),
        (b"GGML" + gguf()[4:], "is no GGUF file; check that it is the right file"),
        (gguf(version=1), "is of a GGUF version other than 2 and 3; convert it anew"),
        (
            b"GGUF" + struct.pack("<IQQ", 3, 0, 2**63),
            "announces 9,223,372,036,854,775,808 keys, and 100,000 are the most read",
        ),
        (
            b"GGUF" + struct.pack("<IQQ", 3, 2**63, 0),
            "announces 9,223,372,036,854,775,808 tensors, and 500,000 are the most read",
        ),
        (
            b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 2**63) + b"key",
            "is cut short within its header, at byte 35",
        ),
        (
            gguf(entry("a", 9, listed(4, 2**63))),
            "announces 9,223,372,036,854,775,808 items in lists, and 4,000,000 are the most read",
        ),
        (gguf(entry("a", 9, listed(8, 3_000_000))), "is cut short within its header, at byte 49"),
        (
            gguf(entry("a", 9, listed(9, 1) * 9)),
            "announces 5 lists within one another, and 4 are the most read",
        ),
        (gguf(entry("a", 9, listed(9, 100))), "has a long list of kind 9; fetch it again"),
        (gguf(entry("a", 77, b"")), "has a value of the unknown kind 77; fetch it again"),
        (
            gguf(tensors=(tensor("w", *[1] * 9),)),
            "announces 9 dimensions in one tensor, and 8 are the most read",
        ),
    ],
    ids=[
        "nothing but the first word",
        "a text that is cut",
        "another first word",
        "another version",
        "2^63 keys",
        "2^63 tensors",
        "a key of 2^63 bytes",
        "a list of 2^63 numbers",
        "a list of texts that are not there",
        "lists within lists",
        "a long list of lists",
        "an unknown kind",
        "nine dimensions",
    ],
)
def test_a_broken_gguf_is_told_in_one_line(read, data: bytes, problem: str) -> None:
    with pytest.raises(MirageError) as error:
        read("m.gguf", data)
    assert str(error.value).startswith(f"m.gguf: {problem}")
    assert "\n" not in str(error.value)


def test_only_the_start_of_a_large_file_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILE", 200)
    large = {"m.safetensors": tensors(("w", "F32", [5])), "m.gguf": gguf(tensors=(tensor("w", 5),))}
    for name, head in large.items():
        (tmp_path / name).write_bytes(head + bytes(1000))
        stored = files.load(name, tmp_path)
        assert stored is not None
        assert (len(stored.data), stored.size) == (200, len(head) + 1000)
        assert plain(artifacts.read(stored).content.told) == [("model parameters", "5")]


@pytest.mark.parametrize("size", [1, 7, 20, 33])
@pytest.mark.parametrize("name", ["m.safetensors", "m.gguf"])
def test_a_file_cut_anywhere_is_told_in_one_line(read, name: str, size: int) -> None:
    whole = gguf(ARCHITECTURE) if name.endswith("gguf") else tensors(("w", "F32", [5]))
    with pytest.raises(MirageError, match=rf"^{name}: is cut short within its header[^\n]*$"):
        read(name, whole[:size])


def test_bounds_are_wide_enough_for_models_of_today() -> None:
    """A hundred thousand tensors, and a vocabulary of a million with its merges."""
    assert safetensors_file.MAX_HEADER > 100_000 * 150
    assert gguf_header.MAX_ITEMS > 3 * 1_000_000


def test_content_of_weights_has_no_rows(read) -> None:
    content = read("m.gguf", gguf()).content
    assert content == Content(root={})
