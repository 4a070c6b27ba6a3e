// Completes package-lock.json. A registry that lacks some platforms' packages makes npm leave them out of the lockfile, and
// `npm ci` then refuses it everywhere. Run after adding a package: `node build/lockfile.mjs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { inProject, runScript, StepFailed, say } from './project.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 */
/** @typedef {{ packages: Record<string, LockedPackage> }} Lockfile */

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** What a platform package runs on, read from its name. @param {string} name @returns {{ os?: string[], cpu?: string[], libc?: string[] }} */
export function platformOf(name) {
  const parts = name.replace(/^@[^/]+\//, '').split('-');
  const os = systems.find((system) => parts.includes(system));
  const cpu =
    processors.find((processor) => parts.includes(processor)) ??
    (parts.includes('universal') ? undefined : parts.includes('x32') ? 'ia32' : undefined);
  const libc = parts.some((part) => part.startsWith('musl'))
    ? 'musl'
    : os === 'linux' && parts.some((part) => part.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(libc === undefined ? {} : { libc: [libc] }),
    ...(os === undefined ? {} : { os: [os] }),
  };
}

/** The optional packages that are asked for and not locked, as the entries they should have. @param {Lockfile} lockfile @returns {Record<string, LockedPackage>} */
export function missingEntries(lockfile) {
  /** @type {Record<string, LockedPackage>} */
  const missing = {};
  for (const [path, entry] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(lockfile, path, name)) continue;
      if (!/^\d/.test(version)) throw new StepFailed(`${name} is asked for as ${version}, which cannot be completed: lock it by hand.`);
      missing[`node_modules/${name}`] = { version, ...platformOf(name), ...(entry.dev === true ? { dev: true } : {}), optional: true };
    }
  }
  return missing;
}

/** Whether a package finds another one the way Node would: in its own folder or in one further up. @param {Lockfile} lockfile @param {string} from @param {string} name */
function isLocked(lockfile, from, name) {
  for (let folder = from; ; folder = folder.includes('/node_modules/') ? folder.slice(0, folder.lastIndexOf('/node_modules/')) : '') {
    if (lockfile.packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
  }
}

/** @returns {Lockfile} */
export function readLockfile() {
  return JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8'));
}

if (process.argv[1] === import.meta.filename) {
  await runScript(async () => {
    const lockfile = readLockfile();
    const missing = missingEntries(lockfile);
    const { '': project, ...packages } = { ...lockfile.packages, ...missing };
    const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
    writeFileSync(inProject('package-lock.json'), `${JSON.stringify({ ...lockfile, packages: { '': project, ...sorted } }, null, 2)}\n`);
    say(`${Object.keys(missing).length} packages of other platforms were added to package-lock.json.`);
  });
}
