import type { PersonId } from '../../shared/domain/ids.ts';
import type { ClosedVault } from '../../shared/ipc/vault.ts';
import { AppError } from '../app-error.ts';
import { call } from '../bridge.ts';

/** A vault that was picked and is still closed. */
export interface PickedVault {
  readonly token: string;
  readonly vault: ClosedVault;
  /** The sample's passphrase, which is no secret. */
  readonly passphrase: string | null;
  /** Whom to suggest. */
  readonly personId: PersonId | null;
}

/** Reads who can open a picked vault. */
export async function inspect(token: string, known: Partial<Pick<PickedVault, 'passphrase' | 'personId'>> = {}): Promise<PickedVault> {
  const vault = await inspectSoon(token, 10);
  return { token, vault, passphrase: known.passphrase ?? null, personId: known.personId ?? null };
}

/** The token goes from the shell to the vault on a way of its own; while the vault process starts the call can overtake it. */
async function inspectSoon(token: string, attempts: number): Promise<ClosedVault> {
  try {
    return await call('vault.inspect', { token });
  } catch (error) {
    if (attempts <= 1 || !(error instanceof AppError) || error.code !== 'token.unknown') throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return inspectSoon(token, attempts - 1);
  }
}
