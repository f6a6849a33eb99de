"""Which documents are the same page in several languages, by their paths."""

import re
from functools import cache

from mirage_lint import vocabulary

_TAIL = re.compile(r"[._-]")
_VERSION = re.compile(r"(?:version|release|v)?[._-]?\d+(?:[._]\d+)*(?:[._]x)?")
_VERSIONED = re.compile(r"versioned[_-]docs|(?:.*\W)?(?:19|20)\d\d(?:\W.*)?")
_WORDS = re.compile(r"[^\W_\d]+")


def page(path: str) -> str:
    """A document's path without what names its language: "docs/zh_CN/a.md" and "docs/en/a.md" are
    "docs/a.md", "README.md" and "README_ja.md" are "readme.md".

    A folder in capitals is no more than a sign: "docs/ZH" and "docs/EN" are of two languages, but
    "docs/ES" beside "docs" may be of anything.
    """
    *folders, name = path.split("/")
    stem, dot, ending = name.lower().rpartition(".")
    kept = ["*" if one.isupper() else "" for one in folders if _is_language(one.lower())]
    kept += [one.lower() for one in folders if not _is_language(one.lower())]
    return "/".join([*filter(None, kept), _bare(stem) + dot + ending])


def are_siblings(page: str, other: str) -> bool:
    """Whether two pages are of one name in folders that differ in one place, as reports of two runs
    do: "runs/a/summary.md" and "runs/b/summary.md".
    """
    parts, others = page.split("/"), other.split("/")
    is_alike = len(parts) == len(others) and parts[-1] == others[-1]
    return is_alike and sum(one != two for one, two in zip(parts, others, strict=True)) == 1


def is_versioned(path: str) -> bool:
    """Whether a folder on the way names a version, a year or the past, of which its pages tell."""
    folders = path.lower().split("/")[:-1]
    past = set(vocabulary.load("words")["past_folders"])
    return any(
        _VERSION.fullmatch(one) or _VERSIONED.fullmatch(one) or past & set(_WORDS.findall(one))
        for one in folders
    )


def _bare(stem: str) -> str:
    """A file's name without a language at its end."""
    for sign in _TAIL.finditer(stem):
        if sign.start() and _is_language(stem[sign.end() :]):
            return stem[: sign.start()]
    return stem


def _is_language(name: str) -> bool:
    return name.replace("-", "_") in _languages()


@cache
def _languages() -> frozenset[str]:
    return frozenset(vocabulary.load("languages"))
