"""The server as a client sees it: a process of its own, spoken to over its pipes."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

from mirage_lint.cli import main
from mirage_lint.lsp.server import LOOK_EVERY

SERVER = ClientServerConfig(server_command=[sys.executable, "-m", "mirage_lint", "lsp"])
SECONDS = 30

FALSE = "The MLX adapter was trained for 700 iterations.\n"
TRUE = "The MLX adapter was trained for 600 iterations.\n"


class Editor:
    """A client in a folder, in few words."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client, self.root = client, root

    async def start(
        self, pulls: bool = False, encodings: tuple[str, ...] = (), options: Any = None
    ) -> types.InitializeResult:
        """Shake hands."""
        kinds = [types.PositionEncodingKind(one) for one in encodings] or None
        document = types.TextDocumentClientCapabilities(
            diagnostic=types.DiagnosticClientCapabilities() if pulls else None,
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
        )
        told = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=kinds),
            text_document=document,
        )
        return await self.client.initialize_session(
            types.InitializeParams(
                capabilities=told,
                root_uri=self.root.as_uri(),
                workspace_folders=[types.WorkspaceFolder(self.root.as_uri(), "world")],
                initialization_options=options,
            )
        )

    def open(self, name: str, text: str) -> str:
        """Open a document with a text that need not be on the disk."""
        uri = (self.root / name).as_uri()
        item = types.TextDocumentItem(uri, "markdown", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def write(self, uri: str, version: int, *changes: Any) -> None:
        """Type."""
        document = types.VersionedTextDocumentIdentifier(version=version, uri=uri)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(document, list(changes))
        )

    def save(self, uri: str) -> None:
        """Save."""
        document = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    async def codes(self, uri: str, wanted: list[str | None]) -> list[types.Diagnostic]:
        """The diagnostics of a document, when their codes are these."""

        def are_told() -> bool:
            found = self.client.diagnostics.get(uri)
            return found is not None and [one.code for one in found] == wanted

        await until(are_told, lambda: self.client.diagnostics.get(uri))
        return list(self.client.diagnostics[uri])

    async def message(self, part: str) -> types.ShowMessageParams:
        """A message that holds a text, when it is shown."""

        def found() -> list[Any]:
            return [one for one in self.client.messages if part in one.message]

        await until(lambda: bool(found()), lambda: self.client.messages)
        return found()[0]

    async def actions(self, uri: str, span: types.Range, **only: Any) -> list[types.CodeAction]:
        """What may be done at a place."""
        context = types.CodeActionContext(diagnostics=[], **only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), span, context)
        return list(await self.client.text_document_code_action_async(params) or [])


async def until(is_so: Callable[[], bool], shown: Callable[[], object]) -> None:
    """Wait until something is so."""
    for _ in range(SECONDS * 50):
        if is_so():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(shown())


def whole(text: str) -> types.TextDocumentContentChangeWholeDocument:
    """A change of all."""
    return types.TextDocumentContentChangeWholeDocument(text=text)


def part(line: int, start: int, end: int, text: str) -> types.TextDocumentContentChangePartial:
    """A change in one line."""
    span = types.Range(types.Position(line, start), types.Position(line, end))
    return types.TextDocumentContentChangePartial(text=text, range=span)


def at(uri: str, line: int, character: int) -> dict[str, Any]:
    """A place of a document, as most questions have it."""
    document = types.TextDocumentIdentifier(uri)
    return {"text_document": document, "position": types.Position(line, character)}


@pytest_lsp.fixture(config=SERVER)
async def lsp_client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """A client with its server."""
    yield
    await lsp_client.shutdown_session()


@pytest.fixture
def editor(lsp_client: LanguageClient, example: Path) -> Editor:
    """A client in the example."""
    return Editor(lsp_client, example)


@pytest.mark.asyncio
async def test_unsaved_text_is_checked_on_opening_changing_and_saving(editor: Editor) -> None:
    await editor.start()
    uri = editor.open("docs/new.md", FALSE)
    (found,) = await editor.codes(uri, ["MIR101"])
    assert "600 steps" in found.message
    assert found.source == "mirage-lint"
    assert found.severity == types.DiagnosticSeverity.Error
    assert found.range == types.Range(types.Position(0, 32), types.Position(0, 46))
    editor.write(uri, 2, part(0, 32, 33, "6"))
    await editor.codes(uri, [])
    editor.write(uri, 3, part(0, 32, 33, "5"), part(0, 32, 33, "8"))
    await editor.codes(uri, ["MIR101"])
    editor.write(uri, 4, whole(TRUE))
    editor.save(uri)
    await editor.codes(uri, [])


