import { readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { attach, codeOf, newAudit, reopen } from '../vault/fixture.ts';
import { sessionOf } from '../vault/helpers.ts';

const mebibyte = 1024 * 1024;

describe('the same file attached twice at once', () => {
  it('is sealed once, and the second result says so', async () => {
    const { vault, auditId } = await newAudit();
    const content = Buffer.alloc(3 * mebibyte, 's');
    const results = await Promise.all([attach(vault, auditId, 'one.bin', content), attach(vault, auditId, 'two.bin', content)]);
    expect(results.map(({ error }) => error)).toEqual([null, null]);
    expect(new Set(results.map(({ evidence }) => evidence?.id)).size).toBe(1);
    expect(results.filter(({ duplicateOf }) => duplicateOf !== null)).toHaveLength(1);
    expect((await vault.call('vault.check', undefined)).counts).toMatchObject({ objects: 1, chunks: 3 });
    expect(sessionOf(vault).chunks.raw.prepare('SELECT count(*) AS total FROM object').get()).toEqual({ total: 1 });
  });

  it('from a second program is refused before anything is read, because the vault is open', async () => {
    const { vault, auditId } = await newAudit();
    const before = readdirSync(vault.folder);
    expect(await codeOf(reopen(vault.folder))).toBe('vault.busy');
    expect(readdirSync(vault.folder)).toEqual(before);
    expect((await attach(vault, auditId, 'a.bin', 'a')).error).toBeNull();
  });
});

describe('a clock that is set back while files are attached', () => {
  it('changes nothing about their order: the trail fits, and its clock never runs backwards', async () => {
    const { vault, auditId } = await newAudit();
    const real = Date.now;
    const hour = 3_600_000;
    let shift = 0;
    const now = vi.spyOn(Date, 'now').mockImplementation(() => real() - shift);
    try {
      for (let count = 0; count < 4; count += 1) {
        expect((await attach(vault, auditId, `${count}.bin`, Buffer.alloc(1000, count))).error).toBeNull();
        shift += hour;
      }
      const clocks = sessionOf(vault).records.all<{ clock: string }>({ text: 'SELECT clock FROM trail ORDER BY sequence', values: [] });
      expect(clocks.map(({ clock }) => clock)).toEqual([...new Set(clocks.map(({ clock }) => clock))].sort());
      vault.close();
      const again = await reopen(vault.folder);
      expect((await again.call('vault.check', undefined)).problems).toEqual([]);
      expect((await again.call('evidence.list', { auditId })).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    } finally {
      now.mockRestore();
    }
  });
});
