'use strict';

const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const vscode = require('vscode');

const PYTHON = 'ms-python.python';
/** Milliseconds in which it must be ready, or else it is done without. */
const PATIENCE = 10_000;

/**
 * What we use of the Python extension.
 * @typedef {object} Python
 * @property {{
 *   getActiveEnvironmentPath(resource?: vscode.Uri): { path: string },
 *   onDidChangeActiveEnvironmentPath(heard: () => void): vscode.Disposable,
 * }} [environments]
 */

/**
 * The virtual environments of the interpreters that are chosen in the Python extension, where it
 * is there: one for each folder of the workspace.
 * @returns {Promise<string[]>}
 */
async function chosen() {
  const python = await api();
  if (!python?.environments) {
    return [];
  }
  const { environments } = python;
  const resources = vscode.workspace.workspaceFolders?.map((one) => one.uri) ?? [undefined];
  return resources.map((one) => root(environments.getActiveEnvironmentPath(one).path));
}

/**
 * Hear of another choice.
 * @param {() => void} heard
 * @returns {Promise<vscode.Disposable | undefined>}
 */
async function onChange(heard) {
  return (await api())?.environments?.onDidChangeActiveEnvironmentPath(heard);
}

/** @returns {Promise<Python | undefined>} */
async function api() {
  try {
    const ready = vscode.extensions.getExtension(PYTHON)?.activate();
    return await Promise.race([ready, sleep(PATIENCE, undefined, { ref: false })]);
  } catch {
    return undefined; // what is wrong with it, it tells itself
  }
}

/**
 * The folder of an environment, which is told by itself or by its interpreter.
 * @param {string} told
 */
function root(told) {
  const isInterpreter = /^python[\d.]*(\.exe)?$/i.test(path.basename(told));
  if (!isInterpreter) {
    return told;
  }
  const folder = path.dirname(told);
  return /^(bin|scripts)$/i.test(path.basename(folder)) ? path.dirname(folder) : folder;
}

module.exports = { chosen, onChange, root };
