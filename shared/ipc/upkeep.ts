import { method } from './method.ts';
import { nothing } from './schemas.ts';

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

/** Looking after the vault: its room on the disk. */
export const upkeepFeature = {
  'vault.space': method<VaultSpace>()(nothing),
  /** Gives back what destroyed evidence left unused. Long; reports progress; when stopped, what was given back stays so. */
  'vault.compact': method<Compaction>()(nothing),
} as const;
