"""What rows and values are counted in: the vocabulary's units, and those of ``claims.toml``."""

from collections.abc import Mapping, Sequence

from mirage_lint import vocabulary

SCALES = ("ratio", "percent")


class Units:
    """Units by the words that people write for them; a registry's own words come first."""

    def __init__(self, own: Mapping[str, Sequence[str]]) -> None:
        self._words = {**vocabulary.load("units"), **own}
        self._own = own

    def named(self, name: str) -> str | None:
        """The unit that ``name`` spells: "iters" -> "step"; None if it is no known unit."""
        if name in SCALES or not name:
            return name
        for known, words in (*self._own.items(), *self._words.items()):
            if name == known or name in words:
                return str(known)
        return None

    def counted(self, metric: str) -> str:
        """The unit of a metric that is called by it: "Parameters", "n_epochs"; else empty."""
        *before, last = metric.replace("_", " ").lower().split() or [""]
        plain = not before or before in (["n"], ["num"], ["number", "of"])
        return (self.named(last) or "") if plain and last not in SCALES else ""

    def measured(self, metric: str) -> tuple[str, str]:
        """The unit that a metric's name ends in, and the name without it: "compare_s" is "compare"
        in seconds; empty where it ends in none, or in one of things in that time: "tok_s".
        """
        name, _, last = metric.rpartition("_")
        is_unit = last.lower() in vocabulary.load("words")["measures"]
        if not (name and is_unit) or self._is_rate(name.lower().rpartition("_")[2], last.lower()):
            return "", ""
        return self.named(last.lower()) or "", name

    def _is_rate(self, counted: str, unit: str) -> bool:
        """Whether a unit behind what is counted tells in what time: "req_s", "images_s"; a word for
        one of them does not, as "epoch_s" is what an epoch takes.
        """
        things = vocabulary.load("words")["things_in_time"]
        is_several = counted.endswith("s") and bool(self.named(counted))
        return unit in self._words["second"] and (counted in things or is_several)

    def spellings(self, unit: str) -> list[str]:
        """The words for a unit, singular and plural first."""
        words = list(self._words.get(unit, [unit]))
        return words if len(words) > 1 else words * 2

    def all(self) -> list[str]:
        """Every name that a unit may have in ``claims.toml``."""
        return [*self._words, *SCALES]
