import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openChunkFile } from '../../electron/vault/db/open.ts';
import { sql } from '../../electron/vault/db/sql.ts';
import { afterThisTest } from './cleanups.ts';
import { withPassphrase } from './cli-run.ts';
import { attach, newAudit } from './fixture.ts';

/** Has another process lock the file for so many milliseconds, as one does that is sealing a file. Resolves once it holds the lock. */
async function lockElsewhere(path: string, milliseconds: number): Promise<void> {
  const program = `
    import Database from '@signalapp/sqlcipher';
    const database = new Database(${JSON.stringify(path)});
    database.exec('BEGIN EXCLUSIVE');
    console.log('locked');
    setTimeout(() => database.close(), ${milliseconds});`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  afterThisTest(() => child.kill());
  await once(child.stdout, 'data');
}

describe('a vault in which another process is at work for a moment', () => {
  it('is waited for from the first look at its files', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'a.txt', 'a');
    vault.close();
    const chunks = join(vault.folder, 'evidence.db');
    for (const mode of ['read', 'open'] as const) {
      await lockElsewhere(chunks, 700);
      const file = openChunkFile(chunks, mode);
      expect(file.all(sql`SELECT id FROM object`)).toHaveLength(1);
      file.close();
    }
  });

  it('is checked by the command line as soon as it is free', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'a.txt', 'a');
    await lockElsewhere(join(vault.folder, 'evidence.db'), 700);
    expect(await withPassphrase(['vault', 'check', vault.folder])).toMatchObject({ code: 0, stdout: expect.stringContaining('clean') });
  });
});
