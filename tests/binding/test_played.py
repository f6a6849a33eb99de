"""Models of families that may have others: which one is meant has to be plain, and of this one."""

import pytest

from mirage_lint.binding.binding import CONTRADICTED, UNBOUND, VERIFIED, Binding
from mirage_lint.binding.index import BASE, Index
from mirage_lint.binding.resolve import bind_document
from mirage_lint.claims import lexicon
from mirage_lint.core.facts import METADATA, SCRIPT, Artifact, Fact, Family, Registry, Source
from mirage_lint.documents import markdown, source

LEXICON = lexicon.make(["finch", "robin", "wren"], [])
NAMED = "\n\nSee `ask_judge.py`.\n"
"""The file that sets the judge."""


def fact(metric: str, value: str, place: str, family: str = "wrenbench") -> Fact:
    told = (family, metric, (), "", (), "model", "", value, "", "")
    return Fact(*told, Source(place, "MODEL", METADATA))


JUDGE = fact("judge model", "org/finch-2-7b", "tools/ask_judge.py")


def bound(text: str, *facts: Fact, others: bool = True) -> list[Binding]:
    """The bindings of the models that are told."""
    told = facts or (JUDGE,)
    names = sorted({one.family for one in told})
    families = tuple(Family(name, name, (name,), (), (), others) for name in names)
    index = Index(Registry(families, (), (), told, ""))
    document = markdown.read(source.make("README.md", text))
    found = bind_document(document, LEXICON, index, lambda path: False)
    return [one for one in found if one.claim.kind == "model"]


def status(text: str, *facts: Fact, others: bool = True) -> list[str]:
    return [one.status for one in bound(text, *facts, others=others)]


PLAIN = [
    "The judge is Robin 3B.",
    "The scores come from the judge (Robin 3B).",
    "We use judge Robin 3B for the scores.",
    "Robin 3B (the judge) scores them.",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_role_is_judged_on_a_page_that_names_its_file(text: str) -> None:
    assert status(text) == [UNBOUND]
    assert status(text + NAMED) == [CONTRADICTED]
    assert status(text, others=False) == [CONTRADICTED]


@pytest.mark.parametrize("folder", ["tools", "../tools"])
def test_a_file_is_named_by_its_path_and_by_a_link(folder: str) -> None:
    page = "The judge is Robin 3B.\n\nSee `{0}/{1}`, or [it]({0}/{1}#L3).\n"
    assert status(page.format(folder, "ask_judge.py")) == [CONTRADICTED]
    assert status(page.format(folder, "task_judge.py")) == [UNBOUND]


def test_the_same_role_told_right_elsewhere_is_evidence() -> None:
    page = "The judge is Finch 2 7B.\n\n## Cost\n\nThe judge is {}.\n"
    assert status(page.format("Robin 3B")) == [UNBOUND, CONTRADICTED]
    assert status(page.format("Finch 2 7B")) == [VERIFIED, VERIFIED]
    (alone,) = bound("The judge is Finch 2 7B.")
    assert (alone.status, alone.fits, alone.is_lone) == (UNBOUND, True, True)


@pytest.mark.parametrize("name", ["cli.py", "__init__.py"])
def test_what_sets_a_package_up_is_named_by_the_package(name: str) -> None:
    page = "# Chatter\n\nIts `src` is small. It uses the default Robin 3B model.\n"
    places = {f"chatter/{name}": CONTRADICTED, "chatter/ask.py": UNBOUND, f"src/{name}": UNBOUND}
    for place, expected in places.items():
        assert status(page, fact("default model", "org/finch-2-7b", place)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The second judge is Robin 3B.",
        "It is scored by the independent judge (Robin 3B).",
        "The judge (Robin 3B or Robin 7B) scores them.",
        "The embedding for the judge is Robin 3B.",
        "The judge is Robin.",
        "The judge is Robin XL.",
    ],
    ids=["another", "a kind of its own", "one of two", "another role", "a family", "no version"],
)
def test_what_may_be_another_of_its_kind_is_left_alone(text: str) -> None:
    assert CONTRADICTED not in status(text + NAMED)
    assert CONTRADICTED in status(text + NAMED, others=False)


