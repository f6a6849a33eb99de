"""Model names as partial records: what a name states, and whether two names agree.

A name is cut into tokens by their shape (a size, a precision, a version, a word), and the words
are looked up in ``vocabulary/models.json``. Whatever is no attribute names the model, so that a
family that nobody has heard of is read like any other. A name contradicts another only in a part
that both state.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate

from mirage_lint import vocabulary
from mirage_lint.core.record import NamedTuple

MAX_LENGTH = 200
"""What is read of a name: hubs allow 96 characters on either side of the slash."""

_THOUSANDS = {"k": 1, "m": 10**3, "b": 10**6, "t": 10**9}
PARTS = (
    "organisation",
    "family",
    "version",
    "size",
    "variants",
    "quantisation",
    "format",
    "active",
    "date",
    "context",
    "name",
)


class ModelName(NamedTuple):
    """The parts that a name states; empty where it does not.

    ``words`` are all that name it, in order, its family among them; ``known`` are those that are
    families of the vocabulary; ``versions`` are those of each family that it names, told or not:
    "Hermes-2-Theta-Llama-3-8B" has two.
    """

    text: str
    organisation: str = ""
    family: str = ""
    version: str = ""
    size: str = ""
    variants: frozenset[str] = frozenset()
    quantisation: str = ""
    format: str = ""
    active: str = ""
    date: str = ""
    context: str = ""
    words: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    versions: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> tuple[str, ...]:
        """The words beside the family."""
        return tuple(word for word in self.words if word != self.family)


@lru_cache(maxsize=8192)
def parse(text: str) -> ModelName:
    """Read a name as people or hubs write it: "Qwen 2.5 14B", "org/phi-3-medium-4bit"."""
    organisation, rest = _split(_plain(text[:MAX_LENGTH]))
    maker, rest = _cut_maker(rest)
    return _Reader(organisation or maker).read(text, _tokens(rest))


def _plain(text: str) -> str:
    """Lower case, accents and other signs for times dropped: "Gervásio", "8×7B"."""
    if not text.isascii():
        from unicodedata import combining, normalize  # rarely needed

        text = "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
        text = text.replace("×", "x")
    return text.lower()


def _split(text: str) -> tuple[str, str]:
    """The organisation of a hub's id, and the rest; other slashes are no more than separators:
    "ViT-B/16", "Foo-8B/70B".
    """
    before, slash, rest = text.strip().strip("/").rpartition("/")
    organisation = before.rpartition("/")[2]
    is_name = rest[:1].isalpha() or sum(map(str.isalpha, rest)) > 2
    return (organisation, rest) if slash and is_name and " " not in organisation else ("", text)


def _cut_maker(text: str) -> tuple[str, str]:
    """A maker's name before that of its model, and the model's: "Google Gemma 2"."""
    first, *more = text.replace("-", " ").replace("_", " ").split(" ", 1)
    if more and _meanings().get(first, ("",))[0] == "organisation":
        return first, text[len(first) + 1 :]
    return "", text


@cache
def _token() -> re.Pattern[str]:
    """Every shape of token; compiled when the first name is read, for it takes a millisecond."""
    return re.compile(
        # 7b, 125m, 1.5b, 8x7b, a22b (active), e4b (effective), 7b1, 1_6b, 7 billion
        r"(?P<size>(?:[ae]?|\d+x)\d+(?:(?:\.\d{1,4}|(?<=[^a-z_\d]\d)_\d{1,2})?"
        r"(?:[bmt]|bn|[ -]?(?:b|m|tr)illion)|[bmt]\d)(?![a-z\d]))"
        r"|(?P<context>\d+k)(?![a-z\d])"
        # 4bit, w4a16, int8, bf16, q4_k_m, ud-iq2_xxs
        r"|(?P<precision>\d+[ -]?bits?|w\d+a\d+|(?:u?int|[bn]?f|fp|mxfp|nvfp)\d+"
        r"|(?:ud-|i1-)?[it]?q\d(?:_[a-z\d]{1,3})*)(?![a-z\d])"
        r"|(?P<day>20\d\d-[01]\d-[0-3]\d)(?!\d)"
        r"|(?P<label>(?<![^\W_])v?\d+[a-z]{3,}|(?<=[a-z\d])\+(?![\w+]))"  # 2dpo, 360zhinao, r+
        # 2.5, v0.3, 3_1 or 3-1 where no size follows, 4o; r1, k2, h1 behind a word
        r"|(?P<version>v?\d-\d(?![a-z\d._])"
        r"|v?\d+(?:[._]\d{1,2}(?!\d|[bkmt](?![a-z])|x))*(?:[ac-jln-wyz](?![a-z\d]))?"
        r"|[a-z]\d+(?:[._]\d+)*(?![a-z\d]))"
        r"|(?P<word>[^\W\d_]+?(?=v\d|[\W\d_]|$))"
    )


def _tokens(text: str) -> list[tuple[str, str]]:
    """Shape and text of each token; words that are a family together are one: "code llama"."""
    tokens: list[tuple[str, str]] = []
    for match in _token().finditer(text):
        shape, token = match.lastgroup or "", match.group()
        while shape == "word" and tokens and tokens[-1][0] == "word":
            joined = tokens[-1][1] + token
            if not _is_family(joined):
                break
            tokens.pop()
            token = joined
        tokens.append((shape, token))
    return tokens


@cache
def _meanings() -> dict[str, tuple[str, str]]:
    """Word to the part that it states, and what it states there."""
    tables = vocabulary.load("models")
    meanings = dict.fromkeys(tables["unspoken"], ("unspoken", ""))
    for name, others in tables["organisations"].items():
        meanings |= dict.fromkeys((name, *others), ("organisation", name))
    meanings |= {word: ("family", word) for word in tables["families"]}
    meanings |= {word: ("variants", one) for word, one in tables["variants"].items()}
    meanings |= {word: ("method", word) for word in tables["quantisations"]}
    meanings |= {word: ("format", word) for word in tables["formats"]}
    return meanings


def _is_family(word: str) -> bool:
    return _meanings().get(word, ("",))[0] == "family"


class _Reader:
    """Puts the tokens of one name, in order, where they belong."""

    def __init__(self, organisation: str) -> None:
        self.fields: dict[str, str] = {}
        self.words: list[str] = []
        self.variants: set[str] = set()
        self.versions: dict[str, str] = {}
        self.family = ""
        if organisation:
            self._take_organisation(organisation)

    def read(self, text: str, tokens: list[tuple[str, str]]) -> ModelName:
        """The name that the tokens make up."""
        for shape, token in tokens:
            _TAKERS[shape](self, token)
        method, precision = self.fields.pop("method", ""), self.fields.pop("precision", "")
        version = self.versions.get(self.family) or next(filter(None, self.versions.values()), "")
        if not version and self._is_first_release():
            self.versions[self.family] = "1"
        return ModelName(
            text=text,
            family=self.family,
            version=version,
            variants=frozenset(self.variants),
            quantisation=f"{method} {precision}".strip(),
            words=tuple(self.words),
            known=frozenset(filter(_is_family, self.words)),
            versions=tuple(self.versions.items()),
            **self.fields,
        )

    def _is_first_release(self) -> bool:
        """Whether its publisher's own id has a size but no version: of a family that began so."""
        return (
            self.words == [self.family]
            and "size" in self.fields
            and self.fields.get("organisation", "")
            in vocabulary.load("models")["first_releases"].get(self.family, ())
        )

    def _take_organisation(self, token: str) -> None:
        part, name = _meanings().get(token, ("", token))
        self.fields["organisation"] = name if part == "organisation" else token
        if form := vocabulary.load("models")["reuploaders"].get(token):
            self.fields["format"] = form

    def _take_size(self, token: str) -> None:
        part = "active" if token[0] == "a" else "size"
        if part in self.fields:
            self.words.append(token)  # "161M-100B": seen in training
        else:
            self.fields[part] = _size(token)

    def _take_context(self, token: str) -> None:
        self.fields.setdefault("context", token)

    def _take_precision(self, token: str) -> None:
        self.fields.setdefault("precision", _precision(token))

    def _take_day(self, token: str) -> None:
        self.fields.setdefault("date", token.replace("-", ""))

    def _take_version(self, token: str) -> None:
        """A date; a version of the family named last; or one more word, such as a resolution."""
        if not self.words:
            if token[0].isalpha():
                self._take_name(token, known=_is_family(token))  # "o1-mini"
        elif _is_date(token):
            self._take_day(token)
        elif (bare := self._without_version()) and self._may_be_version(token):
            self.versions[bare] = _version(token)
        else:
            self.words.append(token)

    def _without_version(self) -> str:
        """The family named last of those that have no version yet."""
        return next((word for word in reversed(self.versions) if not self.versions[word]), "")

    def _may_be_version(self, token: str) -> bool:
        """Letters are a version right behind the family ("R1"), and three digits before all else
        ("ResNet-101"): "lora-r16" and "mix-224" are not.
        """
        if token.isdigit() and len(token) > 2:
            return not ("size" in self.fields or self.variants)
        return token[0] == "v" or token[0].isdigit() or self.words[-1] in self.versions

    def _take_word(self, token: str) -> None:
        part, value = _meanings().get(token, ("", token))
        own = vocabulary.load("models")["family_variants"].get(self.family)
        if own and token in own:
            self.variants.add(own[token])
        elif part == "variants":
            self.variants.add(value)
        elif part in ("method", "format"):
            self.fields.setdefault(part, value)
        elif part != "unspoken":
            self._take_name(token, known=part == "family")

    def _take_name(self, token: str, *, known: bool) -> None:
        """A word that names the model. A known family outdoes a word before it that has neither
        version nor size: "Chinese-Llama-2".
        """
        self.words.append(token)
        if not self.family or (known and not self._stands_alone()):
            self.family = token
        if known or len(self.words) == 1:
            self.versions.setdefault(token, "")

    def _stands_alone(self) -> bool:
        return (
            _is_family(self.family) or bool(self.versions.get(self.family)) or "size" in self.fields
        )


