"""Which role the text gives a model: what a run was built on, or another that the registry names
("default model", "judge model").
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from itertools import pairwise

from mirage_lint import vocabulary
from mirage_lint.binding.index import Role
from mirage_lint.binding.slots import Around
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import MODEL, Claim
from mirage_lint.core import words
from mirage_lint.core.modelname import difference
from mirage_lint.documents.passages import CODE

_NO_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+")
_VERB = re.compile(r"[`*_)]{0,3} ([a-z-]+)")
# As text, since few documents need it: it is compiled where it is used.
_MODEL_KEY = r"(?:model|from_pretrained)\W{0,3}\Z"
"""What stands before the model that code or configuration sets."""
_BEFORE = r"[^.,;:!?)\]]*\Z"
_NOUN_BEHIND = r"\s+([^\W\d_]+)"
_BEHIND = r"[`*_]*\s*\(?(?:the\s+|our\s+|a\s+)?([^\W\d_]+)"
_JOINED = r"[\s)\]`*_]*(?:,|/|;|\band\b|\bor\b|&)(?:\s+and\b|\s+or\b)?(?:\s+the\b)?[\s(\[`*_]*"
_LIST_REACH = 250
"""Characters before and behind a model in which its neighbours in a list start."""
_OTHER_FORMS = ("s", "ing", "ed")
"""Endings of a role's word that tell it of several, or make a verb of it."""
_FARTHEST = 8
"""Words behind a model among which its role stands."""
_NEAR, _REACH = 4, 60
"""Words, and characters, before a model among which its role stands."""


def names_run(claim: Claim, view: View) -> bool:
    """Whether the model's name is there to name a run: "the Example adapter"."""
    text, end = view.passage.text, claim.end
    word = _WORD.match(text, end + text.startswith((" ", "-"), end))
    return word is not None and word[0].lower() in vocabulary.load("words")["adapters"]


def is_base(claim: Claim, view: View, around: Around) -> bool:
    """Whether the text says that the model is what the run was built on."""
    low, high = view.clause(claim)
    # The name itself gives no role: "BERT-base", and nor does what stands far behind it.
    behind = " ".join(view.passage.text[claim.end : high].split()[:_FARTHEST])
    clause = _plain(f"{view.passage.text[low : claim.start]} {behind}")
    if view.passage.kind in CODE:
        key = re.search(_MODEL_KEY, view.passage.text[max(claim.start - 30, 0) : claim.start])
        return key is not None
    if _stems_behind(claim) & _others_behind() or _is_subject(claim):
        return False  # "the Example tokenizer", "Example fine-tunes on"
    before = _plain(view.passage.text[low : claim.start])
    other, base = _last("other", before), _last("base", before)
    if other > base or (other == base and _last("other", clause) >= 0):
        return False
    texts = [clause, *(_plain(head.passage.text) for head in around.heads)]
    return names_run(claim, view) or any(_last("base", text) >= 0 for text in texts)


def _is_subject(claim: Claim) -> bool:
    verb = _VERB.match(claim.passage.text, claim.end)
    return verb is not None and verb[1] in vocabulary.load("words")["training_verbs"]


def _last(role: str, text: str) -> int:
    """Where the last cue to a role in ``text``, as `_plain` has it, ends; -1 for none: the nearest
    one counts.
    """
    cues = vocabulary.load("words")["roles"][role]
    ends = (at + len(cue) for cue in cues if (at := text.rfind(f" {cue} ")) >= 0)
    return max(ends, default=-1)


def _plain(text: str) -> str:
    """Words of prose or identifiers, spaces around: ``base_model`` is " base model "."""
    return f" {_NO_WORD.sub(' ', text.lower())} "


def told(claim: Claim, view: View, roles: Collection[Role]) -> set[Role]:
    """Those of ``roles``, others than the base model's, that the text gives to the model: "the
    default Example 2 model", "Example 2 (the default)".
    """
    if not roles or view.passage.kind in CODE:
        return set()
    before, behind = _words_before(claim), _word_behind(claim)
    if not _stems(before).isdisjoint(_strangers()) or _is_example(claim):
        return set()
    if behind in vocabulary.load("words")["not_this"]:
        return set()  # "the judge (Foo 2 instead of Foo 1)"
    return {role for role in roles if _follows(behind, role) or _leading(before, role) is not None}


def is_plainly_told(claim: Claim, view: View, told: Collection[Role]) -> bool:
    """Whether the model alone is given one of the roles ``told``, with no word that tells the role
    from others like it: "the second judge", "the default of the embedding model".
    """
    low, high = view.clause(claim)
    text = view.passage.text
    beside = _stems(words.split(f"{text[low : claim.start]} {text[claim.end : high]}"))
    own = {stem for role in told for name in _names_of(role) for stem in name}
    is_of_other = not beside.isdisjoint(_all_roles() - own)
    return not (is_of_other or is_listed(claim, view) or _is_qualified(claim, told))


def _is_qualified(claim: Claim, told: Collection[Role]) -> bool:
    """ "The second judge is", and not "the judge is" or "uses judge"."""
    before, plain = _words_before(claim), vocabulary.load("words")["role_starts"]
    starts = [(at, role) for role in told if (at := _leading(before, role)) is not None]
    # A verb has its subject before it: "the option defaults to".
    nouns = [at for at, role in starts if not _is_other_form(before[at], role)]
    return any(at and before[at - 1] not in plain for at in nouns)


