import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PersonId, VaultId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { personId } from '../../shared/ipc/schemas.ts';
import { isAcceptableKdf } from './crypto/kdf.ts';
import type { KeySlot } from './crypto/key-slots.ts';
import { writeFileDurably } from './files.ts';

/**
 * The vault's header: the only readable part. It names the vault, its key slots and the vault key sealed to each person, and holds
 * nothing else. JSON in `vault.json`; a header of a newer format is refused. Format 1 had the vault key in the slots; it is read as
 * generation 1 with nothing sealed.
 */
export interface VaultHeader {
  readonly format: 1 | 2;
  readonly vaultId: VaultId;
  readonly name: string;
  readonly createdAt: string;
  /** Counts the vault's keys: 1 for the first, one more with each change. It says which key the records are encrypted with. */
  readonly keyGeneration: number;
  readonly slots: readonly KeySlot[];
  /** The vault key of this generation sealed to people, base64. */
  readonly sealedKeys: readonly { readonly personId: PersonId; readonly sealed: string }[];
}

export const headerFile = 'vault.json';
export const recordsFile = 'vault.db';
export const chunksFile = 'evidence.db';
export const headerFormat = 2;

const base64 = z.base64().max(1000);

const slotSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['passphrase', 'recovery']),
  personId,
  personName: z.string().max(400),
  kdf: z
    .object({ name: z.literal('argon2id'), memoryKiB: z.number(), iterations: z.number(), parallelism: z.number() })
    .refine(isAcceptableKdf),
  salt: base64,
  wrapped: base64,
});

const headerSchema = z.object({
  format: z.literal([1, headerFormat]),
  vaultId: z.uuid().transform((id) => id as VaultId),
  name: z.string().max(400),
  createdAt: z.string(),
  keyGeneration: z.number().int().min(1).max(1_000_000).default(1),
  slots: z.array(slotSchema).min(1).max(1000),
  sealedKeys: z
    .array(z.object({ personId, sealed: base64 }))
    .max(1000)
    .default([]),
});

/** Reads the header. Errors: `vault.missing`, `vault.unreadable`, `vault.incomplete`, `vault.newer`, `vault.header-damaged`. */
export function readHeader(folder: string): VaultHeader {
  const path = join(folder, headerFile);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw whyUnread(folder, error);
  }
  if (typeof value === 'object' && value !== null && 'format' in value && typeof value.format === 'number' && value.format > headerFormat) {
    throw new ExpectedError('vault.newer', 'Install the newest Sealbook to open it. Nothing was changed.', {
      found: value.format,
      known: headerFormat,
    });
  }
  const parsed = headerSchema.safeParse(value);
  if (!parsed.success) throw headerDamaged();
  for (const file of [recordsFile, chunksFile]) if (!existsSync(join(folder, file))) throw incomplete(file);
  return parsed.data;
}

/** Replaces the header so that a crash leaves either the old or the new one, whole. */
export function writeHeader(folder: string, header: VaultHeader): void {
  writeFileDurably(join(folder, headerFile), `${JSON.stringify(header, null, 2)}\n`);
}

function whyUnread(folder: string, error: unknown): ExpectedError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['EACCES', 'EPERM', 'EIO'].includes(code))
    return new ExpectedError('vault.unreadable', 'Check the permissions of the folder and the disk. Nothing was changed.');
  if (!['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code)) return headerDamaged();
  if (existsSync(join(folder, recordsFile)) || existsSync(join(folder, chunksFile))) return incomplete(headerFile);
  return new ExpectedError('vault.missing', 'Pick the folder whose name ends in .sealbook.');
}

function incomplete(file: string): ExpectedError {
  return new ExpectedError('vault.incomplete', 'Copy the whole vault folder again, or restore a backup. Nothing was changed.', { file });
}

function headerDamaged(): ExpectedError {
  return new ExpectedError('vault.header-damaged', 'Restore vault.json from a backup. The records are untouched.');
}