@pytest.mark.asyncio
async def test_an_editor_that_asks_is_answered_and_not_told_unasked(editor: Editor) -> None:
    await editor.start(pulls=True)
    uri = editor.open("docs/new.md", FALSE)
    ask = editor.client.text_document_diagnostic_async
    document = types.TextDocumentIdentifier(uri)
    report = await ask(types.DocumentDiagnosticParams(document))
    assert [one.code for one in report.items] == ["MIR101"]
    same = await ask(types.DocumentDiagnosticParams(document, previous_result_id=report.result_id))
    assert same.kind == "unchanged"
    editor.write(uri, 2, whole(TRUE))
    report = await ask(
        types.DocumentDiagnosticParams(document, previous_result_id=report.result_id)
    )
    assert not report.items
    assert uri not in editor.client.diagnostics


@pytest.mark.asyncio
@pytest.mark.parametrize(("encoding", "width"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
async def test_positions_are_counted_as_was_agreed(
    editor: Editor, encoding: str, width: int
) -> None:
    result = await editor.start(encodings=(encoding,))
    assert result.capabilities.position_encoding == encoding
    uri = editor.open("docs/new.md", "\ufeff\r\n\U0001f680\U0001f680 " + FALSE)
    (found,) = await editor.codes(uri, ["MIR101"])
    first = 2 * width + 1 + 32
    assert found.range == types.Range(types.Position(1, first), types.Position(1, first + 14))
    editor.write(uri, 2, part(1, first, first + 1, "6"))
    await editor.codes(uri, [])


@pytest.mark.asyncio
async def test_hover_tells_fact_source_digest_reading_and_why(editor: Editor) -> None:
    await editor.start()
    uri = editor.open("docs/new.md", TRUE)
    answer = await editor.client.text_document_hover_async(types.HoverParams(**at(uri, 0, 34)))
    text = answer.contents.value
    assert text.startswith("**verified**")
    assert "`mlx.training steps` = `600 steps`" in text
    assert "`release/adapters/mirage_aware_v1/adapter_config.json /iters`" in text
    assert "SHA-256 `" in text
    assert "read: metric training steps" in text
    assert answer.range == types.Range(types.Position(0, 32), types.Position(0, 46))
    editor.write(uri, 2, whole("They are 12 / 40 = 25% of all.\n"))
    answer = await editor.client.text_document_hover_async(types.HoverParams(**at(uri, 0, 20)))
    assert "`MIR301`" in answer.contents.value
    editor.write(uri, 3, whole(FALSE))
    nothing = await editor.client.text_document_hover_async(types.HoverParams(**at(uri, 0, 2)))
    assert nothing is None


@pytest.mark.asyncio
async def test_a_definition_is_the_value_and_a_declaration_its_entry(editor: Editor) -> None:
    await editor.start()
    text = "At 10% retention, the KV-cache sweep preserves 8.3% of pivots.\n"
    uri = editor.open("docs/new.md", text)
    ask, place = editor.client, at(uri, 0, text.index("8.3"))
    (value,) = await ask.text_document_definition_async(types.DefinitionParams(**place))
    assert value.uri.endswith("results/kv_cache/summary_by_retention.csv")
    path = editor.root / "results" / "kv_cache" / "summary_by_retention.csv"
    line = path.read_text(encoding="utf-8").splitlines()[value.range.start.line]
    assert ",0.1," in line
    assert line[value.range.start.character :].startswith("0.083333")
    (entry,) = await ask.text_document_declaration_async(types.DeclarationParams(**place))
    lines = (editor.root / "claims.toml").read_text(encoding="utf-8").splitlines()
    below = lines[entry.range.start.line : entry.range.start.line + 4]
    assert below[0].startswith("[[family.kv_cache.table]]")
    assert 'columns = ["pivot_preserved", "has_pivot_header"]' in below


@pytest.mark.asyncio
async def test_references_lead_from_the_registry_to_all_that_is_told(editor: Editor) -> None:
    await editor.start()
    claims = (editor.root / "claims.toml").read_text(encoding="utf-8")
    uri = editor.open("claims.toml", claims)
    new = editor.open(
        "docs/true/new.md", "After fine-tuning, the balanced package is wrong on 3/400.\n"
    )
    line = claims[: claims.index('metric = "wrong"')].count("\n")
    context = types.ReferenceContext(include_declaration=True)
    params = types.ReferenceParams(context=context, **at(uri, line, 0))
    found = await editor.client.text_document_references_async(params)
    assert new in {one.uri for one in found}
    assert any(one.uri.endswith("docs/true/fine-tuning.md") for one in found)
    for one in found:
        path = editor.root / one.uri.removeprefix(f"{editor.root.as_uri()}/")
        if path.exists():
            told = path.read_text(encoding="utf-8").split("\n")[one.range.start.line]
            assert any(one in told for one in ("3/400", "75%", "0.0075", "3 "))


@pytest.mark.asyncio
async def test_each_smallest_change_is_a_quick_fix(editor: Editor) -> None:
    await editor.start()
    text = (editor.root / "docs" / "false" / "denominators.md").read_text(encoding="utf-8")
    uri = editor.open("docs/false/denominators.md", text)
    await until(lambda: uri in editor.client.diagnostics, lambda: "nothing is told")
    diagnostics = editor.client.diagnostics[uri]
    found = next(one for one in diagnostics if one.message.startswith("'40.5%'"))
    actions = await editor.actions(uri, found.range)
    assert [one.title for one in actions] == [
        "Change '40.5' to '41.0'",
        "Change 'degraded' to 'all'",
        "Bind by hand to balanced.pivot accuracy[all]{system=base} = 162/400 (40.5%)",
        "Ignore MIR103 here, with a reason",
    ]
    for one in actions:
        assert one.kind == types.CodeActionKind.QuickFix
        mended = applied(text, one.edit.changes[uri])
        editor.write(uri, 2, whole(mended))
        await until(
            lambda: len(editor.client.diagnostics[uri]) == len(diagnostics) - 1,
            lambda: editor.client.diagnostics[uri],
        )
        editor.write(uri, 3, whole(text))
        await until(
            lambda: len(editor.client.diagnostics[uri]) == len(diagnostics),
            lambda: editor.client.diagnostics[uri],
        )


def applied(text: str, edits: list[types.TextEdit]) -> str:
    """A text of plain letters with edits."""
    lines = text.split("\n")
    starts = [sum(len(one) + 1 for one in lines[:number]) for number in range(len(lines))]
    for one in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character))[
        ::-1
    ]:
        start = starts[one.range.start.line] + one.range.start.character
        end = starts[one.range.end.line] + one.range.end.character
        text = text[:start] + one.new_text + text[end:]
    return text


