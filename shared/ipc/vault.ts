import { z } from 'zod';
import type { PersonId, VaultId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { method } from './method.ts';
import { fileToken, nothing, passphrase, personId, requiredLine } from './schemas.ts';
import type { DamagedObject } from './upkeep.ts';

/** Somebody who can unlock the vault, as readable before it is unlocked. */
export interface SlotPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly failedAttempts: number;
  /** ISO time before which no attempt is accepted, or null. */
  readonly retryAt: string | null;
  readonly hasRecovery: boolean;
}

export interface ClosedVault {
  readonly id: VaultId;
  readonly name: string;
  readonly people: readonly SlotPerson[];
}

export interface OpenVault {
  readonly id: VaultId;
  readonly name: string;
  readonly me: Person;
  /** Minutes without input until the window locks. */
  readonly autoLockMinutes: number;
  /** How many sealed objects or half-written rows were cleaned up on opening. */
  readonly recovered: { readonly orphanChunks: number };
}

export interface PassphraseStrength {
  /** 0 (guessed at once) to 4. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** Whether it is accepted. */
  readonly accepted: boolean;
  readonly warning: string;
  readonly suggestions: readonly string[];
}

export const vaultFeature = {
  /** Reads who can open the vault behind the token. The token stays usable for `vault.unlock`. */
  'vault.inspect': method<ClosedVault>()(z.object({ token: fileToken })),
  'vault.unlock': method<OpenVault>()(z.object({ token: fileToken, personId, passphrase })),
  /** Opens with the printed recovery code and sets a new passphrase. */
  'vault.recover': method<OpenVault>()(
    z.object({ token: fileToken, personId, code: z.string().min(1).max(200), newPassphrase: passphrase }),
  ),
  /** The token stands for the new folder `NAME.sealbook`. The recovery code is shown once and stored nowhere. */
  'vault.create': method<{ vault: OpenVault; recoveryCode: string }>()(
    z.object({ token: fileToken, name: requiredLine, person: z.object({ name: requiredLine, email: z.email().max(320) }), passphrase }),
  ),
  'vault.strength': method<PassphraseStrength>()(
    z.object({ passphrase: z.string().max(1024), userInputs: z.array(z.string().max(400)).max(10) }),
  ),
  /** The open vault, or null. */
  'vault.current': method<OpenVault | null>()(nothing),
  'vault.changePassphrase': method<null>()(z.object({ current: passphrase, next: passphrase })),
  'vault.newRecoveryCode': method<{ recoveryCode: string }>()(z.object({ passphrase })),
  'vault.setAutoLock': method<null>()(z.object({ minutes: z.number().int().min(1).max(240) })),
  /** Pages, evidence hashes, chunk tags, trail chain, references. Long; reports progress. */
  'vault.check': method<VaultCheck>()(nothing),
} as const;

export interface VaultCheck {
  readonly ok: boolean;
  readonly problems: readonly {
    readonly code: string;
    readonly message: string;
    readonly where: string;
    /** The pieces of evidence and reports that rest on a damaged object. */
    readonly affected?: DamagedObject;
  }[];
  readonly counts: {
    readonly pages: number;
    readonly objects: number;
    readonly chunks: number;
    readonly trail: number;
    readonly records: number;
  };
}
