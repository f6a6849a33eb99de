"""Which files a registry rests on, and where others of them may come to lie."""

from collections.abc import Iterator
from pathlib import Path

from mirage_lint.registry.reach import Reach
from mirage_lint.watching.stamps import Stamp, stamp

_ANY = "*"


class Reached(Reach):
    """A reach that keeps a stamp of each file from before it is read, be it there or not."""

    def __init__(self, root: Path, *, is_trusted: bool) -> None:
        super().__init__(root, is_trusted=is_trusted)
        self.stamps: dict[Path, Stamp] = {}

    def place(self, path: str) -> Path:
        """As of any reach."""
        place = super().place(path)
        self.note(place)
        return place

    def note(self, place: Path) -> None:
        """Keep the stamp of a file."""
        if place not in self.stamps:
            self.stamps[place] = stamp(place)

    def around(self) -> Iterator[Path]:
        """The folders of all that was looked for; some may be absent."""
        yield from (place.parent for place in self.stamps)
        for question in self.seen:
            yield from self._of_pattern(question.partition(" ")[2])

    def _of_pattern(self, pattern: str) -> Iterator[Path]:
        """The folders in which a file may come to match a pattern."""
        head = pattern.partition(_ANY)[0]
        fixed = head[: head.rfind("/") + 1]
        base = super().place(fixed)
        yield base
        open_parts = pattern.removeprefix(fixed).split("/")[:-1]
        for end in range(1, len(open_parts) + 1):
            yield from (one for one in base.glob("/".join(open_parts[:end])) if one.is_dir())
