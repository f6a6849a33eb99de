"""A verified claim, made wrong in memory: what is then told shows what the verdict rests on."""

from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from mirage_lint.binding.binding import CONTRADICTED, Binding
from mirage_lint.binding.index import Index
from mirage_lint.documents import source as sources
from mirage_lint.documents.source import Source
from mirage_lint.mutation.mutant import Edit, Mutant
from mirage_lint.mutation.mutate import mutants
from mirage_lint.mutation.truth import Facts
from mirage_lint.rules.judge import judge

_MOST_TRIED = 5
_SEED = 1

Bind = Callable[[Source], list[Binding]]
"""Reads the document, as it lies there or with a change in it."""


class Proof(NamedTuple):
    """A change, the code under which it is found, and what that reading rests on."""

    edit: Edit
    code: str
    because: tuple[str, ...]


def proof(source: Source, binding: Binding, index: Index, bind: Bind) -> Proof | None:
    """A change of a claim that is found, best one that tells what it rests on; None where none is
    that was tried.
    """
    changes = islice(mutants(source, [binding], Facts(index.registry), _SEED), _MOST_TRIED)
    found = [one for change in changes if (one := _tried(change, source, bind))]
    return next((one for one in found if one.because), found[0] if found else None)


def _tried(mutant: Mutant, source: Source, bind: Bind) -> Proof | None:
    edit = mutant.edit
    for one in bind(sources.make(source.path, mutant.applied(source.text))):
        start, end = one.claim.passage.source_span(one.claim.start, one.claim.end)
        if one.status == CONTRADICTED and start <= edit.start < end:
            (found,) = judge("", [one])
            return Proof(edit, found.code, one.because)
    return None
