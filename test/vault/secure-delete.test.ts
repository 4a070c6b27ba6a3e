import { createDecipheriv } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deriveKey } from '../../electron/vault/crypto/seal.ts';
import { emptyLog } from '../../electron/vault/db/open.ts';
import type { Session } from '../../electron/vault/session.ts';
import { unlockWithPassphrase } from '../../electron/vault/vault-file.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, newAudit, passphrase, reopen } from './fixture.ts';
import { sessionOf } from './helpers.ts';

const pageSize = 4096;
/** SQLCipher's reserve at the end of a page: initialisation vector and HMAC-SHA-512. */
const reserve = 80;

/** A page of vault.db as whoever holds the vault key and a copy of the file reads it, unused bytes and all. */
function openPage(page: Buffer, number: number, key: Buffer): Buffer {
  const start = number === 1 ? 16 : 0;
  const vector = page.subarray(pageSize - reserve, pageSize - reserve + 16);
  const decipher = createDecipheriv('aes-256-cbc', key, vector).setAutoPadding(false);
  return Buffer.concat([decipher.update(page.subarray(start, pageSize - reserve)), decipher.final()]);
}

/** Whether the bytes stand anywhere in the records or their write-ahead log, also where SQLite does not look any more. */
function isAnywhere(session: Session, needle: Buffer): boolean {
  const key = deriveKey(session.keys.vault, 'sealbook/v1/records');
  const file = readFileSync(join(session.folder, 'vault.db'));
  for (let number = 1; number * pageSize <= file.length; number += 1)
    if (openPage(file.subarray((number - 1) * pageSize, number * pageSize), number, key).includes(needle)) return true;
  const logPath = join(session.folder, 'vault.db-wal');
  const log = existsSync(logPath) ? readFileSync(logPath) : Buffer.alloc(0);
  for (let offset = 32; offset + 24 + pageSize <= log.length; offset += 24 + pageSize)
    if (openPage(log.subarray(offset + 24, offset + 24 + pageSize), log.readUInt32BE(offset), key).includes(needle)) return true;
  return false;
}

async function oneFile() {
  const { vault, auditId } = await newAudit();
  const id = (await attach(vault, auditId, 'a.bin', Buffer.alloc(2 * 1024 * 1024, 'a'))).evidence?.id as EvidenceId;
  const session = sessionOf(vault);
  const object = session.records.get<{ id: string; key: Uint8Array }>({
    text: 'SELECT id, wrapped_key AS key FROM evidence_object',
    values: [],
  });
  const sealed = session.chunks.get<{ data: Uint8Array }>({ text: 'SELECT data FROM chunk WHERE position = 1', values: [] });
  if (object === undefined || sealed === undefined) throw new Error('Nothing was sealed');
  const piece = Buffer.from(sealed.data).subarray(1000, 1032);
  return { vault, id, session, wrappedKey: Buffer.from(object.key), piece };
}

describe('destroyed evidence', () => {
  it('has its wrapped key nowhere in the records and their log, and its sealed bytes nowhere in the chunk file', async () => {
    const { vault, id, session, wrappedKey, piece } = await oneFile();
    const chunkFile = join(vault.folder, 'evidence.db');
    expect(isAnywhere(session, wrappedKey)).toBe(true);
    emptyLog(session.records);
    expect(isAnywhere(session, wrappedKey)).toBe(true);
    expect(readFileSync(chunkFile).includes(piece)).toBe(true);
    await vault.call('evidence.destroy', { evidenceId: id, reason: 'test' });
    expect(isAnywhere(session, wrappedKey)).toBe(false);
    expect(readFileSync(chunkFile).includes(piece)).toBe(false);
    expect(statSync(join(vault.folder, 'evidence.db-journal')).size).toBe(0);
  });

  it('has it in the log for as long as another process reads, and not after the next open', async () => {
    const { vault, id, session, wrappedKey } = await oneFile();
    const reader = await unlockWithPassphrase(vault.folder, passphrase, null, 'read');
    reader.records.snapshot((database) => {
      database.all({ text: 'SELECT id FROM evidence', values: [] });
      const started = performance.now();
      expect(emptyLog(session.records)).toBe(false);
      expect(performance.now() - started).toBeLessThan(1000);
    });
    reader.records.close();
    reader.chunks.close();
    await vault.call('evidence.destroy', { evidenceId: id, reason: 'test' });
    vault.close();
    const again = await reopen(vault.folder);
    expect(isAnywhere(sessionOf(again), wrappedKey)).toBe(false);
  });
});
