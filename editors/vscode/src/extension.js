'use strict';

const vscode = require('vscode');

const { ANYWHERE, isAbove } = require('./registries');
const { Server } = require('./server');

const OF_THE_SERVER = ['path', 'args', 'inlayHints'].map((name) => `mirage-lint.${name}`);

/** @type {InstanceType<typeof import('./server').Server> | undefined} */
let server;

/**
 * VS Code calls this once.
 * @param {vscode.ExtensionContext} context
 */
async function activate({ subscriptions }) {
  const output = vscode.window.createOutputChannel('mirage-lint', { log: true });
  const one = (server = new Server(output));
  const { commands, workspace } = vscode;
  const watcher = workspace.createFileSystemWatcher(ANYWHERE, false, true, true);
  subscriptions.push(
    output,
    watcher,
    commands.registerCommand('mirage-lint.restart', () => one.restart()),
    commands.registerCommand('mirage-lint.showOutput', () => output.show()),
    watcher.onDidCreate(() => one.serve()),
    workspace.onDidOpenTextDocument((document) => isAbove(document) && one.serve()),
    workspace.onDidGrantWorkspaceTrust(() => one.renew()),
    workspace.onDidChangeConfiguration(
      (event) => OF_THE_SERVER.some((name) => event.affectsConfiguration(name)) && one.renew(),
    ),
  );
  await one.serve();
}

/** VS Code waits for this when it ends. */
function deactivate() {
  return server?.stop();
}

module.exports = { activate, deactivate };
