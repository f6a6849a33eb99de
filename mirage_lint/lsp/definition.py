"""From a number to where its value is written, and to what brings it into the registry."""

from pathlib import Path

from lsprotocol import types

from mirage_lint.core.facts import Fact
from mirage_lint.lsp import entries, values
from mirage_lint.lsp.comments import fact_at
from mirage_lint.lsp.positions import Lines
from mirage_lint.lsp.reading import Reading
from mirage_lint.registry.home import CLAIMS

_MOST = 20


def facts_of(reading: Reading, position: types.Position) -> list[Fact]:
    """The facts that stand at a position: a claim's, or those that a comment names."""
    offset = reading.lines.offset(position)
    if named := fact_at(reading, offset):
        return [named[1]]
    found = reading.at(offset)
    return list(found[1].facts) if found else []


def definition(reading: Reading, position: types.Position) -> list[types.Location]:
    """Where the values are written: in the artifact, or else in claims.toml."""
    claims = reading.judged.target.claims
    found = []
    for fact in facts_of(reading, position)[:_MOST]:
        source = fact.source
        place = None if source.artifact == CLAIMS else values.find(source, reading.checker.root)
        if place:
            found.append(_value(place, reading.lines))
        else:
            found.append(_entry(fact, claims))
    return _once(found) or _artifacts(reading, position)


def declaration(reading: Reading, position: types.Position) -> list[types.Location]:
    """The entries of claims.toml that bring the facts."""
    claims = reading.judged.target.claims
    return _once([_entry(one, claims) for one in facts_of(reading, position)[:_MOST]])


def _artifacts(reading: Reading, position: types.Position) -> list[types.Location]:
    """The artifacts that a path or a checksum tells."""
    found = reading.at(reading.lines.offset(position))
    artifacts = found[1].artifacts if found else ()
    paths = (reading.checker.root / one.path.partition("::")[0] for one in artifacts[:_MOST])
    return _once([_location(path, 0) for path in paths if path.is_file()])


def _entry(fact: Fact, claims: Path) -> types.Location:
    try:
        text = claims.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        text = ""
    return _location(claims, entries.line_of(fact, text))


def _value(place: values.Place, lines: Lines) -> types.Location:
    start = lines.units(place.before)
    return _location(place.path, place.line, start, start + lines.units(place.rest))


def _location(path: Path, line: int, start: int = 0, end: int = 0) -> types.Location:
    places = types.Position(line, start), types.Position(line, end)
    return types.Location(path.absolute().as_uri(), types.Range(*places))


def _once(found: list[types.Location]) -> list[types.Location]:
    return list({(one.uri, one.range.start.line): one for one in reversed(found)}.values())[::-1]
