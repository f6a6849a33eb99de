"""Mutants put to the check, and what it made of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mirage_lint.checking import engine
from mirage_lint.checking.collect import Target
from mirage_lint.checking.engine import Checked, Checker
from mirage_lint.checking.session import Session
from mirage_lint.documents import source as sources
from mirage_lint.mutation.mutant import Mutant
from mirage_lint.mutation.mutate import mutants, sample
from mirage_lint.mutation.truth import Facts
from mirage_lint.rules.finding import Finding


class Subject(NamedTuple):
    """A document with its registry, and what a check found in it before any change."""

    target: Target
    checker: Checker
    facts: Facts
    before: Checked


class Trial(NamedTuple):
    """A mutant, the rules that told of it at its place, and the new findings at others."""

    mutant: Mutant
    told: frozenset[str]
    elsewhere: tuple[Finding, ...]

    @property
    def is_found(self) -> bool:
        """Whether anything was told at the changed place."""
        return bool(self.told)

    @property
    def is_right(self) -> bool:
        """Whether it was told under the right rule."""
        return bool(self.told & self.mutant.codes)


class Tally(NamedTuple):
    """How many mutants there were, were found, found under the right rule, and led to findings
    elsewhere.
    """

    tried: int
    found: int
    right: int
    elsewhere: int


def subjects(session: Session, targets: Sequence[Target]) -> list[Subject]:
    """The documents that can be read, each checked as it is."""
    known: dict[str, Facts] = {}
    found = []
    for target, before in session.checked(targets):
        key, checker = str(target.claims), session.checker(target)
        if key not in known:
            known[key] = Facts(checker.index.registry)
        found.append(Subject(target, checker, known[key], before))
    return found


def trials(
    many: Iterable[Subject], count: int, seed: int, verified: bool = True
) -> Iterator[tuple[Subject, Trial]]:
    """At most ``count`` mutants of claims that are verified, or of others, put to the check."""
    made = (
        (subject, mutant)
        for subject in many
        for mutant in mutants(subject.before.source, subject.before.bindings, subject.facts, seed)
        if mutant.verified == verified
    )
    yield from (
        (subject, attempt(mutant, subject)) for subject, mutant in sample(made, count, seed)
    )


def attempt(mutant: Mutant, subject: Subject) -> Trial:
    """Check the document again with the change in it."""
    source = subject.before.source
    changed = sources.make(source.path, mutant.applied(source.text))
    findings = engine.check(subject.checker, changed, subject.target.path).findings
    edit, longer = mutant.edit, len(mutant.edit.new) - len(mutant.edit.old)
    known = Counter(
        (one.code, *(at + longer * (at >= edit.end) for at in (one.start, one.end)))
        for one in subject.before.findings
    )
    new = [one for one in findings if not known[one.code, one.start, one.end]]
    end = edit.start + len(edit.new)
    here = [one for one in new if one.start < end and edit.start < one.end]
    return Trial(
        mutant,
        frozenset(one.code for one in here),
        tuple(one for one in new if one not in here),
    )


def tally(trials: Iterable[Trial]) -> Tally:
    """Count them."""
    many = list(trials)
    return Tally(
        len(many),
        sum(one.is_found for one in many),
        sum(one.is_right for one in many),
        sum(bool(one.elsewhere) for one in many),
    )
