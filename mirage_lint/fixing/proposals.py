"""The edits that would mend each finding of a document, as far as one answer alone is right.

Whether they do is tried by those who make them: here they are only worked out.
"""

import os.path
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from mirage_lint.binding.binding import (
    ARITHMETIC,
    CHECKSUM,
    CONTRADICTED,
    DIMENSION,
    FAMILY,
    MODEL,
    PATH,
    POPULATION,
    ROUNDING,
    UNIT,
    VALUE,
    Binding,
)
from mirage_lint.binding.slots import NAMING
from mirage_lint.claims.claim import QUANTITIES, Claim
from mirage_lint.claims.numbers import reach
from mirage_lint.core.edits import Edit
from mirage_lint.core.facts import Registry
from mirage_lint.core.interval import HALF
from mirage_lint.documents.source import Source
from mirage_lint.fixing import models
from mirage_lint.fixing.numbers import RATES, Edits, as_facts, as_value
from mirage_lint.rules.finding import Finding, Fix

_DIGEST = re.compile(r"[0-9a-fA-F]{7,64}")
_NAME_WORD = re.compile(r"[^\W_]+")
_ALIKE = 0.7
_LONGEST_LINK = 300
_SAFE = frozenset({VALUE, ROUNDING, CHECKSUM, PATH})
"""What has one answer, whatever the author meant. Where a number is right of something else, the
words may be wrong instead.
"""


class _Case(NamedTuple):
    """A finding's binding, with all that its document says."""

    binding: Binding
    bindings: tuple[Binding, ...]
    source: Source


def proposals(
    findings: Iterable[Finding],
    bindings: tuple[Binding, ...],
    source: Source,
    registry: Registry,
) -> list[tuple[Finding, Fix]]:
    """The findings that have a fix, with it; ``registry`` is all that is known."""
    units: dict[str, set[str]] = {}
    for fact in registry.facts:
        if fact.unit:
            units.setdefault(fact.value, set()).add(fact.unit)
    groups = _groups(bindings)
    found = []
    for finding in findings:
        binding = finding.binding
        propose = _BY_CHANGE.get(binding.change) if binding else None
        # What is outdated may be told on purpose: people see that, and no program.
        if binding is None or propose is None or binding.was or binding.derived:
            continue
        together = groups.get(_group(binding.claim), (binding,))
        edits = propose(_Case(binding, together, source))
        if edits:
            is_open = _may_be_of_other_run(binding, registry)
            is_open = is_open or _is_of_others(binding.claim, units)
            safe = _is_safe(binding, edits, source) and not is_open
            found.append((finding, Fix(safe, tuple(sorted(edits)))))
    return found


def _groups(bindings: Iterable[Binding]) -> dict[object, tuple[Binding, ...]]:
    """What is said together, in one calculation or, without one, in one passage."""
    found: dict[object, list[Binding]] = {}
    for one in bindings:
        found.setdefault(_group(one.claim), []).append(one)
        if one.claim.group:
            found.setdefault(id(one.claim.passage), []).append(one)
    return {key: tuple(many) for key, many in found.items()}


def _group(claim: Claim) -> object:
    return (id(claim.passage), claim.group) if claim.group else id(claim.passage)


def _is_safe(binding: Binding, edits: Edits, source: Source) -> bool:
    if binding.change == PATH and edits[0].text.startswith(("~", "/")):
        return False  # the place of one machine
    if binding.change == PATH and not _is_misspelt(binding.claim.digits, edits[0].text):
        return False
    if binding.change != MODEL:
        return binding.change in _SAFE and not _has_reach(binding.claim)
    start, end = binding.claim.passage.source_span(binding.claim.start, binding.claim.end)
    return models.is_alike(source.text[start:end], binding.facts[0].value)


def _is_misspelt(path: str, other: str) -> bool:
    """Whether a file's name is that of another file, or nearly so: a word may be mistyped, but one
    in the place of another ("pairs", "tasks") names something else.
    """
    from difflib import SequenceMatcher  # rarely needed, and slow to import

    names = (one.rpartition("/")[2] for one in (path.rstrip("/"), other.rstrip("/")))
    one, two = (_NAME_WORD.findall(name) for name in names)
    return len(one) == len(two) and all(
        SequenceMatcher(None, *pair).ratio() >= _ALIKE for pair in zip(one, two, strict=True)
    )


