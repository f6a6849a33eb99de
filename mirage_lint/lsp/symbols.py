"""The claims of a document, as its outline, and marks for what is verified."""

from lsprotocol import types

from mirage_lint.binding.binding import VERIFIED, Binding
from mirage_lint.claims.claim import QUANTITIES
from mirage_lint.lsp.reading import Reading
from mirage_lint.rules import wording

_MOST = 10_000


def symbols(reading: Reading) -> list[types.DocumentSymbol]:
    """Each claim with its status and what it is about."""
    found = []
    for span, binding in reading.claims[:_MOST]:
        place = reading.lines.range(*span)
        is_number = binding.claim.kind in QUANTITIES
        kind = types.SymbolKind.Number if is_number else types.SymbolKind.String
        text = " ".join(binding.claim.text.split()) or "?"
        found.append(types.DocumentSymbol(text, kind, place, place, detail=_detail(binding)))
    return found


def hints(reading: Reading, span: types.Range) -> list[types.InlayHint]:
    """A mark behind each verified claim in a stretch."""
    start, end = reading.lines.offset(span.start), reading.lines.offset(span.end)
    return [
        types.InlayHint(
            position=reading.lines.position(place[1]),
            label="✓",
            tooltip=_detail(binding),
            padding_left=True,
        )
        for place, binding in reading.within(start, end)
        if binding.status == VERIFIED
    ]


def _detail(binding: Binding) -> str:
    told = [f"{one.id} = {wording.value(one)}" for one in binding.facts[:2]]
    told += [one.path for one in binding.artifacts[:1]]
    return ", ".join([_STATUS.get(binding.status, binding.status), *told])


_STATUS = {"unbound": "not judged"}