def test_a_role_called_by_a_form_in_ing_is_a_noun() -> None:
    page = "Its {} is Robin 3B.\n\nSee `search.py`.\n"
    embedding = fact("embedding model", "org/finch-2-7b", "search.py")
    told = [status(page.format(name), embedding) for name in ("embedding", "sparse embedding")]
    assert told == [[CONTRADICTED], [UNBOUND]]


@pytest.mark.parametrize(
    "text",
    [
        "Finch 2 7B judges Robin 3B outputs.",
        "That is Finch 2 7B judging Robin 3B.",
        "The judges are Robin 3B and Finch 2 7B.",
        "Robin 3B judges disagree.",
    ],
)
@pytest.mark.parametrize("others", [False, True])
def test_a_verb_or_a_plural_gives_no_model_the_role(text: str, others: bool) -> None:
    assert CONTRADICTED not in status(text + NAMED, others=others)


def test_several_models_in_a_role_are_of_several_runs() -> None:
    page = "The judge is Robin 3.\n\n## Later\n\nThe judge is {}.\n"
    assert status(page.format("Wren 4") + NAMED) == [UNBOUND, UNBOUND]
    assert status(page.format("Robin 3") + NAMED) == [CONTRADICTED, CONTRADICTED]


TUNED = fact(BASE, "org/finch-2-7b", "adapter_config.json")


def test_a_bare_name_is_held_against_a_run_that_its_sentence_names() -> None:
    for text, expected in (
        ("It fine-tunes Robin 3B.", CONTRADICTED),
        ("Their names are what Robin calls the base model.", UNBOUND),
        ("The wrenbench run fine-tunes Robin.", CONTRADICTED),
    ):
        page = f"# Wrenbench\n\n{text}\n"
        assert status(page, TUNED) == [expected]
        assert status(page, TUNED, others=False) == [CONTRADICTED]


def test_a_bare_name_in_that_of_the_run_is_no_statement() -> None:
    page = "# Robin Fine-Tuning\n\nIt is small.\n"
    assert status(page, TUNED._replace(family="robin fine-tuning")) == [UNBOUND]


@pytest.mark.parametrize("name", ["`models/robin-3b-fused`", "`robin-3b-fused/`"])
@pytest.mark.parametrize("others", [False, True])
def test_a_folder_is_no_base(name: str, others: bool) -> None:
    page = f"# Wrenbench\n\nThe adapter is fused into the base model at {name}.\n"
    assert CONTRADICTED not in status(page, TUNED, others=others)


def test_what_is_told_of_all_runs_is_left_alone_where_not_all_are_known() -> None:
    other = fact(BASE, "org/robin-3b", "old/adapter_config.json", "old")
    page = "# Summary\n\nAll experiments use Finch 2 7B as the base model.\n"
    assert status(page, TUNED, other) == [UNBOUND]
    assert status(page, TUNED, other, others=False) == ["ambiguous"]


@pytest.mark.parametrize("others", [True, False])
def test_a_script_names_no_run_where_there_may_be_others(others: bool) -> None:
    base = fact("base model", "org/finch-2-7b", "run/adapter_config.json")
    artifacts = (
        Artifact("run/adapter_config.json", ("wrenbench",), "", 0, METADATA),
        Artifact("train.py", ("wrenbench",), "", 0, SCRIPT),
    )
    family = Family("wrenbench", "wrenbench", ("wrenbench",), (), (), others)
    index = Index(Registry((family,), (), artifacts, (base,), ""))
    line = "python train.py --base-model org/robin-3b"
    text = f"```bash\n{line}\n```\n\nThe base model is Finch 2 7B (`run/adapter_config.json`).\n"
    document = markdown.read(source.make("README.md", text))
    found = bind_document(document, LEXICON, index, lambda path: True)
    (told,) = (one.status for one in found if one.claim.text == "org/robin-3b")
    assert told == (UNBOUND if others else CONTRADICTED)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Robin 3B is the base of wrenbench.", [CONTRADICTED]),
        ("Robin 3B scored all outputs of wrenbench, for every condition (base, tuned).", [UNBOUND]),
        ("The base model of wrenbench is Robin.", [CONTRADICTED]),
        ("All of wrenbench (base, robin, tuned) is alike.", [UNBOUND]),
    ],
)
def test_a_base_is_told_of_a_model_near_it(text: str, statuses: list[str]) -> None:
    base = fact("base model", "org/finch-2-7b", "run/adapter_config.json")
    assert status(text, base) == statuses


