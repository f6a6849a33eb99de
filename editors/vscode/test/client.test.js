'use strict';

const assert = require('node:assert/strict');
const path = require('node:path');
const { test } = require('node:test');

const { editor, executable, folder, reset } = require('./fake');
const vscode = require('vscode');
const { NotStartedError, start } = require('../src/client');

const MILLISECONDS = 500;

/** Programs that run, and are no language server. */
const OTHERS = {
  'never answers': '#!/bin/sh\nexec sleep 1000\n',
  'answers something else':
    '#!/bin/sh\nprintf "Content-Length: 2\\r\\n\\r\\nxx"\nexec sleep 1000\n',
};

for (const [name, script] of Object.entries(OTHERS)) {
  test(`a program that ${name} is given up`, async () => {
    reset();
    const file = executable(path.join(folder(), 'mirage-lint'), script);
    const options = { args: [], inlayHints: false, cwd: undefined };
    const channel = vscode.window.createOutputChannel('x', { log: true });
    await assert.rejects(
      start(file, options, channel, MILLISECONDS),
      (error) => error instanceof NotStartedError && error.status === 'SIGKILL',
    );
    assert.deepEqual(editor.messages, []); // the caller tells
  });
}