def _follows(behind: str, role: Role) -> bool:
    """Whether the word behind a model gives it the role, as one of its own: "Foo judges" does not,
    nor does "Foo defaults".
    """
    stems = frozenset(words.canonical(behind)) if behind else frozenset()
    return any(name <= stems for name in _names_of(role)) and not _is_other_form(behind, role)


def _leading(before: list[str], role: Role) -> int | None:
    """Where among the words before a model those start that give it the role: "the default is",
    "defaults to", and not "formatted by default with", "the default judges", "judging".
    """
    joins = vocabulary.load("words")["role_joins"]
    for name in _names_of(role):
        end = len(before)
        while end and before[end - 1] in joins and not name & _stems(before[end - 1 : end]):
            end -= 1
        last = before[max(end - len(name), 0) : end]
        is_verb = before[end : end + 1] == ["to"]
        if last and name <= _stems(last) and (is_verb or not _is_other_form(last[-1], role)):
            return end - len(last)
    return None


def _is_other_form(word: str, role: Role) -> bool:
    """Whether a word is a plural, which several models share, or a verb, which has another object:
    "judges", "judging", where the role is that of a judge.
    """
    metric, names = role
    own = {part for name in (metric, *names) for part in words.split(name)}
    return word not in own and word.endswith(_OTHER_FORMS)


def _is_example(claim: Claim) -> bool:
    """ "(for example, Foo students)": whether it stands for models of its kind."""
    before = claim.passage.text[max(claim.start - _REACH, 0) : claim.start].lower()
    return before.rstrip(" ,:`*_").endswith(tuple(vocabulary.load("words")["example_cues"]))


@cache
def _names_of(role: Role) -> tuple[frozenset[str], ...]:
    """The words of each name of a role, as stems, without "model"."""
    model = set(words.stems("model"))
    metric, names = role
    found = (frozenset(words.stems(name)) - model for name in (metric, *names))
    return tuple(name for name in found if name)


@cache
def _strangers() -> frozenset[str]:
    """Stems that say it is about another model: "a different default", "has been the default"."""
    cues = [*vocabulary.load("words")["not_this"], *vocabulary.load("words")["past"]]
    return frozenset(stem for word in cues for stem in words.stems(word))


@cache
def _all_roles() -> frozenset[str]:
    """Stems of the words for what a model may be to a run, beside its base."""
    return frozenset(
        stem for word in vocabulary.load("files")["role_words"] for stem in words.stems(word)
    )


@cache
def _organisations() -> frozenset[str]:
    table = vocabulary.load("models")["organisations"]
    return frozenset([*table, *(other for names in table.values() for other in names)])


@cache
def _others_behind() -> frozenset[str]:
    """Stems of what a model's name is put before that is not what a run was built on."""
    cues = vocabulary.load("words")["other_behind"]
    return frozenset(stem for word in cues for stem in words.stems(word))


def is_listed(claim: Claim, view: View) -> bool:
    """Whether the model stands in a list with others that differ: "fine-tuning of A, B and C"."""
    near = view.claims_within((claim.start - _LIST_REACH, claim.end + _LIST_REACH))
    models = [one for one in near if one.kind == MODEL and one.model]
    return any(
        difference(one.model, other.model)
        for one, other in pairwise(models)
        if claim in (one, other) and one.model and other.model and _is_joined(one, other)
    )


def is_spelled_out(claim: Claim) -> bool:
    """Whether the words before it only spell out its letters: "Foo Foundation Model 2 (FFM2)"."""
    letters = "".join(filter(str.isalpha, claim.text)).lower()
    before = claim.passage.text[max(claim.start - _REACH, 0) : claim.start]
    if len(letters) < 2 or not before.endswith("("):
        return False
    initials = "".join(word[0] for word in words.split(before) if word[0].isalpha())
    return initials.lower().endswith(letters)


def _is_joined(one: Claim, other: Claim) -> bool:
    between = one.passage.text[one.end : other.start]
    return re.compile(_JOINED).fullmatch(between) is not None


def _words_before(claim: Claim) -> list[str]:
    text = claim.passage.text
    near = re.search(_BEFORE, text[max(claim.start - _REACH, 0) : claim.start])
    told = near.group().split() if near else []
    told = [word for word in told if word.lower() not in _organisations()]  # "the default Org X"
    return words.split(" ".join(told))[-_NEAR:]


def _stems(told: list[str]) -> frozenset[str]:
    return frozenset(stem for word in told for stem in words.canonical(word))


def _stems_behind(claim: Claim) -> frozenset[str]:
    word = _word_behind(claim)
    return frozenset(words.canonical(word)) if word else frozenset()


def _word_behind(claim: Claim) -> str:
    """The word behind a model that may tell what it is; empty where there is none."""
    text = claim.passage.text
    match = re.compile(_BEHIND).match(text, claim.end)
    if match is None:
        return ""
    noun = re.compile(_NOUN_BEHIND).match(text, match.end())
    if noun and noun[1].lower() in vocabulary.load("words")["products"]:
        return ""  # "Foo teacher traces" are for Foo, not by it
    return match[1].lower()
