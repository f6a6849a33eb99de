'use strict';

const assert = require('node:assert/strict');
const path = require('node:path');
const { test } = require('node:test');

const { executable, folder } = require('./fake');
const { root } = require('../src/interpreters');
const { ended, notFound } = require('../src/problems');

const LACKING =
  "mirage-lint: lsp: needs the extra 'lsp', which is not installed; " +
  "run `pip install 'mirage-lint[lsp]'`\n";
const OLD = "mirage-lint: 'lsp' is no command; see `mirage-lint --help`\n";
const PLACES = { setting: '', folders: [], environments: [], isTrusted: true, env: {} };

/** @param {string[]} parts */
function venv(...parts) {
  return executable(path.join(folder(), ...parts, 'bin', 'mirage-lint'));
}

test('an extra that is absent, and where it is to be installed', () => {
  const lint = venv('.venv');
  const alone = ended(lint, 2, LACKING);
  assert.equal(alone.command, "pip install --upgrade 'mirage-lint[lsp]'");
  assert.equal(
    alone.message,
    `${lint} lacks its language server. Run \`pip install --upgrade 'mirage-lint[lsp]'\`.`,
  );
  const python = executable(path.join(path.dirname(lint), 'python'));
  const uv = `uv pip install --upgrade --python ${python} 'mirage-lint[lsp]'`;
  assert.equal(ended(lint, 2, LACKING).command, uv);
  executable(path.join(path.dirname(lint), 'pip'));
  const pip = `${python} -m pip install --upgrade 'mirage-lint[lsp]'`;
  assert.equal(ended(lint, 2, LACKING).command, pip);
});

test('a place with blanks is quoted', () => {
  const lint = venv('my docs', '.venv');
  const python = executable(path.join(path.dirname(lint), 'python'));
  executable(path.join(path.dirname(lint), 'pip'));
  const pip = `'${python}' -m pip install --upgrade 'mirage-lint[lsp]'`;
  assert.equal(ended(lint, 2, LACKING).command, pip);
});

test('what was installed as a tool is installed so again', () => {
  const pipx = venv('pipx', 'venvs', 'mirage-lint');
  assert.equal(ended(pipx, 2, LACKING).command, "pipx install --force 'mirage-lint[lsp]'");
  const uv = venv('uv', 'tools', 'mirage-lint');
  assert.equal(ended(uv, 2, LACKING).command, "uv tool install --force 'mirage-lint[lsp]'");
});

test('a version that is too old', () => {
  const { message, command } = ended('/opt/mirage-lint', 2, OLD);
  assert.match(message, /^\/opt\/mirage-lint is too old: it has no language server\./);
  assert.equal(command, "pip install --upgrade 'mirage-lint[lsp]'");
});

test('anything else is told as it was said', () => {
  const said = ended('/opt/mirage-lint', 1, 'Traceback\n  more\nOSError: no room\n');
  assert.equal(
    said.message,
    '/opt/mirage-lint could not be started as a language server (1): OSError: no room',
  );
  assert.equal(said.see, 'output');
  assert.match(ended('/opt/mirage-lint', 'SIGKILL', '').message, /\(SIGKILL\): it said nothing$/);
});

test('none that was found', () => {
  /** @type {import('../src/find').Places} */
  const places = { ...PLACES, platform: 'linux' };
  const none = notFound(places);
  assert.match(none.message, /neither in the workspace's virtual environment nor on PATH/);
  assert.equal(none.command, "pip install 'mirage-lint[lsp]'");
  const set = notFound({ ...places, setting: '/no/where' });
  assert.match(set.message, /^mirage-lint\.path is '\/no\/where', which is no file/);
  assert.equal(set.see, 'setting');
  const untrusted = notFound({ ...places, isTrusted: false });
  assert.match(untrusted.message, /^this workspace is not trusted/);
  assert.equal(untrusted.see, 'trust');
});

test('the environment of an interpreter', () => {
  assert.equal(root('/ws/.venv/bin/python3.12'), '/ws/.venv');
  assert.equal(root('/ws/.venv'), '/ws/.venv');
  assert.equal(root('/opt/conda/python.exe'), '/opt/conda');
  assert.equal(root('/ws/.venv/Scripts/python.exe'), '/ws/.venv');
});
