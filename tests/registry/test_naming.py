"""Metric names, taken apart by a family's words."""

import pytest

from mirage_lint.registry.naming import Named, Namer

NAMER = Namer(
    {"all": ("overall",), "hard": ("degraded",), "very hard": ()},
    {
        ("system", "tuned"): ("FT", "fine-tuned", "+ LoRA"),
        ("system", "base"): ("untuned",),
        ("k", "1"): (),
    },
)
TUNED = (("system", "tuned"),)

NAMES = {
    "ft_wrong_answers_degraded": Named("wrong answers", "hard", TUNED),
    "FT wrong overall": Named("wrong", "all", TUNED),
    "fineTunedAccuracy": Named("accuracy", "", TUNED),
    "accuracy_very_hard": Named("accuracy", "very hard", ()),
    "top-1 accuracy": Named("top 1 accuracy", "", ()),
    "database_accuracy": Named("database accuracy", "", ()),
    "hard": Named("hard", "hard", ()),
}


@pytest.mark.parametrize(("name", "named"), NAMES.items(), ids=NAMES)
def test_words_of_populations_and_dimensions_move_to_their_slots(name: str, named: Named) -> None:
    assert NAMER.parse(name) == named


def test_what_is_given_explicitly_wins() -> None:
    given = NAMER.parse("hard share ft", "all", (("fold", "2"), ("system", "base")))
    assert given == Named("hard share ft", "all", (("fold", "2"), ("system", "base")))
    same = NAMER.parse("hard share ft", "hard", TUNED)
    assert same == Named("share", "hard", TUNED)


def test_a_key_may_be_spelled_as_an_alias() -> None:
    assert NAMER.slot("system", "Fine-Tuned") == "tuned"
    assert NAMER.slot("", "degraded") == "hard"
    assert NAMER.slot("retention", "0.1") == "0.1"
