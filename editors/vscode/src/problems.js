'use strict';

const fs = require('node:fs');
const path = require('node:path');

const WANTED = 'mirage-lint[lsp]';

/**
 * What is wrong, and how to mend it.
 * @typedef {object} Problem
 * @property {string} message
 * @property {string} [command]  what mends it, in a terminal
 * @property {'setting' | 'trust' | 'output'} [see]  where it may be mended instead, or is told
 */

/**
 * No executable was found.
 * @param {import('./find').Places} places
 * @returns {Problem}
 */
function notFound({ setting, isTrusted }) {
  if (!isTrusted) {
    const message =
      'this workspace is not trusted, so mirage-lint is run only from outside of it, and was not ' +
      'found there. Trust the workspace, or give mirage-lint.path in your user settings.';
    return { message, see: 'trust' };
  }
  if (setting) {
    const message = `mirage-lint.path is '${setting}', which is no file that can be run. Correct it, or leave it empty.`;
    return { message, see: 'setting' };
  }
  const command = `pip install '${WANTED}'`;
  const message =
    "mirage-lint is neither in the workspace's virtual environment nor on PATH. " +
    `Run \`${command}\`, or give its place as mirage-lint.path.`;
  return { message, command, see: 'setting' };
}

/**
 * The server ended before it answered.
 * @param {string} executable
 * @param {number | string} status  what it ended with: a status, a signal, or why it did not start
 * @param {string} said  what it wrote on standard error
 * @returns {Problem}
 */
function ended(executable, status, said) {
  if (/needs the extra 'lsp'/.test(said)) {
    const command = `${installer(executable)} '${WANTED}'`;
    return { message: `${executable} lacks its language server. Run \`${command}\`.`, command };
  }
  if (/'lsp' is no command\b/.test(said)) {
    const command = `${installer(executable)} '${WANTED}'`;
    const message = `${executable} is too old: it has no language server. Run \`${command}\`.`;
    return { message, command };
  }
  const last = said.trimEnd().split('\n').at(-1)?.trim() || 'it said nothing';
  const message = `${executable} could not be started as a language server (${status}): ${last}`;
  return { message, see: 'output' };
}

/**
 * The command that installs anew into the environment which an executable belongs to.
 * @param {string} executable
 */
function installer(executable) {
  const real = fs.existsSync(executable) ? fs.realpathSync(executable) : executable;
  const parts = real.split(/[\\/]/);
  if (parts.includes('pipx')) {
    return 'pipx install --force';
  }
  if (parts.includes('uv') && parts.includes('tools')) {
    return 'uv tool install --force';
  }
  const beside = (/** @type {string[]} */ names) =>
    names.map((name) => path.join(path.dirname(real), name)).find((name) => fs.existsSync(name));
  const python = beside(['python', 'python3', 'python.exe']);
  if (!python) {
    return 'pip install --upgrade';
  }
  const quoted = /^[\w./\\:~-]+$/.test(python) ? python : `'${python}'`;
  return beside(['pip', 'pip3', 'pip.exe'])
    ? `${quoted} -m pip install --upgrade`
    : `uv pip install --upgrade --python ${quoted}`;
}

module.exports = { ended, notFound };
