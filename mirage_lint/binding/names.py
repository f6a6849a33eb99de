"""Whose model, checksum or artifact a text names, and whether it is the right one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from mirage_lint import vocabulary
from mirage_lint.binding import roles, slots
from mirage_lint.binding.binding import (
    AMBIGUOUS,
    BLANKET,
    CHECKSUM,
    CONTRADICTED,
    MODEL,
    PATH,
    UNBOUND,
    VERIFIED,
    Binding,
)
from mirage_lint.binding.index import BASE, FAMILY, PLAIN, Index, joined
from mirage_lint.binding.mentions import is_run
from mirage_lint.binding.slots import Around, Slot
from mirage_lint.binding.views import View
from mirage_lint.claims import claim as claims
from mirage_lint.claims.claim import Claim
from mirage_lint.core import words
from mirage_lint.core.facts import Artifact, Fact
from mirage_lint.core.modelname import ancestor, difference, parse

_NAMED_LAYERS = frozenset(
    {slots.CLAUSE, slots.SENTENCE, slots.BLOCK, slots.INTRO, slots.SAID, slots.HEADING}
)
_TERSE = frozenset({"code", "heading"})
"""Passages that name a model and say nothing of it: what they are of has to be named."""
_NEAR_LAYERS = frozenset({slots.CLAUSE, slots.SENTENCE})
_WRITTEN = r"(?:(?<!\w)-o|--\w*(?:out|save|dest)[\w\-]*|>|\btee)[ =]+[\"'`]?\Z"
_WHOLE = r"[^\W\d_]++"
_MANY = r"(?<![A-Za-z\d])(?:N{1,4}|X{1,4}|x{3,6})(?![A-Za-z\d])"
_ROOT = r"(?m)^[ \t]{0,20}~?(?:/[\w.\-]{1,60}){1,20}/[ \t]{0,20}$"
_NO_DIGITS = str.maketrans("", "", "0123456789")
_BRACKET = r"[`*_]{0,3} ?\(([^()]{2,40})\)"
_PATTERNED = ("{", "*", "<", "[")
"""What goes on behind a path that stands for several."""
_REACH = 40
"""Characters before a path in which the option stands that it is given to."""
_MOST_FOLDERS = 20
"""Parts of a path, from its end, that are looked for elsewhere."""
_SIMILAR = 0.8
"""How alike two paths must be to be taken for one another."""
_SIMILAR_NAME = 0.6


def bind_model(claim: Claim, view: View, around: Around, index: Index) -> Binding:
    """A model's name, judged where the text gives it the role of the base model, or says that a
    named run without one was made with it.
    """
    if claim.model is None or view.is_denied(claim.start):
        return Binding(claim, UNBOUND)
    families = slots.families(slots.lineage(claim, view, around))
    if played := _in_role(claim, view, families, index):
        return played
    meant = [fact for fact in index.base_facts if fact.family in families.values]
    agreeing = index.facts_with_model(claim.model)
    because = (f"family {' or '.join(sorted(map(str, families.values)))} by its {families.layer}",)
    if right := [fact for fact in meant if fact in agreeing]:
        status = VERIFIED if roles.is_base(claim, view, around) else UNBOUND
        return Binding(claim, status, tuple(right), because=because, run_by=families.layer)
    if not meant and families.layer not in _NEAR_LAYERS:
        return Binding(claim, UNBOUND, agreeing)
    if not meant:
        meant = _near_misses(claim, families.values, index)
    elif (
        _is_no_base(claim, view, around)
        or index.families_called(claim.text.lower())  # the run itself, or what it tries
        or _names_other_run(claim, view, around, agreeing)
        or (view.passage.kind in _TERSE and families.layer not in _NAMED_LAYERS)
    ):
        meant = []
    if not meant:
        known = any(fact.family in families.values for fact in agreeing)
        is_near = known and families.layer in _NEAR_LAYERS
        return Binding(claim, VERIFIED if is_near else UNBOUND, agreeing)
    is_open = index.may_be_of_others(meant)
    if _is_of_elsewhere(claim, view, around) or (is_open and _is_in_title(claim)):
        return Binding(claim, UNBOUND, tuple(meant))
    is_beside = families.layer in _NEAR_LAYERS and not _is_in_name(claim, view)
    if is_open and not _is_surely_of(claim, families, is_beside, index):
        return Binding(claim, UNBOUND, tuple(meant), is_lone=True)
    wrong = Binding(claim, CONTRADICTED, tuple(meant), MODEL, agreeing, because)
    return wrong._replace(run_by=families.layer)


def _is_surely_of(claim: Claim, families: Slot, is_beside: bool, index: Index) -> bool:
    """Whether a model is told of a run that may have others beside it: by the sentence, or, where
    no other run is known to have a base, by what heads it; then the name is more than a word.
    """
    if is_beside:  # "individual", as "individual-7b" is a model; "Foo/Bar", of two makers
        return not (_is_bare(claim) and (claim.text.islower() or "/" in claim.text))
    is_only = len({fact.family for fact in index.base_facts}) == 1
    return is_only and families.layer in _NAMED_LAYERS and not _is_bare(claim)


def _is_no_base(claim: Claim, view: View, around: Around) -> bool:
    """Whether the text does not say of this one model that it is what a run was built on."""
    return (
        not roles.is_base(claim, view, around)
        or roles.is_listed(claim, view)
        or roles.is_spelled_out(claim)
        or _is_folder(claim)
    )


def _is_in_title(claim: Claim) -> bool:
    """ "[Tuning Foo 7B on one card](https://...)": whether it stands in what a page elsewhere is
    called.
    """
    return any(
        "://" in mark.target
        and (mark.start, mark.end) != (claim.start, claim.end)
        and (mark.start <= claim.start and claim.end <= mark.end)
        for mark in claim.passage.marks
    )


def _is_of_elsewhere(claim: Claim, view: View, around: Around) -> bool:
    # Imported here, as many a document has no claim that needs its patterns.
    from mirage_lint.binding.doubts import tells_of_elsewhere

    return tells_of_elsewhere(claim, view, around, view.sentence(claim))


def _in_role(claim: Claim, view: View, families: Slot, index: Index) -> Binding | None:
    """What the text says where it gives the model a role of its own, and not that of the base."""
    told = roles.told(claim, view, index.roles)
    meant = [
        one
        for one in (index.role_facts if told else ())
        if (one.metric, one.names) in told
        and (not families.certain or one.family in families.values)
    ]
    if not meant:
        return None
    right = tuple(fact for fact in meant if not differs(claim, fact))
    is_open = index.may_be_of_others(meant)
    played = {(one.metric, one.names) for one in meant}
    if is_open and not roles.is_plainly_told(claim, view, played):
        return Binding(claim, UNBOUND, right or tuple(meant), fits=bool(right), is_lone=True)
    if right:
        return Binding(claim, VERIFIED, right)
    if is_open and _is_bare(claim):
        return Binding(claim, UNBOUND, tuple(meant), is_lone=True)
    because = (f"role {meant[0].metric} by its clause",)
    others = index.facts_with_model(claim.model) if claim.model else ()
    return Binding(claim, CONTRADICTED, tuple(meant), MODEL, others, because)


def _is_in_name(claim: Claim, view: View) -> bool:
    """ "# Foo experiments": whether the model's name is part of what a run is called."""
    named = [one for one in view.told if is_run(one)]
    return any(one.start <= claim.start and claim.end <= one.end for one in named)


