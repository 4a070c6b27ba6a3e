import { z } from 'zod';
import type { PersonId } from '../domain/ids.ts';
import { method } from './method.ts';
import { nothing, passphrase, personId } from './schemas.ts';

/** How much room the vault takes on the disk, in bytes. */
export interface VaultSpace {
  readonly records: number;
  readonly evidence: number;
  /** Part of `evidence` that holds nothing any more and can be given back. */
  readonly unused: number;
}

export interface Compaction {
  /** Bytes given back to the disk. */
  readonly givenBack: number;
  /** False when it was stopped before everything unused was given back. */
  readonly finished: boolean;
}

/** Which of the vault's keys is in use. */
export interface KeyState {
  /** 1 for the first key, one more with each change. */
  readonly generation: number;
  /** ISO time of the last change, or empty. */
  readonly changedAt: string;
  /** People who have to unlock the vault once before the key can be changed with their access kept. */
  readonly waiting: readonly { readonly id: PersonId; readonly name: string }[];
}

/** Looking after the vault: its room on the disk, its key. */
export const upkeepFeature = {
  'vault.space': method<VaultSpace>()(nothing),
  /** Gives back what destroyed evidence left unused. Long; reports progress; when stopped, what was given back stays so. */
  'vault.compact': method<Compaction>()(nothing),
  'vault.keyState': method<KeyState>()(nothing),
  /**
   * Changes the vault key and ends the access of the named people. Long; reports progress; cancelled before its end it leaves
   * everything as it was. Leads only, with their passphrase.
   */
  'vault.changeKey': method<KeyState>()(z.object({ passphrase, remove: z.array(personId).max(100) })),
} as const;
