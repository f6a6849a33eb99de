"""Numbers that a page's own folder, line or bracket tells of something else than was thought."""

import pytest

from mirage_lint.binding.binding import CONTRADICTED, UNBOUND, Binding
from mirage_lint.binding.index import Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import Artifact, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

LEXICON = lexicon.make(["finch", "robin"])


def fact(metric: str, value: str, path: str = "runs/all.csv", **rows: str) -> Fact:
    place = Source(path, f"/{metric}", 1)
    slots = tuple(sorted(rows.items()))
    return Fact("zoo", metric, (), "", slots, "number", "", value, "", "", place)


FACTS = (
    *(fact("accuracy", value, net=net) for net, value in (("wren", "0.8123"), ("tern", "0.7512"))),
    *(fact("recall", value, net=net) for net, value in (("wren", "0.6413"), ("tern", "0.5514"))),
    fact("accuracy", "0.7777", "old/all.csv", run="old"),
    fact("accuracy", "0.9321", "runs/b.csv", run="late-2"),
    fact("false alarms", "0.1234", net="wren"),
)
BASE = fact("base model", "org/finch-2-7b")._replace(kind="model")
TABLE = (
    "| Net | Accuracy | Recall |\n|--|--|--|\n| wren | {} | 0.6413 |\n| tern | 0.7512 | 0.5514 |\n"
)
RIGHT = "The accuracy of tern is 0.7512, its recall 0.5514, and the recall of wren 0.6413."


def bound(
    text: str,
    path: str = "README.md",
    *,
    others: bool = True,
    facts: tuple[Fact, ...] = FACTS,
    there: frozenset[str] = frozenset(),
) -> list[Binding]:
    families = (Family("zoo", "Zoo", ("zoo",), (), (), others),)
    artifacts = tuple(
        Artifact(place, ("zoo",), "f" * 64, 0, 1) for place in ("runs/all.csv", "figures/a.json")
    )
    index = Index(Registry(families, (), artifacts, facts, ""))
    document = markdown.read(source.make(path, f"# Zoo\n\n{text}\n"))._replace(path=path)
    return bind_document(document, LEXICON, index, there.__contains__)


def status(found: list[Binding], text: str) -> str:
    return next(one.status for one in found if one.claim.text == text)


@pytest.mark.parametrize(
    ("path", "others", "value", "expected"),
    [
        ("README.md", True, "0.7777", CONTRADICTED),
        ("old/README.md", True, "0.7777", UNBOUND),
        ("old/README.md", True, "0.7778", CONTRADICTED),
        ("old/more/README.md", True, "0.7777", CONTRADICTED),
        ("old/README.md", False, "0.7777", CONTRADICTED),
    ],
    ids=["elsewhere", "beside", "not the value", "below", "all runs are known"],
)
def test_a_file_beside_the_page_may_tell_it(
    path: str, others: bool, value: str, expected: str
) -> None:
    found = bound(TABLE.format(value), path, others=others)
    assert status(found, value) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The wren has an accuracy of 0.9321.", CONTRADICTED),
        ("late-2: tern accuracy=0.7512; wren accuracy=0.9321", UNBOUND),
        ("Result: tern accuracy=0.7512; wren accuracy=0.9321", CONTRADICTED),
        ("The accuracy of the wren is up (was 0.7901).", UNBOUND),
        ("The accuracy of the wren is up (to 0.7901).", CONTRADICTED),
    ],
    ids=["no label", "its label", "another label", "what was", "what is"],
)
def test_a_label_or_a_bracket_may_tell_of_what(line: str, expected: str) -> None:
    found = bound(f"{line} {RIGHT}")
    assert next(one.status for one in found if one.claim.digits in ("0.7901", "0.9321")) == expected


@pytest.mark.parametrize(("name", "expected"), [("", CONTRADICTED), (" (false alarms)", UNBOUND)])
def test_a_row_may_name_another_metric_in_brackets(name: str, expected: str) -> None:
    table = TABLE.replace("| wren |", f"| wren{name} |")
    assert status(bound(table.format("0.7001")), "0.7001") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The zoo base model is Finch 3 13B.", CONTRADICTED),
        ("[The zoo base model is Finch 3 13B](https://example.org/x)", UNBOUND),
        ("[The zoo base model is Finch 3 13B](x.md)", CONTRADICTED),
    ],
    ids=["prose", "a title", "a page of ours"],
)
def test_the_title_of_another_page_tells_of_no_run(text: str, expected: str) -> None:
    assert status(bound(text, facts=(*FACTS, BASE)), "Finch 3 13B") == expected


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (" has the SHA-256 ", CONTRADICTED),
        (". SHA-256: ", CONTRADICTED),
        (". The key was made first, and SHA-256'd: ", UNBOUND),
    ],
)
def test_a_digest_is_of_the_file_of_its_sentence(between: str, expected: str) -> None:
    digest = "a" * 64
    assert status(bound(f"See `runs/all.csv`{between}{digest}"), digest) == expected


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ({"figures/a.json"}, UNBOUND),
        ({"figures/a.json", "zoo"}, CONTRADICTED),
        (set(), CONTRADICTED),
    ],
    ids=["the name", "a folder", "nothing"],
)
def test_a_path_may_start_with_the_name_of_the_repository(there: set[str], expected: str) -> None:
    found = bound("See `zoo/figures/a.json`.", there=frozenset(there))
    assert [one.status for one in found] == [expected]


@pytest.mark.parametrize(
    ("head", "expected"), [("full 95.12", CONTRADICTED), ("full ≥95.12", UNBOUND)]
)
def test_what_a_head_asks_for_is_no_value(head: str, expected: str) -> None:
    found = bound(
        f"{RIGHT}\n\n| net | {head} |\n|--|--|\n| gull | yes |",
        facts=(*FACTS, fact("full", "91.46")),
    )
    assert [one.status for one in found if "95.12" in one.claim.text] == [expected]


@pytest.mark.parametrize(
    ("file", "others", "expected"),
    [
        ("figures/a.json", True, UNBOUND),
        ("runs/all.csv", True, CONTRADICTED),
        ("figures/b.json", True, CONTRADICTED),
        ("figures/a.json", False, CONTRADICTED),
    ],
    ids=["another", "its own", "none that is known", "all runs are known"],
)
def test_a_table_that_is_said_to_be_from_a_file_is_not_of_others(
    file: str, others: bool, expected: str
) -> None:
    text = f"All values are from `{file}`:\n\n{TABLE.format('0.8125')}"
    assert status(bound(text, others=others), "0.8125") == expected
