"""What the server does for each message of the protocol."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from lsprotocol import types

from mirage_lint.core.facts import Fact
from mirage_lint.lsp import actions, completion, definition, diagnostics, entries, hover
from mirage_lint.lsp import references as places
from mirage_lint.lsp import symbols as outline
from mirage_lint.lsp.pages import Page, path_of
from mirage_lint.lsp.reading import Reading
from mirage_lint.lsp.server import DELAY, Server
from mirage_lint.registry.home import CLAIMS
from mirage_lint.settings.find import NAMES, PROJECT

# -- from first to last ----------------------------------------------------------------------------


def initialize(ls: Server, params: types.InitializeParams) -> None:
    """The editor introduces itself."""
    folders = params.workspace_folders or []
    root = [types.WorkspaceFolder(params.root_uri, "")] if params.root_uri else []
    _add_folders(ls, folders or root)
    ls.hints = _wants_hints(params.initialization_options)
    ls.is_ready = True


def initialized(ls: Server, params: types.InitializedParams) -> None:
    """The editor is ready: files are watched from now on."""
    ls.watch()
    workspace = ls.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched and watched.dynamic_registration:
        names = ",".join((CLAIMS, "*.lock", *NAMES, PROJECT, "*.csv", "*.json", "*.yaml"))
        options = types.DidChangeWatchedFilesRegistrationOptions(
            [types.FileSystemWatcher(f"**/{{{names}}}")]
        )
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = types.Registration("files", method, options)
        ls.client_register_capability(types.RegistrationParams([registration]))


def shutdown(ls: Server, params: None) -> None:
    """No work is begun any more."""
    ls.close()


def folders_changed(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Folders were added or removed."""
    for one in params.event.removed:
        ls.folders.pop(one.uri, None)
    _add_folders(ls, params.event.added)


