"""What was looked at, counted."""

from __future__ import annotations

from mirage_lint.core.record import NamedTuple
from mirage_lint.rules.wording import counted


class Summary(NamedTuple):
    """Counts of one check: documents, and claims by status; ``untold`` are findings that were not
    told, by why.
    """

    documents: int
    verified: int
    contradicted: int
    ambiguous: int
    unbound: int
    untold: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        claims = self.verified + self.contradicted + self.ambiguous + self.unbound
        parts = [f"{self.verified} verified", f"{self.contradicted} contradicted"]
        parts += [f"{self.ambiguous} ambiguous"] if self.ambiguous else []
        parts.append(f"{self.unbound} not judged")
        looked_at = f"{counted(self.documents, 'document')}, {counted(claims, 'claim')}"
        not_told = ", ".join(f"{number} {why}" for why, number in self.untold)
        return f"{looked_at}: {', '.join(parts)}" + (f". Not told: {not_told}" if not_told else "")