def _is_bare(claim: Claim) -> bool:
    """Whether a model's name tells neither size nor version: then it may be that of its makers, of
    a kind, or of any model of theirs.
    """
    return claim.model is None or not (claim.model.size or claim.model.version)


def _is_folder(claim: Claim) -> bool:
    """ "models/foo-tuned", "foo/": whether the name is that of a folder of one's own."""
    organisation = claim.model.organisation if claim.model else ""
    is_local = organisation in vocabulary.load("formats")["local_folders"]
    return is_local or claim.passage.text.startswith("/", claim.end)


def _near_misses(claim: Claim, families: frozenset[object], index: Index) -> list[Fact]:
    """Models of runs that differ from the claim only in size or version, where none agrees."""
    name = claim.model
    of = families - index.families_of_more
    facts = [one for one in index.model_facts if one.metric in PLAIN and one.family in of]
    if name is None or any(not differs(claim, fact) for fact in facts):
        return []
    if len(facts) > 1 and index.may_be_of_others(facts):
        return []  # of what a draft scores several models of, the text may tell of one more
    return [fact for fact in facts if difference(name, parse(fact.value)) in ("size", "version")]


def _names_other_run(claim: Claim, view: View, around: Around, agreeing: tuple[Fact, ...]) -> bool:
    """ "The Example package has ...": whether another run is named by its model, right there."""
    others = {fact.family for fact in agreeing if fact.metric == BASE}
    context = slots.layers(claim, view, around)
    beside = slots.families([layer for layer in context if layer.name in _NEAR_LAYERS])
    return bool(others) and (roles.names_run(claim, view) or bool(others & set(beside.values)))


