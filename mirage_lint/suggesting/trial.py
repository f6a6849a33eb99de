"""The registry as a proposal would make it, in memory: what it adds is built alone and joined."""

from pathlib import Path
from typing import Any

import tomlkit

from mirage_lint.core.facts import Registry
from mirage_lint.registry import lock
from mirage_lint.registry.build import built
from mirage_lint.registry.precedence import settle
from mirage_lint.suggesting import edit
from mirage_lint.suggesting.proposals import Proposal

_OF_ALL = ("version", "plugins", "unit")
_OF_FAMILY = ("title", "aliases", "population", "dimension")


def tried(tree: dict[str, Any], claims: Path, registry: Registry, proposal: Proposal) -> Registry:
    """``registry`` with a proposal; ``tree`` is what ``claims`` holds.

    Raises MirageError where it cannot be built.
    """
    data = tomlkit.dumps(_alone(tree, proposal)).encode()
    fresh = built(data, claims, registry).registry
    own = [fact for fact in registry.facts if fact.family == proposal.family]
    rest = [fact for fact in registry.facts if fact.family != proposal.family]
    facts = sorted((*rest, *settle((*own, *fresh.facts))), key=lock.order)
    known = {artifact.path for artifact in registry.artifacts}
    more = (artifact for artifact in fresh.artifacts if artifact.path not in known)
    return registry._replace(
        facts=tuple(facts),
        families=(*registry.families, *(fresh.families if proposal.is_new else ())),
        artifacts=tuple(sorted((*registry.artifacts, *more), key=lambda one: one.path)),
    )


def _alone(tree: dict[str, Any], proposal: Proposal) -> tomlkit.TOMLDocument:
    """A claims.toml of the proposal's family, with its names and what is proposed."""
    document = tomlkit.document()
    document.update({key: tree[key] for key in _OF_ALL if key in tree})
    family = tree.get("family", {}).get(proposal.family, {})
    kept = {key: family[key] for key in _OF_FAMILY if key in family}
    if kept:
        document["family"] = {proposal.family: kept}
    edit.put(document, proposal)
    return document
