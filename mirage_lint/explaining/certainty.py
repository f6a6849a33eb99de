"""What a verdict rests on: why it is certain, or what the text would have to say for it to be."""

from collections.abc import Iterable, Iterator

from mirage_lint.binding import doubts
from mirage_lint.binding.agreement import agrees, comparable
from mirage_lint.binding.binding import AMBIGUOUS, CONTRADICTED, VERIFIED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.claims.claim import CHECKSUM, MODEL, PATH, Claim
from mirage_lint.core.facts import Fact
from mirage_lint.explaining.proof import Proof
from mirage_lint.reports.evidence import told
from mirage_lint.rules import wording

_MOST_NAMED = 3
_CHANGES = {
    "value": "another value",
    "rounding": "the last digit rounded right",
    "population": "other rows",
    "unit": "another unit",
    "dimension": "another row of the same table",
    "family": "another run",
    "model": "another model",
    "blanket": "naming the run",
    "checksum": "the digest of that artifact",
    "path": "the path of an artifact",
    "arithmetic": "another result",
}
"""What would make a wrong claim true, by the slot that would change."""
_DOUBTS = {
    doubts.PART: "it may tell of a part of the rows, or of others than are known",
    doubts.MEASURE: "the text may mean another measure, or a narrower one",
    doubts.ELSEWHERE: "the text may tell of another work, time, version or plan",
    doubts.REMOVED: "it may tell of what is left when something is taken out",
    doubts.OTHER: "the text gives it, or may give it, to something else",
    doubts.ROWS: "it may be of a row that is not known",
    doubts.SETTING: "it may be of another way to evaluate",
    doubts.WAY: "it may be told as a change, a condition, a default or a share, or in another unit",
}
"""Why a claim whose slots are all filled is left alone."""


def certain(
    binding: Binding, index: Index, proof: Proof | None = None
) -> Iterator[tuple[str, str]]:
    """The lines about it, each with its label; ``proof`` is what a verified claim has."""
    if binding.status == VERIFIED:
        yield "certain", f"yes: {_verified(proof)}"
    elif binding.status == CONTRADICTED:
        change = _CHANGES[binding.change]
        yield "certain", f"yes: nothing that the text may be about bears it out; {change} would"
    elif binding.status == AMBIGUOUS:
        families = wording.families((*binding.facts, *binding.others))
        yield "certain", f"no: it is where its sentence names one of the runs {families}"
    elif binding.is_lone:
        yield "certain", f"no: {_lone(wording.families(binding.facts))}"
    elif binding.doubt:
        yield "certain", f"no: {_DOUBTS[binding.doubt]}; a comment can bind it to a fact"
    elif binding.facts:
        yield "certain", f"no: most certain is a sentence that names {_slots(binding.facts, index)}"
    else:
        yield from _unknown(binding.claim, index)


def _verified(proof: Proof | None) -> str:
    if proof is None:
        return "all that the text may be about bears it out"
    edit, code, _ = proof
    return f"'{edit.new}' in place of '{edit.old}' would be found ({code})"


def _lone(family: str) -> str:
    return (
        f"too little in its section agrees with {family}, and it may tell of another run; it is"
        " where more does, or where the family is not said to have others"
    )


def _slots(facts: tuple[Fact, ...], index: Index) -> str:
    """What tells the facts from others of their metrics: the slots that the text may leave open."""
    metrics = {fact.metric for fact in facts}
    kin = [fact for fact in index.registry.facts if fact.metric in metrics]
    named = [f"the metric ({_some(metrics)})"]
    keys = {key for fact in kin for key, _ in fact.dimensions}
    runs = index.registry.families if not keys else {fact.family for fact in kin}
    if len(runs) > 1:
        named.append(f"the run ({_some(fact.family for fact in facts)})")
    populations = {fact.population for fact in facts if fact.population}
    if populations and len({fact.population for fact in kin}) > 1:
        named.append(f"the rows ({_some(populations)})")
    for key in sorted(keys):
        values = {value for fact in facts for name, value in fact.dimensions if name == key}
        named += [f"the {key} ({_some(values)})"] if values else []
    return wording.joined(named, "and")


def _some(names: Iterable[str]) -> str:
    found = sorted({name for name in names if name})
    shown = found[:_MOST_NAMED] + ["…"] * (len(found) > _MOST_NAMED)
    return " or ".join(shown)


def _unknown(claim: Claim, index: Index) -> Iterator[tuple[str, str]]:
    """A claim of which the text tells nothing that is known."""
    if claim.kind == MODEL:
        yield "certain", "no: the text does not say of which run it is the base model"
    elif claim.kind in (PATH, CHECKSUM):
        yield "certain", "no: no artifact of the registry is meant by it"
    elif found := by_value(claim, index):
        told_apart = (
            "no: the text tells no metric and run of the registry, or one of something else"
        )
        yield "certain", f"{told_apart}. By value alone it could be:"
        for fact in found[:_MOST_NAMED]:
            yield "could be", told(fact)
        if (more := len(found) - _MOST_NAMED) > 0:
            yield "could be", f"and {more} more"
    else:
        yield "certain", "no: the registry has no such value (`mirage-lint suggest` looks for one)"


def by_value(claim: Claim, index: Index) -> list[Fact]:
    """The facts that a claim could be by its value alone."""
    return [
        fact
        for fact in index.registry.facts
        if comparable(claim, fact, named=True) and agrees(claim, fact)
    ]