def bind_lone_model(claim: Claim, view: View, index: Index) -> Binding:
    """A model where no run is known to be built on any, and the passage names none: not judged."""
    facts = index.facts_with_model(claim.model) if claim.model else ()
    return Binding(claim, UNBOUND, () if facts and view.is_denied(claim.start) else facts)


def bind_blanket_model(claim: Claim, view: View, index: Index) -> Binding:
    """A base model that is told of all runs; "both Example packages" are only those runs."""
    bases = [] if roles.names_run(claim, view) else index.base_facts
    right = tuple(fact for fact in bases if not differs(claim, fact))
    wrong = tuple(fact for fact in bases if differs(claim, fact))
    if right and wrong:
        return Binding(claim, AMBIGUOUS, right, BLANKET, wrong, ("it is told of all runs",))
    return Binding(claim, VERIFIED if right else UNBOUND, right)


def differs(claim: Claim, fact: Fact) -> bool:
    """Whether a model's name and a fact's have a part that both state and that is not the same; a
    model may be called by what its family was made from.
    """
    if claim.model is None:
        return True
    name = parse(fact.value)
    older = ancestor(name)
    return bool(difference(claim.model, name)) and (
        older is None or bool(difference(claim.model, older))
    )


def bind_checksum(
    claim: Claim, view: View, around: Around, index: Index, exists: Callable[[str], bool]
) -> Binding:
    """A digest: right for some artifact, or wrong for the one that the text names."""
    found = [one for one in index.registry.artifacts if one.digest == claim.digits]
    named = _named_artifacts(claim, view, around, index)
    if found and (not named or set(found) & set(named)):
        return Binding(claim, VERIFIED, artifacts=tuple(found))
    if len({one.digest for one in named}) != 1 or view.is_denied(claim.start):
        return Binding(claim, UNBOUND)
    is_open = all(index.families_with_others.issuperset(one.families) for one in named)
    if is_open and not _is_beside(claim, view):
        return Binding(claim, UNBOUND)  # it may be that of something the file tells of
    if any(_names_own_file(view, one, exists) for one in named):
        return Binding(claim, UNBOUND)
    return Binding(claim, CONTRADICTED, change=CHECKSUM, artifacts=tuple(named))


def _names_own_file(view: View, artifact: Artifact, exists: Callable[[str], bool]) -> bool:
    """Whether a path of the passage leads to another file from the folder of the document."""
    paths = (joined(view.directory, one.digits) for one in view.claims if one.kind == claims.PATH)
    return bool(view.directory) and any(one != artifact.path and exists(one) for one in paths)


def _is_beside(claim: Claim, view: View) -> bool:
    """Whether a path stands beside a digest, and no word right before that which tells of what else
    it may be: "its source-report SHA-256 is".
    """
    paths = [one for one in view.claims if one.kind == claims.PATH]
    start = max((one.end for one in paths if one.end <= claim.start), default=0)
    told = words.split(claim.passage.text[max(claim.start - _REACH, start) : claim.start])
    known = vocabulary.load("words")
    named = [at for at, word in enumerate(told) if word in known["digests"]]
    if not named:  # "its root: ..." is of a name of its own
        return bool(paths) and all(word in known["digest_starts"] for word in told)
    if named[0] and start < view.sentence(claim)[0]:
        return False  # what the path is of was told, and is over
    return bool(paths) and (not named[0] or told[named[0] - 1] in known["digest_starts"])


