"""Which metrics a number may be about."""

from __future__ import annotations

from collections.abc import Iterable

from mirage_lint.binding.agreement import is_count
from mirage_lint.binding.index import METRIC, Index, Phrase
from mirage_lint.binding.mentions import Mention, metrics_of
from mirage_lint.binding.slots import CLAUSE, COLUMN, CORNER, HEADS, ROW, SENTENCE, Around, Layer
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import Claim
from mirage_lint.core.record import NamedTuple
from mirage_lint.core.spans import Spans

_NEAR_WORDS = 3
_LONGEST_LINK = 60
"""Words and characters between a metric and the number that it names."""


class Aim(NamedTuple):
    """The metrics that a claim may be about. ``named``: those named right at the number;
    ``certain``: whether the context leaves no other.
    """

    metrics: frozenset[Phrase]
    layer: str = ""
    named: frozenset[Phrase] = frozenset()
    certain: bool = False


def aim(claim: Claim, view: View, context: list[Layer], around: Around, index: Index) -> Aim:
    """The metrics of the nearest layer that names one that the claim could be about."""
    if claim.key and not (claim.unit and claim.key.lower() == "n"):
        keyed = index.metrics_named(claim.key) or _in_key(claim, view)
        return Aim(keyed, CLAUSE, keyed, certain=True)
    for layer in context:
        metrics = _metrics(claim, view, layer, around, index)
        if not metrics:
            if layer.name == SENTENCE and (completed := _completed(claim, view, around, index)):
                return Aim(completed, CLAUSE, completed, certain=True)
            continue
        if layer.name in HEADS:
            return Aim(metrics, layer.name, metrics, certain=True)
        if layer.name not in (CLAUSE, SENTENCE):
            return Aim(metrics, layer.name)
        named = _named_at(claim, view, layer)
        if layer.name == CLAUSE:
            return Aim(metrics & named or metrics, CLAUSE, named, certain=True)
        certain = not _is_taken(claim, layer, view) or _is_elliptic(claim, view, metrics)
        return Aim(metrics, SENTENCE, named, certain)
    return Aim(frozenset())


def _completed(claim: Claim, view: View, around: Around, index: Index) -> frozenset[Phrase]:
    """ "On the evaluation set: / - Loss: 3.47": metrics of which an item names the last words,
    right before the number, and its introducing line the others.
    """
    if view.passage.kind != "item" or around.intro is None:
        return frozenset()
    start, _ = view.clause(claim)
    own = tuple(stem.text for stem in view.stems_within((start, claim.start)) if stem.text)
    if not own or len(own) > _NEAR_WORDS:
        return frozenset()
    told = {stem.text for stem in around.intro.stems}
    return frozenset(
        metric
        for metric, before in index.metrics_ending(own)
        if told.issuperset(before) and any(index.comparable(claim, (metric,), {metric}))
    )


def _in_key(claim: Claim, view: View) -> frozenset[Phrase]:
    """The metric of a key that also names its population or setting: ``recall_night``; all of the
    key must be known. The words of two metrics name neither: ``warmup_steps``.
    """
    end = claim.start + len(claim.key)
    own = [one for one in view.mentions if claim.start <= one.start and one.end <= end]
    known = Spans((one.start, one.end) for one in own)
    told = view.stems_within((claim.start, end))
    is_whole = all(known.covers(stem.start, stem.end) for stem in told if stem.text)
    is_one = len({one.start for one in own if one.kind == METRIC}) == 1
    return metrics_of(own) if is_whole and is_one else frozenset()


