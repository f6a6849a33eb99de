"""What was looked at, counted."""

from typing import NamedTuple


class Summary(NamedTuple):
    """Counts of one check: documents, and claims by status."""

    documents: int
    verified: int
    contradicted: int
    ambiguous: int
    unbound: int

    def __str__(self) -> str:
        claims = self.verified + self.contradicted + self.ambiguous + self.unbound
        parts = [f"{self.verified} verified", f"{self.contradicted} contradicted"]
        parts += [f"{self.ambiguous} ambiguous"] if self.ambiguous else []
        parts.append(f"{self.unbound} not judged")
        return f"{_count(self.documents, 'document')}, {_count(claims, 'claim')}: " + ", ".join(
            parts
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
