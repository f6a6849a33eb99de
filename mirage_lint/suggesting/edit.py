"""Proposals as lines of ``claims.toml``, and put into it: comments and order stay as they are."""

from collections.abc import Iterable
from typing import Any

import tomlkit
from tomlkit import TOMLDocument, items
from tomlkit.exceptions import TOMLKitError

from mirage_lint.errors import MirageError
from mirage_lint.suggesting.offers import ARTIFACT, Entry
from mirage_lint.suggesting.proposals import Proposal


def lines(proposal: Proposal) -> str:
    """What a proposal adds to the registry."""
    document = tomlkit.document()
    if not proposal.is_new:
        families = document.setdefault("family", tomlkit.table(is_super_table=True))
        families.append(proposal.family, tomlkit.table(proposal.entry.kind != ARTIFACT))
    put(document, proposal)
    return tomlkit.dumps(document).strip() + "\n"


def added(text: str, chosen: Iterable[Proposal], where: str) -> str:
    """The text of ``claims.toml`` with the chosen proposals in it."""
    try:
        document = tomlkit.parse(text)
        for proposal in chosen:
            _check_written(document, proposal, where)
            put(document, proposal)
        return tomlkit.dumps(document).rstrip("\n") + "\n"
    except TOMLKitError as error:
        problem = f"cannot be edited ({error})"
        raise MirageError(where, problem, "write the lines by hand") from None


def _check_written(document: TOMLDocument, proposal: Proposal, where: str) -> None:
    """A family that a pattern makes has no place of its own: writing one would replace it."""
    if not proposal.is_new and proposal.family not in document.get("family", {}):
        problem = f"family '{proposal.family}' is made by a pattern, whose lines fit all its runs"
        raise MirageError(where, problem, "write the lines into [families] by hand")


def put(document: TOMLDocument, proposal: Proposal) -> None:
    """Put a proposal into a document, in its family, which is made where there is none."""
    families = document.setdefault("family", tomlkit.table(is_super_table=True))
    if proposal.family not in families:
        made = tomlkit.table()
        made.add("title", proposal.family.replace("_", " "))
        _put(families, proposal.family, made, made, families)
    _fill(families[proposal.family], proposal.entry)


def _fill(family: Any, entry: Entry) -> None:
    if entry.kind == ARTIFACT:
        listed = family.setdefault("artifacts", tomlkit.array())
        if entry.artifact not in listed:
            listed.append(entry.artifact)
        return
    made, told = _table(entry), family.get(entry.kind)
    if told is None:
        _put(family, entry.kind, tomlkit.aot(), made, family)
    elif isinstance(told, items.AoT):
        _put(told, "", told, made, family if _is_last(family, told) else told)
    else:
        inline = tomlkit.inline_table()
        inline.update(made)
        told.append(inline)


def _put(parent: Any, key: str, item: Any, made: items.Table, section: Any) -> None:
    """Add ``item`` to ``parent``, or ``made`` to an array of tables, before the comments that end
    its ``section``: they lead into what comes next.
    """
    last = _last(section)
    tail: list[Any] = []
    while last and isinstance(last[-1][1], items.Whitespace | items.Comment):
        tail.insert(0, last.pop())
    if last:
        last.append((None, items.Whitespace("\n")))
    if isinstance(item, items.AoT):
        item.append(made)
        item[-1].trivia.indent = ""  # the blank line before it is there already
    if key:
        parent.append(key, item)
    _body(made).extend(tail)


def _last(section: Any) -> list[Any]:
    """The body of the last table within a section, however deep."""
    body = _body(section)
    while body and isinstance(body[-1][1], items.Table | items.AoT) and _body(body[-1][1]):
        body = _body(body[-1][1])
    return body


def _body(item: Any) -> list[Any]:
    if isinstance(item, items.AoT):
        return _body(item[-1]) if len(item) else []
    body: list[Any] = item.value.body
    return body


def _is_last(family: Any, told: items.AoT) -> bool:
    body = _body(family)
    return bool(body) and body[-1][1] is told


def _table(entry: Entry) -> items.Table:
    made = tomlkit.table()
    for key, value in _settings(entry):
        made.add(key, list(value) if isinstance(value, tuple) else value)
    return made


def _settings(entry: Entry) -> list[tuple[str, object]]:
    """The keys in the order in which people write them: a fact's metric comes first."""
    told = [("artifact", entry.artifact), *entry.settings]
    return sorted(told, key=lambda one: one[0] != "metric")