def _named_artifacts(claim: Claim, view: View, around: Around, index: Index) -> list[Artifact]:
    """The artifacts that the nearest text names by path; an archive by its families' names."""
    paths = [one for one in view.claims if one.kind == claims.PATH]
    if paths:  # the nearest is that of a known file, or of another
        return _files_at(
            max(paths, key=lambda one: (one.start < claim.start, -_gap(one, claim))), index
        )
    surroundings = [view, *around.heads, *filter(None, [around.intro]), *reversed(around.headings)]
    for near in surroundings:
        for other in near.claims:
            if other.kind == claims.PATH and (exact := _files_at(other, index)):
                return exact
        families = {value for one in near.mentions if one.kind == FAMILY for value in one.values}
        archives = [
            one
            for one in index.registry.artifacts
            if families & set(one.families) and _is_archive(one, index)
        ]
        if archives:
            return archives
    return []


def _files_at(path: Claim, index: Index) -> list[Artifact]:
    return [one for one in index.artifacts_at(path.digits) if "::" not in one.path]


def _gap(path: Claim, claim: Claim) -> int:
    return abs(path.start - claim.start)


def _is_archive(artifact: Artifact, index: Index) -> bool:
    inside = f"{artifact.path}::"
    return any(one.path.startswith(inside) for one in index.registry.artifacts)


def bind_path(
    claim: Claim, view: View, around: Around, index: Index, exists: Callable[[str], bool]
) -> Binding:
    """A path: an artifact's, some other file's, or dead where an artifact's is nearly the same."""
    path = claim.digits
    if found := index.artifacts_at(path, view.directory):
        return Binding(claim, VERIFIED, artifacts=tuple(found))
    near = _near(path, view, index, exists)  # asked first, as most paths are near none
    if (
        near is None
        or exists(_beside(near, path))
        or _is_moved(path, view.directory, exists)
        or view.is_denied(claim.start)
        or is_to_be_made(claim, view, exists)
        or (_is_pattern(claim) or _is_to_come(claim) or _is_below_elsewhere(view))
        or (_is_among_outputs(around) or _is_planned(claim, view, around))
        or _is_said_absent(claim, view)
    ):
        return Binding(claim, UNBOUND)
    return Binding(claim, CONTRADICTED, change=PATH, artifacts=(near,))


def _near(path: str, view: View, index: Index, exists: Callable[[str], bool]) -> Artifact | None:
    """The artifact that a path without a file may be meant for."""
    if "/" not in path.rstrip("/"):
        return None
    if index.archive_of(path):
        # What else the archive holds is unknown, unless another archive holds just that.
        return next((o for o in index.registry.artifacts if o.path.endswith(f"/{path}")), None)
    here = joined(view.directory, path) if path.startswith(".") else path
    beside = index.beside(here.rstrip("/"))
    is_asked = beside and not _is_placeholder(path) and not exists(path)
    return _nearest(here, beside) if is_asked else None


def is_to_be_made(claim: Claim, view: View, exists: Callable[[str], bool]) -> bool:
    """Whether a path is of what is to be written, wherever the page names it."""
    return _is_written(claim, view) and not exists(claim.digits)


def _is_pattern(claim: Claim) -> bool:
    """ "reports/summary.*": whether a path goes on as one that stands for several."""
    text = claim.passage.text
    return text.startswith(_PATTERNED, claim.end + text.startswith(".", claim.end))


def _is_to_come(claim: Claim) -> bool:
    """ "`a/b.py` (to create)": whether a bracket behind a path says that it is not there yet."""
    behind = re.compile(_BRACKET).match(claim.passage.text, claim.end)
    told = vocabulary.load("words")
    said = behind[1].lower().split() if behind else ()
    return any(word in told["planned"] or word in told["writing"] for word in said)


def _is_written(claim: Claim, view: View) -> bool:
    """ "Save the table to `a/b.csv`", "`-o a/b.csv`": what is to be made need not be there."""
    low, text = view.sentence(claim)[0], view.passage.text
    if re.compile(_WRITTEN).search(text, max(claim.start - _REACH, 0), claim.start):
        return True
    writing = vocabulary.load("words")["writing"]
    if any(word in writing for word, _, _ in view.words_within((low, claim.start))):
        return True
    # Words with accents are cut at them there.
    return any(
        word.lower() in writing for word in re.compile(_WHOLE).findall(text, low, claim.start)
    )


def _is_below_elsewhere(view: View) -> bool:
    """Whether it stands in a drawing of a folder that is not the repository's: "/data/runs/"."""
    return _has_root(view.passage.block)


@lru_cache(maxsize=8)
def _has_root(block: str) -> bool:
    return re.search(_ROOT, block) is not None


