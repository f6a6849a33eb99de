'use strict';

// The extension as it is packaged, from when the editor activates it until it ends.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setTimeout } = require('node:timers/promises');
const { afterEach, beforeEach, test } = require('node:test');

const { EVENTS, document, editor, executable, folder, reset } = require('./fake');

const HERE = path.join(__dirname, '..');
const { main } = JSON.parse(fs.readFileSync(path.join(HERE, 'package.json'), 'utf8'));
const LINT = process.env.MIRAGE_LINT;
const EXAMPLE = path.join(HERE, '..', '..', 'examples', 'mirage');
const { activate, deactivate } = require(path.join(HERE, main));

/** A server that writes down how it was started, and answers no more than it must. */
const SERVER = `#!${process.execPath}
const fs = require('node:fs');
const told = { argv: process.argv.slice(2), cwd: process.cwd(), pid: process.pid };
let text = '';
function answer(id, result) {
  const body = JSON.stringify({ jsonrpc: '2.0', id, result });
  process.stdout.write(\`Content-Length: \${Buffer.byteLength(body)}\\r\\n\\r\\n\${body}\`);
}
process.stdin.on('data', (piece) => {
  text += piece;
  for (let match; (match = /Content-Length: (\\d+)\\r\\n\\r\\n/.exec(text)); ) {
    const end = match.index + match[0].length + Number(match[1]);
    if (text.length < end) return;
    const message = JSON.parse(text.slice(match.index + match[0].length, end));
    text = text.slice(end);
    if (message.method === 'initialize') {
      const { initializationOptions } = message.params;
      fs.appendFileSync(__filename + '.log', JSON.stringify({ ...told, initializationOptions }) + '\\n');
      answer(message.id, { capabilities: {} });
    } else if (message.method === 'shutdown') {
      answer(message.id, null);
    } else if (message.method === 'exit') {
      fs.appendFileSync(__filename + '.log', '"ended"\\n');
      process.exit(0);
    }
  }
});
`;

