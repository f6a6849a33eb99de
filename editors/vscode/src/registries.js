'use strict';

const fs = require('node:fs');
const path = require('node:path');

const vscode = require('vscode');

const NAME = 'claims.toml';
const ANYWHERE = `**/${NAME}`;
const LEFT_OUT = '**/{node_modules,.venv,venv,.git}/**';

/** Whether a folder of the workspace holds a registry, or an open document has one above it. */
async function isAnywhere() {
  const open = vscode.workspace.textDocuments.some(isAbove);
  return open || (await vscode.workspace.findFiles(ANYWHERE, LEFT_OUT, 1)).length > 0;
}

/**
 * Whether a document lies below a registry.
 * @param {vscode.TextDocument} document
 */
function isAbove({ uri, languageId }) {
  if (uri.scheme !== 'file' || !(languageId === 'markdown' || uri.fsPath.endsWith('.ipynb'))) {
    return false;
  }
  let folder = path.dirname(uri.fsPath);
  while (!fs.existsSync(path.join(folder, NAME))) {
    const above = path.dirname(folder);
    if (above === folder) {
      return false;
    }
    folder = above;
  }
  return true;
}

module.exports = { ANYWHERE, isAbove, isAnywhere };