def test_a_text_or_a_table_with_two_judges_compares_them() -> None:
    table = "| | Finch 2 Judge | Robin 3 judge |\n|--|--|--|\n| x | 1 | 2 |\n"
    prose = "The Finch 2 judge is harsh, and the Robin 3 judge is mild."
    for text in (table, prose):
        assert CONTRADICTED not in status(f"{text}\n\nThe Robin 3 judge is fast.{NAMED}")
    apart = "The Finch 2 judge is harsh.\n\n## Then\n\nThe Robin 3 judge is mild."
    assert CONTRADICTED in status(f"{apart}{NAMED}")


def test_a_heading_tells_of_a_base_where_one_run_alone_has_any() -> None:
    page = "# Stage 1\n\nThe base model is `org/robin-3b`.\n"
    first = fact(BASE, "org/finch-2-7b", "a/adapter_config.json", "stage1")
    other = fact(BASE, "org/robin-3b", "b/adapter_config.json", "stage2")
    assert status(page, first) == [CONTRADICTED]
    assert status(page, first, other) == [UNBOUND]
    assert status(page, first, other, others=False) == [CONTRADICTED]
    named = "# Zoo\n\nThe base model of stage1 is `org/robin-3b`.\n"
    assert status(named, first, other) == [CONTRADICTED]


def test_two_makers_with_a_slash_between_are_no_name_of_a_base() -> None:
    page = "# Zoo\n\nWrenbench is fine-tuned from {}.\n"
    assert status(page.format("Robin/Wren"), TUNED) == [UNBOUND]
    assert status(page.format("Robin 3B"), TUNED) == [CONTRADICTED]
    assert status(page.format("Robin/Wren"), TUNED, others=False) == [CONTRADICTED]


DIGESTS = {
    "`zoo.zip` has the SHA-256 {}": CONTRADICTED,
    "`zoo.zip` (sha256: {})": CONTRADICTED,
    "The SHA-256 of `zoo.zip` is {}": CONTRADICTED,
    "`zoo.zip`: {}": CONTRADICTED,
    "All is in `zoo.zip`; its source-report SHA-256 is {}": UNBOUND,
    "The bundle is `zoo.zip`. Root: {}": UNBOUND,
    "`zoo.zip`, made of a corpus with the corpus checksum {}": UNBOUND,
}


@pytest.mark.parametrize(("text", "expected"), DIGESTS.items())
def test_a_digest_may_be_of_what_a_file_was_made_from(text: str, expected: str) -> None:
    families = (Family("zoo", "zoo", ("zoo",), (), (), others=True),)
    artifact = Artifact("zoo.zip", ("zoo",), "a1" * 32, 9, METADATA)
    index = Index(Registry(families, (), (artifact,), (JUDGE,), ""))
    page = markdown.read(source.make("README.md", f"{text.format('b2' * 32)}.\n"))
    found = bind_document(page, LEXICON, index, lambda path: True)
    assert [one.status for one in found if one.claim.kind == "checksum"] == [expected]


@pytest.mark.parametrize(
    ("page", "own", "expected"),
    [
        ("docs/a.md", "docs/zoo.zip", UNBOUND),
        ("docs/a.md", "zoo.zip", CONTRADICTED),
        ("a.md", "zoo.zip", CONTRADICTED),
    ],
)
def test_a_digest_may_be_of_the_file_of_that_name_beside_the_page(
    page: str, own: str, expected: str
) -> None:
    families = (Family("zoo", "zoo", ("zoo",), (), (), others=True),)
    artifact = Artifact("zoo.zip", ("zoo",), "a1" * 32, 9, METADATA)
    index = Index(Registry(families, (), (artifact,), (JUDGE,), ""))
    told = markdown.read(source.make(page, f"`zoo.zip` has the SHA-256 {'b2' * 32}.\n"))
    found = bind_document(told._replace(path=page), LEXICON, index, {own, "zoo.zip"}.__contains__)
    assert [one.status for one in found if one.claim.kind == "checksum"] == [expected]