@pytest.mark.asyncio
async def test_a_run_can_be_named_and_all_that_is_safe_mended(editor: Editor) -> None:
    await editor.start()
    text = f"# One\n\n{FALSE}\n# Another\n\nTraining took 3 epochs.\n"
    uri = editor.open("docs/new.md", text)
    *_, blanket = await editor.codes(uri, ["MIR101", "MIR203"])
    titles = [one.title for one in await editor.actions(uri, blanket.range)]
    assert titles[0] == "Name the run: 'alternate package'"
    everything = types.Range(types.Position(0, 0), types.Position(7, 0))
    for kind in (types.CodeActionKind.QuickFix, types.CodeActionKind.Empty, "quickfix"):
        found = await editor.actions(uri, blanket.range, only=[kind])
        assert [one.title for one in found if one.kind == "quickfix"] == titles
    assert await editor.actions(uri, blanket.range, only=["refactor", "quick"]) == []
    (action,) = await editor.actions(uri, everything, only=["source.fixAll"])
    assert applied(text, action.edit.changes[uri]) == text.replace("700", "600")


@pytest.mark.asyncio
async def test_a_number_that_is_not_judged_can_be_bound_by_hand(editor: Editor) -> None:
    await editor.start()
    uri = editor.open("docs/new.md", "It was right in 397/400 of all.\n")
    await editor.codes(uri, [])
    span = types.Range(types.Position(0, 17), types.Position(0, 17))
    titles = [one.title for one in await editor.actions(uri, span)]
    assert "Bind by hand to balanced.pivot accuracy[all]{system=tuned} = 397/400 (99.25%)" in titles


