'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');

const { executable, folder } = require('./fake');
const { candidates, find } = require('../src/find');

/** @returns {import('../src/find').Places} */
function places(/** @type {Partial<import('../src/find').Places>} */ given = {}) {
  const none = { setting: '', folders: [], environments: [], isTrusted: true, env: {} };
  return { ...none, platform: 'linux', ...given };
}

test('the virtual environment comes before PATH', () => {
  const [root, bin] = [folder(), folder()];
  const onPath = executable(path.join(bin, 'mirage-lint'));
  const here = places({ folders: [root], env: { PATH: `/nowhere:${bin}` } });
  assert.equal(find(here), onPath);
  const venv = executable(path.join(root, 'venv', 'bin', 'mirage-lint'));
  assert.equal(find(here), venv);
  const hidden = executable(path.join(root, '.venv', 'bin', 'mirage-lint'));
  assert.equal(find(here), hidden);
  const chosen = executable(path.join(bin, 'conda', 'bin', 'mirage-lint'));
  assert.equal(find({ ...here, environments: [path.join(bin, 'conda')] }), chosen);
});

test('each folder of the workspace may have it', () => {
  const [one, two] = [folder(), folder()];
  const venv = executable(path.join(two, '.venv', 'bin', 'mirage-lint'));
  assert.equal(find(places({ folders: [one, two] })), venv);
});

test('what cannot be run is passed over', () => {
  const [root, bin] = [folder(), folder()];
  fs.mkdirSync(path.join(root, '.venv', 'bin', 'mirage-lint'), { recursive: true });
  fs.writeFileSync(path.join(bin, 'mirage-lint'), '', { mode: 0o644 });
  assert.equal(find(places({ folders: [root], env: { PATH: bin } })), undefined);
  assert.equal(find(places()), undefined);
});

test('the setting is all that counts where it is given', () => {
  const [root, bin] = [folder(), folder()];
  executable(path.join(root, '.venv', 'bin', 'mirage-lint'));
  const mine = executable(path.join(root, 'tools', 'lint'));
  const here = places({ folders: [root], env: { PATH: bin } });
  for (const setting of [mine, 'tools/lint', './tools/lint', '${workspaceFolder}/tools/lint']) {
    assert.equal(find({ ...here, setting }), mine);
  }
  assert.equal(find({ ...here, setting: 'tools/other' }), undefined);
  assert.equal(find({ ...here, setting: 'other' }), undefined);
  const other = executable(path.join(bin, 'other'));
  assert.equal(find({ ...here, setting: 'other' }), other);
});

test('a tilde is the home folder, and only at the start', () => {
  assert.deepEqual(candidates(places({ setting: '~/bin/x' })), [path.join(os.homedir(), 'bin/x')]);
  assert.deepEqual(candidates(places({ setting: '/a/~/x' })), ['/a/~/x']);
  assert.deepEqual(candidates(places({ setting: '~x/y', folders: ['/w'] })), ['/w/~x/y']);
});

test('relative parts of PATH are never used', () => {
  const found = candidates(places({ env: { PATH: ':.:bin:/usr/bin' } }));
  assert.deepEqual(found, ['/usr/bin/mirage-lint']);
});

test('on Windows', () => {
  const found = candidates(
    places({ platform: 'win32', folders: ['C:\\work'], env: { Path: 'C:\\bin;.' } }),
  );
  assert.deepEqual(found, [
    'C:\\work\\.venv\\Scripts\\mirage-lint.exe',
    'C:\\work\\venv\\Scripts\\mirage-lint.exe',
    'C:\\bin\\mirage-lint.exe',
  ]);
});

test('an untrusted workspace gives nothing that is run', () => {
  const [root, bin, elsewhere] = [folder(), folder(), folder()];
  const own = executable(path.join(root, '.venv', 'bin', 'mirage-lint'));
  const env = { PATH: `${path.dirname(own)}:${bin}` }; // as with an environment that is active
  const here = places({ folders: [root], isTrusted: false, env });
  assert.equal(find(here), undefined);
  assert.equal(find({ ...here, setting: own }), undefined);
  assert.equal(find({ ...here, setting: '.venv/bin/mirage-lint' }), undefined);
  const onPath = executable(path.join(bin, 'mirage-lint'));
  assert.equal(find(here), onPath);
  assert.equal(find({ ...here, isTrusted: true }), own);
  fs.rmSync(onPath);
  fs.symlinkSync(own, onPath); // a way in
  assert.equal(find(here), undefined);
  fs.rmSync(onPath);
  executable(path.join(elsewhere, 'mirage-lint'));
  fs.rmSync(own);
  fs.symlinkSync(path.join(elsewhere, 'mirage-lint'), own); // a way out, that may be another soon
  assert.equal(find(here), undefined);
  fs.symlinkSync(root, path.join(bin, 'inside'));
  const through = path.join(bin, 'inside', '.venv', 'bin');
  assert.equal(find({ ...here, env: { PATH: through } }), undefined);
});
