import type { AuditId } from '../../shared/domain/ids.ts';
import { attach, type TestVault } from './fixture.ts';
import { sessionOf } from './helpers.ts';

/** What several tests of evidence need: files, attaching them, and what is stored. */

export const mebibyte = 1024 * 1024;

/** Bytes that no two places share, so that a moved chunk shows. */
export function patterned(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  for (let offset = 0; offset + 4 <= length; offset += 4) bytes.writeUInt32LE((offset * 2654435761 + seed) >>> 0, offset);
  return bytes;
}

/** Attaches the file of a path, as when it was picked. */
export function attachPath(vault: TestVault, auditId: AuditId, path: string) {
  return vault.call('evidence.attachPicked', { auditId, tokens: [vault.hand(path, 'read')], controls: [] });
}

/** How much lies in the file of sealed chunks. */
export const stored = (vault: TestVault) =>
  sessionOf(vault).chunks.get<{ objects: number; chunks: number }>({
    text: 'SELECT (SELECT count(*) FROM object) AS objects, (SELECT count(*) FROM chunk) AS chunks',
    values: [],
  });

/** Attaches a file and gives the evidence made of it. */
export async function evidenceOf(vault: TestVault, auditId: AuditId, name: string, content: string | Uint8Array) {
  const { evidence } = await attach(vault, auditId, name, content);
  if (evidence === null) throw new Error('Nothing was attached');
  return evidence;
}