@pytest.mark.asyncio
async def test_facts_rules_and_values_are_completed(editor: Editor) -> None:
    await editor.start()
    comments = "<!-- claim: balanced.ra -->\n<!-- mirage-lint: ignore MIR -->\n"
    text = f"{comments}The rank of the MLX adapter is \n"
    uri = editor.open("docs/new.md", text)

    async def labels(line: int, character: int) -> list[str]:
        params = types.CompletionParams(**at(uri, line, character))
        answer = await editor.client.text_document_completion_async(params)
        return [one.label for one in answer.items]

    assert "balanced.rank" in await labels(0, len("<!-- claim: balanced.ra"))
    assert "mlx.rank" not in await labels(0, len("<!-- claim: balanced.ra"))
    assert "MIR101" in await labels(1, len("<!-- mirage-lint: ignore MIR"))
    assert (await labels(2, len("The rank of the MLX adapter is ")))[0] == "8"


@pytest.mark.asyncio
async def test_claims_are_outlined_and_hinted_at_where_that_is_wanted(editor: Editor) -> None:
    await editor.start()
    uri = editor.open("docs/new.md", f"{TRUE}\n{FALSE}")
    document = types.TextDocumentIdentifier(uri)
    found = await editor.client.text_document_document_symbol_async(
        types.DocumentSymbolParams(document)
    )
    assert [(one.name, one.detail.partition(",")[0]) for one in found] == [
        ("600 iterations", "verified"),
        ("700 iterations", "contradicted"),
    ]
    span = types.Range(types.Position(0, 0), types.Position(3, 0))
    ask = editor.client.text_document_inlay_hint_async
    assert not await ask(types.InlayHintParams(document, span))
    settings = {"mirage-lint": {"inlayHints": True}}
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    (hint,) = await ask(types.InlayHintParams(document, span))
    assert (hint.label, hint.position) == ("✓", types.Position(0, 46))
    for nothing in ({}, None, {"mirage-lint": {}}):
        told = types.DidChangeConfigurationParams(nothing)
        editor.client.workspace_did_change_configuration(told)
        assert await ask(types.InlayHintParams(document, span))


@pytest.mark.asyncio
async def test_a_broken_registry_is_one_message_until_it_is_mended(editor: Editor) -> None:
    lock = editor.root / "claims.lock"
    good = lock.read_text(encoding="utf-8")
    lock.write_text(good.replace("\n", "\nbroken\n", 1), encoding="utf-8")
    await editor.start()
    uri = editor.open("docs/new.md", FALSE)
    await editor.message("claims.lock:2")
    (found,) = await editor.codes(lock.as_uri(), [None])
    assert found.range.start.line == 1
    for version in range(2, 5):
        editor.write(uri, version, whole(FALSE * version))
        await asyncio.sleep(0.2)
    assert len(editor.client.messages) == 1
    lock.write_text(good, encoding="utf-8")
    await editor.codes(uri, ["MIR101"] * 4)
    await editor.codes(lock.as_uri(), [])
    assert len(editor.client.messages) == 1


@pytest.mark.asyncio
async def test_a_stale_lock_is_told_once(editor: Editor) -> None:
    await editor.start()
    uri = editor.open("docs/new.md", FALSE)
    await editor.codes(uri, ["MIR101"])
    claims = editor.root / "claims.toml"
    claims.write_text(f"{claims.read_text(encoding='utf-8')}\n# more\n", encoding="utf-8")
    await editor.message("claims.lock was built from another claims.toml")
    (found,) = await editor.codes(claims.as_uri(), ["MIR901"])
    assert found.range.start == types.Position(0, 0)
    editor.write(uri, 2, whole(TRUE))
    await editor.codes(uri, [])
    assert len(editor.client.messages) == 1