/** @param {string} file */
function log(file) {
  const text = fs.existsSync(`${file}.log`) ? fs.readFileSync(`${file}.log`, 'utf8') : '';
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** A workspace with a registry, and a server in its virtual environment. */
function workspace({ script = SERVER, registry = true } = {}) {
  const root = folder();
  const server = executable(path.join(root, '.venv', 'bin', 'mirage-lint'), script);
  if (registry) {
    fs.writeFileSync(path.join(root, 'claims.toml'), '');
  }
  editor.folders = [root];
  return { root, server };
}

/** @type {any} */
let context;
const PATH = process.env.PATH;

beforeEach(() => {
  reset();
  context = { subscriptions: [] };
  process.env.PATH = '/nowhere';
});

afterEach(async () => {
  await deactivate();
  process.env.PATH = PATH;
});

test('a server is started where a registry is, and ended at the end', async () => {
  const { root, server } = workspace();
  editor.settings = { 'mirage-lint.args': ['--more'] };
  await activate(context);
  const started = {
    argv: ['lsp', '--more'],
    cwd: root,
    initializationOptions: { inlayHints: false },
  };
  const [{ pid: _, ...told }] = log(server);
  assert.deepEqual(told, started);
  assert.deepEqual(editor.messages, []);
  await deactivate();
  assert.deepEqual(log(server).slice(1), ['ended']); // it was waited for
});

test('without a registry nothing is started, and nothing asked for', async () => {
  const { root, server } = workspace({ registry: false });
  await activate(context);
  await EVENTS.opened.fire(document(path.join(root, 'README.md')));
  await EVENTS.configured.fire({ affectsConfiguration: () => true });
  assert.deepEqual([log(server), editor.messages], [[], []]);
  fs.writeFileSync(path.join(root, 'claims.toml'), '');
  await EVENTS.created.fire();
  assert.equal(log(server).length, 1);
});

test('a registry above the workspace counts for a document that is opened', async () => {
  const { root, server } = workspace();
  const docs = path.join(root, 'docs');
  fs.mkdirSync(docs);
  editor.folders = [docs];
  editor.settings = { 'mirage-lint.path': server };
  await activate(context);
  assert.equal(log(server).length, 0);
  const opened = document(path.join(docs, 'page.md'));
  editor.documents = [document(path.join(docs, 'page.py'), 'python'), opened];
  await EVENTS.opened.fire(editor.documents[0]);
  await EVENTS.opened.fire(opened);
  assert.equal(log(server).length, 1);
});

test('settings of the server start it anew', async () => {
  const { server } = workspace();
  await activate(context);
  editor.settings = { 'mirage-lint.inlayHints': true };
  const changed = (/** @type {string} */ name) => ({
    affectsConfiguration: (/** @type {string} */ one) => one === name,
  });
  await EVENTS.configured.fire(changed('mirage-lint.trace.server'));
  assert.equal(log(server).length, 1);
  await EVENTS.configured.fire(changed('mirage-lint.inlayHints'));
  const [, end, again] = log(server);
  assert.deepEqual([end, again.initializationOptions], ['ended', { inlayHints: true }]);
});

test('the commands', async () => {
  const { server } = workspace({ registry: false });
  await activate(context);
  assert.deepEqual([...editor.commands.keys()], ['mirage-lint.restart', 'mirage-lint.showOutput']);
  await editor.commands.get('mirage-lint.restart')?.();
  assert.equal(log(server).length, 1);
  editor.commands.get('mirage-lint.showOutput')?.();
  assert.equal(editor.shown, 1);
});

test('an untrusted workspace starts nothing of its own until it is trusted', async () => {
  const { server } = workspace();
  editor.isTrusted = false;
  editor.press = 'Manage Trust';
  await activate(context);
  assert.deepEqual(log(server), []);
  assert.match(editor.messages[0].text, /^mirage-lint: this workspace is not trusted/);
  assert.deepEqual(editor.executed, [['workbench.trust.manage']]);
  editor.isTrusted = true;
  await EVENTS.trusted.fire();
  assert.equal(log(server).length, 1);
});

test('what lies outside of an untrusted workspace is run, and not in it', async () => {
  workspace();
  const outside = executable(path.join(folder(), 'mirage-lint'), SERVER);
  process.env.PATH = path.dirname(outside);
  editor.isTrusted = false;
  await activate(context);
  assert.deepEqual([editor.messages, log(outside)[0].cwd], [[], os.homedir()]);
});

test('the interpreter that is chosen elsewhere', async () => {
  const { root } = workspace();
  const other = executable(path.join(root, 'other', 'bin', 'mirage-lint'), SERVER);
  editor.interpreter = path.join(root, 'other', 'bin', 'python');
  await activate(context);
  assert.equal(log(other).length, 1);
  editor.interpreter = path.join(root, '.venv');
  await EVENTS.chosen.fire();
  assert.deepEqual(log(other)[1], 'ended');
});

test('none that is found is told once, with what mends it', async () => {
  const { root, server } = workspace();
  fs.rmSync(server);
  editor.press = 'Copy Command';
  await activate(context);
  await EVENTS.opened.fire(document(path.join(root, 'README.md')));
  assert.equal(editor.messages.length, 1);
  assert.deepEqual(editor.messages[0].buttons, ['Copy Command', 'Open Setting']);
  assert.equal(editor.clipboard, "pip install 'mirage-lint[lsp]'");
});

/** Programs that are no language server: what each prints and ends with, and what is told. */
const BROKEN = {
  'lacks the extra': ["mirage-lint: lsp: needs the extra 'lsp', which is not installed", 2, /lacks its language/],
  'is too old': ["mirage-lint: 'lsp' is no command; see", 2, /is too old/],
  'ends with a message': ['no room left', 1, /could not be started .* \(1\): no room left/],
  'ends with nothing to say': ['', 0, /could not be started .* \(0\): it said nothing/],
};

for (const [name, [said, status, told]] of Object.entries(BROKEN)) {
  test(`a server that ${name}`, async () => {
    const script = `#!/bin/sh\necho '"started"' >> "$0.log"\nprintf '%s' "${said}" >&2\nexit ${status}\n`;
    const { server } = workspace({ script });
    await activate(context);
    assert.deepEqual(log(server), ['started']); // and not again and again
    assert.equal(editor.messages.length, 1, JSON.stringify(editor.messages));
    assert.match(editor.messages[0].text, /** @type {RegExp} */ (told));
    executable(server, SERVER); // it was mended
    await editor.commands.get('mirage-lint.restart')?.();
    assert.equal(log(server).length, 2);
  });
}

test('a server that ends in the middle is started again', async () => {
  const { server } = workspace();
  await activate(context);
  const [{ pid }] = log(server);
  process.kill(pid, 'SIGKILL');
  while (log(server).length < 2) {
    await setTimeout(20);
  }
  assert.notEqual(log(server)[1].pid, pid);
});

test('a file that is no program', async () => {
  workspace({ script: '\u0000\u0001' });
  await activate(context);
  assert.equal(editor.messages.length, 1, JSON.stringify(editor.messages));
  assert.match(editor.messages[0].text, /could not be started as a language server/);
});

test('the real server', { skip: !LINT && 'MIRAGE_LINT names no executable' }, async () => {
  const { root } = workspace();
  fs.cpSync(EXAMPLE, root, { recursive: true });
  process.env.PATH = PATH;
  editor.settings = { 'mirage-lint.path': LINT };
  editor.documents = [document(path.join(root, 'docs', 'false', 'base-model.md'))];
  await activate(context);
  assert.deepEqual([editor.messages, editor.log], [[], `info: starting ${LINT}\n`]);
});