_TAKERS = {
    "size": _Reader._take_size,
    "context": _Reader._take_context,
    "precision": _Reader._take_precision,
    "day": _Reader._take_day,
    "version": _Reader._take_version,
    "label": _Reader._take_word,
    "word": _Reader._take_word,
}


def _is_date(token: str) -> bool:
    """Whether digits are a date as names have it: 2407, 240718, 202407, 20240718, or 0718."""
    if not token.isdigit() or len(token) not in (4, 6, 8):
        return False
    start = token.removeprefix("20") if len(token) > 4 else token
    first, second = int(start[:2]), int(start[2:4])
    if 22 <= first <= 29 and 1 <= second <= 12:
        return True
    return len(token) == 4 and 1 <= first <= 12 and 1 <= second <= 31


def _size(token: str) -> str:
    """One way to write a size: "7 billion" and "7.0b" are "7b", "7b1" is "7.1b"."""
    token = token.lstrip("ae").replace("_", ".").replace("-", "").replace(" ", "")
    for suffix in ("illion", "n", "r"):  # of billion, bn, trillion
        token = token.removesuffix(suffix)
    if token[-1].isdigit():
        token = f"{token[:-2]}.{token[-1]}{token[-2]}"
    return f"{token[:-1].removesuffix('.0')}{token[-1]}"


