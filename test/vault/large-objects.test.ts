import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, newAudit, temporaryFolder } from './fixture.ts';
import { sessionOf } from './helpers.ts';

const mebibyte = 1024 * 1024;
/** Large enough for the threads, and not a whole number of chunks. */
const size = 17 * mebibyte + 7;

describe('a large file', () => {
  it('is sealed in threads, verified and handed out again, byte for byte', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const content = Buffer.alloc(size, 'not only zeros');
    const { evidence, error } = await attach(vault, auditId, 'large.bin', content);
    expect([error, evidence?.size]).toEqual([null, size]);
    const evidenceId = evidence?.id as EvidenceId;
    expect(sessionOf(vault).chunks.get({ text: 'SELECT count(*) AS total FROM chunk', values: [] })).toEqual({ total: 18 });
    expect(await vault.call('evidence.verify', { evidenceId })).toMatchObject({ ok: true, sha256: evidence?.sha256 });
    const folder = temporaryFolder();
    await vault.call('evidence.exportOriginal', { evidenceId, token: vault.hand(join(folder, 'out'), 'write'), reason: '' });
    expect(readFileSync(join(folder, 'out')).equals(content)).toBe(true);
    expect(readdirSync(folder)).toEqual(['out']);
  });
});
