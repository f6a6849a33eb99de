"""Roles of models beside that of the base: "the default model", "the judge"."""

import pytest

from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import METADATA, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

FACT = Fact(
    *(
        "tool",
        "default model",
        ("built-in default",),
        "",
        (),
        "model",
        "",
        "org/finch-2-7b",
        "",
        "",
    ),
    Source("defaults.toml", "/model", METADATA),
)
INDEX = Index(Registry((Family("tool", "", ("the tool",), (), ()),), (), (), (FACT,), ""))
LEXICON = lexicon.make(["finch", "robin"], [])


def status(text: str) -> list[str]:
    document = markdown.read(source.make("README.md", text))
    return [one.status for one in bind_document(document, LEXICON, INDEX, lambda path: False)]


@pytest.mark.parametrize(
    "text",
    [
        "It uses the default `robin-3b` model.",
        "Robin 3B (the default) is small.",
        "The option `-m` defaults to `robin-3b`.",
        "Without the option the model defaults to Robin 3B.",
        "See the built-in default (org/robin-3b).",
        "It uses the default Google `robin-3b` model.",
    ],
)
def test_another_model_in_the_role_is_wrong(text: str) -> None:
    assert status(text)[-1] == "contradicted"


@pytest.mark.parametrize(
    "text",
    [
        "It uses the default Finch 2 7B model.",
        "Run it with Robin 3B.",
        "Robin 3B default outputs (3,479 rows)",
        "Set a different default, as Robin 3B.",
        "The default is good. Robin 3B is better.",
        "Any model will do (for example, Robin 3B default).",
        "```bash\ntool --model robin-3b --default\n```",
        "It is the format that is used by default with Robin 3B.",
        "That was faster than the older one, which has been the default Robin 3B model.",
        "It needs more than the Robin 3B defaults.",
        "It keeps the default (Robin 3B instead of Robin 2B).",
        "The defaults are Robin 3B for chat and Finch 2 7B for code.",
    ],
)
def test_the_right_model_and_models_without_the_role_are_not(text: str) -> None:
    assert "contradicted" not in status(text)
