"""What may be written: facts and rules in comments of ours, and values of facts in the text."""

import re
from collections.abc import Iterable, Iterator

from lsprotocol import types

from mirage_lint.core import words
from mirage_lint.core.facts import Fact
from mirage_lint.core.spans import Span
from mirage_lint.lsp.reading import Reading
from mirage_lint.rules import wording
from mirage_lint.rules.catalog import RULES

TRIGGERS = [":", ".", "[", "{", "="]
_MOST = 200
_LONGEST_LINE = 2000
_CLAIM = re.compile(r"(?:<!--|\{/\*)\s*claim:\s*([^>\n]*)\Z")
_ORDER = re.compile(r"(?:<!--|\{/\*)\s*mirage-lint:\s*(?:([^>\n]*[\s,])?)([^\s,>]*)\Z")
_OPEN = re.compile(r"(?:<!--|\{/\*)\s*([\w-]*)\Z")
_NUMERAL = "0123456789.,/%"
_KINDS = ("ignore", "ignore-start", "ignore-end", "ignore-file")
_KEYS = ("until=", "reason=")


def complete(reading: Reading, position: types.Position) -> types.CompletionList:
    """What may come at a position."""
    offset = reading.lines.offset(position)
    start = reading.source.text.rfind("\n", 0, offset) + 1
    before = reading.source.text[max(start, offset - _LONGEST_LINE) : offset]
    if match := _CLAIM.search(before):
        found = list(_facts(reading, match[1], offset))
    elif match := _ORDER.search(before):
        found = list(_orders(reading, match[1] or "", match[2], offset))
    elif match := _OPEN.search(before):
        span = offset - len(match[1]), offset
        told = ("claim: ", "mirage-lint: ")
        found = [_item(reading, one, span, types.CompletionItemKind.Keyword) for one in told]
    else:
        found = list(_values(reading, before, offset))
    return types.CompletionList(is_incomplete=len(found) > _MOST, items=found[:_MOST])


def _facts(reading: Reading, typed: str, offset: int) -> Iterator[types.CompletionItem]:
    """The ids of facts, those that begin as it is typed."""
    wanted, span = _folded(typed), (offset - len(typed), offset)
    for fact in reading.index.registry.facts:
        if wanted in _folded(fact.id):
            item = _item(reading, fact.id, span, types.CompletionItemKind.Constant)
            item.detail = f"{wording.value(fact)}, in {fact.source}"
            item.filter_text = typed if typed.strip() else fact.id
            yield item


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.strip().lower())


def _orders(reading: Reading, told: str, typed: str, offset: int) -> Iterator[types.CompletionItem]:
    """What a comment may order: first what, then of which rules; or of which run the text tells."""
    span, registry = (offset - len(typed), offset), reading.index.registry
    families = {f"family={one.name}": one.title for one in registry.families}
    rows = {f"population={one.name}": one.family for one in registry.populations}
    codes = {rule.CODE: rule.NAME for rule in RULES}
    is_order = told.strip().startswith("ignore")
    known = {**codes, **dict.fromkeys(_KEYS, "")} if is_order else {**families, **rows}
    kinds = {} if told.strip() else dict.fromkeys(_KINDS, "")
    for text, detail in {**kinds, **known}.items():
        item = _item(reading, text, span, types.CompletionItemKind.Value)
        item.detail = detail or None
        yield item


def _values(reading: Reading, before: str, offset: int) -> Iterator[types.CompletionItem]:
    """Values of the facts that the line so far names, those first of which it names most."""
    typed = before[len(before.rstrip(_NUMERAL)) :]
    said = set(words.stems(before[: len(before) - len(typed)]))
    if not said:
        return
    ranked = sorted(_ranked(reading.index.registry.facts, said), key=lambda one: -one[0])
    for rank, (_, fact) in enumerate(ranked[: _MOST + 1]):
        text = wording.value(fact)
        item = _item(reading, text, (offset - len(typed), offset), types.CompletionItemKind.Value)
        item.detail = fact.id
        item.documentation = f"in {fact.source}"
        item.sort_text = f"{rank:05d}"
        yield item


def _ranked(facts: Iterable[Fact], said: set[str]) -> Iterator[tuple[int, Fact]]:
    """Facts whose metric is named, with how much of what tells them is."""
    for fact in facts:
        names = [words.key(name) for name in (fact.metric, *fact.names)]
        named = [name for name in names if name and said.issuperset(name)]
        if named:
            told = {*words.stems(fact.id), *(stem for name in named for stem in name)}
            yield len(told & said), fact


def _item(
    reading: Reading, text: str, span: Span, kind: types.CompletionItemKind
) -> types.CompletionItem:
    edit = types.TextEdit(reading.lines.range(*span), text)
    return types.CompletionItem(label=text, kind=kind, text_edit=edit)
