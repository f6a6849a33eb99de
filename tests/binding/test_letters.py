"""What is told by letters alone is never less than what is told by words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mirage_lint.binding.index import Index
from mirage_lint.binding.mentions import is_run
from mirage_lint.binding.records import Records, names_of
from mirage_lint.binding.views import View
from mirage_lint.claims import lexicon
from mirage_lint.claims.extract import extract
from mirage_lint.core import words
from mirage_lint.core.facts import Fact, Family, Registry, Source
from mirage_lint.documents.passages import Passage

NAMES = ("Net-B_16", "netB16", "FooBar", "foo bar+", "ünet 2", "r2")
RECORDS = Records(
    Fact("zoo", "x", (), "", (("net", name),), "number", "", "1", "", "", Source("a", "/x", 1))
    for name in NAMES
)
RUNS = tuple(Family(name, "", (name,), (), ()) for name in ("XGBoost run", "fine-tuned", "owls"))
INDEX = Index(Registry(RUNS, (), (), (), ""))
LEXICON = lexicon.make()
TEXTS = ["XGBoost", "xgboost", "runs", "RUN", "ft", "fine", "tuning", "Finetuned", "owl", "an", "-"]


@settings(derandomize=True, max_examples=1500, deadline=None)
@given(st.text("netB16FoobarR2ü+_-. ", max_size=10))
def test_what_may_call_a_record(text: str) -> None:
    is_called = any(name in RECORDS.called for name in names_of(text) if name)
    assert RECORDS.may_call(text) or not is_called


@settings(derandomize=True, max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(TEXTS), max_size=5), st.sampled_from(" -_"))
def test_what_may_name_a_run(parts: list[str], between: str) -> None:
    passage = Passage("paragraph", between.join(parts))
    view = View(passage, extract(passage, LEXICON), INDEX, "")
    assert view.names_runs == any(map(is_run, view.told))


def test_every_synonym_is_a_way_to_write_its_stem() -> None:
    assert {"fin", "ft"} <= words.written("fin")


def test_names_are_told_by_their_letters_at_all() -> None:
    assert [name for name in ("net", "net b", "NET_B 16") if RECORDS.may_call(name)] == ["NET_B 16"]
    assert not INDEX.may_name_run("The wren has an accuracy of 0.8.")