@pytest.mark.asyncio
async def test_an_artifact_that_changes_is_told_once(editor: Editor) -> None:
    await editor.start()
    uri = editor.open("docs/new.md", TRUE)
    await editor.codes(uri, [])
    artifact = editor.root / "results" / "kv_cache" / "results.csv"
    artifact.write_bytes(artifact.read_bytes() + b"\n")
    shown = await editor.message("results/kv_cache/results.csv changed since the lock was built")
    assert shown.type == types.MessageType.Warning
    assert len(editor.client.messages) == 1


@pytest.mark.asyncio
async def test_an_artifact_is_told_again_when_it_changes_after_a_build(editor: Editor) -> None:
    await editor.start()
    uri = editor.open("docs/new.md", TRUE)
    await editor.codes(uri, [])
    artifact = editor.root / "results" / "kv_cache" / "results.csv"
    known = artifact.read_bytes()
    for count in (1, 2):
        artifact.write_bytes(known + b"\n" * count)
        while len(editor.client.messages) < count:  # the runner has its own bound of time
            await asyncio.sleep(0.05)
        assert main(["build", "--claims", str(editor.root / "claims.toml")]) == 0
        await asyncio.sleep(LOOK_EVERY * 3)


@pytest.mark.asyncio
async def test_an_artifact_that_changed_before_the_editor_began_is_told(editor: Editor) -> None:
    artifact = editor.root / "results" / "kv_cache" / "results.csv"
    artifact.write_bytes(artifact.read_bytes() + b"\n")
    await editor.start()
    await editor.codes(editor.open("docs/new.md", TRUE), [])
    await editor.message("results/kv_cache/results.csv changed since the lock was built")
    assert len(editor.client.messages) == 1


@pytest.mark.asyncio
async def test_each_folder_has_a_registry_of_its_own(editor: Editor, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "config.csv").write_text("name,iterations\nmlx,700\n", encoding="utf-8")
    (other / "claims.toml").write_text(
        'version = 1\n[family.mlx]\ntitle = "MLX adapter"\n[[family.mlx.fact]]\n'
        'metric = "training steps"\nunit = "step"\nartifact = "config.csv"\n'
        'pointer = "name=mlx/iterations"\n',
        encoding="utf-8",
    )
    from mirage_lint.cli import main

    assert main(["build", "--claims", str(other / "claims.toml")]) == 0
    await editor.start()
    event = types.WorkspaceFoldersChangeEvent(
        added=[types.WorkspaceFolder(other.as_uri(), "other")], removed=[]
    )
    editor.client.workspace_did_change_workspace_folders(
        types.DidChangeWorkspaceFoldersParams(event)
    )
    here = editor.open("docs/new.md", FALSE)
    await editor.codes(here, ["MIR101"])
    editor.root = other
    there = editor.open("new.md", TRUE)
    (found,) = await editor.codes(there, ["MIR101"])
    assert "700 steps" in found.message


@pytest.mark.asyncio
async def test_a_registry_that_goes_and_comes_is_seen(editor: Editor) -> None:
    await editor.start()
    uri = editor.open("docs/new.md", FALSE)
    await editor.codes(uri, ["MIR101"])
    claims, lock = editor.root / "claims.toml", editor.root / "claims.lock"
    for one in (claims, lock):
        away = one.rename(editor.root / "away")
        await editor.codes(uri, [])
        away.rename(one)
        await editor.codes(uri, ["MIR101"])
    assert [one.message for one in editor.client.messages] == [
        f"mirage-lint: {lock}: is absent; run `mirage-lint build`"
    ]


@pytest.mark.asyncio
async def test_settings_are_heeded_as_they_change(editor: Editor) -> None:
    await editor.start()
    uri = editor.open("docs/new.md", FALSE)
    await editor.codes(uri, ["MIR101"])
    settings = editor.root / "docs" / "mirage-lint.toml"
    settings.write_text('ignore = ["MIR1"]\n', encoding="utf-8")
    await editor.codes(uri, [])
    settings.write_text("ignore = 3\n", encoding="utf-8")
    await editor.message("mirage-lint.toml:1")
    await editor.codes(settings.as_uri(), [None])
    settings.write_text('extend-exclude = ["old.md"]\n', encoding="utf-8")
    await editor.codes(uri, ["MIR101"])
    await editor.codes(settings.as_uri(), [])
    left_out = editor.open("docs/old.md", FALSE)
    await asyncio.sleep(0.5)
    assert not editor.client.diagnostics.get(left_out)