def _version(token: str) -> str:
    """One way to write a version: "v3_1", "3-1" and "3.1" are one, and so are "3" and "3.0"."""
    token = token.removeprefix("v").replace("_", ".").replace("-", ".").removesuffix(".0")
    return token.lstrip("0") or "0" if token.isdigit() else token


def _precision(token: str) -> str:
    """One way to write a precision: "4-bit", "4 bits" and "4bit" are one."""
    if "bit" in token:
        return token.replace("-", "").replace(" ", "").removesuffix("s")
    return token


def ancestor(name: ModelName) -> ModelName | None:
    """What all models of a family were made from, where one is known: "CodeLlama" from Llama 2."""
    found = vocabulary.load("models")["made_from"].get(name.family)
    return parse(found) if found else None


@lru_cache(maxsize=8192)
def difference(left: ModelName, right: ModelName) -> str:
    """The first part in which two names differ, empty where they agree.

    Organisations are not held against each other: re-uploads keep the model. All else counts only
    between names of one family.
    """
    for part, differ in _TESTS.items():
        if differ(left, right):
            return part
    return ""


def _families_differ(left: ModelName, right: ModelName) -> bool:
    """Whether each names a known family that the other lacks; or, where one names none, whether
    neither begins with a word of the other.
    """
    if left.known and right.known:
        return not (left.known <= right.known or right.known <= left.known)
    if not (left.words and right.words):
        return False
    return not (_begins(left, right) or _begins(right, left))


def _begins(left: ModelName, right: ModelName) -> bool:
    """Whether ``right`` begins with the first words of ``left`` in one, or has its first word."""
    return left.words[0] in right.words or right.words[0] in accumulate(left.words)


