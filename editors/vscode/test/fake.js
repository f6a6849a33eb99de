'use strict';

// A stand-in for the module `vscode`, which is there only within the editor: enough of it for the
// extension and for the client of the language server.

const fs = require('node:fs');
const Module = require('node:module');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL, fileURLToPath } = require('node:url');

class Uri {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.scheme = text.split(':', 1)[0];
    this.fsPath = this.scheme === 'file' ? fileURLToPath(text) : text;
    this.path = this.fsPath;
  }

  /** @param {string} file */
  static file(file) {
    return new Uri(pathToFileURL(file).href);
  }

  /** @param {string} text */
  static parse(text) {
    return new Uri(text);
  }

  toString() {
    return this.text;
  }
}

class Emitter {
  constructor() {
    /** @type {Set<(value: any) => unknown>} */
    this.heard = new Set();
    this.event = (/** @type {(value: any) => unknown} */ listener) => {
      this.heard.add(listener);
      return { dispose: () => this.heard.delete(listener) };
    };
  }

  /** @param {any} [value] */
  fire(value) {
    return Promise.all([...this.heard].map((one) => one(value)));
  }

  dispose() {
    this.heard.clear();
  }
}

const EVENTS = {
  trusted: new Emitter(),
  opened: new Emitter(),
  configured: new Emitter(),
  created: new Emitter(),
  chosen: new Emitter(),
};

/** What the editor is, and what was done to it. */
const editor = {
  /** @type {string[]} */
  folders: [],
  isTrusted: true,
  /** @type {Record<string, any>} */
  settings: {},
  /** @type {any[]} */
  documents: [],
  /** @type {string | undefined} */
  interpreter: undefined,
  /** @type {string | undefined} */
  press: undefined,
  /** @type {{ text: string, buttons: string[] }[]} */
  messages: [],
  /** @type {any[][]} */
  executed: [],
  clipboard: '',
  log: '',
  shown: 0,
  /** @type {Map<string, { uri: string, found: any[] }>} */
  diagnostics: new Map(),
  /** @type {Map<string, () => any>} */
  commands: new Map(),
};

const nothing = { dispose() {} };

/**
 * An object whose unknown members are functions that give something to be disposed of.
 * @param {Record<string, any>} known
 */
function namespace(known) {
  return new Proxy(known, {
    get: (target, name) => (name in target ? target[String(name)] : () => nothing),
    has: () => true,
  });
}

const channel = namespace({
  logLevel: 3,
  show: () => (editor.shown += 1),
  ...Object.fromEntries(
    ['info', 'warn', 'error', 'debug', 'trace', 'append', 'appendLine'].map((name) => [
      name,
      (/** @type {unknown} */ text) => (editor.log += `${name}: ${text}\n`),
    ]),
  ),
});

const window = namespace({
  visibleTextEditors: [],
  activeTextEditor: undefined,
  tabGroups: namespace({ all: [] }),
  createOutputChannel: () => channel,
  showErrorMessage: async (/** @type {string} */ text, /** @type {any[]} */ ...buttons) => {
    editor.messages.push({ text, buttons });
    return buttons.find((one) => one === editor.press);
  },
});

/** @param {string} folder */
function* files(folder) {
  for (const one of fs.readdirSync(folder, { recursive: true })) {
    yield path.join(folder, String(one));
  }
}

const workspace = namespace({
  get workspaceFolders() {
    return editor.folders.map((one, index) => ({
      uri: Uri.file(one),
      name: path.basename(one),
      index,
    }));
  },
  get isTrusted() {
    return editor.isTrusted;
  },
  get textDocuments() {
    return editor.documents;
  },
  notebookDocuments: [],
  getConfiguration: (/** @type {string} */ section) => ({
    get: (/** @type {string} */ name, /** @type {any} */ fallback) =>
      editor.settings[section ? `${section}.${name}` : name] ?? fallback,
    inspect: () => undefined,
  }),
  findFiles: async (/** @type {string} */ pattern) => {
    const name = pattern.replace('**/', '');
    const all = editor.folders.flatMap((one) => [...files(one)]);
    return all.filter((one) => path.basename(one) === name).map(Uri.file);
  },
  createFileSystemWatcher: () => namespace({ onDidCreate: EVENTS.created.event }),
  onDidGrantWorkspaceTrust: EVENTS.trusted.event,
  onDidOpenTextDocument: EVENTS.opened.event,
  onDidChangeConfiguration: EVENTS.configured.event,
});

const languages = namespace({
  match: (/** @type {any[]} */ selector, /** @type {any} */ { languageId }) =>
    selector.some?.((one) => one.language === languageId) ? 10 : 0,
  createDiagnosticCollection: () =>
    namespace({
      set: (/** @type {Uri} */ uri, /** @type {any[]} */ found) =>
        editor.diagnostics.set(uri.toString(), { uri: uri.toString(), found }),
      delete: () => undefined,
    }),
});

/** @type {Record<string, any>} */
const known = {
  version: '1.91.0',
  Uri,
  EventEmitter: Emitter,
  Disposable: class {
    /** @param {() => void} [end] */
    constructor(end) {
      this.dispose = end ?? (() => undefined);
    }

    static from() {
      return nothing;
    }
  },
  LogLevel: { Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 },
  CodeActionKind: { Empty: { append: () => known.CodeActionKind.Empty } },
  CancellationError: class extends Error {},
  window,
  workspace,
  languages,
  env: {
    appName: 'a test',
    language: 'en',
    clipboard: { writeText: (/** @type {string} */ text) => (editor.clipboard = text) },
  },
  commands: namespace({
    registerCommand: (/** @type {string} */ name, /** @type {() => any} */ run) => {
      editor.commands.set(name, run);
      return nothing;
    },
    executeCommand: (/** @type {any[]} */ ...command) => editor.executed.push(command),
  }),
  extensions: {
    getExtension: () =>
      editor.interpreter && {
        activate: async () => ({
          environments: {
            getActiveEnvironmentPath: () => ({ path: editor.interpreter }),
            onDidChangeActiveEnvironmentPath: EVENTS.chosen.event,
          },
        }),
      },
  },
};

const vscode = new Proxy(known, {
  get: (target, name) => (target[String(name)] ??= class {}),
});

// @ts-expect-error: Node's own, and not for everyone.
const load = Module._load;
// @ts-expect-error
Module._load = (/** @type {string} */ name, /** @type {any[]} */ ...rest) =>
  name === 'vscode' ? vscode : load(name, ...rest);

/** The editor as it is when it has just been opened. */
function reset() {
  Object.values(EVENTS).forEach((one) => one.dispose());
  const blank = { folders: [], isTrusted: true, settings: {}, documents: [], messages: [] };
  Object.assign(editor, blank, { executed: [], clipboard: '', log: '', shown: 0 });
  Object.assign(editor, { interpreter: undefined, press: undefined });
  editor.diagnostics.clear();
  editor.commands.clear();
}

/** A folder of its own. */
function folder() {
  return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mirage-lint-')));
}

/**
 * A file that can be run, with its folders.
 * @param {string} file
 * @param {string} [script]
 */
function executable(file, script = '#!/bin/sh\n') {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, script, { mode: 0o755 });
  return file;
}

/**
 * A document that is open.
 * @param {string} file
 * @param {string} [languageId]
 */
function document(file, languageId = 'markdown') {
  return { uri: Uri.file(file), languageId, version: 1, getText: () => fs.readFileSync(file, 'utf8') };
}

module.exports = { EVENTS, document, editor, executable, folder, reset };
