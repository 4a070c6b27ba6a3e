// Paths of the project and the few process helpers that every script shares. Plain Node >= 20.19, no packages.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const dist = join(root, 'dist');
export const out = join(root, 'out');
/** Downloads and caches that survive between runs; never part of the product. */
export const cache = join(root, '.runtime');

/** A path inside the project. @param {string[]} parts */
export const inProject = (...parts) => join(root, ...parts);

/** @returns {{ version: string, devDependencies: Record<string, string>, dependencies: Record<string, string> }} */
export const manifest = () => JSON.parse(readFileSync(inProject('package.json'), 'utf8'));

/** Node 24 from the project's own packages where it is installed, else the Node this script runs on. */
export function toolNode() {
  const local = inProject('node_modules/node/bin/node');
  return existsSync(local) ? local : process.execPath;
}

/** One plain line about a step. It goes to stderr, so that a command's own output stays clean. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** A failure whose message is the one line that helps. */
export class StepFailed extends Error {}

/** Runs a script's main function; an expected failure prints its line only. @param {() => Promise<number | undefined | void>} main */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    say(error instanceof StepFailed ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}

/**
 * Runs a program with this terminal and resolves to its exit code, 1 when a signal ended it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a program that has children of its own (a virtual screen, a window) as a group, so that ending this script ends all of them.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function runGroup(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const detached = process.platform !== 'win32';
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], detached, ...options });
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      try {
        if (child.pid !== undefined) process.kill(detached ? -child.pid : child.pid, signal);
      } catch {
        // It has just ended by itself.
      }
    };
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, forward);
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a program and resolves to its exit code and everything it printed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Whether a program is on the PATH. @param {string} name */
export function hasProgram(name) {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, name)));
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether nobody holds a lock any more: its owner is dead, or died before it had written who it is. @param {string} file */
function isAbandoned(file) {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    return owner > 0 ? !isAlive(owner) : Date.now() - statSync(file).mtimeMs > 5_000;
  } catch {
    return false;
  }
}

/**
 * Runs one task at a time among all scripts of this checkout. A lock whose owner died is taken over.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function withLock(name, task) {
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `${name}.lock`);
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (isAbandoned(file)) rmSync(file, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  try {
    return await task();
  } finally {
    rmSync(file, { force: true });
  }
}
