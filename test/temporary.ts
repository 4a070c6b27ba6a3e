import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'sealbook-tests-';

/**
 * Gives all tests of a run one temporary folder. Returns what removes it at the end, and fails the run when a test left something of
 * its own behind: with it vaults and their threads stay open, which slows down the tests after it.
 */
export default function setup(): () => void {
  // Once for each project of the configuration, and the first one's folder serves all.
  if (tmpdir().includes(prefix)) return () => {};
  const folder = mkdtempSync(join(tmpdir(), prefix));
  process.env.TMPDIR = folder;
  return () => {
    const left = readdirSync(folder).filter((name) => name.startsWith('sealbook-test-'));
    rmSync(folder, { recursive: true, force: true });
    if (left.length === 0) return;
    console.error(`Tests left ${left.length} temporary folders behind, among them ${left.slice(0, 3).join(', ')}.`);
    // What is thrown here would only be told.
    process.exitCode = 1;
  };
}