def configured(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    """The editor's settings changed."""
    settings = params.settings
    own = settings.get("mirage-lint", settings) if isinstance(settings, dict) else None
    if isinstance(own, dict) and "inlayHints" in own:  # of what it does not tell, nothing changes
        ls.hints = _wants_hints(own)
        ls.refresh()


async def files_changed(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """The editor saw files change."""
    await ls.look_at_files()


def _add_folders(ls: Server, folders: Iterable[types.WorkspaceFolder]) -> None:
    for one in folders:
        if path := path_of(one.uri):
            ls.folders[one.uri] = path


def _wants_hints(options: Any) -> bool:
    return isinstance(options, dict) and options.get("inlayHints") is True


# -- documents -------------------------------------------------------------------------------------


def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """A document was opened."""
    document = params.text_document
    path = path_of(document.uri)
    if path and ls.is_ready:
        if known := ls.pages.get(document.uri):
            known.close()
        page = Page(document.uri, path, document.text, document.version)
        ls.pages[document.uri] = page
        ls.look(page)


def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Something was typed."""
    if page := ls.pages.get(params.text_document.uri):
        page.change(params.content_changes, params.text_document.version, ls.encoding)
        ls.look(page, DELAY)


async def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """A document was saved: it may be a registry's file."""
    if page := ls.pages.get(params.text_document.uri):
        ls.look(page)
    await ls.look_at_files()


def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """A document was closed: nothing is told of it any more."""
    if page := ls.pages.pop(params.text_document.uri, None):
        page.close()
        if page.is_told:
            page.reading = None
            ls.publish(page)


# -- what the editor asks --------------------------------------------------------------------------


async def pulled(
    ls: Server, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    """The findings of a document, where they are others than those known."""
    reading = await ls.reading(params.text_document.uri)
    name = f"{ls.generation}.{reading.serial}" if reading else None
    if name and name == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=name)
    found = diagnostics.diagnostics(reading)
    return types.RelatedFullDocumentDiagnosticReport(items=found, result_id=name)


async def hovered(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """What a number was read as."""
    reading = await ls.reading(params.text_document.uri)
    shown = getattr(ls.client_capabilities.text_document, "hover", None)
    formats = getattr(shown, "content_format", None) or ()
    markdown = types.MarkupKind.Markdown in formats
    return hover.hover(reading, params.position, markdown) if reading else None


async def defined(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
    """Where a value is written."""
    reading = await ls.reading(params.text_document.uri)
    if reading is None:
        return []
    return await ls.work(lambda: definition.definition(reading, params.position))


async def declared(ls: Server, params: types.DeclarationParams) -> list[types.Location]:
    """What brings a value into the registry."""
    reading = await ls.reading(params.text_document.uri)
    if reading is None:
        return []
    return await ls.work(lambda: definition.declaration(reading, params.position))


async def referred(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
    """All places that tell a fact: the one of a claim, or those of an entry of claims.toml."""
    uri, position = params.text_document.uri, params.position
    page = ls.pages.get(uri)
    reading = await ls.reading(uri)
    if page is None:
        return []
    if reading:
        claims = reading.judged.target.claims
        facts = definition.facts_of(reading, position)
        return _told(facts, await ls.all_readings(claims)) if facts else []
    readings = await ls.all_readings(page.path) if page.path.suffix == ".toml" else []
    known = readings[0][1].index.registry if readings else None
    facts = entries.facts_at(page.text, position.line, known) if known else []
    return _told(facts, readings)


def _told(facts: list[Fact], readings: Iterable[tuple[str, Reading]]) -> list[types.Location]:
    return [one for uri, each in readings for one in places.references(each, facts, uri)]


async def fixes(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What may be done about what stands somewhere."""
    uri = params.text_document.uri
    reading = await ls.reading(uri)
    if reading is None:
        return []
    session, lines, only = ls.registries.session, reading.lines, params.context.only
    start, end = lines.offset(params.range.start), lines.offset(params.range.end)
    found = []
    if _wanted(types.CodeActionKind.QuickFix, only):
        some = await ls.work(lambda: actions.quick_fixes(reading, session, start, end))
        kind = types.CodeActionKind.QuickFix
        found = [actions.as_code_action(one, reading, uri, kind) for one in some]
    if only and _wanted(actions.FIX_ALL, only):
        whole = await ls.work(lambda: actions.fix_all(reading, session))
        found += [actions.as_code_action(whole, reading, uri, actions.FIX_ALL)] if whole else []
    return found


def _wanted(kind: str, only: Iterable[str] | None) -> bool:
    """Whether an editor that asks for some kinds of actions asks for this one."""
    asked = None if only is None else [_kind(one) for one in only]
    return asked is None or any(not one or f"{_kind(kind)}.".startswith(f"{one}.") for one in asked)


def _kind(kind: str) -> str:
    # An enum's member is a string, but is not formatted as what it says.
    return str(kind.value) if isinstance(kind, Enum) else kind


async def completed(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    """What may be written."""
    reading = await ls.reading(params.text_document.uri)
    return completion.complete(reading, params.position) if reading else None


async def outlined(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """All claims of a document."""
    reading = await ls.reading(params.text_document.uri)
    return outline.symbols(reading) if reading else []


async def hinted(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    """Marks of what is verified, where they are wanted."""
    reading = await ls.reading(params.text_document.uri) if ls.hints else None
    return outline.hints(reading, params.range) if reading else None


_HANDLERS: dict[str, tuple[Callable[..., Any], Any]] = {
    types.INITIALIZE: (initialize, None),
    types.INITIALIZED: (initialized, None),
    types.SHUTDOWN: (shutdown, None),
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (folders_changed, None),
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: (configured, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (files_changed, None),
    types.TEXT_DOCUMENT_DID_OPEN: (opened, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (changed, None),
    types.TEXT_DOCUMENT_DID_SAVE: (saved, types.SaveOptions(include_text=False)),
    types.TEXT_DOCUMENT_DID_CLOSE: (closed, None),
    types.TEXT_DOCUMENT_DIAGNOSTIC: (
        pulled,
        types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False),
    ),
    types.TEXT_DOCUMENT_HOVER: (hovered, None),
    types.TEXT_DOCUMENT_DEFINITION: (defined, None),
    types.TEXT_DOCUMENT_DECLARATION: (declared, None),
    types.TEXT_DOCUMENT_REFERENCES: (referred, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (
        fixes,
        types.CodeActionOptions(code_action_kinds=actions.KINDS),
    ),
    types.TEXT_DOCUMENT_COMPLETION: (
        completed,
        types.CompletionOptions(trigger_characters=completion.TRIGGERS),
    ),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (outlined, None),
    types.TEXT_DOCUMENT_INLAY_HINT: (hinted, None),
}
"""What is done for each message, and what the editor is told of it beforehand."""


def make() -> Server:
    """A server that answers."""
    server = Server()
    for method, (handler, options) in _HANDLERS.items():
        server.feature(method, options)(handler)
    return server
