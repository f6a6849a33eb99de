"""Numbers that claim nothing: versions, dates, times, labels, citations, ids, ordinals, lists."""

from mirage_lint.claims.lexicon import Lexicon
from mirage_lint.claims.tokens import Token
from mirage_lint.documents.passages import CODE, Passage

_PLUS_MINUS = ["+", "/", "-"]
_YEARS = range(1900, 2100)
_JOINTS = frozenset("-.:/_")
_LONGEST_EXPONENT = 2
_LONGEST_NUMBER = 40
"""Characters of the longest number that is a quantity: longer ones are ids."""


def is_label(passage: Passage, tokens: list[Token], index: int, lexicon: Lexicon) -> int:
    """How many tokens from ``index`` on are a label and no claim; 0 where it may be a claim."""
    if len(tokens[index].text) > _LONGEST_NUMBER or _is_beyond(tokens[index]):
        return 1
    if width := _chain(tokens, index) or _citation(tokens, index):
        return width
    if passage.kind in CODE and "," in tokens[index].text:
        return 1  # a list of values: code has no thousands separators
    if index and _label_before(tokens, index, lexicon):
        return 1
    if index + 1 < len(tokens) and _label_after(tokens[index], tokens[index + 1], lexicon):
        return 2
    if _is_year(tokens, index, lexicon) or _numbers_heading(passage, tokens, index, lexicon):
        return 1
    return 0


def _is_beyond(number: Token) -> bool:
    """Whether an exponent is none that a quantity has."""
    exponent = number.digits.lower().partition("e")[2]
    return len(exponent.lstrip("+-")) > _LONGEST_EXPONENT


def _touches(tokens: list[Token], index: int) -> bool:
    """Whether the token at ``index`` touches the one before it."""
    return 0 < index < len(tokens) and tokens[index - 1].end == tokens[index].start


def _chain(tokens: list[Token], index: int) -> int:
    """Length of a glued run of numbers that is a date, time, version, id or list of values.

    Two numbers joined by a bar are a fraction, two joined by a dash are a range.
    """
    end, joints = index, ""
    while (
        end + 2 < len(tokens)
        and tokens[end + 1].text in _JOINTS
        and _touches(tokens, end + 1)
        and _touches(tokens, end + 2)
        and tokens[end + 2].kind == "number"
    ):
        joints += tokens[end + 1].text
        end += 2
    is_list = joints == "/" and not (tokens[index].is_whole and tokens[end].is_whole)
    if len(joints) > 1 or joints in (".", ":", "_") or is_list:
        return end - index + 1
    return 0


def _citation(tokens: list[Token], index: int) -> int:
    """Length of what stands in a bracket of whole numbers: "[12]", "[3, 14]"."""
    if not index or tokens[index - 1].text != "[":
        return 0
    end = index
    while end + 1 < len(tokens) and tokens[end].is_whole:
        if tokens[end + 1].text == "]":
            return end - index + 1
        if tokens[end + 1].text != ",":
            return 0
        end += 2
    return 0


def _label_before(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    before, glued = tokens[index - 1], _touches(tokens, index)
    if (
        before.text == "±"
        or [token.text for token in tokens[max(index - 3, 0) : index]] == _PLUS_MINUS
    ):
        return True  # how sure the number before is
    if before.kind == "word":
        is_place = before.lower in lexicon.ordinals and tokens[index].is_whole
        return (
            glued
            or is_place  # "step 500", "epoch 2": when, not how long
            or before.lower in lexicon.months
            or _is_labelled(tokens, index, lexicon)
        )
    behind = tokens[index - 2] if index >= 2 else None
    if before.text == "." and behind and behind.lower in lexicon.labels:
        return True  # "Fig. 3"
    if not glued:
        return False
    if behind is None or not _touches(tokens, index - 1):
        return before.text in "#§@/\\"
    if before.text in "-._:":
        # "checkpoint-250", "v0.3": a name with a number; "rank-8" is a claim
        is_name = behind.kind == "word" and before.text != ":"
        return (is_name and behind.lower not in lexicon.keys) or (
            behind.kind == "number" and before.text != "-"
        )
    return before.text in "#§@/\\"


def _is_labelled(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """ "Table 9", "Section 4.2", "version 3"."""
    name, number = tokens[index - 1], tokens[index]
    is_name = name.text[0].isupper() or name.lower in ("v", "version", "line", "issue")
    return name.lower in lexicon.labels and is_name and number.digits.replace(".", "").isdecimal()


def _label_after(number: Token, after: Token, lexicon: Lexicon) -> bool:
    """Ordinals, days of a month, and numbers that run into a word that is no multiplier or unit:
    "1st", "5 September", "3d", "2x2".
    """
    if after.kind != "word":
        return False
    if after.start != number.end:
        return after.text[0].isupper() and after.lower in lexicon.months
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
