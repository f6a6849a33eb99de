'use strict';

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');

const { CloseAction, LanguageClient, State } = require('vscode-languageclient/node');

const { ANYWHERE } = require('./registries');

const ID = 'mirage-lint';
const MOST_SAID = 16 * 1024;
/** Milliseconds in which a server must answer, and in which one that failed must end. */
const PATIENCE = 60_000;
const LAST_WORDS = 2_000;

/** What the server is asked about: documents, and the registry for its facts. */
const SELECTOR = [
  { scheme: 'file', language: 'markdown' },
  { scheme: 'file', pattern: '**/*.ipynb' },
  { scheme: 'file', pattern: ANYWHERE },
];

/** The server did not come to serve; `status` and `said` are its last words. */
class NotStartedError extends Error {
  /**
   * @param {number | string} status
   * @param {string} said
   */
  constructor(status, said) {
    super(`${status}: ${said}`);
    this.status = status;
    this.said = said;
  }
}

/** A client that leaves it to us to tell why a server did not start. */
class Client extends LanguageClient {
  /**
   * @param {string} message
   * @param {any} [data]
   * @param {boolean | 'force'} [isShown]
   */
  error(message, data, isShown = true) {
    super.error(message, data, this.state === State.Running ? isShown : false);
  }
}

/** A program that is run as a language server, once or, where it fails, again. */
class Program {
  /**
   * @param {string} executable
   * @param {string[]} args
   * @param {string | undefined} cwd
   */
  constructor(executable, args, cwd) {
    this.command = { executable, args: ['lsp', ...args], cwd };
    /** @type {import('node:child_process').ChildProcess | undefined} */
    this.child = undefined;
    /** @type {Promise<unknown> | undefined} */
    this.closed = undefined;
    this.isOver = false;
    /** What it wrote on standard error last. */
    this.said = '';
  }

  async run() {
    const { executable, args, cwd } = this.command;
    const child = spawn(executable, args, { cwd, windowsHide: true });
    child.stderr.on('data', (piece) => (this.said = `${this.said}${piece}`.slice(-MOST_SAID)));
    await once(child, 'spawn');
    this.child = child;
    this.closed = new Promise((resolve) => child.on('close', resolve));
    if (this.isOver) {
      child.kill('SIGKILL');
    }
    return child;
  }

  /** Kill it where it does not end by itself. */
  async end() {
    this.isOver = true;
    await Promise.race([this.closed, sleep(LAST_WORDS, undefined, { ref: false })]);
    this.child?.kill('SIGKILL');
  }

  /** What it ended with; where it could not even start, what the system says. */
  status(/** @type {unknown} */ error) {
    if (this.child) {
      return this.child.signalCode ?? this.child.exitCode ?? 'no answer';
    }
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Start an executable as a language server, and give what stops it; throws NotStartedError.
 * @param {string} executable
 * @param {{ args: string[], inlayHints: boolean, cwd: string | undefined }} options
 * @param {import('vscode').LogOutputChannel} outputChannel
 * @param {number} patience
 * @returns {Promise<() => Promise<void>>}
 */
async function start(executable, { args, inlayHints, cwd }, outputChannel, patience = PATIENCE) {
  const program = new Program(executable, args, cwd);
  let isServing = false;
  /** @type {Client} */
  const client = new Client(ID, ID, () => program.run(), {
    documentSelector: SELECTOR,
    outputChannel,
    initializationOptions: { inlayHints },
    initializationFailedHandler: () => false,
    errorHandler: {
      error: (...given) => usual.error(...given),
      closed: () => (isServing ? usual.closed() : { action: CloseAction.DoNotRestart, handled: true }),
    },
  });
  const usual = client.createDefaultErrorHandler();
  const stop = async () => {
    isServing = false;
    await client.dispose().catch(() => undefined); // as where it is just being started again
    await program.end();
  };
  const late = setTimeout(() => program.child?.kill('SIGKILL'), patience);
  try {
    await client.start();
    isServing = true;
    return stop;
  } catch (error) {
    await stop();
    throw new NotStartedError(program.status(error), program.said);
  } finally {
    clearTimeout(late);
  }
}

module.exports = { NotStartedError, start };
