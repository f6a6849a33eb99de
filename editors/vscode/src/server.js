'use strict';

const os = require('node:os');

const vscode = require('vscode');

const { NotStartedError, start } = require('./client');
const { find } = require('./find');
const interpreters = require('./interpreters');
const problems = require('./problems');
const registries = require('./registries');

const [COPY, SETTING, TRUST, OUTPUT] = [
  'Copy Command',
  'Open Setting',
  'Manage Trust',
  'Show Output',
];

/** The one server of a window: none until there is a registry, and none where it cannot be. */
class Server {
  /** @param {vscode.LogOutputChannel} output */
  constructor(output) {
    this.output = output;
    /** @type {(() => Promise<void>) | undefined} */
    this.ending = undefined;
    /** @type {vscode.Disposable | undefined} */
    this.hearing = undefined;
    this.isAsked = false;
    this.work = Promise.resolve();
  }

  /** Start where a registry is, unless that was tried before. */
  serve() {
    return this.then(async () => {
      if (!this.isAsked && (await registries.isAnywhere())) {
        await this.start();
      }
    });
  }

  /** End the server and start it anew; where it was not asked for yet, it need not start. */
  renew() {
    return this.then(async () => {
      if (this.isAsked) {
        await this.start();
      }
    });
  }

  /** Start anew, whatever there is. */
  restart() {
    return this.then(() => this.start());
  }

  /** End the server. */
  stop() {
    return this.then(() => {
      this.hearing?.dispose();
      return this.end();
    });
  }

  /**
   * Do one thing after another.
   * @param {() => Promise<void>} task
   */
  then(task) {
    this.work = this.work.then(task).catch((error) => this.output.error(error));
    return this.work;
  }

  async start() {
    this.isAsked = true;
    await this.end();
    const settings = vscode.workspace.getConfiguration('mirage-lint');
    const places = await this.places(settings);
    const executable = find(places);
    if (!executable) {
      this.tell(problems.notFound(places));
      return;
    }
    this.output.info(`starting ${executable}`);
    const options = {
      args: /** @type {string[]} */ (settings.get('args', [])),
      inlayHints: settings.get('inlayHints', false),
      cwd: places.isTrusted ? places.folders[0] : os.homedir(),
    };
    try {
      this.ending = await start(executable, options, this.output);
    } catch (error) {
      if (!(error instanceof NotStartedError)) {
        throw error;
      }
      this.tell(problems.ended(executable, error.status, error.said));
    }
  }

  async end() {
    const ending = this.ending;
    this.ending = undefined;
    await ending?.();
  }

  /**
   * @param {vscode.WorkspaceConfiguration} settings
   * @returns {Promise<import('./find').Places>}
   */
  async places(settings) {
    const { isTrusted, workspaceFolders } = vscode.workspace;
    const folders = (workspaceFolders ?? []).filter((one) => one.uri.scheme === 'file');
    if (isTrusted) {
      this.hearing ??= await interpreters.onChange(() => this.renew());
    }
    return {
      setting: settings.get('path', ''),
      folders: folders.map((one) => one.uri.fsPath),
      environments: isTrusted ? await interpreters.chosen() : [],
      isTrusted,
      env: process.env,
      platform: process.platform,
    };
  }

  /** @param {import('./problems').Problem} problem */
  tell({ message, command, see }) {
    this.output.error(message);
    const buttons = [
      ...(command ? [COPY] : []),
      ...(see ? [{ setting: SETTING, trust: TRUST, output: OUTPUT }[see]] : []),
    ];
    vscode.window.showErrorMessage(`mirage-lint: ${message}`, ...buttons).then((chosen) => {
      if (chosen === COPY) {
        vscode.env.clipboard.writeText(command ?? '');
      } else if (chosen === SETTING) {
        vscode.commands.executeCommand('workbench.action.openSettings', 'mirage-lint.path');
      } else if (chosen === TRUST) {
        vscode.commands.executeCommand('workbench.trust.manage');
      } else if (chosen === OUTPUT) {
        this.output.show();
      }
    });
  }
}

module.exports = { Server };