def _sizes_differ(left: ModelName, right: ModelName) -> bool:
    """Whether the sizes differ, or what is active of one is more than all of the other."""
    if left.size and right.size:
        sizes_agree = _covers(left.size, right.size) or _covers(right.size, left.size)
        return not sizes_agree or _both_differ(left.active, right.active)
    return (
        _both_differ(left.active, right.active)
        or _exceeds(left.active, right.size)
        or _exceeds(right.active, left.size)
    )


def _covers(brand: str, size: str) -> bool:
    """Whether ``size`` is ``brand`` in other words: 1000m of 1b, or a closer count of it: 1.23b or
    7.62b of 1b or 7b, 46.7b of 8x7b.
    """
    if brand == size:
        return True
    experts, times, each = brand.rpartition("x")
    if times or "x" in size:
        return "x" not in size and _count(each) < _count(size) <= int(experts) * _count(each)
    step = _count(f"1{brand[-1]}") // 10 ** _decimals(brand)
    closer = (_count(size) // step * step, (_count(size) + step // 2) // step * step)
    return _count(size) == _count(brand) or (_decimals(size) > 1 and _count(brand) in closer)


def may_be_rounded(left: ModelName, right: ModelName) -> bool:
    """Whether the size of one may be the other's, cut or rounded to fewer digits: 1b of 1.3b."""
    pair = sorted((left.size, right.size), key=_decimals)
    if not all(pair) or "x" in "".join(pair):
        return False
    coarse, fine = pair
    step: int = _count(f"1{coarse[-1]}") // 10 ** _decimals(coarse)
    return abs(_count(fine) - _count(coarse)) < step


def _decimals(size: str) -> int:
    return len(size[:-1].partition(".")[2])


def _count(size: str) -> int:
    """How many parameters, in millionths of a thousand: sizes are compared, and never floats."""
    whole, _, rest = size[:-1].partition(".")
    return int(whole + rest[:6].ljust(6, "0")) * _THOUSANDS[size[-1]]


def _exceeds(active: str, size: str) -> bool:
    return bool(active and size and "x" not in size and _count(active) > _count(size))


def _versions_differ(left: ModelName, right: ModelName) -> bool:
    """Whether a family that both name has two versions; the words of one may be apart in the
    other ("Foo Bar 2", "FooBar 2").
    """
    mine, theirs = dict(left.versions), dict(right.versions)
    shared = [word for word in mine if mine[word] and theirs.get(word)]
    if shared:
        return any(_are_apart(mine[word], theirs[word]) for word in shared)
    if mine.keys() == theirs.keys() or not set(left.words).intersection(right.words):
        return _are_apart(left.version, right.version)
    return False


def _are_apart(one: str, other: str) -> bool:
    """Whether both versions are told and differ; "26" is "2.6" without its dot."""
    return _both_differ(one.replace(".", ""), other.replace(".", ""))


def _both_differ(left: str, right: str) -> bool:
    return bool(left and right and left != right)


def _quantisations_differ(left: ModelName, right: ModelName) -> bool:
    """Whether the methods differ, or the precisions. MLX and GGUF quantise by methods of their own,
    and so are none of the others.
    """
    if not (left.quantisation or right.quantisation):
        return False
    method, precision = _quantisation(left)
    other_method, other_precision = _quantisation(right)
    return (
        _both_differ(method, other_method)
        or (bool(method) and bool(right.format) and not other_method)
        or (bool(other_method) and bool(left.format) and not method)
        or _precisions_differ(precision, other_precision)
    )


def _quantisation(name: ModelName) -> tuple[str, str]:
    """Method and precision, the usual one where the name tells none."""
    usual = vocabulary.load("models")["quantisations"]
    first, _, second = name.quantisation.partition(" ")
    return (first, second or usual[first]) if first in usual else ("", first)


def _precisions_differ(left: str, right: str) -> bool:
    """Whether two precisions differ in bits, or in kind where both tell it: "int4" and "nf4"."""
    if not (left and right):
        return False
    (kind, bits), (other, others) = _kind_and_bits(left), _kind_and_bits(right)
    return bits != others or not (kind.startswith(other) or other.startswith(kind))


def _kind_and_bits(precision: str) -> tuple[str, str]:
    """ "q4_k_m" is of that kind and has 4 bits; "4bit" and "w4a16" tell no kind."""
    kind = precision.removeprefix("ud-").removeprefix("i1-")
    bits = "".join(sign if sign.isdigit() else " " for sign in kind).split()[0]
    if kind.endswith("bit") or kind[0] == "w":
        return "", bits
    return f"fp{bits}" if kind == f"f{bits}" else kind, bits


def _dates_differ(left: ModelName, right: ModelName) -> bool:
    """Whether neither date is part of the other, as "2407" is of "20240718"."""
    return not (left.date in right.date or right.date in left.date)


def _variants_differ(left: ModelName, right: ModelName) -> bool:
    """Whether each states a variant that the other lacks; grades ("mini") and what a model is for
    ("coder", "instruct") are held apart, for a size may stand for a grade. Where neither tells a
    size, "base" is a grade, too: "BERT-base".
    """
    if not (left.variants and right.variants):
        return False
    grades = _all_of("grades")
    steps = grades if left.size or right.size else grades | {"base"}
    mine, theirs = (
        _narrowed(left.variants, right.variants),
        _narrowed(right.variants, left.variants),
    )
    return _opposed(mine & steps, theirs & steps) or _opposed(mine - grades, theirs - grades)


def _narrowed(mine: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
    """``mine`` with what a wide word stands for, in the narrow words of either name: a model for
    chat may be the one that thinks, or the one trained by DPO.
    """
    for wide, narrow in vocabulary.load("models")["covers"].items():
        if wide in mine:
            nearer = mine.intersection(narrow) or theirs.intersection(narrow)
            mine = (mine - {wide}) | nearer if nearer else mine
    return mine


def _opposed(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left and right) and not (left <= right or right <= left)


def _names_differ(left: ModelName, right: ModelName) -> bool:
    """Whether both have further words or grades, or words with numbers, and share none: "Foo-Cat"
    and "Foo-Dog", "Foo Mini" and "Foo Nemo", "Foo-mix-224" and "Foo-mix-448".
    """
    mine, theirs = _further(left, right), _further(right, left)
    shared = mine & theirs
    if not shared:
        return bool(mine and theirs)
    return _has_number(mine) and _has_number(theirs) and not _has_number(shared)


def _further(one: ModelName, other: ModelName) -> set[str]:
    """What ``one`` says beside the families that both may name, and its grades."""
    words = set(one.words) - one.known - other.known - _all_of("passing")
    if not (one.known and other.known) or one.family == other.family:
        words.discard(one.family)
    return words | (one.variants & _all_of("grades"))


def _has_number(words: set[str]) -> bool:
    return any(sign.isdigit() for word in words for sign in word)


@cache
def _all_of(table: str) -> frozenset[str]:
    return frozenset(vocabulary.load("models")[table])


_TESTS = {
    "family": _families_differ,
    "size": _sizes_differ,
    "version": _versions_differ,
    "quantisation": _quantisations_differ,
    "format": lambda left, right: _both_differ(left.format, right.format),
    "date": _dates_differ,
    "context": lambda left, right: _both_differ(left.context, right.context),
    "variant": _variants_differ,
    "name": _names_differ,
}
"""Each part, as it is told to people, with the test for it."""


def states_as_much(left: ModelName, right: ModelName) -> bool:
    """Whether two names that agree state the same parts, in other spelling at most."""
    return (
        all(getattr(left, part) == getattr(right, part) for part in _EXACT)
        and _as_large(left.size, right.size)
        and _as_large(left.active, right.active)
        and _plainly(left.variants) == _plainly(right.variants)
        and (set(left.words) == set(right.words) or "".join(left.words) == "".join(right.words))
        and _one_source(left, right)
    )


_EXACT = ("version", "quantisation", "format", "date", "context")


def _as_large(left: str, right: str) -> bool:
    """Whether two sizes are one, however written, or neither is told."""
    return left == right or (
        bool(left and right) and "x" not in left + right and (_count(left) == _count(right))
    )


def _plainly(variants: frozenset[str]) -> frozenset[str]:
    """Variants with one word for "it", "chat" and "instruct"."""
    return variants - {"chat"} | {"instruct"} if "chat" in variants else variants


def _one_source(left: ModelName, right: ModelName) -> bool:
    """Whether the organisations may be one: those that re-upload keep the model."""
    uploaders = vocabulary.load("models")["reuploaders"]
    organisations = {left.organisation, right.organisation} - {"", *uploaders}
    return len(organisations) < 2


def describe(name: ModelName) -> str:
    """One line: each part that the name states."""
    parts = []
    for part in PARTS:
        value = getattr(name, part)
        if value:
            told = value if isinstance(value, str) else "+".join(sorted(value))
            parts.append(f"{part} {told}")
    return ", ".join(parts) or "nothing that names a model"