def _is_among_outputs(around: Around) -> bool:
    """Whether the heading, the head of the column or the line that leads there tells of what is
    written: "Outputs:".
    """
    near = [*around.headings[-1:], *around.heads, *filter(None, [around.intro])]
    writing = vocabulary.load("words")["writing"]
    return any(not one.plain_words.isdisjoint(writing) for one in near)


def _is_said_absent(claim: Claim, view: View) -> bool:
    """ "The tree still lacks `runs/a.json`": whether its sentence says that a path is not there."""
    told = words.split(view.passage.text[slice(*view.sentence(claim))])
    return not set(vocabulary.load("words")["absent"]).isdisjoint(told)


def _is_planned(claim: Claim, view: View, around: Around) -> bool:
    """Whether a heading above, or a first sentence that leads in ("**Exit criteria.** ..."), tells
    of a plan: what is to come need not be there.
    """
    planned = vocabulary.load("words")["planned"]
    if any(not one.plain_words.isdisjoint(planned) for one in around.headings):
        return True
    first = view.first_sentence
    leads_in = view.words_within(first) if first[1] <= claim.start else []
    return any(word in planned for word, _, _ in leads_in)


def _is_moved(path: str, directory: str, exists: Callable[[str], bool]) -> bool:
    """Whether the end of a path is there: of one on another machine from the root, or else without
    its first folder below one of the document's own, as where a run's outputs were renamed.
    """
    parts = path.strip("~/").split("/")[-_MOST_FOLDERS:]
    if path.startswith(("/", "~")):
        ends = ("/".join(parts[at:]) for at in range(1, len(parts) - 1))
        return any(map(exists, ends))
    if len(parts) > 2 and exists("/".join(parts[1:])) and not exists(parts[0]):
        return True  # below the name of the repository, or in one that is laid out like it
    own = directory.split("/") if directory else []
    folders = ("/".join(own[:count]) for count in range(len(own), 0, -1))
    return len(parts) > 2 and any(exists("/".join((one, *parts[1:]))) for one in folders)


def _is_placeholder(path: str) -> bool:
    """ "ROOT/data/a.csv", "path/to/a.csv", "run-NN/a.csv": whether a path stands for one that the
    reader knows, or for many.
    """
    first, _, rest = path.partition("/")
    is_many = re.search(_MANY, path) is not None
    return is_many or first.isupper() or (first == "path" and rest.startswith("to/"))


def _beside(near: Artifact, path: str) -> str:
    """Where ``path`` leads from the folder in which ``near`` is its neighbour."""
    folder, _, name = path.rpartition("/")
    place, found, _ = near.path.rpartition(f"{folder}/")
    return f"{place}{folder}/{name}" if found else path


def _nearest(path: str, beside: list[Artifact]) -> Artifact | None:
    """Of artifacts, that of the same name elsewhere, or of a like name in the same place."""
    from difflib import SequenceMatcher  # rarely needed, and slow to import

    folder, _, name = path.rstrip("/").replace("::", "/").rpartition("/")
    best: tuple[float, str, Artifact] | None = None
    for artifact in beside:
        other_folder, _, other = artifact.path.replace("::", "/").rpartition("/")
        same_place = folder == other_folder or other_folder.endswith(f"/{folder}")
        if _is_program(name) != _is_program(other):
            continue  # a program is not called like what it writes by mistake
        if name != other and not (same_place and _is_alike(name, other)):
            continue
        whole = artifact.path.replace("::", "/")
        ratio = SequenceMatcher(None, path, whole[-len(path) :]).ratio()
        if ratio >= _SIMILAR and (best is None or (ratio, artifact.path) > best[:2]):
            best = (ratio, artifact.path, artifact)
    return best[2] if best else None


def _is_program(name: str) -> bool:
    return name.lower().endswith(tuple(vocabulary.load("files")["program_endings"]))


def _is_alike(name: str, other: str) -> bool:
    """Whether two files' names, without their endings, may be one: "any.yml" is no "sac.yml", and
    "run-2.json" stands beside "run-5.json".
    """
    from difflib import SequenceMatcher

    one, two = (text.rpartition(".")[0] or text for text in (name, other))
    if one != two and one.translate(_NO_DIGITS) == two.translate(_NO_DIGITS):
        return False
    return SequenceMatcher(None, one, two).ratio() >= _SIMILAR_NAME
