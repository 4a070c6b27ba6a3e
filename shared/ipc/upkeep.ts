import { z } from 'zod';
import type { AuditId, EvidenceId, PersonId } from '../domain/ids.ts';
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

/** What rests on sealed content that is not what was sealed. */
export interface DamagedObject {
  readonly object: string;
  readonly audits: readonly {
    readonly auditId: AuditId;
    readonly title: string;
    readonly pieces: readonly { readonly id: EvidenceId; readonly number: number }[];
  }[];
  /** Numbers of signed reports. */
  readonly reports: readonly string[];
}

/** One run over all evidence. */
export interface EvidenceVerification {
  readonly at: string;
  /** False when it was stopped; what was found until then is kept. */
  readonly finished: boolean;
  readonly objects: number;
  readonly bytes: number;
  readonly damaged: readonly DamagedObject[];
}

/** What earlier runs found. Times are ISO, empty before the first. */
export interface VerificationState {
  readonly objects: number;
  /** Sealed files that no run has looked at yet. */
  readonly never: number;
  /** The time since which every file that was looked at has been looked at. */
  readonly oldest: string;
  readonly latest: string;
  readonly damaged: readonly DamagedObject[];
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

/** Looking after the vault: its evidence, its room on the disk, its key. */
export const upkeepFeature = {
  /** Reads every sealed file. Long; reports progress in bytes; when stopped, what was found so far is kept. */
  'vault.verifyEvidence': method<EvidenceVerification>()(nothing),
  'vault.verificationState': method<VerificationState>()(nothing),
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
