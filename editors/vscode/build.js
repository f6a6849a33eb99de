'use strict';

// Bundles the extension into dist/, with the licences of all that is bundled.

const fs = require('node:fs');
const path = require('node:path');

const esbuild = require('esbuild');

const LICENCE = /^(licen[cs]e|copying)/i;

/** The folders of the packages that files come from. */
function packages(/** @type {string[]} */ files) {
  const folders = files.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  return [...new Set(folders)].filter((one) => one !== undefined).sort();
}

/** What a package is called, and its licence. */
function licence(/** @type {string} */ folder) {
  const { name, version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = fs.readdirSync(folder).find((one) => LICENCE.test(one));
  if (!file) {
    throw new Error(`${folder} holds no licence`);
  }
  return `${name} ${version}\n\n${fs.readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
}

const { metafile } = esbuild.buildSync({
  entryPoints: ['src/extension.js'],
  outfile: 'dist/extension.js',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
const licences = packages(Object.keys(metafile.inputs)).map(licence);
fs.writeFileSync('dist/LICENCES.txt', licences.join(`\n${'-'.repeat(80)}\n\n`));
