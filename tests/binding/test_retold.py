"""Models that a text names twice in one breath."""

import pytest

from mirage_lint.binding.binding import CONTRADICTED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import Registry
from mirage_lint.documents import markdown, source
from mirage_lint.rules.judge import judge

INDEX = Index(Registry((), (), (), (), ""))
LEXICON = lexicon.make(["finch", "robin"], [])


def wrong(line: str, sample: str) -> list[Binding]:
    document = markdown.read(source.make("README.md", f"{line}\n\n```bash\n{sample}\n```\n"))
    bindings = bind_document(document, LEXICON, INDEX, lambda path: True)
    return [one for one in bindings if one.status == CONTRADICTED]


@pytest.mark.parametrize(
    ("line", "sample", "told"),
    [
        ("Fetch Finch 2 13B like this:", "get Finch-2-7b-chat --as finch2", "Finch 2 13B"),
        ("Then run `org/finch-3-8b`:", "serve --model org/finch-2-8b", "org/finch-3-8b"),
        ("It takes long. To load **Robin 3B**:", 'from_pretrained("org/robin-1.5b")', "Robin 3B"),
    ],
)
def test_another_size_or_version_than_the_line_says(line: str, sample: str, told: str) -> None:
    (found,) = judge("README.md", wrong(line, sample))
    assert found.code == "MIR202"
    assert found.message.endswith(f"the line that leads to it says {told!r}")


@pytest.mark.parametrize(
    ("line", "sample"),
    [
        ("Fetch the Finch 2 13B model like this:", "get Finch-2-13b-chat"),
        ("Fetch the Finch 2 13B model like this:", "get Robin-2-7b"),
        ("Fetch the Finch 2 13B model like this:", "get Finch-2-7b Finch-2-13b"),
        ("Finch 2 13B is merged from Finch 2 7B like this:", "get Finch-2-1b"),
        ("Finch 2 13B is large. Fetch the other model like this:", "get Finch-2-7b"),
        ("Instead of Finch 2 13B, fetch this one:", "get Finch-2-7b"),
        ("Unlike Finch 2 13B, this one is small:", "get Finch-2-7b"),
        ("We do not use Finch 2 13B:", "get Finch-2-7b"),
        ("The Finch 2 13B model is not fetched.", "get Finch-2-7b"),
        ("Fetch it:", "get Finch-2-7b"),
        ("To tune Finch 3.2 3B, run this:", "tune examples/finch-3/3b.yaml"),
        ("To tune Finch 2 13B, run this:", "tune finch-2-7b.yaml"),
        ("For large ones (e.g. Finch 2 13B on 64GB) split it first:", "split Finch-2-7b"),
    ],
)
def test_what_else_a_line_may_mean_is_left_alone(line: str, sample: str) -> None:
    assert wrong(line, sample) == []


def wrong_in(text: str) -> list[tuple[str, str]]:
    document = markdown.read(source.make("README.md", text))
    bindings = bind_document(document, LEXICON, INDEX, lambda path: True)
    return [(one.claim.text, one.against) for one in bindings if one.status == CONTRADICTED]


@pytest.mark.parametrize(
    ("text", "claim", "told"),
    [
        ("The **Finch 2 (Finch-3-8b)** model.", "Finch 2", "Finch-3-8b"),
        ("It is Finch 2 13B (`org/finch-2-7b`).", "Finch 2 13B", "org/finch-2-7b"),
        ("The Gemma 2 (MedGemma-4B) model.", "Gemma 2", "made from Gemma 3"),
        ("[Finch 2 13B](https://huggingface.co/org/finch-2-7b)", "Finch 2 13B", "org/finch-2-7b"),
    ],
)
def test_brackets_and_links_name_another_size_or_version(text: str, claim: str, told: str) -> None:
    ((found, against),) = wrong_in(text)
    assert found == claim
    assert told in against


@pytest.mark.parametrize(
    "text",
    [
        "The Gemma 3 (MedGemma-4B) model.",
        "It is Finch 2 (`org/finch-2-7b`).",
        "Two entries: `finch-2-small` (finch-3-small-20241022), `wren` (wren-2.0).",
        "Finch 2 (Finch 3 beta) is out.",
        "It is not Finch 2 (Finch-3-8b).",
        "Finch 2 (Robin 3) is out.",
        "`finch2` (Finch 2.5 7B)",
        "finch-3.1-pro (finch 3)",
        "[Finch-26](https://huggingface.co/org/finch-2_6)",
        "[Finch 1.3B](https://huggingface.co/org/finch-1b)",
        "[Finch 2 13B](https://huggingface.co/org/finch-2-7b/blob/main/LICENSE)",
        "[Finch 2 13B](https://huggingface.co/org/finch-2-13b)",
        "[See Finch 2 13B](https://huggingface.co/org/finch-2-7b)",
        "[Finch 2 13B](https://example.org/org/finch-2-7b)",
    ],
)
def test_what_else_brackets_and_links_may_say_is_left_alone(text: str) -> None:
    assert wrong_in(text) == []
