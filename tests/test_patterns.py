"""Every regular expression of the package is fed its worst: what it is made of, many times over.

None may take time that grows faster than the text. How long it takes is not asserted: a proof
pattern ends in a hundredth of the time after which it is stopped, any other needs many times it.
"""

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest
import regex

import mirage_lint

LENGTH = 40_000
SECONDS = 1.0
"""Of the processor, in user mode: what else runs takes none of them."""

BOUNDED = {
    "artifacts.values._NUMBER": 100,
    "binding.others._OF": 40,
    "binding.quantities._TO": 1000,
    "claims.labels._NUMERAL_BEFORE": 24,
    "claims.labels._SIDE_BEFORE": 24,
    "claims.labels._WORD_BEFORE": 24,
    "claims.quantities._ASSIGNMENT": 60,
    "core.modelname._token": 200,
    "documents.tags._last_word": 300,
}
"""Patterns whose callers cut the text to so many characters."""


BUILT = {
    *("documents.containers.matching", "registry.records._pairs", "artifacts.shell_source._ends"),
    *("fixing.models._version", "mutation.names._version", "mutation.nouns._noun"),
    *("commands.facts._is_called", "fixing.words._replaced", "lsp.values._by_name"),
}
"""Functions that compile what they are given, or make a pattern of escaped names."""

CHARACTERS = "a1A \n.-_/,:=\"'(<[e%x\u00e9\u2013#"
"""Characters that classes of characters tell apart."""

SIGNS = {"LITERAL", "RANGE"}


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(mirage_lint.__path__, "mirage_lint."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def calls(tree: ast.AST, function: Any = None) -> Iterator[tuple[Any, Any]]:
    """Each first argument of a call that takes a pattern, and the function that it stands in."""
    for node in ast.iter_child_nodes(tree):
        inner = node if isinstance(node, ast.FunctionDef) else function
        if isinstance(node, ast.Call) and takes_pattern(node.func):
            yield node.args[0], inner
        yield from calls(node, inner)


def takes_pattern(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.value.id in ("re", "regex") and function.attr != "escape"
    return isinstance(function, ast.Name) and function.id == "matching"


def in_module(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The name of each pattern of a module, and the pattern; None where it cannot be told."""
    yield from ((name, one) for name, one in vars(module).items() if is_pattern(one))
    for argument, function in calls(ast.parse(Path(module.__file__ or "").read_text("utf-8"))):
        if function is None:
            continue  # a constant of the module
        if not function.args.args:
            yield function.name, getattr(module, function.name)()
            continue
        branches = [argument]
        if isinstance(argument, ast.IfExp):
            branches = [argument.body, argument.orelse]
        for one in branches:
            if isinstance(one, ast.Constant):
                yield str(one.value), re.compile(one.value)
            else:
                name = getattr(one, "id", "")
                found = vars(module).get(name)
                yield (name, re.compile(found)) if found else (function.name, None)


def is_pattern(value: object) -> bool:
    return isinstance(value, re.Pattern | regex.Pattern)


FOUND = {
    f"{module.__name__.removeprefix('mirage_lint.')}.{name}": found
    for module in modules()
    for name, found in in_module(module)
}
PATTERNS = {name: found for name, found in FOUND.items() if found}
SOURCES = {
    module.__name__.removeprefix("mirage_lint."): Path(module.__file__ or "").read_text("utf-8")
    for module in modules()
}


def ways(name: str) -> set[str]:
    """The methods by which the package uses a pattern."""
    module, _, own = name.rpartition(".")
    source = SOURCES.get(module, "") if own.startswith("_") else "".join(SOURCES.values())
    own = re.escape(own)
    source = re.sub(rf"matching\({own}", f"{own}.match(", source)
    used = re.findall(rf"\b{own}(?:\(.*?\)|\))?\.(\w+)\(|re\.(?!compile)(\w+)\({own}\b", source)
    return {way for pair in used for way in pair if way} & set(FEED) or set(FEED)


def find(pattern: Any, text: Any) -> None:
    for _ in pattern.finditer(text):
        pass


def match(pattern: Any, text: Any) -> None:
    pattern.match(text)


def fullmatch(pattern: Any, text: Any) -> None:
    pattern.fullmatch(text)


FEED = dict.fromkeys(("search", "finditer", "findall", "sub", "split"), find)
FEED |= {"match": match, "fullmatch": fullmatch}


def test_every_pattern_is_known() -> None:
    assert {name for name, found in FOUND.items() if not found} == BUILT
    assert len(PATTERNS) > 100
    assert set(BOUNDED) <= set(PATTERNS)


@pytest.mark.parametrize("bad", [r"\w*x", r"(?:a|\w)*x", r"\s+,"])
def test_a_pattern_that_blows_up_is_found(bad: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="takes too long"):
        try_out("bad", re.compile(bad), LENGTH, {find})


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_blows_up(name: str) -> None:
    feeds = {FEED[way] for way in ways(name)}
    try_out(name, PATTERNS[name], BOUNDED.get(name, LENGTH), feeds)


def try_out(name: str, pattern: Any, length: int, feeds: set[Callable[..., None]]) -> None:
    for unit in worst(pattern):
        for end in "\0a":
            text: Any = (unit * (length // len(unit) + 1))[:length] + end
            if isinstance(pattern.pattern, bytes):
                text = text.encode()
            for feed in feeds:
                within(SECONDS, partial(feed, pattern, text), f"{name} is fed {unit!r}")


def within(seconds: float, work: Callable[[], None], told: str) -> None:
    def stop(*_: object) -> None:
        pytest.fail(f"{told}: it takes too long")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def worst(pattern: Any) -> list[str]:
    """Each stretch of up to three characters of what it matches, and all of it but an end."""
    text = pattern.pattern
    if isinstance(text, bytes):
        text = text.decode()
    text = text.replace(r"\p{L}", "a").replace(r"\p{M}", "\u0301")  # as `re` knows no more
    units = dict.fromkeys(CHARACTERS[:4])
    for variant in range(8):
        sample = "".join(samples(_parser.parse(text, pattern.flags & re.VERBOSE), variant))
        stretches = (sample[at : at + width] for width in (1, 2, 3) for at in range(len(sample)))
        units |= dict.fromkeys((*stretches, sample, sample[:-1]))
    return [unit for unit in units if unit]


def samples(parsed: Any, variant: int) -> Iterator[str]:
    """What a parsed pattern matches: of branches and of classes the one that ``variant`` picks."""
    for kind, value in parsed:
        told = str(kind)
        if told == "LITERAL":
            yield chr(value)
        elif told in ("IN", "NOT_LITERAL", "ANY"):
            yield one_of(parsed, kind, value, variant)
        elif told == "BRANCH":
            yield from samples(value[1][variant % len(value[1])], variant)
        elif told == "SUBPATTERN":
            yield from samples(value[-1], variant)
        elif told == "ATOMIC_GROUP":
            yield from samples(value, variant)
        elif "REPEAT" in told:
            times = max(value[0], min(value[1], 1 + variant % 2))
            for _ in range(min(times, 70)):
                yield from samples(value[2], variant)


def one_of(parsed: Any, kind: Any, value: Any, variant: int) -> str:
    """A character that a class takes."""
    single = _compiler.compile(_parser.SubPattern(parsed.state, [(kind, value)]))
    told = value if str(kind) == "IN" else ()
    signs = [chr(one if isinstance(one, int) else one[0]) for of, one in told if str(of) in SIGNS]
    taken = [sign for sign in (*CHARACTERS, *signs) if single.match(sign)]
    return taken[variant % len(taken)] if taken else ""
