"""Numbers that claim nothing: versions, dates, times, labels, citations, ids, ordinals, lists."""

from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.claims.tokens import Token
from mirage_lint.documents.passages import Passage

_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_YEARS = range(1900, 2100)


def is_label(passage: Passage, tokens: list[Token], index: int, lexicon: Lexicon) -> int:
    """How many tokens from ``index`` on are a label and no claim; 0 where it may be a claim."""
    chain = _chain(tokens, index)
    if chain:
        return chain
    if passage.kind == "code" and "," in tokens[index].text:
        return 1  # a list of values: code has no thousands separators
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before and _label_before(tokens, index, before, lexicon):
        return 1
    if after and _label_after(tokens[index], after, lexicon):
        return 2
    if _is_year(tokens, index, lexicon) or _numbers_heading(passage, tokens, index, lexicon):
        return 1
    return 0


def _chain(tokens: list[Token], index: int) -> int:
    """Length of a glued run that is a date, time, version, id or list of values.

    Runs of numbers joined by ``-``, ``.``, ``:`` or ``/``; two numbers joined by a bar are a
    fraction, two joined by a dash are a range.
    """
    end, joints = index, ""
    while (
        end + 2 < len(tokens)
        and tokens[end + 1].text in ("-", ".", ":", "/", "_")
        and tokens[end].end == tokens[end + 1].start
        and tokens[end + 1].end == tokens[end + 2].start
        and tokens[end + 2].kind == "number"
    ):
        joints += tokens[end + 1].text
        end += 2
    before = tokens[index - 1] if index else None
    glued = before is not None and before.end == tokens[index].start and before.text in "-._:"
    if glued and index >= 2 and tokens[index - 2].end == tokens[index - 1].start:
        glued = tokens[index - 2].kind == "number" or "_" in tokens[index - 2].text
    else:
        glued = False
    is_list = joints == "/" and not (tokens[index].is_whole and tokens[end].is_whole)
    if len(joints) > 1 or joints in (".", ":", "_") or is_list or (joints and glued):
        return end - index + 1
    return 0


def _label_before(tokens: list[Token], index: int, before: Token, lexicon: Lexicon) -> bool:
    glued = before.end == tokens[index].start
    if before.kind == "word":
        if glued:
            return True
        is_label = before.lower in lexicon.labels and (
            before.text[0].isupper() or before.lower in ("v", "version", "line")
        )
        return (is_label and tokens[index].is_whole) or before.lower in lexicon.months
    if before.text == "." and index >= 2 and tokens[index - 2].lower in lexicon.labels:
        return True
    if before.text in "#§@/\\" and glued:
        return True
    if before.text == "-" and glued and index >= 2 and tokens[index - 2].end == before.start:
        # "checkpoint-250", "COVID-19": a name with a number; "rank-8" is a claim
        name = tokens[index - 2]
        return name.kind == "word" and name.lower not in lexicon.keys
    return before.text == "[" and _closes(tokens, index)


def _closes(tokens: list[Token], index: int) -> bool:
    """Whether a bracket that holds whole numbers only closes: "[12]", "[3, 14]"."""
    while index + 1 < len(tokens) and tokens[index].is_whole:
        if tokens[index + 1].text == "]":
            return True
        if tokens[index + 1].text != ",":
            return False
        index += 2
    return False


def _label_after(number: Token, after: Token, lexicon: Lexicon) -> bool:
    """Ordinals, and numbers that run into a word that is no multiplier or unit: "3d", "2x2"."""
    if after.kind != "word" or after.start != number.end:
        return False
    return after.lower not in lexicon.multipliers and after.lower not in lexicon.units


def _is_year(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    token = tokens[index]
    if not token.is_whole or "," in token.text or int(token.digits) not in _YEARS:
        return False
    before = [other.lower for other in tokens[max(index - 3, 0) : index]]
    near = {"in", "since", "until", "by", "from", "(", ",", "©"} & set(before[-1:])
    return bool(near) or bool(lexicon.months & set(before))


def _numbers_heading(passage: Passage, tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """ "5.1 Results": a heading's own number."""
    if passage.kind != "heading" or index or len(tokens) < 2:
        return False
    after = tokens[1]
    counts = after.lower in lexicon.units or after.text in "%-/=" or after.start == tokens[0].end
    return after.text in ".):" or not counts
