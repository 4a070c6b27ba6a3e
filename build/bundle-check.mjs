// What must never end up in the window or in the preload.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StepFailed } from './project.mjs';

const forbidden = [
  { name: 'a Node module', pattern: /["'`]node:[a-z_/]+["'`]/ },
  { name: 'the database addon', pattern: /@signalapp\/sqlcipher|node_sqlcipher|node-gyp-build/ },
  { name: 'the passphrase addon', pattern: /@node-rs\/argon2/ },
];

/** Names what a bundle contains that it must not, or null. @param {string} code */
export function forbiddenContent(code) {
  return forbidden.find(({ pattern }) => pattern.test(code))?.name ?? null;
}

const expected = [
  'main.cjs',
  'vault.cjs',
  'report-worker.cjs',
  'reader.cjs',
  'evidence-worker.cjs',
  'database-worker.cjs',
  'cli.cjs',
  'preload.cjs',
  'licences.json',
  'renderer/index.html',
  'renderer/main.js',
  'renderer/main.css',
];

/** Fails when a part is missing, or when the renderer's or the preload's bundle has something of another process in it. @param {string} folder a dist folder */
export function checkBundles(folder) {
  const missing = expected.find((part) => !existsSync(join(folder, part)));
  if (missing !== undefined) throw new StepFailed(`dist/${missing} was not made.`);
  const scripts = readdirSync(join(folder, 'renderer')).filter((name) => /\.m?js$/.test(name));
  for (const script of ['preload.cjs', ...scripts.map((name) => `renderer/${name}`)]) {
    const found = forbiddenContent(readFileSync(join(folder, script), 'utf8'));
    if (found !== null) throw new StepFailed(`dist/${script} contains ${found}; it must stay out of the window.`);
  }
}
