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

/** Fails when the renderer's or the preload's bundle has something of another process in it. @param {string} folder a dist folder */
export function checkBundles(folder) {
  const renderer = existsSync(join(folder, 'renderer')) ? readdirSync(join(folder, 'renderer')) : [];
  const scripts = renderer.filter((name) => name.endsWith('.js')).map((name) => `renderer/${name}`);
  for (const script of [...scripts, 'preload.cjs']) {
    if (!existsSync(join(folder, script))) continue;
    const found = forbiddenContent(readFileSync(join(folder, script), 'utf8'));
    if (found !== null) throw new StepFailed(`dist/${script} contains ${found}; it must stay out of the window.`);
  }
}
