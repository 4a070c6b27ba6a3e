import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { pictureLimit } from '../../shared/ipc/evidence-pictures.ts';
import { png } from '../e2e/sample-files.ts';
import { codeOf, newAudit, reopen, type TestVault } from './fixture.ts';
import { attachOne, corner, redactPages } from './redaction-fixture.ts';

const webp = Uint8Array.from(Buffer.from('RIFF\x20\0\0\0WEBPVP8 markerpicture', 'latin1'));

const keep = (vault: TestVault, { id }: Evidence, bytes = webp) => vault.call('evidence.keepPicture', { evidenceId: id, bytes });
const stateOf = async (vault: TestVault, { id }: Evidence) => (await vault.call('evidence.picture', { evidenceId: id })).state;
const rowsOf = (vault: TestVault) => vault.process.session?.records.raw.prepare('SELECT evidence_id FROM evidence_picture').all().length;

describe('a small picture', () => {
  it('is kept sealed, replaced by a newer one, and there after the vault was closed', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const piece = await attachOne(vault, auditId, 'screen.png', png(40, 30));
    expect(await stateOf(vault, piece)).toBe('missing');
    await keep(vault, piece, Uint8Array.of(...webp, 1));
    await keep(vault, piece);
    vault.process.session?.records.raw.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(join(vault.folder, 'vault.db')).includes('markerpicture')).toBe(false);
    vault.close();
    const later = await reopen(vault.folder);
    expect(await later.call('evidence.picture', { evidenceId: piece.id })).toEqual({ state: 'kept', bytes: webp });
  });

  it('goes with the piece, and no event of the trail tells of it', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const piece = await attachOne(vault, auditId, 'screen.png', png(40, 30));
    const { custody } = await vault.call('evidence.get', { evidenceId: piece.id });
    await keep(vault, piece);
    await stateOf(vault, piece);
    expect((await vault.call('evidence.get', { evidenceId: piece.id })).custody).toEqual(custody);
    await vault.call('evidence.destroy', { evidenceId: piece.id, reason: 'mistake' });
    expect(rowsOf(vault)).toBe(0);
    expect(await codeOf(stateOf(vault, piece))).toBe('evidence.unknown');
    expect(await codeOf(keep(vault, piece))).toBe('evidence.unknown');
  });

  it('is neither kept nor shown of what is marked as sensitive, and goes when it is marked', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const piece = await attachOne(vault, auditId, 'screen.png', png(40, 30));
    await keep(vault, piece);
    await vault.call('evidence.update', { evidenceId: piece.id, patch: { sensitivity: 'phi' } });
    expect(rowsOf(vault)).toBe(0);
    await keep(vault, piece);
    expect([rowsOf(vault), await stateOf(vault, piece)]).toEqual([0, 'withheld']);
    await vault.call('evidence.update', { evidenceId: piece.id, patch: { sensitivity: 'normal' } });
    expect(await stateOf(vault, piece)).toBe('missing');
  });

  it('is withheld where the text likely holds health data or a secret, not for an address alone', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const record = await attachOne(vault, auditId, 'a.txt', 'patient id: 1234567\n');
    const address = await attachOne(vault, auditId, 'b.txt', 'ada@example.org\n');
    expect([await stateOf(vault, record), await stateOf(vault, address)]).toEqual(['withheld', 'missing']);
  });

  it('that was made before its text was read goes when the text likely holds health data', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    // Whoever attaches does not wait until so long a text is read.
    const piece = await attachOne(vault, auditId, 'a.txt', `patient id: 1234567${' and more'.repeat(500_000)}`);
    await keep(vault, piece);
    expect([rowsOf(vault), await stateOf(vault, piece)]).toEqual([1, 'kept']);
    await vault.call('evidence.scan', { evidenceId: piece.id });
    expect([rowsOf(vault), await stateOf(vault, piece)]).toEqual([0, 'withheld']);
  });

  it('of an original goes when a redacted copy is made; the copy has its own', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const original = await attachOne(vault, auditId, 'screen.png', png(40, 30));
    await keep(vault, original);
    const made = await redactPages(
      vault,
      original.id,
      [{ ...corner, reason: 'phi' }],
      [{ width: 40, height: 30, pageWidth: 40, pageHeight: 30 }],
    );
    expect([await stateOf(vault, original), await stateOf(vault, made.evidence)]).toEqual(['withheld', 'missing']);
    expect(rowsOf(vault)).toBe(0);
    expect(await vault.call('evidence.pictureSource', { evidenceId: made.evidence.id })).toMatchObject({ kind: 'image', width: 40 });
  });

  it('is made of content that is handed out once, to whoever attached it and has not locked since', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const piece = await attachOne(vault, auditId, 'screen.png', png(40, 30));
    const second = await attachOne(vault, auditId, 'other.png', png(50, 30));
    const text = await attachOne(vault, auditId, 'a.txt', 'words');
    const secret = await attachOne(vault, auditId, 'secret.png', png(60, 30));
    await vault.call('evidence.update', { evidenceId: secret.id, patch: { sensitivity: 'secret' } });
    const source = (from: TestVault, { id }: Evidence) => from.call('evidence.pictureSource', { evidenceId: id });
    expect(await source(vault, piece)).toMatchObject({ kind: 'image', width: 40, height: 30 });
    expect([await source(vault, piece), await source(vault, text), await source(vault, secret)]).toEqual([null, null, null]);
    vault.close();
    expect(await source(await reopen(vault.folder), second)).toBeNull();
  });

  it.each([
    ['too large', Uint8Array.from({ length: pictureLimit.bytes + 1 }, (_, at) => webp[at] ?? 0)],
    ['of another kind', Uint8Array.from(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
    ['empty', new Uint8Array()],
  ])('that is %s is refused', async (_, bytes) => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const piece = await attachOne(vault, auditId, 'screen.png', png(40, 30));
    expect(await codeOf(keep(vault, piece, bytes))).toBe('payload.invalid');
    expect(await stateOf(vault, piece)).toBe('missing');
  });
});
