"""Code samples and the lines that lead to them."""

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
    ],
)
def test_what_else_a_line_may_mean_is_left_alone(line: str, sample: str) -> None:
    assert wrong(line, sample) == []
