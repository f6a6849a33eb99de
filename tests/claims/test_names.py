"""Models, checksums and paths in text."""

import pytest

from mirage_lint.claims import lexicon
from mirage_lint.claims.extract import extract
from mirage_lint.documents import markdown, source
from mirage_lint.documents.passages import Passage, Piece

LEXICON = lexicon.make(["acmenet", "net"])


def named(text: str, kind: str) -> list[str]:
    passage = Passage("paragraph", text, (Piece(0, len(text), 0, len(text)),))
    found = extract(passage, LEXICON).claims
    return [claim.text for claim in found if claim.kind == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gemma-2 9B, Llama-3.1 8B and Mistral 7B v0.3.",
            ["Gemma-2 9B", "Llama-3.1 8B", "Mistral 7B v0.3"],
        ),
        ("Phi-3-Medium 14B wins", ["Phi-3-Medium 14B"]),
        ("acme/GLM-4.1V-9B-Base and GLM-4.5V.", ["acme/GLM-4.1V-9B-Base", "GLM-4.5V"]),
        ("MiniMax-M2.1, Kimi-K2.6. Next", ["MiniMax-M2.1", "Kimi-K2.6"]),
        ("Llama-Foo1.6-Bar3.2-3B", ["Llama-Foo1.6-Bar3.2-3B"]),
        ("GPT 4o, Llama 2x faster, Falcon-2. It", ["GPT 4o", "Llama", "Falcon-2"]),
        ("load Qwen/Qwen2.5-7B-Instruct now", ["Qwen/Qwen2.5-7B-Instruct"]),
        ("the Qwen/PEFT package", ["Qwen"]),
        ("the phi coefficient, a falcon, coherence", []),
        ("AcmeNet 3B", ["AcmeNet 3B"]),
        ("the Acme Net 3B", ["Acme Net 3B"]),
        ("Code Llama 7B", ["Code Llama 7B"]),
        ("AcmeNet large-v2 and acmenet medium", ["AcmeNet large-v2", "acmenet medium"]),
        ("an AcmeNet large language model", ["AcmeNet"]),
        ("AcmeNet Large V2", ["AcmeNet Large V2"]),
    ],
)
def test_models(text: str, expected: list[str]) -> None:
    assert named(text, "model") == expected


def test_checksums_are_64_hex_digits() -> None:
    digest = "d09a2549" * 8
    assert named(f"sha256 {digest}, not {digest}0", "checksum") == [digest]


def test_paths_stand_in_code_and_in_links_to_files() -> None:
    text = "see `a/b.json` here, not c/d.json, nor [the web](https://example.org/x.json)\n"
    text += "\n[this](results/e.csv), [that][1]\n\n[1]: f.toml\n"
    document = markdown.read(source.make("x.md", text))
    found = [one for passage in document.passages for one in extract(passage, LEXICON).claims]
    assert [one.digits for one in found if one.kind == "path"] == [
        "a/b.json",
        "results/e.csv",
        "f.toml",
    ]


def test_no_path_starts_within_the_name_of_a_package() -> None:
    document = markdown.read(source.make("x.md", "`packages/@org/spec/a.json`\n"))
    found = [one for passage in document.passages for one in extract(passage, LEXICON).claims]
    assert [one.digits for one in found] == ["packages/"]


def test_an_image_is_no_path_and_nor_is_a_word_in_code() -> None:
    text = "![loss < 14](loss.png), `word` < 14, `run.sh`, <code>a.py</code>, `&#46;` `b&c.toml`\n"
    document = markdown.read(source.make("x.md", text))
    found = [one for passage in document.passages for one in extract(passage, LEXICON).claims]
    assert [one.digits for one in found if one.kind == "path"] == ["run.sh", "a.py", "c.toml"]
