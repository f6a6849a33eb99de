"""Numbers that another file tells than was thought: one beside their document, as the page of a
folder is of what lies there, or one that the text names.
"""

from __future__ import annotations

from collections.abc import Iterable

from mirage_lint.binding.agreement import agrees, is_rare
from mirage_lint.binding.binding import Binding
from mirage_lint.binding.index import Index
from mirage_lint.core import words
from mirage_lint.core.facts import Fact


def is_told(one: Binding, directory: str, index: Index) -> bool:
    """Whether a number that is held against facts of other folders only is right of the same metric
    in a file of its own folder, ``directory``: which run that is of, a draft may not know.
    """
    if not one.facts or not is_rare(one.claim) or not index.may_be_of_others(one.facts):
        return False
    if any(lies_in(directory, fact) for fact in one.facts):
        return False
    metrics = {words.key(fact.metric) for fact in one.facts}
    near = (fact for metric in sorted(metrics) for fact in _near(one, index, metric))
    return any(lies_in(directory, fact) and agrees(one.claim, fact, True) for fact in near)


def is_led_away(one: Binding, files: frozenset[str], index: Index) -> bool:
    """Whether the text says that what stands there is from ``files``, and a number is held against
    facts of others: what it tells, a draft may not have of those files.
    """
    if not files or not index.may_be_of_others(one.facts):
        return False
    return files.isdisjoint(fact.source.artifact for fact in one.facts)


def _near(one: Binding, index: Index, metric: tuple[str, ...]) -> Iterable[Fact]:
    return index.facts[metric].near(one.claim, percent=True)


def lies_in(directory: str, fact: Fact) -> bool:
    """Whether the file of a fact lies right in a folder."""
    return fact.source.artifact.rpartition("/")[0] == directory
