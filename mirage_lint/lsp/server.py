"""The server: what the editor says, and what it is told.

What the editor says is taken at once. Checks run one after another in a thread of their own, so
that no answer waits for one that does not need it; a check of a text that is no more is given up.
"""

import asyncio
import gc
import logging
import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from mirage_lint import __version__
from mirage_lint.checking import collect
from mirage_lint.documents import source as sources
from mirage_lint.errors import MirageError
from mirage_lint.lsp import diagnostics as told
from mirage_lint.lsp.pages import Page
from mirage_lint.lsp.positions import Lines
from mirage_lint.lsp.protocol import Protocol
from mirage_lint.lsp.reading import Reading
from mirage_lint.lsp.registries import Registries

DELAY = 0.01
"""Seconds without a change after which a text is checked."""
LOOK_EVERY = 1.0
"""Seconds between looks at the files of the registries."""
_LOOKS = 60
"""Looks after which it is tidied, though nothing is typed."""
_PLACE = re.compile(r"(.+?):(\d+)(?::\d+)?\Z")

log = logging.getLogger("mirage_lint")
Answer = TypeVar("Answer")


class GivenUpError(Exception):
    """The work is for nothing: the text is another by now, or nobody waits for the answer."""


class Server(LanguageServer):
    """All that is open, and the thread that checks it."""

    def __init__(self) -> None:
        super().__init__(
            "mirage-lint",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=Protocol,
        )
        self.pages: dict[str, Page] = {}
        self.folders: dict[str, Path] = {}
        self.hints = False
        self.is_ready = False
        self.generation = 0
        self._worker = ThreadPoolExecutor(1, "mirage-lint")
        self._waiting = 0
        self._ended = Event()
        self.registries = Registries(self._pause)
        self._problems: dict[str, str] = {}
        self._stale = set[str]()
        self._looking: asyncio.Task[None] | None = None

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What is wrong with a message is for the log; nobody can mend it in the editor."""
        log.warning("%s: %s", getattr(source, "__name__", source), error)

    # -- the thread ------------------------------------------------------------------------------

    def _pause(self) -> None:
        if self._ended.is_set():
            raise GivenUpError

    async def work(self, do: Callable[[], Answer]) -> Answer:
        """Do something in the thread; where nobody waits for it any more, it ends soon."""
        ended = Event()

        def run() -> Answer:
            self._ended = ended
            self._pause()
            return do()

        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, run)
        finally:
            self._waiting -= 1
            ended.set()

    def tidy(self) -> None:
        """Collect what checks left, where nothing else is to be done: Python's own times for that
        are those when somebody waits.
        """
        if not self._waiting:
            self._worker.submit(gc.collect)

    def close(self) -> None:
        """End the thread."""
        self._ended.set()
        self._worker.shutdown(wait=False, cancel_futures=True)

    # -- checks ----------------------------------------------------------------------------------

    @property
    def encoding(self) -> str:
        """What the editor counts characters in."""
        return str(self.workspace.position_encoding or "utf-16")

    def look(self, page: Page, delay: float = 0.0) -> None:
        """Check a document soon, and what is under way for it no more."""
        page.close()
        page.hurry.clear()
        page.task = asyncio.ensure_future(self._look(page, delay))

    async def _look(self, page: Page, delay: float) -> None:
        if delay:
            await _either(page.hurry.wait(), delay)
        serial, generation = page.serial, self.generation
        try:
            reading = await self.work(lambda: self._judge(page.path, page.text, serial))
        except GivenUpError:
            return
        except MirageError as error:
            reading = None
            self.problem(error)
        except Exception:
            reading = None
            log.exception("%s could not be checked", page.uri)
            self.say("internal", f"{page.path.name} could not be checked: see the log")
        if page.serial != serial or generation != self.generation:
            return
        page.reading, page.looked = reading, serial
        if reading:
            self._mended(reading)
        if not self._pulls:
            self.publish(page)
        self.tidy()

    def _judge(self, path: Path, text: str, serial: int) -> Reading | None:
        """What is made of a text; None where no registry is there for it."""
        if len(text) > sources.LARGEST:
            raise MirageError(str(path), f"larger than {sources.LARGEST} bytes", "split it")
        target = self.registries.target(path, text)
        if target is None:
            return None
        judged = self.registries.judge(target)
        lines = Lines(judged.checked.source.text, self.encoding, text.startswith("\ufeff"))
        if not gc.get_freeze_count():  # the registry stays, and is not gone through each time
            gc.collect()
            gc.freeze()
        return Reading(judged, self.registries.session.checker(target), lines, serial)

    async def reading(self, uri: str) -> Reading | None:
        """What was made of a document as it is now; None where nothing can be."""
        page = self.pages.get(uri)
        while page and page.looked != page.serial and page.task and not page.task.done():
            page.hurry.set()
            await asyncio.wait({page.task})
            page = self.pages.get(uri)
        return page.reading if page and page.looked == page.serial else None

    def look_again(self) -> None:
        """Check all that is open anew, as the registries changed."""
        self.generation += 1
        self.registries.renew()
        gc.unfreeze()
        for page in self.pages.values():
            page.looked = 0
            self.look(page)
        self.refresh()

    # -- what is told unasked --------------------------------------------------------------------

    @property
    def _pulls(self) -> bool:
        """Whether the editor asks for diagnostics itself."""
        return bool(getattr(self.client_capabilities.text_document, "diagnostic", None))

    def publish(self, page: Page) -> None:
        """Tell what is found in a document; nothing of one of which nothing was ever told."""
        if page.reading is None and not page.is_told:
            return
        page.is_told = True
        found = told.diagnostics(page.reading)
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(page.uri, found, page.version)
        )

    def refresh(self) -> None:
        """Let the editor ask again for what it asked for."""
        workspace = self.client_capabilities.workspace
        if self._pulls and _may_refresh(workspace, "diagnostics"):
            self.workspace_diagnostic_refresh(None, _heard)
        if _may_refresh(workspace, "inlay_hint"):
            self.workspace_inlay_hint_refresh(None, _heard)

    def say(self, about: str, text: str, is_error: bool = True) -> None:
        """Show a message, once until it is another; and keep it in the log."""
        if self._problems.get(about) == text:
            return
        self._problems[about] = text
        log.warning("%s", text)
        kind = types.MessageType.Error if is_error else types.MessageType.Warning
        self.window_show_message(types.ShowMessageParams(kind, f"mirage-lint: {text}"))

    def problem(self, error: MirageError) -> None:
        """Tell of a registry, or settings, that cannot be read: once, and at its place."""
        match = _PLACE.match(error.where)
        path = _whole(match[1] if match else error.where)
        line = int(match[2]) - 1 if match else 0
        self.say(str(path), str(error))
        if path.is_file():
            found = [told.on_line(f"{error.problem}; {error.mend}".removesuffix("; "), line)]
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(path.as_uri(), found)
            )

    def _mended(self, reading: Reading) -> None:
        """A registry that could be read has no problem any more; whether it is stale is told."""
        target = reading.judged.target
        claims = target.claims
        self._problems.pop(str(target.path), None)
        self._problems.pop(str(_whole(target.shown)), None)
        settings = _whole(target.configured.file)
        for path in (claims, claims.with_suffix(".lock"), settings):
            if self._problems.pop(str(path), None) and path.is_file():
                self.text_document_publish_diagnostics(
                    types.PublishDiagnosticsParams(path.as_uri(), [])
                )
        self._tell_stale()

    def _tell_stale(self) -> None:
        found = {one.path: one for one in self.registries.stale()}
        for name in self._stale - found.keys():
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(Path(name).as_uri(), [])
            )
            self._problems.pop(f"{name} stale", None)
        for name, finding in found.items():
            self.say(f"{name} stale", f"{name}: {finding.message}", is_error=False)
            if name not in self._stale:
                shown = told.diagnostic(finding, Lines("", self.encoding))
                self.text_document_publish_diagnostics(
                    types.PublishDiagnosticsParams(Path(name).as_uri(), [shown])
                )
        self._stale = set(found)

    # -- what lies on the disk -------------------------------------------------------------------

    def watch(self) -> None:
        """Look at the files from now on."""
        if self._looking is None:
            self._looking = asyncio.ensure_future(self._watch())

    async def _watch(self) -> None:
        for number in count(1):
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.look_at_files()
            except Exception:
                log.exception("the files of the registries could not be looked at")
            if number % _LOOKS == 0:
                self.tidy()

    async def look_at_files(self) -> None:
        """Heed what changed on the disk."""
        registries = self.registries
        try:
            changed = await self.work(registries.changed)
            differing = await self.work(lambda: list(registries.differing(changed)))
        except GivenUpError:
            return
        for lock in (path for path in changed if path.suffix == ".lock"):
            self._forget(f"{lock.with_suffix('.toml')} ")
        for claims, name in differing:
            text = f"{claims}: {name} changed since the lock was built: run 'mirage-lint build'"
            self.say(f"{claims} {name}", text, is_error=False)
        if any(not registries.is_artifact(path) for path in changed):
            self.look_again()

    def _forget(self, start: str) -> None:
        """Tell again, where it happens again, what was told of what begins so."""
        for about in [about for about in self._problems if about.startswith(start)]:
            del self._problems[about]

    # -- many documents --------------------------------------------------------------------------

    async def all_readings(self, claims: Path) -> list[tuple[str, Reading]]:
        """All documents of the open folders, and all open ones, that are held against a
        registry; one after another, so that checks come in between.
        """
        found: dict[Path, tuple[str, Reading]] = {}
        for page in list(self.pages.values()):
            reading = await self.reading(page.uri)
            if reading and reading.judged.target.claims == claims:
                found[page.path] = page.uri, reading
        folders = {claims.parent.absolute()} if not self.folders else set(self.folders.values())
        for folder in sorted(folders):
            for path in await self.work(partial(_documents, folder)):
                if path not in found:
                    reading = await self.work(partial(self._on_disk, path, claims))
                    if reading:
                        found[path] = path.as_uri(), reading
        return [found[path] for path in sorted(found)]

    def _on_disk(self, path: Path, claims: Path) -> Reading | None:
        try:
            reading = self._judge(path, sources.load(path, str(path)).text, 0)
        except MirageError:
            return None
        return reading if reading and reading.judged.target.claims == claims else None


def _whole(path: str | Path) -> Path:
    """A path as clients name it: from the root, without steps up."""
    return Path(os.path.abspath(path))


def _documents(folder: Path) -> list[Path]:
    """The documents of a folder; none where it cannot be read."""
    named = SimpleNamespace(paths=[str(folder)], claims=None, stdin_filename=None)
    try:
        return [path for path, _, _ in collect.documents(named)]
    except MirageError:
        return []


async def _either(wait: Any, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(wait, seconds)


def _may_refresh(workspace: object, name: str) -> bool:
    """Whether the editor can be told to ask again."""
    return bool(getattr(getattr(workspace, name, None), "refresh_support", None))


def _heard(_: object) -> None:
    """The editor's answer, of which nothing is to be made."""
