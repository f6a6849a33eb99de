'use strict';

// The language server itself, as a process: what the editor's side of the protocol hears of it.

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { after, before, test } = require('node:test');
const { pathToFileURL } = require('node:url');

const protocol = require('vscode-languageserver-protocol/node');

const { folder } = require('./fake');

const LINT = process.env.MIRAGE_LINT;
const EXAMPLE = path.join(__dirname, '..', '..', '..', 'examples', 'mirage');
const PAGE = 'docs/false/base-model.md';

const skip = !LINT && 'MIRAGE_LINT names no executable';

/** @type {import('node:child_process').ChildProcess} */
let child;
/** @type {protocol.ProtocolConnection} */
let connection;
const root = folder();
const uri = pathToFileURL(path.join(root, PAGE)).href;

before(async () => {
  if (!LINT) {
    return;
  }
  fs.cpSync(EXAMPLE, root, { recursive: true });
  child = spawn(LINT, ['lsp'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdout, stdin } = child;
  assert(stdout && stdin);
  connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(stdout),
    new protocol.StreamMessageWriter(stdin),
  );
  connection.listen();
});

after(() => child?.kill());

test('it introduces itself', { skip }, async () => {
  const answer = await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions: { inlayHints: true },
    workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'mirage' }],
  });
  assert.equal(answer.serverInfo?.name, 'mirage-lint');
  assert(answer.capabilities.diagnosticProvider && answer.capabilities.inlayHintProvider);
  await connection.sendNotification(protocol.InitializedNotification.type, {});
});

test('it tells what is wrong with a document, and how to mend it', { skip }, async () => {
  const text = fs.readFileSync(path.join(root, PAGE), 'utf8');
  await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'markdown', version: 1, text },
  });
  const found = await connection.sendRequest(protocol.DocumentDiagnosticRequest.type, {
    textDocument: { uri },
  });
  assert(found.kind === 'full');
  const [first] = found.items;
  assert.equal(first.code, 'MIR202');
  const line = text.split('\n')[first.range.start.line];
  assert.equal(line.slice(first.range.start.character, first.range.end.character), 'Qwen 2.5 14B');
  const actions = await connection.sendRequest(protocol.CodeActionRequest.type, {
    textDocument: { uri },
    range: first.range,
    context: { diagnostics: [first] },
  });
  assert(actions?.length);
});

test('it marks what is verified where that is asked for', { skip }, async () => {
  const verified = pathToFileURL(path.join(root, 'docs/true/readme.md')).href;
  const text = fs.readFileSync(path.join(root, 'docs/true/readme.md'), 'utf8');
  await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
    textDocument: { uri: verified, languageId: 'markdown', version: 1, text },
  });
  const hints = await connection.sendRequest(protocol.InlayHintRequest.type, {
    textDocument: { uri: verified },
    range: { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } },
  });
  assert(hints?.length);
});

test('it ends when it is told to', { skip }, async () => {
  await connection.sendRequest(protocol.ShutdownRequest.type);
  const ended = once(child, 'exit');
  await connection.sendNotification(protocol.ExitNotification.type);
  assert.deepEqual(await ended, [0, null]);
  connection.dispose();
});
