import { cpSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import * as headers from '../../electron/vault/header.ts';
import { changeVaultKey } from '../../electron/vault/key-change.ts';
import { unlockWithPassphrase } from '../../electron/vault/vault-file.ts';
import { passphrase, reopen, temporaryFolder } from './fixture.ts';
import { longWork, sessionOf } from './helpers.ts';
import { besides, expectWhole, filled } from './key-change-fixture.ts';

const { writeHeader } = headers;

describe('a crash while the key is changed', () => {
  /** The folder as it was at each moment that matters, by copying it from inside the change. */
  async function moments() {
    const { vault, evidenceId } = await filled();
    const kept = temporaryFolder();
    const copyOf = (name: string) => join(kept, `${name}.sealbook`);
    const keep = (name: string) => cpSync(vault.folder, copyOf(name), { recursive: true });
    const write = vi.spyOn(headers, 'writeHeader').mockImplementation((folder, header) => {
      keep('before-header');
      write.mockRestore();
      writeHeader(folder, header);
      keep('after-header');
    });
    await changeVaultKey(
      sessionOf(vault),
      [],
      longWork({
        report: ({ label }) => {
          if (label === 'trail') keep('while-copying');
        },
      }),
    );
    keep('after-rename');
    vault.close();
    return { copyOf, evidenceId };
  }

  it('leaves exactly one of the two keys at every moment, and nothing beside the vault after the next open', async () => {
    const { copyOf, evidenceId } = await moments();
    for (const [name, generation, left] of [
      ['while-copying', 1, ['vault.db.next-2']],
      ['before-header', 1, ['vault.db.next-2']],
      ['after-header', 2, ['vault.db.next-2']],
      ['after-rename', 2, []],
    ] as const) {
      const folder = copyOf(name);
      expect([name, besides(folder)]).toEqual([name, left]);
      // A reader beside nobody finishes nothing, and reads what the header names.
      const reader = await unlockWithPassphrase(folder, passphrase, null, 'read');
      expect(reader.state.keyGeneration).toBe(generation);
      reader.records.close();
      reader.chunks.close();
      const again = await reopen(folder);
      expect(besides(folder)).toEqual([]);
      expect((await again.call('vault.keyState', undefined)).generation).toBe(generation);
      await expectWhole(again, evidenceId);
      again.close();
    }
  });

  it('never takes a log of the old records for the new ones', async () => {
    const { copyOf, evidenceId } = await moments();
    const folder = copyOf('after-header');
    // As a program that was killed before it left the log would have it.
    const old = temporaryFolder();
    cpSync(copyOf('while-copying'), join(old, 'V'), { recursive: true });
    for (const file of ['vault.db-wal', 'vault.db-shm'])
      if (existsSync(join(old, 'V', file))) renameSync(join(old, 'V', file), join(folder, file));
    const again = await reopen(folder);
    await expectWhole(again, evidenceId);
    expect(readFileSync(join(folder, 'vault.json'), 'utf8')).toContain('"keyGeneration": 2');
  });
});
