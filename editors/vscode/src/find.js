'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ENVIRONMENTS = ['.venv', 'venv'];

/**
 * Where to look for mirage-lint.
 * @typedef {object} Places
 * @property {string} setting  what `mirage-lint.path` says, '' where it says nothing
 * @property {string[]} folders  the folders of the workspace
 * @property {string[]} environments  further virtual environments, such as the chosen interpreter's
 * @property {boolean} isTrusted  whether the workspace is trusted
 * @property {NodeJS.ProcessEnv} env  the environment of the editor
 * @property {NodeJS.Platform} platform
 */

/**
 * The executable that is to be run: that of the setting, or else the first that is there.
 * In an untrusted workspace, none that lies in it.
 * @param {Places} places
 * @returns {string | undefined}
 */
function find(places) {
  return candidates(places).find((one) => isExecutable(one) && mayRun(one, places));
}

/**
 * All paths that may be the executable, in order.
 * @param {Places} places
 * @returns {string[]}
 */
function candidates(places) {
  const paths = places.platform === 'win32' ? path.win32 : path.posix;
  const [bin, name] =
    places.platform === 'win32' ? ['Scripts', 'mirage-lint.exe'] : ['bin', 'mirage-lint'];
  const onPath = (/** @type {string} */ file) =>
    (places.env.PATH ?? places.env.Path ?? '')
      .split(paths.delimiter)
      .filter((folder) => paths.isAbsolute(folder))
      .map((folder) => paths.join(folder, file));
  const setting = expanded(places);
  if (setting) {
    const isName = !setting.includes('/') && !setting.includes(paths.sep);
    return isName ? onPath(setting) : [paths.resolve(places.folders[0] ?? os.homedir(), setting)];
  }
  const own = places.folders.flatMap((folder) =>
    ENVIRONMENTS.map((one) => paths.join(folder, one)),
  );
  const environments = [...places.environments, ...own];
  return [...environments.map((one) => paths.join(one, bin, name)), ...onPath(name)];
}

/** @param {Places} places */
function expanded({ setting, folders }) {
  return setting
    .trim()
    .replace(/^~(?=$|[\\/])/, () => os.homedir())
    .replaceAll('${workspaceFolder}', () => folders[0] ?? '.');
}

/** @param {string} file */
function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Whether an executable may be run: an untrusted workspace may hold anything.
 * @param {string} file
 * @param {Places} places
 */
function mayRun(file, { isTrusted, folders }) {
  if (isTrusted) {
    return true;
  }
  const names = [path.resolve(file), fs.realpathSync(file), path.join(realpath(path.dirname(file)), path.basename(file))];
  return !folders.some((folder) =>
    [path.resolve(folder), realpath(folder)].some((top) =>
      names.some((name) => isWithin(name, top)),
    ),
  );
}

/** @param {string} file */
function realpath(file) {
  try {
    return fs.realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}

/**
 * @param {string} name
 * @param {string} top
 */
function isWithin(name, top) {
  const below = path.relative(top, name);
  return below !== '..' && !below.startsWith(`..${path.sep}`) && !path.isAbsolute(below);
}

module.exports = { candidates, find };
