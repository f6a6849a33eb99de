"""Models that code or configuration gives a role: ``DEFAULT_MODEL = "…"``, ``judge_model: …``."""

from collections.abc import Iterable, Iterator

from mirage_lint.artifacts import values
from mirage_lint.artifacts.content import Content
from mirage_lint.core import words
from mirage_lint.drafting import listing, naming
from mirage_lint.drafting.found import Role
from mirage_lint.drafting.rows import is_model

_MODEL = "model"
_ENDS = ({_MODEL}, {_MODEL, "name"}, {_MODEL, "id"})
_MOST_WORDS = 4


def of(path: str, content: Content) -> Iterator[Role]:
    """The roles that a script, or the top of a configuration, gives to models."""
    for datum in content.data:
        if "." not in datum.pointer:
            yield from _role(path, datum.pointer, datum.pointer, datum.value)
    top = content.root if isinstance(content.root, dict) else {}
    for key, value in top.items():
        yield from _role(path, values.pointer(key), key, value)


def _role(path: str, pointer: str, name: str, value: object) -> Iterator[Role]:
    """The role that a name tells, or for ``model`` alone that of its file: ``defaults.toml``."""
    if not isinstance(value, str) or not is_model(value):
        return
    told = words.split(name)
    before = [word for word in told if word not in ("name", "id")][:-1]
    if set(told[len(before) :]) not in _ENDS:
        return
    of_file = [word.removesuffix("s") for word in words.split(naming.stem(path))]
    role = before or [word for word in of_file if word in listing.words("role_words")][:1]
    if listing.words("role_words").intersection(role) and len(role) < _MOST_WORDS:
        yield Role(" ".join((*role, _MODEL)), path, pointer, value)


def settled(found: Iterable[Role]) -> tuple[list[Role], list[tuple[str, str]]]:
    """One place for each role, the nearest to the root; those that are given to several models are
    left out, with the reason.
    """
    roles: dict[str, list[Role]] = {}
    for role in found:
        roles.setdefault(role.metric, []).append(role)
    kept, left_out = [], []
    for metric, places in sorted(roles.items()):
        first = min(places, key=lambda one: (one.path.count("/"), one))
        if len({one.model for one in places}) == 1:
            kept.append(first)
        else:
            left_out += [(one.path, f"one of several that set a {metric}") for one in places]
    return kept, left_out
