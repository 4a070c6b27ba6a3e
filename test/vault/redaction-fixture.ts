import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, RedactedPlace } from '../../shared/domain/evidence.ts';
import type { AuditId, ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import type { Payload } from '../../shared/ipc/contract.ts';
import { attach, type TestVault, temporaryFolder } from './fixture.ts';
import { sessionOf } from './helpers.ts';

/** What the window does to make a redacted copy, without a window. */

export const copy = { title: 'Screen (redacted)', sensitivity: 'normal', takeLinks: true } as const;

/** The upper left quarter of a page. */
export const corner: Payload<'redaction.startCopy'>['places'][number] = { page: 1, x: 0, y: 0, width: 0.5, height: 0.5, reason: 'phi' };

/** A picture of one colour, as rows of pixels. */
export function pixels(
  width: number,
  height: number,
  colour: readonly [number, number, number, number] = [10, 200, 30, 255],
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(width * height * 4);
  for (let at = 0; at < bytes.length; at += 4) bytes.set(colour, at);
  return bytes;
}

export async function attachOne(
  vault: TestVault,
  auditId: AuditId,
  name: string,
  content: string | Uint8Array,
  controls: ControlReference[] = [],
): Promise<Evidence> {
  const { evidence } = await attach(vault, auditId, name, content, controls);
  if (evidence === null) throw new Error('Nothing was attached');
  return evidence;
}

/** The content of a piece, as somebody gets it to whom it is handed out. */
export async function contentOf(vault: TestVault, evidenceId: EvidenceId): Promise<Buffer> {
  const path = join(temporaryFolder(), 'content');
  await vault.call('evidence.exportOriginal', { evidenceId, token: vault.hand(path, 'write'), reason: 'test' });
  return readFileSync(path);
}

export async function redactText(
  vault: TestVault,
  evidenceId: EvidenceId,
  places: Payload<'redaction.maskText'>['places'],
  options: Partial<Payload<'redaction.maskText'>['copy']> = {},
) {
  const { redactionId } = await vault.call('redaction.open', { evidenceId });
  return vault.call('redaction.maskText', { redactionId, places, copy: { ...copy, ...options } });
}

/** One page of one colour at 150 dots per inch. */
export async function redactPages(
  vault: TestVault,
  evidenceId: EvidenceId,
  places: readonly (RedactedPlace & { reason: 'phi' })[],
  sizes: readonly { readonly width: number; readonly height: number; readonly pageWidth: number; readonly pageHeight: number }[],
) {
  const { redactionId } = await vault.call('redaction.open', { evidenceId });
  await vault.call('redaction.startCopy', { redactionId, copy, places: [...places], pages: sizes.length });
  for (const size of sizes) {
    await vault.call('redaction.startPage', { redactionId, ...size });
    for (let row = 0; row < size.height; row += 500) {
      await vault.call('redaction.pixels', { redactionId, bytes: pixels(size.width, Math.min(500, size.height - row)) });
    }
  }
  return vault.call('redaction.finish', { redactionId });
}

/** How many sealed objects the chunk file has. */
export const objects = (vault: TestVault) =>
  sessionOf(vault).chunks.get<{ count: number }>({ text: 'SELECT count(*) AS count FROM object', values: [] })?.count;
