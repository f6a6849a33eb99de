'use strict';

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');

const HERE = path.join(__dirname, '..');
const manifest = JSON.parse(fs.readFileSync(path.join(HERE, 'package.json'), 'utf8'));
const readme = fs.readFileSync(path.join(HERE, 'README.md'), 'utf8');
const sources = fs
  .readdirSync(path.join(HERE, 'src'))
  .map((name) => fs.readFileSync(path.join(HERE, 'src', name), 'utf8'))
  .join('\n');

const { commands, configuration } = manifest.contributes;
const settings = Object.keys(configuration.properties);

test('every command is told, and registered', () => {
  const registered = [...sources.matchAll(/registerCommand\('([\w.-]+)'/g)].map((one) => one[1]);
  const known = commands.map((/** @type {any} */ one) => one.command);
  assert.deepEqual(registered.sort(), known.sort());
  for (const { category, title } of commands) {
    assert(readme.includes(`| ${category}: ${title} |`), title);
  }
});

test('every setting is told, and read', () => {
  const read = [...sources.matchAll(/settings\.get\('(\w+)'/g)].map((one) => `mirage-lint.${one[1]}`);
  const ofTheClient = 'mirage-lint.trace.server';
  assert.deepEqual([...read, ofTheClient].sort(), settings.sort());
  for (const [name, { default: usual, markdownDescription }] of Object.entries(
    configuration.properties,
  )) {
    const shown = usual === '' ? '' : `\`${typeof usual === 'string' ? usual : JSON.stringify(usual)}\``;
    assert(readme.includes(`| \`${name}\` | ${shown}`.trimEnd()), name);
    assert(markdownDescription.endsWith('.'), name);
  }
});

test('what an untrusted workspace may not set is what is run', () => {
  const { untrustedWorkspaces } = manifest.capabilities;
  assert.equal(untrustedWorkspaces.supported, 'limited');
  const run = ['mirage-lint.path', 'mirage-lint.args'];
  assert.deepEqual(untrustedWorkspaces.restrictedConfigurations, run);
  for (const name of run) {
    assert.equal(configuration.properties[name].scope, 'machine-overridable');
  }
});

test('inlay hints are off unless asked for', () => {
  assert.equal(configuration.properties['mirage-lint.inlayHints'].default, false);
});

test('the types are those of the oldest editor that is served', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
});

test('the package holds what is run, and no more', () => {
  const vsce = path.join(HERE, 'node_modules', '@vscode', 'vsce', 'vsce');
  const listed = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], {
    cwd: HERE,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  assert.deepEqual(listed.trim().split('\n').sort(), [
    'LICENSE',
    'README.md',
    'dist/LICENCES.txt',
    'dist/extension.js',
    'package.json',
  ]);
});
