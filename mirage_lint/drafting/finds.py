"""What the files of a repository hold that a registry could tell, each judged by itself."""

from collections.abc import Iterator
from pathlib import Path

from mirage_lint import artifacts
from mirage_lint.artifacts import files
from mirage_lint.artifacts.content import Content, Reader
from mirage_lint.artifacts.readers import model_card
from mirage_lint.core import words
from mirage_lint.core.facts import METADATA, NARRATIVE, SCRIPT
from mirage_lint.drafting import heads, keys, listing, logs, roles, rows, stores, told_of
from mirage_lint.drafting.found import Finds, Role, Table, Told
from mirage_lint.drafting.keys import Shape
from mirage_lint.errors import MirageError, MissingExtraError
from mirage_lint.registry import paths

MAX_OPENED = 20_000
"""Files that are opened to see what they are, those near the root first."""
MAX_SIZE = 16 * 2**20
"""Bytes of the largest file that is read for a draft."""
MAX_READ = 256 * 2**20
"""Bytes that are read for a draft in all."""

_HEAD = 2**16
MAX_ARCHIVE = 64 * 2**20
"""Bytes of the largest archive that is looked into."""
_MOST_MEMBERS = 30
"""Members of one archive that may be artifacts: each is looked for from its start."""
_MOST_LONE = 60
"""Numbers of one object that are taken for its results; more are settings, or data."""
_RECORDED = (
    ({"metric", "step", "value"}, "what was logged in the course of a run"),
    ({"kind", "path"}, "files that went into a run and came out"),
)
"""Columns of rows that tell what happened rather than what came of it, and what they are."""

_RESULT_COLUMNS = ("dataset", "config", "split", "task", "model")
"""What tells a card's results apart."""


def find(root: Path) -> Finds:
    """Look through the files of ``root``, and read those that may be artifacts."""
    whole = listing.listed(root)
    search = _Search(root, told_of.files(root, whole.paths))
    for path in whole.paths[:MAX_OPENED]:
        search.look(path)
    is_whole = whole.is_whole and len(whole.paths) <= MAX_OPENED and search.budget > 0
    return Finds(
        tuple(sorted((*search.told, *search.runs()))),
        tuple(sorted(search.scripts)),
        tuple(sorted(search.tables, key=lambda table: (table.path, table.expression))),
        tuple(sorted(search.roles)),
        tuple(sorted(search.left_out)),
        is_whole,
        frozenset(search.broken),
    )


class _Search:
    def __init__(self, root: Path, named: frozenset[str]) -> None:
        self._root, self._named = root, named
        self.budget = MAX_READ
        self.told: list[Told] = []
        self.scripts: list[Told] = []
        self.tables: list[Table] = []
        self.roles: list[Role] = []
        self.left_out: list[tuple[str, str]] = []
        self.broken: list[str] = []
        self._stores = stores.Stores(root)

    def look(self, path: str) -> None:
        """Judge one file; what it is, or why it is left out, is kept."""
        if paths.is_archive(path):
            self._open(path)
            return
        size, head = listing.start(self._root / path, _HEAD)
        reader = next((one for one in artifacts.READERS if one.matches(path, head)), None)
        if not size or reader is None or (reader.TIER == NARRATIVE and reader is not model_card):
            return
        is_large = size > min(MAX_SIZE, self.budget)
        if is_large and reader not in artifacts.HEAD_READERS:
            if reader.TIER == METADATA:
                self.left_out.append((path, f"larger than {MAX_SIZE // 2**20} MB: raw data"))
            return
        self.budget -= 0 if is_large else size
        try:
            self._judge(path, reader, self._content(path, reader, is_large))
        except MirageError as error:
            self._refuse(path, error, reader.TIER)

    def _content(self, path: str, reader: Reader, is_large: bool) -> Content:
        if is_large:
            return heads.read(self._root / path, reader, path)
        stored = files.load(path, self._root)
        return artifacts.read(stored).content if stored else Content()

    def runs(self) -> Iterator[Told]:
        """The runs of stores whose files were looked at."""
        return self._stores.told()

    def _open(self, path: str) -> None:
        """Judge the members of an archive that are of formats which tell facts by themselves."""
        size, _ = listing.start(self._root / path, _HEAD)
        if not 0 < size <= min(MAX_ARCHIVE, self.budget):
            return
        self.budget -= size
        try:
            named = files.members(path, self._root)
            wanted = sorted(one for one in named if _may_tell(one))
            for member in wanted if len(wanted) <= _MOST_MEMBERS else ():
                self._take_member(member)
        except MirageError as error:
            self.left_out.append((path, error.problem))

    def _take_member(self, path: str) -> None:
        stored = files.load(path, self._root)
        if stored is None:
            return
        head = stored.data[:_HEAD]
        plain = path.replace("::", "/")
        reader = next((one for one in artifacts.READERS if one.matches(plain, head)), None)
        if reader is not None and reader.TIER == METADATA and not _is_general(plain, reader):
            content = artifacts.read(stored).content
            if content.told:
                self._judge(path, reader, content)

    def _refuse(self, path: str, error: MirageError, tier: int) -> None:
        self.broken.append(path)
        if tier == METADATA or isinstance(error, MissingExtraError):
            self.left_out.append((path, error.problem))

    def _judge(self, path: str, reader: Reader, content: Content) -> None:
        if reader in stores.READERS:
            self._stores.take(path, content)
            return
        name = reader.NAME
        if not content.told or reader.TIER == SCRIPT:
            self.roles += roles.of(path, content)
        logged = _logs(path, name, content)
        short = tuple(one for one in logged if len(one.records) <= logs.MAX_LOGGED)
        told = Told.of(path, name, content.told, short)
        if content.told and len(short) < len(logged):
            count = max(len(one.records) for one in logged)
            told_of = f"{count:,} steps that were logged: name what documents tell of them"
            self.left_out.append((path, told_of))
        if reader.TIER == SCRIPT:
            self.scripts += [told] if content.told else []
        elif reader is model_card:
            self._take_results(path, content)
        elif content.told:
            self.told.append(told)
        elif not (_is_general(path, reader) and _is_setup(path)) or self._is_manifest(path):
            self._take_rows(path, reader, content)

    def _is_manifest(self, path: str) -> bool:
        """Whether what would be a list of files is one that documents tell of."""
        own = set(words.split(path)) & listing.words("setup_words")
        return own <= listing.words("manifest_words") and self._is_named(path)

    def _is_named(self, path: str) -> bool:
        return path.rpartition("/")[2].lower() in self._named

    def _take_results(self, path: str, content: Content) -> None:
        """The results of a card's front matter; its base model is told by stronger sources."""
        found = tuple(content.records)
        if found and {keys.METRIC, keys.VALUE} <= found[0].keys():
            shape = keys.long_shape(found, _RESULT_COLUMNS)
            self.tables += [Table(path, model_card.NAME, "", found, shape)] if shape else []
            if shape is None:
                self.left_out.append((path, "results that no names tell apart"))

    def _take_rows(self, path: str, reader: Reader, content: Content) -> None:
        is_known = not _is_general(path, reader)
        if is_known and not any(True for _ in content.records):
            return  # what it would tell, it tells by itself
        found, number = rows.sets(content)
        for columns, what in _RECORDED:
            if any(columns.issubset(one.records[0]) for one in found):
                self.left_out.append((path, f"{what}: name what documents tell of it"))
                return
        told_before = len(self.left_out)
        if number > len(found):
            told = f"{number:,} sets of rows: name those that documents tell of"
            self.left_out.append((f"{path}, rows within", told))
        short = [one for one in found if len(one.records) <= rows.MAX_ROWS]
        tables = [self._table(path, reader, one) for one in short]
        self.tables += tables
        if not any(table.shape for table in tables) and len(self.left_out) == told_before:
            self.left_out += _untold(path, content, found)

    def _table(self, path: str, reader: Reader, one: rows.Rows) -> Table:
        is_known = not _is_general(path, reader)
        shape = _shape(path, one, is_known, self._is_named(path))
        if shape and not is_known and not shape.keys and len(shape.metrics) > _MOST_LONE:
            told = f"{len(shape.metrics)} numbers of one object: settings, or data"
            self.left_out.append((f"{path}, rows = '{one.expression}'", told))
            shape = None
        return Table(
            path, reader.NAME, one.expression, one.records, shape, one.key, is_known, one.shared
        )


