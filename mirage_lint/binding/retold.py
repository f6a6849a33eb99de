"""Models that a text names twice in one breath, in two sizes or versions: in a line and in the
sample that it leads to, before and within brackets, as a link and as its target. Needs no registry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from mirage_lint import vocabulary
from mirage_lint.binding.binding import CONTRADICTED, MODEL, Binding
from mirage_lint.binding.views import View
from mirage_lint.claims.claim import MODEL as MODEL_NAME
from mirage_lint.claims.claim import Claim
from mirage_lint.core import words
from mirage_lint.core.modelname import ModelName, ancestor, difference, may_be_rounded, parse

_TELLING = frozenset({"size", "version"})
"""What is wrong by a slip; another family, variant or format may be what is meant."""


def in_sample(intro: View, lines: Iterable[View]) -> dict[Claim, Binding]:
    """The models of a sample that are another size or version than its introducing line says."""
    meant = _meant(intro)
    shown = [one for line in lines for one in _models(line)] if meant else []
    if meant is None or any(_difference(one.model, two.model) for one, two in pairwise(shown)):
        return {}
    told = f"the line that leads to it says {meant.text!r}"
    slips = (one for one in shown if _difference(meant.model, one.model) in _TELLING)
    return {one: _wrong(one, told, "line and sample name one model each") for one in slips}


def in_passage(view: View) -> dict[Claim, Binding]:
    """The models of a passage that differ so from what stands in brackets behind them, or from
    what they are linked to.
    """
    if "(" not in view.passage.raw:
        return {}
    return dict((*_in_brackets(view), *_linked(view)))


def _in_brackets(view: View) -> Iterator[tuple[Claim, Binding]]:
    text = view.passage.text
    for one, other in pairwise(_models(view)):
        is_inside = text[one.end : other.start] in ("(", " (") and text.startswith(")", other.end)
        if not is_inside or view.is_denied(one.start) or _is_entry(view, one):
            continue
        made_from = ancestor(other.model) if other.model else None
        if made_from and _difference(one.model, made_from) in _TELLING:
            told = f"{other.text!r} behind it is made from {made_from.text}"
        elif _is_short(one.model, other.model):
            continue
        elif _difference(one.model, other.model) in _TELLING:
            told = f"the brackets behind it say {other.text!r}"
        else:
            continue
        yield one, _wrong(one, told, "what stands in brackets names it once more")


def _is_entry(view: View, claim: Claim) -> bool:
    """Whether it is what an entry is called in code, which brackets may say the model of."""
    codes = {(mark.start, mark.end) for mark in view.passage.marks if mark.kind == "code"}
    return (claim.start, claim.end) in codes and "/" not in claim.text


def _is_short(one: ModelName | None, other: ModelName | None) -> bool:
    """ "foo2 (Foo2.5-7B)", "foo-3.1-large (foo 3)": whether one tells the version in short."""
    told = sorted((name.version if name else "") for name in (one, other))
    return bool(told[0]) and told[1].startswith(f"{told[0]}.")


def _linked(view: View) -> Iterator[tuple[Claim, Binding]]:
    places = {(one.start, one.end): one for one in _models(view)}
    for mark in view.passage.marks:
        claim = places.get((mark.start, mark.end))
        target = _on_hub(mark.target) if claim and mark.kind == "link" else ""
        if claim and target and _difference(claim.model, parse(target)) in _TELLING:
            yield claim, _wrong(claim, f"its link leads to {target!r}", "it is the whole link")


def _on_hub(address: str) -> str:
    """The id of the model whose page on a hub an address is, empty where it is another page."""
    hubs = vocabulary.load("models")["hubs"]
    hub = next((one for one in hubs if address.startswith(one)), None)
    name = address[len(hub) :].rstrip("/") if hub else ""
    return name if name.count("/") == 1 else ""


def _models(view: View) -> list[Claim]:
    """The models of a passage; what goes on as a path does is a file's name."""
    named = [one for one in view.claims if one.kind == MODEL_NAME]
    return [one for one in named if not _is_path(view.passage.text, one.end)]


def _is_path(text: str, end: int) -> bool:
    return text.startswith("/", end) or (
        text.startswith(".", end) and text[end + 1 : end + 2].isalnum()
    )


def _difference(one: ModelName | None, other: ModelName | None) -> str:
    """The part in which two names differ; sizes that a rounding explains do not."""
    if one is None or other is None:
        return "name"
    found = difference(one, other)
    return "" if found == "size" and may_be_rounded(one, other) else found


def _wrong(claim: Claim, told: str, because: str) -> Binding:
    return Binding(claim, CONTRADICTED, change=MODEL, because=(because,), against=told)


def _is_aside(view: View, claim: Claim) -> bool:
    """Whether it stands in brackets: "large ones (e.g. Foo 70B)"."""
    before = view.passage.text[: claim.start]
    return before.count("(") > before.count(")")


def _meant(intro: View) -> Claim | None:
    """The one model of the sentence that ends in a colon."""
    named = _models(intro)
    if len(named) != 1 or not intro.passage.text.rstrip().endswith(":"):
        return None
    low, high = intro.sentence(named[0])
    sentence = words.split(intro.passage.text[low:high])
    is_plain = set(vocabulary.load("words")["not_this"]).isdisjoint(sentence)
    is_last = high == len(intro.passage.text) and not _is_aside(intro, named[0])
    return named[0] if is_plain and is_last and not intro.is_denied(named[0].start) else None