def _may_be_of_other_run(binding: Binding, registry: Registry) -> bool:
    """Whether a number may be of a run beside those known, as only a heading names its own."""
    families = {family.name for family in registry.families if family.others}
    is_far = bool(binding.run_by) and binding.run_by not in NAMING
    is_number = binding.claim.kind in QUANTITIES and is_far
    return is_number and any(fact.family in families for fact in binding.facts)


def _has_reach(claim: Claim) -> bool:
    """Whether a spread or an interval stands behind a number: when that changes, so do they."""
    return reach().search(claim.passage.text[slice(*claim.number)]) is not None


def _is_of_others(claim: Claim, units: Mapping[str, set[str]]) -> bool:
    """Whether a count is known of other things, so that its noun may be what is wrong."""
    return bool(claim.unit) and bool(units.get(claim.digits, set()) - {claim.unit, *RATES})


def _quantity(case: _Case) -> Edits:
    """The number, with those that say the same beside it: "367/371 (98.9%)"."""
    binding, group = case.binding, case.binding.claim.group
    wrong = [one for one in case.bindings if one.status == CONTRADICTED] if group else [binding]
    edits: list[Edit] = []
    for one in wrong:
        # Where the count is right and its total is wrong, the fact is on both sides.
        meant = [fact for fact in one.facts if fact not in one.others] or one.facts
        mine = as_facts(one.claim, meant, case.source)
        if not mine:
            return ()
        edits += mine
    return tuple(dict.fromkeys(edits))


def _calculation(case: _Case) -> Edits:
    """The stated result, as the calculation gives it."""
    equation = case.binding.equation
    if equation is None or equation.left.low is None or equation.left.high is None:
        return ()
    stated = [
        one.claim
        for one in case.bindings
        if one.equation is None
        and equation.start <= one.claim.start
        and one.claim.end <= equation.end
        and one.claim.text == equation.stated
    ]
    middle = (equation.left.low + equation.left.high) * HALF
    return as_value(stated[0], middle, case.source) if len(stated) == 1 else ()


def _model(case: _Case) -> Edits:
    claim, names = case.binding.claim, {fact.value for fact in case.binding.facts}
    start, end = claim.passage.source_span(claim.start, claim.end)
    text = case.source.text[start:end]
    if len(names) != 1 or text != claim.text:
        return ()
    (name,) = names
    # A name of many words is no identifier, and does not become one.
    new = models.renamed(text, name) or ("" if " " in text else name)
    return (Edit(start, end, new),) if new else ()


def _checksum(case: _Case) -> Edits:
    claim, digests = case.binding.claim, {one.digest for one in case.binding.artifacts}
    start, end = claim.passage.source_span(claim.start, claim.end)
    written = _DIGEST.search(case.source.text, start, end)
    if len(digests) != 1 or written is None:
        return ()
    new = digests.pop()[: len(written[0])]
    return (Edit(*written.span(), new.upper() if written[0].isupper() else new),)


def _path(case: _Case) -> Edits:
    """The path of the nearest artifact, from where the written one counts."""
    claim, paths = case.binding.claim, {one.path for one in case.binding.artifacts}
    start, end = claim.passage.source_span(claim.start, claim.end)
    there = case.source.text.find(claim.digits, start, end + len(claim.digits) + _LONGEST_LINK)
    if len(paths) != 1 or there < 0:
        return ()
    (new,) = paths
    if claim.digits.startswith("."):
        new = os.path.relpath(new, os.path.dirname(case.source.path)).replace(os.sep, "/")
        new = new if new.startswith(".") else f"./{new}"
    return (Edit(there, there + len(claim.digits), new),)


_BY_CHANGE: dict[str, Callable[[_Case], Edits]] = {
    **dict.fromkeys((VALUE, ROUNDING, POPULATION, UNIT, DIMENSION, FAMILY), _quantity),
    ARITHMETIC: _calculation,
    MODEL: _model,
    CHECKSUM: _checksum,
    PATH: _path,
}
