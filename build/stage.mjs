// A copy of the app as it ships: the bundles, and the native addons that cannot be bundled.
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist, inProject, manifest } from './project.mjs';

/** Packages that the bundles require at run time. */
const runtimePackages = ['@signalapp/sqlcipher', 'node-gyp-build', '@node-rs/argon2'];

/**
 * Puts the app into an empty folder, with the native code of one platform.
 * @param {string} target
 * @param {{ platform?: string, arch?: string }} [to]
 */
export function stageApp(target, { platform = process.platform, arch = process.arch } = {}) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  cpSync(dist, join(target, 'dist'), { recursive: true });
  for (const name of [...runtimePackages, ...argonPackages(platform, arch)]) {
    cpSync(inProject('node_modules', name), join(target, 'node_modules', name), { recursive: true });
  }
  const prebuilds = join(target, 'node_modules/@signalapp/sqlcipher/prebuilds');
  for (const name of readdirSync(prebuilds)) {
    if (name !== `${platform}-${arch}`) rmSync(join(prebuilds, name), { recursive: true });
  }
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(shippedManifest(), null, 2)}\n`);
  chmodSync(target, 0o755);
}

/** The passphrase addon has one package a platform; npm installed the one for this machine. @param {string} platform @param {string} arch */
function argonPackages(platform, arch) {
  const scope = inProject('node_modules/@node-rs');
  return readdirSync(scope)
    .filter((name) => name.startsWith(`argon2-${platform}-${arch}`))
    .map((name) => `@node-rs/${name}`)
    .filter((name) => existsSync(inProject('node_modules', name)));
}

function shippedManifest() {
  const { name, productName, version, description, license, author, main, dependencies } = /** @type {Record<string, any>} */ (manifest());
  const kept = Object.fromEntries(Object.entries(dependencies).filter(([dependency]) => runtimePackages.includes(dependency)));
  return { name, productName, version, description, license, author, main, dependencies: kept };
}