def _may_tell(member: str) -> bool:
    endings = (".json", ".bin", ".yaml", ".yml")
    return listing.is_wanted(member.replace("::", "/")) and member.lower().endswith(endings)


def _shape(path: str, found: rows.Rows, is_known: bool, is_named: bool) -> Shape | None:
    """The shape of rows; a format that ``is_known`` has results in its rows, each told by its first
    column. One object may be anything, a set-up or a list of versions, unless its place, its own
    names or a document say that it is not.
    """
    if is_known:
        return keys.shape(found.records, next(iter(found.records[0]), ""), is_known=True)
    if not _tells_results(path):
        is_lone = len(found.records) == 1 and not (is_named or rows.measures(found.records[0]))
        if is_lone or _is_data(path):
            return None
    if not found.key and (named := keys.named_shape(found.records)):
        return named
    return keys.shape(found.records, found.key)


def _logs(path: str, name: str, content: Content) -> tuple[Table, ...]:
    """Logs that a format does not tell as rows by itself."""
    own = tuple(content.records)
    found = []
    for one in logs.series(content.root):
        is_told = all(any(row.items() <= record.items() for record in own) for row in one.records)
        shape = None if is_told else keys.log_shape(one.records, one.key)
        found += [Table(path, name, one.expression, one.records, shape)] if shape else []
    return tuple(found)


def _is_general(path: str, reader: Reader) -> bool:
    """Whether the format is one that may hold anything: it takes files by their ending."""
    return reader.matches("x." + path.rpartition(".")[2], b"")


def _is_setup(path: str) -> bool:
    return bool(set(words.split(path)) & listing.words("setup_words"))


def _tells_results(path: str) -> bool:
    """Whether a file's name, or that of its folder, says that results are in it."""
    near = "/".join(path.split("/")[-2:])
    return bool(set(words.split(near)) & listing.words("result_words"))


def _is_data(path: str) -> bool:
    return bool(set(words.split(path)) & listing.words("data_words"))


def _untold(path: str, content: Content, found: list[rows.Rows]) -> Iterator[tuple[str, str]]:
    """Why nothing of an artifact is drafted, where it has rows, or should have results."""
    count = max((len(one.records) for one in found), default=0)
    if count > 1:
        told = f"more than {rows.MAX_ROWS:,}" if count > rows.MAX_ROWS else f"{count:,}"
        yield path, f"{told} rows that no names tell apart: raw data"
    elif _tells_results(path) and (found or rows.holds_numbers(content.root)):
        yield path, "numbers that are no rows of results: settings, or data"
