"""A rule's docstring, which is its manual page, in its parts."""

from inspect import getdoc
from types import ModuleType
from typing import NamedTuple

_LABELS = ("Why it is bad:", "Bad:", "Good:")


class Manual(NamedTuple):
    """What a rule finds, why that is bad, a bad and a good example, each without its label."""

    title: str
    what: str
    why: str
    bad: str
    good: str
    text: str
    """The page as it was written."""

    @property
    def markdown(self) -> str:
        """The page in Markdown."""
        return "\n\n".join(
            (
                f"# {self.title}",
                self.what,
                f"**Why it is bad:** {self.why}",
                f"**Bad:** {self.bad}",
                f"**Good:** {self.good}",
            )
        )


def manual(rule: ModuleType) -> Manual:
    """The parts of a rule's docstring; ValueError where one is absent or out of order."""
    text = getdoc(rule) or ""
    title, what, *parts = text.split("\n\n")
    if len(parts) != len(_LABELS) or not all(map(str.startswith, parts, _LABELS)):
        raise ValueError(f"{rule.__name__}: title, what, {', '.join(_LABELS)}, in this order")
    why, bad, good = (
        part.removeprefix(label).strip() for part, label in zip(parts, _LABELS, strict=True)
    )
    return Manual(title, what, why, bad, good, text)