def _metrics(
    claim: Claim, view: View, layer: Layer, around: Around, index: Index
) -> frozenset[Phrase]:
    mentions = layer.mentions
    if layer.name in (CLAUSE, SENTENCE):
        mentions = tuple(one for one in mentions if not _is_of_other(one, claim, view))
    if layer.name == CLAUSE:
        mentions = tuple(one for one in mentions if not _is_of_next(one, claim, view))
    elif layer.name == ROW:  # the first cell is the row's head, others tell what it is of
        mentions = () if _names_row(around) else around.table.row[0].as_head
    metrics = set(metrics_of(mentions))
    if layer.name == CLAUSE and claim.unit:
        metrics |= index.metrics_named(claim.unit)
    for head in _whole_heads(layer, around):
        metrics |= index.metrics_named(head.passage.text)
    # A corner names what the rows are ("Model") as often as what the cells say ("Recall").
    only_rates = layer.name == CORNER
    return frozenset(
        metric
        for metric in metrics
        if any(
            not (only_rates and is_count(fact))
            for fact in index.comparable(claim, (metric,), {metric})
        )
    )


def _whole_heads(layer: Layer, around: Around) -> Iterable[View]:
    """The heads that may be a metric's name as a whole."""
    if layer.name == ROW:
        return () if _names_row(around) else around.table.row[:1]
    return filter(None, [around.table.column]) if layer.name == COLUMN else ()


def _names_row(around: Around) -> bool:
    """Whether the row's head gives it a name, that may be a metric's, too: "dropout" among the
    variants of an ablation.
    """
    return not around.table.row or bool(around.table.row[0].called)


def _named_at(claim: Claim, view: View, layer: Layer) -> frozenset[Phrase]:
    """Metrics that the text names a few words before the number, or as its noun; what another
    number counts is not named here.
    """
    others = _numbers(view, claim)
    return metrics_of(
        one
        for one in layer.mentions
        if _is_at(claim, view.passage.text, one)
        and not any(other.start < one.end and one.start < other.end for other in others)
    )


def _is_at(claim: Claim, text: str, mention: Mention) -> bool:
    if mention.kind != METRIC:
        return False
    if mention.start < claim.end and claim.start < mention.end:
        return True
    if mention.start - claim.end == 1:
        return True
    if not 0 <= claim.start - mention.end <= _LONGEST_LINK:
        return False
    between = text[mention.end : claim.start]
    near = len(between.split()) <= _NEAR_WORDS
    return near and not any(c.isdigit() or c in ".;" for c in between)


def _is_of_next(mention: Mention, claim: Claim, view: View) -> bool:
    """Whether a metric behind the claim is the subject of the next number: "with 30% kept,
    validity is 68%".
    """
    if mention.kind != METRIC or mention.start <= claim.end + 1:
        return False
    behind = view.numbers((mention.end, mention.end + _LONGEST_LINK))
    return bool(behind) and _is_at(behind[0], view.passage.text, mention)


def _is_of_other(mention: Mention, claim: Claim, view: View) -> bool:
    """ "59% at `width=8`", "dose 40, 85% of them": whether a metric is what another number is set
    to, or stands right before one of another kind.
    """
    keyed = view.keyed.at(mention.start)
    if keyed is not None and keyed[0] != claim.start:
        return True
    between = view.numbers((mention.end, claim.start))
    return (
        bool(between)
        and between[0].kind != claim.kind
        and view.passage.text[mention.end : between[0].start] == " "
    )


def _is_taken(claim: Claim, layer: Layer, view: View) -> bool:
    """Whether the sentence's metric stands in a clause with a number of its own."""
    metrics = [mention for mention in layer.mentions if mention.kind == METRIC]
    sentence = view.sentence(claim)
    clauses = {view.clauses(sentence).at(one.start) or (0, 0) for one in view.numbers(sentence)}
    return any(
        low <= mention.start and mention.end <= high for low, high in clauses for mention in metrics
    )


def _is_elliptic(claim: Claim, view: View, metrics: frozenset[Phrase]) -> bool:
    """ "A keeps it in 72.2% of cases, B in 44.4%": a clause with a subject of its own and the
    number's kind, that leaves out the one metric of the sentence.
    """
    low, high = view.clause(claim)
    has_subject = any(one.kind != METRIC for one in view.within((low, high)))
    same = [one for one in _numbers(view, claim) if one.kind == claim.kind and one.end <= low]
    return len(metrics) == 1 and has_subject and bool(same)


def _numbers(view: View, claim: Claim) -> Iterable[Claim]:
    return [one for one in view.numbers(view.sentence(claim)) if one is not claim]
